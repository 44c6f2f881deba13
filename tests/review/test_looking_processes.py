"""Processes that look for another end with it, also when it was killed."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

MAIN = """
import os, time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from gongkai.review.looking import look_for_another

if __name__ == "__main__":
    pool = ProcessPoolExecutor(1, mp_context=get_context("spawn"), initializer=look_for_another)
    print(pool.submit(os.getpid).result(), flush=True)
    time.sleep(120)
"""


def is_running(pid: int) -> bool:
    """Whether a process works; one that ended and was not taken note of does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="only on Linux")
def test_a_killed_scan_leaves_no_process_behind(tmp_path: Path) -> None:
    script = tmp_path / "scan.py"
    script.write_text(MAIN, encoding="utf-8")
    with subprocess.Popen([sys.executable, str(script)], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        worker = int(process.stdout.readline())
        assert is_running(worker)
        process.send_signal(signal.SIGKILL)
    until = time.monotonic() + 30
    while is_running(worker) and time.monotonic() < until:
        time.sleep(0.1)
    assert not is_running(worker)
