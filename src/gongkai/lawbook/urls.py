"""Staff addresses of the settings that the law leaves open."""

from django.urls import path

from gongkai.lawbook import views

app_name = "lawbook"

urlpatterns = [
    path("<slug:code>/", views.index, name="index"),
    path("<slug:code>/<str:name>/", views.change, name="change"),
]
