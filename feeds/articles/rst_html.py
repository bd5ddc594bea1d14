"""A document tree of docutils as lean HTML: no classes, wrappers or messages."""

import re
from html import escape
from typing import Any, ClassVar

from docutils import nodes
from docutils.writers import html5_polyglot

from feeds.articles import rst_parser
from feeds.articles.rst import plain

_MORE = re.compile(r"(?:PELICAN_)?(?:TEASER_END|END_SUMMARY)\b.*", re.S)
_KEPT = frozenset(
    "alt colspan controls height href open rowspan src start title width".split()
)
_LANGUAGE = re.compile(r"[\w+#.-]+")
_TITLE = re.compile(r"(?:([^\w\s])\1+\n)?(?P<words>.*[^\W_].*)\n([^\w\s])\3+")
_PHRASE = re.compile(r"`(?P<text>[^`]*)`__?")


def render(text: str) -> str:
    """A reStructuredText as HTML, not yet safe; errors as `rst_parser.parse`."""
    document = rst_parser.parse(text)
    writer = _Writer(document)
    document.walkabout(writer)
    return "".join(writer.body).strip()


class _Writer(html5_polyglot.HTMLTranslator):
    special_characters: ClassVar[dict[int, str]] = {
        ord(character): escape(character) for character in '&<>"'
    }

    def starttag(
        self,
        node: Any,
        tagname: str,
        suffix: str = "\n",
        empty: bool = False,
        **told: Any,
    ) -> str:
        """A tag without what readers drop: classes, styles and roles."""
        ids: list[str] = node.get("ids", []) + told.pop("ids", [])
        marks = {k.lower(): v for k, v in sorted(told.items()) if k.lower() in _KEPT}
        marks |= {"id": ids[0]} if ids else {}
        written = "".join(f' {k}="{self.attval(str(v))}"' for k, v in marks.items())
        more = "".join(f'<span id="{name}"></span>' for name in ids[1:])
        tag = f"<{tagname}{written}{' /' if empty else ''}>{suffix}"
        outside = empty or tagname in ("dl", "ol", "table", "tr", "ul")
        return more + tag if outside else tag + more

    def _end(self, node: Any) -> None:
        self.body.append(self.context.pop())

    # Sections, boxes and their titles

    def visit_section(self, node: Any) -> None:
        self.section_level += 1

    def depart_section(self, node: Any) -> None:
        self.section_level -= 1

    def section_title_tags(self, node: Any) -> tuple[str, str]:
        tag = f"h{min(self.section_level + 1, 6)}"
        return self.starttag(node.parent, tag, ""), f"</{tag}>\n"

    def visit_title(self, node: Any) -> None:
        if isinstance(node.parent, nodes.section | nodes.table):
            super().visit_title(node)
        else:
            self.visit_rubric(node)

    def visit_rubric(self, node: Any) -> None:
        self.body.append(self.starttag(node, "p", "<strong>"))
        self.context.append("</strong></p>\n")

    visit_subtitle = visit_rubric
    depart_title = depart_rubric = depart_subtitle = _end

    def visit_container(self, node: Any) -> None:
        if node["ids"]:
            self.body.append(self.starttag(node, "div"))
        self.context.append("</div>\n" if node["ids"] else "")

    visit_compound = visit_container
    depart_container = depart_compound = _end

    # Paragraphs, lists and tables

    def visit_paragraph(self, node: Any) -> None:
        bare = not node["ids"] and self._tight(node)
        self.body.append("" if bare else self.starttag(node, "p", ""))
        last = node is node.parent[-1]
        self.context.append("" if bare and last else "\n" if bare else "</p>\n")

    depart_paragraph = _end

    def _tight(self, node: Any) -> bool:
        """Whether a paragraph stands in an item or a cell as its words alone."""
        holder = node.parent
        if isinstance(holder, nodes.list_item):
            if "tight" not in holder.parent:
                holder.parent["tight"] = self.check_simple_list(holder.parent)
            return bool(holder.parent["tight"])
        cells = (nodes.definition, nodes.description, nodes.entry, nodes.field_body)
        return isinstance(holder, cells) and len(holder) == 1

    def visit_bullet_list(self, node: Any) -> None:
        self.body.append(self.starttag(node, "ul"))

    def depart_bullet_list(self, node: Any) -> None:
        self.body.append("</ul>\n")

    def visit_enumerated_list(self, node: Any) -> None:
        start = {"start": node["start"]} if "start" in node else {}
        self.body.append(self.starttag(node, "ol", **start))

    def visit_classifier(self, node: Any) -> None:
        self.body.append(" <em>")

    def depart_classifier(self, node: Any) -> None:
        self.body.append("</em>")
        self.depart_term(node)

    def depart_field_name(self, node: Any) -> None:
        self.body.append(":</dt>\n")

    def visit_option(self, node: Any) -> None:
        pass

    def depart_option(self, node: Any) -> None:
        if node is not node.parent[-1]:
            self.body.append(", ")

    def depart_colspec(self, node: Any) -> None:
        pass  # widths are styles, which readers drop

    def visit_line_block(self, node: Any) -> None:
        if not isinstance(node.parent, nodes.line_block):
            self.body.append(self.starttag(node, "p", ""))

    def depart_line_block(self, node: Any) -> None:
        if not isinstance(node.parent, nodes.line_block):
            self.body[-1] = "</p>\n"  # instead of the last line's break

    def visit_line(self, node: Any) -> None:
        depth, block = 0, node.parent.parent
        while isinstance(block, nodes.line_block):
            depth, block = depth + 1, block.parent
        self.body.append("\N{EM SPACE}" * depth)

    def depart_line(self, node: Any) -> None:
        self.body.append("<br />\n")

    # Code and words

    def visit_literal_block(self, node: Any) -> None:
        language = node.get("language", "")
        named = f' class="language-{language}"' if _LANGUAGE.fullmatch(language) else ""
        self.body.append(self.starttag(node, "pre", "") + f"<code{named}>")
        self.context.append("</code></pre>\n")

    visit_doctest_block = visit_math_block = visit_literal_block
    depart_literal_block = depart_doctest_block = depart_math_block = _end

    def visit_literal(self, node: Any) -> None:
        self.body.append(self.starttag(node, "code", ""))
        self.context.append("</code>")

    visit_math = visit_literal
    depart_literal = depart_math = _end

    def visit_inline(self, node: Any) -> None:
        classes = [c for c in node["classes"] if c in self.supported_inline_tags]
        tag = next(iter(classes), "span" if node["ids"] else "")
        self.body.append(self.starttag(node, tag, "") if tag else "")
        self.context.append(f"</{tag}>" if tag else "")

    depart_inline = _end

    def visit_problematic(self, node: Any) -> None:
        found = _PHRASE.fullmatch(node.astext())
        if isinstance(node.parent, nodes.TextElement):  # else it is a target
            self.body.append(self.encode(found["text"] if found else node.astext()))
        raise nodes.SkipNode

    def visit_image(self, node: Any) -> None:
        # `:scale:` and `:loading: embed` would read the picture's file.
        for name in ("scale", "loading"):
            node.attributes.pop(name, None)
        node.setdefault("alt", "")
        node["classes"].append("controls")
        super().visit_image(node)

    # Notes

    def visit_footnote(self, node: Any) -> None:
        mark = f"[{self.encode(node.next_node(nodes.label).astext())}]"
        if node["backrefs"]:
            mark = f'<a href="#{node["backrefs"][0]}">{mark}</a>'
        self.body.append(self.starttag(node, "div"))
        first = node[1] if len(node) > 1 else None
        if isinstance(first, nodes.paragraph):
            first.insert(0, nodes.raw("", f"{mark} ", format="html"))
        else:
            self.body.append(f"<p>{mark}</p>\n")

    def depart_footnote(self, node: Any) -> None:
        self.body.append("</div>\n")

    visit_citation, depart_citation = visit_footnote, depart_footnote

    def visit_label(self, node: Any) -> None:
        raise nodes.SkipNode

    def visit_footnote_reference(self, node: Any) -> None:
        self.body.append(self.starttag(node, "a", "[", href="#" + node["refid"]))

    def depart_footnote_reference(self, node: Any) -> None:
        self.body.append("]</a>")

    # What is no part of the text

    def visit_comment(self, node: Any, sub: Any = None) -> None:
        if _MORE.fullmatch(node.astext().strip()):
            self.body.append("<!--more-->\n")
        raise nodes.SkipNode

    def visit_system_message(self, node: Any) -> None:
        # From the third level on, a message holds the text that it is about.
        for child in node if node["level"] > 2 else ():
            if isinstance(child, nodes.literal_block):
                self._lost(child)
        raise nodes.SkipNode

    def _lost(self, node: Any) -> None:
        if title := _TITLE.fullmatch(node.astext()):
            words = self.encode(plain(title["words"].strip()))
            self.body.append(f"<p><strong>{words}</strong></p>\n")
        elif not node.astext().startswith(".. "):
            node.walkabout(self)
