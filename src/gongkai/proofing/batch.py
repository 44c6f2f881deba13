"""Many files: find them, read and check them on the cores, put them beside one another.

One unreadable file never stops the others; it stays in the result with its reason.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from gongkai.proofing.check import Context, check, compare, compare_years
from gongkai.proofing.findings import Finding, in_order
from gongkai.proofing.profile import Profile
from gongkai.proofing.report import ReadFailure, Report
from gongkai.proofing.together import agency_key, previous_of

SUFFIXES = frozenset(".docx .pdf .html .htm .mhtml .shtml .txt .xlsx .doc .wps .et .xls .rtf .md .csv .ofd".split())
MOST_WORKERS = 8
FEW_FILES = 6  # below this a second process costs more than it saves


@dataclass(frozen=True)
class Checked:
    """One file: its report with the findings, or why it could not be read."""

    path: str
    report: Report | None = None
    failure: ReadFailure | None = None
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True)
class Result:
    """All files in the order in which they were named, and what the comparison of them found."""

    files: tuple[Checked, ...]
    across: tuple[Finding, ...] = ()
    is_together: bool = False

    @property
    def readable(self) -> tuple[Checked, ...]:
        """The files that were read."""
        return tuple(each for each in self.files if each.report is not None)

    @property
    def has_fault(self) -> bool:
        """Whether there is an error or a warning."""
        found = [finding for each in self.files for finding in each.findings]
        return any(each.severity in ("error", "warning") for each in (*found, *self.across))


@dataclass
class Files:
    """The files below some paths, and the paths that are not there."""

    found: list[Path] = field(default_factory=list)
    absent: list[Path] = field(default_factory=list)


def collect(paths: Iterable[Path]) -> Files:
    """Return the files that the paths name; of a folder those with a known ending, hidden and temporary ones left out."""
    files = Files()
    seen: set[Path] = set()
    for path in paths:
        if path.is_dir():
            inside = sorted(each for each in path.rglob("*") if each.suffix.lower() in SUFFIXES and each.is_file())
            candidates = [each for each in inside if not _is_hidden(each, path)]
        elif path.exists():
            candidates = [path]
        else:
            files.absent.append(path)
            continue
        for each in candidates:
            if each.resolve() not in seen:
                seen.add(each.resolve())
                files.found.append(each)
    return files


def _is_hidden(file: Path, folder: Path) -> bool:
    return any(part.startswith((".", "~$")) for part in file.relative_to(folder).parts)


def check_files(
    paths: Sequence[Path],
    *,
    profile: Profile | None = None,
    previous: Sequence[Report] = (),
    together: bool = False,
    workers: int | None = None,
    progress: Callable[[Path], None] = lambda _path: None,
) -> Result:
    """Read and check files; with `together` also year against year and agency against agency.

    `previous` are reports of the year before: a single one is compared with every file, of several each file takes that
    of its own agency.
    `progress` is called for each file that is done.
    """
    profile = profile or Profile()
    done: dict[int, Checked] = {}
    for number, checked in _run(list(paths), profile, tuple(previous), workers):
        done[number] = checked
        progress(paths[number])
    files = [done[number] for number in range(len(paths))]
    across: list[Finding] = []
    if together:
        files, across = _together(files, profile, has_previous=bool(previous))
    return Result(tuple(files), tuple(across), together)


def check_read(
    read: Iterable[Report | ReadFailure], *, profile: Profile | None = None, together: bool = False
) -> Result:
    """Check reports that were read already, one after the other; with `together` also beside one another.

    Nothing is opened or written: this is for reports that are in memory only.
    """
    profile = profile or Profile()
    files = [_checked(report, report.path, profile, ()) for report in read]
    across: list[Finding] = []
    if together:
        files, across = _together(files, profile, has_previous=False)
    return Result(tuple(files), tuple(across), together)


def _together(files: list[Checked], profile: Profile, *, has_previous: bool) -> tuple[list[Checked], list[Finding]]:
    read = [(at, each.report) for at, each in enumerate(files) if each.report is not None]
    reports = [report for _at, report in read]
    across = compare(reports, profile)
    for number, before in () if has_previous else previous_of(reports).items():
        found = compare_years(reports[number], reports[before], profile)
        at = read[number][0]
        files[at] = replace(files[at], findings=tuple(in_order([*files[at].findings, *found])))
        across += found
    return files, across


def _run(
    paths: list[Path], profile: Profile, previous: tuple[Report, ...], workers: int | None
) -> Iterator[tuple[int, Checked]]:
    count = min(workers or os.cpu_count() or 1, MOST_WORKERS, len(paths))
    if count <= 1 or (workers is None and len(paths) < FEW_FILES):
        for number, path in enumerate(paths):
            yield number, check_file(path, profile, previous)
        return
    # Only many files need a pool of processes; a single one should start quickly.
    from concurrent.futures import Future, ProcessPoolExecutor, as_completed
    from concurrent.futures.process import BrokenProcessPool
    from multiprocessing import get_context

    # A fresh process for each worker: forking a process with threads (the progress bar) may hang.
    with ProcessPoolExecutor(count, mp_context=get_context("spawn")) as pool:
        futures: dict[Future[Checked], int] = {}
        for number, path in enumerate(paths):
            futures[pool.submit(check_file, path, profile, previous)] = number
        for future in as_completed(futures):
            number = futures[future]
            try:
                yield number, future.result()
            except BrokenProcessPool:
                yield number, _lost(paths[number])


def _lost(path: Path) -> Checked:
    sentence = "处理这批文件的进程意外结束，本文件没有检查，请单独再查一次。"
    return Checked(str(path), failure=ReadFailure(str(path), "worker-ended", sentence))


def check_file(path: Path, profile: Profile, previous: Sequence[Report] = ()) -> Checked:
    """Read and check one file; a file that cannot be read is a result too."""
    from gongkai.proofing.reading import read_report  # the parsers are loaded when a file is read

    return _checked(read_report(path), str(path), profile, previous)


def _checked(report: Report | ReadFailure, path: str, profile: Profile, previous: Sequence[Report]) -> Checked:
    if isinstance(report, ReadFailure):
        return Checked(path, failure=report)
    before = previous[0] if len(previous) == 1 else _before(report, previous)
    return Checked(path, report, None, tuple(check(report, Context(profile, before))))


def _before(report: Report, previous: Sequence[Report]) -> Report | None:
    """Return the report of the same agency on the year before."""
    if not report.agency or report.year is None:
        return None
    alike = (
        each for each in previous if agency_key(each) == agency_key(report) and each.year == (report.year or 0) - 1
    )
    return next(alike, None)
