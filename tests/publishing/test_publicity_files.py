"""Attachments of a list whose publicity term is over: masked, or taken away with a tombstone; the originals stay."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import Workbook

from gongkai.audit.acts import timeline
from gongkai.files import storage
from gongkai.publishing import acts, clock
from gongkai.publishing.content import OBJECT_KIND, content_of
from gongkai.publishing.models import Attachment, Item, ItemState
from gongkai.review.content import read_copies
from gongkai.search import index
from tests.cast import Cast
from tests.documents import samples
from tests.files.uploads import received
from tests.publishing.rows import AT, digest, draft, prepare
from tests.publishing.test_publicity import LIST, OVER, TERM

PLAIN = "<p>配租名单见附件，现予公示。</p>"


def listed(*names: str) -> bytes:
    book = Workbook()
    page = book.worksheets[0]
    for row in [
        ("序号", "姓名", "房源"),
        *((place, name, f"示例小区{place}号楼") for place, name in enumerate(names, 1)),
    ]:
        page.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def shown(cast: Cast, files: dict[str, bytes], body: str = PLAIN, **changes: Any) -> Item:
    """An item with attachments that was published on Friday 19 May 2017 for a term, to be masked after it."""
    item = draft(cast, prepare(cast), body=body, **changes)
    came = [received(cast, data, name) for name, data in files.items()]
    acts.add_attachments(item=item, digest=digest(item), files=came, by=cast.contributor, at=AT)
    details = acts.DetailFields(**(TERM | {"publicity_then": "mask"}))
    acts.amend_details(item=item, digest=digest(item), details=details, by=cast.contributor, at=AT)
    acts.submit_item(item=item, digest=digest(item), by=cast.contributor, at=AT)
    for by in (cast.office, cast.head):
        acts.agree(item=item, digest=digest(item), by=by, secrecy="clear", at=AT)
    return acts.release_item(item=item, digest=digest(item), by=cast.releaser, at=AT)


def address(item: Item, number: int, name: str) -> str:
    return reverse("portal:file", args=[item.agency.code, item.year, item.serial, number, name])


def body_of(response: Any) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content


def test_a_list_in_an_attachment_is_replaced_by_its_masked_copy(cast: Cast) -> None:
    item = shown(cast, {"名单.xlsx": listed("示例甲某", "示例乙某")})
    before, original = item.published_digest, Attachment.objects.get().stored_id
    public = address(item, 1, "名单.xlsx")
    old = Client().get(public)
    assert body_of(old) == storage.read(original)
    assert [each.how for each in clock.run(OVER)] == ["masked"]
    assert clock.run(OVER) == []
    item.refresh_from_db()
    now = body_of(Client().get(public, headers={"if-none-match": old["ETag"]}))
    assert now != storage.read(original)
    assert index.search("示例甲某", scope="public").total == 0
    assert index.search("示例小区2号楼", scope="public").total == 1
    row = Attachment.objects.get()
    assert (row.stored_id == original, item.published_digest == content_of(item).digest) == (False, True)
    assert "示例甲某" not in storage.texts_of([row.stored_id])[row.stored_id]
    assert read_copies([before])[before].attachments[0]["sha256"] == original, "nothing of the record is lost"
    assert "附件换成遮盖后的副本1个，撤下0个" in timeline(OBJECT_KIND, str(item.uid))[-1].sentence


def test_what_cannot_be_masked_is_taken_away_and_leaves_a_tombstone(cast: Cast) -> None:
    scan = samples.plain_picture("RGB", (1, 2, 3))
    item = shown(cast, {"照片.png": scan, "名单.xlsx": listed("示例甲某", "示例乙某")}, body=LIST)
    original = Attachment.objects.get(name="照片.png")
    assert body_of(Client().get(address(item, 1, "照片.png"))) == scan
    assert [each.how for each in clock.run(OVER)] == ["masked"]
    item.refresh_from_db()
    gone = Client().get(address(item, 1, "照片.png"))
    assert gone.status_code == 410
    assert "公示期到2017年5月26日为止" in gone.content.decode()
    page = Client().get(item.get_absolute_url()).content.decode()
    assert "原第1个附件（图片）：公示期满，2017年5月27日撤下。" in page
    assert "照片.png" not in page
    moved = Client().get(address(item, 2, "名单.xlsx"))
    assert (moved.status_code, moved["Location"]) == (301, address(item, 1, "名单.xlsx"))
    assert Client().get(address(item, 3, "名单.xlsx")).status_code == 301
    assert Client().get(address(item, 1, "没有.xlsx")).status_code == 404
    kept = Attachment.kept.get(pk=original.pk)
    assert (str(kept.taken_away_on), kept.stored_id) == ("2017-05-27", original.stored_id)
    for who, status in (("office", 200), ("contributor", 200), ("supervisor", 404), ("stranger", 404)):
        client = Client()
        client.force_login(getattr(cast, who))
        answer = client.get(reverse("publishing:attachment", args=[item.uid, kept.uid]))
        assert (answer.status_code, body_of(answer) == scan) == (status, status == 200)
        page = client.get(reverse("publishing:item", args=[item.uid])).content.decode()
        assert (reverse("publishing:attachment", args=[item.uid, kept.uid]) in page) is (status == 200)


@pytest.mark.one_database
def test_a_name_of_the_list_that_stands_elsewhere_is_found(cast: Cast) -> None:
    item = shown(cast, {"名单.xlsx": listed("示例甲某", "示例乙某")}, body="<p>示例甲某等两户，名单见附件。</p>")
    assert [each.how for each in clock.run(OVER)] == ["withdrawn"]
    item.refresh_from_db()
    assert item.state == ItemState.WITHDRAWN
    assert Client().get(address(item, 1, "名单.xlsx")).status_code == 410


@pytest.mark.one_database
def test_a_second_file_that_tells_a_name_of_the_list_is_taken_away(cast: Cast) -> None:
    second = samples.docx_plain("申请人：示例丙某。另：示例甲某的房源已调整。")
    shown(cast, {"名单.xlsx": listed("示例甲某", "示例乙某"), "说明.docx": second})
    assert [each.how for each in clock.run(OVER)] == ["masked"]
    assert [row.name for row in Attachment.objects.all()] == ["名单.xlsx"]
    (away,) = Attachment.kept.filter(taken_away_on__isnull=False)
    assert away.taken_away_why == "公示期满：名单里的姓名在附件的其他地方还有"


@pytest.mark.one_database
def test_a_file_in_which_nothing_could_be_covered_is_no_proof(cast: Cast) -> None:
    item = shown(cast, {"说明.docx": samples.docx_plain("示例甲某、示例乙某两户")})
    assert [each.how for each in clock.run(OVER)] == ["withdrawn"]
    item.refresh_from_db()
    assert item.attachments.count() == 1


@pytest.mark.one_database
def test_an_item_that_changed_while_its_files_were_masked_is_left_for_the_next_run(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    item = shown(cast, {"名单.xlsx": listed("示例甲某")})
    real = storage.read

    def meanwhile(sha256: str) -> bytes:
        Item.objects.filter(pk=item.pk).update(published_digest="0" * 64)
        return real(sha256)

    monkeypatch.setattr(storage, "read", meanwhile)
    assert clock.run(OVER) == []
    item.refresh_from_db()
    assert (item.state, item.publicity_ended_at) == (ItemState.PUBLISHED, None)
