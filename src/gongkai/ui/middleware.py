"""The wall between the public and the staff side."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.cache import patch_cache_control

from gongkai.rules.refusals import ActRefused
from gongkai.ui import errors, who
from gongkai.ui.places import is_staff_path


class SessionOfPublicPage:
    """Stands where public pages would find a session: reading or writing it is a defect and fails at once.

    It lacks the marks that the session middleware looks for, so that no cookie is read or sent.
    """


class StaffOnlyMiddleware:
    """Close /staff/ to everyone who has not signed in or holds no post, and keep public pages free of sessions.

    Below /staff/: without sign-in to the sign-in page (a form that was sent gets its text back), without a post a
    page that says whom to ask, with a password that somebody else set the page for another; answers are never stored and not indexed; a refused act that reaches the edge becomes
    a page with all its reasons. Elsewhere: nobody is signed in, and there is no session.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer a request."""
        if not is_staff_path(request.path_info):
            request.user = AnonymousUser()
            request.session = SessionOfPublicPage()  # type: ignore[assignment]  # see the class
            return self._told(request, self.get_response(request))
        response = self._refuse(request) or self._told(request, self.get_response(request))
        patch_cache_control(response, private=True, no_store=True)
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Turn a refused act that no view caught into a page with its reasons."""
        if isinstance(exception, ActRefused) and is_staff_path(request.path_info):
            return errors.act_refused(request, exception)
        return None

    @staticmethod
    def _told(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """The answer; the empty one to a method that a page does not take becomes a page."""
        if isinstance(response, HttpResponseNotAllowed) and request.method != "HEAD":
            return errors.method_not_allowed(request, response["Allow"])
        return response

    def _refuse(self, request: HttpRequest) -> HttpResponseBase | None:
        """The answer to someone who may not enter, or None."""
        if request.path_info == settings.LOGIN_URL:
            return None
        person = who.of(request)
        if person is None:
            if request.method in ("GET", "HEAD"):
                return redirect_to_login(request.get_full_path(), settings.LOGIN_URL)
            return errors.signed_out(request)
        if self._signs_out(request):
            return None
        if not person.posts:
            return errors.without_post(request)
        if person.must_change_password and request.path_info != errors.password_url():
            return redirect(errors.password_url())
        return None

    @staticmethod
    def _signs_out(request: HttpRequest) -> bool:
        return request.method == "POST" and request.path_info == errors.sign_out_url()
