"""HTML made safe, addresses made absolute, text that XML can hold."""

import re
from html.parser import HTMLParser
from urllib.parse import urlsplit

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from feeds import languages, markup

FEWER = settings(max_examples=40)
BASE = "https://h.example/d/e.md"
# XML 1.0 2.2: what a document may hold.
LEGAL = re.compile("[\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]*")


def resolve(address: str) -> str:
    return markup.link(address, BASE)


def safe(html: str) -> str:
    return markup.safe(html, resolve)


# --- characters ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("a\r\nb\rc\n", "a\nb\nc\n"),
        ("a\tb", "a\tb"),
        ("a\x00\x08\x0b\x0c\x1b\x7fb", "ab"),
        ("\x93quoted\x94 \x80 \x85", "“quoted” € …"),
        ("\x81\x8d\x8f\x90\x9d", ""),
        ("a\ud83db", "ab"),
        ("\ufdd0\ufffe\uffff", ""),
        ("é 🦆 \u2028 \ufeff", "é 🦆 \u2028 \ufeff"),
    ],
)
def test_clean_leaves_out_what_xml_cannot_hold(text, cleaned):
    assert markup.clean(text) == cleaned


ANY_TEXT = st.text(st.characters(categories=None))


@FEWER
@given(st.one_of(ANY_TEXT, st.text(st.characters(max_codepoint=0xA0))))
@example("\x0d\x85\x0d\x0a\x81\x0d")
def test_clean_text_is_legal_xml_and_stays_as_it_is(text):
    cleaned = markup.clean(text)
    assert LEGAL.fullmatch(cleaned)
    assert "\r" not in cleaned
    assert markup.clean(cleaned) == cleaned


def test_a_line_is_one_line():
    assert markup.line("  a \n\t b\u00a0c\x00 ") == "a b c"


# --- plain text ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("", ""),
        ("just text", "just text"),
        ("<p>One</p><p>two</p>", "One two"),
        ("one<br>two", "one two"),
        ("<b>o</b>ne", "one"),
        ("<td>a</td><td>b</td>", "a b"),
        ("a &amp; b &lt;c&gt; &#x93;d&#148;", "a & b <c> “d”"),
        ("a &amp;lt; b", "a &lt; b"),
        ("1 < 2", "1 < 2"),
        ("a<script>alert(1)</script><style>p {}</style>b", "ab"),
        ("a<!-- no -->b", "ab"),
        ("a&#0;&#1;&#xD800;b", "a\ufffd\ufffdb"),
    ],
)
def test_plain_is_the_text_of_some_html(html, text):
    assert markup.plain(html) == text


@FEWER
@given(st.text(alphabet="<>&;/ab p#xscript=\"'!-\n\x00\x85", max_size=60))
def test_plain_is_one_clean_line(html):
    text = markup.plain(html)
    assert text == markup.line(text)


def test_an_excerpt_is_the_first_paragraph_that_says_something():
    html = "<h2>H</h2><p><img src=x></p><p class=x>Hello <b>you</b>.</p><p>Next.</p>"
    assert markup.excerpt(html) == "Hello you."


def test_an_excerpt_of_html_without_paragraphs_is_its_text():
    assert markup.excerpt("<ul><li>one</li><li>two</li></ul>") == "one two"


def test_an_excerpt_ends_between_two_words():
    assert markup.excerpt("<p>One two, three four</p>", 12) == "One two…"
    assert markup.excerpt("<p>One two</p>", 7) == "One two"
    assert markup.excerpt("<p>" + "x" * 20 + "</p>", 10) == "x" * 9 + "…"


@FEWER
@given(st.text(alphabet="ab ,.—<>p/&", max_size=80), st.integers(2, 30))
def test_an_excerpt_is_never_too_long(html, length):
    assert len(markup.excerpt(html, length)) <= length


# --- safe HTML ----------------------------------------------------------------

