"""The staff pages of the statistics: who may open them, and what they show."""

from __future__ import annotations

import hashlib
import io

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from gongkai.agencies.models import Agency, Officer, Post, PostHolding
from gongkai.agencies.permissions import CONTENT_ROLES
from tests.figures import factories as make

pytestmark = pytest.mark.django_db
PAGES = (
    "figures:table", "figures:export", "figures:records", "figures:rollup", "figures:export_rollup", "figures:frozen",
)  # fmt: skip


@pytest.fixture
def agency() -> Agency:
    return make.agency()


def signed_in(role: str, at: Agency) -> Client:
    client = Client()
    client.force_login(make.account_with(role, at))
    return client


def address(page: str, code: str, year: int = make.YEAR) -> str:
    return reverse(page, args=[code, year, *(["1.1"] if page == "figures:records" else [])])


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("role", CONTENT_ROLES)
def test_an_officer_can_open_the_figures_of_the_own_agency(agency: Agency, role: str, page: str) -> None:
    assert signed_in(role, agency).get(address(page, agency.code)).status_code == 200


@pytest.mark.parametrize("page", PAGES)
def test_a_supervisor_can_open_the_figures_of_an_agency_below(agency: Agency, page: str) -> None:
    below = make.agency(parent=agency)
    assert signed_in("supervisor", agency).get(address(page, below.code)).status_code == 200


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("role", ["office", "supervisor"])
def test_a_foreign_agency_answers_like_a_missing_one(agency: Agency, role: str, page: str) -> None:
    foreign = make.agency()
    client = signed_in(role, agency)
    answers = [client.get(address(page, code)) for code in (foreign.code, "no-such")]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert foreign.name not in answers[0].content.decode()


@pytest.mark.parametrize("page", PAGES)
def test_a_system_administrator_cannot_open_figures(agency: Agency, page: str) -> None:
    assert signed_in("system_administrator", agency).get(address(page, agency.code)).status_code == 404


@pytest.mark.parametrize("page", PAGES)
def test_a_stranger_is_sent_to_sign_in(agency: Agency, page: str) -> None:
    answer = Client().get(address(page, agency.code))
    assert answer.status_code == 302
    assert answer["Location"].startswith("/staff/sign-in/")


@pytest.mark.parametrize("year", [2007, 9999])
def test_a_year_that_cannot_be_is_missing(agency: Agency, year: int) -> None:
    assert signed_in("office", agency).get(address("figures:table", agency.code, year)).status_code == 404


@pytest.mark.parametrize("row", ["1.2", "1.9"])
def test_a_heading_and_an_unknown_row_have_no_records(agency: Agency, row: str) -> None:
    url = reverse("figures:records", args=[agency.code, make.YEAR, row])
    assert signed_in("office", agency).get(url).status_code == 404


def test_the_index_lists_the_years_of_readable_agencies_alone(agency: Agency) -> None:
    make.item(agency)
    make.enquiry(agency, received_on=make.MAY.replace(year=2018), answered_on=None)
    foreign = make.agency()
    make.item(foreign)
    page = signed_in("office", agency).get(reverse("figures:index")).content.decode()
    assert address("figures:table", agency.code, 2017) in page
    assert address("figures:table", agency.code, 2018) in page
    assert foreign.name not in page


def test_the_index_tells_an_officer_without_such_a_post_what_to_do(agency: Agency) -> None:
    answer = signed_in("system_administrator", agency).get(reverse("figures:index"))
    assert answer.status_code == 200
    assert "请联系系统管理员" in answer.content.decode()


def test_every_figure_links_to_its_records_and_a_blank_one_says_so(agency: Agency) -> None:
    make.item(agency)
    page = signed_in("office", agency).get(address("figures:table", agency.code)).content.decode()
    assert address("figures:records", agency.code) in page
    assert "未填" in page
    assert "以下登记簿本年度没有记录，也没有确认无事项，相应数值留空：" in page
    assert "依申请公开" in page


def test_the_table_takes_a_fixed_number_of_statements(
    agency: Agency, django_assert_max_num_queries: pytest.FixtureRequest
) -> None:
    make.sample_year(agency)
    client = signed_in("office", agency)
    # One a source of records, one a register, and what the shell asks; never one a record.
    with django_assert_max_num_queries(65):  # type: ignore[operator]  # a fixture of pytest-django without types
        client.get(address("figures:table", agency.code))


def test_records_show_their_day_and_lead_to_the_item(agency: Agency) -> None:
    item = make.item(agency, title="<b>示例</b>标题")
    page = signed_in("office", agency).get(address("figures:records", agency.code)).content.decode()
    assert reverse("publishing:item", args=[item.uid]) in page
    assert item.get_absolute_url() in page
    assert "2017-05-19" in page
    assert "&lt;b&gt;示例&lt;/b&gt;标题" in page


def test_records_come_in_pages(agency: Agency) -> None:
    make.count_work_orders(agency)
    for number in range(60):
        make.enquiry(agency, topic=f"来件{number:02d}")
    client = signed_in("office", agency)
    url = reverse("figures:records", args=[agency.code, make.YEAR, "2.1"])
    first, second = client.get(url).content.decode(), client.get(url, {"page": "2"}).content.decode()
    assert first.count("来件") == 50
    assert second.count("来件") == 10


