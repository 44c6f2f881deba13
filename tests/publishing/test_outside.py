"""Publication on a platform outside: the package is an exit, the record makes the item public, addresses are checked."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from dataclasses import replace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import Workbook, load_workbook

from gongkai.audit.acts import timeline
from gongkai.publishing import acts, package
from gongkai.publishing.acts.outside import refusals_of_address
from gongkai.publishing.content import OBJECT_KIND, content_of
from gongkai.publishing.models import AgencyPractice, Column, Item, Numbering, PublicationMode
from gongkai.publishing.practice import practice_of
from gongkai.rules.refusals import ActRefused
from tests.asking import codes, signed_in
from tests.cast import Cast
from tests.publishing.rows import AT, CREDIT_CODE, digest, practice, prepare, published, submitted

NUMBER = f"{CREDIT_CODE}/2017-00031"
URL = "https://www.sample.invalid/art/2017/5/19/art_1.html"
LATER = AT + dt.timedelta(hours=2)


def signed(cast: Cast, **changes: Any) -> Item:
    """An item at its release, of an agency that publishes outside."""
    column = prepare(cast)
    practice(cast, mode=PublicationMode.OUTSIDE, numbering=Numbering.RECORDED)
    item = submitted(cast, column, **changes)
    for by in (cast.office, cast.head):
        acts.agree(item=item, digest=digest(item), by=by, secrecy="clear", at=AT)
    return item


def record(cast: Cast, item: Item, **changes: Any) -> Item:
    values: dict[str, Any] = {
        "digest": digest(item),
        "url": URL,
        "published_at": AT + dt.timedelta(hours=1),
        "index_number": NUMBER,
        "by": cast.releaser,
        "at": LATER,
    }
    return acts.record_outside_publication(item=item, **(values | changes))


def workbook(*values: str) -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(list(values))
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def test_the_package_holds_exactly_the_approved_content(cast: Cast) -> None:
    item = signed(cast, title="=关于配租的通告")
    made = acts.take_package(item=item, by=cast.releaser, at=AT)
    assert made.digest == digest(item)
    with zipfile.ZipFile(io.BytesIO(made.data)) as archive:
        names = archive.namelist()
        page = archive.read("正文.html").decode()
        sheet = load_workbook(io.BytesIO(archive.read("导入表.xlsx"))).active
        sums = archive.read("校验值.txt").decode()
    assert names == ["正文.html", "正文.txt", "导入表.xlsx", "校验值.txt"]
    assert item.body in page
    assert digest(item) in sums
    assert sheet is not None
    assert (sheet["A1"].value, sheet["A2"].value, sheet["A2"].data_type) == ("名称", "=关于配租的通告", "s")
    assert timeline(OBJECT_KIND, str(item.uid))[-1].sentence.startswith("取走外部平台发布包")
    assert Item.objects.public().count() == 0


def test_the_package_names_a_policy_only_while_everyone_may_read_it(cast: Cast) -> None:
    policy = submitted(cast, prepare(cast), title="示例草案甲")
    content = content_of(Item.objects.get(pk=policy.pk))
    content = replace(content, title="解读", metadata=content.metadata | {"interprets": str(policy.uid)})
    assert "示例草案甲" not in [field.value for field in package.fields(str(policy.uid), content, cast.agency)]
    public = published(cast, Column.objects.get(), title="示例办法乙")
    content = replace(content, metadata=content.metadata | {"interprets": str(public.uid)})
    assert "示例办法乙" in [field.value for field in package.fields(str(policy.uid), content, cast.agency)]


def test_a_control_character_does_not_stop_the_template() -> None:
    made = package._fill(workbook("{名称}"), [package.Field("名称", "配租\x0b公告")])
    sheet = load_workbook(io.BytesIO(made)).active
    assert sheet is not None
    assert sheet["A1"].value == "配租公告"


def test_the_record_makes_the_item_public_from_the_time_on_the_platform(cast: Cast) -> None:
    item = record(cast, signed(cast))
    item.refresh_from_db()
    assert (item.state, item.published_on, item.index_number) == ("published", dt.date(2017, 5, 19), NUMBER)
    assert item.published_on_source == "外部平台发布：www.sample.invalid"
    page = Client().get(item.get_absolute_url()).content.decode()
    assert f'<a href="{URL}" rel="noopener noreferrer external">' in page
    assert [channel.kind for channel in item.channels.all()] == ["website"]
    assert "在外部平台发布" in timeline(OBJECT_KIND, str(item.uid))[-1].sentence


@pytest.mark.one_database
@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"url": "ftp://www.sample.invalid/a"}, "bad_address"),
        ({"published_at": AT + dt.timedelta(days=1)}, "published_in_future"),
        ({"published_at": AT - dt.timedelta(hours=1)}, "published_before_signed"),
        ({"index_number": ""}, "number_missing"),
        ({"index_number": "17号"}, "bad_number"),
        ({"index_number": f"{CREDIT_CODE}/2017-1234567"}, "number_too_high"),
        ({"by": "office"}, "not_your_step"),
    ],
)
def test_record_outside_refuses_what_cannot_be(cast: Cast, changes: dict[str, Any], code: str) -> None:
    item = signed(cast)
    if "by" in changes:
        changes = {"by": cast.office}
    with pytest.raises(ActRefused) as refused:
        record(cast, item, **changes)
    assert codes(refused) == [code]
    assert Item.objects.public().count() == 0


@pytest.mark.parametrize(
    "url", ["", "www.sample.invalid", "javascript:alert(1)", "https://u:p@sample.invalid/", "https://"]
)
def test_refusals_of_address_name_what_is_no_official_page(url: str) -> None:
    assert [refusal.code for refusal in refusals_of_address(url)][:1] == ["bad_address"]


def test_address_and_number_belong_to_one_item(cast: Cast) -> None:
    first = signed(cast)
    record(cast, first)
    second = submitted(cast, first.columns.get(), title="第二件")
    for by in (cast.office, cast.head):
        acts.agree(item=second, digest=digest(second), by=by, secrecy="clear", at=AT)
    with pytest.raises(ActRefused) as refused:
        record(cast, second)
    assert sorted(codes(refused)) == ["address_taken", "taken_index_number"]


def test_a_number_of_the_own_series_moves_the_counter_along(cast: Cast) -> None:
    item = signed(cast)
    record(cast, item)
    practice(cast, mode=PublicationMode.OWN_SITE, numbering=Numbering.ISSUED)
    assert published(cast, item.columns.get(), title="第二件").index_number == f"{CREDIT_CODE}/2017-00032"


@pytest.mark.one_database
def test_numbers_issued_here_are_not_typed(cast: Cast) -> None:
    item = signed(cast)
    practice(cast, mode=PublicationMode.OUTSIDE, numbering=Numbering.ISSUED)
    with pytest.raises(ActRefused) as refused:
        record(cast, item)
    assert codes(refused) == ["number_issued_here"]
    assert record(cast, item, index_number="").index_number == f"{CREDIT_CODE}/2017-00001"


@pytest.mark.one_database
def test_each_mode_has_its_own_last_step(cast: Cast) -> None:
    item = signed(cast)
    with pytest.raises(ActRefused) as refused:
        acts.release_item(item=item, digest=digest(item), by=cast.releaser, at=AT)
    assert codes(refused) == ["outside_instead"]
    practice(cast, mode=PublicationMode.OWN_SITE, numbering=Numbering.ISSUED)
    for act in (
        lambda: record(cast, item, index_number=""),
        lambda: acts.take_package(item=item, by=cast.releaser, at=AT),
    ):
        with pytest.raises(ActRefused) as refused:
            act()
        assert codes(refused) == ["not_outside"]


@pytest.mark.one_database
def test_the_package_is_an_exit_like_a_publication(cast: Cast) -> None:
    column = prepare(cast)
    practice(cast, mode=PublicationMode.OUTSIDE, numbering=Numbering.RECORDED)
    identity = "11010519491231" + "002X"  # the example of the standard
    item = submitted(cast, column, body=f"<p>申请人身份证号{identity}。</p>")
    with pytest.raises(ActRefused) as refused:
        acts.take_package(item=item, by=cast.releaser, at=AT)
    assert {"not_your_step", "step_missing"} & set(codes(refused))
    for by in (cast.office, cast.head):
        acts.agree(item=item, digest=digest(item), by=by, secrecy="clear", at=AT)
    for act in (lambda: acts.take_package(item=item, by=cast.releaser, at=AT), lambda: record(cast, item)):
        with pytest.raises(ActRefused) as refused:
            act()
        assert identity not in str(refused.value)
    page = signed_in(cast.releaser).get(reverse("publishing:outside", args=[item.uid])).content.decode()
    assert identity not in page, "fields stay closed with the package"


def test_the_page_hands_over_and_records(cast: Cast) -> None:
    item = signed(cast)
    client = signed_in(cast.releaser)
    address = reverse("publishing:outside", args=[item.uid])
    assert address in client.get(reverse("publishing:item", args=[item.uid])).content.decode()
    page = client.get(address).content.decode()
    assert "下载发布包" in page
    assert item.title in page
    taken = client.post(reverse("publishing:outside_package", args=[item.uid]))
    assert taken["Content-Type"] == "application/zip"
    typed = {"url": URL, "published_at": "2026-01-05T09:30", "index_number": "", "digest": digest(item)}
    assert client.post(address, typed).status_code == 422
    assert client.post(address, typed | {"index_number": "17号"}).status_code == 409
    assert client.post(address, typed | {"index_number": NUMBER}).status_code == 302
    assert "正式页面" in client.get(reverse("publishing:item", args=[item.uid])).content.decode()
    assert client.get(address).status_code == 404


@pytest.mark.one_database
@pytest.mark.parametrize("who", ["office", "contributor", "head", "auditor", "system_administrator", "stranger"])
def test_the_page_is_the_releasers_alone(cast: Cast, who: str) -> None:
    item = signed(cast)
    client = signed_in(getattr(cast, who))
    assert client.get(reverse("publishing:outside", args=[item.uid])).status_code == 404
    assert client.post(reverse("publishing:outside_package", args=[item.uid])).status_code == 404
    assert client.get(reverse("publishing:outside_screenshot", args=[item.uid])).status_code == 404


@pytest.mark.one_database
def test_a_department_publishes_outside_unless_it_says_otherwise(cast: Cast) -> None:
    assert practice_of(cast.other_agency).mode == PublicationMode.OUTSIDE
    assert practice_of(cast.agency).mode == PublicationMode.OWN_SITE
    assert not AgencyPractice.objects.exists()


@pytest.mark.one_database
@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"mode": PublicationMode.STATIC_FEED}, "not_yet"),
        ({"mode": "pigeon"}, "unknown_choice"),
        ({"numbering": Numbering.RECORDED}, "no_platform"),
        ({"publicity_days": 0}, "bad_days"),
        ({"key_areas": {"Über": "教育"}}, "bad_area"),
        ({"key_areas": {"education": " "}}, "bad_area"),
    ],
)
def test_set_practice_refuses_what_cannot_be(cast: Cast, changes: dict[str, Any], code: str) -> None:
    with pytest.raises(ActRefused) as refused:
        practice(cast, **({"mode": PublicationMode.OWN_SITE, "numbering": Numbering.ISSUED} | changes))
    assert codes(refused) == [code]


@pytest.mark.one_database
def test_practice_page_sets_modes_areas_and_template(cast: Cast) -> None:
    prepare(cast)
    client = signed_in(cast.office)
    address = reverse("publishing:practice")
    typed = {
        "mode": "outside_platform",
        "numbering": "recorded",
        "subject_class": "综合政务\\政务公开",
        "key_areas": "education 义务教育\n\naffordable_housing 住房保障",
        "publicity_days": "7",
        "publicity_unit": "day",
    }
    assert client.post(address, typed | {"key_areas": "education"}).status_code == 422
    assert client.post(address, typed).status_code == 302
    form = client.get(reverse("publishing:new")).content.decode()
    assert ("义务教育" in form, "房屋征收" in form, "综合政务\\政务公开" in form) == (True, False, True)
    send = reverse("publishing:practice_template")
    for data, status in ((workbook("名称"), 409), (b"no workbook", 409), (workbook("标题", "{名称}"), 302)):
        upload = SimpleUploadedFile("导入.xlsx", data)
        assert client.post(send, {"file": upload}).status_code == status
    held = client.get(reverse("publishing:practice_template_file"))
    assert held.status_code == 200
    assert b"".join(held.streaming_content)[:2] == b"PK"
    assert signed_in(cast.contributor).get(address).status_code == 404


def test_a_template_is_filled_field_by_field(cast: Cast) -> None:
    item = signed(cast, title="=1+1")
    told = package.fields(str(item.uid), content_of(item), item.agency)
    filled = load_workbook(io.BytesIO(package._fill(workbook("{名称}", "文号：{文号}", "不填"), told))).active
    assert filled is not None
    cells = list(next(filled.iter_rows()))
    assert [cell.value for cell in cells] == ["=1+1", "文号：", "不填"]
    assert cells[0].data_type == "s"
