"""`gongkai tick`: what recurs, for cron."""

from __future__ import annotations

import click

from gongkai.cli import chinese, output, start
from gongkai.cli.options import json_option


@click.command(
    cls=chinese.Command,
    help="办理到期的事项：公示期满的信息撤下或遮盖；没有人依据过的旧检查结果满90天清除。可以反复运行，建议每天运行一次（例如用 cron 在零点以后）。",
)
@json_option
def tick(as_json: bool) -> int:
    """Do what is due now and say what was done; where nothing was, stdout stays empty."""
    start.open_home()
    from django.utils import timezone

    from gongkai.accounts.sign_in import forget_old
    from gongkai.publishing.clock import run
    from gongkai.review.gate.pruning import prune

    at = timezone.now()
    forget_old(at)
    done, pruned = run(at), prune(at)
    if as_json:
        output.answer_json({"publicity": [each.as_json() for each in done], "screenings_pruned": pruned})
        return 0
    for each in done:
        output.answer(each.sentence)
    output.tell(f"公示期满处理了{len(done)}条。" if done else "没有到期的事项。")
    if pruned:
        output.tell(f"清除了{pruned}条旧的检查结果。")
    return 0
