"""The templates of a content folder, in place of ours."""

from feeds.articles.dialects import PLAIN
from feeds.articles.folder import CONFIG, TEMPLATES, File, read_file
from feeds.articles.library import Library
from feeds.documents.theme import OURS, Theme
from feeds.documents.trial import try_out
from feeds.errors import ArticleError, Problem

_LARGEST = 256 * 1024
_MOST = 100


def theme_of(library: Library) -> Theme:
    """The theme of a folder: what lies in `templates/` beside feeds.toml.

    Other tools have templates there too, which are not for us: so only in a folder
    that is no other tool's.
    """
    files = {
        path.removeprefix(TEMPLATES): file
        for path, file in library.contents.files.items()
        if path.startswith(TEMPLATES) and path.endswith((".html", ".css"))
    }
    is_ours = library.contents.reading.dialect.name == PLAIN.name
    if not files or not is_ours or not (library.root / CONFIG).is_file():
        return OURS
    own, problems = _read(dict(list(files.items())[:_MOST]))
    theme = Theme(own)
    theme.problems |= {problem.path: problem for problem in problems}
    try_out(theme)
    return theme


def _read(files: dict[str, File]) -> tuple[dict[str, str], list[Problem]]:
    own, problems = {}, []
    for name, file in files.items():
        try:
            if file.size > _LARGEST:
                found, fix = "a template too large", f"keep it under {_LARGEST:,} bytes"
                raise ArticleError(found, fix, code="template")
            own[name] = read_file(file).decode("utf-8-sig")
        except UnicodeDecodeError:
            fault = ArticleError("not UTF-8", "save it as UTF-8", code="template")
            problems.append(fault.problem(TEMPLATES + name, "warning"))
        except ArticleError as error:
            problems.append(error.problem(TEMPLATES + name, "warning"))
    return own, problems
