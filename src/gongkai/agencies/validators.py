"""Checks of codes that identify an agency."""

from django.core.exceptions import ValidationError

from gongkai.rules.errors import RulesError
from gongkai.rules.identifiers import credit_code


def check_credit_code(value: str) -> None:
    """Accept a unified social credit code in its normal form with valid check characters (GB 32100-2015).

    Raises `ValidationError` with one sentence otherwise.
    """
    try:
        normal = credit_code(value)
    except RulesError as error:
        raise ValidationError(str(error)) from error
    if normal != value:
        raise ValidationError(f"统一社会信用代码应写作「{normal}」。")
