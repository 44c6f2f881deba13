"""Write the sample year as a workbook, from facts in `data/sample-2017.toml`; the same facts give the same cells.

The workbook is kept in the repository and comes in through the same door as any other. Written anew by
`write_sample(SAMPLE_WORKBOOK)`.
"""

from __future__ import annotations

import datetime as dt
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from gongkai.exchange.declarations import Sheet, Value
from gongkai.exchange.register_sheets import OGI_OFFICES, PETITIONS, READING_POINTS, STAFF, VISITS, WORK_ORDERS
from gongkai.exchange.sheets import CONFIRMATIONS, ITEMS, SETTING_VALUES
from gongkai.exchange.template import write_workbook
from gongkai.lawbook.settings import SETTINGS
from gongkai.periods.registers import REGISTERS
from gongkai.publishing.models import DisclosureAttribute, KeyArea
from gongkai.resources.models import Employment
from gongkai.rules.calendar import Calendar

DATA = Path(__file__).parent / "data"
SAMPLE_WORKBOOK = DATA / "sample-2017.xlsx"
YEAR = 2017
AGENCY_CODE = "sl-zfbz"
# The organisation code inside the agency's credit code, as the older form of the index number has it.
ORGANISATION = "000002188"
WORK_ORDER_COUNT = 130
HOUSING_CLASS = "城乡建设、环境保护\\城乡建设（含住房）"
AREA_OF_COLUMN = {
    "住房保障": KeyArea.AFFORDABLE_HOUSING,
    "房屋征收": KeyArea.EXPROPRIATION,
    "物业管理": KeyArea.PROPERTY_MANAGEMENT,
    "房产交易": KeyArea.HOUSING_MARKET,
}
READING_POINT = "示例区政务服务中心政府信息查阅点"
# Registers with records in the sample year; every other one is confirmed as nothing to report.
KEPT = frozenset({"items", "work_orders", "petitions", "ogi_offices", "reading_points", "visits", "staff"})

Cells = Mapping[str, Value]


def write_sample(path: Path) -> None:
    """Write the sample year to a file."""
    sheets: tuple[tuple[Sheet, Iterator[Cells]], ...] = (
        (ITEMS, _items()),
        (WORK_ORDERS, _work_orders()),
        (PETITIONS, _petitions()),
        (OGI_OFFICES, iter([{"name": "示例区住房保障服务中心政府信息公开办公室", "from_on": dt.date(2015, 3, 2)}])),
        (READING_POINTS, iter([_reading_point()])),
        (VISITS, iter([{"reading_point": READING_POINT, "on": dt.date(2017, 6, 20), "visitors": 1}])),
        (STAFF, _staff()),
        (CONFIRMATIONS, _confirmations()),
        (SETTING_VALUES, _settings()),
    )
    write_workbook(path, {sheet.name: [_row(sheet, cells) for cells in rows] for sheet, rows in sheets})


def _row(sheet: Sheet, cells: Cells) -> Sequence[Value]:
    """The cells of a row in the order of the sheet's columns. Raises `KeyError` for a column it does not have."""
    unknown = cells.keys() - {field.key for field in sheet.fields}
    if unknown:
        raise KeyError(*unknown)
    return [AGENCY_CODE if field.key == "agency" else cells.get(field.key) for field in sheet.fields]


@cache
def _facts() -> dict[str, Any]:
    return tomllib.loads((DATA / "sample-2017.toml").read_text(encoding="utf-8"))


def _items() -> Iterator[Cells]:
    """The items in the order of their first public day, numbered in that order."""
    facts = sorted(_facts()["item"], key=lambda fact: (fact["published"], fact["title"]))
    numbers = [f"{ORGANISATION}/{YEAR}-{number:05d}" for number in range(1, len(facts) + 1)]
    by_name = {fact["index"]: number for fact, number in zip(facts, numbers, strict=True) if "index" in fact}
    for fact, number in zip(facts, numbers, strict=True):
        area = AREA_OF_COLUMN.get(fact["columns"], KeyArea.NONE).label
        posted = fact.get("posted", {})
        yield {
            "index_number": number,
            "title": fact["title"],
            "body": fact["body"].strip(),
            "document_number": fact.get("number"),
            "written_on": fact["written"],
            "published_on": fact["published"],
            "published_on_source": "区政府网站页面显示的发布日期",
            "columns": fact["columns"],
            "department": fact["department"],
            "subject_class": fact.get("subject", HOUSING_CLASS),
            "genre": fact["genre"],
            "attribute": str(DisclosureAttribute.PROACTIVE.label),
            "key_area": fact.get("area", str(area)),
            "is_normative": "是" if fact.get("normative") else "否",
            "interprets": by_name[fact["interprets"]] if "interprets" in fact else None,
            "website_on": fact["published"],
            "posting_on": posted.get("on"),
            "posting_places": posted.get("places"),
        }


def _work_orders() -> Iterator[Cells]:
    """Spread the work orders over the year's working days: some days bring several, each is answered within five
    working days and settled within two more."""
    calendar = Calendar.standard()
    eve = dt.date(YEAR - 1, 12, 31)
    days = calendar.count_working_days(eve, dt.date(YEAR, 12, 31)) - 8
    topics = _facts()["work_orders"]["topics"]
    received = sorted(
        calendar.add_working_days(eve, 1 + (place * place * 7 + place * 13) % days) for place in range(WORK_ORDER_COUNT)
    )
    of_day: Counter[dt.date] = Counter()
    for place, day in enumerate(received):
        of_day[day] += 1
        answered = calendar.add_working_days(day, 1 + (place * 3) % 5)
        yield {
            "number": f"RX{day:%Y%m%d}{of_day[day]:03d}",
            "topic": topics[(place * 11) % len(topics)],
            "received_on": day,
            "answered_on": answered,
            "settled_on": calendar.add_working_days(answered, place % 3),
        }


def _petitions() -> Iterator[Cells]:
    for fact in _facts()["petition"]:
        yield {
            "number": f"XF{fact['received']:%Y%m%d}001",
            "topic": fact["topic"],
            "received_on": fact["received"],
            "answered_on": fact["answered"],
            "settled_on": fact["settled"],
        }


def _reading_point() -> Cells:
    return {"name": READING_POINT, "address": "示例区示例大道1号政务服务中心一楼", "from_on": dt.date(2015, 3, 2)}


def _staff() -> Iterator[Cells]:
    yield {"name": "示例己", "employment": str(Employment.FULL_TIME.label), "from_on": dt.date(2016, 3, 1)}
    yield {"name": "示例庚", "employment": str(Employment.PART_TIME.label), "from_on": dt.date(2016, 3, 1)}


def _confirmations() -> Iterator[Cells]:
    for register in REGISTERS.values():
        if register.code not in KEPT:
            yield {"year": YEAR, "register": str(register.label)}


def _settings() -> Iterator[Cells]:
    yield {"name": SETTINGS["count_work_orders_as_responses"].label, "from_year": YEAR, "value": "是"}
