"""Language tags (BCP 47): in names of files, what they call themselves, which way."""

import re
from unicodedata import bidirectional

#: The two-letter codes of ISO 639-1, those that were replaced among them.
ISO_639_1 = frozenset(
    """aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr
    cs cu cv cy da de dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv
    ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu iw ja ji jv jw ka kg ki kj
    kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mo mr
    ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro
    ru rw sa sc sd se sg sh si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tl
    tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu""".split()
)
# What languages call themselves.
_NAMES = dict(
    line.split(" ", 1)
    for line in """\
af Afrikaans
ar العربية
bg Български
bn বাংলা
bs Bosanski
ca Català
cs Čeština
cy Cymraeg
da Dansk
de Deutsch
el Ελληνικά
en English
eo Esperanto
es Español
et Eesti
eu Euskara
fa فارسی
fi Suomi
fr Français
ga Gaeilge
gl Galego
gu ગુજરાતી
he עברית
hi हिन्दी
hr Hrvatski
hu Magyar
hy Հայերեն
id Bahasa Indonesia
is Íslenska
it Italiano
iw עברית
ja 日本語
ka ქართული
kk Қазақ тілі
ko 한국어
la Latina
lb Lëtzebuergesch
lt Lietuvių
lv Latviešu
mk Македонски
ml മലയാളം
mr मराठी
ms Bahasa Melayu
mt Malti
nb Norsk bokmål
nl Nederlands
nn Norsk nynorsk
no Norsk
pa ਪੰਜਾਬੀ
pl Polski
pt Português
ro Română
ru Русский
sk Slovenčina
sl Slovenščina
sq Shqip
sr Српски
sv Svenska
sw Kiswahili
ta தமிழ்
te తెలుగు
th ไทย
tr Türkçe
uk Українська
ur اردو
vi Tiếng Việt
yi ייִדיש
zh 中文
zh-hans 简体中文
zh-hant 繁體中文""".splitlines()
)
_RTL = frozenset("ar arc ckb dv fa he iw ks nqo ps sd syr ug ur yi".split())
_TAG = re.compile(r"([a-z]{2})(?:[-_][A-Za-z]{2,4})?")


def in_name(stem: str) -> tuple[str, str]:
    """`post.fr` is post, in French, and `notes.v2` is not in Vietnamese."""
    name, dot, tag = stem.rpartition(".")
    found = _TAG.fullmatch(tag)
    if dot and name and found and found[1] in ISO_639_1:
        return name, tag.replace("_", "-")
    return stem, ""


def is_language(folder: str) -> bool:
    """Whether a folder's name is a language's tag."""
    found = _TAG.fullmatch(folder)
    return found is not None and found[1] in ISO_639_1


def name_of(language: str) -> str:
    """What a language (BCP 47) calls itself: `Deutsch`, `Português (BR)`; else its tag.

    What the tag says beyond the name is told beside it.
    """
    if (name := _NAMES.get(language.lower())) is not None:
        return name
    base, _, rest = language.rpartition("-")
    name = name_of(base) if base else ""
    return f"{name} ({rest})" if name and name != base else language


def direction(language: str) -> str:
    """`rtl` or `ltr`: how a language tag (BCP 47) is written."""
    tags = language.lower().split("-")
    if "latn" in tags:
        return "ltr"
    return "rtl" if tags[0] in _RTL or {"arab", "hebr"} & set(tags) else "ltr"


def direction_of(text: str) -> str:
    """`rtl` or `ltr`: how some text is written, by its first letter that tells."""
    for character in text:
        kind = bidirectional(character)
        if kind in ("L", "R", "AL"):
            return "ltr" if kind == "L" else "rtl"
    return "ltr"
