"""What each of the field's programs is told, to make the same feeds and pages.

Every choice is in their favour: no highlighting, no excerpts, the plainest pages, the
fastest way that a program knows to write a feed. @POSTS@ and @HOME@ are filled in.
"""

_HUGO_COMMON = """baseURL = "@HOME@"
title = "Clocks"
languageCode = "en"
disablePathToLower = true
[services.rss]
limit = LIMIT
[markup.highlight]
codeFences = false
[[module.mounts]]
source = "@POSTS@"
target = "content/posts"
[[module.mounts]]
source = "layouts"
target = "layouts"
[outputFormats.RSS]
mediaType = "application/rss+xml"
baseName = "rss"
isPlainText = true
"""
_HUGO_RSS = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"
 xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/">
<channel>
<title>{{ .Title | html }}</title>
<link>{{ .Permalink }}</link>
<description>{{ .Title | html }}</description>
<language>en</language>
{{ range PAGES }}<item>
<title>{{ .Title | html }}</title>
<link>{{ .Permalink }}</link>
<guid>{{ .Permalink }}</guid>
<pubDate>{{ .Date.Format "Mon, 02 Jan 2006 15:04:05 -0700" }}</pubDate>
<dc:creator>{{ .Params.author | html }}</dc:creator>
{{ range .Params.tags }}<category>{{ . | html }}</category>
{{ end }}<content:encoded>{{ .Content | html }}</content:encoded>
</item>
{{ end }}</channel>
</rss>
"""
_HUGO_ATOM = """<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
<id>{{ .Permalink }}</id>
<title>{{ .Title | html }}</title>
<link href="{{ .Permalink }}"/>
<updated>{{ now.Format "2006-01-02T15:04:05Z07:00" }}</updated>
{{ range .Site.RegularPages }}<entry>
<id>{{ .Permalink }}</id>
<title>{{ .Title | html }}</title>
<link href="{{ .Permalink }}"/>
<published>{{ .Date.Format "2006-01-02T15:04:05Z07:00" }}</published>
<updated>{{ .Lastmod.Format "2006-01-02T15:04:05Z07:00" }}</updated>
<author><name>{{ .Params.author | html }}</name></author>
{{ range .Params.tags }}<category term="{{ . | html }}"/>
{{ end }}<content type="html">{{ .Content | html }}</content>
</entry>
{{ end }}</feed>
"""
_HUGO_LIST = """<!doctype html><html lang="en"><title>{{ .Title }}</title>
<h1>{{ .Title }}</h1>
{{ range first 20 PAGES }}<h3><a href="{{ .RelPermalink }}">{{ .Title }}</a></h3>
<p>{{ .Date.Format "2 January 2006" }}</p>
{{ end }}</html>
"""
_HUGO_PAGE = """<!doctype html><html lang="en"><title>{{ .Title }}</title>
<meta charset="utf-8"><link rel="canonical" href="{{ .Permalink }}">
<h1>{{ .Title }}</h1>
<p>{{ .Params.author }}, {{ .Date.Format "2 January 2006" }}</p>
{{ .Content }}
{{ range .Params.tags }}<a href="/tags/{{ . }}/">{{ . }}</a>
{{ end }}</html>
"""
HUGO = {
    "feeds": {
        "config.toml": """disableKinds = [
  "section", "taxonomy", "term", "sitemap", "robotsTXT", "404"]
"""
        + _HUGO_COMMON.replace("LIMIT", "-1")
        + """[mediaTypes."application/atom+xml"]
