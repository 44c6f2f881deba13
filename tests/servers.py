"""A real server of the sample district, in a home of its own, for tests that need more than one process.

Events can neither be changed nor deleted, so a test that commits cannot clean up after itself: it gets its own copy
of a home (and, on PostgreSQL, of its database) and throws it away.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.parse
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests import databases

ROOT = Path(__file__).resolve().parents[1]
STARTS_WITHIN = 30  # seconds
ENDS_WITHIN = 10


@dataclass(frozen=True)
class Person:
    """An account of the sample district."""

    username: str
    name: str
    role: str
    agency: str
    password: str


@dataclass(frozen=True)
class Demo:
    """A home with the sample district, built once in a test run and never served itself."""

    home: Path
    agencies: list[dict[str, Any]]
    people: tuple[Person, ...]
    database: str  # the name on PostgreSQL, empty on SQLite


@dataclass(frozen=True)
class Site:
    """A running server."""

    base_url: str
    home: Path
    database_url: str
    agencies: list[dict[str, Any]]
    people: tuple[Person, ...]

    @property
    def agency(self) -> str:
        """The code of the agency whose year is the sample."""
        return str(self.agencies[0]["code"])

    def person(self, role: str, agency: str = "") -> Person:
        """The person with a role in an agency (the first agency when none is named)."""
        wanted = agency or self.agency
        for person in self.people:
            if (person.role, person.agency) == (role, wanted):
                return person
        raise LookupError(f"no {role} in {wanted}: {self.people}")

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run a command of `gongkai` in the same home, as the operator would."""
        return gongkai(arguments, self.home, self.database_url)


def environment(home: Path, database_url: str) -> Mapping[str, str]:
    """The environment of a process that works in a home; the product is found in the source tree."""
    named = {name: value for name, value in os.environ.items() if not name.startswith(("GONGKAI_", "DJANGO_"))}
    named |= {"GONGKAI_HOME": str(home), "PYTHONPATH": str(ROOT / "src"), "PYTHONWARNINGS": "default"}
    if database_url:
        named["GONGKAI_DATABASE_URL"] = database_url
    return named


def gongkai(
    arguments: tuple[str, ...], home: Path, database_url: str, **settings: str
) -> subprocess.CompletedProcess[str]:
    """Run a command, with further variables of the environment, and give its output with its exit code."""
    return subprocess.run(
        [sys.executable, "-m", "gongkai", *arguments],
        env={**environment(home, database_url), **settings},
        capture_output=True,
        text=True,
        timeout=180,
        stdin=subprocess.DEVNULL,
    )


def database_url(name: str) -> str:
    """The address of a database of the test server."""
    parts = urllib.parse.urlsplit(os.environ["TESTS_DATABASE_URL"])
    return parts._replace(path=f"/{name}").geturl()


def on_postgresql() -> bool:
    """Whether this run is the one on PostgreSQL."""
    return bool(os.environ.get("TESTS_DATABASE_URL"))


def build_demo(folder: Path) -> Demo:
    """Build the sample district in a folder, or read what another worker of the same run has built there."""
    home, answer = folder / "demo-home", folder / "demo.json"
    database = f"gongkai_demo_{folder.name.replace('-', '_')}" if on_postgresql() else ""
    with databases.locked("demo"):
        if not answer.exists():
            if database:
                with closing(databases.maintenance()) as server:
                    databases.drop(server, database)
                    server.execute(f"CREATE DATABASE {database}".encode())
            done = gongkai(("demo", "--no-serve", "--json"), home, database_url(database) if database else "")
            if done.returncode != 0:
                raise RuntimeError(f"gongkai demo ended with {done.returncode}:\n{done.stdout}\n{done.stderr}")
            answer.write_text(done.stdout, encoding="utf-8")
    built = json.loads(answer.read_text(encoding="utf-8"))
    people = tuple(
        Person(**{field: account[field] for field in ("username", "name", "role", "agency", "password")})
        for account in built["accounts"]
    )
    return Demo(home=home, agencies=built["agencies"], people=people, database=database)


@contextmanager
def serving(demo: Demo, folder: Path) -> Iterator[Site]:
    """Copy the demo into a folder and serve it on a free port of the loopback until the block ends.

    Raises `RuntimeError` when the server does not start in time, or when it met an error that it did not expect.
    """
    home, log = folder / "home", folder / "server.log"
    shutil.copytree(demo.home, home)
    url = ""
    if demo.database:
        name = f"{demo.database}_{os.getpid()}"
        with closing(databases.maintenance()) as server:
            databases.clone(server, demo.database, name)
        url = database_url(name)
    port = free_port()
    with log.open("w", encoding="utf-8") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "gongkai", "serve", "--sample", "--port", str(port)],
            env=environment(home, url),
            stdout=output,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
        )
        try:
            wait_for(port, process, log)
            yield Site(f"http://127.0.0.1:{port}", home, url, demo.agencies, demo.people)
        finally:
            end(process)
            if demo.database:
                with closing(databases.maintenance()) as server:
                    databases.drop(server, name)
    if "Traceback" in (said := log.read_text(encoding="utf-8")):
        raise RuntimeError(f"the server met an error:\n{said}")


def free_port() -> int:
    """A port of the loopback that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    """Return as soon as the port accepts a connection; raise `RuntimeError` when the process ends or time is up."""
    deadline = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < deadline:
        if process.poll() is not None:
            break
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=1):
                return
        except OSError:
            time.sleep(0.05)  # the interval of the poll; the deadline above bounds it
    raise RuntimeError(f"gongkai serve did not open port {port}:\n{log.read_text(encoding='utf-8')}")


def end(process: subprocess.Popen[bytes]) -> None:
    """End the server that we started, with its workers."""
    if process.poll() is None:
        process.terminate()
    try:
        process.wait(ENDS_WITHIN)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)  # its own session, so only its own workers
        process.wait()
