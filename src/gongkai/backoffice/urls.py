"""Sign-in and the staff home."""

from django.contrib.auth.views import LogoutView
from django.urls import path

from gongkai.backoffice import views

app_name = "backoffice"

urlpatterns = [
    path("", views.home, name="home"),
    path("sign-in/", views.SignInView.as_view(), name="sign_in"),
    path("sign-out/", LogoutView.as_view(), name="sign_out"),
]
