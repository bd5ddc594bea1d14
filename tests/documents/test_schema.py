"""JSON Feed by its schema: what we write is by it, and the schema refuses the rest."""

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from feeds.documents.formats import FORMATS

pytestmark = pytest.mark.thorough

HERE = Path(__file__).parent
SCHEMA = json.loads((HERE / "jsonfeed.schema.json").read_text("utf-8"))
CASES = sorted((HERE / "cases").glob("*.feed.json"))
WHOLE = (HERE / "cases" / "whole.feed.json").read_text("utf-8")
HOME = '"home_page_url": "https://ann.example/"'
BROKEN = [
    # what is replaced in the golden file, by what
    ("version/1.1", "version/1"),
    (f"{HOME},", ""),
    (HOME, '"home_page_url": "/"'),
    ('"home_page_url"', '"homePageUrl"'),
    ('"_folderfeed"', '"_folder.feed"'),
    ('"fresh": 15', '"fresh": "15"'),
    ('"language": "he"', '"language": "in Hebrew"'),
    ('"id": "tag:ann.example,2026:clock.md"', '"id": 7'),
    ('"id": "tag:ann.example,2026:clock.md"', '"id": ""'),
    ('"content_html"', '"content"'),
    ("2026-02-03T03:30:00Z", "2026-02-03 03:30"),
    ('"size_in_bytes": 1234', '"size_in_bytes": "1234"'),
    ('"mime_type": "audio/mpeg",', ""),
    ('"tags": [', '"tags": [7,'),
    ('"name": "Ben & Co"', '"nick": "Ben"'),
    ('"kind": "full"', '"kind": "whole"'),
    ("9b024349-ccf0-5f69", "9b024349"),
]


def faults(told: object) -> list[str]:
    validator = Draft202012Validator(SCHEMA)
    return [
        f"{each.json_path}: {each.message:.99}" for each in validator.iter_errors(told)
    ]


def test_the_schema_is_one():
    Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_golden_files_are_by_the_schema(case):
    assert faults(json.loads(case.read_text("utf-8"))) == []


def test_the_sample_site_is_by_the_schema(sample):
    body = sample.document(FORMATS["json"].filename).body
    assert faults(json.loads(body)) == []


@pytest.mark.parametrize(("old", "new"), BROKEN)
def test_a_broken_feed_is_refused(old, new):
    assert old in WHOLE
    assert faults(json.loads(WHOLE.replace(old, new)))


def test_a_feed_may_have_what_others_add():
    told = json.loads(WHOLE)
    told["_blue_shed"] = {"about": "https://blue.example/"}
    assert faults(told) == []


@pytest.mark.parametrize("told", [[], {}, json.loads(WHOLE) | {"items": {}}])
def test_what_is_no_feed_is_refused(told):
    assert faults(told)
