"""Whose folder it is, by the paths in it; and which of its files are articles."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feeds.articles.dialects import DIALECTS, PLAIN, Dialect, detect, is_article

FOLDERS = {
    "Jekyll": "_config.yml _posts/2024-01-31-hello.md _layouts/post.html about.md",
    "Jekyll with collections": "_config.yml sea/_posts/2024-01-31-hello.md index.md",
    "Hexo": "_config.yml source/_posts/hello.md source/about/index.md package.json",
    "Hugo": "hugo.toml archetypes/default.md content/posts/hello.md static/a.png",
    "Hugo of old": "config.toml archetypes/default.md content/post/hello.md",
    "Zola": "config.toml sass/site.scss content/_index.md content/hello.md",
    "Zola or Hugo": "config.toml content/_index.md content/hello.md static/a.css",
    "Pelican": "pelicanconf.py content/hello.md content/pages/about.md",
    "Pelican in reStructuredText": "content/hello.rst content/images/a.png",
    "Nikola": "conf.py posts/hello.rst posts/hello.meta files/a.png",
    "Docusaurus": "docusaurus.config.js blog/2024-01-31-hello.md docs/intro.md",
    "Astro": "astro.config.mjs src/content/blog/hello.md public/a.png",
    "Eleventy": "eleventy.config.js posts/hello.md posts/posts.11tydata.js",
    "Eleventy of old": ".eleventy.js posts/hello.md posts/posts.11tydata.json",
    "Eleventy by its templates": "posts/hello.md index.njk",
    "Next": "next.config.js posts/hello.md public/a.png",
    "Gatsby": "gatsby-config.js content/blog/hello/index.mdx src/pages/index.js",
    "plain": "hello.md 2024/hello.txt notes/index.md a.png feeds.toml",
    "plain with a folder of posts": "posts/hello.md posts/a.png about.md",
    "nothing": "",
}


@pytest.mark.parametrize("folder", FOLDERS)
def test_a_folder_tells_its_tool(folder):
    expected = {
        "Zola or Hugo": "Hugo or Zola",
        "nothing": "plain",
    }.get(folder, folder.partition(" ")[0])
    paths = FOLDERS[folder].split()
    assert detect(paths).name == expected
    assert detect(reversed(paths)).name == expected


def test_every_dialect_is_told_from_some_folder():
    found = {detect(paths.split()).name for paths in FOLDERS.values()}
    assert found == {dialect.name for dialect in (*DIALECTS, PLAIN)}


def test_what_was_built_or_installed_tells_nothing():
    assert detect(["a.md", "_site/posts/a.html"]) is PLAIN


def test_what_lies_beside_the_files_tells_too():
    assert detect(["posts/a.md"], ["astro.config.mjs"]).name == "Astro"


@pytest.mark.parametrize("tool", ["Eleventy", "Astro", "Next", "Gatsby"])
def test_where_nothing_lies_in_the_usual_place_articles_may_lie_anywhere(tool):
    sign = {"Next": "next.config.js", "Gatsby": "gatsby-config.js"}.get(
        tool, f"{tool.lower()}.config.js"
    )
    where = "src/content/" if tool == "Astro" else ""
    usual = detect([f"{where}blog/a.md", f"{where}notes/b.md"], [sign])
    assert usual.name == tool
    assert is_article(f"{where}blog/a.md", usual)
    assert not is_article(f"{where}notes/b.md", usual)
    anywhere = detect([f"{where}notes/b.md"], [sign])
    assert is_article(f"{where}notes/b.md", anywhere)


def dialect(folder: str) -> Dialect:
    return detect(FOLDERS[folder].split())


ARTICLES = {
    "Jekyll": (
        "_posts/2024-01-31-a.md sea/_posts/2024-01-31-a.html _drafts/a.md"
        " _posts/2024/2024-01-31-a.md",
        "about.md _layouts/post.html _includes/head.html _site/a.html _data/a.txt"
        " README.md 404.html assets/a.txt",
    ),
    "Hexo": (
        "source/_posts/a.md source/_posts/sea/a.md source/_drafts/a.md",
        "source/about/index.md themes/x/README.md scaffolds/post.md"
        " source/_data/a.md node_modules/x/a.md",
    ),
    "Hugo": (
        "content/posts/a.md content/posts/b/index.md content/a.html",
        "content/_index.md content/posts/_index.md archetypes/default.md README.md"
        " themes/x/content/posts/a.md layouts/_default/single.html static/a.html"
        " content/posts/_index.fr.md public/posts/a/index.html",
    ),
    "Zola": (
        "content/a.md content/posts/2024-01-31-a.md content/posts/b/index.md",
        "content/_index.md content/posts/_index.md templates/page.html README.md",
    ),
    "Pelican": (
        "content/a.md content/sea/a.rst",
        "content/pages/about.md content/pages/about.rst output/a.html README.rst"
        " requirements.txt content/robots.txt",
    ),
    "Nikola": (
        "posts/a.rst posts/a.md posts/2024/a.txt",
        "pages/about.rst output/posts/a.html README.txt",
    ),
    "Docusaurus": (
        "blog/2024-01-31-a.md blog/b/index.mdx",
        "docs/intro.md README.md src/pages/index.md node_modules/x/a.md",
    ),
    "Astro": (
        "src/content/blog/a.md src/content/blog/b/index.mdx src/pages/posts/a.md",
        "README.md dist/a.html public/a.html src/layouts/a.md",
    ),
    "Eleventy": (
        "posts/a.md src/posts/a.md blog/2024/a.html",
        "about.md src/index.md README.md _includes/base.html index.html 404.md"
        " src/_includes/base.html _data/a.md _site/posts/a/index.html",
    ),
    "plain": (
        "a.md 2024/a.txt notes/index.md notes/b.html index.md sea/readme.md"
        " a_b/c.md license-to-sail.md",
        "README.md readme.txt LICENSE.md LICENCE.txt CHANGELOG.md CONTRIBUTING.md"
        " CODE_OF_CONDUCT.md SECURITY.md robots.txt x/robots.txt humans.txt"
        " requirements.txt requirements-dev.txt x/404.html index.html _notes/a.md"
        " x/_private.md _posts.md node_modules/a.md x/vendor/a.md themes/x/a.md",
    ),
}


@pytest.mark.parametrize("folder", ARTICLES)
def test_what_is_an_article_and_what_is_none(folder):
    articles, others = (paths.split() for paths in ARTICLES[folder])
    found = [p for p in (*articles, *others) if is_article(p, dialect(folder))]
    assert found == articles


PATHS = st.lists(st.text("abc_.-/ é\n%*[]{}", min_size=1, max_size=12), max_size=4)


@settings(max_examples=25)
@given(PATHS)
def test_any_paths_are_someones(paths):
    found = detect(paths)
    for path in paths:
        assert is_article(path, found) in (True, False)
