"""RTF: a reader of its own, for text, tables, notes, headers, hidden and deleted text, pictures and objects."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from gongkai.documents.collecting import Collector
from gongkai.documents.decoding import decode_loosely, plain_address
from gongkai.documents.limits import ReadingStopped
from gongkai.documents.model import Cell, Hidden, RefusalKind

_TOKEN = re.compile(
    rb"\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z'])|([{}])|([^\\{}\r\n]+)|[\r\n]+|\\"
)
_CHARSETS = {
    0: "cp1252", 128: "cp932", 129: "cp949", 134: "gb18030", 136: "big5", 161: "cp1253", 162: "cp1254", 204: "cp1251",
    238: "cp1250",
}  # fmt: skip
_SIGNS = {
    "par": "\n", "line": "\n", "sect": "\n", "page": "\n", "tab": "\t", "emdash": "—", "endash": "–", "lquote": "‘",
    "rquote": "’", "ldblquote": "“", "rdblquote": "”", "bullet": "•", "emspace": " ", "enspace": " ",
}  # fmt: skip
_MARGINS = {
    "header": "header", "headerl": "header", "headerr": "header", "headerf": "header", "footer": "footer",
    "footerl": "footer", "footerr": "footer", "footerf": "footer", "footnote": "footnote", "shptxt": "text_box",
}  # fmt: skip
_INFO = {
    "title", "subject", "author", "manager", "company", "operator", "category", "keywords", "comment", "doccomm",
    "hlinkbase",
}  # fmt: skip
_SILENT = {
    "stylesheet", "listtable", "listoverridetable", "revtbl", "rsidtbl", "generator", "themedata", "colorschememapping",
    "latentstyles", "datastore", "xmlnstbl", "mmathPr", "pntext", "pntxta", "pntxtb", "fldinst", "listtext", "nonshppict",
    "atrfstart", "atrfend", "bkmkstart", "bkmkend", "filetbl", "sp", "blipuid", "atndate", "atnref", "atnparent", "atntime", "atnicn", "picprop", "panose", "falt", "wgrffmtfilter",
}  # fmt: skip
_CODED = {"themedata", "colorschememapping", "datastore", "fonttbl", "colortbl", "blipuid", "panose", "rsidtbl"}
_DEPTH = 500


@dataclass
class _State:
    """What holds within a group."""

    target: str = "body"
    font: int = 0
    skip: int = 1
    hidden: bool = False
    deleted: bool = False
    inserted: bool = False
    colour: int = 0


@dataclass
class _Targets:
    """Texts by where they go."""

    texts: dict[str, list[str]] = field(default_factory=dict)

    def add(self, target: str, text: str) -> None:
        """Add text to a target."""
        self.texts.setdefault(target, []).append(text)

    def take(self, target: str) -> str:
        """Return and forget a target's text."""
        return "".join(self.texts.pop(target, []))


def read(collector: Collector) -> None:
    """Read an RTF file."""
    _Reader(collector).run()
    collector.strays(decode_loosely(collector.data))


