"""What recurs in publishing: the publicity terms that are over. Run by `gongkai tick`, as often as one likes."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q
from django.utils import timezone

from gongkai.accounts.models import Account
from gongkai.agencies.models import Role
from gongkai.agencies.permissions import agency_ids_of
from gongkai.publishing.acts.publicity import end_term
from gongkai.publishing.models import DayUnit, Item, ItemState
from gongkai.publishing.terms import last_day
from gongkai.rules.refusals import ActRefused


@dataclass(frozen=True)
class Done:
    """What was done to one item: "withdrawn" or "masked"."""

    agency: str
    uid: str
    title: str
    until: dt.date
    how: str
    url: str

    def as_json(self) -> dict[str, str]:
        """The same for a program."""
        return {
            "agency": self.agency,
            "item": self.uid,
            "title": self.title,
            "publicity_until": self.until.isoformat(),
            "done": self.how,
            "url": self.url,
        }

    @property
    def sentence(self) -> str:
        """The same for a person."""
        words = "已遮盖个人信息，继续公开" if self.how == "masked" else "已撤下"
        return f"{self.agency}「{self.title}」公示期到{self.until}，{words}：{self.url}"


SOON = 3  # working days before its end that a term is named in the work list


def ending_soon(account: Account, today: dt.date) -> list[Item]:
    """The items whose publicity term ends within three working days, or ended and was not dealt with, for those who
    answer for them: the drafter, the office and the releaser of the agency."""
    answering = Q(drafter=account) | Q(agency_id__in=agency_ids_of(account, (Role.OFFICE, Role.RELEASER)))
    found = Item.objects.visible_to(account).filter(
        answering,
        state=ItemState.PUBLISHED,
        publicity_ended_at__isnull=True,
        publicity_until__lte=last_day(today, SOON, DayUnit.WORKING),
    )
    return list(found.select_related("outside").order_by("publicity_until", "pk"))


def run(at: dt.datetime) -> list[Done]:
    """End every publicity term that is over, each in a transaction of its own; a second run finds nothing left.

    One that another run has just ended is passed over.
    """
    done = []
    over = Item.objects.term_over(timezone.localdate(at)).order_by("publicity_until", "pk")
    for item in list(over.select_related("agency")):
        try:
            ended = end_term(item=item, at=at)
        except ActRefused:
            continue
        if ended.publicity_until is None:
            continue
        how = "masked" if ended.state == ItemState.PUBLISHED else "withdrawn"
        done.append(
            Done(item.agency.code, str(item.uid), item.title, ended.publicity_until, how, ended.get_absolute_url())
        )
    return done
