"""The registers of requests, replies, reconsiderations and lawsuits."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db.models import Q

from gongkai.agencies.models import Role
from gongkai.inforequests.models import InfoRequest, Lawsuit, Reconsideration, Reply, ReplyOutcome
from gongkai.periods.records.checks import concluded_with_outcome
from gongkai.periods.records.kinds import RecordKind
from gongkai.periods.records.permissions import name_of
from gongkai.periods.records.windows import in_year, within
from gongkai.rules.refusals import Refusal

ROLES = (Role.REQUEST_OFFICER, Role.OFFICE)


def check_request(request: InfoRequest, _today: dt.date) -> list[Refusal]:
    """Once a reply closed a request, its closing day follows from the reply."""
    if request.served_on is not None and request.closed_on != request.served_on:
        return [
            Refusal(
                "closed_by_reply",
                f"{name_of(request)}已有答复，结案日期就是首次答复送达日期（{request.served_on}）。请更正答复的送达日期。",
                field="closed_on",
            )
        ]
    return []


def check_reply(reply: Reply, _today: dt.date) -> list[Refusal]:
    """A reply is served after the request came in; a refusal has a ground and nothing else has one."""
    refusals = []
    if reply.served_on < reply.request.received_on:
        refusals.append(
            Refusal(
                "days_out_of_order",
                f"申请「{reply.request}」的答复送达日期不能早于收到日期（{reply.request.received_on}）。",
                field="served_on",
            )
        )
    if reply.outcome == ReplyOutcome.REFUSED and not reply.ground:
        refusals.append(Refusal("ground_missing", f"{name_of(reply)}不同意公开，请选择理由。", field="ground"))
    if reply.outcome != ReplyOutcome.REFUSED and reply.ground:
        said = f"{name_of(reply)}不是不同意公开，请不要选择理由。"
        refusals.append(Refusal("ground_without_refusal", said, field="ground"))
    return refusals


def restate_closing(requests: Sequence[InfoRequest]) -> None:
    """Derive when requests were served and closed from their standing replies.

    The first reply that settles a request closes it. A closing day that was entered for a request without such a
    reply is kept; one that only repeated a reply's day goes with the reply.
    """
    first: dict[int, dt.date] = {}
    replies = Reply.objects.standing().filter(request__in=requests).exclude(outcome=ReplyOutcome.CLARIFICATION)
    for key, served_on in replies.values_list("request_id", "served_on"):
        first[key] = min(served_on, first.get(key, served_on))
    changed = []
    for request in requests:
        settled_on = first.get(request.pk)
        closed_on = settled_on or (None if request.closed_on == request.served_on else request.closed_on)
        if (request.served_on, request.closed_on) != (settled_on, closed_on):
            request.served_on, request.closed_on = settled_on, closed_on
            changed.append(request)
    InfoRequest.objects.bulk_update(changed, ["served_on", "closed_on"], batch_size=500)


def restate_requests_of(replies: Sequence[Reply]) -> None:
    """Derive the days of the requests that these replies belong to."""
    restate_closing(list(InfoRequest.objects.filter(pk__in={reply.request_id for reply in replies})))


INFO_REQUEST = RecordKind(
    InfoRequest,
    slug="requests",
    roles=ROLES,
    fields=(
        "number",
        "received_on",
        "channel",
        "applicant_kind",
        "subject",
        "base_limit_on",
        "extended_to_on",
        "closed_on",
    ),
    columns=("number", "subject", "channel", "received_on", "base_limit_on", "served_on", "closed_on"),
    filters=("channel", "applicant_kind"),
    search=("number", "subject"),
    derived=("served_on",),
    window=lambda year: (
        in_year("received_on", "served_on", "closed_on")(year)
        | Q(pk__in=Reply.objects.standing().filter(in_year("served_on")(year)).values("request"))
    ),
    decides="received_on",
    registers={"requests": Q()},
    order=(
        ("received_on", "base_limit_on"),
        ("base_limit_on", "extended_to_on"),
        ("received_on", "closed_on"),
        ("received_on", "served_on"),
    ),
    waiting=Q(closed_on=None),
    ahead=("base_limit_on", "extended_to_on"),
    key=("number",),
    check=check_request,
    restate=restate_closing,
)
REPLY = RecordKind(
    Reply,
    slug="replies",
    roles=ROLES,
    fields=("request", "served_on", "outcome", "ground"),
    columns=("request", "served_on", "outcome", "ground"),
    filters=("outcome", "ground"),
    search=("request__number", "request__subject"),
    window=in_year("served_on"),
    decides="served_on",
    parent="request",
    check=check_reply,
    restate=restate_requests_of,
)
RECONSIDERATION = RecordKind(
    Reconsideration,
    slug="reconsiderations",
    roles=ROLES,
    fields=("number", "filed_on", "concluded_on", "outcome", "request"),
    columns=("number", "filed_on", "concluded_on", "outcome", "request"),
    filters=("outcome",),
    search=("number",),
    window=within("filed_on", "concluded_on"),
    decides="concluded_on",
    registers={"reconsiderations": Q()},
    order=(("filed_on", "concluded_on"),),
    key=("number",),
    check=concluded_with_outcome,
)
LAWSUIT = RecordKind(
    Lawsuit,
    slug="lawsuits",
    roles=ROLES,
    fields=("number", "filed_on", "concluded_on", "outcome", "request"),
    columns=("number", "filed_on", "concluded_on", "outcome", "request"),
    filters=("outcome",),
    search=("number",),
    window=within("filed_on", "concluded_on"),
    decides="concluded_on",
    registers={"lawsuits": Q()},
    order=(("filed_on", "concluded_on"),),
    key=("number",),
    check=concluded_with_outcome,
)
KINDS = (INFO_REQUEST, REPLY, RECONSIDERATION, LAWSUIT)
