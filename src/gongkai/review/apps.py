"""The Django application `review`."""

from django.apps import AppConfig


class ReviewConfig(AppConfig):
    """Register `gongkai.review` with Django."""

    name = "gongkai.review"
    label = "review"
    verbose_name = "审核"