SCRIPTED = [
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    " \t javascript:alert(1)",
    "java\tscript:alert(1)",
    "java\nscript:alert(1)",
    "java\r\nscript:alert(1)",
    "\x01javascript:alert(1)",
    "javascript\t:alert(1)",
    "&#106;avascript:alert(1)",
    "&#x6A;avascript&colon;alert(1)",
    "java&Tab;script:alert(1)",
    "java&NewLine;script:alert(1)",
    "javascript&#58;alert(1)",
    "vbscript:msgbox(1)",
    "data:text/html,<script>alert(1)</script>",
    "data:image/svg+xml;base64,PHN2Zz4=",
    "blob:https://h.example/1",
    "file:///etc/passwd",
    "view-source:https://h.example/",
]
CARRIERS = [
    '<a href="{}">x</a>',
    "<img src='{}' alt=x>",
    '<img src=a.png srcset="{} 2x">',
    '<img src=a.png srcset="b.png 1x, {} 2x">',
    '<img src=a.png srcset="b.png 1x,{} 2x">',
    '<picture><source srcset="{}"><img src=a.png></picture>',
    '<video src="{0}" poster="{0}"></video>',
    '<audio><source src="{}"></audio>',
    '<video><track src="{}"></video>',
    '<blockquote cite="{0}">x<q cite="{0}">y</q></blockquote>',
    '<del cite="{0}">x</del><ins cite="{0}">y</ins>',
    '<area href="{}">',
    '<base href="{}"><a href="a.md">x</a>',
    '<form action="{0}"><button formaction="{0}">x</button></form>',
    '<object data="{0}"><embed src="{0}"></object>',
    '<iframe src="{0}" srcdoc="{0}"></iframe>',
    '<svg><a xlink:href="{}"><text>x</text></a></svg>',
    '<math><mi xlink:href="{}">x</mi></math>',
    '<link rel=stylesheet href="{}">',
    '<meta http-equiv=refresh content="0;url={}">',
    '<p style="background: url({})">x</p>',
    '<table background="{}"><tr><td>x</td></tr></table>',
]
ALLOWED = frozenset({"href", "src", "srcset", "poster", "cite"})


