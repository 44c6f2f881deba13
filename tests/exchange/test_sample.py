"""The sample year: its workbook is what the generator writes, its days are working days, its figures are the report's."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from pathlib import Path

import pytest
from django.utils import timezone
from openpyxl import load_workbook
from stdnum.cn import uscc

from gongkai.accounts.models import Account
from gongkai.agencies.models import Agency, PostHolding, Role
from gongkai.enquiries.models import Enquiry
from gongkai.exchange import sample
from gongkai.exchange.sample_workbook import DATA, ORGANISATION, SAMPLE_WORKBOOK, write_sample
from gongkai.figures.statutory import compute
from gongkai.publishing.content import content_of
from gongkai.publishing.models import Attachment, ColumnKind, Item, ItemState
from gongkai.review.chains import SIX_STEPS
from gongkai.review.gate import refusals_of_gate
from gongkai.review.models import Approval, ApprovalSheet
from gongkai.review.worklist import waiting_for
from gongkai.rules.calendar import Calendar
from gongkai.rules.identifiers import organisation_code, parse_index_number
from tests import servers

REPORT = Path(__file__).resolve().parents[2] / ".." / "shared" / "seed" / "annual-report-2017.txt"
AGENCIES = (sample.GOVERNMENT, sample.HOUSING, sample.CITY_SERVICE)
DAY_HEADERS = ("成文日期", "发布日期", "政府网站日期", "收到日期", "答复日期", "办结日期", "日期", "现场张贴日期")


def rows(sheet: str) -> list[dict[str, object]]:
    """The rows of a sheet of the committed workbook, by header."""
    page = load_workbook(SAMPLE_WORKBOOK)[sheet]
    headers, *values = page.iter_rows(values_only=True)
    return [dict(zip(map(str, headers), row, strict=True)) for row in values]


def test_sample_workbook_is_what_the_generator_writes(tmp_path: Path) -> None:
    write_sample(tmp_path / "sample.xlsx")
    written, kept = load_workbook(tmp_path / "sample.xlsx"), load_workbook(SAMPLE_WORKBOOK)
    assert written.sheetnames == kept.sheetnames
    for page in written:
        assert list(page.iter_rows(values_only=True)) == list(kept[page.title].iter_rows(values_only=True))


def test_sample_days_are_working_days_of_the_year() -> None:
    calendar = Calendar.standard()
    days = [
        (sheet, header, row[header].date())
        for sheet in ("公开信息", "政务热线工单", "信访件", "接待查阅")
        for row in rows(sheet)
        for header in DAY_HEADERS
        if isinstance(row.get(header), dt.datetime)
    ]
    assert len(days) > 500
    assert [each for each in days if each[2].year != 2017 or not calendar.is_working_day(each[2])] == []


def test_sample_items_are_on_the_boards_of_the_report() -> None:
    columns = Counter(row["栏目"] for row in rows("公开信息"))
    board = {code: name for code, name, kind in sample.COLUMNS["sl-zfbz"] if kind == ColumnKind.BOARD}
    assert sum(columns.values()) == 53
    assert sum(columns[name] for name in board.values()) == 49
    assert columns["住房保障"] > columns["房屋征收"] > 10 > columns["物业管理"] > 0
    assert len({row["名称"] for row in rows("公开信息")}) == 53
    assert len({row["正文"] for row in rows("公开信息")}) == 53
    assert all(len(str(row["正文"]).splitlines()) >= 3 for row in rows("公开信息"))


def test_sample_items_posted_on_site_are_on_the_website_too() -> None:
    posted = [row for row in rows("公开信息") if row["现场张贴日期"]]
    assert len(posted) == 3
    assert all(row["现场张贴地点"] and row["政府网站日期"] <= row["现场张贴日期"] for row in posted)


def test_sample_interpretation_follows_its_policy_within_7_working_days() -> None:
    items = {row["索引号"]: row for row in rows("公开信息")}
    interpretations = [row for row in items.values() if row["解读的文件索引号"]]
    assert len(interpretations) == 1
    policy = items[interpretations[0]["解读的文件索引号"]]
    assert policy["行政规范性文件"] == "是"
    published, explained = policy["发布日期"], interpretations[0]["发布日期"]
    assert isinstance(published, dt.datetime)
    assert isinstance(explained, dt.datetime)
    assert 0 < Calendar.standard().count_working_days(published.date(), explained.date()) <= 7


def test_sample_index_numbers_have_the_agency_s_code() -> None:
    codes = {parse_index_number(str(row["索引号"])).code for row in rows("公开信息")}
    assert codes == {ORGANISATION} == {organisation_code(sample.HOUSING["credit_code"])}


@pytest.mark.parametrize("facts", AGENCIES, ids=lambda facts: facts["code"])
def test_sample_agencies_are_invented_with_valid_check_characters(facts: dict[str, str]) -> None:
    assert uscc.is_valid(facts["credit_code"])
    assert organisation_code(facts["credit_code"]) == facts["credit_code"][8:17]
    assert facts["credit_code"][2:8] == "990101"
    assert "示例" in facts["name"]
    assert all("示例" in person.name for person in sample.PEOPLE)


def test_sample_district_has_every_role_and_the_year_s_figures(district: servers.Demo) -> None:
    assert {account.role for account in district.people} == {role.value for role in Role}
    assert len({account.password for account in district.people}) == len(district.people)
    agency = Agency.objects.get(code="sl-zfbz")
    table = compute([agency], 2017)[agency.pk]
    values = {row.code: row.value for row in table.rows if row.value is not None}
    assert len(values) == 65
    assert {code: value for code, value in values.items() if value} == {
        "1.1": 53,
        "1.1.1": 1,
        "1.1.2": 1,
        "1.2.2": 53,
        "1.2.5": 3,  # posted on site as well; the printed report leaves this row blank
        "2.1": 136,
        "2.2.3": 1,
        "2.2.5": 136,
        "8.1": 1,
        "8.2": 1,
        "8.3": 1,
        "8.4": 2,
        "8.4.1": 1,
        "8.4.2": 1,
    }
    assert len(table.notes) == 1


def test_sample_history_is_public_by_a_second_officer(district: servers.Demo) -> None:
    history = Item.objects.filter(entered_as_history=True)
    assert history.filter(published_on__year=2017).count() == 53
    assert not history.to_confirm().exists()
    assert all(item.confirmed_by_id not in (None, item.drafter_id) for item in history)


def test_sample_drafts_are_seen_in_their_agency_alone(district: servers.Demo) -> None:
    drafts = Item.objects.filter(state=ItemState.DRAFTED)
    assert {draft.agency.code for draft in drafts} == {"sl-csfw", "sl-zfbz"}
    for account in district.people:
        seen = Item.objects.visible_to(Account.objects.get(username=account.username)).filter(state=ItemState.DRAFTED)
        assert {item.agency.code for item in seen} <= (
            {account.agency} if account.role != Role.SUPERVISOR else {"sl-csfw", "sl-zfbz"}
        )


@pytest.mark.parametrize("role", [step for plan in SIX_STEPS for step in plan.roles])
def test_sample_every_officer_of_the_six_steps_finds_something_to_do(district: servers.Demo, role: str) -> None:
    person = next(one for one in district.people if (one.role, one.agency) == (role, "sl-zfbz"))
    assert waiting_for(Account.objects.get(username=person.username))


def test_sample_content_is_returned_waits_at_every_step_and_is_released(district: servers.Demo) -> None:
    states = Counter(
        (approval.agency.code, approval.state, approval.position)
        for approval in Approval.objects.select_related("agency")
    )
    assert {step for code, state, step in states if (code, state) == ("sl-zfbz", "in_review")} == {1, 2, 3, 4, 5}
    assert {step for code, state, step in states if (code, state) == ("sl-csfw", "in_review")} == {1, 2, 3}
    assert {state for code, state, _step in states if code == "sl-zfbz"} == {"in_review", "returned", "released"}


def test_sample_has_an_attachment_a_sheet_and_a_number_that_stops_a_release(district: servers.Demo) -> None:
    attachment = Attachment.objects.get()
    assert attachment.item.state == ItemState.IN_REVIEW
    assert ApprovalSheet.objects.get().entries.get().approval.position == 4
    stopped = [
        item.title
        for item in Item.objects.filter(state=ItemState.IN_REVIEW).select_related("agency")
        if refusals_of_gate(content_of(item), item.agency)
    ]
    assert stopped == ["示例安居苑维修改造施工期间安置事项的通知"]


def test_sample_three_persons_take_the_merged_chain(district: servers.Demo) -> None:
    holdings = PostHolding.objects.filter(post__agency__code="sl-csfw")
    roles: dict[str, set[str]] = {}
    for holding in holdings.select_related("post", "officer__account"):
        roles.setdefault(holding.officer.account.username, set()).add(holding.post.role)
    assert roles["csfw-xinxiyuan"] == {Role.CONTRIBUTOR}
    assert roles["csfw-bangongshi"] == {Role.OFFICE, Role.RELEASER}
    assert roles["csfw-zhuyao"] == {Role.HEAD}


def test_sample_recent_years_have_records_of_every_agency_on_working_days(district: servers.Demo) -> None:
    calendar, today = Calendar.standard(), timezone.localdate()
    for agency in Agency.objects.without_tree_fields():
        for year in (year for year in (2025, 2026) if year < today.year):
            own = Item.objects.filter(agency=agency, published_on__year=year)
            assert own.count() >= 10
            assert len(set(own.values_list("title", flat=True))) == own.count()
            assert compute([agency], year)[agency.pk].rows
    items = Item.objects.filter(published_on__year__gte=2025, entered_as_history=True)
    days = [day for item in items for day in (item.written_on, item.published_on)]
    enquiries = Enquiry.objects.filter(received_on__year__gte=2025)
    days += [day for one in enquiries for day in (one.received_on, one.answered_on, one.settled_on)]
    assert [day for day in days if day is not None and (day > today or not calendar.is_working_day(day))] == []


def test_sample_interpretations_follow_their_policies(district: servers.Demo) -> None:
    explained = Item.objects.filter(interprets__isnull=False, published_on__year__gte=2025)
    assert explained.count() >= 3
    for item in explained.select_related("interprets"):
        assert item.interprets is not None
        assert 0 < Calendar.standard().count_working_days(item.interprets.published_on, item.published_on) <= 7


@pytest.mark.skipif(not REPORT.exists(), reason="../shared is absent: the report is not in the repository")
def test_sample_takes_no_sentence_from_the_real_report() -> None:
    report = "".join(REPORT.read_text(encoding="utf-8").split())
    texts = [str(row["正文"]) for row in rows("公开信息")]
    texts += [agency[name] for agency in AGENCIES for name in ("guide", "duties")]
    texts += [file.read_text(encoding="utf-8") for file in sorted(DATA.glob("sample-*.toml"))]
    sentences = {part for text in texts for part in "".join(text.split()).replace("，", "。").split("。")}
    assert [part for part in sentences if len(part) >= 12 and part in report] == []
