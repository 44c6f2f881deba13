"""The checks of one report. Importing this package registers them all."""

from gongkai.proofing.checks import (
    balance,
    bodies,
    cells,
    dates,
    figures,
    labels,
    marks,
    outline,
    parts,
    percent,
    sense,
    typos,
    words,
)
from gongkai.proofing.checks.registry import Check, registered

__all__ = [
    "Check",
    "balance",
    "bodies",
    "cells",
    "dates",
    "figures",
    "labels",
    "marks",
    "outline",
    "parts",
    "percent",
    "registered",
    "sense",
    "typos",
    "words",
]
