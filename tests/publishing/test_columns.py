"""The tree of columns: created, renamed, moved, arranged, hidden; never below itself, never another agency's."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from gongkai.audit.acts import timeline
from gongkai.publishing import acts
from gongkai.publishing.acts.columns import COLUMN_KIND, DOWN, UP
from gongkai.publishing.forms import ItemForm
from gongkai.publishing.models import Column
from gongkai.rules.refusals import ActRefused
from tests.asking import codes, signed_in
from tests.cast import ENTERED_AT, Cast
from tests.publishing.rows import AT, prepare, published


def make(cast: Cast, code: str, name: str, parent: Column | None = None) -> Column:
    return acts.create_column(agency=cast.agency, code=code, name=name, parent=parent, by=cast.office, at=ENTERED_AT)


def amend(column: Column, by: Any, **changes: Any) -> Column:
    values: dict[str, Any] = {
        "name": column.name,
        "kind": column.kind,
        "parent": column.parent,
        "is_hidden": column.is_hidden,
    }
    return acts.amend_column(column=column, by=by, at=AT, **(values | changes))


def order(cast: Cast) -> list[str]:
    return [column.name for column in Column.objects.filter(agency=cast.agency)]


def test_amend_column_renames_and_moves_it_and_keeps_the_code(cast: Cast) -> None:
    top = prepare(cast)
    column = make(cast, "wygl", "物业")
    amend(column, cast.system_administrator, name=" 物业管理 ", parent=top)
    column.refresh_from_db()
    assert (column.name, column.code, column.parent_id) == ("物业管理", "wygl", top.pk)
    told = timeline(COLUMN_KIND, str(column.uid))[-1].sentence
    assert told == "修改栏目「物业管理」：名称由「物业」改为「物业管理」；移到「住房保障」下面"


@pytest.mark.one_database
def test_amend_column_without_a_change_tells_nothing(cast: Cast) -> None:
    column = prepare(cast)
    amend(column, cast.office)
    assert len(timeline(COLUMN_KIND, str(column.uid))) == 1


@pytest.mark.one_database
def test_a_column_never_stands_below_itself(cast: Cast) -> None:
    top = prepare(cast)
    below = make(cast, "a", "下级", top)
    lowest = make(cast, "b", "再下级", below)
    for parent in (top, lowest):
        with pytest.raises(ActRefused) as refused:
            amend(top, cast.office, parent=parent)
        assert codes(refused) == ["below_itself"]


@pytest.mark.one_database
def test_amend_column_refuses_a_foreign_parent_an_empty_name_and_other_people(cast: Cast) -> None:
    column = prepare(cast)
    foreign = acts.create_column(agency=cast.other_agency, code="x", name="别家", by=None, at=AT)
    for by, changes, code in (
        (cast.office, {"parent": foreign}, "foreign_column"),
        (cast.office, {"name": "  "}, "invalid"),
        (cast.contributor, {"name": "新名"}, "not_your_register"),
        (cast.stranger, {"name": "新名"}, "not_your_register"),
    ):
        with pytest.raises(ActRefused) as refused:
            amend(column, by, **changes)
        assert codes(refused) == [code]


def test_shift_column_changes_places_with_its_neighbour(cast: Cast) -> None:
    first = prepare(cast)
    second, third = make(cast, "b", "第二"), make(cast, "c", "第三")
    acts.shift_column(column=third, step=UP, by=cast.office, at=AT)
    assert order(cast) == ["住房保障", "第三", "第二"]
    acts.shift_column(column=first, step=UP, by=cast.office, at=AT)
    acts.shift_column(column=second, step=DOWN, by=cast.office, at=AT)
    assert order(cast) == ["住房保障", "第三", "第二"]


def test_a_hidden_column_is_not_offered_and_its_items_stay_public(cast: Cast) -> None:
    top = prepare(cast)
    below = make(cast, "a", "下级", top)
    item = published(cast, below)
    amend(top, cast.office, is_hidden=True)
    assert [column.name for column in ItemForm(agency=cast.agency).fields["columns"].queryset] == []  # type: ignore[attr-defined]  # it has one
    assert [column.name for column in ItemForm(agency=cast.agency, item=item).fields["columns"].queryset] == ["下级"]  # type: ignore[attr-defined]  # as above
    client = Client()
    assert client.get(item.get_absolute_url()).status_code == 200
    contents = client.get(reverse("portal:contents", args=[cast.agency.code])).content.decode()
    assert ("/c/zfbz/" in contents, "/c/a/" in contents) == (False, False)
    assert "/c/a/" not in client.get(item.get_absolute_url()).content.decode()  # nor named by it
    assert client.get(reverse("portal:column", args=[cast.agency.code, "a", 1])).status_code == 200


def test_pages_build_the_tree(cast: Cast) -> None:
    prepare(cast)
    client = signed_in(cast.office)
    new = reverse("publishing:column_new")
    typed = {"name": "公租房", "code": "gzf", "parent": Column.objects.get().pk, "kind": "board"}
    assert client.post(new, typed | {"code": "公租"}).status_code == 422
    assert client.post(new, typed | {"code": "zfbz"}).status_code == 409
    assert client.post(new, typed).status_code == 302
    made = Column.objects.get(code="gzf")
    assert (made.parent_id, made.is_hidden) == (typed["parent"], False)
    page = client.get(reverse("publishing:columns")).content.decode()
    assert 'class="level level-1"' in page
    edit = reverse("publishing:column_edit", args=[made.uid])
    assert "不能改" in client.get(edit).content.decode()
    assert (
        client.post(edit, {"name": "公共租赁住房", "parent": "", "kind": "board", "is_hidden": "on"}).status_code == 302
    )
    made.refresh_from_db()
    assert (made.name, made.parent_id, made.is_hidden) == ("公共租赁住房", None, True)
    assert client.post(reverse("publishing:column_shift", args=[made.uid, "up"])).status_code == 302
    assert order(cast) == ["公共租赁住房", "住房保障"]
    assert client.post(reverse("publishing:column_shift", args=[made.uid, "sideways"])).status_code == 404


@pytest.mark.one_database
def test_the_pages_of_columns_exist_for_the_office_and_the_system_administrator_of_the_agency(cast: Cast) -> None:
    uid = prepare(cast).uid
    for who in ("contributor", "head", "auditor", "supervisor"):
        assert signed_in(getattr(cast, who)).get(reverse("publishing:columns")).status_code == 404
    assert signed_in(cast.system_administrator).get(reverse("publishing:columns")).status_code == 200
    edit = reverse("publishing:column_edit", args=[uid])
    assert signed_in(cast.stranger).get(edit).status_code == 404
    assert signed_in(cast.stranger).post(reverse("publishing:column_shift", args=[uid, "up"])).status_code == 404
