"""Staff pages of the registers: who may open what, what is shown, nothing typed is lost."""

from __future__ import annotations

import re
import uuid
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from gongkai.agencies.models import Role
from gongkai.enquiries.kinds import ENQUIRY, HOT_TOPIC
from gongkai.enquiries.models import Enquiry
from gongkai.inforequests.kinds import INFO_REQUEST, LAWSUIT, REPLY
from gongkai.inforequests.models import InfoRequest, Reply
from gongkai.periods.records import forms
from gongkai.periods.records.acts import enter_records, withdraw_record
from gongkai.periods.records.kinds import RecordKind
from gongkai.resources.kinds import FUND, OGI_OFFICE
from gongkai.resources.models import OgiOffice
from tests.asking import signed_in
from tests.cast import Cast
from tests.periods.records.rows import AT, LATER, SAMPLES, all_kinds, entered, unsaved

EVERY = pytest.mark.parametrize("kind", all_kinds(), ids=lambda kind: kind.slug)
# One with most fields, one below another record, one of money, one of cases; tests/matrix asks for every register.
SOME = pytest.mark.parametrize("kind", [ENQUIRY, REPLY, FUND, LAWSUIT], ids=lambda kind: kind.slug)
READING = {role for role in Role if role != Role.SYSTEM_ADMINISTRATOR}


def without_token(page: bytes) -> bytes:
    """A page without the token against forged forms, which differs each time."""
    return re.sub(rb'csrfmiddlewaretoken" value="[^"]*"', b"", page)


def page_of(kind: RecordKind, page: str, uid: object) -> str:
    return reverse(kind.address(page), args=[uid])


@pytest.mark.one_database  # who opens what: the rules are the same on both
@SOME
def test_pages_of_a_register_by_role_and_object(cast: Cast, kind: RecordKind) -> None:
    """Own records by role; foreign and missing ones answer alike, on every page and for every act."""
    own, foreign = entered(kind, cast.agency), entered(kind, cast.other_agency)
    for role, account in cast.accounts.items():
        client = signed_in(account)
        reads, keeps = role in READING, role in kind.roles
        assert client.get(page_of(kind, "record", own.uid)).status_code == (200 if reads else 404), role
        assert client.get(page_of(kind, "correct", own.uid)).status_code == (200 if keeps else 404), role
        assert client.get(reverse(kind.address())).status_code == 200
        if not kind.parent:
            assert client.get(reverse(kind.address("new"))).status_code == (200 if keeps else 404), role
        if role == Role.SUPERVISOR:
            continue
        for page in ("record", "correct", "withdraw"):
            method = client.post if page == "withdraw" else client.get
            answers = [method(page_of(kind, page, uid), {"reason": "核对"}) for uid in (foreign.uid, uuid.uuid4())]
            assert [answer.status_code for answer in answers] == [404, 404]
            assert without_token(answers[0].content) == without_token(answers[1].content)
        listed = client.get(reverse(kind.address())).content.decode()
        assert (str(own.uid) in listed) is reads
        assert str(foreign.uid) not in listed
    foreign.refresh_from_db()
    assert foreign.withdrawn_at is None
    assert not Client().get(page_of(kind, "record", own.uid)).content.count(str(own).encode())


@EVERY
def test_a_supervisor_reads_lower_agencies_and_changes_nothing(cast: Cast, kind: RecordKind) -> None:
    record = entered(kind, cast.other_agency)
    client = signed_in(cast.supervisor)
    assert client.get(page_of(kind, "record", record.uid)).status_code == 200
    assert client.get(page_of(kind, "correct", record.uid)).status_code == 404
    assert client.post(page_of(kind, "withdraw", record.uid), {"reason": "核对"}).status_code == 404


@EVERY
def test_a_record_is_entered_by_its_form(cast: Cast, kind: RecordKind) -> None:
    row = unsaved(kind, cast.agency)
    typed = {name: value for name, value in SAMPLES[kind.model].items() if name != kind.parent}
    address = reverse(kind.address("new"))
    if kind.parent:
        address += f"?of={getattr(row, kind.parent).uid}"
    response = signed_in(cast.office).post(address, typed)
    record: Any = kind.model.objects.get()
    assert response.status_code == 302, response.content.decode()
    for name, value in typed.items():
        assert getattr(record, name) == value
    page = signed_in(cast.office).get(page_of(kind, "record", record.uid)).content.decode()
    assert f"登记{kind.label}「{record}」" in page


