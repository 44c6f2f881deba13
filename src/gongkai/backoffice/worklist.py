"""The work list: what waits for an officer, gathered from the packages below."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Min, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from gongkai.accounts.models import Account
from gongkai.agencies.models import PostHolding, Role
from gongkai.agencies.permissions import agencies_to_administer, agency_ids_of, today
from gongkai.enquiries.kinds import ENQUIRY
from gongkai.inforequests.kinds import INFO_REQUEST
from gongkai.periods.records.kinds import RecordKind
from gongkai.periods.records.tables import address_of
from gongkai.publishing.clock import ending_soon
from gongkai.publishing.content import OBJECT_KIND
from gongkai.publishing.models import Column, DisclosureAttribute, Item, ItemState
from gongkai.publishing.permissions import DRAFTING_ROLES, ENTERING_ROLES
from gongkai.reports.models import AnnualReport, ReportState
from gongkai.reports.rendering import OBJECT_KIND as REPORT_KIND
from gongkai.review.content import adapter
from gongkai.review.gate.shown import overrides_to_confirm, title_of
from gongkai.review.gate.words import KEEPING_ROLES
from gongkai.review.models import Approval, Chain, Opinion, PublishedFinding
from gongkai.review.printing import signed_name
from gongkai.review.runs import why_returned
from gongkai.review.worklist import waiting_for
from gongkai.rules.calendar import Calendar
from gongkai.rules.clock import due_on
from gongkai.rules.errors import DayOutOfRange
from gongkai.rules.facts import Facts, day_of
from gongkai.rules.legal_settings import Settings
from gongkai.screening import safe_text

WHY_LENGTH = 40


@dataclass(frozen=True)
class Matter:
    """One matter: what it is, where it came from, why it is this officer's turn, and the one act."""

    title: str
    origin: str
    why: str
    since: dt.datetime | None
    act: str
    url: str
    due_on: dt.date | None = None
    limit: str = ""


def matters_for(account: Account) -> list[Matter]:
    """What waits for the account, the most pressing first: by its limit or, where it has none, by when it came."""
    found = [*_steps(account), *_drafts(account), *_history(account), *_gate(account), *_terms(account)]
    found += [*_requests(account), *_enquiries(account), *_setting_up(account)]
    return sorted(found, key=lambda matter: (matter.due_on or _came_on(matter), _came_on(matter)))


def _came_on(matter: Matter) -> dt.date:
    return timezone.localdate(matter.since) if matter.since else timezone.localdate()


def _setting_up(account: Account) -> list[Matter]:
    """What an agency still lacks to begin its work, for its system administrator.

    One that was just put below the account's own has nobody yet: then that somebody is the first step.
    """
    agencies = list(agencies_to_administer(account).without_tree_fields())
    if not agencies:
        return []
    own = agency_ids_of(account, (Role.SYSTEM_ADMINISTRATOR,))
    holdings = PostHolding.objects.on(today()).filter(post__agency__in=own, post__role__in=DRAFTING_ROLES)
    with_drafter = set(holdings.values_list("post__agency", flat=True))
    with_columns = set(Column.objects.without_tree_fields().filter(agency__in=own).values_list("agency", flat=True))
    with_chain = set(Chain.objects.filter(agency__in=own, object_kind=OBJECT_KIND).values_list("agency", flat=True))
    found = []
    for agency in agencies:
        steps = [
            (
                agency.pk in own,
                _("还没有系统管理员，新建人员、岗位并安排任职"),
                _("去安排"),
                reverse("agencies:agency", args=[agency.code]),
            ),
        ]
        if agency.pk in own:
            chain_url = reverse("review:chain", args=[agency.code, OBJECT_KIND])
            steps += [
                (agency.pk in with_drafter, _("还没有人能起草公开信息"), _("去安排任职"), reverse("agencies:posts")),
                (agency.pk in with_columns, _("还没有栏目"), _("去新建栏目"), reverse("publishing:columns")),
                (agency.pk in with_chain, _("还没有审核流程，不能送审"), _("去设定"), chain_url),
            ]
        found += [
            Matter(title=agency.name, origin=_("机构设置"), why=why, since=None, act=act, url=url)
            for is_done, why, act, url in steps
            if not is_done
        ]
    return found


