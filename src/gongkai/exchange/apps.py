"""The Django application `exchange`."""

from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    """Register `gongkai.exchange` with Django."""

    name = "gongkai.exchange"
    label = "exchange"
    verbose_name = "数据交换"
