"""Tags in braces and percent signs: Liquid, Jinja, Nunjucks, Tera."""

import re

from feeds.articles.templating import names, syntax
from feeds.articles.templating.walk import STEERING, Walk

# Tags with a content that is no templating: taken whole, up to what ends it.
_VERBATIM = {
    name: re.compile(rf"\{{%[-+]?\s*+end{name}\s*+[-+]?%\}}")
    for name in ("raw", "comment", "highlight", "codeblock", "verbatim")
}
_SILENT = frozenset("raw comment verbatim".split())
_LOOPS = frozenset("for tablerow".split())
_PARTS = frozenset("else elsif elif when end".split())
_INCLUDES = frozenset("include include_relative include_cached render partial".split())


def tag(walk: Walk, start: int) -> int | None:
    """`{% name … %}`"""
    if found := syntax.SHOWN.match(walk.body, start):
        return walk.put(start, found.end(), syntax.shown(found[0]))
    found = syntax.TAG.match(walk.body, start)
    if found is None:
        found = syntax.OPEN_TAG.match(walk.body, start)
        kind = f"{{% {found['name']} %}}" if found else ""
        return walk.drop(start, found.end(), kind) if found else None
    name, rest, end = found["name"].lower(), found["rest"], found.end()
    opened = name.removeprefix("end")
    kind = f"{{% {opened} %}}" if name not in _PARTS and opened not in _SILENT else ""
    call = names.call(name, syntax.ROOT.sub("", rest.rstrip("-+ \n\t")))
    if name in _VERBATIM and (close := walk.find(_VERBATIM[name], end)):
        return verbatim(walk, start, close, call, walk.body[end : close.start()])
    if name in names.QUOTES:
        return walk.open_quote(start, end, call)
    if opened in names.QUOTES or (name == "end" and walk.quotes):
        return walk.close_quote(start, end)
    if name in _LOOPS:
        end = walk.drop(start, end, kind, line=True)
        walk.loops.append((len(walk.out), len(walk.uses)))
        return end
    if opened in _LOOPS:
        return walk.close_loop(start, end)
    if opened != name or name == "end":
        return walk.drop(start, end, kind, opened in STEERING)
    if name in _INCLUDES:
        call = names.included(call)
    return walk.meant(start, end, call, kind)


def verbatim(
    walk: Walk, start: int, close: re.Match[str], call: names.Call, text: str
) -> int:
    end = close.end()
    if call.name in ("raw", "verbatim"):
        return walk.put(start, end, text)
    if call.name == "comment":
        return walk.drop(start, end, line=True)
    first = call.get("lang", "language") or next(iter(call.words), "")
    plain = call.name == "codeblock" and not call.get("lang")
    language = first if syntax.LANGUAGE.fullmatch(first) and not plain else ""
    return walk.source(start, end, language, text)
