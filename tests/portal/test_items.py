"""One item: what is public, what was withdrawn, and what nobody outside can tell from nothing."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client

from gongkai.publishing.models import DisclosureAttribute, Item, ItemState, WithdrawalReason
from gongkai.review.models import FrozenCopy
from tests.portal.conftest import Housing
from tests.portal.factories import make_column, make_item, make_not_public, make_withdrawn
from tests.portal.test_pages import page

HIDDEN = ("unconfirmed", "on_request", "withheld", "drafted", "in_review")


def shown(client: Client, item: Item) -> str:
    answer = client.get(item.get_absolute_url())
    assert answer.status_code == 200
    return answer.content.decode()


def test_item_shows_its_head_table(client: Client, housing: Housing) -> None:
    text = shown(client, housing.item)
    for said in (
        housing.item.index_number,
        "城乡建设、环境保护\\城乡建设（含住房）",
        "示例区住房保障服务中心",
        "示房保〔2017〕12号",
        "2017年5月19日",
        "主动公开 · 政府网站",
        "来源：住房保障股",
        "发布日期 2017年5月19日，依据：区政府网站页面",
    ):
        assert said in text


def test_item_says_nothing_of_validity_that_is_not_known(client: Client, housing: Housing) -> None:
    assert "有效性" not in shown(client, housing.item)


def test_item_has_the_tags_of_an_article(client: Client, housing: Housing) -> None:
    tags = page(client, housing.item.get_absolute_url()).tags()
    assert tags["ArticleTitle"] == housing.item.title
    assert tags["PubDate"] == "2017-05-19 00:00"
    assert tags["ContentSource"] == "示例区住房保障服务中心"
    assert tags["Author"] == "住房保障股"
    assert tags["ColumnName"] == tags["Keywords"] == "公共租赁住房"
    assert str(tags["Description"]).startswith("经申请、审核、公示")
    assert tags["Url"] == f"http://testserver{housing.item.get_absolute_url()}"


def test_item_released_here_gives_the_minute_of_its_release(client: Client, housing: Housing) -> None:
    released_at = dt.datetime(2017, 5, 19, 1, 30, tzinfo=dt.UTC)
    item = make_item(housing.agency, released_at=released_at)
    assert page(client, item.get_absolute_url()).tags()["PubDate"] == "2017-05-19 09:30"


def test_policy_and_interpretation_lead_to_each_other(client: Client, housing: Housing) -> None:
    policy = shown(client, housing.policy)
    assert housing.interpretation.get_absolute_url() in policy
    assert "文件公布后第3个工作日" in policy  # Friday 19 May to Wednesday 24 May 2017
    assert housing.policy.get_absolute_url() in shown(client, housing.interpretation)


def test_interpretation_that_is_not_public_is_not_named(client: Client, housing: Housing) -> None:
    make_item(housing.agency, title="尚未复核的解读", interprets=housing.policy, confirmed_at=None)
    assert "尚未复核的解读" not in shown(client, housing.policy)


def test_policy_that_is_not_public_is_not_named(client: Client, housing: Housing) -> None:
    hidden = make_item(housing.agency, title="内部文件", attribute=DisclosureAttribute.WITHHELD)
    assert "内部文件" not in shown(client, make_item(housing.agency, interprets=hidden))


def test_edit_in_progress_is_not_public(client: Client, housing: Housing) -> None:
    before = housing.item.title
    Item.objects.filter(pk=housing.item.pk).update(
        title="改动中的标题", body="<p>改动中的正文</p>", document_number="x"
    )
    for address in (
        housing.item.get_absolute_url(),
        "/",
        "/a/housing/",
        "/a/housing/contents/all/page/1/",
        "/a/housing/c/housing/page/1/",
    ):
        text = client.get(address).content.decode()
        assert "改动中" not in text
        assert before in text


def test_item_without_its_released_copy_answers_404(client: Client, housing: Housing) -> None:
    Item.objects.filter(pk=housing.item.pk).update(published_digest="0" * 64)
    assert client.get(housing.item.get_absolute_url()).status_code == 404
    assert housing.item.title not in client.get("/a/housing/contents/all/page/1/").content.decode()


def test_item_released_on_request_stays_hidden_while_its_attribute_is_edited(client: Client, housing: Housing) -> None:
    item = make_item(housing.agency, housing.column, title="依申请的", attribute=DisclosureAttribute.ON_REQUEST)
    Item.objects.filter(pk=item.pk).update(attribute=DisclosureAttribute.PROACTIVE)
    assert client.get(item.get_absolute_url()).status_code == 404
    assert "依申请的" not in client.get("/a/housing/c/housing/page/1/").content.decode()


@pytest.mark.parametrize("why", HIDDEN)
def test_item_that_is_not_public_answers_as_if_it_were_not_there(client: Client, housing: Housing, why: str) -> None:
    item = make_not_public(housing.agency, housing.column)[why]
    missing = client.get("/info/housing/2017-999999/")
    hidden = client.get(item.get_absolute_url())
    assert hidden.status_code == missing.status_code == 404
    assert hidden.content == missing.content
    assert hidden.headers.items() == missing.headers.items()


@pytest.mark.parametrize("why", HIDDEN)
def test_item_that_is_not_public_stands_in_no_list(client: Client, housing: Housing, why: str) -> None:
    item = make_not_public(housing.agency, housing.column)[why]
    for address in ("/", "/a/housing/", "/a/housing/contents/all/page/1/", "/a/housing/c/housing/page/1/"):
        text = client.get(address).content.decode()
        assert item.title not in text
        assert item.get_absolute_url() not in text


def test_item_of_another_agency_answers_404_under_this_one(client: Client, housing: Housing) -> None:
    assert client.get(f"/info/district/2017-{housing.item.serial}/").status_code == 404


@pytest.mark.parametrize("address", ["2017-0", "2017-01", "02017-1", "2017-1x", "17-1", "2017-99999999999"])
def test_item_has_one_spelling_of_its_address(client: Client, housing: Housing, address: str) -> None:
    assert client.get(f"/info/housing/{address}/").status_code == 404


def test_withdrawn_item_leaves_a_tombstone_with_the_reason(client: Client, housing: Housing) -> None:
    answer = client.get(housing.withdrawn.get_absolute_url())
    text = answer.content.decode()
    assert answer.status_code == 410
    assert "内容有误" in text
    assert "2017年6月18日" in text
    assert str(housing.withdrawn.index_number) in text


def test_withdrawn_item_tells_the_public_the_chosen_reason_and_not_the_note(client: Client, housing: Housing) -> None:
    item = make_withdrawn(housing.agency, WithdrawalReason.PERSONAL, withdrawal_note="登出了示例人的电话")
    text = client.get(item.get_absolute_url()).content.decode()
    assert "涉及个人信息" in text
    assert "示例人" not in text


def test_item_whose_copy_no_longer_has_its_digest_answers_404(
    client: Client, housing: Housing, caplog: pytest.LogCaptureFixture
) -> None:
    genuine = FrozenCopy.objects.get(pk=housing.item.published_digest)
    forged = FrozenCopy.objects.create(digest="f" * 64, canonical=genuine.canonical.replace("摇号", "内定"))
    Item.objects.filter(pk=housing.item.pk).update(published_digest=forged.digest)
    assert client.get(housing.item.get_absolute_url()).status_code == 404
    assert housing.item.title not in client.get("/a/housing/contents/all/page/1/").content.decode()
    assert "not what was frozen" in caplog.text


def test_withdrawn_item_gives_away_neither_title_nor_text(client: Client, housing: Housing) -> None:
    text = client.get(housing.withdrawn.get_absolute_url()).content.decode()
    assert housing.withdrawn.title not in text
    assert "公开摇号" not in text


@pytest.mark.parametrize("never_public", [{"confirmed_at": None}, {"attribute": DisclosureAttribute.WITHHELD}])
def test_withdrawn_item_that_was_never_public_answers_404(
    client: Client, housing: Housing, never_public: dict[str, object]
) -> None:
    item = make_withdrawn(housing.agency, **never_public)
    assert client.get(item.get_absolute_url()).status_code == 404


def test_withdrawn_item_stands_in_no_list(client: Client, housing: Housing) -> None:
    assert housing.withdrawn.title not in client.get("/a/housing/contents/all/page/1/").content.decode()


def test_title_and_numbers_are_escaped(client: Client, housing: Housing) -> None:
    item = make_item(
        housing.agency, housing.column, title="<script>alert(1)</script>通知", document_number="<i>1", body="<p>文</p>"
    )
    for address in (item.get_absolute_url(), "/a/housing/", "/a/housing/c/housing/page/1/"):
        text = client.get(address).content.decode()
        assert "<script>alert" not in text
        assert "<i>1" not in text


@pytest.mark.parametrize(
    "body",
    [
        "<p>文</p><script>alert(1)</script>",
        '<p onclick="alert(1)">文</p>',
        '<p style="color:red">文</p>',
        '<a href="javascript:alert(1)">文</a>',
        '<img src="https://foreign.example/1.png">',
        '<iframe src="https://foreign.example/"></iframe>',
    ],
)
def test_body_is_clean_whatever_was_stored(client: Client, housing: Housing, body: str) -> None:
    text = shown(client, make_item(housing.agency, body=body))
    assert not [raw for raw in ("alert(1)", "color:red", "foreign.example") if raw in text]


def test_body_of_plain_text_becomes_paragraphs(client: Client, housing: Housing) -> None:
    text = shown(client, make_item(housing.agency, body="第一段\n第二段 & 完"))
    assert "<p>第一段</p><p>第二段 &amp; 完</p>" in text


def test_item_without_text_says_so(client: Client, housing: Housing) -> None:
    assert "没有登记正文" in shown(client, make_item(housing.agency, body=""))


def test_item_without_column_is_shown_all_the_same(client: Client, housing: Housing) -> None:
    tags = page(client, make_item(housing.agency).get_absolute_url()).tags()
    assert tags["ColumnName"] == tags["Keywords"] == "法定主动公开内容"


def test_similar_items_stand_in_the_same_column(client: Client, housing: Housing) -> None:
    near = make_item(housing.agency, housing.below, title="同栏目的信息")
    far = make_item(housing.agency, make_column(housing.agency, "other", "其他"), title="别栏目的信息")
    text = shown(client, housing.item)
    assert near.get_absolute_url() in text
    assert far.get_absolute_url() not in text


def test_states_are_covered() -> None:
    """A new state must be thought of here: is it public, a tombstone, or hidden?"""
    assert set(ItemState) == {ItemState.DRAFTED, ItemState.IN_REVIEW, ItemState.PUBLISHED, ItemState.WITHDRAWN}


def test_the_place_of_a_channel_stays_in_the_house(client, housing):
    # It is typed after the release: nobody has approved it.
    page = client.get(housing.item.get_absolute_url()).content.decode()
    assert "主动公开 · 政府网站" in page
    assert "示例区政府网站</dd>" not in page
