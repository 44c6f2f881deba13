"""Addresses of sheets, scans and printed forms, taken up by `gongkai.review.urls`."""

from django.urls import path

from gongkai.review import views_chains, views_paper

paper_urls = [
    path("sheets/", views_paper.SheetList.as_view(), name="sheets"),
    path("sheets/new/", views_paper.sheet_new, name="sheet_new"),
    path("sheets/<uuid:uid>/", views_paper.sheet, name="sheet"),
    path("sheets/<uuid:uid>/print/", views_paper.sheet_print, name="sheet_print"),
    path("sheets/<uuid:uid>/qr.svg", views_paper.sheet_code, name="sheet_code"),
    path("opinions/<int:pk>/scan/", views_paper.scan, name="scan"),
    path("approvals/<uuid:uid>/secrecy/", views_paper.secrecy_form, name="secrecy"),
    path("approvals/<uuid:uid>/rounds/", views_paper.rounds_form, name="rounds"),
    path("chains/", views_chains.chains, name="chains"),
    path("chains/<slug:code>/<str:kind>/", views_chains.chain, name="chain"),
]
