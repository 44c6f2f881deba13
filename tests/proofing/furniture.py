"""Web pages around a report, as platforms make them: head tables, dates and counters, links, nested layout tables."""

from __future__ import annotations

from html import escape

from tests.proofing.corpus import Block, Draft

TOPS = (
    "<div>今天是2024年3月1日 星期五 | 长者模式 | 无障碍浏览 | 手机版 | 个人中心</div><div>首页 新闻中心 政务公开 政务服务 互动交流 "
    "数据开放</div><div>您的位置：首页 &gt; 政务公开 &gt; 政府信息公开 &gt; 政府信息公开年报 &gt; 部门年报</div>",
    "<table><tr><td>索 引 号</td><td>MB1234567/2024-00017</td><td>主题分类</td><td>政务公开/年度报告</td></tr><tr><td>发布机构</td>"
    "<td>办公室</td><td>成文日期</td><td>2024-01-18</td></tr><tr><td>标　　题</td><td colspan=3>年度报告</td></tr></table>"
    "<p>发布时间：2024-01-20 09:12 来源：本站 浏览次数：345 字号：[大] [中] [小]</p>",
    "<div>信息来源：示例局 发布日期：2024-01-20 15:30:11 访问量：1024 次 【打印】【关闭】 分享：微信 微博</div>",
)
FOOTS = (
    "<p>附件：</p><p><a href=a.docx>年度报告.docx</a></p><p>上一篇：2022年政府信息公开工作年度报告</p><p>下一篇：没有了</p>"
    "<p>扫一扫在手机打开当前页</p><div>主办单位：示例市人民政府办公室 承办单位：示例市大数据局 技术支持：示例公司</div>"
    "<div>ICP备案号：示ICP备12345678号-1 网站标识码：1234567890 公安机关备案号：12345678901234</div>",
    "<p>【责任编辑：示例】</p><p>相关链接</p><ul><li>2021年政府信息公开工作年度报告</li><li>2020年政府信息公开工作年度报告</li></ul>"
    "<div>网站地图 | 联系我们 | 关于我们 | 隐私声明 您是第123456位访问者</div>",
    "",
)


def furnished(draft: Draft, style: int) -> str:
    """A draft inside one of three kinds of page."""
    body = "".join(_block(block, style) for block in draft.blocks())
    head = "<html><head><meta charset=utf-8><title>年报</title></head><body>"
    return f"{head}{TOPS[style]}{body}{FOOTS[style]}</body></html>"


def _block(block: Block, style: int) -> str:
    if block.kind == "table":
        rows = "".join(f"<tr>{''.join(_cell(*cell, style) for cell in row)}</tr>" for row in block.rows)
        table = f"<table>{rows}</table>"
        return f"<table><tr><td>{table}</td></tr></table>" if style == 2 else f"<div>{table}</div>"
    text = escape(block.text)
    if style == 2:
        return f"<p><strong>{text}</strong></p>" if block.kind == "heading" else f"<span>{text}</span><br><br>"
    return f"<p>{'&#12288;' * 2 if style == 1 else ''}{text}</p>"


def _cell(text: str, across: int, down: int, style: int) -> str:
    """A cell, in the second style with a line's end in the middle of its label."""
    half = len(text) // 2
    broken = f"{escape(text[:half])}<br/>{escape(text[half:])}" if style == 1 and len(text) > 6 else escape(text)
    return f'<td colspan="{across}" rowspan="{down}"><p><span> {broken}&nbsp;</span></p></td>'
