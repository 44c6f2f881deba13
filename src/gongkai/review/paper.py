"""Opinions on paper (纸质签批): the sheet that is printed, and what was signed on it.

A sheet carries the hash of every content on it. Whoever did not draft enters who signed, in which post, on which day,
and hands in the scan; the hash must still be that of what is there.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from django.db import transaction
from django.utils import timezone

from gongkai.accounts.models import Account
from gongkai.agencies.models import Agency, Officer, Role
from gongkai.agencies.numbers import take
from gongkai.agencies.permissions import holds_role
from gongkai.files.models import StoredFile
from gongkai.review import events
from gongkai.review.acts import locked, move_on, tell
from gongkai.review.content import Content, adapter, parse
from gongkai.review.models import (
    Approval,
    ApprovalSheet,
    ApprovalState,
    Decision,
    Opinion,
    SecrecyResult,
    SheetEntry,
    StepKind,
)
from gongkai.review.permissions import (
    BASIS,
    Step,
    authors_of,
    current_step,
    holding_on,
    person_of,
    refusals_of_persons,
    refusals_of_secrecy,
    refusals_of_words,
)
from gongkai.rules.refusals import ActRefused, Refusal, require

# Who may print a sheet and enter what was signed on it.
PAPER_ROLES = (Role.CONTRIBUTOR, Role.DEPARTMENT_HEAD, Role.OFFICE, Role.RELEASER)
MOST_ON_A_SHEET = 20


@dataclass(frozen=True)
class Signature:
    """What stands on the paper: who signed, on which day, what they wrote, and the scan of it.

    `secrecy` is a `SecrecyResult` where the step checks it. `text` is what was written beside the signature; on a
    return it is the reason.
    """

    officer: Officer
    signed_on: dt.date
    scan: StoredFile | None
    scan_name: str
    decision: str = Decision.AGREE
    text: str = ""
    secrecy: str = ""


def refusals_to_handle_paper(account: Account, agency: Agency) -> list[Refusal]:
    """Why the account may not print sheets or enter what was signed on them in an agency."""
    if holds_role(account, agency, *PAPER_ROLES):
        return []
    return [Refusal("not_for_paper", "打印审批单、录入纸质意见需要本机构的信息员、股室负责人、办公室或者发布人岗位。")]


def refusals_to_print(account: Account, approvals: Sequence[Approval]) -> list[Refusal]:
    """Why these approvals may not go on one sheet."""
    if not approvals:
        return [Refusal("nothing_chosen", "还没有选择要打印的内容。")]
    first = approvals[0]
    refusals = refusals_to_handle_paper(account, first.agency)
    if len(approvals) > MOST_ON_A_SHEET:
        refusals.append(Refusal("too_many", f"一张审批单最多{MOST_ON_A_SHEET}件，请分开打印。"))
    if any(approval.agency_id != first.agency_id for approval in approvals):
        refusals.append(Refusal("different_agencies", "一张审批单上只能是同一机构的内容。"))
    if any(approval.state != ApprovalState.IN_REVIEW for approval in approvals):
        refusals.append(Refusal("not_in_review", "其中有不在审核中的内容。请刷新页面，重新选择。"))
        return refusals
    if any(approval.steps != first.steps or approval.position != first.position for approval in approvals):
        refusals.append(Refusal("different_steps", "所选各件不在同一环节，请分开打印。"))
    if any(current_step(approval).kind == StepKind.RELEASE for approval in approvals):
        refusals.append(Refusal("nothing_to_sign", "已经签发，只待发布。发布在系统里办理，不用纸质签批。"))
    return refusals


@transaction.atomic
def print_sheet(*, approvals: Collection[Approval], by: Account, at: dt.datetime) -> ApprovalSheet:
    """Give a number to a sheet with the contents of these approvals as they are now."""
    wanted = [approval.pk for approval in approvals]
    rows = Approval.objects.select_for_update(of=("self",)).filter(pk__in=wanted).order_by("pk")
    found = list(rows.select_related("agency", "drafter__officer"))
    require(refusals_to_print(by, found))
    agency, year = found[0].agency, timezone.localdate(at).year
    sheet = ApprovalSheet.objects.create(
        agency=agency,
        year=year,
        serial=take(agency, "approval_sheet", year),
        position=found[0].position,
        printed_by=by,
        printed_at=at,
    )
    SheetEntry.objects.bulk_create(
        SheetEntry(sheet=sheet, place=place, approval=approval, content_id=approval.content_id)
        for place, approval in enumerate(found, start=1)
    )
    for approval in found:
        label = current_step(approval).label
        told = events.SheetPrinted(number=sheet.number, label=label, digest=approval.content_id)
        tell(approval, told, by, at)
    return sheet


def enter_paper_opinions(
    *, sheet: ApprovalSheet, approvals: Collection[Approval], signature: Signature, by: Account, at: dt.datetime
) -> list[Opinion]:
    """Enter what one person signed on a sheet, for those contents of it to which the signature says the same.

    Each must stand at the step that was signed. Raises `ActRefused` with every reason; a content that changed since
    the sheet was printed is marked void on it even so. The release is never taken on paper.
    """
    wanted = {approval.pk for approval in approvals}
    require(_void_what_changed(sheet, wanted, by, at))
    try:
        return _enter(sheet, wanted, signature, by, at)
    except ActRefused:
        # What changed between the two looks is marked as well.
        _void_what_changed(sheet, wanted, by, at)
        raise


def _void_what_changed(sheet: ApprovalSheet, wanted: Collection[int], by: Account, at: dt.datetime) -> list[Refusal]:
    """Mark void what is no longer what was printed, of the wanted; say so."""
    refusals = []
    with transaction.atomic():
        entries, contents = _locked_entries(sheet, wanted)
        for entry in entries:
            reason = _why_void(entry, contents[entry.pk])
            if not reason:
                continue
            if entry.voided_at is None:
                entry.voided_at, entry.void_reason = at, reason
                entry.save(update_fields=["voided_at", "void_reason"])
                told = events.SheetVoided(number=f"{sheet.number}第{entry.place}件", reason=reason)
                tell(entry.approval, told, by, at)
            refusals.append(
                Refusal(
                    "sheet_void",
                    f"第{entry.place}件「{entry.approval.title}」已作废：{reason}。请重新打印、签批。",
                    BASIS,
                )
            )
    return refusals


def _why_void(entry: SheetEntry, content: Content) -> str:
    """Why what was printed is no longer what there is to sign; empty when it still is."""
    if entry.voided_at is not None:
        return entry.void_reason
    if entry.approval.state in (ApprovalState.RETURNED, ApprovalState.RECALLED):
        return "该件已退回或者收回"
    if not content.digest == entry.content_id == entry.approval.content_id:
        return "打印之后内容有改动"
    return ""


def _locked_entries(sheet: ApprovalSheet, wanted: Collection[int]) -> tuple[list[SheetEntry], dict[int, Content]]:
    """The entries of a sheet for these approvals, locked with their objects, and what is there now.

    Objects are locked before approvals, as the acts of the content packages do.
    """
    entries = list(
        sheet.entries.filter(approval__in=wanted).select_related("approval").order_by("approval__object_key")
    )
    contents: dict[int, Content] = {}
    for entry in entries:
        lock = adapter(entry.approval.object_kind).lock
        if lock is not None:
            contents[entry.pk] = lock(entry.approval.object_key)
    for entry in entries:
        entry.approval = locked(entry.approval)
        entry.refresh_from_db(fields=["voided_at", "void_reason"])
        contents.setdefault(entry.pk, parse(entry.approval.content.canonical))
    return sorted(entries, key=lambda entry: entry.place), contents


def with_scan(signature: Signature, scan: StoredFile, name: str) -> Signature:
    """The signature with the scan that came in."""
    return replace(signature, scan=scan, scan_name=name)


@transaction.atomic
def refusals_to_enter(
    *, sheet: ApprovalSheet, approvals: Collection[Approval], signature: Signature, by: Account, at: dt.datetime
) -> list[Refusal]:
    """Why a signature may not be entered; see `enter_paper_opinions`."""
    wanted = {approval.pk for approval in approvals}
    entries, contents = _locked_entries(sheet, wanted)
    return _refusals(sheet, entries, contents, len(wanted), signature, by, at)


def _refusals(
    sheet: ApprovalSheet,
    entries: Sequence[SheetEntry],
    contents: Mapping[int, Content],
    wanted: int,
    signature: Signature,
    by: Account,
    at: dt.datetime,
) -> list[Refusal]:
    refusals = refusals_to_handle_paper(by, sheet.agency)
    if not entries or len(entries) != wanted:
        refusals.append(Refusal("nothing_chosen", "还没有选择签批的是哪一件。请勾选审批单上的内容。"))
    if len({entry.approval.position for entry in entries}) > 1:
        refusals.append(Refusal("different_steps", "所选各件不在同一环节，请分开录入。"))
    refusals += _refusals_of_signature(sheet, signature, by, at)
    refusals += _refusals_of_scan(sheet, signature, {entry.approval.position for entry in entries})
    for entry in entries:
        said = _refusals_of_entry(entry, contents[entry.pk], signature, by)
        refusals += [refusal for refusal in said if refusal not in refusals]
    return refusals


@transaction.atomic
def _enter(
    sheet: ApprovalSheet, wanted: Collection[int], signature: Signature, by: Account, at: dt.datetime
) -> list[Opinion]:
    entries, contents = _locked_entries(sheet, wanted)
    if signature.scan is not None:  # two signatures entered at once must not have the same scan
        StoredFile.objects.select_for_update().get(pk=signature.scan.pk)
    require(_refusals(sheet, entries, contents, len(wanted), signature, by, at))
    return [_give(sheet, entry, signature, by, at) for entry in entries]


def _refusals_of_signature(sheet: ApprovalSheet, signature: Signature, by: Account, at: dt.datetime) -> list[Refusal]:
    """Why this cannot have been signed so."""
    refusals = refusals_of_words(signature.text)
    if signature.signed_on < timezone.localdate(sheet.printed_at):
        refusals.append(Refusal("signed_before_print", "签署日期早于审批单的打印日期，请核对。"))
    if signature.signed_on > timezone.localdate(at):
        refusals.append(Refusal("signed_in_future", "签署日期还没有到，请核对。"))
    if signature.scan is None:
        refusals.append(Refusal("scan_missing", "请上传签批后的扫描件。"))
    if signature.officer.person == person_of(by):
        refusals.append(Refusal("own_signature", "您自己的意见请直接在系统里办理，不用录入纸质签批。"))
    if signature.decision not in (Decision.AGREE, Decision.RETURN):
        refusals.append(Refusal("not_on_paper", "纸质签批只能是同意或者退回。"))
    if signature.decision == Decision.RETURN and not signature.text.strip():
        refusals.append(Refusal("reason_missing", "退回要写明原因，起草人才知道怎样修改。"))
    return refusals


def _refusals_of_scan(sheet: ApprovalSheet, signature: Signature, positions: Collection[int]) -> list[Refusal]:
    """Why the scan does not prove this signature: it was handed in with another one, which it shows, but not this.

    One signature on one sheet may stand for several contents of it; then the scan does, too.
    """
    if signature.scan is None:
        return []
    served = Opinion.objects.filter(scan=signature.scan)
    if not served.exclude(sheet=sheet, officer=signature.officer, position__in=positions).exists():
        return []
    sentence = "这份扫描件已经用于另一次签批，看不出这一次签的字。请在这次签批之后重新扫描，上传新的扫描件。"
    return [Refusal("scan_used", sentence, BASIS)]


def _refusals_of_entry(entry: SheetEntry, content: Content, signature: Signature, by: Account) -> list[Refusal]:
    """Why this signature does not count for a content of the sheet."""
    approval = entry.approval
    if reason := _why_void(entry, content):
        return [
            Refusal("sheet_void", f"第{entry.place}件「{approval.title}」已作废：{reason}。请重新打印、签批。", BASIS)
        ]
    if approval.state != ApprovalState.IN_REVIEW:
        return [Refusal("not_in_review", f"第{entry.place}件「{approval.title}」已经发布，不用再录入。")]
    step = current_step(approval)
    if step.kind == StepKind.RELEASE:
        return [Refusal("release_on_line", f"第{entry.place}件「{approval.title}」已经签发，发布在系统里办理。")]
    refusals = []
    if holding_on(approval, step, signature.officer, signature.signed_on) is None:
        sentence = f"现在轮到「{step.label}」，{signature.officer.name}在签署日期没有担任这一环节的岗位。"
        refusals.append(Refusal("not_their_step", sentence, BASIS))
    if person_of(by) in authors_of(approval):
        refusals.append(Refusal("drafter_enters", "起草人不能录入自己所起草内容的纸质意见，请由另一人录入。", BASIS))
    refusals += refusals_of_persons(approval, signature.officer.person, step)
    if signature.decision == Decision.AGREE:
        refusals += refusals_of_secrecy(step, signature.secrecy)
    elif adapter(approval.object_kind).returned is None:
        refusals.append(Refusal("return_on_line", "这类内容请在系统里退回。"))
    return refusals


def _give(sheet: ApprovalSheet, entry: SheetEntry, signature: Signature, by: Account, at: dt.datetime) -> Opinion:
    approval = entry.approval
    step: Step = current_step(approval)
    holding = holding_on(approval, step, signature.officer, signature.signed_on)
    principal = holding.deputises_for if holding else None
    keeps_result = step.checks_secrecy and signature.secrecy in SecrecyResult.values
    opinion = Opinion.objects.create(
        approval=approval,
        position=step.position,
        step_label=step.label,
        content_id=entry.content_id,
        by=signature.officer.account,
        officer=signature.officer,
        name=signature.officer.name,
        post_title=holding.post.title if holding else "",
        on_behalf_of=principal.name if principal else "",
        decision=signature.decision,
        secrecy=signature.secrecy if keeps_result else "",
        text=signature.text.strip(),
        at=at,
        on_paper=True,
        signed_on=signature.signed_on,
        entered_by=by,
        sheet=sheet,
        scan=signature.scan,
        scan_name=signature.scan_name,
    )
    if signature.decision == Decision.AGREE:
        move_on(approval)
    else:
        approval.state = ApprovalState.RETURNED
        approval.save(update_fields=["state"])
        if (returned := adapter(approval.object_kind).returned) is not None:
            returned(approval.object_key)
    told = events.SignedOnPaper(
        label=step.label,
        name=opinion.name,
        post_title=opinion.post_title,
        decision=str(opinion.get_decision_display()),
        signed_on=signature.signed_on.isoformat(),
        number=sheet.number,
        digest=entry.content_id,
        scan=signature.scan.digest if signature.scan else "",
        text=opinion.text,
    )
    tell(approval, told, by, at)
    return opinion
