"""Named counts and rates beside the statutory rows: what the text of a report says and no row of the table holds.

They come from the same sources as the rows, are computed for any number of agencies in a fixed number of grouped
statements, and have the same states: a count whose register says nothing is blank, and so is a rate of it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import Count, Q
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from gongkai.agencies.models import Agency, AgencyKind, AgencyQuerySet
from gongkai.enquiries.models import Enquiry, EnquiryChannel
from gongkai.figures.definitions import (
    ANSWERED,
    CHANNELS,
    DISCLOSED,
    ROWS,
    TOPICS,
    Definition,
    Source,
    Value,
    disclosed_in,
    evaluate,
    in_year,
)
from gongkai.figures.registers import RegisterYear, State
from gongkai.figures.statutory import Row, Table
from gongkai.publishing.models import ChannelKind, ColumnKind, Item, KeyArea
from gongkai.rules.indicators import Indicator


def _placed_in(year: int) -> Q:
    return disclosed_in(year, "item__")


PLACED = Source(
    "placed", _("公开信息"), Item.columns.through, _placed_in, "published_on", _("首次公开日"), "item__agency", "item"
)
RECEIVED = Source(
    "received", _("来信来电"), Enquiry, lambda year: in_year("received_on", year), "received_on", _("收到日期")
)


@dataclass(frozen=True)
class Name:
    """What a derived figure is called and means; `register` is empty where no register is asked to be confirmed."""

    name: str | Promise
    unit: str
    definition: str | Promise
    register: str = ""


@dataclass(frozen=True)
class Rate:
    """A rate in per cent: two derived figures or rows of the table, by code."""

    numerator: str
    denominator: str


@dataclass(frozen=True)
class Derived:
    """A named figure of one agency and year. A rate's value is in per cent with at most two places."""

    code: str
    name: str | Promise
    unit: str
    definition: str | Promise
    value: Value | None
    state: State


_NAMES: dict[str, Name] = {
    "publishing.board": Name(
        _("本单位板块发布信息数"), "条", _("本年度首次公开的主动公开信息中，列入本单位板块任一栏目的条数。"), "items"
    ),
    "publishing.common": Name(
        _("公共栏目发布信息数"), "条", _("本年度首次公开的主动公开信息中，列入公共栏目的条数。"), "items"
    ),
    "publishing.electronic": Name(
        _("电子化信息数"), "条", _("本年度首次公开的主动公开信息中，正文以电子文本完整保存的条数。"), "items"
    ),
    "publishing.electronic_rate": Name(_("电子化率"), "%", _("电子化信息数除以主动公开政府信息数。"), "items"),
    "publishing.posting": Name(
        _("现场张贴信息数"), "条", _("本年度首次公开的主动公开信息中，本年度内在现场张贴过的条数。"), "items"
    ),
    "publishing.reviewed": Name(
        _("经审核流程发布的信息数"),
        "条",
        _("本年度首次公开的主动公开信息中，在本系统经审核、签发后发布的条数。"),
        "items",
    ),
    "publishing.history": Name(
        _("系统启用前公开的信息数"), "条", _("本年度首次公开的主动公开信息中，系统启用后补录的条数。"), "items"
    ),
    "publishing.history_confirmed": Name(
        _("补录后已复核的信息数"), "条", _("系统启用前公开、补录后经第二名工作人员复核的条数。"), "items"
    ),
}
COUNTS: list[Definition] = [
    Definition("publishing.board", PLACED, Q(column__kind=ColumnKind.BOARD)),
    Definition("publishing.common", PLACED, Q(column__kind=ColumnKind.COMMON)),
    Definition("publishing.electronic", DISCLOSED, ~Q(body="")),
    Definition("publishing.posting", CHANNELS, Q(kind=ChannelKind.POSTING)),
    Definition("publishing.reviewed", DISCLOSED, Q(entered_as_history=False)),
    Definition("publishing.history", DISCLOSED, Q(entered_as_history=True)),
    Definition("publishing.history_confirmed", DISCLOSED, Q(entered_as_history=True, confirmed_at__isnull=False)),
]
RATES: dict[str, Rate] = {"publishing.electronic_rate": Rate("publishing.electronic", "1.1")}

for _area in KeyArea:
    _NAMES[f"publishing.area.{_area.value}"] = Name(
        _area.label, "条", _("本年度首次公开的主动公开信息中，重点领域标为此项的条数。"), "items"
    )
    COUNTS.append(Definition(f"publishing.area.{_area.value}", DISCLOSED, Q(key_area=_area)))

