"""Text in pictures, by tesseract with simplified Chinese when it is installed."""

from __future__ import annotations

import os
import shutil
import subprocess
from functools import cache

from gongkai.documents.limits import Budget

_LANGUAGE = "chi_sim"
_PIXELS = 25_000_000


@cache
def available() -> bool:
    """Whether tesseract and its Chinese data are there."""
    program = shutil.which("tesseract")
    if program is None:
        return False
    try:
        listed = subprocess.run([program, "--list-langs"], capture_output=True, timeout=10, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return _LANGUAGE in listed.stdout.decode("utf-8", "replace").split()


def possible(budget: Budget) -> bool:
    """Whether one more picture can be recognised."""
    # Recognition is slow; the last third of the time is kept for reading the rest of the file.
    is_late = budget.remaining() < budget.limits.seconds / 3
    return not is_late and budget.ocr_pages < budget.limits.ocr_pages and available()


def recognise(png: bytes, budget: Budget) -> str | None:
    """Return the text in a picture, or None when it could not be recognised: no program, no time, too many pages.

    The picture goes in and the text comes out by pipes; nothing is written.
    """
    if not possible(budget):
        return None
    budget.ocr_pages += 1
    languages = f"{_LANGUAGE}+eng"
    try:
        done = subprocess.run(
            ["tesseract", "stdin", "stdout", "-l", languages, "--psm", "3"],
            input=png,
            capture_output=True,
            timeout=max(1.0, min(budget.remaining(), 30.0)),
            check=False,
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    if done.returncode != 0:
        return None
    return _closed(done.stdout.decode("utf-8", "replace"))


def fitting(width: int, height: int) -> bool:
    """Whether a picture is neither an ornament nor too large to recognise."""
    return width >= 80 and height >= 30 and width * height >= 10_000 and width * height <= _PIXELS


def _closed(text: str) -> str:
    """Take out the blanks that tesseract puts between Chinese characters."""
    result: list[str] = []
    signs = text.strip()
    for at, sign in enumerate(signs):
        if sign == " " and 0 < at < len(signs) - 1 and (_is_wide(signs[at - 1]) and _is_wide(signs[at + 1])):
            continue
        result.append(sign)
    return "".join(result)


def _is_wide(sign: str) -> bool:
    return "\u2e80" <= sign <= "\u9fff" or "\uff00" <= sign <= "\uffef"
