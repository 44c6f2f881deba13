"""A consistent table of the 2021 format and its year before, for the tests: figures of a public sample."""

from __future__ import annotations

from gongkai.rules.indicators import table

COLUMNS = (
    "natural_person",
    "legal_commercial",
    "legal_research",
    "legal_social",
    "legal_law_service",
    "legal_other",
    "total",
)
REQUESTS = {
    "1": [13612, 252, 0, 45, 128, 32, 14069],
    "2": [535, 6, 0, 1, 18, 0, 560],
    "3.1": [5345, 129, 0, 41, 19, 14, 5548],
    "3.2": [2120, 39, 0, 1, 6, 2, 2168],
    "3.3.1": [13, 0, 0, 0, 0, 0, 13],
    "3.3.2": [30, 0, 0, 0, 0, 0, 30],
    "3.3.3": [11, 0, 0, 0, 0, 0, 11],
    "3.3.4": [49, 2, 0, 0, 0, 0, 51],
    "3.3.5": [103, 1, 0, 0, 0, 0, 104],
    "3.3.6": [84, 1, 0, 0, 0, 0, 85],
    "3.3.7": [282, 4, 0, 0, 0, 0, 286],
    "3.3.8": [147, 0, 0, 0, 1, 2, 150],
    "3.4.1": [3075, 50, 0, 0, 89, 8, 3222],
    "3.4.2": [177, 3, 0, 0, 0, 0, 180],
    "3.4.3": [19, 0, 0, 0, 0, 0, 19],
    "3.5.1": [199, 1, 0, 0, 3, 0, 203],
    "3.5.2": [147, 1, 0, 0, 0, 0, 148],
    "3.5.3": [0, 0, 0, 0, 0, 0, 0],
    "3.5.4": [100, 1, 0, 0, 0, 0, 101],
    "3.5.5": [5, 0, 0, 0, 0, 0, 5],
    "3.6.1": [315, 3, 0, 0, 0, 0, 318],
    "3.6.2": [202, 0, 0, 1, 0, 0, 203],
    "3.6.3": [941, 17, 0, 1, 3, 3, 965],
    "3.7": [13364, 252, 0, 44, 121, 29, 13810],
    "4": [783, 6, 0, 2, 25, 3, 819],
}
CASES = {
    "reconsideration": [376, 97, 196, 121, 790],
    "litigation_direct": [16, 1, 12, 27, 56],
    "litigation_after_reconsideration": [74, 1, 30, 51, 156],
}
RESULTS = ("upheld", "corrected", "other_result", "pending", "total")


def requests(format: str = "2021") -> dict[str, int]:
    """The cells of the request table; in the format of 2019 row 3.6 is one."""
    cells = {
        f"requests.{row}.{column}": number
        for row, numbers in REQUESTS.items()
        for column, number in zip(COLUMNS, numbers, strict=True)
    }
    if format == "2019":
        for column in COLUMNS:
            parts = [cells.pop(f"requests.3.6.{n}.{column}") for n in (1, 2, 3)]
            cells[f"requests.3.6.{column}"] = sum(parts)
    return cells


def consistent(format: str = "2021") -> dict[str, int]:
    """A whole table that keeps every relation; the tables of Article 20 hold zeros."""
    cases = {
        f"review_litigation.{case}.{result}": number
        for case, numbers in CASES.items()
        for result, number in zip(RESULTS, numbers, strict=True)
    }
    return {each.code: 0 for each in table(format).values} | requests(format) | cases


def year_before(format: str = "2021") -> dict[str, int]:
    """A table of the year before that ends where `consistent` begins."""
    cells = {each.code: 0 for each in table(format).values}
    for column, number in zip(COLUMNS, REQUESTS["2"], strict=True):
        cells |= {f"requests.1.{column}": number, f"requests.4.{column}": number}
    return cells
