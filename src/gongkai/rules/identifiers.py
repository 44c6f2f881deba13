"""Index numbers, document numbers and the codes of organisations: parse, check, format.

An index number (索引号) is `code/year-serial`: the organisation code (9 characters, GB 11714) or the unified social
credit code (18 characters, GB 32100) of the publisher, the year and a serial of five digits. A document number
(发文字号) is 机关代字〔年份〕序号号 (GB/T 9704-2012).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from gongkai.rules.errors import InvalidIdentifier

_ORGANISATION_CODE = re.compile(r"[0-9A-Z]{8}[0-9X]")
_ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_CREDIT_CODE = re.compile(r"[0-9A-HJ-NPQRTUWXY]{18}")
_INDEX_NUMBER = re.compile(r"([0-9A-Z]{9}|[0-9A-Z]{18})/(\d{4})-(\d{5,7})")
_DOCUMENT_NUMBER = re.compile(r"([^\d\s\[\]()]{1,16})\[(\d{4})\](第?)(\d{1,6})号")
_BRACKETS = str.maketrans("〔〕【】()", "[][][]")
_YEARS = range(1949, 2101)


@dataclass(frozen=True)
class IndexNumber:
    """An index number in its parts; `str()` gives the number."""

    code: str
    year: int
    serial: int

    def __str__(self) -> str:
        return f"{self.code}/{self.year}-{self.serial:05d}"

    @property
    def short(self) -> str:
        """The second half, which is enough in a list of one publisher."""
        return f"{self.year}-{self.serial:05d}"


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


def format_index_number(code: str, year: int, serial: int) -> str:
    """Return the index number for an organisation code or credit code, a year and a running number.

    Raises `InvalidIdentifier` when the code is wrong or the number has no place in five digits (seven with a
    credit code).
    """
    folded = _folded(code)
    code = credit_code(folded) if len(folded) == 18 else organisation_code(folded)
    digits = 7 if len(code) == 18 else 5
    if year not in _YEARS or not 0 < serial < 10**digits:
        raise InvalidIdentifier(f"索引号的年份应为4位、序号应为1至{digits}位的正整数，现为{year}和{serial}，请核对。")
    return str(IndexNumber(code, year, serial))


def parse_index_number(text: str) -> IndexNumber:
    """Read an index number, full-width characters and small letters folded; raises `InvalidIdentifier`."""
    parts = _INDEX_NUMBER.fullmatch(_folded(text))
    if parts is None or (len(parts[1]) == 9 and len(parts[3]) != 5):
        raise InvalidIdentifier(
            f"索引号「{text}」应为「组织机构代码或统一社会信用代码/年份-五位序号」，如「000014349/2017-00110」，请核对。"
        )
    code = credit_code(parts[1]) if len(parts[1]) == 18 else organisation_code(parts[1])
    year, serial = int(parts[2]), int(parts[3])
    if year not in _YEARS or serial == 0:
        raise InvalidIdentifier(f"索引号「{text}」的年份或序号不正确，请核对。")
    return IndexNumber(code, year, serial)


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


def _folded(text: str, *, upper: bool = True) -> str:
    folded = unicodedata.normalize("NFKC", text).strip()
    return folded.upper() if upper else folded


def _organisation_check(body: str) -> str:
    """Compute the check character of the first eight characters (GB 11714; python-stdnum has none)."""
    total = sum(int(character, 36) * weight for character, weight in zip(body, _ORGANISATION_WEIGHTS, strict=True))
    return "0123456789X0"[11 - total % 11]
