"""Staff addresses of the statistics."""

from django.urls import path

from gongkai.figures import views, views_frozen

app_name = "figures"

urlpatterns = [
    path("", views.index, name="index"),
    path("<slug:code>/<int:year>/", views.table, name="table"),
    path("<slug:code>/<int:year>/table.xlsx", views.export, name="export"),
    path("<slug:code>/<int:year>/with-institutions/", views.rollup, name="rollup"),
    path("<slug:code>/<int:year>/with-institutions.xlsx", views.export_rollup, name="export_rollup"),
    path("<slug:code>/<int:year>/frozen/", views_frozen.frozen, name="frozen"),
    path("<slug:code>/<int:year>/frozen/<int:number>.json", views_frozen.snapshot, name="snapshot"),
    path("<slug:code>/<int:year>/<str:row>/", views.records, name="records"),
]
