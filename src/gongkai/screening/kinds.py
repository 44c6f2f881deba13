"""The kinds of finding, their default severities and the places where they are found. The page
docs/reference/screening.md is checked against this module."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """What a finding means for publication: it stops it, it wants a look, or it is said for completeness."""

    BLOCK = "block"
    WARN = "warn"
    INFO = "info"


class Kind(StrEnum):
    """What was found."""

    RESIDENT_ID = "resident_id"
    MOBILE = "mobile"
    LANDLINE = "landline"
    BANK_CARD = "bank_card"
    PASSPORT = "passport"
    PERMIT = "permit"
    PLATE = "plate"
    EMAIL = "email"
    ADDRESS = "address"
    ACCOUNT = "account"
    PERSONAL_HEADER = "personal_header"
    SECRECY_MARK = "secrecy_mark"
    INTERNAL_MARK = "internal_mark"
    WORD_LIST = "word_list"
    HIDDEN_CONTENT = "hidden_content"
    METADATA = "metadata"
    UNREADABLE = "unreadable"
    SENSITIVE_DETAIL = "sensitive_detail"


@dataclass(frozen=True, slots=True)
class KindFacts:
    """What a kind is called in Chinese, how severe it is by default, and what it means."""

    name: str
    severity: Severity
    meaning: str


KINDS: dict[Kind, KindFacts] = {
    Kind.RESIDENT_ID: KindFacts(
        "居民身份证号", Severity.BLOCK, "18位（含校验码不符的疑似号码、末三位被电子表格截断为000的号码）或15位"
    ),
    Kind.MOBILE: KindFacts("手机号", Severity.BLOCK, "1开头的11位号码，可带86前缀，可被空格、横线、换行、单元格分开"),
    Kind.LANDLINE: KindFacts("固定电话", Severity.INFO, "带区号，或紧跟在「电话」后面；多为单位自己的电话"),
    Kind.BANK_CARD: KindFacts("银行卡号", Severity.BLOCK, "发卡行前缀和校验位都相符"),
    Kind.PASSPORT: KindFacts("护照号", Severity.WARN, "字母加数字，或紧跟在「护照」后面"),
    Kind.PERMIT: KindFacts("通行证、居留证号", Severity.WARN, "往来港澳、台湾的通行证和外国人永久居留证"),
    Kind.PLATE: KindFacts("车牌号", Severity.WARN, "含新能源车牌"),
    Kind.EMAIL: KindFacts("电子邮箱", Severity.INFO, "多为单位自己的邮箱"),
    Kind.ADDRESS: KindFacts("详细住址", Severity.WARN, "具体到门牌、单元、房号或村民小组"),
    Kind.ACCOUNT: KindFacts("账号", Severity.BLOCK, "紧跟在「账号」「卡号」等词后面的号码"),
    Kind.PERSONAL_HEADER: KindFacts(
        "个人信息列", Severity.BLOCK, "表头为身份证号、联系电话、银行账号、家庭住址等，而单元格没有遮盖或遮盖不够"
    ),
    Kind.SECRECY_MARK: KindFacts("密级标志", Severity.BLOCK, "绝密、机密、秘密，处在密级标志的位置或带★"),
    Kind.INTERNAL_MARK: KindFacts(
        "内部或未定稿标记",
        Severity.BLOCK,
        "内部资料、内部文件、不得外传、送审稿、讨论记录、请示等；标题和引文中的「征求意见稿」「请示」不阻止公开",
    ),
    Kind.WORD_LIST: KindFacts("词表中的词", Severity.WARN, "本机构维护的词表中的词"),
    Kind.HIDDEN_CONTENT: KindFacts("隐藏内容", Severity.WARN, "读者看不见、但留在文件里的内容"),
    Kind.METADATA: KindFacts("文件属性", Severity.INFO, "作者、单位、最后保存者、照片的拍摄位置等"),
    Kind.UNREADABLE: KindFacts("无法检查", Severity.BLOCK, "文件或其中一部分没有读成，等于没有检查"),
    Kind.SENSITIVE_DETAIL: KindFacts("敏感个人情况", Severity.WARN, "姓名旁边的病情、残疾、困难情况或户籍信息"),
}

# What `where.part` may be, in words. Hidden kinds of `documents` that the contract gives one name are folded.
PARTS: dict[str, str] = {
    "body": "正文",
    "table": "正文中的表格",
    "sheet": "工作表",
    "header": "页眉",
    "footer": "页脚",
    "footnote": "脚注和尾注",
    "text_box": "文本框和水印",
    "ocr": "识别出的图片文字",
    "file_name": "文件名",
    "hidden_sheet": "隐藏的工作表",
    "hidden_row": "隐藏的行",
    "hidden_column": "隐藏的列",
    "hidden_text": "隐藏的文字",
    "white_text": "与底色相同或极小的文字",
    "off_page": "页面以外的文字",
    "under_box": "色块下面的文字",
    "comment": "批注、注释和网页注释",
    "revision": "修订痕迹和以前的版本",
    "property": "文件属性",
    "custom_xml": "自定义数据",
    "metadata": "元数据（含照片信息）",
    "thumbnail": "缩略图",
    "embedded": "嵌入的对象",
    "attachment": "附件",
    "external_link": "外部链接",
    "defined_name": "定义的名称",
    "pivot_cache": "数据透视表缓存",
    "data_model": "数据模型",
    "formula": "公式",
    "script": "宏和脚本",
    "field": "域代码、表单值和替代文字",
    "markup": "链接地址、标记的属性和文件内部的其他数据",
    "trailing_data": "文件头尾多余的数据",
}
_FOLDED_PARTS = {
    "very_hidden_sheet": "hidden_sheet",
    "earlier_revision": "revision",
    "annotation": "comment",
    "exif": "metadata",
    "exif_position": "metadata",
}


def part_name(part: str) -> str:
    """Return the contract's name of a part of `documents`."""
    return _FOLDED_PARTS.get(part, part)
