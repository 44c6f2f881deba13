"""The years 2025 and 2026 of the sample, up to the day of building: items, enquiries, requests, resources.

What happened after that day has not happened yet and is left out, so a sample built in spring has a half-filled year.
"""

from __future__ import annotations

import datetime as dt
import tomllib
import zlib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from django.utils import timezone

from gongkai.accounts.models import Account
from gongkai.agencies.models import Agency
from gongkai.enquiries.acts import EnquiryRow, enter_enquiries
from gongkai.enquiries.models import EnquiryChannel, HotTopic
from gongkai.exchange.sample.district import LOADERS
from gongkai.exchange.sample.places import District
from gongkai.exchange.sample_workbook import DATA, READING_POINT
from gongkai.inforequests.models import ApplicantKind, InfoRequest, Reply
from gongkai.periods.acts import confirm_nothing_to_report, open_period
from gongkai.periods.records.acts import enter_records
from gongkai.periods.registers import REGISTERS, has_records
from gongkai.publishing.acts import HistoryRow, ItemFields, enter_history
from gongkai.publishing.models import ChannelKind, KeyArea
from gongkai.publishing.text import from_plain
from gongkai.resources.models import Meeting, ReadingPoint, Training, Visit
from gongkai.rules.calendar import Calendar

YEARS = (2025, 2026)
NUMERALS = ("", "一", "二", "三", "四")
MONTHS_OF = {"month": 1, "quarter": 3, "half": 6}
BASE_LIMIT = 20  # working days, Order 711 article 33
SOURCE = "原网站页面显示的发布日期"
HOUSING_SUBJECT = "城乡建设、环境保护\\城乡建设（含住房）"


def bring(district: District, at: dt.datetime) -> None:
    """Enter the two years of every agency and open them; confirm the empty registers of a year that is over."""
    today = timezone.localdate(at)
    for code, agency in district.agencies.items():
        by = district.accounts[LOADERS[code]]
        years = [year for year in YEARS if dt.date(year, 1, 1) <= today]
        for year in years:
            open_period(agency=agency, year=year, by=by, at=at)
        _enter_items(district, agency, today, by, at)
        _enter_enquiries(agency, today, by, at)
        _enter_requests(agency, today, by, at)
        _enter_resources(agency, today, by, at)
        for year in years:
            if year < today.year:
                _confirm_empty(agency, year, by, at)


@cache
def _facts() -> dict[str, Any]:
    return tomllib.loads((DATA / "sample-recent.toml").read_text(encoding="utf-8"))


def _of(kind: str, agency: Agency) -> Iterator[dict[str, Any]]:
    """The facts of a kind that belong to an agency."""
    return (fact for fact in _facts()[kind] if fact["agency"] == agency.code)


def _pick(seed: str, low: int, high: int) -> int:
    """A number from a range, always the same for the same words."""
    return low + zlib.crc32(seed.encode()) % (high - low + 1)


# -- items --


def _enter_items(district: District, agency: Agency, today: dt.date, by: Account, at: dt.datetime) -> None:
    """Enter what the agency published, policies before their interpretations."""
    told = [each for each in _published(agency) if each[1] <= today]
    told.sort(key=lambda each: (each[1], each[2]["title"]))
    first = [each for each in told if "interprets" not in each[0]]
    items = enter_history(agency=agency, rows=[_row(district, agency, today, *each) for each in first], by=by, at=at)
    numbers = {
        fact["key"]: item.index_number or ""
        for (fact, _day, _text), item in zip(first, items, strict=True)
        if "key" in fact
    }
    later = [each for each in told if each[0].get("interprets") in numbers]
    rows = [_row(district, agency, today, *each, interprets=numbers[each[0]["interprets"]]) for each in later]
    enter_history(agency=agency, rows=rows, by=by, at=at)


