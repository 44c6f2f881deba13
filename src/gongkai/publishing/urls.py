"""Staff addresses of items."""

from django.urls import path

from gongkai.periods.records.urls import addresses_of
from gongkai.publishing import views

app_name = "publishing"

urlpatterns = [
    path("", views.ItemListView.as_view(), name="list"),
    path("new/", views.new, name="new"),
    path("history/", views.history, name="history"),
    *addresses_of(app_name),
    path("<uuid:uid>/", views.item, name="item"),
    path("<uuid:uid>/edit/", views.edit, name="edit"),
    path("<uuid:uid>/<str:act>/", views.act, name="act"),
]
