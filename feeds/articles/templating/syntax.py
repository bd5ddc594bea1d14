"""How each site generator spells its templates: the patterns, and nothing else.

None of them looks back twice: inside a repetition no two alternatives start alike,
and what is not closed is given up at the next opening brace or blank line.
"""

import re

_X = re.VERBOSE

#: A body in which this finds nothing holds no templating at all.
ANY = re.compile(
    r"""\{(?:[{%\#:]|\.\w)|@/
    |\{[ \t]*+(?:[.\#]\w|[\w:-]++=)[^{}\n]*+\}""",
    _X,
)

# Liquid, Jinja and their kin: `{% name arguments %}`.
TAG = re.compile(
    r"""\{%[-+]?\s*+(?P<name>[A-Za-z_]\w*+(?:[.:-]\w++)*+)
    (?P<rest>(?:[^{%\n]++|\{(?!%)|%(?!\})|\n(?![ \t]*+\n))*+)%\}""",
    _X,
)
# What was meant as a tag, to its brace or to the end of its line.
OPEN_TAG = re.compile(r"\{%[-+]?[ \t]*+(?P<name>[A-Za-z_]\w*+(?:-\w++)*+)[^{}\n]*+\}?")
RAW_TAG = re.compile(
    r"^[ \t]*+\{%[-+]?\s*+(?:end)?raw\s*+[-+]?%\}[ \t]*+\n"
    r"|\{%[-+]?\s*+(?:end)?raw\s*+[-+]?%\}",
    re.MULTILINE,
)
COMMENT = re.compile(r"\{\#(?:[^\#{]++|\#(?!\})|\{(?!\#))*+\#\}", _X)

# `{{ expression }}`, and in Hugo `{{< name arguments >}}` and `{{% name %}}`.
OUTPUT = re.compile(
    r"""\{\{(?P<third>\{)?+(?P<rest>(?:[^{}\n]++|\{(?!\{)|\}(?!\})|\n(?![ \t]*+\n))*+)
    \}\}(?(third)\}?)""",
    _X,
)
LITERAL = re.compile(
    r"""\{\{-?\s*+(?:"(?P<double>[^"\n]*+)"|'(?P<single>[^'\n]*+)')\s*+
    (?P<filters>(?:\|[^{}]*+)?+)\}\}""",
    _X,
)
SHORTCODE = re.compile(
    r"""[<%]-?\s*+(?P<close>/?)\s*+(?P<name>\w++(?:[./-]++\w++)*+)
    (?P<rest>.*)[>%]""",
    _X | re.DOTALL,
)
OPEN_OUTPUT = re.compile(
    r"\{\{(?:(?P<shortcode>[<%])-?[ \t]*+/?[ \t]*+(?P<name>\w[\w-]*+)[^{}\n]*+\}?"
    r"|-?[ \t]*+(?P<variable>[\w.]++)[^{}\n]*+\})"
)
CALL = re.compile(r"-?\s*+(?P<name>\w[\w.:]*+)\s*+\((?P<rest>.*)\)\s*-?", re.DOTALL)
EXPRESSION = re.compile(r"-?\s*+(?P<kind>[\w.$\"'(\[][^|\n]*+)")
#: How a template is shown and not run: Hugo's `{{</* x */>}}`, Zola's `{{/* x() */}}`.
SHOWN = re.compile(
    r"\{(?P<open>\{[<%]?|%)/\*"
    r"(?P<inner>(?:[^*{\n]++|\*(?!/)|\{(?![{%])|\n(?![ \t]*+\n))*+)\*/"
    r"(?P<close>[>%]?\}|%)\}"
)
#: The site's own address; what follows it starts with a slash.
ROOTS = frozenset(
    """site.url site.baseurl site.github.url site.base_url config.base_url SITEURL
    .Site.BaseURL site.BaseURL site.Site.BaseURL""".split()
)
ROOT = re.compile(
    r"\{\{-?\s*+(?:" + "|".join(map(re.escape, ROOTS)) + r")\b[^{}\n]*+\}\}"
)
# TeX, shells and Rust double their braces too.
NOT_TEMPLATE = re.compile(r"(?:[\\^$}]|\w_|::|\\[A-Za-z]{1,20})\Z")

# kramdown's attributes: `{: .class #id key="value"}`, `{::options /}`, `{:/}`.
_PAIR = r"""[\w:-]++=(?:"[^"\n]*+"|'[^'\n]*+')"""
KRAMDOWN = re.compile(
    rf"""\{{:(?:[:/][^{{}}\n]*+
    |(?:toc|footnotes|\s*+(?:[.#][\w:-]++|{_PAIR}))
    (?:\s*+(?:[.#][\w:-]++|{_PAIR}))*+(?:[ \t]++[\w-]++)*+\s*+)\}}""",
    _X,
)
#: A reference or a definition of attributes, which only stands alone on its line.
KRAMDOWN_LINE = re.compile(r"\{:[ \t]*+[A-Za-z][\w-]*+(?::[ \t][^{}\n]*+|[ \t]*+)\}")
KRAMDOWN_COMMENT_END = re.compile(r"\{:/(?:comment)?\}")
# What the other kinds of Markdown know: `{#id .class key=value}`.
_ATTRIBUTE = rf"""(?:[.#][\w:.-]++|{_PAIR}|[\w:-]++=[^\s{{}}"'`]++)"""
ATTRIBUTES = re.compile(rf"\{{[ \t]*+{_ATTRIBUTE}(?:[ \t]++{_ATTRIBUTE})*+[ \t]*+\}}")
HEADING = re.compile(r"[ \t>]*+#{1,6}[ \t]")
UNDERLINE = re.compile(r"[ \t]*+\n[ ]{0,3}(?:=+|-+)[ \t]*+$", re.MULTILINE)
ITEM = re.compile(r"^[ \t]*+(?:[*+-]|\d{1,9}[.)])[ \t][^\n]*\n[ \t]*\Z", re.MULTILINE)
LINE_END = re.compile(r"[ \t]*+(?:\n|\Z)")
LANGUAGE = re.compile(r"[\w+#.-]+")
FENCES = re.compile(r"^[ \t]*(`{3,})", re.MULTILINE)
# A body of which every paragraph is an element is HTML, where fences mean nothing.
PAGE = re.compile(
    r"\s*<(?:!doctype|html|head|body|article|section|main|header|div|p|h[1-6])\b",
    re.IGNORECASE,
)


def shown(text: str) -> str:
    """`text` without the marks that keep templates in it from being run."""
    return SHOWN.sub(_inner, RAW_TAG.sub("", text))


def _inner(found: re.Match[str]) -> str:
    if found["open"] == "{" and not CALL.fullmatch(found["inner"].strip()):
        return found[0]
    return f"{{{found['open']}{found['inner']}{found['close']}}}"
