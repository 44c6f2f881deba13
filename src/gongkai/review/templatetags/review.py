"""How opinions are written on pages and sheets."""

from __future__ import annotations

from django import template

from gongkai.review import printing
from gongkai.review.models import Approval, ApprovalState, Opinion, StepKind
from gongkai.review.permissions import current_step

register = template.Library()


@register.filter
def signed_name(opinion: Opinion) -> str:
    """The name under an opinion; a deputy's beside the one it stood for."""
    return printing.signed_name(opinion)


@register.filter
def waits_for_signature(approval: Approval) -> bool:
    """Whether a step that may be signed on paper has its turn."""
    return approval.state == ApprovalState.IN_REVIEW and current_step(approval).kind != StepKind.RELEASE
