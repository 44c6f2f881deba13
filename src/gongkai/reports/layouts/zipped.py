"""Office files without a trace of when, where and by whom they were made."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile

EARLIEST = (1980, 1, 1, 0, 0, 0)  # the first moment that a zip archive can tell


_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")


def settled(data: bytes, on: dt.date) -> bytes:
    """The same file with every member dated alike and last changed on a day, so that the same contents give the same
    bytes."""
    said = rb"\g<1>" + on.strftime("%Y-%m-%dT00:00:00Z").encode()
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as after:
        for member in before.infolist():
            info = zipfile.ZipInfo(member.filename, EARLIEST)
            info.compress_type = zipfile.ZIP_DEFLATED
            content = before.read(member)
            after.writestr(info, _MODIFIED.sub(said, content) if member.filename == "docProps/core.xml" else content)
    return stream.getvalue()
