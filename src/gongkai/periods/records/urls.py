"""The staff addresses of the registers of a package, from their declarations."""

from __future__ import annotations

from django.urls import URLPattern, path
from django.views.generic import RedirectView

from gongkai.periods.records import views
from gongkai.periods.records.kinds import RecordKind, kinds_of
from gongkai.periods.records.tables import filter_of


def addresses_of(package: str) -> list[URLPattern]:
    """Every register of a package below its slug."""
    return [pattern for kind in kinds_of(package) for pattern in _addresses(kind)]


def index_of(package: str) -> URLPattern:
    """The entrance of a package, which leads to its first register."""
    return path("", RedirectView.as_view(pattern_name=kinds_of(package)[0].address()), name="index")


def _addresses(kind: RecordKind) -> list[URLPattern]:
    slug, given = kind.slug, {"kind": kind}
    list_view = views.RecordList.as_view(model=kind.model, filterset_class=filter_of(kind))
    return [
        path(f"{slug}/", list_view, given, name=slug),
        path(f"{slug}/new/", views.new, given, name=f"{slug}-new"),
        path(f"{slug}/<uuid:uid>/", views.record, given, name=f"{slug}-record"),
        path(f"{slug}/<uuid:uid>/correct/", views.correct, given, name=f"{slug}-correct"),
        path(f"{slug}/<uuid:uid>/withdraw/", views.withdraw, given, name=f"{slug}-withdraw"),
    ]
