"""The result for a program; `gongkai check --json` promises these keys."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from gongkai.proofing.batch import Checked, Result
from gongkai.proofing.report import Report, Statement, tables_as_json

TEXT_LENGTH = 30


def as_json(result: Result) -> dict[str, Any]:
    """Return the whole result."""
    data: dict[str, Any] = {"files": [file_as_json(each) for each in result.files]}
    if result.is_together:
        data["across"] = [finding.as_json() for finding in result.across]
    return data


def file_as_json(checked: Checked) -> dict[str, Any]:
    """Return one file; one that could not be read has `error` instead of contents."""
    if checked.report is None:
        failure = checked.failure
        sentence = failure.sentence if failure else "文件没有读成。"
        return {
            "path": checked.path,
            "error": sentence,
            "error_code": failure.code if failure else "unread",
            "agency": None,
            "year": None,
            "format": None,
            "tables": {},
            "statements": [],
            "findings": [],
        }
    report = checked.report
    return {
        "path": checked.path,
        "agency": report.agency,
        "year": report.year,
        "format": report.format,
        "tables": tables_as_json(report),
        "statements": [_statement(report, each) for each in report.statements],
        "findings": [finding.as_json() for finding in checked.findings],
        "unread": list(report.unread),
    }


def _statement(report: Report, statement: Statement) -> dict[str, Any]:
    return {
        "text": statement.text[:TEXT_LENGTH],
        "value": _plain(statement.value),
        "unit": statement.unit,
        "indicator": statement.indicator(report.format),
        "scope": str(statement.scope),
        "relation": statement.relation,
    }


def _plain(value: int | Decimal | None) -> int | float | None:
    if value is None or isinstance(value, int):
        return value
    return int(value) if value == value.to_integral_value() else float(value)
