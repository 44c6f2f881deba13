"""The text in the item form where the editor does not run: no structure is lost, what nobody touched stays."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from gongkai.publishing.forms import ItemForm, initial_of
from gongkai.publishing.models import Item
from gongkai.publishing.text import EXTENSIONS
from tests.cast import Cast
from tests.publishing.rows import digest, draft, prepare
from tests.publishing.test_text import TABLE
from tests.publishing.test_views import signed_in, typed

STRUCTURED = f"<h2>配租结果</h2><p>共<strong>十二</strong>户。</p>{TABLE}<p>特此通告。</p>"


def posted(client: Client, item: Item, **changes: Any) -> Any:
    """Save the form as a browser without scripts does, with what it was shown."""
    form = ItemForm(agency=item.agency, item=item, initial=initial_of(item, digest(item)))
    values = {name: form[name].value() for name in form.fields}
    values = {name: value for name, value in values.items() if value is not None and value is not False}
    values["body_text"] = values["body_text"].replace("\n", "\r\n")
    return client.post(reverse("publishing:edit", args=[item.uid]), values | changes)


@pytest.mark.parametrize("body", [STRUCTURED, "<p>一段。</p><p>二段。</p>", "<p>一<br>二</p>", "裸文字"])
def test_saving_without_a_change_keeps_the_text_to_the_letter(cast: Cast, body: str) -> None:
    item = draft(cast, prepare(cast), body=body)
    before = item.body
    assert posted(signed_in(cast.contributor), item, title="改过的名称").status_code == 302
    item.refresh_from_db()
    assert (item.title, item.body) == ("改过的名称", before)


def test_words_in_a_table_can_be_changed_without_the_editor(cast: Cast) -> None:
    item = draft(cast, prepare(cast), body=STRUCTURED)
    client = signed_in(cast.contributor)
    page = client.get(reverse("publishing:edit", args=[item.uid])).content.decode()
    assert "按网页代码显示" in page
    assert "&lt;td colspan=&quot;2&quot;&gt;示例甲" in page
    shown = ItemForm(agency=item.agency, item=item, initial=initial_of(item, digest(item)))["body_text"].value()
    assert posted(client, item, body_text=shown.replace("示例甲", "示例乙")).status_code == 302
    item.refresh_from_db()
    assert item.body == STRUCTURED.replace("示例甲", "示例乙")


def test_plain_typing_is_escaped_and_html_is_cleaned(cast: Cast) -> None:
    column = prepare(cast)
    client = signed_in(cast.contributor)
    client.post(reverse("publishing:new"), typed(columns=[column.pk], body_text="<h2>不是标题</h2>"))
    assert Item.objects.get().body == "<p>&lt;h2&gt;不是标题&lt;/h2&gt;</p>"
    Item.objects.all().delete()
    html = '<h2>标题</h2><p onclick="x">字<script>alert(1)</script></p>'
    client.post(reverse("publishing:new"), typed(columns=[column.pk], body_text=html, body_format="html"))
    assert Item.objects.get().body == "<h2>标题</h2><p>字</p>"


def test_an_unknown_format_is_refused(cast: Cast) -> None:
    prepare(cast)
    answer = signed_in(cast.contributor).post(reverse("publishing:new"), typed(body_format="markdown"))
    assert answer.status_code == 422
    assert not Item.objects.exists()


def test_editor_gets_the_schema_of_the_server_and_words_of_ours(cast: Cast) -> None:
    prepare(cast)
    page = signed_in(cast.contributor).get(reverse("publishing:new")).content.decode()
    field = re.search(r'<textarea[^>]*name="body_text"[^>]*>', page)
    assert field
    said = field.group().replace("&quot;", '"')
    schema = re.search(r'data-editor-extensions="(\{.*?\})" data-editor-labels', said)
    assert schema
    assert json.loads(schema.group(1)) == EXTENSIONS
    assert "插入表格" in said
    assert "/static/django_prose_editor/editor.js" in said


def test_a_text_of_a_megabyte_is_saved(cast: Cast) -> None:
    item = draft(cast, prepare(cast))
    body = "<p>示例文字</p>" * 50_000
    assert posted(signed_in(cast.contributor), item, body_text=body, body_format="html").status_code == 302
    item.refresh_from_db()
    assert item.body == body
