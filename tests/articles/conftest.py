"""What the tests of the way in share: none of them waits for anything."""

import signal
from collections.abc import Iterator

import pytest

_SECONDS = 20


@pytest.fixture(autouse=True)
def _nothing_hangs() -> Iterator[None]:
    """A pipe that is waited for or an endless match is a failure, not a night."""

    def stop(*_: object) -> None:
        pytest.fail(f"still not done after {_SECONDS} seconds")

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(_SECONDS)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)