suffixes = ["xml"]
[outputFormats.Atom]
mediaType = "application/atom+xml"
baseName = "atom"
isPlainText = true
[outputs]
home = ["RSS", "Atom"]
[[cascade]]
[cascade._target]
kind = "page"
[cascade._build]
render = "never"
list = "always"
""",
        "layouts/index.rss.xml": _HUGO_RSS.replace("PAGES", ".Site.RegularPages"),
        "layouts/index.atom.xml": _HUGO_ATOM,
    },
    "site": {
        "config.toml": _HUGO_COMMON.replace("LIMIT", "20"),
        "layouts/_default/single.html": _HUGO_PAGE,
        "layouts/_default/list.html": _HUGO_LIST.replace("PAGES", ".Pages"),
        "layouts/index.html": _HUGO_LIST.replace("PAGES", ".Site.RegularPages"),
        "layouts/_default/list.rss.xml": _HUGO_RSS.replace("PAGES", "first 20 .Pages"),
        "layouts/index.rss.xml": _HUGO_RSS.replace(
            "PAGES", "first 20 .Site.RegularPages"
        ),
    },
}

_JEKYLL_COMMON = """url: "@HOME@"
title: Clocks
highlighter: none
excerpt_separator: ""
timezone: UTC
"""
_JEKYLL_RSS = """---
layout: null
---
<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/">
<channel>
<title>{{ site.title }}</title>
<link>{{ site.url }}</link>
<description>{{ site.title }}</description>
{% for post in site.posts %}<item>
<title>{{ post.title | xml_escape }}</title>
<link>{{ post.url | absolute_url }}</link>
<guid>{{ post.url | absolute_url }}</guid>
<pubDate>{{ post.date | date_to_rfc822 }}</pubDate>
<dc:creator>{{ post.author }}</dc:creator>
{% for tag in post.tags %}<category>{{ tag }}</category>
{% endfor %}<content:encoded>{{ post.content | xml_escape }}</content:encoded>
</item>
{% endfor %}</channel>
</rss>
"""
_JEKYLL_ATOM = """---
layout: null
---
<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
<id>{{ site.url }}</id>
<title>{{ site.title }}</title>
<updated>{{ site.time | date_to_xmlschema }}</updated>
{% for post in site.posts %}<entry>
<id>{{ post.url | absolute_url }}</id>
<title>{{ post.title | xml_escape }}</title>
<link href="{{ post.url | absolute_url }}"/>
<updated>{{ post.date | date_to_xmlschema }}</updated>
<author><name>{{ post.author }}</name></author>
{% for tag in post.tags %}<category term="{{ tag }}"/>
{% endfor %}<content type="html">{{ post.content | xml_escape }}</content>
</entry>
{% endfor %}</feed>
"""
_JEKYLL_INDEX = """---
layout: null
---
<!doctype html><html lang="en"><title>{{ site.title }}</title>
{% for post in site.posts limit: 20 %}<h3><a href="{{ post.url }}">{{ post.title }}</a>
</h3>{% endfor %}</html>
"""
_JEKYLL_PAGE = """<!doctype html><html lang="en"><title>{{ page.title }}</title>
<h1>{{ page.title }}</h1>
<p>{{ page.author }}, {{ page.date | date: "%-d %B %Y" }}</p>
{{ content }}
{% for tag in page.tags %}<a href="/tags/{{ tag }}/">{{ tag }}</a>
{% endfor %}</html>
"""
JEKYLL = {
    "feeds": {
        "_config.yml": _JEKYLL_COMMON + "collections: {posts: {output: false}}\n",
        "rss.xml": _JEKYLL_RSS,
        "atom.xml": _JEKYLL_ATOM,
    },
    "site": {
        "_config.yml": _JEKYLL_COMMON
        + """plugins: [jekyll-feed]
feed: {posts_limit: 20, tags: true}
defaults: [{scope: {type: posts}, values: {layout: post}}]
""",
        "_layouts/post.html": _JEKYLL_PAGE,
        "index.html": _JEKYLL_INDEX,
    },
}

_PELICAN_COMMON = """SITENAME = "Clocks"
AUTHOR = "Ann Arbour"
TIMEZONE = "UTC"
SITEURL = FEED_DOMAIN = "@HOME@".rstrip("/")
THEME = "simple"
DEFAULT_PAGINATION = 20
MARKDOWN = {"extension_configs": {
    "markdown.extensions.extra": {}, "markdown.extensions.meta": {}}}
RSS_FEED_SUMMARY_ONLY = False
AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = TRANSLATION_FEED_ATOM = CATEGORY_FEED_ATOM = None
FEED_ALL_ATOM = "atom.xml"
FEED_ALL_RSS = "rss.xml"
"""
PELICAN = {
    "feeds": {
        "pelicanconf.py": _PELICAN_COMMON
        + """ARTICLE_SAVE_AS = AUTHOR_SAVE_AS = CATEGORY_SAVE_AS = TAG_SAVE_AS = ""
DRAFT_SAVE_AS = ARTICLE_LANG_SAVE_AS = DRAFT_LANG_SAVE_AS = ""
DIRECT_TEMPLATES = []
""",
    },
    "site": {
        "pelicanconf.py": _PELICAN_COMMON
        + """FEED_MAX_ITEMS = 20
TAG_FEED_ATOM = "tags/{slug}.atom.xml"
TAG_FEED_RSS = "tags/{slug}.rss.xml"
""",
    },
}
