"""Run the embedded server until it is told to stop."""

from __future__ import annotations

import socket
from typing import Any

from gongkai.cli import output
from gongkai.cli.errors import CommandError

LOOPBACK = "127.0.0.1"
THREADS = 5  # per process: two may read files (`files.slots`) and some wait for that, the others answer pages
MOST_AT_ONCE = 32  # requests in one process; more wait in the backlog
APPLICATION = "gongkai.project.wsgi:application"


def address(host: str, port: int) -> str:
    """The address to type into a browser."""
    shown = f"[{host}]" if ":" in host else host
    return f"http://{shown}:{port}/"


def check_port(host: str, port: int) -> None:
    """Raise `CommandError` when the address is not ours or the port is taken."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        with socket.socket(family) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
    except OSError as error:
        raise CommandError(
            f"{address(host, port)} 不能使用（{error.strerror}）。请关闭占用该端口的程序，或用 --port 换一个端口。"
        ) from error


def run(host: str, port: int, workers: int) -> None:
    """Serve; returns when the server was told to stop."""
    from granian import Granian
    from granian.constants import Interfaces
    from granian.errors import ConfigurationError
    from granian.log import LogLevels

    server: Any = Granian(
        APPLICATION,
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        websockets=False,
        blocking_threads=THREADS,
        backpressure=MOST_AT_ONCE,
        log_level=LogLevels.warning,
        log_dictconfig=_logging(),
        respawn_failed_workers=True,
        workers_kill_timeout=5,
    )
    try:
        server.serve()
    except ConfigurationError as error:
        raise CommandError(f"服务启动不了：{error}。") from error
    output.tell("服务已停止。")


def _logging() -> dict[str, Any]:
    """The server's messages to stderr: stdout carries answers only."""
    handler = {"class": "logging.StreamHandler", "formatter": "generic", "stream": "ext://sys.stderr"}
    return {"handlers": {"console": handler, "access": {**handler, "formatter": "access"}}}
