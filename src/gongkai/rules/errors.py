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


class UnknownSetting(RulesError):
    """There is no legal setting of that name."""


class InvalidSetting(RulesError):
    """The value is none that the legal setting allows."""


class UnknownRule(RulesError):
    """There is no rule with that id, or it has no such variant."""


class ImpossibleFacts(RulesError):
    """The facts contradict each other or the rule: an end before its start, a second extension, a late extension."""


class UnknownOutcome(RulesError):
    """There is no outcome of a request with that code."""


class ImpossibleAnswer(RulesError):
    """An answer given to the ladder is none of the question's, or to a question that does not arise."""


class InvalidFee(RulesError):
    """A fee cannot be computed: a count below zero, items and pages together, an unknown cost or waiver."""
