"""Staff addresses of an agency's year."""

from django.urls import path

from gongkai.periods import views

app_name = "periods"

urlpatterns = [
    path("", views.index, name="index"),
    path("go/", views.go, name="go"),
    path("<slug:code>/<int:year>/", views.year, name="year"),
]
