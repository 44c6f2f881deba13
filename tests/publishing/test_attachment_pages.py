"""Staff pages of attachments: what is shown to whom, what a refused file leaves behind."""

from __future__ import annotations

import re
import uuid
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from gongkai.audit.models import Event
from gongkai.files.models import StoredFile
from gongkai.publishing.models import Attachment, Item
from tests.asking import signed_in
from tests.cast import Cast
from tests.publishing.files import attached
from tests.publishing.rows import digest, draft, prepare, published, submitted

pytestmark = pytest.mark.one_database


def upload(item: Item, client: Client, *files: tuple[str, str], **more: str) -> Any:
    data: dict[str, Any] = {"digest": digest(item)} | more
    data["uploads"] = [SimpleUploadedFile(name, text.encode()) for name, text in files]
    return client.post(reverse("publishing:attachments", args=[item.uid]), data)


def without_token(page: bytes) -> bytes:
    """A page without the token against forged forms, which differs each time."""
    return re.sub(rb'csrfmiddlewaretoken" value="[^"]*"', b"", page)


def names(item: Item) -> list[str]:
    return [attachment.name for attachment in Attachment.objects.filter(item=item)]


def test_files_are_added_and_listed_on_the_page_of_the_item(cast: Cast) -> None:
    item = draft(cast, prepare(cast))
    client = signed_in(cast.contributor)
    response = upload(item, client, ("配租名单.txt", "三号楼"), ("说明.txt", "说明"))
    assert response.status_code == 302
    assert names(item) == ["配租名单.txt", "说明.txt"]
    page = client.get(reverse("publishing:item", args=[item.uid])).content.decode()
    assert "配租名单.txt" in page
    assert "纯文本，9" in page
    assert "已增加2个附件" in page


def test_what_an_internal_mark_means_is_said_at_once(cast: Cast) -> None:
    item = draft(cast, prepare(cast))
    client = signed_in(cast.contributor)
    upload(item, client, ("a.txt", "内部资料\n正文"))
    page = client.get(reverse("publishing:attachments", args=[item.uid])).content.decode()
    assert "「a.txt」：内部或未定稿标记1处，公开前必须处理" in page


def test_a_marked_file_stops_everything_and_leaves_no_name(cast: Cast) -> None:
    item = draft(cast, prepare(cast))
    client = signed_in(cast.contributor)
    response = upload(item, client, ("好.txt", "好"), ("不可留名.txt", "秘密★5年\n不可留存"))
    assert response.status_code == 409
    page = response.content.decode()
    for words in ("文件没有接收", "停止操作", "保密机构", "24小时内报告"):
        assert words in page
    assert "不可留名" not in page
    assert "multipart/form-data" not in page
    assert names(item) == []
    assert Event.objects.filter(kind="files.marked_file_refused").count() == 1
    assert "不可留名" not in str(list(Event.objects.values()))


def test_of_several_files_those_that_pass_come_in(cast: Cast) -> None:
    item = draft(cast, prepare(cast))
    response = upload(item, signed_in(cast.contributor), ("好.txt", "好"), ("坏.exe", "MZ"), ("空.txt", ""))
    assert response.status_code == 409
    page = response.content.decode()
    assert "第2个文件「坏.exe」：可执行程序和脚本不接收" in page
    assert "第3个文件「空.txt」：文件是空的" in page
    assert names(item) == ["好.txt"]


def test_without_a_file_the_page_says_so(cast: Cast) -> None:
    item = draft(cast, prepare(cast))
    response = signed_in(cast.contributor).post(
        reverse("publishing:attachments", args=[item.uid]), {"digest": digest(item)}
    )
    assert response.status_code == 422
    assert "请选择文件。" in response.content.decode()


def test_a_stale_page_is_answered_with_what_is_there_now(cast: Cast) -> None:
    item = draft(cast, prepare(cast))
    old = digest(item)
    attached(cast, item, "甲.txt")
    response = upload(item, signed_in(cast.contributor), ("乙.txt", "乙"), digest=old)
    assert response.status_code == 409
    assert "您打开之后内容已被改动" in response.content.decode()
    assert names(item) == ["甲.txt"]