def test_a_confirmed_zero_says_who_confirmed_it(agency: Agency) -> None:
    make.confirm(agency, "requests")
    url = reverse("figures:records", args=[agency.code, make.YEAR, "3.1"])
    assert "由示例复核人于2018年1月8日确认本年度无事项" in signed_in("office", agency).get(url).content.decode()


def test_the_export_holds_the_numbers_and_keeps_text_as_text(agency: Agency) -> None:
    make.item(agency)
    answer = signed_in("office", agency).get(address("figures:export", agency.code))
    sheet = load_workbook(io.BytesIO(answer.content)).active
    assert sheet is not None
    rows = {row[0].value: row for row in sheet.iter_rows()}
    assert rows["（一）主动公开政府信息数"][2].value == 1
    assert rows["（一）收到申请数"][2].value is None
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)


@pytest.mark.parametrize("page", ["figures:index", *(page for page in PAGES if page != "figures:frozen")])
def test_pages_are_only_read(agency: Agency, page: str) -> None:
    url = reverse(page) if page == "figures:index" else address(page, agency.code)
    assert signed_in("office", agency).post(url).status_code == 405


def test_the_table_names_a_relation_that_it_breaks_and_the_figures_concerned(agency: Agency) -> None:
    make.enquiry(agency, "hotline")
    make.count_work_orders(agency)
    make.item(agency, is_normative=True)
    page = signed_in("office", agency).get(address("figures:table", agency.code)).content.decode()
    assert "勾稽关系" in page
    assert "请核对" in page


def test_the_rollup_shows_the_sum_and_each_share(agency: Agency) -> None:
    below = make.agency(parent=agency, kind="institution")
    make.item(agency)
    make.item(below)
    make.item(below)
    client = signed_in("office", agency)
    assert (
        reverse("figures:rollup", args=[agency.code, make.YEAR])
        in client.get(address("figures:table", agency.code)).content.decode()
    )
    page = client.get(address("figures:rollup", agency.code)).content.decode()
    assert "另有1个单位" in page
    assert below.short_name not in page.split("</thead>")[0]
    account = make.account_with("office", agency)
    post = Post.objects.create(agency=below, role="office", title="办公室")
    PostHolding.objects.create(post=post, officer=Officer.objects.get(account=account), from_on=make.MAY)
    client.force_login(account)
    page = client.get(address("figures:rollup", agency.code)).content.decode()
    assert below.short_name in page
    assert "另有" not in page
    exported = load_workbook(io.BytesIO(client.get(address("figures:export_rollup", agency.code)).content))
    assert [row[2].value for row in exported.active.iter_rows() if row[0].value == "（一）主动公开政府信息数"] == [3]


def post(client: Client, code: str, **data: str) -> int:
    return client.post(address("figures:frozen", code), data).status_code


def test_the_office_freezes_and_a_second_officer_confirms_the_correction(agency: Agency) -> None:
    make.confirm(agency)
    office, head = signed_in("office", agency), signed_in("head", agency)
    assert "冻结2017年度的统计数据" in office.get(address("figures:frozen", agency.code)).content.decode()
    assert post(office, agency.code, act="freeze") == 302
    assert "没有差别" in office.get(address("figures:frozen", agency.code)).content.decode()
    assert "冻结（第1版）" in office.get(address("figures:table", agency.code)).content.decode()
    assert post(office, agency.code, act="amend", reason="") == 409
    assert post(office, agency.code, act="amend", reason="漏登会议") == 302
    make.meeting(agency)
    page = office.get(address("figures:frozen", agency.code))
    assert "待更正" in page.content.decode()
    digest = page.context["digest"]
    assert post(office, agency.code, act="confirm", digest=digest) == 409
    assert post(head, agency.code, act="confirm", digest=digest) == 302
    page = head.get(address("figures:frozen", agency.code)).content.decode()
    assert "会议数」由0变为1" in page
    kept = head.get(reverse("figures:snapshot", args=[agency.code, make.YEAR, 2])).content
    assert hashlib.sha256(kept).hexdigest() in page


@pytest.mark.parametrize("role", ["contributor", "department_head", "releaser", "auditor", "enquiry_officer"])
def test_who_may_not_freeze_sees_no_button_and_gets_no_act(agency: Agency, role: str) -> None:
    client = signed_in(role, agency)
    assert 'value="freeze"' not in client.get(address("figures:frozen", agency.code)).content.decode()
    assert post(client, agency.code, act="freeze") == 404
    assert post(signed_in("office", make.agency()), agency.code, act="freeze") == 404
    assert post(client, "no-such", act="freeze") == 404
    answers = [client.get(reverse("figures:snapshot", args=[code, make.YEAR, 1])) for code in (agency.code, "no-such")]
    assert [answer.status_code for answer in answers] == [404, 404]


@pytest.mark.parametrize(("code", "word"), [("publishing.area.none", "未填"), ("enquiries.hotline.reply_rate", "100")])
def test_a_number_of_the_text_opens_to_its_records(agency: Agency, code: str, word: str) -> None:
    make.enquiry(agency, "hotline")
    page = signed_in("office", agency).get(reverse("figures:records", args=[agency.code, make.YEAR, code]))
    assert page.status_code == 200
    assert word in page.content.decode()
