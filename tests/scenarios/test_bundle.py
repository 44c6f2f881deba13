"""The archive of `make bundle` installs and runs where there is no network, without root and without mail server."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCES = ROOT / "src" / "gongkai"
# Where no network can be taken away from a process, every address leads nowhere.
NOWHERE = {
    name: "http://127.0.0.1:9"
    for name in ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "PIP_INDEX_URL")
}


def offline() -> list[str]:
    """What a command begins with so that it runs without network; nothing where the kernel does not allow it."""
    for words in (["unshare", "-n"], ["unshare", "-r", "-n"]):
        if shutil.which(words[0]) and subprocess.run([*words, "true"], capture_output=True).returncode == 0:
            return words
    return []


@pytest.mark.slow
def test_the_bundle_installs_and_runs_without_network(tmp_path: Path) -> None:
    made = subprocess.run(
        [sys.executable, str(ROOT / "tools" / "make_bundle.py")], capture_output=True, text=True, check=False
    )
    assert made.returncode == 0, made.stderr
    with tarfile.open(made.stdout.strip()) as archive:
        archive.extractall(tmp_path, filter="data")
    bundle = next(tmp_path.glob("gongkai-*"))
    check_wheel(next(bundle.glob("gongkai-*.whl")))

    home = tmp_path / "home"
    home.mkdir()
    environment = {"PATH": os.environ["PATH"], "HOME": str(home), "LANG": "C.UTF-8", "PYTHON": sys.executable}
    environment |= NOWHERE | {"GONGKAI_HOME": str(home / "data")}
    target = tmp_path / "installed"

    def run(*command: str) -> str:
        done = subprocess.run(
            [*offline(), *command], capture_output=True, text=True, cwd=home, env=environment, timeout=300, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    said = run("sh", str(bundle / "install.sh"), str(target))
    version = bundle.name.removeprefix("gongkai-")
    assert version in said
    program = str(target / "bin" / "gongkai")
    assert version in run(program, "--version")
    facts = json.loads(run(program, "demo", "--no-serve", "--json"))
    assert facts["agencies"][0]["years"][0] == 2017
    run("sh", str(bundle / "install.sh"), str(target))  # an upgrade of what is there
    refused = subprocess.run(
        ["sh", str(bundle / "install.sh"), str(home)], capture_output=True, text=True, env=environment, check=False
    )
    assert refused.returncode == 2
    assert "没有改动" in refused.stderr


def check_wheel(wheel: Path) -> None:
    """Every page, style, font and data file of the sources is in the wheel."""
    with zipfile.ZipFile(wheel) as archive:
        packed = set(archive.namelist())
    wanted = {
        f"gongkai/{path.relative_to(SOURCES)}"
        for path in SOURCES.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts and path.suffix != ".pyc"
    }
    assert sorted(wanted - packed) == []
