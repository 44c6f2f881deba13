"""The preview: the public page of what is not public yet, for those who may see it and nobody else."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import Cast
from tests.publishing.rows import draft, prepare, published, submitted
from tests.publishing.test_views import signed_in


def address(item: object) -> str:
    return reverse("preview", args=[item.uid])  # type: ignore[attr-defined]


def test_preview_is_the_page_of_the_public_marked_and_never_kept(cast: Cast) -> None:
    item = draft(cast, prepare(cast), body="<h2>标题</h2><table><tr><td>格</td></tr></table>")
    answer = signed_in(cast.contributor).get(address(item))
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    assert "noindex" in answer["X-Robots-Tag"]
    for shown in ("预览：公众还看不到这一页", item.title, "<h2>标题</h2>", 'role="group" tabindex="0"', "成文日期"):
        assert shown in page
    for absent in ("qr.png", "PubDate", 'rel="canonical"'):
        assert absent not in page


def test_preview_shows_the_edit_in_review_while_the_public_sees_nothing(cast: Cast, client: Client) -> None:
    item = submitted(cast, prepare(cast), body="<p>还在审核的文字</p>")
    assert "还在审核的文字" in signed_in(cast.office).get(address(item)).content.decode()
    assert client.get(address(item)).status_code == 302


@pytest.mark.parametrize("who", ["stranger", "system_administrator"])
def test_preview_of_a_foreign_item_is_as_missing_as_one_that_never_was(cast: Cast, who: str) -> None:
    item = draft(cast, prepare(cast))
    client = signed_in(getattr(cast, who))
    missing = reverse("preview", args=["00000000-0000-4000-8000-000000000000"])
    assert (client.get(address(item)).status_code, client.get(missing).status_code) == (404, 404)


def test_preview_only_reads(cast: Cast) -> None:
    item = published(cast, prepare(cast))
    assert signed_in(cast.contributor).get(address(item)).status_code == 200
    assert signed_in(cast.contributor).post(address(item)).status_code == 405
