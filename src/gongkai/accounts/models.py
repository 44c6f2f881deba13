"""The account model. An account can sign in; what it may do is a matter of posts (`gongkai.agencies`)."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _


class AccountManager(BaseUserManager["Account"]):
    """Create and find accounts by user name."""

    def create_account(self, *, username: str, name: str, password: str | None) -> Account:
        """Store a new account; without a password nobody can sign in with it.

        Raises `django.db.IntegrityError` when the user name is taken.
        """
        account = Account(username=self.model.normalize_username(username), name=name)
        account.set_password(password)
        account.save()
        return account


class Account(AbstractBaseUser):
    """One person's key to the house.

    `must_change_password`: somebody else knows the password; nothing is opened before its owner has set another.

    There is no superuser and no use of Django's model permissions: `permissions.py` of each package asks
    which posts the account holds.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    username = models.CharField(_("用户名"), max_length=64, unique=True)
    name = models.CharField(_("姓名"), max_length=64)
    is_active = models.BooleanField(_("启用"), default=True)
    must_change_password = models.BooleanField(_("须改密码"), default=False)
    created_at = models.DateTimeField(_("建立时间"), auto_now_add=True)

    objects: ClassVar[AccountManager] = AccountManager()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        verbose_name = _("账号")
        verbose_name_plural = _("账号")

    def __str__(self) -> str:
        return self.name


class SignInFailure(models.Model):
    """A wrong password for a user name, known or not; `key` is made of the name and does not tell it."""

    key = models.CharField(max_length=64)
    at = models.DateTimeField(db_index=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["key", "at"], name="accounts_signinfailure_key")]

    def __str__(self) -> str:
        return f"{self.key[:8]} {self.at}"
