"""Sign-in, the staff home, proof-reading of annual reports."""

from django.contrib.auth.views import LogoutView
from django.urls import path

from gongkai.backoffice import proofreading, views

app_name = "backoffice"

urlpatterns = [
    path("", views.home, name="home"),
    path("sign-in/", views.SignInView.as_view(), name="sign_in"),
    path("proofing/", proofreading.proofread, name="proofreading"),
    path("password/", views.password, name="password"),
    path("sign-out/", LogoutView.as_view(), name="sign_out"),
]