def disclosure_limit(item: Item | None) -> dt.date | None:
    """By when what is to be disclosed must be public: 20 working days from its making (rule P-01; R711 art. 26)."""
    if item is None or item.attribute != DisclosureAttribute.PROACTIVE:
        return None
    try:
        day = due_on("P-01", Facts(item.written_on), Calendar.standard(), Settings())
    except DayOutOfRange:
        return None
    return None if day is None else day_of(day)


def _steps(account: Account) -> list[Matter]:
    """The approvals whose step is the officer's."""
    waiting_now = list(waiting_for(account))
    keys = [one.approval.object_key for one in waiting_now if one.approval.object_kind == OBJECT_KIND]
    items = {str(item.uid): item for item in Item.objects.filter(uid__in=keys)}
    return [
        Matter(
            title=waiting.approval.title,
            origin=_("%(department)s %(name)s 起草")
            % {"department": waiting.approval.department or "", "name": waiting.approval.drafter.name},
            why=_("%(step)s：内容改过，请重新确认") % {"step": waiting.step.label}
            if waiting.again
            else waiting.step.label,
            since=waiting.approval.submitted_at,
            act=_("去发布") if waiting.step.kind == "release" else _("去审核"),
            url=adapter(waiting.approval.object_kind).url(waiting.approval.object_key),
            due_on=disclosure_limit(items.get(waiting.approval.object_key)),
            limit=_("公开期限"),
        )
        for waiting in waiting_now
    ]


def _drafts(account: Account) -> list[Matter]:
    """The officer's own drafts, new and returned."""
    items = Item.objects.visible_to(account).filter(drafter=account, state=ItemState.DRAFTED)
    reports = AnnualReport.objects.visible_to(account).filter(drafter=account, state=ReportState.DRAFTED)
    found: list[tuple[str, Item | AnnualReport, str, dt.datetime]] = [
        *((OBJECT_KIND, item, item.title, item.entered_at) for item in items),
        *((REPORT_KIND, report, _draft_title(report), report.begun_at) for report in reports.select_related("agency")),
    ]
    keys = [str(draft.uid) for _kind, draft, _title, _at in found]
    runs = Approval.objects.filter(object_kind__in=[OBJECT_KIND, REPORT_KIND], object_key__in=keys)
    ordered = runs.order_by("submitted_at", "pk").prefetch_related("opinions")
    last = {run.object_key: why_returned(run, run.opinions.all()) for run in ordered}
    return [
        Matter(
            title=title,
            url=adapter(kind).url(str(draft.uid)),
            due_on=disclosure_limit(draft) if isinstance(draft, Item) else None,
            limit=_("公开期限"),
            **_why_drafted(last.get(str(draft.uid)), at),
        )
        for kind, draft, title, at in found
    ]


def _draft_title(report: AnnualReport) -> str:
    """What a report is called while it has no text of its own."""
    return _("%(agency)s%(year)s年度报告") % {"agency": report.agency.name, "year": report.year}


def _why_drafted(returned: Opinion | None, begun: dt.datetime) -> dict[str, Any]:
    """Why a draft waits and since when; what was returned says by whom and for what reason."""
    if returned is None:
        return {"origin": _("自己起草"), "why": _("草稿尚未送审"), "since": begun, "act": _("继续起草")}
    return {
        "origin": _("%(name)s 退回") % {"name": signed_name(returned)},
        "why": _("退回：%(why)s") % {"why": Truncator(safe_text(returned.text)).chars(WHY_LENGTH)},
        "since": returned.at,
        "act": _("去修改"),
    }


