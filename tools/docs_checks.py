"""The generated page of the checks of annual reports: docs/reference/checks/README.md."""

from __future__ import annotations

from collections.abc import Callable

NOTE = "<!-- 本页由 make docs 生成，请勿手工修改。 -->\n\n"


def pages() -> dict[str, Callable[[], str]]:
    """The generated page: file name and the function that gives its text."""
    return {"checks/README.md": checks}


def checks() -> str:
    """Return the page: every check with what it compares, how it grades and an example."""
    from gongkai.proofing.check import check_ids  # needs the source tree on the path; fills the register
    from gongkai.proofing.checks import registered
    from gongkai.proofing.profile import Limits

    known = [registered()[id] for id in sorted(check_ids())]
    limits = Limits()
    parts = [
        "# 年度报告的检查项\n",
        "`gongkai check` 对每份报告逐项检查。级别有四种：**错误**必须改；**警告**很可能要改；**疑问**可能是口径不同，请核对；"
        "**提示**是文字和习惯上的建议。只有错误和警告使退出码为 1。\n",
        "## 关闭一项检查\n",
        "写一个 TOML 文件，用 `--profile` 给出。关闭要写理由：\n",
        "```toml\n"
        '[agency]\nnames = ["示例区房产服务中心"]   # 机构的其他名称\nfields = ["住房"]               # 名称里看不出的工作领域\n\n'
        '[terms]\ndefined = ["保密法"]            # 不必再写全称的简称\n\n'
        '[off]\nCK-VAGUE = "文字由宣传部门另行审定"\n\n'
        f"[limits]\njump = {limits.jump:g}                        # CK-JUMP 的倍数\n"
        f"overall_length = {limits.overall_length}           # CK-LENGTH 的字数\n"
        f"similarity = {limits.similarity}                # CK-DUP 的相似度\n```\n",
        "## 检查项\n",
        "| 编号 | 名称 |\n| --- | --- |\n"
        + "".join(f"| [{each.id}](#{each.id.lower()}) | {each.name} |\n" for each in known),
    ]
    for each in known:
        parts.append(
            f"### {each.id}\n\n**{each.name}**\n\n- 比较：{each.compares}\n- 级别：{each.grades}\n- 例子：{each.example}\n"
        )
    parts.append(
        "## 没有做成检查的\n\n版本不一致（CK-VERSION）和公开位置（CK-PLACE）要看网站，不能由一份报告判断，由网站一侧的检查承担。\n"
    )
    return NOTE + "\n".join(parts)
