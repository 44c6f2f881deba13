"""The entry: `check(report, context)` gives the findings of one report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from gongkai.proofing import checks, together
from gongkai.proofing.checks.registry import Function
from gongkai.proofing.findings import Finding, in_order
from gongkai.proofing.profile import NO_PROFILE, Profile
from gongkai.proofing.report import Report
from gongkai.proofing.subject import Subject


@dataclass(frozen=True)
class Context:
    """What is known besides the report: the agency's profile and its report of the year before."""

    profile: Profile = NO_PROFILE
    previous: Report | None = None


def check(report: Report, context: Context | None = None) -> list[Finding]:
    """Return what the checks find in a report, in reading order; those that the profile switches off are left out.

    Pure: no file is read, no clock asked. Comparison with last year's report needs `context.previous`; comparison of
    many reports is `compare`.
    """
    context = context or Context()
    subject = Subject(report, context.profile, context.previous)
    return _run(subject, [function for each in checks.registered().values() for function in each.functions])


def compare_years(report: Report, previous: Report, profile: Profile | None = None) -> list[Finding]:
    """Return only what the comparison with last year's report finds."""
    subject = Subject(report, profile or NO_PROFILE, previous)
    return _run(subject, together.YEAR_AGAINST_YEAR)


def compare(reports: Sequence[Report], profile: Profile | None = None) -> list[Finding]:
    """Return what the comparison of several reports finds (CK-DUP, CK-ROLLUP), each with the files concerned."""
    profile = profile or NO_PROFILE
    return [each for each in together.across(reports, profile.limits) if each.check not in profile.off]


def _run(subject: Subject, functions: Sequence[Function]) -> list[Finding]:
    found = [finding for function in functions for finding in function(subject)]
    return in_order(each for each in found if each.check not in subject.profile.off)


def check_ids() -> frozenset[str]:
    """Return the ids of all checks."""
    return frozenset(checks.registered())
