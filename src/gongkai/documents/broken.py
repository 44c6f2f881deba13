"""What opening and unpacking a ZIP raises for the sake of the file alone: the libraries share no base for it."""

from __future__ import annotations

import zipfile
import zlib

BROKEN_ZIP = (
    zipfile.BadZipFile,  # no directory, wrong checksum
    zlib.error,  # compressed data that is none
    EOFError,  # cut off
    OSError,  # an offset that lies outside the file
    NotImplementedError,  # zipfile: a compression or version that it does not know
    RuntimeError,  # zipfile: an encrypted part
    ValueError,  # a field of the directory that makes no sense
)
