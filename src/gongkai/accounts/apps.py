"""The Django application `accounts`."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Register `gongkai.accounts` with Django."""

    name = "gongkai.accounts"
    label = "accounts"
    verbose_name = "账号"
