"""The year in pictures: only what everyone may read counts, and the numbers stand on the page without scripts."""

from __future__ import annotations

import datetime as dt

from django.test import Client

from gongkai.portal import charts
from gongkai.publishing.models import ChannelKind, Item, ItemChannel, KeyArea
from tests.portal.conftest import Housing
from tests.portal.factories import PUBLISHED_ON, make_item, make_not_public


def numbers(year: charts.Year, code: str) -> dict[str, object]:
    return {bar.label: bar.value for chart in year.charts if chart.code == code for bar in chart.bars}


def test_only_public_items_of_the_year_count(client: Client, housing: Housing) -> None:
    before = charts.year_of(housing.agency, 2017)
    assert before.total == 3
    for item in make_not_public(housing.agency, housing.column).values():
        ItemChannel.objects.create(item=item, kind=ChannelKind.WECHAT, on=PUBLISHED_ON)
    make_item(housing.agency, housing.column, published_on=dt.date(2018, 1, 1))
    make_item(housing.item.columns.first().agency, published_on=dt.date(2016, 12, 31))
    assert charts.year_of(housing.agency, 2017) == before
    assert numbers(before, "month") == {f"{month}月": 3 if month == 5 else 0 for month in range(1, 13)}
    assert numbers(before, "area") == {"住房保障": 1, "其他": 2}
    assert numbers(before, "channel") == {"政府网站": 1}
    assert charts.years_of(housing.agency) == [2018, 2017, 2016]


def test_each_picture_equals_a_count_by_hand(housing: Housing) -> None:
    for number in range(20):
        item = make_item(
            housing.agency,
            published_on=dt.date(2025, 1 + number % 12, 3),
            key_area=list(KeyArea)[number % len(KeyArea)],
        )
        for kind in (ChannelKind.WEBSITE, ChannelKind.POSTING)[: 1 + number % 2]:
            ItemChannel.objects.create(item=item, kind=kind, on=item.published_on, place="甲")
            ItemChannel.objects.create(item=item, kind=kind, on=item.published_on, place="乙")
    ItemChannel.objects.create(item=item, kind=ChannelKind.WECHAT, on=dt.date(2026, 1, 1))
    year = charts.year_of(housing.agency, 2025)
    items = list(Item.objects.filter(published_on__year=2025))
    assert year.total == len(items) == sum(int(str(value)) for value in numbers(year, "month").values())
    for area in KeyArea:
        assert numbers(year, "area")[str(area.label)] == sum(one.key_area == area for one in items)
    assert numbers(year, "channel") == {"政府网站": 20, "现场张贴": 10}, "an item once a channel, in the same year"


def test_numbers_stand_on_the_page_without_scripts(client: Client, housing: Housing) -> None:
    page = client.get("/a/housing/reports/2017/").content.decode()
    assert "2017年主动公开 3 条" in page
    assert '<th scope="row">5月</th>' in page
    assert 'data-words="各月公开数：1月0条，' in page
    assert "/a/housing/contents/affordable-housing/page/1/" in page
    assert "/a/housing/reports/2017/" in client.get("/a/housing/reports/").content.decode()


def test_a_year_without_items_says_so_and_leads_back(client: Client, housing: Housing) -> None:
    answer = client.get("/a/housing/reports/2016/")
    assert answer.status_code == 404
    text = answer.content.decode()
    assert "没有在这里公开过2016年的信息" in text
    assert 'href="/a/housing/reports/"' in text
    assert client.get("/a/nobody/reports/2017/").status_code == 404
    assert "本年公开情况" not in client.get("/a/housing/").content.decode()


def test_agency_shows_its_present_year(client: Client, housing: Housing) -> None:
    from django.utils import timezone

    make_item(housing.agency, housing.column, published_on=timezone.localdate())
    page = client.get("/a/housing/").content.decode()
    assert "本年公开情况" in page
    assert f"{timezone.localdate().year}年主动公开 1 条" in page