class Reader(HTMLParser):
    """Collects what a reader would get to see."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.names: set[str] = set()
        self.addresses: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        for name, value in attrs:
            self.names.add(name)
            if name == "srcset":
                candidates = re.split(r",\s*", value or "")
                self.addresses += [each.split()[0] for each in candidates if each]
            elif name in ALLOWED:
                self.addresses.append(value or "")


@pytest.mark.parametrize("carrier", CARRIERS)
def test_no_address_but_http_and_mailto_gets_through(carrier):
    for address in SCRIPTED:
        cleaned = safe(carrier.format(address))
        for found in Reader(cleaned).addresses:
            assert urlsplit(found).scheme in {"http", "https", "mailto"}, cleaned
            assert urlsplit(found).netloc, cleaned
        # In the path of an address it is but a name.
        assert "alert(1)" not in cleaned.replace("script%3Ealert(1)", "")
        assert "msgbox" not in cleaned


@pytest.mark.parametrize(
    "html",
    [
        "<script>alert(1)</script>",
        "<scr<script>ipt>alert(1)</script>",
        "<SCRIPT/x>alert(1)</SCRIPT>",
        "<script src=//x.example/x.js></script>",
        "<style>p { color: red }</style>",
        "<svg onload=alert(1)><script>alert(1)</script></svg>",
        "<svg><style><img src=x onerror=alert(1)></style></svg>",
        "<math><mtext><table><mglyph><style><img src onerror=alert(1)>",
        "<iframe src=x>alert(1)</iframe>",
        "<object>alert(1)</object>",
        "<template><p>alert(1)</p></template>",
        "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>",
        "<title>alert(1)</title>",
        "<!-- <p>alert(1)</p> -->",
        "<![CDATA[ ]]>",
        "<?php echo 1 ?>",
    ],
)
def test_what_a_reader_must_not_run_is_gone(html):
    read = Reader(safe(html))
    assert not read.tags & {"script", "style", "svg", "math", "iframe", "object"}
    assert not {name for name in read.names if name.startswith("on")}


@pytest.mark.parametrize(
    "name", ["onclick", "ONERROR", "onload", "style", "srcdoc", "data-x", "is", "slot"]
)
def test_an_attribute_that_is_not_allowed_is_dropped(name):
    assert safe(f'<p {name}="alert(1)">x</p>') == "<p>x</p>"


@pytest.mark.parametrize(
    ("html", "cleaned"),
    [
        ("<p>x</p>", "<p>x</p>"),
        ("  <p>x</p>\n", "<p>x</p>"),
        ("<p>x", "<p>x</p>"),
        ("<center>x</center><form>y</form>", "xy"),
        ('<a href="b.md" target="_blank">x</a>', "<a href=BASEb.md>x</a>"),
        ('<a href="//x.example/y">x</a>', '<a href="https://x.example/y">x</a>'),
        ('<a href="mailto:a@b.example">x</a>', '<a href="mailto:a@b.example">x</a>'),
        ('<a href="tel:123">x</a>', "<a>x</a>"),
        ('<img src="b c.png" alt="">', '<img src=BASEb%20c.png alt="">'),
        ('<code class="x language-c++ y">x</code>', '<code class="language-c++">'),
        ('<code class="x">y</code>', "<code>y</code>"),
        ('<p class="language-c">x</p>', "<p>x</p>"),
        ('<td align="right">x</td>', "x"),
        ('<p lang="he" dir="rtl" id="a">x</p>', '<p lang="he" dir="rtl" id="a">x</p>'),
        ("<ruby>x<rt>y</rt></ruby>", "<ruby>x<rt>y</rt></ruby>"),
        ("<p>a\x00\x93b</p>", "<p>a“b</p>"),
    ],
)
def test_the_rest_is_kept_and_made_absolute(html, cleaned):
    cleaned = re.sub(r"=BASE([\w.%]+)", r'="https://h.example/d/\1"', cleaned)
    found = safe(html).replace("x</code>", "") if "c++" in html else safe(html)
    assert found == cleaned


@pytest.mark.parametrize(
    ("srcset", "cleaned"),
    [
        ("a.png 1x, b.png 2x", "BASEa.png 1x, BASEb.png 2x"),
        ("a.png, b.png 2x", "BASEa.png, BASEb.png 2x"),
        ("a.png 1x,b.png 2x", "BASEa.png 1x, BASEb.png 2x"),
        ("a.png\n\t480w ,\n b.png 1.5x", "BASEa.png 480w, BASEb.png 1.5x"),
        ("a,b.png 1x", "BASEa%2Cb.png 1x"),
        ("data:image/png;base64,AA== 1x, b.png 2x", "BASEb.png 2x"),
        ("a.png 1x,javascript:alert(1) 2x", "BASEa.png 1x"),
        (" , ", ""),
    ],
)
def test_every_address_of_a_srcset_is_made_absolute(srcset, cleaned):
    html = safe(f'<img src="x.png" srcset="{srcset}">')
    expected = cleaned.replace("BASE", "https://h.example/d/")
    found = re.search(r'srcset="([^"]*)"', html)
    assert (found[1] if found else "") == expected


def test_an_address_that_resolve_drops_is_dropped():
    html = '<a href="a.md" title="t">x</a><img src="b.png"><video poster="c"></video>'
    assert markup.safe(html, lambda _: "") == '<a title="t">x</a><video></video>'


@pytest.mark.parametrize("html", ["<img>", "<img alt='a src=b'>", "<img src='data:x'>"])
def test_a_picture_without_an_address_is_dropped(html):
    assert safe(f"a{html}b") == "ab"


def test_nothing_can_end_a_cdata_section():
    html = '<p title="]]>">a ]]> b ]]&gt; c</p><pre>]]></pre>'
    assert "]]>" not in safe(html)
    assert markup.plain(safe(html)) == "a ]]> b ]]> c ]]>"


def test_an_attribute_cannot_break_out_of_an_image_that_is_taken_away():
    html = '<img alt="><script>alert(1)</script>" title=" src=">text'
    assert Reader(safe(html)).tags <= {"img"}
    assert "<script" not in safe(html)


def test_the_blank_line_that_code_begins_with_survives_every_reading():
    # A parser drops the newline that comes right after <pre>, each time it reads.
    once = safe("<pre>\n\n  code</pre>")
    assert once == "<pre>\n\n  code</pre>"
    assert safe(once) == once


HTML_ISH = st.lists(
    st.one_of(
        st.sampled_from(
            """<p> </p> <b> </b> <i> </i> <a\x20href= </a> <img\x20src= <pre> </pre>
            <table> <tr> <td> </table> <ul> <li> </ul> <h1> </h1> <div> </div> <svg>
            <math> <mtext> <style> </style> <script> </script> <title> <template>
            <noscript> <select> <option> <textarea> <!-- --> <![CDATA[ ]]> <? &lt;
            &gt; &amp; &#0; &#x93; > < " ' = srcset= onerror= javascript: data: // /
            http://x.example/ mailto: a.md \x00 \x85 \ufdd0 \n \t""".split(" ")
        ),
        st.text(alphabet="ab <>\"'&/=:;,%\n", max_size=4),
    ),
    max_size=14,
).map("".join)


