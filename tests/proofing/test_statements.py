"""Figures in text: every sentence of the reference page says what stands beside it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from gongkai.proofing import concepts
from gongkai.proofing.report import Paragraph, Report, Where
from gongkai.proofing.statements import Context, find, find_in_text
from gongkai.rules import indicators
from gongkai.rules.sources import read_toml
from tests.proofing.notation import written

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "proofing-statements.md"
YEARS = {"2014": 2017, "2019": 2020, "2021": 2022}
AGENCY = "示例市示例区住房和城乡建设局"


def rows(heading: str) -> list[list[str]]:
    section = PAGE.read_text(encoding="utf-8").partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    lines = [line for line in section.splitlines() if line.startswith("| ")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


SENTENCES = rows("Sentences")


def test_the_page_has_at_least_300_sentences_of_all_formats() -> None:
    assert len({(format, sentence) for format, sentence, _ in SENTENCES}) >= 300
    assert {format for format, _, _ in SENTENCES} == set(YEARS)


@pytest.mark.parametrize(("format", "sentence", "reading"), SENTENCES, ids=lambda text: text[:24])
def test_sentence(format: str, sentence: str, reading: str) -> None:
    assert written(find_in_text(sentence, Context(format, YEARS[format], AGENCY)), format) == reading


@pytest.mark.parametrize(("format", "sentence", "reading"), SENTENCES[::5], ids=lambda text: text[:24])
def test_width_of_punctuation_and_spaces_between_figures_change_nothing(
    format: str, sentence: str, reading: str
) -> None:
    other = sentence.translate(str.maketrans("，；：（）％", ",;:()%")).translate(
        str.maketrans("0123456789", "０１２３４５６７８９")
    )
    other = re.sub(r"(?<=[０-９])(?=[件条次篇])", " ", other)
    assert written(find_in_text(other, Context(format, YEARS[format], AGENCY)), format) == reading


def test_every_concept_is_on_the_page_with_its_codes() -> None:
    shown = {row[0].strip("`"): row[2:] for row in rows("What figures may count")}
    codes: dict[str, dict[str, str]] = {}
    for each in concepts.concepts():
        mine = codes.setdefault(each.id, {})
        for format, code in each.codes.items():
            assert mine.setdefault(format, code) == code, f"{each.id} has two places in {format}"
    assert shown == {name: [mine.get(format, "") for format in YEARS] for name, mine in codes.items()}


def places(format: str) -> set[str]:
    """All codes of a format, and the sums that no cell prints."""
    if format == "2014":
        return {row.code for row in indicators.table("2014").values}
    parts = read_toml(f"tables/{format}.toml")["part"]
    codes = {f"{p['key']}.{r['code']}.{c['key']}" for p in parts for r in p["rows"] for c in p["columns"]}
    results = ("upheld", "corrected", "other_result", "pending", "total")
    return codes | {f"review_litigation.litigation.{name}" for name in results}


@pytest.mark.parametrize("format", YEARS)
def test_every_code_of_a_concept_is_a_place_of_the_form(format: str) -> None:
    known = places(format)
    for each in concepts.concepts():
        assert each.codes.get(format, next(iter(known))) in known, each.id


def test_each_cell_of_the_requests_table_has_words_that_name_it() -> None:
    rows = next(p for p in read_toml("tables/2021.toml")["part"] if p["key"] == "requests")["rows"]
    named = {code for each in concepts.concepts() for code in each.codes.values()}
    assert {f"requests.{row['code']}.total" for row in rows} - {"requests.3.total"} <= named


def test_each_row_of_2014_has_words_that_name_it() -> None:
    named = {each.codes.get("2014") for each in concepts.concepts()}
    assert {row.code for row in indicators.table("2014").values} <= named


def test_text_is_at_most_30_characters_and_the_span_leads_to_the_printed_figure() -> None:
    sentence = (
        "2022年以来，为了进一步做好依申请公开工作，本机关按照要求全年共收到政府信息公开申请 １２ 件，办结率达到100%。"
    )
    first, second = find_in_text(sentence, Context("2021", 2022, AGENCY))
    assert len(first.text) <= 30
    assert sentence[first.span[0] : first.span[1]].replace(" ", "") == "１２件"
    assert sentence[second.span[0] : second.span[1]] == "100%"


def test_headings_and_notes_hold_no_statements_and_give_the_subject() -> None:
    paragraphs = [
        Paragraph(0, "三、收到和处理政府信息公开申请情况", Where("三", 0), 1, "三、", "三", "heading"),
        Paragraph(1, "全年收到12件，办结10件。", Where("三", 1)),
        Paragraph(2, "单位：件 12件", Where("三", 2), kind="caption"),
    ]
    found = find(paragraphs, Context("2021", 2022, AGENCY))
    assert [each.concept for each in found] == ["requests_received", "requests_settled"]
    assert [each.where.paragraph for each in found] == [1, 1]


@pytest.mark.parametrize(
    ("format", "sentence", "own"),
    [
        ("2021", "新收政府信息公开申请12件。", True),
        ("2021", "收到政府信息公开申请12件。", False),
        ("2021", "受理政府信息公开申请12件。", False),
        ("2014", "收到政府信息公开申请12件。", True),
        ("2014", "受理政府信息公开申请12件。", False),
        ("2021", "予以公开12件。", True),
    ],
)
def test_words_of_the_row_itself_are_told_from_others(format: str, sentence: str, own: bool) -> None:
    (found,) = find_in_text(sentence, Context(format, YEARS[format], AGENCY))
    assert found.own_words is own


def test_positions_count_through_the_whole_report() -> None:
    paragraphs = [
        Paragraph(0, "收到申请12件，其中自然人申请10件。", Where(paragraph=0)),
        Paragraph(1, "行政复议3件，其中维持2件。", Where(paragraph=1)),
    ]
    found = find(paragraphs, Context("2021", 2022, AGENCY))
    assert [each.position for each in found] == [0, 1, 2, 3]
    assert [each.of for each in found] == [(), (0,), (), (2,)]


def test_a_report_adds_up_what_no_cell_prints() -> None:
    from gongkai import documents
    from gongkai.proofing.reading import read_document
    from tests.proofing.reading_samples import as_html, report_of_2021

    document = documents.read(as_html(report_of_2021()), name="a.html")
    assert isinstance(document, documents.Document)
    report = read_document(document)
    assert isinstance(report, Report)
    assert report.number("requests.3.4.total") == 3
    assert report.number("requests.1.legal") == 3
    assert report.number("review_litigation.litigation.total") == 1
    assert report.number("requests.3.7.total") == 11
