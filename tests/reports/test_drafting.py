"""The draft of the annual report: every number is a figure, every sentence depends on what it says."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from gongkai.agencies.models import Agency
from gongkai.enquiries.models import Enquiry
from gongkai.figures import statutory
from gongkai.publishing.models import Item
from gongkai.reports.drafting import NAMES, FigurePart, Report, ReportRefused, draft, figure_codes
from gongkai.reports.outlines import TOKEN, outline_for, outlines
from gongkai.reports.rendering import findings_of
from gongkai.resources.models import OgiOffice, StaffMember, Visit
from tests.figures import factories as make

HEADINGS = [
    "概述",
    "政府信息公开的组织领导和制度建设情况",
    "发布解读、回应社会关切以及互动交流情况",
    "重点领域政府信息公开工作推进情况",
    "主动公开政府信息以及公开平台建设情况",
    "政府信息公开申请办理情况",
    "政府信息公开收费及减免情况",
    "因政府信息公开申请行政复议、提起行政诉讼和申诉情况",
    "政府信息公开保密审查及监督检查情况",
    "所属事业单位信息公开工作推进情况",
    "政府信息公开工作存在的主要问题及改进情况",
]


@pytest.fixture
def sample(db: None) -> Agency:
    agency = make.agency(name="示例区房产服务中心", is_sample=True)
    make.sample_year(agency)
    return agency


def text_of(report: Report) -> str:
    return "\n".join(paragraph.text for paragraph in report.paragraphs())


def test_the_sample_report_has_eleven_sections_in_order(sample: Agency) -> None:
    report = draft(sample, 2017)
    assert [section.heading for section in report.sections] == HEADINGS
    assert [section.ordinal for section in report.sections][9:] == ["十", "十一"]
    assert all(paragraph.parts for section in report.sections for paragraph in section.paragraphs)
    assert report.title == "示例区房产服务中心2017年政府信息公开工作年度报告"
    assert report.dated_on is None


def test_the_sample_report_says_what_the_records_say(sample: Agency) -> None:
    text = text_of(draft(sample, 2017))
    for sentence in (
        "本单位主动公开政府信息53条，制发规范性文件1件，发布政策解读稿件1篇",
        "全年回应公众关切136次，答复的政务热线工单和信访件计入其中：政务热线工单130件、信访件6件。",
        "政务热线转来工单130件，已全部答复，答复率100%",
        "信访系统转来信访件6件，已全部办结，办结率100%",
        "列入本单位板块的49条、列入公共栏目的4条",
        "电子化率100%",
        "本年度没有收到政府信息公开申请",
        "没有因政府信息公开被申请行政复议、被提起行政诉讼的案件",
    ):
        assert sentence in text


def test_a_report_without_blanks_has_no_warning(sample: Agency) -> None:
    assert draft(sample, 2017).warnings == ()


def test_the_setting_s_note_stands_under_the_table(sample: Agency) -> None:
    report = draft(sample, 2017)
    assert report.notes == statutory.compute([sample], 2017)[sample.pk].notes
    assert len(report.notes) == 1


def test_every_number_of_the_text_is_a_figure_with_its_definition(sample: Agency) -> None:
    report = draft(sample, 2017)
    for paragraph in report.paragraphs():
        for part in paragraph.parts:
            if isinstance(part, FigurePart):
                assert part.figure.definition
            else:
                words = re.sub(r"201[78]年(1月1日|12月31日)?", "", part.text.replace(sample.name, ""))
                assert not re.search(r"\d", words), part.text


REMOVALS: list[tuple[str, Callable[[Agency], object], list[str]]] = [
    ("an item", lambda a: Item.objects.filter(agency=a, interprets=None, is_normative=False).last(), ["1.1"]),
    ("the interpretation", lambda a: Item.objects.get(agency=a, interprets__isnull=False), ["1.1", "2.2.3"]),
    ("a work order", lambda a: Enquiry.objects.filter(agency=a, channel="hotline").first(), ["2.1"]),
    ("a petition", lambda a: Enquiry.objects.filter(agency=a, channel="petition").first(), ["2.1"]),
    ("the office", lambda a: OgiOffice.objects.get(agency=a), ["8.1"]),
    ("the visit", lambda a: Visit.objects.get(agency=a), ["8.3"]),
    ("a member of staff", lambda a: StaffMember.objects.filter(agency=a).first(), ["8.4"]),
]


@pytest.mark.parametrize(("find", "codes"), [case[1:] for case in REMOVALS], ids=[case[0] for case in REMOVALS])
def test_removing_a_record_changes_every_paragraph_that_depends_on_it(
    sample: Agency, find: Callable[[Agency], object], codes: list[str]
) -> None:
    before = draft(sample, 2017)
    record = find(sample)
    if isinstance(record, Item):
        record.channels.all().delete()
        record.columns.clear()
    record.delete()  # type: ignore[attr-defined]  # each case gives a record
    after = draft(sample, 2017)
    dependent = [
        index
        for index, paragraph in enumerate(before.paragraphs())
        if any(isinstance(part, FigurePart) and part.figure.code in codes for part in paragraph.parts)
    ]
    unchanged = {paragraph.text for paragraph in after.paragraphs()}
    assert dependent
    assert all(before.paragraphs()[index].text not in unchanged for index in dependent)


def test_an_unanswered_work_order_changes_sentence_and_rate(sample: Agency) -> None:
    order = Enquiry.objects.filter(agency=sample, channel="hotline")[0]
    order.answered_on = None
    order.save()
    text = text_of(draft(sample, 2017))
    assert "政务热线转来工单130件，已答复129件，答复率99.23%" in text
    assert "有的政务热线工单还没有答复" in text


def test_a_blank_figure_is_printed_as_missing_with_a_warning_and_never_as_zero(db: None) -> None:
    agency = make.agency()
    report = draft(agency, 2017)
    text = text_of(report)
    assert "主动公开政府信息（未填）条" in text
    assert "收到政府信息公开申请（未填）件" in text
    assert "没有收到" not in text
    assert "收到申请数（第3.1行）、申请办结数（第3.2行）" in report.warnings[-1]
    assert "政务热线收到数" in report.warnings[-1]
    assert [section.heading for section in report.sections] == HEADINGS
    assert all(section.paragraphs for section in report.sections)


def test_the_parts_of_the_responses_add_up_to_what_is_said(sample: Agency) -> None:
    make.hot_topic(sample, "weibo")
    report = draft(sample, 2017)
    text = text_of(report)
    assert "回应公众关切137次" in text
    assert "：政务热线工单130件、信访件6件、其他公众关切1次。" in text
    assert [found.message for found in findings_of(report) if found.severity == "error"] == []


def test_a_part_that_is_nothing_is_left_out_and_no_zero_stands_in_the_text(db: None) -> None:
    agency = make.agency()
    make.confirm(agency)
    make.agency(kind="institution", parent=agency)
    make.item(agency)
    make.request(agency)
    make.lawsuit(agency, concluded_on=None)
    make.reading_point(agency)
    make.staff(agency)
    make.transfer(agency, "paper")
    make.news_conference(agency)
    report = draft(agency, 2017)
    text = text_of(report)
    assert {figure.code for figure in report.figures().values() if figure.value == 0} <= {"fees.charged"}
    for sentence in (
        "收到政府信息公开申请1件，年内没有办结的。",
        "从事政府信息公开工作的人员1人，其中专职1人。",
        "参加或者举办新闻发布会1次。",
        "因政府信息公开被提起行政诉讼1件：其他情形1件。",
        "设有政府信息公开查阅点1个，全年没有人前来查阅。",
        "本单位有所属事业单位1个，全年没有主动公开政府信息。",
        "补录的有1条，还没有经另一名工作人员复核。",
    ):
        assert sentence in text


def test_a_year_confirmed_empty_says_that_there_was_nothing(db: None) -> None:
    agency = make.agency()
    make.confirm(agency)
    report = draft(agency, 2017)
    text = text_of(report)
    assert "（未填）" not in text
    assert report.warnings == ()
    assert "2017年，本单位没有主动公开政府信息" in text
    assert "全年没有需要回应的公众关注热点或者重大舆情" in text
    assert all(section.paragraphs for section in report.sections)


@pytest.mark.parametrize("year", [2013, 2016, 2018, 2025])
def test_a_year_without_outline_is_refused_in_one_sentence(sample: Agency, year: int) -> None:
    with pytest.raises(ReportRefused) as refused:
        draft(sample, year)
    [refusal] = refused.value.refusals
    assert str(year) in refusal.sentence
    assert "\n" not in refusal.sentence


def test_outlines_name_only_figures_that_exist(db: None) -> None:
    for outline in outlines():
        known = figure_codes(outline)
        for sentence in outline.sentences():
            tokens = {token for text in sentence.texts for token in TOKEN.findall(text)}
            assert tokens <= known | NAMES, sentence.text
            assert {part.figure for part in sentence.each} <= known
            for condition in sentence.when:
                if condition.test not in ("on", "off"):
                    assert {condition.left, condition.right or condition.left} <= known


def test_outlines_hold_no_number_outside_a_token() -> None:
    for outline in outlines():
        for sentence in outline.sentences():
            assert not re.search(r"[0-9０-９]", TOKEN.sub("", "".join(sentence.texts))), sentence.text


def test_the_outline_of_2017_has_the_eleven_headings() -> None:
    outline = outline_for(2017)
    assert outline is not None
    assert [section.heading for section in outline.sections] == HEADINGS
