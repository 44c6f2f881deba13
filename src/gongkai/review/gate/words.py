"""The word list of an office: what it does not want to see published unlooked at."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from gongkai.accounts.models import Account
from gongkai.agencies.models import Agency, Role
from gongkai.agencies.permissions import holds_role
from gongkai.audit.acts import append
from gongkai.review import events
from gongkai.review.looking import form
from gongkai.review.models import Word, WordSeverity
from gongkai.rules.refusals import Refusal, require
from gongkai.screening import safe_text

KEEPING_ROLES = (Role.OFFICE,)
SHORTEST, LONGEST = 2, 64


def refusals_to_keep_words(account: Account, agency: Agency) -> list[Refusal]:
    """Why the account may not change the word list of the agency."""
    if holds_role(account, agency, *KEEPING_ROLES):
        return []
    return [Refusal("not_office", "词表由本机构的办公室维护。")]


@transaction.atomic
def add_word(*, agency: Agency, text: str, severity: str, by: Account, at: dt.datetime, note: str = "") -> Word:
    """Put a word on the list; results that were made without it are stale from now on."""
    text, note = " ".join(text.split()), note.strip()
    refusals = refusals_to_keep_words(by, agency)
    if not SHORTEST <= len(form(text)) <= LONGEST:
        refusals.append(Refusal("word_length", f"词的长度应为{SHORTEST}到{LONGEST}个字。"))
    if severity not in WordSeverity.values:
        refusals.append(Refusal("severity_missing", "请选择发现时阻止公开还是提醒核对。"))
    if safe_text(text) != text or safe_text(note) != note:
        refusals.append(Refusal("number_in_text", "词表里不要写个人的号码；号码不用列也会检查。"))
    if Word.objects.filter(agency=agency, form=form(text)).exists():
        refusals.append(Refusal("already_listed", "词表里已经有这个词。"))
    require(refusals)
    word = Word.objects.create(
        agency=agency, text=text, form=form(text), severity=severity, note=note, added_by=by, added_at=at
    )
    _tell(agency, events.WordAdded(text=text, severity=str(WordSeverity(severity).label)), by, at)
    return word


@transaction.atomic
def remove_word(*, word: Word, by: Account, at: dt.datetime) -> None:
    """Take a word off the list; that it stood there is in the record."""
    word = Word.objects.select_for_update(of=("self",)).select_related("agency").get(pk=word.pk)
    require(refusals_to_keep_words(by, word.agency))
    told = events.WordRemoved(text=word.text, severity=word.get_severity_display())
    word.delete()
    _tell(word.agency, told, by, at)


def _tell(agency: Agency, data: events.WordAdded | events.WordRemoved, by: Account, at: dt.datetime) -> None:
    append(data, agency_code=agency.code, object_kind="agencies.agency", object_key=agency.code, by=by, at=at)