@FEWER
@given(HTML_ISH)
@example("<pre>\n\nx")
@example("<p><table><p>")
@example("<p><select><p>")
@example("<p><button><p>")
def test_safe_html_is_legal_absolute_and_stays_as_it_is(html):
    once = safe(html)
    assert LEGAL.fullmatch(once)
    assert "]]>" not in once
    assert all(urlsplit(url).scheme for url in Reader(once).addresses)
    assert safe(once) == once


# --- addresses ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "url"),
    [
        ("http://e.example", "http://e.example/"),
        (" https://e.example/a \n", "https://e.example/a"),
        ("HTTPS://e.example/A", "https://e.example/A"),
        ("http://e.example?q", "http://e.example/?q"),
        ("http://e.example/a b", "http://e.example/a%20b"),
        ("http://e.example/a%20b", "http://e.example/a%20b"),
        ("http://e.example/a\nb\tc", "http://e.example/abc"),
        ('http://e.example/"<x>"', "http://e.example/%22%3Cx%3E%22"),
        ("http://e.example/a|b\\c", "http://e.example/a%7Cb%5Cc"),
        ("http://e.example/[x](y)", "http://e.example/%5Bx%5D(y)"),
        ("http://e.example/\x01\x7f", "http://e.example/%01%7F"),
        ("http://e.example/é?é=é#é", "http://e.example/%C3%A9?%C3%A9=%C3%A9#%C3%A9"),
        ("http://bücher.example/", "http://xn--bcher-kva.example/"),
        ("http://BÜCHER.example:8080/", "http://xn--bcher-kva.example:8080/"),
        ("http://例え.example/", "http://xn--r8jz45g.example/"),
        ("http://u:Pw@e.example/", "http://u:Pw@e.example/"),
        ("http://u:Pw@bücher.example/", "http://u:Pw@xn--bcher-kva.example/"),
        ("http://e.example:8080/", "http://e.example:8080/"),
        ("http://127.0.0.1:80/", "http://127.0.0.1:80/"),
        ("http://[::1]/x", "http://[::1]/x"),
        ("http://[2001:db8::1]:8080/", "http://[2001:db8::1]:8080/"),
    ],
)
def test_an_http_address_is_written_as_an_ascii_url(address, url):
    assert markup.http_url(address) == url
    assert markup.http_url(url) == url


@pytest.mark.parametrize(
    "address",
    [
        "",
        "e.example",
        "/a",
        "//e.example/a",
        "ftp://e.example/",
        "javascript:alert(1)",
        "mailto:a@e.example",
        "http:",
        "http:///a",
        "http:a",
        "http://u@/a",
        "http://e example/",
        'http://e"x.example/',
        "http://e<x.example/",
        "http://e>x.example/",
        "http://e\\x.example/",
        "http://e.example\\@x.example/",
        "http://e\x01.example/",
        "http://e|x.example/",
        "http://e.example:port/",
        "http://e.example:99999/",
        "http://e.example:80:80/",
        "http://e.example:８０/",
        "http://[::1/",
        "http://[zz]/",
        "http://" + "ä" * 64 + ".example/",
    ],
)
def test_what_is_no_http_address_is_none(address):
    assert markup.http_url(address) == ""


