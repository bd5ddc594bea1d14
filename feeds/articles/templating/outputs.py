"""What stands in two braces: outputs, Hugo's shortcodes, Zola's calls."""

import re

from feeds.articles.templating import names, syntax
from feeds.articles.templating.liquid import verbatim
from feeds.articles.templating.walk import Walk

_HIGHLIGHT_END = re.compile(r"\{\{[<%]-?\s*+/\s*+highlight\s*+-?[>%]\}\}")


def output(walk: Walk, start: int) -> int | None:
    """`{{ expression }}`, `{{< shortcode >}}`, `{{ shortcode() }}`"""
    body = walk.body
    if found := syntax.SHOWN.match(body, start):
        plain = syntax.shown(found[0])
        # What is commented out and would be no template is a comment.
        return walk.put(start, found.end(), plain if plain != found[0] else "")
    if found := syntax.LITERAL.match(body, start):
        return walk.put(start, found.end(), found["double"] or found["single"] or "")
    found = syntax.OUTPUT.match(body, start)
    if found is None:
        return _open_output(walk, start)
    end, rest = found.end(), found["rest"]
    if code := syntax.SHORTCODE.fullmatch(rest):
        return _shortcode(walk, start, end, code)
    if walk.since != start and syntax.NOT_TEMPLATE.search(
        body, max(start - 22, 0), start
    ):
        return None
    if function := syntax.CALL.fullmatch(rest.strip()):
        call = names.call(function["name"], function["rest"])
        return walk.meant(start, end, call, f"{{{{ {function['name']}() }}}}")
    expression = syntax.EXPRESSION.match(rest)
    if expression is None:
        return None
    kind = expression["kind"].strip(" -\t")
    if kind in syntax.ROOTS:
        alone = body[end : end + 1] in tuple(")\"'#?>")
        return walk.put(start, end, "/" if alone else "")
    if body[start - 1 : start] == "<" and body[end : end + 1] == ">":
        start, end = max(start - 1, walk.done), end + 1
    return walk.drop(start, end, f"{{{{ {kind[:40]} }}}}")


def _open_output(walk: Walk, start: int) -> int | None:
    found = syntax.OPEN_OUTPUT.match(walk.body, start)
    if found is None:
        return None
    if mark := found["shortcode"]:
        kind = f"{{{{{mark} {found['name']} {'>' if mark == '<' else '%'}}}}}"
    else:
        kind = f"{{{{ {found['variable']} }}}}"
    return walk.drop(start, found.end(), kind)


def _shortcode(walk: Walk, start: int, end: int, code: re.Match[str]) -> int:
    """Hugo's `{{< name … >}}` and `{{% name … %}}`"""
    name, mark = code["name"].lower(), code[0][0]
    if name in names.QUOTES and code["close"]:
        return walk.close_quote(start, end)
    call = names.call(name, syntax.ROOT.sub("", code["rest"].rstrip("-/ \n\t")))
    if name in names.QUOTES and not code["rest"].rstrip().endswith("/"):
        return walk.open_quote(start, end, call)
    if name == "highlight" and (close := walk.find(_HIGHLIGHT_END, end)):
        text = walk.body[end : close.start()]
        return verbatim(walk, start, close, call, text)
    kind = f"{{{{{mark} {name} {'>' if mark == '<' else '%'}}}}}"
    if code["close"]:
        return walk.drop(start, end, kind)
    return walk.meant(start, end, call, kind)