def _published(agency: Agency) -> Iterator[tuple[dict[str, Any], dt.date, dict[str, str]]]:
    """What an agency published in the two years: the fact, the day, and its texts."""
    calendar = Calendar.standard()
    for fact in _of("series", agency):
        months = MONTHS_OF[fact["every"]]
        for index in range(12 * (YEARS[0] - 1), 12 * (YEARS[-1] + 1), months):
            year, month = divmod(index + months, 12)  # of the month after the period
            day = calendar.add_working_days(dt.date(year, month + 1, 1) - dt.timedelta(days=1), fact["day"])
            if day.year in YEARS:
                yield fact, day, _texts(fact, index // 12, index % 12 // months + 1)
    for fact in _of("item", agency):
        for named in fact["on"]:
            yield fact, calendar.working_day_from(named), _texts(fact, named.year, 0)


def _texts(fact: Mapping[str, Any], year: int, place: int) -> dict[str, str]:
    """Title and body with their numbers; `place` is the period's place in its year, from 1."""
    words: dict[str, Any] = {"year": year, "next": year + 1, "n": place}
    words["cn"] = NUMERALS[place] if place < len(NUMERALS) else str(place)
    words["half"] = "下半年" if place == 2 else "上半年"
    for name, (low, high) in fact.get("numbers", {}).items():
        words[name] = _pick(f"{fact['title']} {year} {place} {name}", low, high)
    return {name: fact[name].strip().format_map(words) for name in ("title", "body")}


def _row(
    district: District,
    agency: Agency,
    today: dt.date,
    fact: Mapping[str, Any],
    day: dt.date,
    texts: Mapping[str, str],
    *,
    interprets: str = "",
) -> HistoryRow:
    calendar = Calendar.standard()
    fields = ItemFields(
        title=texts["title"],
        body=from_plain(texts["body"]),
        written_on=calendar.add_working_days(day, -_pick(texts["title"], 1, 3)),
        document_number=fact.get("number", ""),
        subject_class=HOUSING_SUBJECT if fact.get("area") else "",
        genre=fact["genre"],
        key_area=fact.get("area", KeyArea.NONE.value),
        is_normative=fact.get("normative", False),
        department=district.departments[agency.code, fact["department"]],
        columns=tuple(district.columns[agency.code, code] for code in fact["columns"]),
    )
    channels = [(ChannelKind.WEBSITE.value, day, "")]
    for kind, key, days in (
        (ChannelKind.WECHAT, "wechat", 0),
        (ChannelKind.WEIBO, "weibo", 1),
        (ChannelKind.POSTING, "posting", 1),
        (ChannelKind.GAZETTE, "gazette", 12),
    ):
        on = calendar.add_working_days(day, days)
        if key in fact and on <= today:
            channels.append((kind.value, on, fact[key] if isinstance(fact[key], str) else ""))
    return HistoryRow(
        fields=fields,
        published_on=day,
        published_on_source=SOURCE,
        channels=tuple(channels),
        interprets_index_number=interprets,
    )


# -- enquiries --


def _enter_enquiries(agency: Agency, today: dt.date, by: Account, at: dt.datetime) -> None:
    rows = [*_work_orders(agency, today), *_petitions(agency, today)]
    topics = [
        HotTopic(topic=fact["topic"], noticed_on=fact["noticed"], answered_on=fact["answered"], channel=fact["channel"])
        for fact in _of("hot_topics", agency)
        if fact["answered"] <= today
    ]
    enter_records(agency=agency, rows=topics, by=by, at=at)
    enter_enquiries(agency=agency, rows=rows, by=by, at=at)


def _work_orders(agency: Agency, today: dt.date) -> Iterator[EnquiryRow]:
    """Work orders, more in some months than in others; answered within five working days, settled within two more."""
    calendar = Calendar.standard()
    for fact in _of("work_orders", agency):
        for year in YEARS:
            for month, usual in enumerate(fact["months"], start=1):
                first = calendar.working_day_from(dt.date(year, month, 1))
                count = usual + _pick(f"{agency.code} {year}-{month}", 0, 6)
                for place in range(count):
                    day = calendar.add_working_days(first, place * 18 // count)
                    answered = calendar.add_working_days(day, 1 + (place * 3) % 5)
                    settled = calendar.add_working_days(answered, place % 3)
                    if day <= today:
                        yield EnquiryRow(
                            channel=EnquiryChannel.HOTLINE,
                            number=f"{fact['prefix']}{year}{month:02d}{place + 1:04d}",
                            topic=fact["topics"][(place * 7 + month * 3 + year) % len(fact["topics"])],
                            received_on=day,
                            answered_on=_until(answered, today),
                            settled_on=_until(settled, today),
                        )


def _petitions(agency: Agency, today: dt.date) -> Iterator[EnquiryRow]:
    calendar = Calendar.standard()
    for fact in _of("petitions", agency):
        for place, named in enumerate(fact["days"]):
            day = calendar.working_day_from(named)
            answered = calendar.add_working_days(day, 12 + place % 5)
            if day <= today:
                yield EnquiryRow(
                    channel=EnquiryChannel.PETITION,
                    number=f"{fact['prefix']}{day:%Y%m%d}001",
                    topic=fact["topics"][place % len(fact["topics"])],
                    received_on=day,
                    answered_on=_until(answered, today),
                    settled_on=_until(calendar.add_working_days(answered, 2), today),
                )


def _until(day: dt.date, today: dt.date) -> dt.date | None:
    """A day that has come; nothing for one that lies ahead."""
    return day if day <= today else None


# -- requests and resources --


def _enter_requests(agency: Agency, today: dt.date, by: Account, at: dt.datetime) -> None:
    calendar = Calendar.standard()
    kinds = (ApplicantKind.NATURAL_PERSON, ApplicantKind.NATURAL_PERSON, ApplicantKind.ENTERPRISE)
    requests, served = [], []
    for fact in _of("requests", agency):
        for place, named in enumerate(fact["days"]):
            day = calendar.working_day_from(named)
            if day > today:
                continue
            request = InfoRequest(
                number=f"{fact['prefix']}{day.year}{place + 1:03d}",
                received_on=day,
                channel=_turn(fact["channels"], place),
                applicant_kind=kinds[place % len(kinds)],
                subject=_turn(fact["subjects"], place),
                base_limit_on=calendar.add_working_days(day, BASE_LIMIT),
            )
            requests.append(request)
            served.append((request, calendar.add_working_days(day, 9 + place % 9), _turn(fact["outcomes"], place)))
    enter_records(agency=agency, rows=requests, by=by, at=at)
    replies = [Reply(request=request, served_on=on, outcome=outcome) for request, on, outcome in served if on <= today]
    enter_records(agency=agency, rows=replies, by=by, at=at)


def _turn(values: Sequence[str], place: int) -> str:
    return values[place % len(values)]


def _enter_resources(agency: Agency, today: dt.date, by: Account, at: dt.datetime) -> None:
    """Meetings and trainings of every agency; visits where there is a reading point."""
    calendar = Calendar.standard()
    meetings, trainings, visits = [], [], []
    point = ReadingPoint.objects.filter(agency=agency, name=READING_POINT).first()
    for year in YEARS:
        for month in (2, 7):
            day = calendar.working_day_from(dt.date(year, month, 18))
            meetings.append(Meeting(held_on=day, topic=f"{year}年政府信息公开工作{'部署' if month == 2 else '推进'}会"))
        day = calendar.working_day_from(dt.date(year, 5, 22))
        trainings.append(
            Training(
                held_on=day, topic="信息员公文规范和保密审查培训", participants=_pick(f"{agency.code} {year}", 14, 46)
            )
        )
        for month in range(1, 13) if point else ():
            day = calendar.working_day_from(dt.date(year, month, 9))
            visits.append(Visit(reading_point=point, on=day, visitors=_pick(f"{year}-{month}", 1, 7)))
    enter_records(agency=agency, rows=[one for one in meetings if one.held_on <= today], by=by, at=at)
    enter_records(agency=agency, rows=[one for one in trainings if one.held_on <= today], by=by, at=at)
    enter_records(agency=agency, rows=[one for one in visits if one.on <= today], by=by, at=at)


def _confirm_empty(agency: Agency, year: int, by: Account, at: dt.datetime) -> None:
    for code in REGISTERS:
        if not has_records(code, [agency.pk], year)[agency.pk]:
            confirm_nothing_to_report(agency=agency, year=year, register=code, by=by, at=at)
