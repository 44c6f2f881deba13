"""What the header of a column says about the cells under it, and whether such a cell is masked well enough."""

from __future__ import annotations

import re
from enum import StrEnum

from gongkai.screening.addresses import township_end
from gongkai.screening.folding import STARS, fold
from gongkai.screening.labels import QUANTITY
from gongkai.screening.numbers import MIN_HIDDEN_IDENTITY, MIN_HIDDEN_MOBILE


class Column(StrEnum):
    """What a column holds."""

    IDENTITY = "identity"
    PHONE = "phone"
    ACCOUNT = "account"
    ADDRESS = "address"
    DOCUMENT = "document"
    NAME = "name"
    SENSITIVE = "sensitive"
    QUANTITY = "quantity"
    SERIAL = "serial"
    OTHER = "other"


_PERSONAL = {
    Column.IDENTITY: re.compile(r"身份证(?!明)|公民身份号|证件号|身份号码|身份证件|居民证号|idcard|idnumber"),
    Column.ACCOUNT: re.compile(r"(?:账|帐)(?:号|户(?!名|单))|卡号|一卡通(?!名)|一折通|存折"),
    Column.DOCUMENT: re.compile(r"护照|通行证|居留证|台胞证|回乡证|军官证|残疾证号|残疾证件号"),
    Column.PHONE: re.compile(
        r"联系电话|联系方式|手机|移动电话|家庭电话|本人电话|^电话(?:号码?)?$|电话号码|phone|mobile|^tel\.?$"
    ),
    Column.ADDRESS: re.compile(
        r"(?:家庭|现|居住|户籍|户口|本人|申请人|个人)(?:住址|地址|所在地)|^住址$|现住房?地址|门牌号|户籍地|居住地"
    ),
}
_OFFICE = re.compile(
    r"单位|咨询|办公|监督|投诉|举报|服务|机构|公司|企业|部门|窗口|受理|物业|小区|项目|开发商|施工|经办"
)
_SENSITIVE = re.compile(
    r"病情|病种|疾病|健康状况|残疾(?:等级|类别|类型|情况)|致贫原因|困难(?:原因|情况|类型)|患病|婚姻状况|户口簿?号|户籍(?:类型|性质)"
)
_NAME = re.compile(
    r"^(?:申请人|户主|承租人|产权人|被征收人|保障对象|共同申请人|家庭成员|学生|职工|本人)?(?:姓名|名字)$|^(?:申请人|户主|承租人|产权人|被征收人)$|^name$"
)
_SERIAL = re.compile(
    r"序号|编号|代码|编码|年度|年份|月份|日期|时间|邮编|流水|文号|案号|索引|房号|楼号|单元|层|no\.?$|^id$|date|year"
)
_BARE = re.compile(r"[\s　*＊:：]")
_HEADER_LENGTH = 24


def column(header: str) -> Column:
    """Say what a column with this header holds; `OTHER` when it says nothing."""
    text = _BARE.sub("", fold(header)).lower()
    if not text or len(text) > 3 * _HEADER_LENGTH:
        return Column.OTHER
    for kind, pattern in _PERSONAL.items():
        found = pattern.search(text)
        if found and not (kind in (Column.PHONE, Column.ADDRESS, Column.ACCOUNT) and _OFFICE.search(text)):
            return kind
    if _NAME.search(text):
        return Column.NAME
    if _SENSITIVE.search(text):
        return Column.SENSITIVE
    if QUANTITY.search(text):
        return Column.QUANTITY
    return Column.SERIAL if _SERIAL.search(text) else Column.OTHER


PERSONAL = frozenset(_PERSONAL)
"""The columns whose cells must be masked."""

NAMES: dict[Column, str] = {
    Column.IDENTITY: "身份证号",
    Column.PHONE: "联系电话",
    Column.ACCOUNT: "账号",
    Column.ADDRESS: "住址",
    Column.DOCUMENT: "证件号",
    Column.SENSITIVE: "病情、困难情况或户籍",
}

_STAR = re.compile(rf"[{re.escape(STARS)}xX]")
_COVERED = frozenset("*＊×●")
_DIGIT = re.compile(r"[0-9]")
_LANDLINE = re.compile(r"0\d{2,3}\d{7,8}(?:\d{1,4})?|\d{7,8}|400\d{7}|1[0-2]\d{3}|9\d{4}")
_DOOR = re.compile(r"[0-9]+ ?(?:号|室|栋|幢|楼|单元|组|户|#|-)|单元|门牌")
MIN_HIDDEN_ACCOUNT = 4


def _signs(text: str) -> tuple[int, int]:
    """Count the digits and the stars of a cell; an X at its end is a check character."""
    body = text[:-1] if text[-1:] in "xX" else text
    return len(_DIGIT.findall(text)), len(_STAR.findall(body))


def is_badly_masked(kind: Column, text: str) -> bool:
    """Tell whether a cell under a personal header shows more than it may. Empty cells and words show nothing."""
    folded = fold(text)
    if kind is Column.ADDRESS:
        return _DOOR.search(folded[township_end(folded) :]) is not None and not set(folded) & _COVERED
    if folded[:-1].isdigit():  # the usual case in a column of numbers, and there may be very many
        digits, stars = len(folded), 0
    else:
        digits, stars = _signs(folded)
    if kind is Column.IDENTITY:
        return digits >= 8 and stars < MIN_HIDDEN_IDENTITY
    if kind is Column.PHONE:
        bare = re.sub(r"\D", "", folded)
        return digits >= 7 and stars < MIN_HIDDEN_MOBILE and not (stars == 0 and _LANDLINE.fullmatch(bare))
    if kind is Column.ACCOUNT:
        return digits >= 6 and stars < MIN_HIDDEN_ACCOUNT
    if kind is Column.DOCUMENT:
        return digits >= 6 and stars < 3
    return False
