"""The named errors of the law package. Each carries one sentence in plain Chinese that can be shown as it is."""

from __future__ import annotations


class RulesError(ValueError):
    """The parent of all errors of this package; `str(error)` is one sentence for an officer."""


class DayOutOfRange(RulesError):
    """A day lies outside the years that the working-day calendar knows."""


class FaultyNotice(RulesError):
    """A holiday notice contradicts itself or lacks a part, so that it cannot be entered."""


class UnknownTable(RulesError):
    """There is no statistics table of that format, variant or year."""


class UnknownIndicator(RulesError):
    """The statistics table has no row with that code."""


class InvalidValue(RulesError):
    """A value of a statistics table is no number."""


class InvalidIdentifier(RulesError):
    """An index number, document number or code of an organisation is not well formed or fails its check character."""
