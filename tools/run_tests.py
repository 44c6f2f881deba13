"""Run all tests on SQLite, then those that use the database on a throw-away PostgreSQL, and list what was skipped.

    python tools/run_tests.py [--workers N] [arguments for pytest]

Nothing is installed. Where PostgreSQL, Chromium or Chinese fonts are missing, their tests are skipped and named at
the end; with CI=true that is a failure, for there everything can be installed (`make system`).
"""

from __future__ import annotations

import argparse
import os
import pwd
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import urllib.parse
import xml.etree.ElementTree as ET
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

ROOT = Path(__file__).resolve().parents[1]
RESULTS = ROOT / "build" / "test-results"
IN_CI = os.environ.get("CI", "") in ("1", "true")
# Reasons that stand in CI as well: the folder of domain facts beside the project, and tests of one database alone.
GOOD_REASONS = re.compile(r"shared|^only on ")
NO_POSTGRESQL = "tool: PostgreSQL is not installed"


def main() -> int:
    """Run both databases; 0 when every test passed and, in CI, no tool was missing."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--workers", type=int, default=2, help="processes at once (default 2)")
    options, rest = parser.parse_known_args()
    signal.signal(signal.SIGTERM, leave)
    RESULTS.mkdir(parents=True, exist_ok=True)

    print("Tests on SQLite", flush=True)
    failed = run_pytest("sqlite", options.workers, rest) != 0
    skipped = skips_of("SQLite", "sqlite")

    programs = find_postgresql()
    if programs is None:
        print("\nPostgreSQL is not installed: the tests that use the database ran on SQLite only.", flush=True)
        skipped.append(("PostgreSQL", NO_POSTGRESQL, "all tests that use the database"))
    else:
        print("\nTests that use the database, on PostgreSQL", flush=True)
        with cluster(programs) as url:
            failed |= run_pytest("postgresql", options.workers, ["-m", "database", *rest], url) != 0
        skipped += skips_of("PostgreSQL", "postgresql")

    missing = print_skips(skipped)
    if missing and IN_CI:
        print("\nCI=true: a skipped test for want of a tool is a failure; see `make system`.")
        failed = True
    return 1 if failed else 0


def leave(_number: int, _frame: FrameType | None) -> None:
    """End through `finally`, so that the cluster is stopped and its folder removed."""
    raise SystemExit(143)


def run_pytest(name: str, workers: int, arguments: list[str], database: str = "") -> int:
    """Run pytest, its output to ours, its results to `build/test-results/<name>.xml`; give its exit code."""
    result = RESULTS / f"{name}.xml"
    result.unlink(missing_ok=True)
    parallel = ["-n", str(workers), "--dist", "worksteal"] if workers > 1 else []
    environment = os.environ | {"TESTS_DATABASE_URL": database}
    command = [sys.executable, "-m", "pytest", *parallel, f"--junitxml={result}", *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL).returncode


def skips_of(database: str, name: str) -> list[tuple[str, str, str]]:
    """What a run skipped: database, reason, test."""
    result = RESULTS / f"{name}.xml"
    if not result.is_file():
        return [(database, "pytest ended before it ran any test", "all tests")]
    found = []
    for case in ET.parse(result).iter("testcase"):  # noqa: S314  # pytest has just written it
        skipped = case.find("skipped")
        if skipped is not None:
            found.append((database, skipped.get("message", ""), f"{case.get('classname')}::{case.get('name')}"))
    return found


def print_skips(skipped: list[tuple[str, str, str]]) -> bool:
    """Print what was skipped and why; give whether a missing tool is among the reasons."""
    if not skipped:
        print("\nSkipped: nothing.")
        return False
    print("\nSkipped:")
    tests = defaultdict(list)
    for database, reason, test in skipped:
        tests[database, reason].append(test)
    for (database, reason), names in sorted(tests.items()):
        print(f"  {database}: {reason}")
        for name in names:
            print(f"    {name}")
    return any(not GOOD_REASONS.search(reason) for _, reason, _ in skipped)


def find_postgresql() -> Path | None:
    """The folder with initdb and pg_ctl: by pg_config, then where Debian keeps them (newest first), then by PATH."""
    candidates = []
    if tool := shutil.which("pg_config"):
        said = subprocess.run([tool, "--bindir"], capture_output=True, text=True).stdout.strip()
        candidates.append(Path(said))
    debian = Path("/usr/lib/postgresql").glob("*/bin")
    candidates += sorted(debian, key=lambda path: int(re.sub(r"\D", "", path.parent.name) or 0), reverse=True)
    if tool := shutil.which("initdb"):
        candidates.append(Path(tool).resolve().parent)
    for folder in candidates:
        if (folder / "initdb").exists() and (folder / "pg_ctl").exists():
            return folder
    return None


@contextmanager
def cluster(programs: Path) -> Iterator[str]:
    """Start an empty PostgreSQL in a temporary folder, reached by a socket in it only; give its address.

    PostgreSQL refuses to run as root, so root runs it as the user `postgres`. It is stopped and removed whatever
    happens. Raises `SystemExit` with what the programs said when it does not start.
    """
    folder = Path(tempfile.mkdtemp(prefix="gongkai-pg-"))
    as_user: list[str] = []
    if os.geteuid() == 0:
        try:
            user = pwd.getpwnam("postgres")
        except KeyError:
            raise SystemExit("root cannot run PostgreSQL and there is no user `postgres`.") from None
        os.chown(folder, user.pw_uid, user.pw_gid)
        as_user = ["runuser", "-u", "postgres", "--"]
    data, log = folder / "data", folder / "log"
    server_options = (
        f"-c listen_addresses='' -c unix_socket_directories='{folder}' -c fsync=off -c synchronous_commit=off"
        " -c full_page_writes=off -c max_connections=40"
    )

    def run(program: str, *arguments: str) -> None:
        done = subprocess.run(
            [*as_user, str(programs / program), *arguments], cwd=folder, capture_output=True, text=True
        )
        if done.returncode != 0:
            more = log.read_text(encoding="utf-8", errors="replace") if log.exists() else ""
            raise SystemExit(f"{program} failed:\n{done.stdout}{done.stderr}{more}")

    try:
        run("initdb", "-D", str(data), "-U", "gongkai", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync")
        # pg_ctl's own output goes to the log as well: the server inherits it and would hold a pipe open.
        start = ["-D", str(data), "-l", str(log), "-w", "-t", "60", "-s", "-o", server_options, "start"]
        run_quietly([*as_user, str(programs / "pg_ctl"), *start], folder, log)
        yield f"postgresql://gongkai@{urllib.parse.quote(str(folder), safe='')}/postgres"
    finally:
        if (data / "postmaster.pid").exists():
            subprocess.run(
                [*as_user, str(programs / "pg_ctl"), "-D", str(data), "-m", "immediate", "-s", "stop"], cwd=folder
            )
        shutil.rmtree(folder, ignore_errors=True)


def run_quietly(command: list[str], folder: Path, log: Path) -> None:
    """Run a command whose children stay; raise `SystemExit` with the log when it fails."""
    done = subprocess.run(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    if done.returncode != 0:
        said = log.read_text(encoding="utf-8", errors="replace") if log.exists() else ""
        raise SystemExit(f"{command[-1]} of PostgreSQL failed:\n{said}")


if __name__ == "__main__":
    sys.exit(main())
