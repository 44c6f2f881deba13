"""The gallery: every component with its examples on one page, for those who build pages."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from gongkai.ui.examples import all_examples


def gallery(request: HttpRequest) -> HttpResponse:
    """Show all components. Mounted below /staff/ in DEBUG and in tests only."""
    specimens = [
        {"component": example.component, "name": example.name, "html": example.render()} for example in all_examples()
    ]
    context = {"title": "组件样例", "specimens": specimens}
    return render(request, "ui/gallery.html", context)
