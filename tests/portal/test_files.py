"""Files of public items: what the published copy names, while it is public, and nothing else."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse

from gongkai.accounts.models import Account
from gongkai.files import storage
from gongkai.files.models import StoredFile
from gongkai.publishing import acts
from gongkai.publishing.index import put_items
from gongkai.publishing.models import Attachment, Item, ItemState
from gongkai.search import index
from tests.cast import Cast
from tests.portal.conftest import Housing
from tests.portal.factories import ENTERED_AT, make_item, make_not_public, make_withdrawn, release
from tests.publishing.files import attached
from tests.publishing.rows import AT, digest, draft, prepare

DATA = "三号楼二单元配租结果".encode()
NAME = "配租 结果（第一批）.txt"


@pytest.fixture
def account(db: None) -> Account:
    return get_user_model().objects.create(username="sample", name="示例甲")


def attach(item: Item, account: Account, name: str = NAME, data: bytes = DATA, position: int = 1) -> Attachment:
    stored = storage.store(data, extension=name.rpartition(".")[2], text=data.decode(errors="ignore"))
    return Attachment.objects.create(
        item=item, position=position, name=name, stored=stored, added_by=account, added_at=ENTERED_AT
    )


def address(item: Item, name: str = NAME, number: int = 1) -> str:
    return reverse("portal:file", args=[item.agency.code, item.year, item.serial, number, name])


def body(response: Any) -> bytes:
    return b"".join(response)


@pytest.fixture
def public(housing: Housing, account: Account) -> Item:
    attach(housing.item, account)
    release(housing.item)
    return housing.item


def test_the_page_lists_files_with_type_and_size(public: Item, client: Client) -> None:
    page = client.get(public.get_absolute_url()).content.decode()
    assert "附件" in page
    assert NAME in page
    assert "纯文本，30" in page
    assert f'href="{address(public)}"' in page
    assert address(public).startswith(f"{public.get_absolute_url()}files/1-{quote('配租')}")


def test_a_page_without_files_has_no_part_for_them(housing: Housing, client: Client) -> None:
    assert 'class="files"' not in client.get(housing.item.get_absolute_url()).content.decode()


def test_a_file_is_served_with_safe_headers_and_kept_for_a_short_while(public: Item, client: Client) -> None:
    response = client.get(address(public))
    assert body(response) == DATA
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"].startswith("sandbox")
    assert response["Content-Disposition"].startswith("attachment; filename*=utf-8''")
    assert response["Cache-Control"] == "public, max-age=60"
    assert not response.cookies
    again = client.get(address(public), headers={"If-None-Match": response["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert client.post(address(public)).status_code == 405


def test_only_the_place_and_name_that_the_copy_has_lead_to_a_file(public: Item, client: Client) -> None:
    for wrong in (address(public, "x.txt"), address(public, number=2), address(public) + "x", address(public) + "/"):
        assert client.get(wrong).status_code == 404


def test_what_is_not_public_answers_like_what_never_was(housing: Housing, account: Account, client: Client) -> None:
    hidden = make_not_public(housing.agency, housing.column)
    missing = client.get(f"/info/{housing.agency.code}/2017-999999/files/1-{quote(NAME)}")
    assert missing.status_code == 404
    for why, item in hidden.items():
        attach(item, account, data=why.encode())
        if item.published_digest:
            release(item)
        response = client.get(address(item))
        assert response.status_code == 404, why
        assert response.content == missing.content, why
        assert why not in response.content.decode()


def test_the_files_of_a_withdrawn_item_are_gone_with_it(housing: Housing, account: Account, client: Client) -> None:
    item = make_withdrawn(housing.agency)
    attach(item, account)
    release(item)
    Item.objects.filter(pk=item.pk).update(state=ItemState.WITHDRAWN)
    gone, never = client.get(address(item)), client.get(address(item, "没有过.txt", 9))
    assert (gone.status_code, never.status_code) == (410, 410)
    assert NAME not in gone.content.decode()
    assert gone.content.replace(quote(NAME).encode(), b"").count(b"files/") == never.content.count(b"files/")


def test_live_rows_are_never_asked(public: Item, account: Account, client: Client) -> None:
    """Whatever somebody does to the rows after the release, the public gets what was approved."""
    other = storage.store(b"other bytes", extension="txt")
    Attachment.objects.filter(item=public).update(stored=other, name="别的.txt")
    attach(public, account, "新的.txt", b"new", 2)
    assert body(client.get(address(public))) == DATA
    assert client.get(address(public, "别的.txt")).status_code == 404
    assert client.get(address(public, "新的.txt", 2)).status_code == 404
    page = client.get(public.get_absolute_url()).content.decode()
    assert NAME in page
    assert "别的.txt" not in page
    Attachment.objects.filter(item=public).delete()
    assert body(client.get(address(public))) == DATA


def test_changed_bytes_are_not_served(public: Item, client: Client, settings: Any) -> None:
    stored = StoredFile.objects.get()
    path = settings.HOME.path / "files" / storage.place(stored.digest)
    before = path.read_bytes()
    try:
        path.write_bytes(b"changed on the disk")
        assert client.get(address(public)).status_code == 404
    finally:
        path.write_bytes(before)
    assert body(client.get(address(public))) == DATA


@pytest.mark.parametrize(
    "name", ["2017-1.txt", "a&b=c;d+e.txt", "名单😀.txt", "it's (1).txt", "ページ 表.txt", "a@b,c!.txt"]
)
def test_every_name_has_an_address(housing: Housing, account: Account, client: Client, name: str) -> None:
    attach(housing.item, account, name)
    release(housing.item)
    page = client.get(housing.item.get_absolute_url()).content.decode()
    assert address(housing.item, name).replace("&", "&amp;").replace("'", "&#x27;") in page
    assert body(client.get(address(housing.item, name))) == DATA


def test_a_citizen_finds_an_item_by_what_its_attachment_says(public: Item, client: Client) -> None:
    put_items([public])
    assert index.search("三号楼二单元", scope="public").total == 1
    assert public.get_absolute_url() in client.get("/search/", {"q": "三号楼二单元"}).content.decode()


def test_through_the_chain_a_file_is_public_only_while_its_item_is(cast: Cast, client: Client) -> None:
    item = draft(cast, prepare(cast))
    attached(cast, item, "名单.txt")

    def answers() -> tuple[int, int]:
        """What the address that the item will have answers, and how many find its text."""
        response = client.get(f"/info/{cast.agency.code}/2017-1/files/1-{quote('名单.txt')}")
        body(response)
        return response.status_code, index.search("名单.txt里的文字", scope="public").total

    steps: list[Any] = [
        lambda: acts.submit_item(item=item, digest=digest(item), by=cast.contributor, at=AT),
        lambda: acts.return_item(item=item, digest=digest(item), text="改", by=cast.office, at=AT),
        lambda: acts.submit_item(item=item, digest=digest(item), by=cast.contributor, at=AT),
        lambda: acts.recall_item(item=item, reason="改", by=cast.contributor, at=AT),
        lambda: acts.submit_item(item=item, digest=digest(item), by=cast.contributor, at=AT),
        lambda: acts.agree(item=item, digest=digest(item), by=cast.office, secrecy="clear", at=AT),
        lambda: acts.agree(item=item, digest=digest(item), by=cast.head, secrecy="clear", at=AT),
    ]
    assert answers() == (404, 0)
    for step in steps:
        step()
        assert answers() == (404, 0)
    acts.release_item(item=item, digest=digest(item), by=cast.releaser, at=AT)
    assert answers() == (200, 1)
    acts.withdraw_item(item=item, reason="wrong", by=cast.office, at=AT)
    assert answers() == (410, 0)


def test_the_preview_of_officers_names_files_that_have_no_address_yet(cast: Cast, client: Client) -> None:
    item = draft(cast, prepare(cast))
    attached(cast, item, "名单.txt")
    client.force_login(cast.contributor)
    page = client.get(reverse("preview", args=[item.uid])).content.decode()
    assert "名单.txt" in page
    assert "/files/" not in page


def test_a_file_costs_a_fixed_number_of_statements(
    public: Item, client: Client, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(5):
        body(client.get(address(public)))


def test_history_that_nobody_confirmed_has_no_files_even_when_its_copy_names_them(
    housing: Housing, account: Account, client: Client
) -> None:
    item = make_item(housing.agency, housing.column, confirmed_at=None)
    attach(item, account)
    release(item)
    assert client.get(address(item)).status_code == 404
