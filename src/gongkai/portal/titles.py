"""Break titles between words, not inside them (GB/T 9704-2012, 7.3.1: 词意完整、排列对称).

A browser balances the lines; it cannot know where a Chinese word ends. `units` names the places where a line may end.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

# Words of titles in this trade. A missing word costs nothing but a break less.
WORDS = frozenset(
    """
    关于 公布 发布 印发 转发 开展 组织 实施 进一步 加强 做好 规范 推进 落实 调整 修订 废止 确定 公开 征求 征集 意见 建议 情况
    公共租赁住房 公租房 廉租住房 保障性住房 经济适用住房 住房保障 租赁补贴 住房 保障 配租 配售 摇号 轮候 申请 审核 复核 年度 资格 家庭
    国有土地上 国有土地 集体土地 房屋 征收 补偿 房屋征收 征收补偿 分户 安置 评估 机构 选定 方案 决定 范围 片区 项目 地块 棚户区 改造 旧城区
    住房和城乡建设 住房和城乡建设局 住房和城乡建设厅 住房和城乡建设部 自然资源 业主委员会 住宅专项维修资金 监督检查
    物业管理 物业 服务 企业 信用 评价 业主 大会 委员会 维修资金 住宅 专项 小区 电梯 收费 标准 备案
    房产交易 房地产 商品房 预售 许可 租赁 市场 中介 经纪 开发 网签 合同 登记 监管 资金
    政府 信息公开 政府信息 政务公开 指南 制度 目录 年度报告 年报 工作 计划 总结 要点 通知 公告 通告 公示 意见 办法 细则 实施细则 规定
    规划 方案 报告 批复 决定 名单 结果 一览表 统计 数据 预算 决算 部门 单位 采购 招标 中标 行政 处罚 许可 执法 检查 权力 责任 清单
    政策 解读 文件 规范性 重大 任务 完成 进展 安全 生产 应急 预案 专项 整治 行动 培训 会议 领导 小组 成员 分工 机关 职能 人民
    人民政府 管理 暂行 试行 有关 事项 问题 相关 活动 质量 环境 群众 居民 市民 城乡 城镇 建设
    """.split()
)
LONGEST = max(map(len, WORDS))

_TOKEN = re.compile(
    r"[0-9A-Za-z.,%〔〕\-/—]+(?:年度|年|月|日|号|批|期|季度|件|条|户|套|人|次)?"
    r"|第[一二三四五六七八九十百零〇0-9]+(?:批次|批|期|次|季度|号|届|条|轮)?"
)
_OPENING = "《（〈「『“‘("
_CLOSING = "》）〉」』”’)，。、：；？！,:;·"
_AFTER = "的和与及或等了并之"  # stand at the end of a line, never at its start
_BEFORE = frozenset({"关于", "第"})  # stand with what follows


def units(title: str) -> list[str]:
    """Cut a title into pieces that should not be broken; joined they are the title again."""
    found: list[str] = []
    glue = False
    for piece in _pieces(title):
        if found and (glue or piece[0] in _CLOSING or piece in _AFTER):
            found[-1] += piece
        else:
            found.append(piece)
        glue = piece in _OPENING or piece in _BEFORE
    return found


def _pieces(title: str) -> Iterator[str]:
    """Words, numbers with their measure word, single marks and particles, and the runs between them."""
    at = start = 0
    while at < len(title):
        length = _known(title, at)
        if not length:
            at += 1
            continue
        if start < at:
            yield title[start:at]
        yield title[at : at + length]
        start = at = at + length
    if start < at:
        yield title[start:at]


def _known(title: str, at: int) -> int:
    """The length of the known piece that begins at a place, or 0."""
    token = _TOKEN.match(title, at)
    if token:
        return len(token.group())
    for length in range(min(LONGEST, len(title) - at), 1, -1):
        if title[at : at + length] in WORDS:
            return length
    if title[at] in _OPENING or title[at] in _CLOSING:
        return 1
    # 和 may begin a name (和平小区): a particle counts as one only before a known piece.
    return 1 if title[at] in _AFTER and (at + 1 == len(title) or _known(title, at + 1)) else 0
