"""Every problem of a site in one list, and what each kind of problem means."""

from urllib.parse import quote, unquote

from feeds.documents import conformance
from feeds.errors import NotFound, Problem
from feeds.site import Site

_PROBLEMS = {
    "author": (
        "The header names an author by a key that [authors] in feeds.toml, or the "
        "tool's own table, does not have. The key is shown as the name."
    ),
    "body": (
        "The text cannot be turned into HTML. The article is left out; the others "
        "are not touched."
    ),
    "config": "feeds.toml, an environment variable or a flag says what cannot be used.",
    "date": (
        "The date would have to be guessed: a day or zone is missing, or "
        "03/04/2024 could be two days. Write it as 2024-01-31 or "
        "2024-01-31T09:30:00+01:00."
    ),
    "empty": "The file has neither a title nor a text, so there is nothing to publish.",
    "encoding": (
        "The file is not UTF-8. It was read as Windows-1252, which is right for "
        "most old texts and wrong for the rest: save it as UTF-8."
    ),
    "fact": "A key of the header has a value of another kind than it needs.",
    "file": (
        "The file cannot be read or may not be: a link out of the folder, a pipe, "
        "something too large. Nothing of it is published."
    ),
    "folder": (
        "The whole folder is gone or bare. What was known of it is served until "
        "it is back, so that no subscriber loses anything."
    ),
    "format": "The file looks like an article in a format that is not read here.",
    "header": (
        "The header at the top of the file cannot be read, so its facts would be "
        "lost. The article is left out until it can."
    ),
    "host": "The host that the site is exported for cannot be told all of its rules.",
    "id-twice": (
        "Two articles claim one id; to a reader they would be one. The later of "
        "them gets an id of its own."
    ),
    "image-alt": "A picture has no alt text: who cannot see it learns nothing of it.",
    "key-twice": "The header gives a key twice. The last one counts.",
    "key-unknown": (
        "The header has a key that nobody knows and that is nearly one that is "
        "known, so it may be a slip."
    ),
    "ledger": "What the site remembers (first-seen dates, ids) can be written nowhere.",
    "link": "A link or picture in the article leads to nothing in the folder.",
    "render": (
        "A document could not be rendered, which is a fault of this program. Its "
        "last good version is served."
    ),
    "size": "The article is so long that readers and their networks suffer with it.",
    "slug-twice": "Two articles want one address. The later by path gets another.",
    "template": (
        "A template in templates/ cannot be used. The page is made with ours in its "
        "place."
    ),
    "templating": (
        "Templating that only its own tool can fill in was taken out of the text. "
        "Write what it stands for."
    ),
    "undated": (
        "The header gives no date, nor does the path. The article is published as of "
        "its first commit, else as of when the site first saw it."
    ),
}
#: What each code means: of problems in files, and of rules that finished feeds break.
CODES = {
    **_PROBLEMS,
    **{f"feed-{code}": rule for code, rule in conformance.RULES.items()},
}
_LONG = 500_000
# Of articles that no feed carries any more, too: `_of_entries` finds it.
_LOOKED_AT_EVERYWHERE = frozenset({"html-image-alt"})


def check(site: Site) -> tuple[Problem, ...]:
    """Render everything once and return all that is wrong, by path and line."""
    edition = site.edition
    for path in edition.paths:
        try:
            site.document(path)
        except NotFound:  # what kept it from being rendered is among the problems
            continue
    found = {*check_files(site), *_of_feeds(site)}
    return tuple(sorted(found, key=lambda p: (p.path, p.line, p.code, p.found)))


def check_files(site: Site) -> frozenset[Problem]:
    """What is wrong with articles and settings: no finished document is looked at.

    That takes a tenth of the time that all takes, and finds nearly all.
    """
    published = _of_entries(site)  # which finds what the site then knows of
    return frozenset((*published, *_undated(site), *site.problems))


def _of_feeds(site: Site) -> list[Problem]:
    """Where a finished feed breaks a rule, by the article that brought it there."""
    paths = {entry_id: path for path, entry_id in site.edition.ids.items()}
    problems = []
    for place in site.edition.topics:
        topic = site.config.home + quote(place)
        for finding in conformance.examine(site.document(place).body, topic):
            if finding.code in _LOOKED_AT_EVERYWHERE:
                continue
            path = paths.get(finding.entry, place)
            code = f"feed-{finding.code}"
            fix = f"feeds check --explain {code}"
            problems.append(
                Problem(path, 1, unquote(finding.found), fix, "warning", code=code)
            )
    return problems


def _undated(site: Site) -> list[Problem]:
    """Articles with a header, whose authors could have written a date there."""
    fix = "write date: 2024-01-31"
    return [
        Problem(article.path, 1, "no date", fix, "warning", code="undated")
        for article in site.edition.articles
        if article.undated and article.notation
    ]


def _of_entries(site: Site) -> list[Problem]:
    problems = []
    for article in site.edition.articles:
        path, entry = article.path, site.edition.entry(article)
        if entry is None:
            continue
        size = len(entry.content)
        if size > _LONG:
            fix = "part it, or keep pictures in files of their own"
            found = f"an article of {size:,} characters"
            problems.append(Problem(path, 1, found, fix, "warning", code="size"))
        if missing := entry.content.count("<img ") - entry.content.count(' alt="'):
            fix = 'write ![what it shows](…), or alt="" for a mere ornament'
            found = f"{missing} pictures without alt text"
            problems.append(Problem(path, 1, found, fix, "warning", code="image-alt"))
    return problems
