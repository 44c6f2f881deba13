"""What an error page for developers, an error mail or a log says of a request that carried a file: nothing of it."""

from __future__ import annotations

from types import FrameType
from typing import Any

from django.http import HttpRequest
from django.views.debug import ExceptionReporter, SafeExceptionReporterFilter


def carries_files(request: HttpRequest | None) -> bool:
    """Whether a request was sent as a form with files."""
    return request is not None and request.META.get("CONTENT_TYPE", "").lower().startswith("multipart/")


class NoUploads(SafeExceptionReporterFilter):
    """Hide the variables of every frame, and all that was posted, of a request with files."""

    def get_post_parameters(self, request: HttpRequest | None) -> Any:
        """The fields of the form; none of one with files."""
        return {} if carries_files(request) else super().get_post_parameters(request)

    def get_traceback_frame_variables(self, request: Any, tb_frame: FrameType) -> Any:
        """The variables of a frame; none where a file's bytes or name may be among them."""
        return [] if carries_files(request) else super().get_traceback_frame_variables(request, tb_frame)


class Reporter(ExceptionReporter):
    """Leave out the names of files, and messages that may quote one."""

    def get_traceback_data(self) -> dict[str, Any]:
        """What the page for developers shows."""
        data = super().get_traceback_data()
        if carries_files(self.request):
            data["request_FILES_items"] = []
            data["filtered_POST_items"] = []
            data["unicode_hint"] = ""
            data["exception_value"] = "请求带有文件，错误信息不显示"
            data["exception_notes"] = ""
            for frame in data["frames"]:
                frame["exc_cause"] = None
        return data
