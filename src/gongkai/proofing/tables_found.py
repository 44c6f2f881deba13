"""A table in the making, and the words that head the columns of any."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from gongkai.proofing.folding import one_line
from gongkai.proofing.forms import Labels
from gongkai.proofing.numbers import read_cell
from gongkai.proofing.report import Cell, Where

UNIT_CELLS = frozenset("条 件 次 篇 个 人 万元 人次 元 份 场 项 期 宗 起 例 家".split())
VALUE_HEADS = frozenset(
    "统计数 统计数量 数量 数值 数据 数 统计数据 统计值 填报数 填报数据 统计结果 本年 本年数 本年度 合计 数目".split()
)
OTHER_HEADS = frozenset(
    "统计指标 指标 指标名称 项目 统计项目 内容 名称 单位 计量单位 序号 编号 备注 代码 信息内容".split()
)


@dataclass
class Found:
    """A table in the making."""

    key: str
    cells: dict[tuple[str, str], Cell] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)
    heads: dict[str, str] = field(default_factory=dict)
    units: dict[str, str] = field(default_factory=dict)
    unknown: list[str] = field(default_factory=list)
    captions: list[str] = field(default_factory=list)
    first: int = 0
    formats: Counter[str] = field(default_factory=Counter)

    def put(self, row: str, column: str, printed: str) -> None:
        """Keep a cell as printed; the first of two stays."""
        if (row, column) not in self.cells:
            read = read_cell(printed)
            where = Where(table=self.key, row=row, column=column)
            self.cells[row, column] = Cell(
                read.value, one_line(printed), read.state, where, read.unit, read.note, read.direction
            )

    def spoil(self, row: str, column: str, printed: str) -> None:
        """Keep a cell that cannot be told from its neighbours."""
        where = Where(table=self.key, row=row, column=column)
        self.cells.setdefault((row, column), Cell(None, one_line(printed), "unreadable", where, note="合并单元格"))


class Order:
    """Gives printed rows their codes: of several rows with one label, the next one in the form."""

    def __init__(self, labels: Labels, taken: Iterable[str] = ()) -> None:
        self._labels = labels
        self._taken = set(taken)
        self._last = max((labels.place(code) for code in self._taken), default=-1)

    def code(self, candidates: Sequence[str]) -> str:
        """The code of a printed row that has one of these labels; empty when all of them are taken."""
        free = [each for each in candidates if each not in self._taken]
        if not free:
            return ""
        code = next((each for each in free if self._labels.place(each) > self._last), free[0])
        self._taken.add(code)
        self._last = self._labels.place(code)
        return code
