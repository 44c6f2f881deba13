"""Words beside a number, or above it in a column, that say what the number is."""

from __future__ import annotations

import re
from functools import lru_cache

from gongkai.screening.folding import BORDERS, ROW, fold

_SPAN = 28  # characters before a number that are looked at
_GAPS = re.compile(r"[\s:;\u3000()\[\]<>\u300a\u300b\u3010\u3011\uff08\uff09\u201c\u201d\"'\x1c-\x1f_]+")

IDENTITY = re.compile(r"(?:身份证|居民证|证件号|身份号|身份证件|证件编?号码?|公民身份)[^\d,。;]{0,8}$")
PHONE = re.compile(
    r"(?:电话|手机|联系方式|联系人|移动|联络方式|致电|拨打|传真|热线|座机|tel|phone|mobile)[^\d,。;]{0,8}$", re.I
)
ACCOUNT = re.compile(
    r"(?:(?:账|帐)号|(?:账|帐)户号?|卡号|一卡通|一折通|存折号?|银行卡|银行(?:账|帐)户|收款(?:账|帐)[号户])[^\d,。;]{0,8}$"
)
PERSONAL = re.compile(f"{IDENTITY.pattern}|{PHONE.pattern}|{ACCOUNT.pattern}", re.I)
PASSPORT = re.compile(r"(?:护照|passport)[^\d,。;]{0,10}$", re.I)
PERMIT = re.compile(r"(?:通行证|台胞证|回乡证|居留证|居留身份证|居留许可|居住证)[^\d,。;]{0,10}$")
CREDIT_CODE = re.compile(r"(?:信用代码|机构代码|税号|识别号|注册号|执照号?)[^\d,。;]{0,8}$")
OTHER_NUMBER = re.compile(
    r"(?:编号|流水号?|案号|合同号?|订单号?|备案号?|批次号?|索引号?|文号|许可证号?|登记号|登记证号?|发票号?|单号|序列号"
    r"|产权证号?|不动产权?[^\d]{0,4}号?|档案号|户号|受理号|收件号|项目代码|项目编?码|工程编?码|证书号?|业务号|凭证号?|书号|刊号|ISBN|代码|编码"
    r"|标准号?|QQ号?|资格证号?|执业证号?)[^\d,。;]{0,4}$",
    re.I,
)
BUILDING_PERMIT = re.compile(
    r"(?:施工许可|规划许可|用地许可|预售许可|项目代码|项目编码|工程编码|竣工备案)[^\d,。;]{0,8}$"
)
AFTER_AMOUNT = re.compile(
    r" ?(?:\.\d|[万亿千百]|元|平方|㎡|公顷|亩|公里|米|吨|户(?![主籍口名])|套|人(?![民员])|件|份|次|%|‰|号(?!码)|[年月日])"
)
QUANTITY = re.compile(
    r"金额|补贴|补偿|补助|租金|价|款|费|元|面积|㎡|平方|平米|数量|数$|人数|户数|套数|件数|数（|数\(|合计|小计|总计|比例|率|得分|分数|评分|投资|收入"
    r"|支出|次数|年龄|余额|资金|产值|长度|重量|个数|amount|area|count|total|sum|price|income"
)
"""What the header of a column of amounts, areas or counts holds."""
AMOUNT_LABEL = re.compile(r"(?:金额|合计|共计|小计|总计|投资额?|价款|总价|造价|面积|数量|余额|预算|决算)(?:约|为|共)?$")
BEFORE_AMOUNT = re.compile(r"(?:[¥￥$€]|\d\.|人民币|合计|共计|金额|总投资)$")


def before(text: str, position: int) -> str:
    """Give the words that stand before a position, on its line or in the cells to its left, without gaps."""
    piece = text[max(0, position - _SPAN) : position]
    row = piece.rfind(ROW)
    if row >= 0:
        piece = piece[row + 1 :]
    return _GAPS.sub("", fold(piece)).replace("，", ",").replace("；", ";")


_AFTER = re.compile(rf"[^{BORDERS}{ROW}]{{0,4}}")


_OF_PERSONS = re.compile(
    r"身份证|居民证|证件号|证件编?号|身份号|公民身份|电话|手机|联系方式|联系人|联络方式|致电|拨打|传真|热线|座机|移动"
    r"|\btel|phone|mobile|[账帐][号户]|卡号|一卡通|一折通|存折|银行卡|护照|passport|通行证|台胞证|回乡证|居留|居住证"
)
"""What names a number of a person, wherever in a header it stands."""


@lru_cache(maxsize=4096)
def is_quantity(header: str) -> bool:
    """Tell whether a column's header names an amount, area or count and no number of a person."""
    text = fold(header).lower()
    return QUANTITY.search(text) is not None and _OF_PERSONS.search(text) is None


class Around:
    """The words around one number: before it, after it, and in the header of its column."""

    __slots__ = ("_before", "_end", "_start", "_text", "header")

    def __init__(self, text: str, start: int, end: int, header: str = "") -> None:
        self._text, self._start, self._end = text, start, end
        self._before: str | None = None
        self.header = header

    @property
    def after(self) -> str:
        """The few characters after the number, in the same cell."""
        found = _AFTER.match(self._text, self._end)
        return found.group() if found else ""

    def says(self, pattern: re.Pattern[str]) -> bool:
        """Tell whether the column's header or the words before the number end in what the pattern names."""
        if self.header and pattern.search(self.header) is not None:
            return True
        if self._before is None:
            self._before = before(self._text, self._start)
        return pattern.search(self._before) is not None
