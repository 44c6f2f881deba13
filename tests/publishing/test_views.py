"""Staff pages of items: what is shown, what is refused, nothing typed is lost."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from gongkai.accounts.models import Account
from gongkai.publishing import acts
from gongkai.publishing.models import Item
from tests.cast import Cast
from tests.publishing.rows import AT, digest, draft, prepare, published, submitted


def signed_in(account: Account) -> Client:
    client = Client()
    client.force_login(account)
    return client


def without_token(page: bytes) -> bytes:
    """A page without the token against forged forms, which differs each time."""
    return re.sub(rb'csrfmiddlewaretoken" value="[^"]*"', b"", page)


def typed(**changes: Any) -> dict[str, Any]:
    values = {
        "title": "关于开展物业服务检查的通知",
        "body_text": "第一段。\n\n第二段 <b>不加粗</b>。",
        "written_on": "2017-05-17",
        "genre": "notice",
        "key_area": "property_management",
        "attribute": "proactive_disclosure",
    }
    return values | changes


def test_new_stores_a_draft_with_paragraphs_and_escaped_text(cast: Cast) -> None:
    column = prepare(cast)
    response = signed_in(cast.contributor).post(reverse("publishing:new"), typed(columns=[column.pk]))
    item = Item.objects.get()
    assert response.url == reverse("publishing:item", args=[item.uid])
    assert item.body == "<p>第一段。</p><p>第二段 &lt;b&gt;不加粗&lt;/b&gt;。</p>"
    assert item.drafter == cast.contributor


def test_new_keeps_what_was_typed_when_a_field_is_wrong(cast: Cast) -> None:
    prepare(cast)
    response = signed_in(cast.contributor).post(reverse("publishing:new"), typed(written_on="2017-13-01"))
    assert response.status_code == 422
    assert "第一段。" in response.content.decode()
    assert not Item.objects.exists()


def test_new_keeps_what_was_typed_when_the_act_is_refused(cast: Cast) -> None:
    prepare(cast)
    response = signed_in(cast.contributor).post(reverse("publishing:new"), typed(written_on="2999-01-01"))
    assert response.status_code == 409
    text = response.content.decode()
    assert "成文日期不能晚于今天" in text
    assert "第一段。" in text


@pytest.mark.parametrize("who", ["head", "auditor", "system_administrator", "supervisor", "releaser"])
def test_new_does_not_exist_for_who_may_not_draft(cast: Cast, who: str) -> None:
    prepare(cast)
    assert signed_in(getattr(cast, who)).get(reverse("publishing:new")).status_code == 404


def test_the_page_of_an_item_escapes_the_title_and_offers_only_the_own_step(cast: Cast) -> None:
    item = submitted(cast, prepare(cast), title="关于<script>的通知")
    page = signed_in(cast.office).get(reverse("publishing:item", args=[item.uid])).content.decode()
    assert "<script>的" not in page
    assert reverse("publishing:act", args=[item.uid, "agree"]) in page
    page = signed_in(cast.head).get(reverse("publishing:item", args=[item.uid])).content.decode()
    assert reverse("publishing:act", args=[item.uid, "agree"]) not in page


def test_the_three_persons_publish_through_the_pages(cast: Cast) -> None:
    item = draft(cast, prepare(cast))
    for who, act in (("contributor", "submit"), ("office", "agree"), ("head", "agree"), ("releaser", "release")):
        response = signed_in(getattr(cast, who)).post(
            reverse("publishing:act", args=[item.uid, act]), {"digest": digest(item), "text": ""}
        )
        assert response.status_code == 302, response.content.decode()
    assert Item.objects.public().get() == item


def test_a_refused_act_shows_its_reasons_and_keeps_the_opinion(cast: Cast) -> None:
    item = submitted(cast, prepare(cast))
    response = signed_in(cast.office).post(
        reverse("publishing:act", args=[item.uid, "agree"]), {"digest": "0" * 64, "text": "措辞再斟酌。"}
    )
    assert response.status_code == 409
    assert "您阅读之后内容有改动" in response.content.decode()
    assert "措辞再斟酌。" in response.content.decode()
    assert f'value="{digest(item)}"' in response.content.decode(), "the next opinion is on what the page now shows"


@pytest.mark.parametrize("who", ["stranger", "system_administrator"])
@pytest.mark.parametrize("name", ["publishing:item", "publishing:edit"])
def test_a_foreign_item_is_as_missing_as_one_that_never_was(cast: Cast, who: str, name: str) -> None:
    item = published(cast, prepare(cast))
    client = signed_in(getattr(cast, who))
    foreign = client.get(reverse(name, args=[item.uid]))
    missing = client.get(reverse(name, args=["00000000-0000-4000-8000-000000000000"]))
    assert (foreign.status_code, missing.status_code) == (404, 404)
    assert without_token(foreign.content) == without_token(missing.content)


def test_an_unknown_act_does_not_exist(cast: Cast) -> None:
    item = submitted(cast, prepare(cast))
    assert signed_in(cast.office).post(reverse("publishing:act", args=[item.uid, "erase"])).status_code == 404


def test_history_page_confirms_what_was_chosen(cast: Cast) -> None:
    from tests.publishing.test_history import row, second_office

    column = prepare(cast)
    rows = [row(cast, column, title="一"), row(cast, column, title="二")]
    first, second = acts.enter_history(agency=cast.agency, rows=rows, by=cast.office, at=AT.replace(year=2018))
    client = signed_in(second_office(cast))
    assert "补录" in client.get(reverse("backoffice:home")).content.decode()
    client.post(reverse("publishing:history"), {"item": [str(first.uid), "no uid"]})
    assert list(Item.objects.public()) == [first]
    refused = signed_in(cast.office).post(reverse("publishing:history"), {"item": [str(second.uid)]})
    assert refused.status_code == 409
    assert "须由另一人复核" in refused.content.decode()


def test_list_shows_and_exports_only_what_the_officer_may_see(cast: Cast) -> None:
    item = draft(cast, prepare(cast))
    assert item.title in signed_in(cast.office).get(reverse("publishing:list")).content.decode()
    assert item.title not in signed_in(cast.stranger).get(reverse("publishing:list")).content.decode()
    assert item.title not in signed_in(cast.supervisor).get(reverse("publishing:list")).content.decode()


def test_list_takes_a_bounded_number_of_statements(cast: Cast, django_assert_max_num_queries: Any) -> None:
    column = prepare(cast)
    for number in range(8):
        draft(cast, column, title=f"第{number}条")
    client = signed_in(cast.office)
    with django_assert_max_num_queries(20):
        client.get(reverse("publishing:list"))
