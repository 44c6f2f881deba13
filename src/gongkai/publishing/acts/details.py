"""What else is said of an item: days of force, joint issuers, the ground for not disclosing it, its publicity term."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from gongkai.accounts.models import Account
from gongkai.publishing import events
from gongkai.publishing.acts.drafting import carry_on, locked, tell
from gongkai.publishing.acts.practice import LONGEST_PUBLICITY
from gongkai.publishing.content import content_of
from gongkai.publishing.models import NOTE_LENGTH, DayUnit, DisclosureAttribute, Ground, Item, TermEnd, Validity
from gongkai.publishing.permissions import refusals_to_revise, refusals_to_set_validity
from gongkai.rules.refusals import Refusal, require

MOST_ISSUERS = 20
ISSUER_LENGTH = 128


@dataclass(frozen=True)
class DetailFields:
    """What else is said of an item. `issuers` are the other agencies of a joint document (联合发文)."""

    effective_on: dt.date | None = None
    valid_until: dt.date | None = None
    issuers: tuple[str, ...] = ()
    ground: str = ""
    ground_note: str = ""
    publicity_days: int | None = None
    publicity_unit: str = ""
    publicity_then: str = ""


@transaction.atomic
def amend_details(*, item: Item, digest: str, details: DetailFields, by: Account, at: dt.datetime) -> Item:
    """Change the details of a draft, or of content in review by the holder of its step.

    They are part of what is approved: `digest` is that of the content the officer began with, and in review opinions
    on the old content count no more.
    """
    item = locked(item)
    before = content_of(item).digest
    refusals = refusals_to_revise(by, item) + refusals_of_details(item, details)
    if digest != before:
        refusals.append(Refusal("content_changed", "您打开之后内容已被改动。请重新打开，对照后再填。"))
    require(refusals)
    put_details(item, details)
    item.save(update_fields=list(vars(details)))
    carry_on(item, before, lambda after: events.DetailsChanged(digest=after), by, at)
    return item


@transaction.atomic
def set_validity(*, item: Item, validity: str, from_on: dt.date, note: str, by: Account, at: dt.datetime) -> Item:
    """State that a published document is in force, amended, expired or repealed since a day.

    The public reads the state and the day, officers the note that says by what it was decided. The document itself
    stays as it was approved.
    """
    item = locked(item)
    require(
        refusals_to_set_validity(by, item)
        + refusals_of_validity(item.written_on, validity, from_on, note, timezone.localdate(at))
    )
    item.validity, item.validity_from_on, item.validity_note = validity, from_on, note.strip()
    item.save(update_fields=["validity", "validity_from_on", "validity_note"])
    told = events.ValiditySet(
        validity=str(Validity(validity).label), from_on=from_on.isoformat(), note=item.validity_note
    )
    tell(item, told, by, at)
    return item


def put_details(item: Item, details: DetailFields) -> None:
    """Put details into an item, without saving it."""
    for name, value in vars(details).items():
        setattr(item, name, list(value) if isinstance(value, tuple) else value)


def refusals_of_validity(
    written_on: dt.date, validity: str, from_on: dt.date | None, note: str, today: dt.date
) -> list[Refusal]:
    """Why a document cannot be said to be in force, amended, expired or repealed like this."""
    refusals = []
    if validity not in Validity.values:
        refusals.append(Refusal("unknown_validity", "请选择有效性。", field="validity"))
    if from_on is None or from_on < written_on or from_on > today:
        refusals.append(Refusal("validity_day", "变动日期应在成文日期和今天之间。", field="validity_from_on"))
    if not note.strip() or len(note.strip()) > NOTE_LENGTH:
        said = f"请写依据，例如清理文件的文号，最多{NOTE_LENGTH}个字。只在系统内部显示。"
        refusals.append(Refusal("note_missing", said, field="validity_note"))
    return refusals


def refusals_of_details(item: Item, details: DetailFields) -> list[Refusal]:
    """Why these details cannot be an item's."""
    refusals = []
    if details.valid_until and details.valid_until < (details.effective_on or item.written_on):
        refusals.append(Refusal("validity_order", "有效期至不能早于实施日期或成文日期。", field="valid_until"))
    if len(details.issuers) > MOST_ISSUERS or any(len(name) > ISSUER_LENGTH for name in details.issuers):
        refusals.append(
            Refusal(
                "too_many_issuers",
                f"联合发文机构最多{MOST_ISSUERS}个，每个名称最多{ISSUER_LENGTH}个字。",
                field="issuers",
            )
        )
    if item.agency.name in details.issuers or len(set(details.issuers)) != len(details.issuers):
        refusals.append(Refusal("issuer_twice", "联合发文机构每个写一次，不写本机构。", field="issuers"))
    refusals += _refusals_of_ground(item, details) + _refusals_of_term(details)
    return refusals


def _refusals_of_ground(item: Item, details: DetailFields) -> list[Refusal]:
    if item.attribute == DisclosureAttribute.PROACTIVE:
        if details.ground or details.ground_note:
            return [Refusal("ground_without_need", "主动公开的信息不填不公开的理由。", field="ground")]
        return []
    basis = "国务院办公厅关于全面推进政务公开工作的意见实施细则（国办发〔2016〕80号）"
    refusals = []
    if item.attribute == DisclosureAttribute.WITHHELD and not details.ground:
        refusals.append(Refusal("ground_missing", "不予公开的，要选择理由。", basis, "ground"))
    if details.ground and details.ground not in Ground.values:
        refusals.append(Refusal("unknown_ground", "请从列出的理由中选择。", field="ground"))
    if details.ground == Ground.OTHER and not details.ground_note.strip():
        refusals.append(Refusal("ground_missing", "选「其他」的，请写明理由。", basis, "ground_note"))
    return refusals


def _refusals_of_term(details: DetailFields) -> list[Refusal]:
    if details.publicity_days is None:
        if details.publicity_unit or details.publicity_then:
            return [Refusal("term_half", "公示期要填天数；不是公示的，公示的三项都不填。")]
        return []
    refusals = []
    if not 0 < details.publicity_days <= LONGEST_PUBLICITY:
        refusals.append(Refusal("bad_days", f"公示天数应为1至{LONGEST_PUBLICITY}的整数。"))
    if details.publicity_unit not in DayUnit.values or details.publicity_then not in TermEnd.values:
        refusals.append(Refusal("term_half", "请选择公示期按工作日还是自然日，以及期满后怎样处理。"))
    return refusals
