"""Home addresses that lead to a door. An office's own address, and one that ends at a township or village, do not count."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai.screening.folding import fold
from gongkai.screening.kinds import Kind
from gongkai.screening.runs import Hit

_N = r"[0-9一二三四五六七八九十]{1,4}"
_ESTATE = (
    r"(?:小区|花园|家园|公寓|新村|新区|社区|村|庄|苑|庭|府|城|湾|园|里|居|院|郡|庄园|广场|公馆|安置区|宿舍|大院|屯|坊)"
)
_STREET = r"(?:路|街|巷|弄|胡同|大道|条|道|里)"
_BUILDING = r"(?:号楼|栋|幢|座|#楼|#|号院|楼)"
_DOOR = re.compile(
    "|".join(
        (
            rf"(?:{_N} ?{_BUILDING} ?)?(?:[0-9A-Za-z一二三四五六七八九十东西南北中]{{1,3}}) ?单元 ?{_N} ?(?:层|楼)?(?:{_N})? ?(?:室|户|号|房)?",
            rf"(?:{_N}|[A-Z]) ?{_BUILDING}[^0-9,。;:\n]{{0,4}}[0-9]{{3,4}} ?(?:室|户|房|号)",
            rf"{_STREET}{_N} ?号(?:院)?[^0-9,。;:\n]{{0,8}}[0-9A-Z]{{1,4}} ?{_BUILDING}?[^0-9,。;:\n]{{0,4}}[0-9]{{1,4}} ?(?:室|户|房)",
            rf"{_ESTATE}[^0-9,。;:\n]{{0,4}}{_N} ?(?:{_BUILDING}|-) ?{_N} ?(?:单元|-|室|户|号)[0-9]{{0,4}}(?:室|户|号)?",
            rf"(?:村|庄|屯|社区|居委会)[^0-9,。;:\n]{{0,6}}{_N} ?(?:组|队|社|屯)[^0-9,。;:\n]{{0,2}}(?:{_N} ?(?:号|户))",
            rf"(?:村|庄|屯|胡同|巷|弄){_N} ?号(?!楼|文|令|院|线|井|路|公告|通知|地块|宗地|[0-9])",
        )
    )
)
# Begins with one set of characters and looks back from there: so it runs at the speed of a character search.
CANDIDATE = re.compile(
    r"[室栋幢组队元楼村庄屯巷弄同\-－](?:(?<=[0-9０-９ ][室栋幢组队])|(?<=单元|号楼)"
    r"|(?<=[0-9０-９][\-－])[0-9０-９]{3}|(?<=[村庄屯巷弄同])[0-9０-９]{1,4}号)"
)
_OFFICE = re.compile(
    r"办公|政务|大厦|大楼|会议|窗口|服务|中心|机关|政府|局|委员会|公司|银行|医院|学校|大学|法院|检察院|派出所|开标|投标|联系地址|单位"
)
_CUT = re.compile(r"[,。;:!?，；：！？、\n\x1c-\x1f|“”\"「」《》]|住址|地址|住在|居住[在于]?|家住|现住|位于|住所|坐落")
_TOWNSHIP = re.compile(r"(?:街道办事处|街道办|街道|办事处|[^\s小区村]{1,6}镇|[^\s城]{1,6}乡|苏木)")
_COUNTY = re.compile(r"(?:区|县|市|旗|州|盟|省)(?!域|里)")
_REACH = 48  # characters before a door that may belong to its address
_PROJECT = re.compile(r"(?:新建|共|合计|每|计|总|约|建设|开工|竣工|第)$")


def find(text: str, position: int) -> Hit | None:
    """Judge the place of a candidate (a character that belongs to doors) and give the whole address."""
    left = max(0, position - _REACH)
    window = text[left : position + 30]
    cuts = [found.end() for found in _CUT.finditer(window, 0, position - left + 1)]
    begin = cuts[-1] if cuts and cuts[-1] <= position - left + 1 else 0
    tail = _CUT.search(window, position - left + 1)
    piece = fold(window[begin : tail.start() if tail else len(window)])
    for door in _DOOR.finditer(piece):
        if not door.start() <= position - left - begin < door.end() + 1:
            continue
        words = window[:begin][-8:] + piece[: door.start()]
        if _OFFICE.search(words) and ("单元" not in door.group() or "办公" in words):
            return None
        if _PROJECT.search(piece[: door.start()].strip()):
            return None
        start = left + begin + (len(piece) - len(piece.lstrip()))
        return Hit(Kind.ADDRESS, start, left + begin + door.end(), "具体到门牌或房号")
    return None


def find_all(text: str, positions: Iterator[int]) -> Iterator[Hit]:
    """Judge all candidates of a text; those inside an address that was already found are passed over."""
    end = -1
    for position in positions:
        if position < end:
            continue
        hit = find(text, position)
        if hit is not None and hit.end > end:
            end = hit.end
            yield hit


def township_end(address: str) -> int:
    """Give how many characters of an address lead down to its township; to its county or city when it names none."""
    found = list(_TOWNSHIP.finditer(address))
    if found:
        return found[0].end()
    counties = list(_COUNTY.finditer(address.split("小区")[0]))
    return counties[-1].end() if counties else 0
