"""The work list: what waits for an officer, gathered from the packages below."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from gongkai.accounts.models import Account
from gongkai.agencies.permissions import agency_ids_of
from gongkai.publishing.clock import ending_soon
from gongkai.publishing.content import OBJECT_KIND
from gongkai.publishing.models import DisclosureAttribute, Item, ItemState
from gongkai.publishing.permissions import ENTERING_ROLES
from gongkai.review.content import adapter
from gongkai.review.gate.shown import overrides_to_confirm, title_of
from gongkai.review.gate.words import KEEPING_ROLES
from gongkai.review.models import PublishedFinding
from gongkai.review.worklist import waiting_for
from gongkai.rules.calendar import Calendar
from gongkai.rules.clock import due_on
from gongkai.rules.errors import DayOutOfRange
from gongkai.rules.facts import Facts, day_of
from gongkai.rules.legal_settings import Settings
from gongkai.screening import safe_text


@dataclass(frozen=True)
class Matter:
    """One matter: what it is, where it came from, why it is this officer's turn, and the one act."""

    title: str
    origin: str
    why: str
    since: dt.datetime
    act: str
    url: str
    due_on: dt.date | None = None
    limit: str = ""


def matters_for(account: Account) -> list[Matter]:
    """What waits for the account, the oldest first."""
    found = [*_steps(account), *_drafts(account), *_history(account), *_gate(account), *_terms(account)]
    return sorted(found, key=lambda matter: matter.since)


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
            why=waiting.step.label,
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
    drafts = Item.objects.visible_to(account).filter(drafter=account, state=ItemState.DRAFTED)
    return [
        Matter(
            title=draft.title,
            origin=_("自己起草"),
            why=_("草稿尚未送审"),
            since=draft.entered_at,
            act=_("继续起草"),
            url=reverse("publishing:item", args=[draft.uid]),
            due_on=disclosure_limit(draft),
            limit=_("公开期限"),
        )
        for draft in drafts.order_by("entered_at")
    ]


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
