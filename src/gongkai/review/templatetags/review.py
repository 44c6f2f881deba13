"""How opinions are written on pages and sheets; who else has an object open."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils import timezone
from django.utils.translation import gettext as _

from gongkai.accounts.models import Account
from gongkai.review import printing
from gongkai.review.models import Approval, ApprovalState, Decision, Opinion
from gongkai.review.paper import refusals_to_print
from gongkai.review.presence import others_present
from gongkai.review.turns import turn_of
from gongkai.screening import safe_text

register = template.Library()


@register.filter
def signed_name(opinion: Opinion) -> str:
    """The name under an opinion; a deputy's beside the one it stood for."""
    return printing.signed_name(opinion)


@register.filter
def why_fallen(opinion: Opinion) -> str:
    """Why an agreement counts no more: the content was changed later in its run, or the run ended unpublished."""
    if opinion.decision != Decision.AGREE:
        return ""
    if opinion.content_id != opinion.approval.content_id:
        return _("已失效：内容改过")
    if opinion.approval.state in (ApprovalState.RETURNED, ApprovalState.RECALLED):
        return _("已失效：%(state)s") % {"state": opinion.approval.get_state_display()}
    return ""


@register.filter
def printable_by(approval: Approval, account: Any) -> bool:
    """Whether the account may put the content on a sheet now: a step that is signed on paper has its turn."""
    return isinstance(account, Account) and not refusals_to_print(account, [approval])


@register.filter
def readable_by(approval: Approval, account: Any) -> bool:
    """Whether the account may open the papers of an approval; a supervisor reads what became public, not these."""
    return Approval.objects.visible_to(account).filter(pk=approval.pk).exists()


@register.filter
def covered(text: str) -> str:
    """A text that was written beside a content, with the numbers of persons in it covered."""
    return safe_text(text)


@register.inclusion_tag("review/parts/turn.html", takes_context=True)
def turn(context: dict[str, Any], approval: Approval | None) -> dict[str, Any]:
    """Whose turn it is, for the officer who reads the page, and what happens next."""
    account = context["request"].user
    return {"turn": turn_of(approval, account) if isinstance(account, Account) else None}


@register.inclusion_tag("review/parts/presence.html", takes_context=True)
def presence(context: dict[str, Any], object_kind: str, object_key: object, url: str, doing: str) -> dict[str, Any]:
    """The others who have the object open; `doing` is what one does on this page, `reading` or `editing`."""
    account = context["request"].user
    others = others_present(account, object_kind, str(object_key), at=timezone.now())
    return {"others": others, "url": url, "doing": doing, "csrf_token": context.get("csrf_token")}
