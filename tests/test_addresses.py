"""Where pages and media lie on the site, and where addresses in articles lead."""

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feeds.addresses import Addresses
from feeds.articles.article import Article
from feeds.articles.dialects import DIALECTS, PLAIN, Dialect
from feeds.articles.folder import File
from feeds.articles.places import read_path
from feeds.export import export

HOME = "https://ann.example/blog/"
DAY = datetime(2024, 1, 31, 9, 30, tzinfo=UTC)
BY_NAME = {dialect.name: dialect for dialect in DIALECTS} | {"plain": PLAIN}


def article(path: str, dialect: Dialect = PLAIN, **facts) -> Article:
    place = read_path(path, dialect, UTC)
    facts.setdefault("published", place.date or DAY)
    return Article(path, "Markdown", "A title", place, **facts)


def addresses(
    *articles: Article | str,
    dialect: str = "plain",
    permalink: str = "",
    media: tuple[str, ...] = (),
    others: tuple[str, ...] = (),
) -> Addresses:
    custom = BY_NAME[dialect]
    return Addresses(
        [article(a, custom) if isinstance(a, str) else a for a in articles],
        {path: File("/" + path, 0, 0, 0) for path in media},
        custom.roots,
        permalink or custom.permalink,
        others,
    )


# --- Pages ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "slug", "address"),
    [
        ("hello.md", "", "hello/"),
        ("2024/hello.md", "", "2024/hello/"),
        ("2024/hello.md", "Other one!", "2024/other-one/"),
        ("2024/hello/index.md", "", "2024/hello/"),
        ("2024/hello/index.md", "other", "2024/other/"),
        ("2024-01-31-hello.md", "", "2024-01-31-hello/"),
        ("2024-01-31-hello/index.md", "", "2024-01-31-hello/"),
        ("2024-01-31-hello.md", "hello", "hello/"),
        ("2024-01-31.md", "", "2024-01-31/"),
        ("index.md", "", "index/"),
        ("A Walk, at Night.txt", "", "a-walk-at-night/"),
        ("שלום.md", "", "שלום/"),
        ("cafe\u0301.md", "", "café/"),
        ("a.md", "../../etc/passwd", "etc-passwd/"),
        ("v1.2.md", "", "v1-2/"),
        ("a?b#c%.md", "", "a-b-c/"),
        ("???.md", "", "_/"),
        ("Über uns/a b.md", "", "über-uns/a-b/"),
        ("a.md", "atom.xml", "atom-xml/"),
    ],
)
def test_where_a_page_lies(path, slug, address):
    found = addresses(article(path, slug=slug))
    assert found.pages == {path: address}
    assert found.problems == []


@pytest.mark.parametrize(
    ("dialect", "path", "address"),
    [
        ("Jekyll", "_posts/2024-01-31-hello.md", "2024/01/31/hello/"),
        ("Jekyll", "sea/_posts/2024-01-31-hello.md", "sea/2024/01/31/hello/"),
        ("Jekyll", "_posts/sea/2024-01-31-hello.md", "sea/2024/01/31/hello/"),
        ("Jekyll", "_posts/2024-01-31-Hello, you.md", "2024/01/31/hello-you/"),
        ("Hexo", "source/_posts/hello.md", "2024/01/31/hello/"),
        ("Hugo", "content/posts/hello.md", "posts/hello/"),
        ("Hugo", "content/posts/hello/index.md", "posts/hello/"),
        ("Hugo", "content/hello.md", "hello/"),
        ("Zola", "content/posts/hello.md", "posts/hello/"),
        ("Pelican", "content/sea/hello.md", "hello/"),
        ("Nikola", "posts/hello.rst", "posts/hello/"),
        ("Astro", "src/content/blog/hello.md", "blog/hello/"),
        ("Astro", "src/pages/posts/hello.md", "posts/hello/"),
        ("Eleventy", "src/posts/hello.md", "posts/hello/"),
        ("Eleventy", "posts/hello.md", "posts/hello/"),
        ("Gatsby", "content/blog/hello/index.md", "blog/hello/"),
        ("Docusaurus", "blog/hello.md", "blog/hello/"),
    ],
)
def test_where_a_page_lies_by_the_customs_of_a_tool(dialect, path, address):
    assert addresses(path, dialect=dialect).pages == {path: address}


