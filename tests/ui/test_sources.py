"""What our templates and style sheets may not hold: nothing inline, nothing that Chromium 86 does not know."""

from __future__ import annotations

import posixpath
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

import gongkai.ui

UI = Path(gongkai.ui.__file__).parent
SOURCES = UI.parent
# Of all packages; what others wrote stands in folders named vendor.
SHEETS = sorted(path for path in SOURCES.glob("*/static/**/*.css") if "vendor" not in path.parts)
SCRIPTS = sorted(path for path in SOURCES.glob("*/static/**/*.js") if "vendor" not in path.parts)
# A whole document outside `ui` is a file that leaves the site (the annual report): it carries its style with it.
TEMPLATES = [
    path
    for path in sorted(SOURCES.glob("*/templates/**/*.html"))
    if UI in path.parents or "<!doctype" not in path.read_text(encoding="utf-8").lower()
]
PAGES = sorted(UI.rglob("templates/**/*.html"))
# text-underline-offset, text-decoration-thickness and accent-color are newer too; their absence does no harm.
TOO_NEW = (
    r":has\(|:is\(|:where\(|@layer|@container|@property|@starting-style|color-mix\(|oklch\(|light-dark\(|\d[sdl]v[hw]\b"
    r"|overflow(?:-[xy])?:\s*clip|(?:^|[\s;{])(?:inset|inset-block|inset-inline|padding-block|padding-inline|margin-block"
    r"|margin-inline|border-block|border-inline|aspect-ratio|text-wrap|rotate|scale|translate)\s*:"
)
# In scripts: what a browser of 2020 cannot parse, or does not have; `at`, `hasOwn` and `findLast` the editor fills in.
TOO_NEW_IN_SCRIPTS = (
    r"\.at\(|Object\.hasOwn\(|\.findLast(?:Index)?\(|structuredClone|\.to(?:Sorted|Reversed|Spliced)\(|Object\.groupBy"
    r"|crypto\.randomUUID|AbortSignal\.(?:timeout|any)|Array\.fromAsync|Promise\.withResolvers|\.showPopover|\.checkVisibility"
    r"|\bstatic\s*\{|^\s*#\w+\s*[=(;]|\?\?=|\|\|=|&&=|^await\b|\bimport\s*\w+.*\bwith\s*\{|/[dgimsuy]*v[dgimsuy]*\b(?=[,;)])"
    r"|\beval\(|new Function\("
)
HALF_WIDTH = re.compile(r"[一-鿿][,;:!?()]|[,;:!?(][一-鿿]")
WORDS = re.compile(r"""(?:gettext_lazy|gettext|\b_)\(\s*(["'])(.*?)\1|\{% translate (["'])(.*?)\3""", re.S)
NAMES = {path.name: path for path in SHEETS}


def plain(sheet: Path) -> str:
    """The rules without comments and without what stands behind @supports."""
    text = re.sub(r"/\*.*?\*/", "", sheet.read_text(encoding="utf-8"), flags=re.S)
    return re.sub(r"@supports[^{]*\{(?:[^{}]|\{[^{}]*\})*\}", "", text)


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_script_keeps_to_what_chromium_86_knows(script: Path) -> None:
    text = re.sub(r"/\*.*?\*/|(?<!:)//[^\n]*", "", script.read_text(encoding="utf-8"), flags=re.S)
    assert re.findall(TOO_NEW_IN_SCRIPTS, text, flags=re.M) == []
    assert re.findall(r"https?://\w", text) == []


@pytest.mark.parametrize(
    "line",
    ["a.at(-1)", "x ??= 1", "structuredClone(x)", "await import('x')", "class A { static {} }", "Object.hasOwn(a, b)"],
)
def test_rule_for_scripts_finds_what_is_too_new(line: str) -> None:
    assert re.search(TOO_NEW_IN_SCRIPTS, line, flags=re.M)


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.name)
def test_sheet_keeps_to_what_chromium_86_knows(sheet: Path) -> None:
    assert re.findall(TOO_NEW, plain(sheet), flags=re.M) == []


@pytest.mark.parametrize("rule", [".a{inset:0}", ".a:has(b){}", ".a{ text-wrap: balance }", ".a{height:100dvh}"])
def test_rule_for_sheets_finds_what_is_too_new(rule: str) -> None:
    assert re.search(TOO_NEW, rule)


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.name)
def test_sheet_fetches_nothing_and_names_tokens_that_exist(sheet: Path) -> None:
    text = plain(sheet)
    static = next(folder for folder in sheet.parents if folder.name == "static")
    fetched = [static_name(sheet.parent.relative_to(static), name) for name in re.findall(r"url\(([^)]*)\)", text)]
    assert [name for name in fetched if not finders.find(name)] == [], "only what we serve ourselves"
    assert "@import" not in text
    known = set(re.findall(r"(--[\w-]+):", NAMES["tokens.css"].read_text(encoding="utf-8")))
    assert set(re.findall(r"var\((--[\w-]+)\)", text)) - known == set()


def static_name(folder: Path, address: str) -> str:
    """The name below /static/ of what a sheet in a folder asks for by a relative address."""
    return posixpath.normpath(posixpath.join(folder.as_posix(), address.strip("'\" ")))


@pytest.mark.parametrize("page", TEMPLATES, ids=lambda path: str(path.relative_to(SOURCES)))
def test_template_has_nothing_inline(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    own_script = r"""<script(?: type="module")? src="\{% static '[\w/.-]+' %\}"(?: defer)?></script>"""
    assert (
        re.findall(
            r"<script\b|<style\b|\sstyle=|\son(?:[a-z]{4,}|cut)=|javascript:|https?://", re.sub(own_script, "", text)
        )
        == []
    )


@pytest.mark.parametrize("source", [*PAGES, *sorted(UI.rglob("*.py"))], ids=lambda path: str(path.relative_to(UI)))
def test_words_use_chinese_punctuation(source: Path) -> None:
    words = [found[1] or found[3] for found in WORDS.findall(source.read_text(encoding="utf-8"))]
    assert [said for said in words if HALF_WIDTH.search(said)] == []


def luminance(colour: str) -> float:
    digits = colour.lstrip("#")
    digits = "".join(digit * 2 for digit in digits) if len(digits) == 3 else digits
    parts = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize(
    ("ink", "ground"),
    [
        (ink, ground)
        for ground, inks in {
            "paper": ("ink", "quiet", "brand", "link", "ok", "soon", "late"),
            "wash": ("ink", "quiet", "brand", "link"),
            "brand-wash": ("brand",),
            "ok-wash": ("ok",),
            "soon-wash": ("ink", "soon"),
            "late-wash": ("ink", "quiet", "late"),
        }.items()
        for ink in inks
    ],
)
def test_colours_of_text_can_be_read(ink: str, ground: str) -> None:
    tokens = dict(re.findall(r"--([\w-]+):\s*(#\w+)", NAMES["tokens.css"].read_text(encoding="utf-8")))
    assert contrast(tokens[ink], tokens[ground]) >= 4.5


def test_edge_of_a_field_can_be_seen() -> None:
    tokens = dict(re.findall(r"--([\w-]+):\s*(#\w+)", NAMES["tokens.css"].read_text(encoding="utf-8")))
    assert contrast(tokens["edge"], tokens["paper"]) >= 3
