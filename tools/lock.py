"""Pin the dependencies anew, with hashes, for Python 3.11 to 3.13 on every platform.

    python tools/lock.py [--upgrade]

Writes requirements/run.txt, dev.txt and build.txt. Versions that still fit stay; `--upgrade` takes the newest.
uv does not read pip's settings, so the index that pip uses is handed to it; no address gets into the files.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "requirements"


def environment() -> dict[str, str]:
    """The environment for uv: the interpreter at hand, and pip's index where one is set."""
    named = os.environ | {"UV_PYTHON_DOWNLOADS": "never"}
    pip = [sys.executable, "-m", "pip", "config", "get", "global.index-url"]
    index = os.environ.get("PIP_INDEX_URL") or subprocess.run(pip, capture_output=True, text=True).stdout.strip()
    if index:
        named.setdefault("UV_DEFAULT_INDEX", index)
    return named


def compile_to(name: str, source: str, *arguments: str, text: str | None = None) -> None:
    """Write requirements/<name>.txt from a source file (`-` reads `text`); raises `SystemExit` when uv fails."""
    target = FOLDER / f"{name}.txt"
    command = [
        str(Path(sys.executable).with_name("uv")), "pip", "compile", source, "--universal", "--python-version", "3.11",
        "--generate-hashes", "--no-header", "--no-annotate", "--quiet", "--output-file", str(target), *arguments,
    ]  # fmt: skip
    done = subprocess.run(command, cwd=ROOT, env=environment(), input=text, text=True)
    if done.returncode != 0:
        raise SystemExit(f"uv could not pin requirements/{name}.txt")
    if "://" in target.read_text(encoding="utf-8"):
        raise SystemExit(f"requirements/{name}.txt holds an address; nothing committed may")
    print(f"requirements/{name}.txt")


def main(arguments: list[str]) -> None:
    """Pin what runs, what develops and what builds."""
    upgrade = ["--upgrade"] if "--upgrade" in arguments else []
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    compile_to("run", "pyproject.toml", *upgrade)
    compile_to("dev", "pyproject.toml", "--extra", "dev", *upgrade)
    compile_to("build", "-", *upgrade, text="\n".join(project["build-system"]["requires"]))


if __name__ == "__main__":
    main(sys.argv[1:])