@pytest.mark.parametrize(
    ("pattern", "address"),
    [
        ("/:year/:month/:day/:slug/", "2024/01/31/other/"),
        (":year/:title", "2024/other/"),
        ("/:folders/:name/", "sea/far/2024-hello/"),
        ("/:section/:slug/", "sea/other/"),
        ("/posts/:slug/", "posts/other/"),
        ("/:year-:month/:slug", "2024-01/other/"),
        ("/:slug.html", "other-html/"),
    ],
)
def test_the_site_may_say_where_pages_lie(pattern, address):
    one = article("sea/far/2024-hello.md", slug="other")
    assert addresses(one, permalink=pattern).pages == {one.path: address}


def test_words_of_a_pattern_that_say_nothing_leave_no_gap():
    one = article("hello.md")
    assert addresses(one, permalink="/:folders/:slug/").pages == {"hello.md": "hello/"}
    assert addresses(one, permalink="/:section/:slug/").pages == {"hello.md": "hello/"}


@pytest.mark.parametrize("dialect", ["plain", "Jekyll", "Pelican"])
def test_an_address_of_the_authors_own_is_taken_as_it_is(dialect):
    one = article("content/2024-01-31-a.md", address="Über uns/Ferry_7", slug="x")
    found = addresses(one, dialect=dialect, permalink="/:year/:slug/")
    assert found.pages == {one.path: "Über uns/Ferry_7/"}


def test_two_articles_never_share_a_page():
    found = addresses(article("b.txt"), article("b.md"))
    assert found.pages == {"b.md": "b/", "b.txt": "b-txt/"}
    (problem,) = found.problems
    assert str(problem) == (
        "b.txt:1: the address of b.md again: /b/ (give it a slug of its own)"
    )
    assert (problem.severity, problem.code) == ("warning", "slug-twice")


def test_who_evades_another_takes_nobodys_place():
    found = addresses("b.md", "b.txt", "b-txt.md")
    assert len(set(found.pages.values())) == 3
    assert found.pages["b-txt.md"] == "b-txt/"


def test_articles_that_want_one_place_all_get_one():
    listed = [article(f"{n}.md", slug="same") for n in range(5)]
    listed += [article(f"{n}/x.md", address="same") for n in range(5)]
    found = addresses(*listed)
    assert len(set(found.pages.values())) == 10
    assert len(found.problems) == 9


def test_a_translation_does_not_take_its_originals_place():
    found = addresses("ferry.md", "ferry.fr.md", "ferry.de.md")
    assert found.pages["ferry.md"] == "ferry/"
    assert len(set(found.pages.values())) == 3
    assert found.problems == []


def test_no_page_lies_where_a_document_does():
    found = addresses(article("a.md", address="atom.xml"), others=("atom.xml",))
    assert found.pages["a.md"] != "atom.xml/"


def test_no_page_lies_where_a_media_file_does():
    found = addresses(article("a.md", address="sea/a.png"), media=("sea/a.png",))
    assert found.pages["a.md"] != "sea/a.png/"


@pytest.mark.parametrize(
    "line",
    [
        "slug: " + "a" * 300,
        "url: /" + "ü" * 200 + "/",
        "url: /feeds.css",
        "url: /atom.xml/x",
        "url: /b/index.html/x",
        "url: /p.png/x",
        "url: /404.html",
        'url: "/a\\0b\\n/"',
        "url: /.feeds-export",
    ],
)
def test_no_address_that_an_author_wants_stops_an_export(make_site, tmp_path, line):
    site = make_site(
        {
            "a.md": f"---\n{line}\ndate: 2024-01-31\n---\nText.\n",
            "b.md": "---\ndate: 2024-01-31\n---\nText.\n",
            "p.png": "",
        }
    )
    export(site, tmp_path / "out")
    for page in site.edition.addresses.pages.values():
        assert (tmp_path / "out" / page / "index.html").is_file()
    assert (tmp_path / "out" / "p.png").is_file()


