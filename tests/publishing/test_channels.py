"""By which channels items went out: who records them, what is refused, what stays when one is taken back."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from gongkai.agencies.models import Post, Role
from gongkai.audit.acts import timeline
from gongkai.figures.statutory import compute
from gongkai.publishing import acts
from gongkai.publishing.content import OBJECT_KIND
from gongkai.publishing.models import ChannelKind, Item, ItemChannel
from gongkai.rules.refusals import ActRefused
from tests.asking import codes, signed_in
from tests.cast import Cast
from tests.publishing.rows import AT, draft, prepare, published

ON = dt.date(2017, 5, 19)
LATER = dt.datetime(2017, 6, 1, 1, 0, tzinfo=dt.UTC)


def record(item: Item, by: Any, **changes: Any) -> ItemChannel:
    values: dict[str, Any] = {"kind": ChannelKind.WECHAT, "on": ON, "place": ""}
    return acts.record_channel(item=item, by=by, at=LATER, **(values | changes))


@pytest.mark.parametrize("who", ["office", "releaser", "contributor", "department_head"])
def test_record_channel_dates_the_item_and_tells_its_history(cast: Cast, who: str) -> None:
    item = published(cast, prepare(cast))
    record(item, getattr(cast, who), kind=ChannelKind.POSTING, place=" 示例小区公告栏 ")
    assert [(row.kind, row.on, row.place) for row in item.channels.all()][-1] == ("posting", ON, "示例小区公告栏")
    assert timeline(OBJECT_KIND, str(item.uid))[-1].sentence == "登记公开渠道：现场张贴，2017-05-19"


@pytest.mark.one_database
@pytest.mark.parametrize(
    "who", ["leader_in_charge", "head", "auditor", "system_administrator", "supervisor", "stranger"]
)
def test_record_channel_is_refused_to_others(cast: Cast, who: str) -> None:
    with pytest.raises(ActRefused) as refused:
        record(published(cast, prepare(cast)), getattr(cast, who))
    assert codes(refused) == ["not_channel_recorder"]


@pytest.mark.one_database
def test_a_department_records_channels_of_its_own_items_only(cast: Cast) -> None:
    column = prepare(cast)
    Post.objects.get(agency=cast.agency, role=Role.CONTRIBUTOR).departments.set([cast.departments[0]])
    foreign = published(cast, column, department=cast.departments[1])
    with pytest.raises(ActRefused) as refused:
        record(foreign, cast.contributor)
    assert codes(refused) == ["not_channel_recorder"]


@pytest.mark.one_database
@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"kind": "pigeon"}, "unknown_channel"),
        ({"on": dt.date(2017, 5, 18)}, "channel_day"),
        ({"on": dt.date(2017, 6, 2)}, "channel_day"),
        ({"kind": ChannelKind.POSTING}, "place_missing"),
        ({"kind": ChannelKind.MEDIA}, "place_missing"),
        ({"kind": ChannelKind.WEBSITE}, "channel_twice"),
        ({"place": "长" * 129}, "place_too_long"),
    ],
)
def test_record_channel_refuses_what_cannot_be(cast: Cast, changes: dict[str, Any], code: str) -> None:
    item = published(cast, prepare(cast))
    with pytest.raises(ActRefused) as refused:
        record(item, cast.office, **changes)
    assert codes(refused) == [code]
    assert item.channels.count() == 1


@pytest.mark.one_database
def test_a_draft_has_no_channels(cast: Cast) -> None:
    with pytest.raises(ActRefused) as refused:
        record(draft(cast, prepare(cast)), cast.office)
    assert codes(refused) == ["not_public"]


def test_remove_channel_keeps_what_it_said_in_the_history(cast: Cast) -> None:
    item = published(cast, prepare(cast))
    channel = record(item, cast.office)
    with pytest.raises(ActRefused) as refused:
        acts.remove_channel(channel=channel, reason=" ", by=cast.office, at=LATER)
    assert codes(refused) == ["reason_missing"]
    acts.remove_channel(channel=channel, reason="登记错了", by=cast.office, at=LATER)
    assert [row.kind for row in item.channels.all()] == ["website"]
    assert timeline(OBJECT_KIND, str(item.uid))[-1].sentence == "删除公开渠道：政务微信，2017-05-19，原因：登记错了"
    with pytest.raises(ActRefused) as refused:
        acts.remove_channel(channel=channel, reason="再删一次", by=cast.office, at=LATER)
    assert codes(refused) == ["no_channel"]


@pytest.mark.one_database
def test_the_channel_of_the_release_stays(cast: Cast) -> None:
    item = published(cast, prepare(cast))
    with pytest.raises(ActRefused) as refused:
        acts.remove_channel(channel=item.channels.get(), reason="不要了", by=cast.office, at=LATER)
    assert codes(refused) == ["channel_of_release"]


def test_record_channels_takes_all_items_or_none(cast: Cast) -> None:
    column = prepare(cast)
    items = [published(cast, column, title=f"第{number}件") for number in (1, 2)]
    unpublished = draft(cast, column, title="第三件")
    one_day: dict[str, Any] = {
        "agency": cast.agency,
        "kind": ChannelKind.WEIBO,
        "on": ON,
        "by": cast.office,
        "at": LATER,
    }
    with pytest.raises(ActRefused) as refused:
        acts.record_channels(items=[*items, unpublished], **one_day)
    assert [refusal.sentence for refusal in refused.value.refusals] == [
        "「第三件」：只有已主动公开的信息可以登记公开渠道，请先发布。"
    ]
    assert not ItemChannel.objects.filter(kind=ChannelKind.WEIBO).exists()
    acts.record_channels(items=items, **one_day)
    assert ItemChannel.objects.filter(kind=ChannelKind.WEIBO).count() == 2
    with pytest.raises(ActRefused) as refused:
        acts.record_channels(items=[], **one_day)
    assert codes(refused) == ["nothing_chosen"]


def test_rows_1_2_follow_the_channels_of_the_same_year(cast: Cast) -> None:
    item = published(cast, prepare(cast))
    record(item, cast.office, on=dt.date(2017, 5, 31))
    acts.record_channel(
        item=item, kind=ChannelKind.WEIBO, on=dt.date(2018, 1, 4), by=cast.office, at=LATER.replace(year=2018)
    )
    table = compute([cast.agency], 2017)[cast.agency.pk]
    cells = {row.code: row.value for row in table.rows}
    assert (cells["1.2.2"], cells["1.2.3"], cells["1.2.4"]) == (1, 0, 1)


def test_pages_record_and_remove_a_channel(cast: Cast) -> None:
    item = published(cast, prepare(cast))
    client = signed_in(cast.office)
    address = reverse("publishing:channels", args=[item.uid])
    typed = {"kind": "posting", "on": "2017-05-20", "place": ""}
    refused = client.post(address, typed)
    assert refused.status_code == 409
    assert "现场张贴要写张贴地点" in refused.content.decode()
    assert client.post(address, typed | {"place": "示例小区公告栏"}).status_code == 302
    channel = item.channels.get(kind="posting")
    remove = reverse("publishing:channel_remove", args=[item.uid, channel.pk])
    assert client.post(remove, {"reason": ""}).status_code == 422
    assert "示例小区公告栏" in client.get(reverse("publishing:item", args=[item.uid])).content.decode()
    assert client.post(remove, {"reason": "登记错了"}).status_code == 302
    assert not item.channels.filter(kind="posting").exists()


@pytest.mark.one_database
@pytest.mark.parametrize("who", ["stranger", "head", "system_administrator", "supervisor"])
def test_the_page_of_channels_does_not_exist_for_others(cast: Cast, who: str) -> None:
    item = published(cast, prepare(cast))
    client = signed_in(getattr(cast, who))
    for name, args in (("channels", [item.uid]), ("channel_remove", [item.uid, item.channels.get().pk])):
        assert client.post(reverse(f"publishing:{name}", args=args), {}).status_code == 404
    assert client.get(reverse("publishing:channels", args=["00000000-0000-4000-8000-000000000000"])).status_code == 404


@pytest.mark.one_database
def test_bulk_page_records_what_was_ticked(cast: Cast) -> None:
    column = prepare(cast)
    items = [published(cast, column, title=f"第{number}件") for number in (1, 2)]
    client = signed_in(cast.releaser)
    address = reverse("publishing:bulk_channels")
    assert "还没有选择信息" in client.get(address).content.decode()
    chosen = [str(item.uid) for item in items]
    assert "第2件" in client.get(address, {"item": [*chosen, "no uid"]}).content.decode()
    client.post(address, {"item": chosen, "kind": "wechat", "on": "2017-05-20", "place": ""})
    assert ItemChannel.objects.filter(kind="wechat", on=dt.date(2017, 5, 20)).count() == 2
    assert (
        signed_in(cast.stranger)
        .post(address, {"item": chosen, "kind": "weibo", "on": "2017-05-20", "place": ""})
        .status_code
        == 409
    )


def test_submit_items_takes_all_drafts_or_none(cast: Cast) -> None:
    column = prepare(cast)
    client = signed_in(cast.contributor)
    drafts = [draft(cast, column, title=f"第{number}件") for number in (1, 2)]
    empty = draft(cast, column, title="空件", body="")
    address = reverse("publishing:bulk_submit")
    page = client.get(address, {"item": [str(item.uid) for item in (*drafts, empty)]}).content.decode()
    assert "正文是空的，请先写正文" in page
    assert "送审这" not in page
    from gongkai.publishing.content import content_of

    read = [f"{item.uid}:{content_of(item).digest}" for item in (*drafts, empty)]
    assert client.post(address, {"item": read}).status_code == 409
    assert not Item.objects.filter(state="in_review").exists()
    assert client.post(address, {"item": read[:2]}).status_code == 302
    assert Item.objects.filter(state="in_review").count() == 2
    assert signed_in(cast.head).get(address).status_code == 404


@pytest.mark.one_database
def test_list_filters_by_column_with_those_below_it(cast: Cast) -> None:
    column = prepare(cast)
    below = acts.create_column(agency=cast.agency, code="zfbz-gz", name="公租房", parent=column, by=cast.office, at=AT)
    other = acts.create_column(agency=cast.agency, code="wygl", name="物业管理", by=cast.office, at=AT)
    for title, where in (("上级栏目的", column), ("下级栏目的", below), ("别的栏目的", other)):
        draft(cast, where, title=title)
    page = signed_in(cast.office).get(reverse("publishing:list"), {"column": column.pk}).content.decode()
    assert ("上级栏目的" in page, "下级栏目的" in page, "别的栏目的" in page) == (True, True, False)
    assert 'name="item"' in page
    page = signed_in(cast.stranger).get(reverse("publishing:list"), {"column": column.pk}).content.decode()
    assert "栏目的" not in page


def test_a_posting_keeps_its_photo_for_officers(cast: Cast) -> None:
    item = published(cast, prepare(cast))
    client = signed_in(cast.office)
    picture = io.BytesIO()
    Image.new("RGB", (8, 8), "white").save(picture, "PNG")
    typed = {"kind": "posting", "on": "2017-05-20", "place": "示例小区公告栏"}
    address = reverse("publishing:channels", args=[item.uid])
    wrong = SimpleUploadedFile("photo.txt", b"no picture")
    assert client.post(address, typed | {"photo": wrong}).status_code == 422
    sent = SimpleUploadedFile("photo.png", picture.getvalue())
    assert client.post(address, typed | {"photo": sent}).status_code == 302
    channel = item.channels.get(kind="posting")
    photo = reverse("publishing:channel_photo", args=[item.uid, channel.pk])
    assert photo in client.get(reverse("publishing:item", args=[item.uid])).content.decode()
    shown = client.get(photo)
    assert b"".join(shown.streaming_content) == picture.getvalue()

    assert signed_in(cast.stranger).get(photo).status_code == 404
    assert "photo" not in Client().get(item.get_absolute_url()).content.decode()
    assert (
        signed_in(cast.office)
        .get(reverse("publishing:channel_photo", args=[item.uid, item.channels.get(kind="website").pk]))
        .status_code
        == 404
    )
