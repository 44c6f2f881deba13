"""The page docs/reference/screening.md, from the kinds, severities and places in `gongkai.screening`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

NOTE = "<!-- 本页由 make docs 生成，请勿手工修改。 -->\n\n"

SEVERITIES = {"block": "阻止", "warn": "提醒", "info": "说明"}


def pages() -> dict[str, Callable[[], str]]:
    """The generated page: file name and the function that gives its text."""
    return {"screening.md": page}


def page() -> str:
    """The text of the page."""
    from gongkai.screening import (  # needs the source tree on the path
        KINDS,
        MASKABLE,
        PARTS,
        Masking,
        Severity,
        Verdict,
    )

    masking = Masking()
    keeps = [
        (name, str(keep.first), str(keep.last))
        for name, keep in (
            ("居民身份证号", masking.resident_id),
            ("手机号", masking.mobile),
            ("固定电话", masking.landline),
            ("银行卡号", masking.bank_card),
            ("账号", masking.account),
            ("护照号、通行证号", masking.document),
        )
    ]
    kinds = [
        (f"`{kind}`", facts.name, f"{SEVERITIES[facts.severity]} `{facts.severity}`", facts.meaning)
        for kind, facts in KINDS.items()
    ]
    masked = "、".join(facts.name for kind, facts in KINDS.items() if kind in masking.kinds)
    types = "、".join(sorted(each.upper() for each in MASKABLE))
    return NOTE + "\n".join(
        [
            "# 公开前检查\n",
            "`gongkai screen 路径…` 检查文件和文件夹，不需要数据库；平台在公开前对将要公开的内容作同样的检查。"
            "找到的号码在任何输出中都是遮盖后的，文件名、工作表名中的号码也一样。\n",
            "## 结论\n",
            _table(
                ("结论", "什么情况"),
                [
                    (f"`{Verdict.CLEAN}`", "没有发现，或只有说明"),
                    (f"`{Verdict.WARN}`", "有提醒，没有阻止"),
                    (f"`{Verdict.BLOCK}`", "至少有一处阻止公开的发现"),
                    (f"`{Verdict.UNREADABLE}`", "文件没有读成，等于没有检查；有一条 `unreadable` 发现"),
                ],
            ),
            "退出码：0 可以公开或只需核对；1 有阻止公开的发现，或有文件没有读成；2 一个文件也没有读成，或用法不对。\n",
            "## 种类\n",
            f"严重程度有三级：{'、'.join(f'{SEVERITIES[each]}（`{each}`）' for each in Severity)}。下面是默认值，可按机构另行设置。\n",
            _table(("种类", "名称", "默认", "含义"), kinds),
            "有的位置使严重程度低于默认值：书名号中的「送审稿」「内部资料」等为提醒，正文谈到它们为说明；"
            "标题、引文中的「征求意见稿」「请示」一律为说明；照片的拍摄位置为提醒；正文读得出、只是其中一张图片没有识别的，为提醒。\n",
            "## 位置\n",
            "`where` 中有 `part`，以及知道时的 `page`（页）、`sheet`（工作表）、`cell`（单元格）、`offset`（字符位置）、"
            "`member`（压缩包、附件、嵌入对象中的文件，如 `外.zip/内.docx`）。\n",
            _table(("`part`", "是什么"), [(f"`{part}`", name) for part, name in PARTS.items()]),
            "## 怎样认出号码\n",
            "- 全角数字、空格、横线、换行、零宽字符、排得很开的数字，以及同一行相邻单元格里的数字，都连起来看。"
            "表头是金额、面积、数量的单元格不连；表头是序号、编号、日期的，只有校验位相符的号码才连。\n"
            "- 居民身份证号看出生日期和校验码。校验码不符的也报，注明疑似；地区代码不在册的也报。15 位的要有合理的出生日期。"
            "末三位为 000 的可能是电子表格只保留 15 位造成的，也报。\n"
            "- 统一社会信用代码两处校验都相符的，不是身份证号；两种规则都相符时，看前面写的是什么。\n"
            "- 银行卡号看发卡行前缀、长度和校验位。没有校验位的账号，看前面或表头有没有「账号」「卡号」等词。\n"
            "- 发文字号、索引号、金额、面积、日期、施工许可证号，以及写明是合同、工单、档案等编号的，不报。\n"
            "- 已遮盖的号码：身份证号至少遮 6 位，手机号和账号至少遮 4 位，否则报「遮盖不够」。\n"
            "- 列错位也看得出：金额、数量列里的长号码，如果不像金额（太长，或者和别的内容写在一格里），或者这一行本该有的"
            "身份证号、电话、账号不在自己的列里，或者一个表头写着两列的名称、这一行比表头多出格子，就不按表头放过，照样报。\n"
            "- 链接地址、提示、标记的属性、样式表里的内容也看，百分号编码（%31%33…）先还原，位置是 `markup`。网址里页面自己的编号"
            "（`…/12345678901.html`、`?id=`）不报，单独成段的号码（`?tel=`、`/号码`、以号码命名的文件）照样报。\n"
            "- 读出来的文字以外，文件内部别处（没有用到的文字、别的程序留下的数据）还有整个号码的，也报，位置也是 `markup`。\n"
            "- 办公地点不算住址；只到镇街、村的地址不算详细住址。\n"
            "- 病情、残疾、困难情况、户籍只有在姓名旁边才报；姓名已遮盖（张*）的不报。\n",
            "## 遮盖后的副本\n",
            f"`--mask-to 文件夹` 写出副本，文件名和扩展名不变，已有的文件不覆盖。可以生成副本的类型：{types}。"
            f"默认遮盖：{masked}；住址遮到镇街以下。姓名是否遮盖由设置决定。\n",
            _table(("号码", "前面保留几位", "后面保留几位"), keeps),
            "副本里没有批注、修订、隐藏的行列和工作表、文件属性、嵌入的对象、宏、外部链接。工作簿按看得见的内容重新生成，"
            "公式变成数值；PDF 按文字重新排版，版式从简，原有图片不带入；网页不带脚本和样式；TXT 和 CSV 一律为 UTF-8。\n",
            "副本写出前重新读取、重新检查，并在文件的每一部分里查找被遮盖的号码；有一处没有遮住就不写出，并说明原因。"
            "带密级标志的文件、有没有读成的部分的文件不生成副本。\n",
            "## 平台里的检查\n",
            "发布和复核补录信息之前，名称、正文、登记内容、附件和附件的文件名按将要公开的原样检查，结果按 SHA-256 保存；"
            "保存的结果只对当时的检查规则、检查工具和本机构的词表有效，任何一样变了就重新检查。没有读成的附件阻止公开。"
            "每一部分逐处保留前 300 处发现，其余按种类计数。怎样处理和放行，见[发布前检查、放行、词表](../how-to/check-before-release.md)。\n",
            "`gongkai screen --published --json` 的 `files` 只列有发现的部分，`path` 是公开的地址加部分"
            "（`#title` 名称、`#body` 正文、`#metadata` 登记内容和文件名、`#附件「名称」`），`looked_at` 是检查了多少条；"
            "由两人放行的发现带 `overridden`，同种的其余发现带 `count`。\n",
        ]
    )


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines) + "\n"
