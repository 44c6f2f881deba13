"""The template says what the reader reads."""

from __future__ import annotations

from pathlib import Path

from openpyxl import load_workbook

from gongkai.exchange.sheets import CHOICES_SHEET, GUIDE_SHEET, SHEETS, Kind
from gongkai.periods.registers import REGISTERS
from tests.exchange.books import template


def test_template_has_every_sheet_with_its_headers_and_one_example(tmp_path: Path) -> None:
    book = load_workbook(template(tmp_path))
    assert book.sheetnames == [GUIDE_SHEET, *SHEETS, CHOICES_SHEET]
    for sheet in SHEETS.values():
        rows = list(book[sheet.name].iter_rows(values_only=True))
        assert rows[0] == sheet.headers
        assert len(rows) == 2
        assert rows[1][0] == "示例"


def test_template_first_column_is_the_agency_everywhere() -> None:
    assert {sheet.headers[0] for sheet in SHEETS.values()} == {"机构代码"}
    assert all(len(set(sheet.headers)) == len(sheet.headers) for sheet in SHEETS.values())


def test_template_drop_downs_offer_every_choice(tmp_path: Path) -> None:
    book = load_workbook(template(tmp_path))
    lists = {cell.value: column for column in book[CHOICES_SHEET].iter_cols() for cell in column[:1]}
    offered = {name: [cell.value for cell in column[1:] if cell.value is not None] for name, column in lists.items()}
    for sheet in SHEETS.values():
        rules = {str(rule.sqref): rule.formula1 for rule in book[sheet.name].data_validations.dataValidation}
        for field in sheet.fields:
            if field.kind is Kind.CHOICE:
                name = f"{sheet.name}_{field.header}"
                assert offered[name] == [label for _code, label in field.choices]
                assert name in rules.values()
    assert offered["无事项确认_登记簿"] == [str(register.label) for register in REGISTERS.values()]


def test_template_guide_explains_every_column(tmp_path: Path) -> None:
    guide = load_workbook(template(tmp_path))[GUIDE_SHEET]
    told = {(row[0], row[1]) for row in guide.iter_rows(values_only=True)}
    assert all((sheet.name, header) in told for sheet in SHEETS.values() for header in sheet.headers)
