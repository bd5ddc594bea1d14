"""Two programs that judge pages: axe-core in the browser, the Nu Html Checker."""

import json
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

import pytest

from tests.e2e.programs import PATIENCE

if TYPE_CHECKING:
    from playwright.sync_api import Page

#: WCAG 2.2 at levels A and AA, and what is good beside it.
STANDARDS = "wcag2a wcag2aa wcag21a wcag21aa wcag22a wcag22aa best-practice".split()
#: Where npm puts it in this environment: `npm install --prefix .venv vnu-jar`.
NU_JAR = Path(sys.prefix, "node_modules/vnu-jar/build/dist/vnu.jar")
NU_COMMAND = ("java", "-jar", str(NU_JAR), "--also-check-css", "--format", "json")


def judge(page: "Page") -> list[str]:
    """What axe finds in a page, each with the elements that it is about."""
    axe = pytest.importorskip("axe_playwright_python.base")
    if not page.evaluate("'axe' in window"):
        page.evaluate(axe.AXE_SCRIPT)
    options = {"runOnly": STANDARDS, "resultTypes": ["violations"]}
    found: dict[str, Any] = page.evaluate("options => axe.run(options)", options)
    return [
        f"{rule['id']}: {rule['help']}: {node['html'][:200]}"
        for rule in found["violations"]
        for node in rule["nodes"]
    ]


def check_markup(files: Mapping[str, bytes], folder: Path) -> dict[str, list[str]]:
    """What the Nu Html Checker says of each file, all of them in one run."""
    if shutil.which("java") is None or not NU_JAR.exists():
        pytest.skip("not installed: the Nu Html Checker (java, npm's vnu-jar)")
    for name, body in files.items():
        (folder / name).write_bytes(body)
    done = subprocess.run(
        (*NU_COMMAND, str(folder)),
        capture_output=True,
        timeout=3 * PATIENCE,
        check=False,
    )
    assert done.stderr.startswith(b"{"), done.stderr.decode()
    said: dict[str, list[str]] = {name: [] for name in files}
    for each in json.loads(done.stderr)["messages"]:
        name = unquote(each["url"].rpartition("/")[2])
        said[name].append(f"{each['message']} {each.get('extract', '')}")
    return said
