"""What a committed file may not hold: index addresses, paths of one machine, lock files, inline style and script."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TEXT = {
    ".cfg", ".css", ".csv", ".html", ".ini", ".js", ".json", ".md", ".po", ".py", ".sh", ".sql", ".svg", ".toml",
    ".txt", ".yaml", ".yml", "",
}  # fmt: skip
LOCK_FILES = re.compile(r"(uv|poetry|pdm)\.lock|Pipfile\.lock|pylock[^/]*\.toml")
# Put together, so that this file does not hold what it looks for.
INDEX_HOSTS = re.compile(
    "|".join(("pypi" + r"\.org", "python" + r"hosted\.org", "registry" + r"\.npmjs", "mirrors" + r"\.\w+\.\w+"))
)
INDEX_OPTIONS = re.compile(r"--(?:extra-)?index" + "-url|--find" + r"-links|^-i\s+https?:", re.MULTILINE)
HOME_FOLDERS = re.compile(r"(?<![\w.])/(?:home|Users)/[a-z]\w+/")
COMMON_FOLDERS = {"/", "/tmp", "/home", "/root", "/opt", "/srv", "/usr", "/var", "/mnt", "/media", "/builds"}  # noqa: S108  # names only

INLINE = {
    "a style attribute": re.compile(r"<[^>]*\sstyle\s*=", re.IGNORECASE),
    "a style element": re.compile(r"<style\b", re.IGNORECASE),
    "a script without src": re.compile(r"<script\b(?![^>]*\bsrc=)", re.IGNORECASE),
    "an event attribute": re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "a javascript address": re.compile(r"javascript:", re.IGNORECASE),
}
# Templates that may have one of these, with the reason.
MARKED = {
    # A file to hand on or print, read without a server: its style has to travel with it.
    "reports/templates/reports/report.html": {"a style element"},
}
FOREIGN = re.compile(r"""(?:src|href|action|srcset|poster|data)\s*=\s*["'](?:https?:)?//""", re.IGNORECASE)
FOREIGN_CSS = re.compile(r"""(?:url\(\s*["']?|@import\s+["'])(?:https?:)?//""", re.IGNORECASE)
FOREIGN_SCRIPT = re.compile(r"""["'`](?:https?:|wss?:)?//[\w-]+\.""")


@pytest.fixture(scope="module")
def files() -> list[Path]:
    """What is committed, or would be by `git add .`."""
    if shutil.which("git") is None or not (ROOT / ".git").exists():
        pytest.skip("tool: git is not installed, or this is no checkout")
    listed = subprocess.run(
        ["git", "-c", "safe.directory=*", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    ).stdout.decode()
    return [ROOT / name for name in sorted(set(listed.split("\0"))) if name and (ROOT / name).is_file()]


@pytest.fixture(scope="module")
def texts(files) -> dict[Path, str]:
    """The text files among them."""
    return {
        path: path.read_text(encoding="utf-8") for path in files if path.suffix in TEXT and "LICENSE" not in path.name
    }


def places(texts: dict[Path, str], pattern: re.Pattern[str]) -> list[str]:
    """Where a pattern stands: file, line and what was found."""
    return [
        f"{path.relative_to(ROOT)}:{text.count(chr(10), 0, found.start()) + 1}: {found.group()}"
        for path, text in texts.items()
        for found in pattern.finditer(text)
    ]


def templates() -> dict[Path, str]:
    """Every template of the product."""
    found = {path: path.read_text(encoding="utf-8") for path in (ROOT / "src").rglob("templates/**/*.html")}
    assert found
    return found


def static(suffix: str) -> dict[Path, str]:
    """Every static file of a kind."""
    return {path: path.read_text(encoding="utf-8") for path in (ROOT / "src").rglob(f"static/**/*{suffix}")}


def test_no_lock_file_is_committed(files):
    assert [str(path) for path in files if LOCK_FILES.fullmatch(path.name)] == []


def test_no_file_names_a_package_index(texts):
    assert places(texts, INDEX_HOSTS) == []
    assert places(texts, INDEX_OPTIONS) == []


def test_no_file_carries_a_path_of_a_machine(texts):
    own = str(ROOT.parent if str(ROOT.parent) not in COMMON_FOLDERS else ROOT)
    assert places(texts, re.compile(re.escape(own) + r"(?=[/\s\"'`])")) == []
    assert places(texts, HOME_FOLDERS) == []


def test_no_large_file_is_committed(files):
    # The one large file is the font of rare name characters.
    large = [path.name for path in files if path.stat().st_size > 8_000_000]
    assert large == ["LXGWWenKai-Regular.ttf"]


@pytest.mark.parametrize("what", INLINE)
def test_templates_have_nothing_inline(what):
    checked = {
        path: text
        for path, text in templates().items()
        if what not in MARKED.get(str(path.relative_to(ROOT / "src" / "gongkai")), set())
    }
    assert places(checked, INLINE[what]) == []


def test_every_marked_template_exists_and_needs_its_mark():
    for name, marks in MARKED.items():
        text = (ROOT / "src" / "gongkai" / name).read_text(encoding="utf-8")
        assert {what for what, pattern in INLINE.items() if pattern.search(text)} == marks


def test_nothing_is_asked_of_a_foreign_host():
    assert places(templates(), FOREIGN) == []
    assert places(static(".css"), FOREIGN_CSS) == []
    assert places(static(".js"), FOREIGN_SCRIPT) == []
