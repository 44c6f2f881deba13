"""Addresses of the common look: the gallery, mounted in DEBUG and in tests only."""

from django.urls import path

from gongkai.ui.gallery import gallery

app_name = "ui"
urlpatterns = [path("", gallery, name="gallery")]
