"""Fees: the information-processing fee by item or by volume since 2021, the cost fees until 2017-03-31.

R711 Art. 42: information is free; where number or frequency of the requests clearly exceeds reason the agency may charge
信息处理费 (国办函〔2020〕109号), by item or by volume, never both for one request. R492 Art. 27: only the cost of search,
copy and post, at local rates. All amounts are yuan.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import cache
from typing import Any, Literal

from gongkai.rules.citations import cited
from gongkai.rules.errors import InvalidFee
from gongkai.rules.legal_settings import Settings
from gongkai.rules.sources import read_toml

Way = Literal["items", "pages"]

# More than this in one month or request is a slip of the pen.
LARGEST = 100_000


@dataclass(frozen=True)
class FeeStep:
    """A step of a progressive fee: the units from `first` to `last`, `count` in all, at `rate` yuan each."""

    first: int
    last: int
    rate: Decimal
    unit: str

    @property
    def count(self) -> int:
        """How many units fall into it."""
        return self.last - self.first + 1

    @property
    def amount(self) -> Decimal:
        """What they cost together, in yuan."""
        return self.rate * self.count

    @property
    def sentence(self) -> str:
        """The step in words, with its sum."""
        span = f"第{self.first}{self.unit}" if self.count == 1 else f"第{self.first}至{self.last}{self.unit}"
        return f"{span}：{self.count}{self.unit}×{plain(self.rate)}元＝{plain(self.amount)}元"


@dataclass(frozen=True)
class CostLine:
    """One line of a cost fee: what it is for, how many units at which rate."""

    name: str
    count: Decimal
    rate: Decimal
    unit: str

    @property
    def amount(self) -> Decimal:
        """What it costs, in yuan."""
        return self.count * self.rate

    @property
    def sentence(self) -> str:
        """The line in words, with its sum."""
        return f"{self.name}：{plain(self.count)}{self.unit}×{plain(self.rate)}元＝{plain(self.amount)}元"


@dataclass(frozen=True)
class Fee:
    """A fee with its explanation.

    `amount` is what is to be paid; `lines` show how it comes about, `why` says why it is nothing or what holds beside.
    """

    amount: Decimal
    lines: tuple[FeeStep | CostLine, ...]
    why: tuple[str, ...]
    basis: tuple[str, ...]

    @property
    def steps(self) -> tuple[str, ...]:
        """The explanation, one sentence a line."""
        return (*(line.sentence for line in self.lines), *self.why)


def by_items(
    count: int, *, first: int = 1, on: dt.date | None = None, is_waived: bool = False, settings: Settings | None = None
) -> Fee:
    """Return the fee for the items from the `first` to the `count`-th that one applicant made in a calendar month.

    R711 Art. 42(2), 国办函〔2020〕109号, charged by item (按件).
    With `first` 1 it is the fee of the month, with `first` equal to `count` that of a single request. `on` is the day of
    the fee notice: before 国办函〔2020〕109号 took effect there is none. `is_waived` when the agency makes no use of the
    fee, which it may, case by case. Raises `InvalidFee` for a range that is none.
    """
    return _information_fee("items", first, count, on, is_waived, settings)


def by_pages(
    count: int, *, on: dt.date | None = None, is_waived: bool = False, is_public: bool = False,
    settings: Settings | None = None,
) -> Fee:  # fmt: skip
    """Return the fee for the pages of one request; one side of a sheet up to A4 is one page.

    R711 Art. 42(2), 国办函〔2020〕109号, charged by volume (按量).
    For information that is already public (`is_public`) none is charged unless the setting `fee_pages_already_public`
    says so. Raises `InvalidFee`.
    """
    chosen = settings or Settings.defaults()
    if is_public and not chosen.yes("fee_pages_already_public"):
        _count_of("pages", 1, count)
        return Fee(Decimal(0), (), ("所需信息已经公开，不按量计收。",), cited(_data()["information"]["basis"]))
    return _information_fee("pages", 1, count, on, is_waived, settings)


def by_pages_of(
    counts: Sequence[int], *, on: dt.date | None = None, settings: Settings | None = None
) -> tuple[Fee, ...]:
    """Return the fees of several requests by volume: each by itself, or as one by the setting `fee_pages_add_requests`."""
    if (settings or Settings.defaults()).yes("fee_pages_add_requests"):
        return (by_pages(sum(counts), on=on, settings=settings),)
    return tuple(by_pages(count, on=on, settings=settings) for count in counts)


def of_each_request(received_on: Sequence[dt.date], *, settings: Settings | None = None) -> tuple[Fee, ...]:
    """Return the fee by item of each request of one applicant, in the order given (国办函〔2020〕109号).

    The number of a request counts within its calendar month, by day of receipt, on one day in the order given.
    """
    fees: dict[int, Fee] = {}
    in_month: dict[tuple[int, int], int] = defaultdict(int)
    for number, day in sorted(enumerate(received_on), key=lambda each: (each[1], each[0])):
        in_month[day.year, day.month] += 1
        nth = in_month[day.year, day.month]
        fees[number] = by_items(nth, first=nth, on=day, settings=settings)
    return tuple(fees[number] for number in range(len(received_on)))


def charge(
    *, items: int | None = None, pages: int | None = None, on: dt.date | None = None, settings: Settings | None = None
) -> Fee:
    """Return the fee by item or by volume, whichever is named, never both for one request (国办函〔2020〕109号).

    Raises `InvalidFee` unless exactly one is named.
    """
    if items is not None and pages is None:
        return by_items(items, on=on, settings=settings)
    if pages is not None and items is None:
        return by_pages(pages, on=on, settings=settings)
    raise InvalidFee("信息处理费按件或者按量计收，同一申请只能选一种，请只写件数或者只写页数。")


def cost_fees(
    counts: Mapping[str, int | Decimal],
    on: dt.date,
    *,
    rates: str | Mapping[str, Decimal] = "fujian-2008",
    waiver: str = "",
    settings: Settings | None = None,
) -> Fee:
    """Return the cost fees of R492 Art. 27 on a day: search, copy and post by their counts at local rates.

    None is due after the day of the setting `cost_fees_until` (财税〔2017〕20号), nor with a `waiver` for which the
    applicant has a certificate. `rates` names a set of `rules/data/fees.toml` or gives the yuan per unit. Raises
    `InvalidFee` for an unknown cost, rate or waiver and for a count below zero.
    """
    data = _data()
    basis = cited(data["cost"]["basis"])
    lines = tuple(_cost_line(kind, count, rates) for kind, count in counts.items())
    until = _day((settings or Settings.defaults()).text("cost_fees_until"))
    if on > until:
        return Fee(
            Decimal(0), (), (f"{until:%Y-%m-%d}以后不再收取检索、复制、邮寄费。",), cited(data["cost"]["ended_basis"])
        )
    if waiver:
        freed = _waiver(waiver)
        why = f"{freed['name']}免收，须有{freed['evidence']}。"
        return Fee(Decimal(0), lines, (why,), (*basis, *cited(freed["basis"])))
    return Fee(_yuan(sum((line.amount for line in lines), Decimal(0))), lines, (), basis)


def cost_kinds() -> Mapping[str, str]:
    """Return the costs that R492 Art. 27 lets an agency charge, by code, in words."""
    return {kind: about["name"] for kind, about in _data()["cost"]["kinds"].items()}


def waivers() -> Mapping[str, Mapping[str, Any]]:
    """Return who is freed from cost fees, by code, each with name, basis and the evidence needed (R492 Art. 28)."""
    found: Mapping[str, Mapping[str, Any]] = _data()["waivers"]
    return found


def scale(way: Way, last: int) -> tuple[FeeStep, ...]:
    """Return the steps of the information-processing fee up to a number of items or pages (国办函〔2020〕109号)."""
    about = _data()["information"][way]
    steps: list[FeeStep] = []
    for step in about["steps"]:
        if step["first"] <= last:
            end = min(step.get("last", last), last)
            steps.append(FeeStep(step["first"], end, Decimal(step["rate"]), about["unit"]))
    while steps and steps[-1].last < last:
        before = steps[-1]
        end = min(before.last + about["every"], last)
        steps.append(FeeStep(before.last + 1, end, before.rate + about["more"], about["unit"]))
    return tuple(steps)


def plain(amount: Decimal) -> str:
    """Return an amount as plain digits: no exponent, no trailing zeros behind the point."""
    text = f"{amount:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _information_fee(
    way: Way, first: int, last: int, on: dt.date | None, is_waived: bool, settings: Settings | None
) -> Fee:
    _count_of(way, first, last)
    basis = cited(_data()["information"]["basis"])
    start = _day((settings or Settings.defaults()).text("information_fee_from"))
    if on is not None and on < start:
        return Fee(Decimal(0), (), (f"{start:%Y-%m-%d}以前不收取信息处理费。",), basis)
    steps = tuple(
        FeeStep(max(step.first, first), step.last, step.rate, step.unit)
        for step in scale(way, last)
        if step.last >= first
    )
    if is_waived:
        return Fee(Decimal(0), steps, ("可以收取而不收取，由行政机关逐件决定。",), basis)
    return Fee(sum((step.amount for step in steps), Decimal(0)), steps, (), basis)


def _count_of(way: Way, first: int, last: int) -> None:
    unit = _data()["information"][way]["unit"]
    if not 0 <= last <= LARGEST:
        raise InvalidFee(f"{unit}数应为0至{LARGEST}之间的整数，现为{last}，请核对。")
    if first < 1 or (first > last and last > 0):
        raise InvalidFee(f"起止{unit}数应从1起、起不大于止，现为{first}至{last}，请核对。")


def _cost_line(kind: str, count: int | Decimal, rates: str | Mapping[str, Decimal]) -> CostLine:
    cost = _data()["cost"]
    about = cost["kinds"].get(kind)
    if about is None:
        raise InvalidFee(f"没有「{kind}」这项费用，可以收取的有：{'、'.join(cost['kinds'])}。")
    if isinstance(rates, str):
        table = cost["rates"].get(rates)
        if table is None:
            raise InvalidFee(f"没有名为「{rates}」的收费标准，现有：{'、'.join(cost['rates'])}。")
        rate = Decimal(table[kind])
    elif kind in rates:
        rate = Decimal(rates[kind])
    else:
        raise InvalidFee(f"没有写明{about['name']}的标准，请写明每{about['unit']}多少元。")
    if not (Decimal(count).is_finite() and 0 <= count <= LARGEST and rate.is_finite() and 0 <= rate <= LARGEST):
        raise InvalidFee(f"{about['name']}的数量和标准应为不小于0的数，请核对。")
    return CostLine(about["name"], Decimal(count), rate, about["unit"])


def _waiver(code: str) -> Mapping[str, Any]:
    try:
        return waivers()[code]
    except KeyError:
        raise InvalidFee(f"没有「{code}」这种免收情形，现有：{'、'.join(waivers())}。") from None


def _yuan(amount: Decimal) -> Decimal:
    return amount.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)


def _day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise InvalidFee(f"设置中的日期「{text}」应写作年-月-日，如2021-01-01，请改正。") from None


def number(text: str) -> Decimal:
    """Read a count or a rate; raises `InvalidFee`."""
    try:
        return Decimal(text)
    except InvalidOperation:
        raise InvalidFee(f"「{text}」不是数，请核对。") from None


@cache
def _data() -> dict[str, Any]:
    return read_toml("fees.toml")