@pytest.mark.parametrize("of", ["", "no-uid", "c426298f-e34a-487d-8f95-764c17f05d7d"])
def test_a_reply_without_its_request_does_not_exist(cast: Cast, of: str) -> None:
    response = signed_in(cast.request_officer).get(reverse(REPLY.address("new")), {"of": of})
    assert response.status_code == 404


def test_a_reply_under_a_foreign_request_does_not_exist(cast: Cast) -> None:
    foreign = entered(INFO_REQUEST, cast.other_agency)
    response = signed_in(cast.request_officer).get(reverse(REPLY.address("new")), {"of": str(foreign.uid)})
    assert response.status_code == 404


def test_what_was_typed_stays_when_a_field_is_wrong_and_when_the_act_refuses(cast: Cast) -> None:
    client = signed_in(cast.enquiry_officer)
    typed = {"channel": "mailbox", "number": "XX-7", "topic": "停车位", "received_on": "2017-13-01"}
    response = client.post(reverse(ENQUIRY.address("new")), typed)
    assert response.status_code == 422
    assert "XX-7" in response.content.decode()
    response = client.post(reverse(ENQUIRY.address("new")), {**typed, "received_on": "2999-01-01"})
    assert response.status_code == 409
    text = response.content.decode()
    assert "收到日期不能晚于今天" in text
    assert "停车位" in text
    assert not Enquiry.objects.exists()


def test_a_correction_without_reason_is_refused_and_keeps_what_was_typed(cast: Cast) -> None:
    office = entered(OGI_OFFICE, cast.agency)
    client = signed_in(cast.office)
    typed = {"name": "信息公开办公室", "from_on": "2017-03-01", "to_on": ""}
    response = client.post(page_of(OGI_OFFICE, "correct", office.uid), typed)
    assert response.status_code == 409
    assert "请写明原因" in response.content.decode()
    assert "信息公开办公室" in response.content.decode()
    response = client.post(page_of(OGI_OFFICE, "correct", office.uid), {**typed, "reason": "名称写错"})
    assert response.status_code == 302
    assert OgiOffice.objects.get().name == "信息公开办公室"


def test_a_withdrawn_record_keeps_its_page_and_leaves_the_list(cast: Cast) -> None:
    office = entered(OGI_OFFICE, cast.agency)
    client = signed_in(cast.office)
    address = page_of(OGI_OFFICE, "withdraw", office.uid)
    assert client.post(address, {"reason": ""}).status_code == 422
    assert client.post(address, {"reason": "重复登记"}).status_code == 302
    page = client.get(page_of(OGI_OFFICE, "record", office.uid)).content.decode()
    assert "原因：重复登记" in page
    assert address not in page
    listing = reverse(OGI_OFFICE.address())
    assert str(office.uid) not in client.get(listing).content.decode()
    assert str(office.uid) in client.get(listing, {"state": "withdrawn"}).content.decode()
    assert client.post(address, {"reason": "再次"}).status_code == 409


def test_a_request_with_replies_says_why_it_cannot_be_withdrawn(cast: Cast) -> None:
    reply = entered(REPLY, cast.agency)
    client = signed_in(cast.request_officer)
    page = client.get(page_of(INFO_REQUEST, "record", reply.request.uid)).content.decode()
    assert "还关联着答复的记录" in page
    assert f"{reverse(REPLY.address('new'))}?of={reply.request.uid}" in page
    assert f"登记答复「{reply}」" in page


def test_a_list_is_searched_filtered_by_year_and_exported(cast: Cast) -> None:
    entered(ENQUIRY, cast.agency, number="RX-1", topic="电梯停运")
    entered(ENQUIRY, cast.agency, number="RX-2", topic="停车", channel="weibo", received_on="2016-05-03")
    client = signed_in(cast.enquiry_officer)
    address = reverse(ENQUIRY.address())

    def numbers(**query: str) -> set[str]:
        return set(re.findall(r">(RX-\d)<", client.get(address, query).content.decode()))

    assert numbers() == {"RX-1", "RX-2"}
    assert numbers(q="电梯") == {"RX-1"}
    assert numbers(year="2016") == {"RX-2"}
    assert numbers(channel="hotline") == {"RX-1"}
    assert numbers(counts_as_response="true") == set()
    assert numbers(year="99999") == set()
    book = openpyxl.load_workbook(BytesIO(client.get(address, {"export": "xlsx", "q": "电梯"}).content))
    cells = [[cell.value for cell in row] for row in book.worksheets[0].iter_rows()]
    assert [row[:3] for row in cells][-1] == ["RX-1", "政务热线", "电梯停运"]