PARTS = st.sampled_from("a b a-txt 2024-01-31-a index ü . .. A a.fr a~ _".split())
PATHS = st.builds(
    lambda folders, name, suffix: "/".join((*folders, name)) + suffix,
    st.lists(st.sampled_from("a b index 2024".split()), max_size=2),
    PARTS,
    st.sampled_from([".md", ".txt"]),
)
SLUGS = st.one_of(st.just(""), PARTS, st.text(max_size=4))


@settings(max_examples=40)
@given(
    st.dictionaries(PATHS, st.tuples(SLUGS, st.sampled_from(["", "a", "a/b"]))),
    st.sampled_from(["", ":slug", "/:year/:folders/:title/"]),
)
def test_any_articles_have_as_many_pages_below_the_home(made, permalink):
    listed = [article(p, slug=s, address=a) for p, (s, a) in made.items()]
    pages = addresses(*listed, permalink=permalink).pages
    assert pages.keys() == made.keys()
    assert len(set(pages.values())) == len(pages)
    for page in pages.values():
        parts = page.split("/")
        assert parts.pop() == ""
        assert not set(parts) & {"", ".", ".."}


# --- Media and aliases ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("dialect", "path", "address"),
    [
        ("plain", "2024/a b.png", "2024/a b.png"),
        ("plain", "static/a.png", "static/a.png"),
        ("Hugo", "static/img/a.png", "img/a.png"),
        ("Hugo", "content/posts/hello/a.png", "posts/hello/a.png"),
        ("Hugo", "assets/a.png", "assets/a.png"),
        ("Pelican", "content/images/a.png", "images/a.png"),
        ("Hexo", "source/images/a.png", "images/a.png"),
        ("Nikola", "files/a.png", "a.png"),
        ("Astro", "public/a.png", "a.png"),
        ("Jekyll", "assets/a.png", "assets/a.png"),
    ],
)
def test_where_a_media_file_lies(dialect, path, address):
    found = addresses(dialect=dialect, media=(path,))
    assert found.media == {path: address}
    url = HOME + address.replace(" ", "%20")
    assert found.file(url, HOME).place == "/" + path
    assert found.file(url + "x", HOME) is None
    assert found.file("https://other.example/" + address, HOME) is None


def test_an_alias_leads_to_where_the_article_is():
    found = addresses(article("a.md", aliases=("old", "older/a")), "b.md")
    assert found.aliases == {"old": "a/", "older/a": "a/"}


def test_an_alias_never_hides_a_page():
    found = addresses(article("a.md", aliases=("b", "a", "old")), "b.md")
    assert found.aliases == {"old": "a/"}


def test_a_site_leads_from_former_addresses_to_pages(make_site):
    site = make_site(
        {"a.md": "---\ndate: 2024-01-31\naliases: [/old/, /Older.html, b]\n---\nText."}
    )
    for path in ("old", "old/", "old/index.html", "old.html", "Older.html", "b/"):
        assert site.redirect(path) == "a/"
    assert site.redirect("new") is None


# --- Addresses in articles ------------------------------------------------------------


def resolved(found: Addresses, path: str, *given: str) -> tuple[list[str], list[str]]:
    """Where addresses in an article lead, below HOME, and those that lead nowhere."""
    resolve, asked = found.resolver(path, HOME)
    return [resolve(each).removeprefix(HOME) for each in given], asked.missing


FOLDER = addresses(
    "2024/a.md",
    "2024/b c.md",
    "d/index.md",
    article("2023/e.md", slug="there"),
    "2024-01-31-post.md",
    media=("2024/p q.png", "d/p.png", "top.png"),
    others=("atom.xml", "feed.json"),
)


@pytest.mark.parametrize(
    ("address", "leads_to"),
    [
        ("b%20c.md", "2024/b-c/"),
        ("b c.md#part", "2024/b-c/#part"),
        ("./b%20c.md", "2024/b-c/"),
        ("../2024/b%20c.md", "2024/b-c/"),
        ("../2023/e.md", "2023/there/"),
        ("/blog/2023/e.md", "2023/there/"),
        ("../d/index.md", "d/"),
        ("../d/", "d/"),
        ("../d", "d/"),
        ("../d.html", "d/"),
        ("../2023/there", "2023/there/"),
        ("../2023/there/#x", "2023/there/#x"),
        ("p%20q.png", "2024/p%20q.png"),
        ("p q.png", "2024/p%20q.png"),
        ("../p%20q.png", "2024/p%20q.png"),
        ("../../top.png", "https://ann.example/top.png"),
        ("../top.png", "top.png"),
        ("/blog/top.png", "top.png"),
        (HOME + "top.png", "top.png"),
        (HOME, ""),
        ("../atom.xml", "atom.xml"),
        ("../", ""),
        ("#here", "2024/a/#here"),
    ],
)
def test_an_address_leads_to_what_lies_there(address, leads_to):
    assert resolved(FOLDER, "2024/a.md", address) == ([leads_to], [])


