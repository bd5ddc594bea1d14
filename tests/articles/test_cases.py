"""One file, one fact: what each file of cases/ says, as the data beside it."""

import json
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from feeds.articles.article import Article, html_of, read_article
from feeds.articles.folder import BESIDE
from feeds.articles.formats import BY_SUFFIX
from feeds.errors import ArticleError

FOLDER = Path(__file__).parent / "cases"
CASES = sorted(path for path in FOLDER.iterdir() if path.suffix in BY_SUFFIX)


def facts_of(case: Path) -> dict[str, Any]:
    """All that a file says, or the error that it is, as JSON can hold it.

    A file of the same name that ends in .meta holds its header.
    """
    beside = case.with_suffix(BESIDE)
    header = beside.read_bytes() if beside.exists() else None
    try:
        article, body = read_article(case.name, case.read_bytes(), beside=header)
        return {**_spelled(article), "html": html_of(article, body)}
    except ArticleError as error:
        return {"error": str(error)}


def _spelled(article: Article) -> dict[str, Any]:
    warnings = [str(each) for each in article.warnings]
    facts = {**asdict(article), "warnings": warnings}
    return {name: _plain(value) for name, value in facts.items()}


def _plain(value: Any) -> Any:
    """A value as JSON has it; what a picture or the like does not say is left out.

    That something is false is said.
    """
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, tuple | list):
        return [_plain(each) for each in value]
    if isinstance(value, dict):
        return {
            key: _plain(each) for key, each in value.items() if each or each is False
        }
    return value


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_file_says_what_the_case_beside_it_expects(case: Path, rewrite: bool) -> None:
    beside = case.with_suffix(".json")
    expected = json.loads(beside.read_text("utf-8"))
    found = facts_of(case)
    if rewrite and expected.keys() <= found.keys():
        expected = {key: found[key] for key in expected}
        text = json.dumps(expected, ensure_ascii=False, indent=2)
        beside.write_text(text + "\n", "utf-8")
    assert {key: found.get(key) for key in expected} == expected
    assert ("error" in expected) == ("error" in found)


def test_every_expectation_has_its_file_and_every_file_one_name() -> None:
    assert sorted(path.stem for path in FOLDER.glob("*.json")) == sorted(
        case.stem for case in CASES
    )
