"""What the tests of the door to files share: where it leads, and what lies there."""

from pathlib import Path

import pytest


def files(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, by its path."""
    found = (place for place in folder.rglob("*") if place.is_file())
    return {place.relative_to(folder).as_posix(): place.read_bytes() for place in found}


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """A folder to export to, which is not there yet."""
    return tmp_path / "out"
