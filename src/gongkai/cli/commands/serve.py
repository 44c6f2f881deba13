"""`gongkai serve`: the server of this home."""

from __future__ import annotations

import click

from gongkai.cli import chinese, output, serving, start
from gongkai.cli.errors import CommandError


@click.command(cls=chinese.Command, help="启动服务。对外提供服务时放在 nginx 之后，并在 gongkai.toml 写明 hosts。")
@click.option("--host", default=serving.LOOPBACK, metavar="地址", help="监听的地址，默认 127.0.0.1")
@click.option("--port", default=8000, type=click.IntRange(1, 65535), metavar="端口", help="端口，默认 8000")
@click.option("--workers", default=1, type=click.IntRange(1, 64), metavar="个数", help="进程数，默认 1")
@click.option("--sample", is_flag=True, help="确认提供的是示例数据")
def serve(host: str, port: int, workers: int, sample: bool) -> None:
    """Check the home and serve it."""
    home = start.current_home()
    if home.demo_stamp.exists() and not sample:
        raise CommandError(f"{home.path} 里是示例数据，不能当作正式系统对外服务。确要查看示例请加 --sample。")
    start.open_home()
    if not home.demo_stamp.exists():
        _refuse_unmarked_sample(str(home.demo_stamp))
    _refuse_open_doors(host)
    serving.check_port(host, port)
    output.answer(serving.address(host, port))
    serving.run(host, port, workers)


def _refuse_unmarked_sample(stamp: str) -> None:
    """Raise `CommandError` when the database holds the sample but the home lost its stamp: pages would go unmarked."""
    from gongkai.agencies.models import Agency

    if Agency.objects.filter(is_sample=True).exists():
        raise CommandError(
            f"数据库里是示例机构，而 {stamp} 不在了，页面不会标明「示例」。请恢复这个文件，或另建数据目录。"
        )


def _refuse_open_doors(host: str) -> None:
    """Raise `CommandError` for settings that are fit for this machine only, when others could reach the server."""
    from django.conf import settings

    if host in ("127.0.0.1", "localhost", "::1"):
        return
    if settings.DEBUG:
        raise CommandError("GONGKAI_DEBUG=1 只能在本机使用（监听 127.0.0.1），不能对外提供服务。")
    if "*" in settings.ALLOWED_HOSTS:
        raise CommandError("hosts 不能写 *，请在 gongkai.toml 或 GONGKAI_HOSTS 中写明本站的域名。")
