"""Writing by file: a document becomes the text of an item, and nothing of the file is kept."""

from __future__ import annotations

import io
from typing import Any

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from gongkai.audit.models import Event
from gongkai.documents import Document, read
from gongkai.files.models import StoredFile
from gongkai.publishing import acts
from gongkai.publishing.from_file import Written, write
from gongkai.publishing.models import Item
from tests.asking import signed_in
from tests.cast import Cast
from tests.documents import samples
from tests.publishing.rows import AT, digest, draft, prepare, published

pytestmark = pytest.mark.one_database


def document() -> bytes:
    made = docx.Document()
    made.add_heading("关于开展物业服务检查的通知", 0)
    made.add_heading("总体要求", 1)
    paragraph = made.add_paragraph("普通<b>")
    paragraph.add_run("重点").bold = True
    paragraph.add_run("结尾。")
    for text in ("第一项", "第二项"):
        made.add_paragraph(text, style="List Bullet")
    for text in ("甲", "乙"):
        made.add_paragraph(text, style="List Number")
    table = made.add_table(2, 3)
    for row in range(2):
        for column in range(3):
            table.cell(row, column).text = f"格{row}{column}"
    table.cell(0, 0).merge(table.cell(0, 1)).text = "合并"
    made.add_paragraph("示例区住房服务中心")
    target = io.BytesIO()
    made.save(target)
    return target.getvalue()


def written(data: bytes, name: str) -> Written:
    found = read(data, name=name)
    assert isinstance(found, Document)
    return write(found, data)


def test_a_word_document_becomes_title_headings_lists_table_and_bold() -> None:
    made = written(document(), "a.docx")
    assert made.title == "关于开展物业服务检查的通知"
    assert made.body == (
        "<h2>总体要求</h2><p>普通&lt;b&gt;<strong>重点</strong>结尾。</p>"
        "<ul><li><p>第一项</p></li><li><p>第二项</p></li></ul>"
        "<ol><li><p>甲</p></li><li><p>乙</p></li></ol>"
        '<table><tbody><tr><td colspan="2"><p>合并</p></td><td><p>格02</p></td></tr>'
        "<tr><td><p>格10</p></td><td><p>格11</p></td><td><p>格12</p></td></tr></tbody></table>"
        "<p>示例区住房服务中心</p>"
    )
    assert made.left_out == ()


def test_what_is_not_in_the_text_is_named() -> None:
    assert "图片1张" in written(samples.docx_with_picture(), "a.docx").left_out
    assert {"批注和修订痕迹", "脚注"} <= set(written(samples.docx(), "a.docx").left_out)


def test_hidden_cells_and_deleted_words_do_not_get_into_the_text() -> None:
    for data, name in ((samples.docx(), "a.docx"), (samples.xlsx(), "a.xlsx")):
        found = read(data, name=name)
        assert isinstance(found, Document)
        body = write(found, data).body
        hidden = [part.text for part in found.hidden if len(part.text) > 5]
        hidden += [cell.text for table in found.tables() for cell in table.cells() if cell.hidden and cell.text]
        assert hidden
        assert [text for text in hidden if text in body] == []


@pytest.mark.parametrize(
    ("data", "name", "expected"),
    [
        ("第一段\n\n第二段".encode(), "a.txt", "<p>第一段</p><p>第二段</p>"),
        ("项目,金额\n维修,1\n".encode(), "a.csv", "<table>"),
        (samples.odt(), "a.odt", "<p>"),
    ],
)
def test_other_types_become_text_too(data: bytes, name: str, expected: str) -> None:
    assert expected in written(data, name).body


def send(client: Client, address: str, data: bytes, name: str = "a.docx") -> Any:
    return client.post(address, {"document": SimpleUploadedFile(name, data)})


def test_a_draft_is_begun_by_file_and_the_file_is_not_kept(cast: Cast) -> None:
    prepare(cast)
    response = send(signed_in(cast.contributor), reverse("publishing:new_from_file"), document())
    item = Item.objects.get()
    assert response.url == reverse("publishing:edit", args=[item.uid])
    assert item.title == "关于开展物业服务检查的通知"
    assert "<strong>重点</strong>" in item.body
    assert item.department == cast.departments[0]
    assert not StoredFile.objects.exists()


def test_a_file_without_title_gives_its_name(cast: Cast) -> None:
    prepare(cast)
    send(signed_in(cast.contributor), reverse("publishing:new_from_file"), "正文".encode(), "检查通知.txt")
    assert Item.objects.get().title == "检查通知"


def test_the_text_of_an_item_is_shown_before_it_is_taken_over(cast: Cast) -> None:
    item = draft(cast, prepare(cast))
    before = Item.objects.values().get()
    client, address = signed_in(cast.contributor), reverse("publishing:body", args=[item.uid])
    shown = send(client, address, document())
    assert shown.status_code == 200
    assert "<strong>重点</strong>" in shown.content.decode()
    assert Item.objects.values().get() == before
    made = shown.context["taking"].initial
    response = client.post(address, {"body": made["body"] + "<script>x</script>", "digest": made["digest"]})
    assert response.url == reverse("publishing:item", args=[item.uid])
    after = Item.objects.values().get()
    assert after["body"] == made["body"]
    assert {name for name in after if after[name] != before[name]} == {"body"}


def test_a_text_that_changed_meanwhile_is_not_overwritten(cast: Cast) -> None:
    item = draft(cast, prepare(cast))
    client, address = signed_in(cast.contributor), reverse("publishing:body", args=[item.uid])
    made = send(client, address, document()).context["taking"].initial
    kept = {one: getattr(item, one) for one in ("written_on", "department", "genre")}
    acts.revise_item(
        item=item,
        digest=digest(item),
        fields=acts.ItemFields(title="别人改的", body="<p>别人写的</p>", **kept),
        by=cast.contributor,
        at=AT,
    )
    response = client.post(address, made)
    assert response.status_code == 409
    assert "您打开之后内容已被改动" in response.content.decode()
    assert "<strong>重点</strong>" in response.content.decode()
    item.refresh_from_db()
    assert item.body == "<p>别人写的</p>"


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (b"MZ", "a.exe", "可执行程序"),
        (samples.plain_picture("RGB", (1, 2, 3)), "a.png", "不能变成正文"),
        (samples.docx_plain(" "), "a.docx", "没有读到文字"),
        ("秘密★\n内容".encode(), "不可留名.txt", "停止操作"),
        ("很长的段落。\n".encode() * 30_000, "a.txt", "文字太长"),
    ],
)
def test_what_cannot_be_a_text_is_refused(cast: Cast, data: bytes, name: str, code: str) -> None:
    item = draft(cast, prepare(cast))
    response = send(signed_in(cast.contributor), reverse("publishing:body", args=[item.uid]), data, name)
    assert response.status_code == 409
    assert code in response.content.decode()
    assert "不可留名" not in response.content.decode() + str(list(Event.objects.values()))
    assert not StoredFile.objects.exists()


def test_only_who_may_revise_finds_the_pages(cast: Cast) -> None:
    column = prepare(cast)
    own, public = draft(cast, column), published(cast, column)
    for account, item in ((cast.office, own), (cast.stranger, own), (cast.contributor, public)):
        assert signed_in(account).get(reverse("publishing:body", args=[item.uid])).status_code == 404
    assert signed_in(cast.head).get(reverse("publishing:new_from_file")).status_code == 404
    assert signed_in(cast.contributor).get(reverse("publishing:new_from_file")).status_code == 200