@pytest.mark.parametrize(
    ("address", "url"),
    [
        ("https://other.example/a", "https://other.example/a"),
        ("//other.example/a", "https://other.example/a"),
        ("/elsewhere", "https://ann.example/elsewhere"),
        ("mailto:ann@example.org", "mailto:ann@example.org"),
        ("https://ann.example/", "https://ann.example/"),
        ("javascript:alert(1)", ""),
        ("data:text/html,x", ""),
    ],
)
def test_an_address_elsewhere_is_left_alone(address, url):
    assert resolved(FOLDER, "2024/a.md", address) == ([url], [])


@pytest.mark.parametrize(
    ("address", "url"),
    [
        ("gone.md", "2024/gone.md"),
        ("gone.png#x", "2024/gone.png#x"),
        ("/blog/gone/", "gone/"),
        (HOME + "gone", "gone"),
        ("P%20q.png", "2024/P%20q.png"),
    ],
)
def test_an_address_that_leads_to_nothing_is_told_once_for_each(address, url):
    assert resolved(FOLDER, "2024/a.md", address, "b%20c.md") == (
        [url, "2024/b-c/"],
        [address],
    )


def test_an_address_is_relative_to_the_file_first_and_then_to_the_page():
    found = addresses("x/a.md", media=("x/p.png", "x/a/p.png", "x/a/q.png"))
    assert resolved(found, "x/a.md", "p.png", "q.png") == (
        ["x/p.png", "x/a/q.png"],
        [],
    )


def test_in_a_bundle_an_address_is_relative_to_the_bundle():
    found = addresses(
        "content/posts/a/index.md", dialect="Hugo", media=("content/posts/a/p.png",)
    )
    assert resolved(found, "content/posts/a/index.md", "p.png", "./p.png") == (
        ["posts/a/p.png", "posts/a/p.png"],
        [],
    )


def test_with_a_home_at_the_root_an_address_from_there_is_found():
    found = addresses(
        "content/a.md", dialect="Hugo", media=("static/img/p.png", "content/q.png")
    )
    resolve, asked = found.resolver("content/a.md", "https://ann.example/")
    assert resolve("/img/p.png") == "https://ann.example/img/p.png"
    assert resolve("/static/img/p.png") == "https://ann.example/img/p.png"
    assert resolve("q.png") == "https://ann.example/q.png"
    assert asked.missing == []


@pytest.mark.parametrize(
    ("reference", "leads_to"),
    [
        ("2024/b c.md", "2024/b-c/"),
        ("2024/b%20c.md", "2024/b-c/"),
        ("/2024/b c", "2024/b-c/"),
        ("b c.md", "2024/b-c/"),
        ("B C", "2024/b-c/"),
        ("d", "d/"),
        ("d/index.md", "d/"),
        ("2024-01-31-post", "2024-01-31-post/"),
        ("2024-01-31-post.md", "2024-01-31-post/"),
        ("2023/there", "2023/there/"),
        ("@/2024/b c.md", "2024/b-c/"),
    ],
)
def test_a_reference_leads_to_a_page_by_any_of_its_names(reference, leads_to):
    assert FOLDER.named(reference) == leads_to
    assert resolved(FOLDER, "2024/a.md", f"ref:{reference}#x") == (
        [leads_to + "#x"],
        [],
    )


@pytest.mark.parametrize(
    "reference", ["gone", "", "/", ".", "..", "./", "a/b/.", "%2e"]
)
def test_a_reference_to_nothing_is_told_and_no_link(reference):
    assert FOLDER.named(reference) is None
    assert resolved(FOLDER, "2024/a.md", f"ref:{reference}") == ([""], [reference])


