"""Uploads over the network: bounded, in memory, and nothing of them in what developers and operators read."""

from __future__ import annotations

import logging

import pytest
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import InMemoryUploadedFile, SimpleUploadedFile
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse
from django.views.debug import technical_500_response

from gongkai.files.uploads import MAX_BODY, UploadLimitMiddleware
from tests.cast import Cast

NAME = "不可留存的名称"
SECRET = "不可留存的正文内容"


def posted(size: int = 10) -> HttpRequest:
    return RequestFactory().post("/staff/x/", {"file": SimpleUploadedFile(f"{NAME}.txt", SECRET.encode() * size)})


@pytest.mark.parametrize("megabytes", [0.1, 3, 20])
def test_an_upload_stays_in_memory_whatever_its_size(megabytes: float) -> None:
    request = posted(int(megabytes * 1024 * 1024 / len(SECRET.encode())))
    assert isinstance(request.FILES["file"], InMemoryUploadedFile)


def test_a_body_that_is_too_large_is_answered_before_it_is_read(cast: Cast) -> None:
    client = Client()
    client.force_login(cast.contributor)
    response = client.generic(
        "POST", reverse("publishing:new"), b"x", "multipart/form-data; boundary=x", CONTENT_LENGTH=str(MAX_BODY + 1)
    )
    assert response.status_code == 413
    assert "文件超过50MB，没有接收" in response.content.decode()
    assert "default-src 'self'" in response["Content-Security-Policy"]


def test_the_middleware_lets_the_largest_allowed_pass() -> None:
    request = RequestFactory().post("/staff/x/", CONTENT_LENGTH=str(MAX_BODY))
    assert UploadLimitMiddleware(lambda _: HttpResponse("in"))(request).content == b"in"
    request.META["CONTENT_LENGTH"] = "nonsense"
    assert UploadLimitMiddleware(lambda _: HttpResponse("in"))(request).content == b"in"


def test_no_upload_passes_silently_where_the_middleware_is_missing() -> None:
    request = posted()
    request.META["CONTENT_LENGTH"] = str(MAX_BODY + 1)
    with pytest.raises(RequestDataTooBig):
        _ = request.FILES


def test_debug_pages_and_logs_hold_nothing_of_an_upload(settings, caplog: pytest.LogCaptureFixture) -> None:
    settings.DEBUG = True
    caplog.set_level(logging.DEBUG)
    request = posted()
    uploaded = request.FILES["file"]
    try:
        text = uploaded.read().decode()
        raise ValueError(text) from KeyError(uploaded.name)
    except ValueError as error:
        response = technical_500_response(request, type(error), error, error.__traceback__)
        plain = technical_500_response(_without_html(request), type(error), error, error.__traceback__)
    for page in (response.content.decode(), plain.content.decode(), caplog.text):
        assert NAME not in page
        assert SECRET not in page


def test_debug_pages_of_other_requests_are_as_ever(settings) -> None:
    settings.DEBUG = True
    request = RequestFactory().get("/staff/x/")
    try:
        shown = "a local value"
        raise ValueError(shown)
    except ValueError as error:
        response = technical_500_response(request, type(error), error, error.__traceback__)
    assert "a local value" in response.content.decode()


def _without_html(request: HttpRequest) -> HttpRequest:
    """The request as a script sends it; it gets the plain report, which is that of error mails."""
    request.META["HTTP_ACCEPT"] = "text/plain"
    request.__dict__.pop("accepted_types", None)
    request.__dict__.pop("headers", None)
    return request


def test_very_many_files_are_answered_with_a_page_of_ours(cast: Cast) -> None:
    client = Client()
    client.force_login(cast.contributor)
    files = [SimpleUploadedFile(f"{number}.txt", b"x") for number in range(101)]
    response = client.post(reverse("publishing:new"), {"uploads": files})
    assert response.status_code == 400
    assert "政府信息公开" in response.content.decode()
