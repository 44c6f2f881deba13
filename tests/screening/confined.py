"""Reading, screening and masking in a process of its own, whose memory and time are bounded and measured.

Run as a program it answers files one after the other: a line with a name and a path comes in, a line of JSON goes out.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
SECONDS = 60.0
MEGABYTES = 1_024
"""What reading, screening and masking one file may take at most."""
_WAIT = 5 * SECONDS
"""Seconds on the clock: other processes may want the processors too, so the bound above is of processor time."""
_ADDRESSES = 3 * 1_024 * 1_024 * 1_024
"""Bytes of address space, in which libraries are mapped too: above it the process is stopped by the system."""


class Confined:
    """The process. A file that hangs or breaks it is an error; the next file gets a new one."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._process: subprocess.Popen[str] | None = None

    def answer(self, name: str, data: bytes) -> dict[str, Any]:
        """What came of a file: kind (the type, or that of the refusal), findings as text, seconds, megabytes, and how
        masking went. Raises `AssertionError` when the process died or took too long."""
        path = self._folder / "input"
        path.write_bytes(data)
        if self._process is None:
            self._process = self._start()
        process = self._process
        assert process.stdin is not None
        assert process.stdout is not None
        watch = threading.Timer(_WAIT, process.kill)
        watch.start()
        try:
            process.stdin.write(json.dumps([name, str(path)]) + "\n")
            process.stdin.flush()
            line = process.stdout.readline()
        except BrokenPipeError:
            line = ""
        finally:
            watch.cancel()
        if not line:
            self.close()
            raise AssertionError(f"{name}: the process was lost (after {SECONDS:g} s, or out of memory)")
        answer: dict[str, Any] = json.loads(line)
        return answer

    def close(self) -> None:
        """End the process."""
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
            self._process = None

    def _start(self) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, str(Path(__file__).resolve())],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=self._folder,
            text=True,
            env={"PYTHONPATH": str(ROOT / "src"), "PATH": "/usr/bin:/bin"},
        )


def assert_bounded(answer: dict[str, Any]) -> None:
    """No error of ours, no hang, no more memory than may be."""
    assert answer["error"] == "", answer
    assert answer["seconds"] < SECONDS, answer
    assert answer["megabytes"] < MEGABYTES, answer


def main() -> None:
    """Answer files until there are no more."""
    resource.setrlimit(resource.RLIMIT_AS, (_ADDRESSES, _ADDRESSES))
    for line in sys.stdin:
        name, path = json.loads(line)
        limit = int(time.process_time() + SECONDS) + 1
        resource.setrlimit(resource.RLIMIT_CPU, (limit, resource.RLIM_INFINITY))
        print(json.dumps(_answer(name, Path(path).read_bytes())), flush=True)


def _answer(name: str, data: bytes) -> dict[str, Any]:
    from gongkai import documents, screening

    began = time.process_time()
    answer: dict[str, Any] = {"name": name, "error": "", "masked": "", "findings": ""}
    try:
        document = documents.read(data, name=name, limits=documents.Limits(ocr_pages=0, convert=False))
        answer["kind"] = str(document.kind) if isinstance(document, documents.Refusal) else document.type
        answer["sentence"] = document.sentence if isinstance(document, documents.Refusal) else ""
        findings = screening.screen(document)
        answer["verdict"] = str(screening.verdict(findings))
        answer["found"] = len(findings)
        answer["findings"] = json.dumps([finding.as_json() for finding in findings[:500]], ensure_ascii=False)
        if isinstance(document, documents.Document):
            try:
                answer["masked"] = f"{len(screening.mask(data, document))} bytes"
            except screening.NotMasked as refused:
                answer["masked"] = str(refused)
    except BaseException as error:  # whatever it is, it is told, and the test fails
        answer["error"] = f"{type(error).__name__}: {error}"[:500]
    answer["seconds"] = time.process_time() - began
    answer["megabytes"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1_024
    return answer


if __name__ == "__main__":
    main()
