"""Frozen years: an act that would change a frozen figure is refused, unless an amendment of the year is open.

An act that changes records asks `refuse_changes` at its end, in its own transaction, with the days that its records
carry, before and after. What the figures are now is told by the package that computes them (`compare_with`).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from gongkai.agencies.models import Agency
from gongkai.periods.models import FROZEN_STATES, Period
from gongkai.rules.refusals import Refusal, require


@dataclass(frozen=True)
class Change:
    """A figure that is no longer what was frozen; values as they are printed, empty for none."""

    code: str
    name: str
    before: str
    after: str

    @property
    def sentence(self) -> str:
        """The change in words."""
        blank = _("未填")
        words = {"name": self.name, "before": self.before or blank, "after": self.after or blank}
        return _("「%(name)s」由%(before)s变为%(after)s") % words


Comparer = Callable[[Agency, int], Collection[Change]]
_comparers: list[Comparer] = []
SHOWN = 5


def compare_with(comparer: Comparer) -> None:
    """Name the function that compares the figures of a frozen year with those now; called from `AppConfig.ready()`."""
    if comparer not in _comparers:
        _comparers.append(comparer)


def refuse_changes(agency: Agency, days: Iterable[dt.date | None], *, years: Iterable[int] = ()) -> None:
    """Raise `ActRefused` when a figure of a frozen year is no longer what was frozen.

    `days` are those of the changed records: the frozen years from the first to the last of them are looked at, and
    all later ones where a day is open (None). `years` are looked at besides. Asks two statements where no year of the
    agency is frozen. Call it inside the transaction of the act, after its last write: a year that is being frozen at
    the same moment is waited for, and one that is frozen later has the change in its figures.
    """
    # Freezing holds this row. Not FOR UPDATE: acts that wrote what belongs to the agency would wait for one another.
    Agency.objects.without_tree_fields().select_for_update(no_key=True).get(pk=agency.pk)
    given = list(days)
    known = [day.year for day in given if day is not None]
    wanted = set(years)
    periods = Period.objects.select_for_update(of=("self",)).filter(agency=agency, state__in=FROZEN_STATES)
    refusals = []
    for period in periods.order_by("year"):
        last = max(known, default=0) if None not in given else period.year
        touched = bool(known) and min(known) <= period.year <= last
        if (touched or period.year in wanted) and not period.amendments.filter(closed_at__isnull=True).exists():
            refusals += refusals_of_changes(period.year, changes(agency, period.year))
    require(refusals)


def changes(agency: Agency, year: int) -> list[Change]:
    """How the figures of a frozen year differ from those that were frozen."""
    return [change for comparer in _comparers for change in comparer(agency, year)]


def refusals_to_restate(agency: Agency, first: int, last: int | None) -> list[Refusal]:
    """Why how the years from `first` to `last` are counted cannot be set anew: frozen ones that nobody is correcting."""
    periods = Period.objects.select_for_update(of=("self",)).filter(
        agency=agency, state__in=FROZEN_STATES, year__gte=first
    )
    if last is not None:
        periods = periods.filter(year__lte=last)
    sentence = _(
        "%(year)d年度的统计数据已经冻结，这项设置不能再为该年度改变。确需更正的，请先在该年度的「冻结与更正」中登记更正、"
        "写明原因；只改以后年度的，请从下一个年度起设置。"
    )
    return [
        Refusal("frozen_year", sentence % {"year": period.year}, field="from_year")
        for period in periods.order_by("year")
        if not period.amendments.filter(closed_at__isnull=True).exists()
    ]


def refusals_of_changes(year: int, found: Collection[Change]) -> list[Refusal]:
    """Why these changes of a frozen year are not allowed."""
    if not found:
        return []
    shown = list(found)[:SHOWN]
    more = _("等%(count)d项") % {"count": len(found)} if len(found) > SHOWN else ""
    sentence = _(
        "%(year)d年度的统计数据已经冻结，这样改动以后%(changes)s%(more)s。确需更正的，请先在该年度的"
        "「冻结与更正」中登记更正、写明原因，改好后由另一人确认。"
    )
    said = "，".join(change.sentence for change in shown)
    return [Refusal("frozen_year", sentence % {"year": year, "changes": said, "more": more})]