def test_references_leave_a_tools_folders_out():
    found = addresses("content/posts/a.md", "content/b/index.md", dialect="Hugo")
    for reference in ("posts/a.md", "/posts/a", "a.md", "content/posts/a.md"):
        assert found.named(reference) == "posts/a/"
    assert found.named("b") == found.named("b/index.md") == "b/"
    jekyll = addresses("_posts/2024-01-31-a.md", dialect="Jekyll")
    for reference in ("2024-01-31-a", "_posts/2024-01-31-a.md"):
        assert jekyll.named(reference) == "2024/01/31/a/"


@settings(max_examples=50)
@given(st.sampled_from(["", "ref:", "#", "/blog/", "../", HOME]), st.text(max_size=12))
def test_any_address_leads_somewhere_safe_or_nowhere(start, rest):
    resolve, _ = FOLDER.resolver("2024/a.md", HOME)
    url = resolve(start + rest)
    assert url == "" or url.startswith(("https://", "http://", "mailto:"))
    assert url.isascii()


# --- Through a site: what each tool's writing comes to --------------------------------

WRITTEN = {
    "Jekyll": (
        "_posts/2024-01-31-a.md",
        "_posts/2024-02-01-b.md",
        {
            "[x]({% post_url 2024-02-01-b %})": "2024/02/01/b/",
            "[x]({% link _posts/2024-02-01-b.md %}#y)": "2024/02/01/b/#y",
            "[x]({{ site.baseurl }}{% post_url 2024-02-01-b %})": "2024/02/01/b/",
            "![x](/assets/p.png)": "assets/p.png",
            "![x]({{ site.baseurl }}/assets/p.png)": "assets/p.png",
            '![x]({{ "/assets/p.png" | relative_url }})': "assets/p.png",
        },
        "assets/p.png",
    ),
    "Hugo": (
        "content/posts/a.md",
        "content/posts/b.md",
        {
            '[x]({{< ref "b.md" >}})': "posts/b/",
            '[x]({{< relref "/posts/b" >}})': "posts/b/",
            '[x]({{% ref "b.md#y" %}})': "posts/b/#y",
            "[x](b.md)": "posts/b/",
            "[x](/posts/b/)": "posts/b/",
            "![x](/img/p.png)": "img/p.png",
        },
        "static/img/p.png archetypes/default.md",
    ),
    "Zola": (
        "content/posts/a.md",
        "content/posts/b.md",
        {
            "[x](@/posts/b.md)": "posts/b/",
            "[x](@/posts/b.md#y)": "posts/b/#y",
            "![x](/img/p.png)": "img/p.png",
        },
        "static/img/p.png sass/a.scss",
    ),
    "Pelican": (
        "content/a.md",
        "content/sea/b.md",
        {
            "[x]({filename}sea/b.md)": "b/",
            "[x]({filename}/sea/b.md#y)": "b/#y",
            "![x]({static}/images/p.png)": "images/p.png",
            "![x]({attach}images/p.png)": "images/p.png",
            "![x](|filename|/images/p.png)": "images/p.png",
        },
        "content/images/p.png pelicanconf.py",
    ),
    "Hexo": (
        "source/_posts/a.md",
        "source/_posts/b.md",
        {
            "[x](/2024/02/01/b/)": "2024/02/01/b/",
            "![x](/images/p.png)": "images/p.png",
        },
        "source/images/p.png",
    ),
}
LINKS = [(tool, text) for tool, (*_, links, _) in WRITTEN.items() for text in links]


@pytest.mark.parametrize(("tool", "text"), LINKS)
def test_what_a_tool_writes_leads_where_it_means(make_site, tool, text):
    here, there, links, besides = WRITTEN[tool]
    site = make_site(
        {
            here: f"---\ntitle: A\ndate: 2024-01-31\n---\n{text}\n",
            there: "---\ntitle: B\ndate: 2024-02-01\n---\nText.\n",
            "feeds.toml": 'base_url = "https://ann.example/"\n',
            **dict.fromkeys(besides.split(), ""),
        }
    )
    entries = {entry.title: entry for entry in site.edition.feed.entries}
    url = "https://ann.example/" + links[text]
    assert f'"{url}"' in entries["A"].content
    assert [problem for problem in site.problems if problem.code == "link"] == []