# Only the hotline and the petition system are registers of their own; the other channels are never confirmed empty.
_CHANNEL_REGISTERS = {EnquiryChannel.HOTLINE: "work_orders", EnquiryChannel.PETITION: "petitions"}

for _channel in EnquiryChannel:
    _of = f"enquiries.{_channel.value}"
    _register = _CHANNEL_REGISTERS.get(_channel, "")
    _NAMES |= {
        f"{_of}.received": Name(format_lazy(_("{}收到数"), _channel.label), "件", _("本年度收到的件数。"), _register),
        f"{_of}.answered": Name(
            format_lazy(_("{}答复数"), _channel.label), "件", _("首次答复日在本年度的件数，不论何年收到。"), _register
        ),
        f"{_of}.received_answered": Name(
            format_lazy(_("{}收到件中的已答复数"), _channel.label),
            "件",
            _("本年度收到的件中已经答复的件数，不论答复日是否跨年。"),
            _register,
        ),
        f"{_of}.received_settled": Name(
            format_lazy(_("{}收到件中的已办结数"), _channel.label),
            "件",
            _("本年度收到的件中已经办结的件数，不论办结日是否跨年。"),
            _register,
        ),
        f"{_of}.reply_rate": Name(
            format_lazy(_("{}答复率"), _channel.label), "%", _("收到件中的已答复数除以收到数。"), _register
        ),
        f"{_of}.settlement_rate": Name(
            format_lazy(_("{}办结率"), _channel.label), "%", _("收到件中的已办结数除以收到数。"), _register
        ),
    }
    _this = Q(channel=_channel)
    COUNTS += [
        Definition(f"{_of}.received", RECEIVED, _this),
        Definition(f"{_of}.answered", ANSWERED, _this),
        Definition(f"{_of}.received_answered", RECEIVED, _this & Q(answered_on__isnull=False)),
        Definition(f"{_of}.received_settled", RECEIVED, _this & Q(settled_on__isnull=False)),
    ]
    RATES[f"{_of}.reply_rate"] = Rate(f"{_of}.received_answered", f"{_of}.received")
    RATES[f"{_of}.settlement_rate"] = Rate(f"{_of}.received_settled", f"{_of}.received")

_NAMES["enquiries.topics"] = Name(
    _("回应热点和舆情数"), "次", _("本年度首次回应的公众关注热点和重大舆情数，不计工单和信访件。"), "hot_topics"
)
COUNTS.append(Definition("enquiries.topics", TOPICS))

_INSTITUTIONS = "agencies.institutions"
_INSTITUTION_ITEMS = "agencies.institutions.items"
_NAMES |= {
    _INSTITUTIONS: Name(_("所属事业单位数"), "个", _("12月31日在册、由本单位直接管理的事业单位数。")),
    _INSTITUTION_ITEMS: Name(
        _("所属事业单位主动公开信息数"), "条", _("这些所属事业单位本年度首次公开的主动公开信息条数之和。")
    ),
}
_FEES = "fees.charged"
_NAMES[_FEES] = Name(
    _("收取的费用"), "元", _("本年度向申请人收取的检索、复制、邮寄等费用。此项没有登记簿，由办公室按财务记录补充。")
)
CODES: frozenset[str] = frozenset(_NAMES)


def unit_of(code: str) -> str:
    """The unit of a derived figure; empty for a code that is none."""
    return _NAMES[code].unit if code in _NAMES else ""


def rate(numerator: Value, denominator: Value) -> Decimal | None:
    """Per cent with two places, half up; None of nothing. Only a complete one is 100, only an empty one 0."""
    if not denominator:
        return None
    exact = Decimal(numerator) * 100 / Decimal(denominator)
    shown = exact.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
    if exact < 100 <= shown:
        shown = Decimal("99.99")
    if shown <= 0 < exact:
        shown = Decimal("0.01")
    return shown


