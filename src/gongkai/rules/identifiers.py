"""Index numbers, document numbers and the codes of organisations: parse, check, format.

An index number (索引号) is `code/year-serial` (政府信息公开目录系统实施指引): the organisation code (9 characters,
GB 11714) or the unified social credit code (18 characters, GB 32100) of the publisher, the year and a serial of five
digits. Three forms are in use: with the organisation code; with the credit code, then up to seven digits; and with the
organisation code and the month behind the year. A number is given once and never changed, so it is kept as it was
written. A document number (发文字号) is 机关代字〔年份〕序号号 (GB/T 9704-2012).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from typing import Literal

from gongkai.rules.errors import InvalidIdentifier

_ORGANISATION_CODE = re.compile(r"[0-9A-Z]{8}[0-9X]")
_ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_CREDIT_CODE = re.compile(r"[0-9A-HJ-NPQRTUWXY]{18}")
_INDEX_NUMBER = re.compile(r"([0-9A-Z]{8}-?[0-9A-Z]|[0-9A-Z]{18})/(\d{4})(\d{2})?-(\d{5,7})")
_DOCUMENT_NUMBER = re.compile(r"([^\d\s\[\]()]{1,16})\[(\d{4})\](第?)(\d{1,6})号")
_BRACKETS = str.maketrans("〔〕【】()", "[][][]")
_YEARS = range(1949, 2101)
_MONTHS = range(1, 13)


IndexForm = Literal["organisation", "organisation_month", "credit"]


@dataclass(frozen=True)
class IndexNumber:
    """An index number in its parts; `str()` gives the number.

    `month` is 1 to 12 where the number names it, 0 otherwise. `digits` is how many digits the serial was written with.
    """

    code: str
    year: int
    serial: int
    month: int = 0
    digits: int = field(default=5, compare=False)

    def __str__(self) -> str:
        return f"{self.code}/{self.short}"

    @property
    def short(self) -> str:
        """The second half, which is enough in a list of one publisher."""
        month = f"{self.month:02d}" if self.month else ""
        return f"{self.year}{month}-{self.serial:0{self.digits}d}"

    @property
    def form(self) -> IndexForm:
        """Which of the forms in use it has."""
        if len(self.code) == 18:
            return "credit"
        return "organisation_month" if self.month else "organisation"

    @property
    def organisation(self) -> str:
        """The organisation code of the publisher, taken out of the credit code where the number holds that."""
        return self.code[8:17] if len(self.code) == 18 else self.code


@dataclass(frozen=True)
class DocumentNumber:
    """A document number in its parts; `str()` gives the number."""

    issuer: str
    year: int
    serial: int

    def __str__(self) -> str:
        return f"{self.issuer}〔{self.year}〕{self.serial}号"


def credit_code(text: str) -> str:
    """Return a unified social credit code in its normal form, 18 capitals and digits (GB 32100-2015).

    Raises `InvalidIdentifier` when the form or the check character is wrong.
    """
    from stdnum.cn import uscc  # loading python-stdnum takes longer than this whole package

    code = _folded(text)
    if not _CREDIT_CODE.fullmatch(code):
        raise InvalidIdentifier(f"统一社会信用代码「{text}」应为18位数字或大写字母（不含I、O、S、V、Z），请核对。")
    if not uscc.is_valid(code):
        raise InvalidIdentifier(f"统一社会信用代码「{text}」的校验码不正确，请核对。")
    return code


def organisation_code(text: str) -> str:
    """Return an organisation code in its normal form, 9 characters without the hyphen (GB 11714).

    Accepts a unified social credit code too and takes the organisation code out of it (its characters 9 to 17).
    Raises `InvalidIdentifier` when the form or the check character is wrong.
    """
    code = _folded(text).replace("-", "")
    if len(code) == 18:
        code = credit_code(code)[8:17]
    if not _ORGANISATION_CODE.fullmatch(code):
        raise InvalidIdentifier(f"组织机构代码「{text}」应为8位数字或大写字母加1位校验码，请核对。")
    if code[8] != _organisation_check(code[:8]):
        raise InvalidIdentifier(f"组织机构代码「{text}」的校验码不正确，请核对。")
    return code


def format_index_number(code: str, year: int, serial: int, *, month: int = 0) -> str:
    """Return the index number for an organisation code or credit code, a year and a running number.

    With `month` the number names it, which only numbers with an organisation code do. Raises `InvalidIdentifier` when
    the code is wrong or the number has no place in five digits (seven with a credit code).
    """
    folded = _folded(code)
    code = credit_code(folded) if len(folded) == 18 else organisation_code(folded)
    digits = 7 if len(code) == 18 else 5
    if year not in _YEARS or not 0 < serial < 10**digits:
        raise InvalidIdentifier(f"索引号的年份应为4位、序号应为1至{digits}位的正整数，现为{year}和{serial}，请核对。")
    if month and (month not in _MONTHS or len(code) == 18):
        raise InvalidIdentifier(f"索引号的月份应为1至12，且只用于组织机构代码，现为{month}，请核对。")
    return str(IndexNumber(code, year, serial, month))


def parse_index_number(text: str) -> IndexNumber:
    """Read an index number of any form in use; raises `InvalidIdentifier`.

    Full-width characters and small letters are folded, the hyphen inside an organisation code is left out.
    """
    parts = _INDEX_NUMBER.fullmatch(_folded(text))
    is_credit = parts is not None and len(parts[1]) == 18
    if parts is None or (not is_credit and len(parts[4]) != 5) or (is_credit and parts[3]):
        raise InvalidIdentifier(
            f"索引号「{text}」应为「组织机构代码或统一社会信用代码/年份-五位序号」，如「000014349/2017-00110」，请核对。"
        )
    code = credit_code(parts[1]) if is_credit else organisation_code(parts[1])
    year, month, serial = int(parts[2]), int(parts[3] or 0), int(parts[4])
    if year not in _YEARS or serial == 0 or (parts[3] and month not in _MONTHS):
        raise InvalidIdentifier(f"索引号「{text}」的年份、月份或序号不正确，请核对。")
    return IndexNumber(code, year, serial, month, len(parts[4]))


def format_document_number(issuer: str, year: int, serial: int) -> str:
    """Return the document number for the code name of an agency (机关代字), a year and a running number.

    Raises `InvalidIdentifier` when the parts do not make one.
    """
    return str(parse_document_number(f"{issuer}〔{year}〕{serial}号"))


def parse_document_number(text: str) -> DocumentNumber:
    """Read a document number of the form 机关代字〔年份〕序号号, other brackets and full-width digits folded.

    Raises `InvalidIdentifier` for another form; 第 and leading zeros are refused (GB/T 9704-2012, 7.2.5).
    """
    parts = _DOCUMENT_NUMBER.fullmatch(_folded(text, upper=False).translate(_BRACKETS))
    if parts is None or int(parts[2]) not in _YEARS:
        raise InvalidIdentifier(f"发文字号「{text}」应为「机关代字〔年份〕序号号」，如「国办发〔2017〕47号」，请核对。")
    if parts[3] or parts[4].startswith("0"):
        raise InvalidIdentifier(f"发文字号「{text}」的序号前不加「第」字，也不以0开头，请核对。")
    return DocumentNumber(parts[1], int(parts[2]), int(parts[4]))


def format_organisation_code(text: str) -> str:
    """Return an organisation code as it is printed, with a hyphen before the check character (GB 11714).

    Raises `InvalidIdentifier`.
    """
    code = organisation_code(text)
    return f"{code[:8]}-{code[8]}"


def _folded(text: str, *, upper: bool = True) -> str:
    folded = unicodedata.normalize("NFKC", text).strip()
    return folded.upper() if upper else folded


def _organisation_check(body: str) -> str:
    """Compute the check character of the first eight characters (GB 11714; python-stdnum has none)."""
    total = sum(int(character, 36) * weight for character, weight in zip(body, _ORGANISATION_WEIGHTS, strict=True))
    return "0123456789X0"[11 - total % 11]
