"""The parts of a public address. Each value has exactly one spelling, so that a page has exactly one address."""

from __future__ import annotations

from django.urls.converters import StringConverter


class AgencyCode(StringConverter):
    """`Agency.code`."""

    regex = "[a-z0-9-]{2,32}"


class Counted:
    """A number from 1 without leading zeros: a page or a serial."""

    regex = "[1-9][0-9]{0,8}"

    def to_python(self, value: str) -> int:
        """The number."""
        return int(value)

    def to_url(self, value: int) -> str:
        """The number in digits."""
        return str(value)


class Year(Counted):
    """A year of four digits."""

    regex = "[12][0-9]{3}"