def compute(
    agencies: Sequence[Agency], year: int, rows: Mapping[int, Mapping[str, Value | None]]
) -> dict[int, dict[str, Derived]]:
    """The derived figures of each agency by its id and their code.

    `rows` holds the values of the statutory rows by agency id and code: some rates divide by one of them.
    """
    agency_ids = [agency.pk for agency in agencies]
    registers = RegisterYear(agency_ids, year)
    counted = evaluate(COUNTS, agency_ids, year)
    institutions = _institutions(agency_ids, year)
    result: dict[int, dict[str, Derived]] = {}
    for agency in agencies:
        figures = {
            definition.code: _figure(definition.code, values.get(agency.pk, 0), registers, agency.pk)
            for definition, values in zip(COUNTS, counted, strict=True)
        }
        for code, value in institutions[agency.pk].items():
            name = _NAMES[code]
            figures[code] = Derived(code, name.name, name.unit, name.definition, value, State.COUNTED)
        figures[_FEES] = _figure(_FEES, 0, registers, agency.pk)
        known = dict(rows.get(agency.pk, {})) | {code: figure.value for code, figure in figures.items()}
        for code, parts in RATES.items():
            figures[code] = _rate_figure(code, known.get(parts.numerator), known.get(parts.denominator))
        result[agency.pk] = figures
    return result


def _figure(code: str, value: Value, registers: RegisterYear, agency_id: int) -> Derived:
    name = _NAMES[code]
    state = registers.state(agency_id, (name.register,) if name.register else (), value)
    return Derived(code, name.name, name.unit, name.definition, None if state is State.BLANK else value, state)


def _rate_figure(code: str, numerator: Value | None, denominator: Value | None) -> Derived:
    name = _NAMES[code]
    value = None if numerator is None or denominator is None else rate(numerator, denominator)
    state = State.BLANK if value is None else State.COUNTED
    return Derived(code, name.name, name.unit, name.definition, value, state)


def definitions_of(code: str) -> list[Definition]:
    """The definitions whose records a derived figure counts: of a rate those that it is taken of.

    None for a figure that no record carries: the institutions and their items, the fees.
    """
    asked = RATES[code].denominator if code in RATES else code
    return [definition for definition in (*COUNTS, *ROWS) if definition.code == asked]


def row_of(table: Table, code: str) -> Row:
    """A derived figure in the shape of a row, so that one page shows both. Raises `KeyError` for a code that is none."""
    name = _NAMES[code]
    rows = {row.code: row.value for row in table.rows}
    figure = compute([table.agency], table.year, {table.agency.pk: rows})[table.agency.pk][code]
    registers = (name.register,) if name.register else ()
    definitions = definitions_of(code)
    indicator = Indicator(
        code=code, parent_code="", ordinal="", name=str(figure.name), label=str(figure.name), unit=figure.unit,
        is_of_which=False, is_local=True, decimals=0, register=name.register,
        deciding_day=str(definitions[0].source.deciding_label) if definitions else "",
        definition=str(figure.definition), note="",
    )  # fmt: skip
    silent = tuple(registers) if figure.state is State.BLANK else ()
    return Row(indicator, figure.value, figure.state, registers, silent)


def institution_counts(agency: Agency, year: int) -> dict[str, int]:
    """The records behind the figures of the subordinate institutions: they themselves, and their items."""
    return _institutions([agency.pk], year)[agency.pk]


def institutions_of(agency_ids: Sequence[int], year: int) -> AgencyQuerySet:
    """The subordinate institutions (所属事业单位) of agencies that were in being on 31 December."""
    last = dt.date(year, 12, 31)
    in_being = (Q(from_on__isnull=True) | Q(from_on__lte=last)) & (Q(to_on__isnull=True) | Q(to_on__gte=last))
    agencies = Agency.objects.without_tree_fields()
    return agencies.filter(in_being, kind=AgencyKind.INSTITUTION, parent_id__in=agency_ids)


def _institutions(agency_ids: Sequence[int], year: int) -> dict[int, dict[str, int]]:
    """The subordinate institutions in being on 31 December and what they disclosed; the tree itself is the record."""
    found = {agency_id: {_INSTITUTIONS: 0, _INSTITUTION_ITEMS: 0} for agency_id in agency_ids}
    below = institutions_of(agency_ids, year)
    for row in below.order_by().values("parent_id").annotate(number=Count("pk")):
        found[row["parent_id"]][_INSTITUTIONS] = row["number"]
    items = Item.objects.filter(disclosed_in(year), agency__in=below.order_by().values("pk"))
    for row in items.order_by().values("agency__parent_id").annotate(number=Count("pk")):
        found[row["agency__parent_id"]][_INSTITUTION_ITEMS] = row["number"]
    return found
