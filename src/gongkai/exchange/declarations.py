"""What a sheet of the workbook is: its name, its columns and what each cell may hold."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from django.db.models import TextChoices

from gongkai.rules.years import FIRST_YEAR

Value = str | int | bool | dt.date | Decimal | None

EXAMPLE_MARK = "示例"
LAST_YEAR = 2100


class Kind(StrEnum):
    """What a cell holds."""

    TEXT = "text"
    DATE = "date"
    COUNT = "count"
    YEAR = "year"
    CHOICE = "choice"
    FLAG = "flag"
    AMOUNT = "amount"


@dataclass(frozen=True)
class Field:
    """One column of a sheet. `choices` are (value, label); the label stands in the cell. `has_lines`: a text of many lines."""

    key: str
    header: str
    kind: Kind = Kind.TEXT
    required: bool = False
    help: str = ""
    example: Value = None
    choices: tuple[tuple[str, str], ...] = ()
    default: Value = None
    max_length: int = 0
    width: int = 16
    has_lines: bool = False

    @property
    def expected(self) -> str:
        """What a cell of this column must be, as the second half of a sentence that begins with 应为."""
        return {
            Kind.TEXT: f"不超过{self.max_length}字的文字" if self.max_length else "文字",
            Kind.DATE: "日期，例如 2017-03-15",
            Kind.COUNT: "大于0的整数，单元格为数值格式",
            Kind.YEAR: f"{FIRST_YEAR}至{LAST_YEAR}之间的年度，例如 2017",
            Kind.CHOICE: "以下之一：" + "、".join(label for _value, label in self.choices),
            Kind.FLAG: "「是」或「否」",
            Kind.AMOUNT: "大于0、最多两位小数的金额（元），单元格为数值格式",
        }[self.kind]


@dataclass(frozen=True)
class Sheet:
    """One sheet: its name, what it is for, its columns. The first column always is the agency's code."""

    name: str
    help: str
    fields: tuple[Field, ...]

    @property
    def headers(self) -> tuple[str, ...]:
        """The headers in the order of the template."""
        return tuple(field.header for field in self.fields)

    def field(self, key: str) -> Field:
        """The column with this key. Raises `KeyError`."""
        return {field.key: field for field in self.fields}[key]


def choices_of(source: type[TextChoices]) -> tuple[tuple[str, str], ...]:
    """The values and labels of a choice."""
    return tuple((member.value, str(member.label)) for member in source)


def day_field(key: str, header: str, *, required: bool = False, help: str = "", example: Value = None) -> Field:
    """A column that holds a day."""
    return Field(key, header, Kind.DATE, required=required, help=help, example=example, width=13)


AGENCY = Field(
    "agency", "机构代码", required=True, max_length=32, help="本系统中的机构代码", example=EXAMPLE_MARK, width=14
)
