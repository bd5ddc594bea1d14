"""Names as parts of addresses: of tags, people, sections and feeds."""

import re
import unicodedata
from functools import lru_cache

# C, C++ and C# are three tags, so what tells them apart is kept.
_UNSAFE = re.compile(r"[^\w.~+#&$@-]+")
_LONGEST = 120


@lru_cache(maxsize=10_000)
def slug(name: str) -> str:
    """`Open Web` -> `open-web`. Names that differ in case or space have one slug."""
    name = unicodedata.normalize("NFC", name.lower())
    kept = _UNSAFE.sub("-", name).strip("-").lstrip(".")
    return kept.encode()[:_LONGEST].decode("utf-8", "ignore") or "_"
