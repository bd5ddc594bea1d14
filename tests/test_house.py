"""The house itself: what every module promises of itself."""

import ast

from tests.conftest import ROOT

MODULES = sorted((ROOT / "feeds").rglob("*.py"))
FORBIDDEN = ("utils", "helpers", "common", "manager", "service", "handler")


def test_every_module_says_what_it_is_for_in_its_first_line():
    for module in MODULES:
        docstring = ast.get_docstring(ast.parse(module.read_text("utf-8")))
        assert docstring, module
        assert len(docstring.splitlines()[0]) <= 88, module


def test_no_file_is_called_what_says_nothing():
    assert not [m for m in MODULES if m.stem in FORBIDDEN]


def test_only_doors_ask_the_clock():
    # `clock` is an argument everywhere else, with this one default.
    asking = {
        m.relative_to(ROOT).as_posix()
        for m in MODULES
        if "dates.now" in m.read_text("utf-8")
    }
    assert asking == {"feeds/site.py", "feeds/watch.py"}


def test_files_stay_short():
    long = [m for m in MODULES if len(m.read_text("utf-8").splitlines()) > 300]
    assert not long
