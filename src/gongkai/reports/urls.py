"""Staff addresses of reports."""

from django.urls import path

from gongkai.reports import views

app_name = "reports"

urlpatterns = [
    path("", views.index, name="index"),
    path("begin/", views.begin, name="begin"),
    path("<uuid:uid>/", views.report, name="report"),
    path("<uuid:uid>/presence/", views.presence, name="presence"),
    path("<uuid:uid>/edit/<str:key>/", views.edit, name="edit"),
    path("<uuid:uid>/files/report.<str:kind>", views.file, name="file"),
    path("<uuid:uid>/act/<slug:act>/", views.act, name="act"),
]