@FEWER
@given(
    st.one_of(ANY_TEXT, st.text(alphabet="aä:/?#[]@\\%\x00 \t\n.1", max_size=12)).map(
        lambda rest: "http://" + rest
    )
)
@example("http://ü@e.example/")
@example("http://e.example/\ud83d")
def test_an_http_url_is_ascii_and_stays_as_it_is(address):
    url = markup.http_url(address)
    assert url.isascii()
    assert url.isprintable()
    assert " " not in url
    assert markup.http_url(url) == url


@pytest.mark.parametrize(
    ("address", "url"),
    [
        ("b.md", "https://h.example/d/b.md"),
        ("../b.md?x#y", "https://h.example/b.md?x#y"),
        ("/b", "https://h.example/b"),
        ("../../../b", "https://h.example/b"),
        ("#f", "https://h.example/d/e.md#f"),
        ("//x.example/y", "https://x.example/y"),
        ("a\nb.md", "https://h.example/d/ab.md"),
        ("a \n b.md", "https://h.example/d/a%20b.md"),
        ("http://x.example", "http://x.example/"),
        ("mailto:a@b.example?subject=a b", "mailto:a@b.example?subject=a%20b"),
        ("MAILTO:ä@b.example", "MAILTO:%C3%A4@b.example"),
        ("tel:123", ""),
        ("javascript:alert(1)", ""),
        ("java\nscript:alert(1)", ""),
        ("\x01javascript:alert(1)", ""),
        ("JAVASCRIPT :alert(1)", "https://h.example/d/JAVASCRIPT%20:alert(1)"),
        ("data:text/html,x", ""),
        ("C:\\b.md", ""),
        ("http://[", ""),
    ],
)
def test_a_link_is_made_absolute_or_dropped(address, url):
    assert markup.link(address, BASE) == url


@FEWER
@given(st.one_of(ANY_TEXT, st.text(alphabet="mailto:jvscrp&\t\n/\\@.", max_size=20)))
@example("mailto:a@b\ud83d")
def test_a_link_is_http_or_mailto_or_nothing(address):
    url = markup.link(address, BASE)
    assert url == "" or re.match(r"https?://[^/]|(?i:mailto:)", url)
    assert url.isascii()
    assert url.isprintable()


@pytest.mark.parametrize(
    "text",
    [
        "https://e.example/a",
        "tag:e.example,2024:a",
        "urn:uuid:1",
        "mailto:a@e.example",
        "x:y",
        "isbn:0-19-852663-6",
    ],
)
def test_an_absolute_uri_can_be_an_id(text):
    assert markup.is_uri(text)


@pytest.mark.parametrize(
    "text",
    ["", "x", "/x", "x:", ":x", "1:x", "é:x", "a b:c", "x: y", "x:é", "x:<", "x:\x7f"],
)
def test_what_is_no_absolute_uri_cannot_be_an_id(text):
    assert not markup.is_uri(text)


@pytest.mark.parametrize(
    ("language", "direction"),
    [
        ("", "ltr"),
        ("en", "ltr"),
        ("he", "rtl"),
        ("HE-IL", "rtl"),
        ("ar-EG", "rtl"),
        ("fa", "rtl"),
        ("yi", "rtl"),
        ("az-Arab", "rtl"),
        ("ar-Latn", "ltr"),
        ("en-AR", "ltr"),
    ],
)
def test_a_language_tag_tells_the_direction(language, direction):
    assert languages.direction(language) == direction


def test_a_reference_is_for_the_resolver_to_settle_and_goes_if_it_cannot():
    asked = []

    def resolve(address: str) -> str:
        asked.append(address)
        return "https://a.example/b/" if address == "ref:b" else ""

    html = markup.safe('<a href="ref:b">b</a> <a href="ref:c">c</a>', resolve)
    assert html == '<a href="https://a.example/b/">b</a> <a>c</a>'
    assert asked == ["ref:b", "ref:c"]


def test_no_address_is_a_reference_to_who_knows_no_articles():
    assert markup.link("ref:b", "https://a.example/") == ""
    assert markup.http_url("ref:b", "https://a.example/") == ""