class _Reader:
    def __init__(self, collector: Collector) -> None:
        self._collector = collector
        self._targets = _Targets()
        self._fonts: dict[int, int] = {}
        self._colours: list[tuple[int, int, int]] = []
        self._colour = [0, 0, 0]
        self._coded = "gb18030" if b"\\ansicpg936" in collector.data[:2000] else "cp1252"
        self._bytes = bytearray()
        self._skip = 0
        self._rows: list[tuple[Cell, ...]] = []
        self._row: list[str] = []
        self._in_table = False
        self._author = ""

    def run(self) -> None:
        """Go through the tokens."""
        state, stack, opened = _State(), list[_State](), False
        starting = False
        for count, (word, number, code, sign, brace, text) in enumerate(self._tokens()):
            if not count % 20_000:
                self._collector.budget.check_time()
            if code:
                self._byte(int(code, 16), state)
                continue
            if text and not word:
                self._raw(text, state)
                starting = False
                continue
            self._drain(state)
            if brace == b"{":
                stack.append(state)
                if len(stack) > _DEPTH:
                    raise ReadingStopped(RefusalKind.DAMAGED, "RTF 文件嵌套过深，可能已损坏。请打开后另存为 DOCX。")
                state, starting, opened = replace(state), True, True
            elif brace == b"}":
                if not stack:
                    break
                before, state = state, stack.pop()
                if before.target != state.target:
                    self._close(before.target)
            elif sign:
                if sign == b"*" and starting:
                    state.target = "unknown" if state.target == "body" else state.target
                    continue
                self._say({b"~": " ", b"_": "-"}.get(sign, sign.decode("latin-1") if sign in b"\\{}" else ""), state)
            elif word:
                self._word(word.decode("ascii"), int(number) if number else None, state, starting)
            starting = brace == b"{" or (starting and sign == b"*")
        self._drain(state)
        if not opened or stack:
            if not opened:
                raise ReadingStopped(RefusalKind.DAMAGED, "RTF 文件已损坏，无法打开。请用原来的软件打开后另存为 DOCX。")
            self._collector.unread("RTF 文件不完整，结尾部分缺失")
        for target in list(self._targets.texts):
            if target != "body":
                self._close(target)
        self._paragraph()
        self._end_table()

    def _tokens(self) -> Iterator[tuple[bytes, bytes, bytes, bytes, bytes, bytes]]:
        data, at = self._collector.data, 0
        while at < len(data):
            match = _TOKEN.match(data, at)
            if match is None:
                return
            at = match.end()
            word, number, code, sign, brace, text = match.groups(b"")
            if word == b"bin" and number.isdigit():
                at += int(number)
                continue
            if word or code or sign or brace or text:
                yield word, number, code, sign, brace, text

    def _byte(self, value: int, state: _State) -> None:
        if self._skip:
            self._skip -= 1
        else:
            self._bytes.append(value)

    def _raw(self, text: bytes, state: _State) -> None:
        if self._skip:
            dropped = min(self._skip, len(text))
            self._skip -= dropped
            text = text[dropped:]
        self._bytes += text
        if len(self._bytes) > 1 and self._bytes[-1] < 0x80:
            self._drain(state)

    def _drain(self, state: _State) -> None:
        """Turn the bytes gathered so far into text, in the font's character set."""
        if self._bytes:
            coded = _CHARSETS.get(self._fonts.get(state.font, -1), self._coded)
            if coded == "cp1252" and self._coded == "gb18030":
                coded = "gb18030"
            text = bytes(self._bytes).decode(coded, "replace")
            self._bytes.clear()
            self._say(text, state)

    def _say(self, text: str, state: _State) -> None:
        if not text:
            return
        if state.target == "colortbl":
            for _ in range(text.count(";")):
                self._colours.append((self._colour[0], self._colour[1], self._colour[2]))
                self._colour = [0, 0, 0]
            return
        target = state.target
        if target in ("body", *_MARGINS):
            if state.deleted:
                target = "deleted"
            elif state.hidden:
                target = "hidden"
            elif self._is_white(state.colour):
                target = "white"
        self._targets.add(target, text)

    def _is_white(self, index: int) -> bool:
        return 0 < index < len(self._colours) and min(self._colours[index]) >= 0xF8

    def _word(self, word: str, number: int | None, state: _State, starting: bool) -> None:
        match word:
            case "u" if number is not None:
                code = number + 0x10000 if number < 0 else number
                self._say(chr(code) if not 0xD800 <= code < 0xE000 and code < 0x110000 else "", state)
                self._skip = state.skip
            case "uc":
                state.skip = min(max(number or 0, 0), 16)
            case "f" if number is not None:
                state.font = number
            case "fcharset" if number is not None:
                self._fonts[state.font] = number
            case "ansicpg":
                self._coded = (
                    "gb18030" if number == 936 else f"cp{number}" if number in range(437, 1259) else self._coded
                )
            case "plain":
                state.hidden = state.deleted = state.inserted = False
                state.colour = 0
            case "v":
                state.hidden = number != 0
            case "deleted":
                state.deleted = number != 0
            case "revised":
                if number != 0 and not state.inserted:
                    self._targets.add("inserted", " ")
                state.inserted = number != 0
            case "cf":
                state.colour = number or 0
            case "red" | "green" | "blue":
                self._colour["red green blue".split().index(word)] = number or 0
            case "trowd":
                self._in_table = True
            case "cell" | "nestcell":
                self._row.append(self._targets.take("body").strip("\n"))
            case "row" | "nestrow":
                self._end_row()
            case "pard":
                self._in_table = False
            case "intbl":
                self._in_table = True
            case "objdata" | "pict" | "fonttbl" | "colortbl" | "info":
                state.target = word
            case "annotation" | "atnauthor" | "atnid":
                state.target = word
            case _:
                self._plain_word(word, state, starting)

    def _plain_word(self, word: str, state: _State, starting: bool) -> None:
        if (word in _MARGINS and starting) or (word in _SILENT and (starting or state.target == "unknown")):
            state.target = word
        elif word in _INFO and state.target in ("info", *_INFO):
            state.target = f"info {word}"
        elif word in ("shpinst", "shprslt", "shppict", "docvar", "userprops", "propname", "staticval") and starting:
            state.target = word if word in ("docvar", "propname", "staticval") else "body"
        elif word == "sv":
            self._targets.add(state.target, " ")
        elif word in _SIGNS:
            if _SIGNS[word] == "\n" and state.target == "body":
                if self._in_table:
                    self._targets.add("body", "\n")
                else:
                    self._end_table()
                    self._paragraph()
            else:
                self._say(_SIGNS[word], state)

    def _paragraph(self) -> None:
        self._collector.paragraph(self._targets.take("body"))

    def _end_row(self) -> None:
        if self._row:
            self._collector.budget.count_cells(len(self._row))
            number = len(self._rows) + 1
            self._rows.append(tuple(Cell(text, number, column) for column, text in enumerate(self._row, 1)))
            self._row = []

    def _end_table(self) -> None:
        self._end_row()
        if self._rows:
            self._collector.table(tuple(self._rows))
            self._rows = []

    def _close(self, target: str) -> None:
        """A group with a target of its own ends: hand its text over."""
        text = self._targets.take(target)
        if target in _MARGINS:
            self._collector.margin(text, _MARGINS[target])
        elif target == "annotation":
            self._collector.hide(Hidden.COMMENT, text, note=f"批注（{self._author}）" if self._author else "批注")
        elif target == "atnauthor":
            self._author = text.strip()
        elif target.startswith("info "):
            name = target.removeprefix("info ")
            self._collector.property({"operator": "last_modified_by", "doccomm": "comments"}.get(name, name), text)
        elif target in ("deleted", "hidden", "white", "inserted"):
            self._reveal(target, text)
        elif target == "pict":
            self._picture(text)
        elif target == "objdata":
            self._object(text)
        elif target in ("docvar", "propname", "staticval") and text.strip():
            self._collector.hide(Hidden.PROPERTY, text, note="文档变量或自定义属性")
        elif target not in _CODED:
            self._collector.markup(plain_address(text), note="RTF 文件中不显示的内容")

    def _reveal(self, target: str, text: str) -> None:
        match target:
            case "deleted":
                self._collector.hide(Hidden.REVISION, text, note="修订：删除")
            case "inserted":
                self._collector.hide(Hidden.REVISION, "", note="修订：插入")
            case "hidden":
                self._collector.hide(Hidden.HIDDEN_TEXT, text, note="隐藏文字")
            case _:
                self._collector.hide(Hidden.WHITE_TEXT, text, note="文字与背景同色")

    def _picture(self, text: str) -> None:
        data = _from_hex(text)
        if data.startswith((b"\x89PNG", b"\xff\xd8")):
            self._collector.member(data, "图片.png" if data[:1] == b"\x89" else "图片.jpg", "picture")
        elif data:
            self._collector.unread("文件中有无法检查的图形", essential=False)

    def _object(self, text: str) -> None:
        data = _from_hex(text)
        at = data.find(b"\xd0\xcf\x11\xe0")
        if at >= 0:
            self._collector.member(data[at:], "嵌入对象", "embedded", Hidden.EMBEDDED, "嵌入的对象")
        elif data:
            self._collector.hide(Hidden.EMBEDDED, "", note="嵌入的对象")
            self._collector.stray_bytes(data, note="嵌入的对象")
            self._collector.unread("嵌入的对象无法检查")


def _from_hex(text: str) -> bytes:
    digits = re.sub(r"[^0-9a-fA-F]", "", text)
    return bytes.fromhex(digits[: len(digits) // 2 * 2])
