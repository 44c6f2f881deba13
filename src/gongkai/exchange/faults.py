"""What is wrong with a workbook: every fault with sheet, row, column, what stands there and what is expected."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

CAP = 200


@dataclass(frozen=True)
class Fault:
    """One fault. `sheet` is empty when the file itself is at fault, `row` 0 when a sheet is, `column` when a row is."""

    problem: str
    expected: str = ""
    sheet: str = ""
    row: int = 0
    column: str = ""

    @property
    def sentence(self) -> str:
        """The fault as an officer reads it."""
        place = f"「{self.sheet}」" if self.sheet else ""
        place += f"第{self.row}行" if self.row else ""
        place += f"「{self.column}」" if self.column else ""
        said = f"{place}：{self.problem}" if place else self.problem
        return f"{said}；应为{self.expected}。" if self.expected else f"{said}。"

    def as_json(self) -> dict[str, str | int | None]:
        """The fault for a program; what is not known is null."""
        return {
            "sheet": self.sheet or None,
            "row": self.row or None,
            "column": self.column or None,
            "problem": self.problem,
            "expected": self.expected or None,
        }


@dataclass
class Faults:
    """All faults of a workbook: the first `CAP` are kept, all are counted."""

    kept: list[Fault] = field(default_factory=list)
    total: int = 0

    def add(self, problem: str, expected: str = "", *, sheet: str = "", row: int = 0, column: str = "") -> None:
        """Note one fault."""
        self.total += 1
        if len(self.kept) < CAP:
            self.kept.append(Fault(problem, expected, sheet, row, column))

    @property
    def left_out(self) -> int:
        """How many faults were counted and not kept."""
        return self.total - len(self.kept)

    def __bool__(self) -> bool:
        return self.total > 0

    def __iter__(self) -> Iterator[Fault]:
        return iter(self.kept)
