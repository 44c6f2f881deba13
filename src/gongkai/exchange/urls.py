"""Staff addresses of column mappings."""

from django.urls import path

from gongkai.exchange import views

app_name = "exchange"

urlpatterns = [
    path("", views.MappingList.as_view(), name="mappings"),
    path("new/", views.new, name="new"),
    path("<uuid:uid>/", views.mapping, name="mapping"),
    path("<uuid:uid>/change/", views.change, name="change"),
    path("<uuid:uid>/import/", views.preview, name="import"),
    path("<uuid:uid>/confirm/", views.confirm, name="confirm"),
    path("<uuid:uid>/remove/", views.remove, name="remove"),
]
