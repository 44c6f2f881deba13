from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import Client, RequestFactory

from gongkai.project.home import Home
from gongkai.ui import context, who
from tests.cast import Cast

SITE = '\n[site]\nname = "示例区政府信息公开"\nhost = "示例区人民政府"\ncode = "0000000000"\nicp = "示ICP备0号"\n'
MARK = "示例数据，不对应任何真实机构和个人"


@pytest.fixture
def home(settings: Any, tmp_path: Path) -> Home:
    made = Home(tmp_path / "home")
    made.create()
    settings.HOME = made
    return made


def test_sample_home_marks_every_page(home: Home, client: Client) -> None:
    home.demo_stamp.write_text("{}")
    assert MARK in client.get("/a/x/").content.decode()
    assert MARK in client.get("/staff/sign-in/").content.decode()


def test_real_home_has_no_mark(home: Home, client: Client) -> None:
    assert MARK not in client.get("/a/x/").content.decode()


def test_footer_prints_what_is_configured(home: Home, client: Client) -> None:
    home.config_file.write_text(home.config_file.read_text() + SITE)
    shown = client.get("/").content.decode()
    for printed in ("主办：示例区人民政府", "网站标识码 0000000000", "示ICP备0号", 'content="0000000000"'):
        assert printed in shown


def test_footer_prints_nothing_that_is_not_configured(home: Home, client: Client) -> None:
    shown = client.get("/").content.decode()
    for absent in ("主办", "网站标识码", "SiteIDCode", "ICP"):
        assert absent not in shown


def test_site_table_of_another_kind_is_left_out(home: Home) -> None:
    home.config_file.write_text('site = "x"\n')
    assert context.current().site_name == ""


def test_public_page_links_the_sections_and_marks_the_one_it_is_in(client: Client) -> None:
    shown = client.get("/a/x/").content.decode()
    assert '<a href="/a/x/guide/">公开指南</a>' in shown
    assert '<a href="/a/x/contents/" aria-current="true">法定主动公开内容</a>' in shown
    assert "依申请公开" not in shown
    assert "<title>住房保障 - 示例区住房服务中心</title>" in shown


def test_search_form_sends_the_words_as_q(client: Client) -> None:
    shown = client.get("/a/x/").content.decode()
    assert 'action="/search/" method="get"' in shown
    assert 'name="q"' in shown


def test_person_is_asked_once_per_request(cast: Cast, django_assert_num_queries: Any) -> None:
    request = RequestFactory().get("/staff/")
    request.user = cast.office
    with django_assert_num_queries(1):
        assert who.of(request) == who.of(request) == who.Who(cast.office.name, cast.agency.name, ("办公室主任",))


def test_nobody_enters_where_accounts_are_not_described(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(who, "_describe", [])
    request = RequestFactory().get("/staff/")
    request.user = cast.office
    with pytest.raises(ImproperlyConfigured):
        who.of(request)
