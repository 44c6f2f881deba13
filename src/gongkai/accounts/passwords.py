"""What Django's password validators say in English alone, said in Chinese."""

from __future__ import annotations

from django.contrib.auth.password_validation import MinimumLengthValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _


class MinimumLength(MinimumLengthValidator):
    """A least number of characters."""

    def validate(self, password: str, user: object = None) -> None:
        """Raise `ValidationError` for a password that is too short."""
        if len(password) < self.min_length:
            raise ValidationError(
                _("密码至少%(count)d位，请换一个长一些的。") % {"count": self.min_length}, code="password_too_short"
            )
