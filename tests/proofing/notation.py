"""The short notation in which docs/reference/proofing-statements.md writes what a sentence says."""

from __future__ import annotations

from collections.abc import Sequence

from gongkai.proofing.report import Statement

_SIGNS = {"equals": "", "part_of": "⊂", "sum_of": "Σ", "ratio_of": "÷", "change_on": "Δ"}


def written(statements: Sequence[Statement], format: str) -> str:
    """Write the statements of one sentence; `—` when there are none."""
    return "; ".join(_one(each, format) for each in statements) or "—"


def _one(statement: Statement, format: str) -> str:
    number = f"{statement.low}–{statement.high}" if statement.approx == "range" else str(statement.value)
    parts = [statement.concept or "?", f"{number}{statement.unit}"]
    if statement.approx and statement.approx != "range":
        parts.append(statement.approx)
    if statement.indicator(format):
        parts.append(f"→ {statement.indicator(format)}")
    if statement.relation != "equals":
        parts.append(_SIGNS[statement.relation] + ",".join(str(place + 1) for place in statement.of))
    if statement.direction:
        parts.append("up" if statement.direction > 0 else "down")
    scope = statement.scope
    period = scope.period if scope.period != "year" else ""
    said = [each for each in (scope.area, scope.applicant, scope.act, period) if each]
    if said:
        parts.append(f"[{', '.join(said)}]")
    parts += ["denied"] * statement.negative + ["general"] * statement.is_general
    return " ".join(parts)
