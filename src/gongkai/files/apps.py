"""The Django application `files`."""

from django.apps import AppConfig


class FilesConfig(AppConfig):
    """Register `gongkai.files` with Django."""

    name = "gongkai.files"
    label = "files"
    verbose_name = "文件"
