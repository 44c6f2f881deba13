"""How opinions are written on pages and sheets."""

from __future__ import annotations

from typing import Any

from django import template

from gongkai.accounts.models import Account
from gongkai.review import printing
from gongkai.review.models import Approval, Opinion
from gongkai.review.paper import refusals_to_print

register = template.Library()


@register.filter
def signed_name(opinion: Opinion) -> str:
    """The name under an opinion; a deputy's beside the one it stood for."""
    return printing.signed_name(opinion)


@register.filter
def printable_by(approval: Approval, account: Any) -> bool:
    """Whether the account may put the content on a sheet now: a step that is signed on paper has its turn."""
    return isinstance(account, Account) and not refusals_to_print(account, [approval])