def _gate(account: Account) -> list[Matter]:
    """What another officer asked to let pass at the release gate, and what a look through the public found."""
    asked = [
        Matter(
            title=_("%(title)s：放行 %(count)d 处发现")
            % {"title": title_of(account, override), "count": override.findings.count()},
            origin=_("%(name)s 提出") % {"name": override.asked_by.name},
            why=_("由另一人确认后才放行"),
            since=override.asked_at,
            act=_("去确认"),
            url=reverse("review:gate", args=[override.object_kind, override.object_key]),
        )
        for override in overrides_to_confirm(account)
    ]
    found = PublishedFinding.objects.filter(settled_at=None, agency_id__in=agency_ids_of(account, KEEPING_ROLES))
    return asked + [
        Matter(
            title=safe_text(each.title),
            origin=_("复查已公开的内容"),
            why=_("有 %(count)d 处不应公开") % {"count": each.count},
            since=each.found_at,
            act=_("去处理"),
            url=adapter(each.object_kind).url(each.object_key),
        )
        for each in found.order_by("found_at")
    ]


def _terms(account: Account) -> list[Matter]:
    """The lists whose publicity term is about to end."""
    return [
        Matter(
            title=item.title,
            origin=_("公示"),
            why=_("公示期满，请在外部平台撤下") if hasattr(item, "outside") else _("公示期满由系统自动处理"),
            since=item.released_at or item.entered_at,
            act=_("去查看"),
            url=reverse("publishing:item", args=[item.uid]),
            due_on=item.publicity_until,
            limit=_("公示期"),
        )
        for item in ending_soon(account, timezone.localdate())
    ]


def _history(account: Account) -> list[Matter]:
    """One matter for all entered items that wait for a second officer."""
    waiting = (
        Item.objects.visible_to(account)
        .to_confirm()
        .filter(agency_id__in=agency_ids_of(account, ENTERING_ROLES))
        .exclude(drafter=account)
        .order_by("entered_at")
    )
    first = waiting.first()
    if first is None:
        return []
    return [
        Matter(
            title=_("%(count)d 条补录的公开信息") % {"count": waiting.count()},
            origin=_("补录"),
            why=_("由另一人复核后才公开"),
            since=first.entered_at,
            act=_("去复核"),
            url=reverse("publishing:history"),
        )
    ]


def _requests(account: Account) -> list[Matter]:
    """The requests for information that are not closed, each with the last day of its limit."""
    return [
        Matter(
            title=f"{request.number} {safe_text(request.subject)}",
            origin=_("信息公开申请"),
            why=_("还没有答复"),
            since=_morning_of(request.received_on),
            act=_("去办理"),
            url=address_of(request),
            due_on=request.extended_to_on or request.base_limit_on,
            limit=_("答复期限"),
        )
        for request in _waiting(account, INFO_REQUEST)
    ]


def _enquiries(account: Account) -> list[Matter]:
    """One matter for all work orders and letters without an answer, with the first day on which one is due."""
    told = _waiting(account, ENQUIRY).aggregate(count=Count("pk"), since=Min("received_on"), due_on=Min("limit_on"))
    if not told["count"]:
        return []
    return [
        Matter(
            title=_("%(count)d 件来信来电没有答复") % {"count": told["count"]},
            origin=_("来信来电"),
            why=_("办理后补填答复日期"),
            since=_morning_of(told["since"]),
            act=_("去办理"),
            url=f"{reverse(ENQUIRY.address())}?state=waiting",
            due_on=told["due_on"],
            limit=_("最早的办理期限"),
        )
    ]


def _waiting(account: Account, kind: RecordKind) -> QuerySet[Any]:
    """The records of a register without an answer, in the agencies where the account keeps it."""
    own = kind.model.objects.visible_to(account).filter(agency_id__in=agency_ids_of(account, kind.roles))
    return own.standing().filter(kind.waiting).order_by("received_on", "pk")


def _morning_of(day: dt.date) -> dt.datetime:
    """The beginning of a day here."""
    return timezone.make_aware(dt.datetime.combine(day, dt.time()))
