"""The Django application `audit`."""

from django.apps import AppConfig
from django.core.checks import CheckMessage, Error, register


class AuditConfig(AppConfig):
    """Register `gongkai.audit` with Django and check that SM3 is there."""

    name = "gongkai.audit"
    label = "audit"
    verbose_name = "审计"

    def ready(self) -> None:
        """Register the start-up check."""
        register(check_sm3)


def check_sm3(**_kwargs: object) -> list[CheckMessage]:
    """Refuse to start where OpenSSL lacks SM3, on which the audit chain rests."""
    from gongkai.audit.chain import sm3_is_available  # models load after the application registry

    if sm3_is_available():
        return []
    return [
        Error(
            "本机的 OpenSSL 不支持国密 SM3，无法保存审计记录。",
            hint="请安装 OpenSSL 1.1.1 或更高版本。",
            id="audit.E001",
        )
    ]
