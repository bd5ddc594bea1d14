"""Text in the regular expressions and the quotes of servers' rules, as mere text."""

import re
from collections.abc import Iterable

from feeds.export.hosts.kinds import Kind

_PLAIN = re.compile(r"[A-Za-z0-9_/-]", re.ASCII)


def of_bytes(text: str) -> str:
    r"""A pattern for text where bytes are compared: `é b` -> `\xc3\xa9\x20b`.

    No character in it means anything in a server's rules, in quotes or out of them.
    """
    return "".join(_byte(chr(byte)) for byte in text.encode())


def of_letters(text: str) -> str:
    r"""The same for Go, which compares letters: `é b` -> `\x{e9}\x{20}b`."""
    return "".join(c if _PLAIN.match(c) else rf"\x{{{ord(c):x}}}" for c in text)


def named(kind: Kind) -> str:
    r"""A pattern for the names of files of a kind: `rss\x2exml`, `[^/]*\x2epng`."""
    return "[^/]*".join(map(of_bytes, kind.name.split("*")))


def one_of(texts: Iterable[str]) -> str:
    """A pattern for any of some texts in ASCII, each of which may be empty."""
    return f"(?:{'|'.join(map(of_bytes, texts))})"


def _byte(char: str) -> str:
    return char if _PLAIN.match(char) else f"\\x{ord(char):02x}"
