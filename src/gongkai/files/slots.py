"""How many files one process reads at once for pages: readers use the processor, and other pages have to answer too."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore

AT_ONCE = 2  # of the threads of a process; see `cli.serving.THREADS`
WAIT = 1.5  # seconds that a page waits for its turn: it holds a thread meanwhile

_slots = BoundedSemaphore(AT_ONCE)


@contextmanager
def taken() -> Iterator[bool]:
    """Hold one of the places for reading; gives whether one became free in time."""
    is_taken = _slots.acquire(timeout=WAIT)
    try:
        yield is_taken
    finally:
        if is_taken:
            _slots.release()
