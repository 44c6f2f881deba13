"""Documentation is part of the program: what exists is documented, and what is documented exists."""

from __future__ import annotations

import csv
import importlib.util
import re
from pathlib import Path

import pytest

from gongkai.lawbook.settings import SETTINGS
from gongkai.periods.registers import REGISTERS
from gongkai.rules.indicators import table
from tools import write_docs

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
SHARED_GLOSSARY = ROOT.parent / "shared" / "domain" / "glossary.csv"
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s#]+)(?:#[^)]*)?\)")
PAGES = [*sorted(ROOT.glob("*.md")), *sorted(DOCS.rglob("*.md"))]


def text_of(name: str) -> str:
    """A page of docs/."""
    return (DOCS / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", write_docs.pages())
def test_generated_page_is_as_the_program_is(name):
    """`make docs` writes it anew."""
    assert (DOCS / "reference" / name).read_text(encoding="utf-8") == write_docs.pages()[name]()


def test_every_command_says_what_it_does():
    import click

    from gongkai.cli.main import cli

    for path, command, context in write_docs.walk(cli, click.Context(cli, info_name="gongkai")):
        assert command.help, f"{path} has no help"
        for parameter in command.get_params(context):
            if isinstance(parameter, click.Option):
                assert parameter.help, f"{path} {parameter.opts[0]} has no help"
        assert f"## {path}\n" in text_of("reference/commands.md")


def test_every_setting_is_documented():
    for setting in SETTINGS.values():
        assert f"## {setting.name}\n" in text_of("reference/settings.md")
        assert setting.note
        assert setting.basis


def test_every_register_is_documented():
    for code in REGISTERS:
        assert f"`{code}`" in text_of("reference/registers.md")


def test_every_indicator_is_documented():
    for indicator in table("2014").indicators:
        assert f"| {indicator.code} | {indicator.label} |" in text_of("reference/indicators.md")


def test_every_package_is_in_the_structure_page():
    packages = {path.parent.name for path in (ROOT / "src" / "gongkai").glob("*/__init__.py")}
    named = set(re.findall(r"^\| \d+ \| `(\w+)` \|", text_of("explanation/structure.md"), re.MULTILINE))
    assert named == packages


def test_every_decision_is_listed():
    listed = set(re.findall(r"\((\d{4}-[\w-]+\.md)\)", text_of("decisions/README.md")))
    assert listed == {path.name for path in (DOCS / "decisions").glob("[0-9]*.md")}


def test_every_page_is_reached_from_the_start():
    linked = set(LINK.findall(text_of("README.md")))
    for page in DOCS.rglob("*.md"):
        name = str(page.relative_to(DOCS))
        assert name in linked or name == "README.md" or name.startswith("decisions/"), f"docs/README.md lacks {name}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page):
    for target in LINK.findall(page.read_text(encoding="utf-8")):
        if "://" not in target:
            assert (page.parent / target).exists(), f"{page.name} links to {target}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_files_that_are_named_exist(page):
    """A newcomer who follows a page finds what it names."""
    for name in re.findall(r"`((?:src|tests|tools|docs|requirements)/[\w./-]+)`", page.read_text(encoding="utf-8")):
        assert (ROOT / name).exists(), f"{page.name} names {name}"


def glossary_rows() -> list[list[str]]:
    """The rows of the glossary: Chinese, English, identifier, module."""
    rows = [line.strip("|").split("|") for line in text_of("glossary.md").splitlines() if line.startswith("| ")]
    return [[cell.strip() for cell in row] for row in rows if "中文" not in row[0] and "---" not in row[0]]


def test_glossary_names_modules_that_exist():
    modules = {row[3].strip("`") for row in glossary_rows()} - {"—"}
    assert modules
    assert [name for name in modules if importlib.util.find_spec(name) is None] == []


def test_glossary_has_one_word_per_thing():
    terms = [row[0] for row in glossary_rows()]
    assert len(terms) == len(set(terms))


def test_glossary_agrees_with_the_shared_one():
    if not SHARED_GLOSSARY.exists():
        pytest.skip("shared: ../shared/domain/glossary.csv is absent")
    with SHARED_GLOSSARY.open(encoding="utf-8") as file:
        shared = {row["term_zh"]: row["identifier"] for row in csv.DictReader(file)}
    # Where the glossary's word is a day, the field ends in _on; where it is a longer form, ours is the field's name.
    differs = {
        "政府信息公开年报", "行政机关", "统一社会信用代码", "成文日期", "发布日期", "体裁分类", "公开审查", "签发", "口径", "勾稽关系",
        "政务服务便民热线",
    }  # fmt: skip
    for term, _english, identifier, _module in glossary_rows():
        if term in shared and term not in differs:
            assert f"`{shared[term]}`" in identifier, f"{term} is {shared[term]} in the shared glossary"