def test_attachments_are_moved_renamed_replaced_and_removed(cast: Cast) -> None:
    item = draft(cast, prepare(cast))
    first, second = attached(cast, item, "甲.txt", "乙.txt")
    client = signed_in(cast.contributor)

    def act(what: str, row: Attachment, **data: Any) -> Any:
        address = reverse("publishing:attachment_change", args=[item.uid, row.uid, what])
        return client.post(address, {"digest": digest(item)} | data)

    assert act("down", first).status_code == 302
    assert names(item) == ["乙.txt", "甲.txt"]
    act("up", first)
    act("rename", second, name="丙")
    act("replace", first, file=SimpleUploadedFile("b.csv", b"a,b\n1,2\n"))
    assert names(item) == ["甲.csv", "丙.txt"]
    assert act("rename", second, name="").status_code == 422
    assert act("replace", first, file=SimpleUploadedFile("b.exe", b"MZ")).status_code == 409
    act("remove", first)
    assert names(item) == ["丙.txt"]
    gone = act("remove", first)
    assert gone.status_code == 409
    assert "这个附件已经不在了" in gone.content.decode()
    assert act("nonsense", second).status_code == 404


def test_only_who_may_revise_finds_the_page(cast: Cast) -> None:
    item = submitted(cast, prepare(cast))
    address = reverse("publishing:attachments", args=[item.uid])
    statuses = {
        account.name: signed_in(account).get(address).status_code
        for account in (cast.contributor, cast.office, cast.head, cast.stranger, cast.supervisor)
    }
    assert statuses == {"示例甲": 404, "示例丙": 200, "示例戊": 404, "示例丑": 404, "示例子": 404}


def test_the_door_is_closed_to_who_may_not_revise(cast: Cast) -> None:
    item = draft(cast, prepare(cast))
    for account in (cast.office, cast.stranger):
        assert upload(item, signed_in(account), ("a.txt", "a")).status_code == 404
    assert not StoredFile.objects.exists()


def test_a_file_is_given_to_those_who_see_the_item_and_to_nobody_else(cast: Cast) -> None:
    item = draft(cast, prepare(cast))
    (row,) = attached(cast, item, "配租 名单.txt")
    own, foreign = signed_in(cast.office), signed_in(cast.stranger)
    for name in ("attachment", "attachment_text"):
        address = reverse(f"publishing:{name}", args=[item.uid, row.uid])
        missing = reverse(f"publishing:{name}", args=[item.uid, uuid.uuid4()])
        given = own.get(address)
        assert given.status_code == 200
        assert b"".join(given)
        refused, absent = foreign.get(address), foreign.get(missing)
        assert (refused.status_code, absent.status_code) == (404, 404)
        assert without_token(refused.content) == without_token(absent.content)
        assert Client().get(address).status_code == 302
        assert signed_in(cast.supervisor).get(address).status_code == 404
    assert own.get(missing).status_code == 404
    response = own.get(reverse("publishing:attachment", args=[item.uid, row.uid]))
    assert b"".join(response.streaming_content) == "配租 名单.txt里的文字".encode()
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert response["Content-Security-Policy"].startswith("sandbox")
    assert "no-store" in response["Cache-Control"]


def test_an_attachment_belongs_to_its_item_alone(cast: Cast) -> None:
    column = prepare(cast)
    item, other = draft(cast, column), draft(cast, column, title="另一件")
    (row,) = attached(cast, item, "甲.txt")
    address = reverse("publishing:attachment", args=[other.uid, row.uid])
    assert signed_in(cast.contributor).get(address).status_code == 404


def test_a_public_item_has_no_page_to_change_attachments(cast: Cast) -> None:
    item = published(cast, prepare(cast))
    assert signed_in(cast.contributor).get(reverse("publishing:attachments", args=[item.uid])).status_code == 404
