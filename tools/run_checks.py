"""Check format, lint, types, levels, settings and migrations; every check runs, one line each.

    python tools/run_checks.py [name …]

Exit 1 when one fails; what it said is printed below its line.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent


def checks() -> dict[str, list[str]]:
    """The checks by name, in the order in which a reader wants to hear of them."""
    django = [sys.executable, "-m", "django"]
    templates = sorted(str(path.relative_to(ROOT)) for path in (ROOT / "src").rglob("templates/**/*.html"))
    found = {
        "format": [str(BIN / "ruff"), "format", "--check", "--quiet", "."],
        "lint": [str(BIN / "ruff"), "check", "--quiet", "--output-format", "concise", "."],
        "templates": [str(BIN / "djhtml"), "--check", "--tabwidth", "2", *templates],
        "types": [sys.executable, "-m", "mypy", "--no-error-summary"],
        "levels": [str(BIN / "lint-imports"), "--no-logo"],
        "settings": [*django, "check", "--fail-level", "WARNING"],
        "migrations": [*django, "makemigrations", "--check", "--dry-run"],
    }
    if not templates:
        del found["templates"]
    return found


def run(name: str, command: Sequence[str], environment: dict[str, str]) -> bool:
    """Run one check and print its line; give whether it passed."""
    started = time.monotonic()
    done = subprocess.run(
        command,
        cwd=ROOT,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    passed = done.returncode == 0
    print(f"{'ok  ' if passed else 'FAIL'} {name:<11} {time.monotonic() - started:6.1f} s", flush=True)
    if not passed:
        print("     " + done.stdout.strip().replace("\n", "\n     "), flush=True)
    return passed


def main(names: Sequence[str]) -> int:
    """Run the named checks, all when none is named."""
    known = checks()
    if unknown := [name for name in names if name not in known]:
        print(f"no such check: {', '.join(unknown)}; there are {', '.join(known)}", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory(prefix="gongkai-checks-") as folder:
        # A home of its own: neither the developer's database nor their settings matter here.
        environment = {name: value for name, value in os.environ.items() if not name.startswith("GONGKAI_")}
        environment |= {
            "GONGKAI_HOME": make_home(Path(folder) / "home"),
            "DJANGO_SETTINGS_MODULE": "gongkai.project.settings",
            "PYTHONPATH": str(ROOT / "src"),
        }
        results = [run(name, known[name], environment) for name in names or known]
    return 0 if all(results) else 1


def make_home(path: Path) -> str:
    """Make an empty home, without which there is no secret key; give its path."""
    sys.path.insert(0, str(ROOT / "src"))
    from gongkai.project.home import Home  # found only by the path above

    Home(path).create()
    return str(path)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
