"""Reading, screening and masking stay within 60 seconds and 1 GB, answer whatever comes, and write nothing: asserted on
a process that is bounded by the system. `FUZZ=2000` tries so many changes of each file instead of one."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.documents import samples
from tests.documents.test_refusals import mutated
from tests.screening import bombs
from tests.screening.confined import Confined, assert_bounded
from tests.screening.hideouts import PLACES
from tests.screening.test_masking import FILES, ID, PHONE

EXAMPLES = int(os.environ.get("FUZZ", "1"))


@pytest.fixture(scope="module")
def confined(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Confined]:
    process = Confined(tmp_path_factory.mktemp("confined"))
    yield process
    process.close()


def places() -> dict[str, tuple[str, bytes]]:
    """One file of each type with something hidden in it, and those that masking is tried on."""
    found = {f"{name} of all": (name, data) for name, data in samples.every().items()}
    found |= {f"{name} to mask": (name, data) for name, data in FILES.items()}
    return found | {place: PLACES[place](PHONE) for place in (*list(PLACES)[::9], "xls left in a stream")}


CHANGED = places()


@pytest.mark.parametrize("place", CHANGED)
@settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(seed=st.integers(0, 100_000_000))
def test_a_changed_file_is_answered_within_bounds(confined: Confined, place: str, seed: int) -> None:
    name, data = CHANGED[place]
    answer = confined.answer(name, mutated(data, seed))
    assert_bounded(answer)
    assert ID not in str(answer)
    assert PHONE not in str(answer)


@settings(max_examples=EXAMPLES * 5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.binary(max_size=3_000), name=st.sampled_from(["a", "a.doc", *samples.every()]))
def test_any_bytes_are_answered_within_bounds(confined: Confined, data: bytes, name: str) -> None:
    assert_bounded(confined.answer(name, data))


@pytest.mark.parametrize("bomb", bombs.BOMBS)
def test_a_bomb_is_answered_within_bounds(confined: Confined, bomb: str) -> None:
    make: Callable[[], bytes] = bombs.BOMBS[bomb]
    answer = confined.answer(bomb, make())
    assert_bounded(answer)


def test_nothing_is_written(tmp_path: Path) -> None:
    process = Confined(tmp_path)
    for place in CHANGED:
        process.answer(*CHANGED[place])
    process.close()
    assert [path.name for path in tmp_path.iterdir()] == ["input"]


def test_a_process_that_is_lost_is_told(tmp_path: Path) -> None:
    process = Confined(tmp_path)
    assert process.answer("a.txt", b"x")["kind"] == "txt"
    assert process._process is not None
    process._process.kill()
    with pytest.raises(AssertionError, match="lost"):
        process.answer("a.txt", b"x")
    assert process.answer("a.txt", b"x")["kind"] == "txt"
    process.close()
