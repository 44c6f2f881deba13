"""Let findings pass: asked by one officer with a ground, confirmed by a second, for the very same bytes only.

The second is neither the one who asked nor the drafter: the drafter has an interest in the text going out, and a
ground that nobody else has weighed is none (government information regulations art. 17: review before disclosure).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from django.db import transaction

from gongkai.accounts.models import Account
from gongkai.agencies.models import Agency, Role
from gongkai.agencies.permissions import holds_role
from gongkai.audit.acts import append
from gongkai.audit.events import EventData
from gongkai.review import events
from gongkai.review.content import Content
from gongkai.review.gate.published import settle
from gongkai.review.gate.results import Examination, PartResult, examine
from gongkai.review.looking import Found
from gongkai.review.models import Ground, OverriddenFinding, Override, OverrideState
from gongkai.review.permissions import person_of, refusals_of_words, writers_of
from gongkai.rules.refusals import Refusal, require
from gongkai.screening import Kind

ASKING_ROLES = (
    Role.CONTRIBUTOR,
    Role.DEPARTMENT_HEAD,
    Role.OFFICE,
    Role.LEADER_IN_CHARGE,
    Role.HEAD,
    Role.RELEASER,
)
CONFIRMING_ROLES = (Role.DEPARTMENT_HEAD, Role.OFFICE, Role.LEADER_IN_CHARGE, Role.HEAD)
TEXT_LENGTH = 500
EVERY = "*"  # in the place of a finding's key: all that block in the part
_ARTICLE = re.compile("第[0-9０-９一二三四五六七八九十百]+条")
_PERSONAL = (Ground.FALSE_ALARM, Ground.OFFICIAL, Ground.LAWFUL, Ground.CONSENT, Ground.PUBLIC_INTEREST)
# What may be said for which kind: a mark of secrecy is either none, or the content may not go out.
_GROUNDS: dict[Kind, tuple[Ground, ...]] = {
    Kind.SECRECY_MARK: (Ground.FALSE_ALARM,),
    Kind.INTERNAL_MARK: (Ground.FALSE_ALARM, Ground.LAWFUL),
    Kind.WORD_LIST: (Ground.FALSE_ALARM, Ground.LAWFUL),
    Kind.UNREADABLE: (Ground.READ_BY_HAND,),
}
BASES: dict[str, str] = {
    Ground.CONSENT: "个人信息保护法第二十五条；政府信息公开条例（国务院令第711号）第十五条",
    Ground.PUBLIC_INTEREST: "政府信息公开条例（国务院令第711号）第十五条",
}
"""The legal basis of a ground, where the law itself names it; for `LAWFUL` the officer names it."""


def grounds_for(kind: str) -> tuple[Ground, ...]:
    """The grounds that can be given for a finding of a kind."""
    return _GROUNDS.get(Kind(kind), _PERSONAL)


def refusals_to_ask(account: Account, agency: Agency) -> list[Refusal]:
    """Why the account may not ask that findings in contents of the agency pass."""
    if holds_role(account, agency, *ASKING_ROLES):
        return []
    return [Refusal("not_on_the_case", "只有经办这条信息的岗位可以提出放行。")]


def refusals_to_confirm(account: Account, override: Override) -> list[Refusal]:
    """Why the account may not say yes or no to what another officer asked."""
    refusals = []
    if override.state != OverrideState.ASKED:
        refusals.append(Refusal("already_decided", "这项放行已经有人办理过。请刷新页面。"))
    if not holds_role(account, override.agency, *CONFIRMING_ROLES):
        names = "、".join(str(role.label) for role in CONFIRMING_ROLES)
        refusals.append(Refusal("not_confirmer", f"确认放行需要本机构的岗位：{names}。"))
    person = person_of(account)
    if person == person_of(override.asked_by):
        refusals.append(Refusal("same_person", "提出放行的人不能自己确认，须由另一人确认。"))
    elif person in _authors(override):
        refusals.append(Refusal("same_person", "起草人不能确认放行自己起草的内容，须由另一人确认。"))
    return refusals


def _authors(override: Override) -> set[int]:
    """The natural persons who wrote what an override is about."""
    drafter = {person_of(override.drafter)} if override.drafter is not None else set()
    return drafter | writers_of(override.object_kind, override.object_key)


@transaction.atomic
def ask_override(
    *,
    agency: Agency,
    object_key: str,
    content: Content,
    digest: str,
    drafter: Account | None,
    findings: Sequence[str],
    ground: str,
    text: str,
    by: Account,
    at: dt.datetime,
) -> Override:
    """Ask that findings pass; `findings` are `part digest:key`, or `part digest:*` for all that block in a part;
    `digest` is the content in which the officer read them.

    Raises `ActRefused`. Nothing passes before a second officer confirms it.
    """
    examination = examine(content, agency, object_key)
    refusals = refusals_to_ask(by, agency)
    if digest != content.digest:
        refusals.append(Refusal("content_changed", "您打开之后内容有改动。请重新打开，看过新内容再提出。"))
    chosen = _chosen(examination, findings)
    if not findings:
        refusals.append(Refusal("nothing_chosen", "还没有选择要放行的发现。请逐处核对，勾选可以公开的。"))
    elif not set(findings) <= _named(chosen):
        refusals.append(Refusal("finding_gone", "选中的发现有的已经处理过，或者已不在内容里。请刷新页面。"))
    require(refusals + _refusals_of_ground(ground, text, [found for _part, found in chosen]))
    override = Override.objects.create(
        agency=agency,
        object_kind=content.kind,
        object_key=object_key,
        content_digest=content.digest,
        drafter=drafter,
        ground=ground,
        text=text.strip(),
        asked_by=by,
        asked_at=at,
    )
    OverriddenFinding.objects.bulk_create(
        [
            OverriddenFinding(
                override=override,
                part_label=part.label[:255],
                part_digest=part.digest,
                key=found.key,
                kind=found.kind,
                place=found.place[:500],
                masked=found.masked[:500],
            )
            for part, found in chosen
        ],
        batch_size=200,
    )
    told = events.OverrideAsked(
        override=str(override.uid),
        digest=content.digest,
        ground=str(Ground(ground).label),
        text=override.text,
        count=sum(found.count for _part, found in chosen),
        findings=[f"{part.label}，{found.label} {found.masked}".strip() for part, found in chosen],
    )
    _tell(override, told, by, at)
    return override


@transaction.atomic
def confirm_override(*, override: Override, content: Content, digest: str, by: Account, at: dt.datetime) -> Override:
    """Confirm, as a second officer who read the content with this digest, that findings pass."""
    override = _locked(override)
    refusals = refusals_to_confirm(by, override)
    examination = examine(content, override.agency, override.object_key)
    there = {(part.digest, found.key) for part in examination.parts for found in part.findings}
    asked = set(override.findings.values_list("part_digest", "key"))
    if digest != content.digest or not asked <= there:
        refusals.append(Refusal("content_changed", "内容已有改动，与提出放行时不同。请重新打开，看过新内容再确认。"))
    require(refusals)
    _decide(override, OverrideState.CONFIRMED, by, at)
    told = events.OverrideConfirmed(
        override=str(override.uid), digest=digest, ground=override.get_ground_display(), count=len(asked)
    )
    _tell(override, told, by, at)
    settle(content, override.agency, override.object_key, at=at)
    return override


@transaction.atomic
def decline_override(*, override: Override, text: str, by: Account, at: dt.datetime) -> Override:
    """Say no to what another officer asked, with the reason; the findings go on blocking."""
    override = _locked(override)
    refusals = refusals_to_confirm(by, override)
    if not text.strip():
        refusals.append(Refusal("reason_missing", "请写明不同意的原因，提出人才知道怎样处理。"))
    require(refusals + _refusals_of_text(text))
    _decide(override, OverrideState.DECLINED, by, at)
    _tell(override, events.OverrideDeclined(override=str(override.uid), text=text.strip()), by, at)
    return override


def _chosen(examination: Examination, findings: Sequence[str]) -> list[tuple[PartResult, Found]]:
    """The chosen findings that still block and were not asked for already."""
    wanted = set(findings)
    return [
        (part, found)
        for part in examination.parts
        for found in part.blocking
        if wanted & {f"{part.digest}:{found.key}", f"{part.digest}:{EVERY}"} and found.key not in part.asked
    ]


def _named(chosen: Sequence[tuple[PartResult, Found]]) -> set[str]:
    """All names by which what was chosen can be chosen."""
    return {f"{part.digest}:{key}" for part, found in chosen for key in (found.key, EVERY)}


def _refusals_of_ground(ground: str, text: str, findings: Sequence[Found]) -> list[Refusal]:
    refusals = _refusals_of_text(text)
    if ground not in Ground.values:
        return [*refusals, Refusal("ground_missing", "请选择放行的依据。")]
    wrong = sorted({found.label for found in findings if ground not in grounds_for(found.kind)})
    refusals += [
        Refusal("ground_unfit", f"「{name}」不能以「{Ground(ground).label}」放行。请另选依据，或者分开提出。")
        for name in wrong
    ]
    if not text.strip():
        refusals.append(Refusal("reason_missing", "请写明具体情况，确认人和以后查阅的人才看得明白。"))
    elif ground == Ground.LAWFUL and not _ARTICLE.search(text):
        refusals.append(Refusal("article_missing", "请写明是哪部法律、法规、规章的第几条。"))
    return refusals


def _refusals_of_text(text: str) -> list[Refusal]:
    refusals = refusals_of_words(text)
    if len(text.strip()) > TEXT_LENGTH:
        refusals.append(Refusal("text_too_long", f"说明最多{TEXT_LENGTH}个字，请缩短。"))
    return refusals


def _locked(override: Override) -> Override:
    return (
        Override.objects.select_for_update(of=("self",))
        .select_related("agency", "asked_by", "drafter")
        .get(pk=override.pk)
    )


def _decide(override: Override, state: str, by: Account, at: dt.datetime) -> None:
    override.state, override.decided_by, override.decided_at = state, by, at
    override.save(update_fields=["state", "decided_by", "decided_at"])


def _tell(override: Override, data: EventData, by: Account, at: dt.datetime) -> None:
    append(
        data,
        agency_code=override.agency.code,
        object_kind=override.object_kind,
        object_key=override.object_key,
        by=by,
        at=at,
    )
