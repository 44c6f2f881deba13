"""The registers of an agency's year: what must have records or be confirmed as nothing to report."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from gongkai.periods.models import NothingToReport

Counter = Callable[[Collection[int], int], dict[int, int]]


@dataclass(frozen=True)
class Register:
    """A register by its code and its name on the screen."""

    code: str
    label: str | Promise


REGISTERS: dict[str, Register] = {
    register.code: register
    for register in (
        Register("items", _("公开信息")),
        Register("news_conferences", _("新闻发布会")),
        Register("online_interviews", _("在线访谈")),
        Register("hot_topics", _("公众关注热点和重大舆情")),
        Register("work_orders", _("政务热线工单")),
        Register("petitions", _("信访件")),
        Register("requests", _("依申请公开")),
        Register("reconsiderations", _("行政复议")),
        Register("lawsuits", _("行政诉讼")),
        Register("complaints", _("政府信息公开举报投诉")),
        Register("transfers", _("向查阅场所报送信息")),
        Register("ogi_offices", _("专门机构")),
        Register("reading_points", _("查阅点")),
        Register("visits", _("接待查阅")),
        Register("staff", _("工作人员")),
        Register("funds", _("专项经费")),
        Register("meetings", _("工作会议")),
        Register("trainings", _("培训")),
    )
}
_counters: dict[str, Counter] = {}
_lists: dict[str, str] = {}


def count_with(code: str, counter: Counter) -> None:
    """Let a package count the records of its register; called from `AppConfig.ready()`.

    `counter(agency_ids, year)` gives the number of records of the year by agency id, in one statement; agencies
    without records may be left out. Raises `KeyError` for an unknown register.
    """
    _counters[REGISTERS[code].code] = counter


def list_at(code: str, url_name: str) -> None:
    """Name the staff list of a register that is no `RecordKind`; called from `AppConfig.ready()`.

    Raises `KeyError` for an unknown register.
    """
    _lists[REGISTERS[code].code] = url_name


def url_of(code: str) -> str:
    """The staff list that was named for a register; empty where none was."""
    return reverse(_lists[code]) if code in _lists else ""


def has_records(code: str, agency_ids: Collection[int], year: int) -> dict[int, int]:
    """The number of records of a register in a year, by agency id; a register that no package keeps yet has none."""
    counted = _counters[code](agency_ids, year) if code in _counters else {}
    return {agency_id: counted.get(agency_id, 0) for agency_id in agency_ids}


def confirmed(agency_ids: Collection[int], year: int) -> set[tuple[int, str]]:
    """The pairs of agency id and register code that were confirmed as nothing to report for a year."""
    rows = NothingToReport.objects.filter(period__agency_id__in=agency_ids, period__year=year)
    return set(rows.values_list("period__agency_id", "register"))