@SOME
def test_a_list_takes_the_same_number_of_statements_for_any_length(
    cast: Cast, kind: RecordKind, django_assert_max_num_queries: Any
) -> None:
    rows = [unsaved(kind, cast.agency, number) for number in range(1, 41)]
    enter_records(agency=cast.agency, rows=rows, by=None, at=AT)
    client = signed_in(cast.supervisor)
    with django_assert_max_num_queries(30):
        assert client.get(reverse(kind.address())).status_code == 200


def test_the_page_of_a_request_takes_a_bounded_number_of_statements(
    cast: Cast, django_assert_max_num_queries: Any
) -> None:
    request = entered(INFO_REQUEST, cast.agency)
    rows = [Reply(request=request, served_on=LATER, outcome="granted") for _number in range(30)]
    enter_records(agency=cast.agency, rows=rows, by=None, at=AT)
    client = signed_in(cast.request_officer)
    with django_assert_max_num_queries(45):
        assert client.get(page_of(INFO_REQUEST, "record", request.uid)).status_code == 200


def test_many_requests_are_named_by_their_number(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forms, "CHOICES_SHOWN", 1)
    entered(INFO_REQUEST, cast.agency)
    second = entered(INFO_REQUEST, cast.agency, 2)
    client = signed_in(cast.request_officer)
    typed = {"number": "SS1", "filed_on": "2017-03-21", "request": "没有这个编号"}
    response = client.post(reverse(LAWSUIT.address("new")), typed)
    assert response.status_code == 422
    assert "没有这个申请编号的记录" in response.content.decode()
    client.post(reverse(LAWSUIT.address("new")), {**typed, "request": second.number})
    assert LAWSUIT.model.objects.get().request == second  # type: ignore[attr-defined]  # a lawsuit names a request
    page = client.get(page_of(LAWSUIT, "correct", LAWSUIT.model.objects.get().uid)).content.decode()
    assert f'value="{second.number}"' in page


def test_a_choice_offers_standing_records_of_the_own_agency_only(cast: Cast) -> None:
    entered(HOT_TOPIC, cast.other_agency, topic="外机构的热点")
    withdraw_record(record=entered(HOT_TOPIC, cast.agency, topic="撤销的热点"), reason="重复", by=None, at=AT)
    entered(HOT_TOPIC, cast.agency, topic="本机构的热点")
    page = signed_in(cast.enquiry_officer).get(reverse(ENQUIRY.address("new"))).content.decode()
    assert "本机构的热点" in page
    assert "外机构的热点" not in page
    assert "撤销的热点" not in page


@pytest.mark.parametrize(
    ("who", "codes"),
    [
        ("request_officer", {"申请", "来信来电"}),
        ("supervisor", {"申请", "来信来电"}),
        ("system_administrator", {"设置"}),
    ],
)
def test_the_menu_shows_what_an_officer_may_open(cast: Cast, who: str, codes: set[str]) -> None:
    page = signed_in(getattr(cast, who)).get("/staff/").content.decode()
    menu = page[page.index('class="menu"') :].split("</nav>")[0]
    assert {word for word in ("申请", "来信来电", "设置") if f">{word}<" in menu} == codes


@pytest.mark.parametrize("name", ["enquiries:index", "inforequests:index", "resources:index"])
def test_the_entrance_of_a_package_leads_to_its_first_register(cast: Cast, name: str) -> None:
    response = signed_in(cast.office).get(reverse(name), follow=True)
    assert response.status_code == 200
    assert "年度登记情况" in response.content.decode()


def test_personal_data_has_no_place_in_a_request() -> None:
    assert not [field.name for field in InfoRequest._meta.fields if "name" in field.name or "phone" in field.name]
