from __future__ import annotations

import pytest
from django.core.checks import Error
from django.test import Client, RequestFactory

from gongkai.ui import menu
from gongkai.ui.checks import menu_pages
from tests.cast import Cast


def entries(path: str, cast: Cast) -> list[tuple[str, bool]]:
    request = RequestFactory().get(path)
    request.user = cast.office
    return [(entry.code, entry.current) for entry in menu.entries(request)]


def test_entries_stand_in_the_order_of_the_menu_whatever_the_order_of_registration(cast: Cast) -> None:
    menu.register("figures", "form")
    assert [code for code, _ in entries("/staff/", cast)] == ["worklist", "figures", "settings"]


def test_entry_is_current_on_its_own_pages_and_below(cast: Cast) -> None:
    assert entries("/staff/agencies/", cast) == [("worklist", False), ("settings", True)]
    assert entries("/staff/agencies/empty/", cast) == [("worklist", False), ("settings", True)]


def test_work_list_is_current_on_its_own_page_alone(cast: Cast) -> None:
    assert entries("/staff/", cast) == [("worklist", True), ("settings", False)]
    assert entries("/staff/denies/", cast) == [("worklist", False), ("settings", False)]


def test_page_that_stands_elsewhere_is_under_its_entry_for_those_who_have_it(cast: Cast) -> None:
    menu.register("supervision", "agencies", lambda account: False)
    menu.stand_under("supervision", "form")
    assert entries("/staff/form/", cast) == [("worklist", False), ("settings", False)]
    menu.stand_under("settings", "form")
    assert entries("/staff/form/", cast) == [("worklist", False), ("settings", True)]


def test_entry_is_shown_to_those_alone_whom_its_rule_names(cast: Cast) -> None:
    menu.register("supervision", "form", lambda account: account == cast.supervisor)
    menu.register("review", "form", lambda account: account == cast.office)
    assert [code for code, _ in entries("/staff/", cast)] == ["worklist", "review", "settings"]


def test_entry_without_its_page_is_left_out_and_reported(cast: Cast) -> None:
    menu.register("reports", "reports:index")
    assert [code for code, _ in entries("/staff/", cast)] == ["worklist", "settings"]
    found = menu_pages()
    assert [(type(one), one.id) for one in found] == [(Error, "ui.E001")]
    assert "reports:index" in found[0].msg


def test_unknown_entry_is_refused() -> None:
    with pytest.raises(ValueError, match="no entry"):
        menu.register("weather", "form")


def test_entry_that_another_page_has_taken_is_refused() -> None:
    with pytest.raises(ValueError, match="belongs to"):
        menu.register("settings", "form")


def test_shell_shows_menu_person_and_sign_out(office: Client, cast: Cast) -> None:
    shown = office.get("/staff/agencies/").content.decode()
    assert '<a href="/staff/agencies/" aria-current="true">设置</a>' in shown
    assert f"<b>{cast.office.name}</b><span>{cast.agency.name}</span><span>办公室主任</span>" in shown
    assert '<form method="post" action="/staff/sign-out/" data-signs-out>' in shown
    assert "本系统为非涉密系统，严禁存储、处理、传输国家秘密" in shown


def test_report_of_an_act_is_shown_once(office: Client) -> None:
    form = {"title": "通告", "written_on": "2017-05-17", "genre": "notice", "attribute": "proactive"}
    assert "已经保存。" in office.post("/staff/form/", form).content.decode()
    assert "已经保存。" not in office.get("/staff/form/").content.decode()
