"""The languages that the names of files and folders tell."""

import re

# ISO 639-1, so that post.fr.md is French and notes.v2.md is not Vietnamese.
_LANGUAGES = frozenset(
    """aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr
    cs cu cv cy da de dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv
    ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km
    kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na
    nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc
    sd se sg si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt
    tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu""".split()
)
_TAG = re.compile(r"([a-z]{2})(?:[-_][A-Za-z]{2,4})?")


def in_name(stem: str) -> tuple[str, str]:
    """`post.fr` is post, in French."""
    name, dot, tag = stem.rpartition(".")
    found = _TAG.fullmatch(tag)
    if dot and name and found and found[1] in _LANGUAGES:
        return name, tag.replace("_", "-")
    return stem, ""


def is_language(folder: str) -> bool:
    """Whether a folder's name is a language's tag."""
    found = _TAG.fullmatch(folder)
    return found is not None and found[1] in _LANGUAGES
