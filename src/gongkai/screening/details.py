"""What may not stand next to a person's name: illness, disability, hardship, household register."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai.screening.kinds import Kind
from gongkai.screening.runs import Hit

SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭"
    "陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤示"
)
NAME = rf"[{SURNAMES}][\u4e00-\u9fff]{{1,2}}"
CANDIDATE = re.compile(r"[患残癌瘤贫困户低特五因](?:(?<=患)|[疾症致难籍主口保困病残学灾晚术])")
_DETAIL = re.compile(
    r"患有?[^\s,，。；;、]{0,8}(?:病|癌|症|炎|瘤|瘫|障碍)|(?:肢体|视力|听力|言语|智力|精神|多重)?残疾[(（]?[一二三四1-4]级"
    r"|[^\s,，。；;、的]{0,3}癌症?(?:晚期|术后)|(?:因病|因残|因学|因灾)致[贫困]|(?:低保|特困|五保|贫困|困难)(?:家庭|户|人员|供养|对象)"
    r"|户籍(?:地|所在地|地址)?[:：]?[^\s,，。；;、]{2,12}[村镇乡县区]|户主(?:为|是|[:：])|户口(?:号|本号|簿编号)"
)
_NAME_BEFORE = re.compile(
    rf"(?:(?:姓名|申请人|患者|户主|本人|救助对象|居民|村民|同志)[:： \x1c\x1d\x1f]?|^|[\s,，。；;、\x1c\x1d\x1f\d])({NAME})"
    r"(?=[\s,，、:：(（\x1c\x1d\x1f]|同志|患|系|为|属|是|因|残|的|[男女])"
)
_REACH = 24


def find(text: str, candidates: Iterator[re.Match[str]]) -> Iterator[Hit]:
    """Find details that stand after a name on the same line or row; a masked name (张*) does not count."""
    end = -1
    for candidate in candidates:
        position = candidate.start()
        if position < end:
            continue
        left = max(0, position - 4)
        found = next(
            (each for each in _DETAIL.finditer(text, left, position + 24) if each.start() <= position < each.end()),
            None,
        )
        if found is None:
            continue
        start = max(0, found.start() - _REACH)
        line = re.split(r"[\n\x1e。]", text[start : found.start()])[-1]
        if _NAME_BEFORE.search(line + text[found.start() : found.start() + 1]) is not None:
            end = found.end()
            yield Hit(Kind.SENSITIVE_DETAIL, found.start(), found.end(), "姓名旁边的病情、残疾、困难或户籍情况")
