"""The home: one folder that holds everything an installation keeps.

`GONGKAI_HOME` (default `~/.local/share/gongkai`) holds `db.sqlite3`, `gongkai.toml`, `secret_key`, `files/`, `site/`,
`backups/` and `log/`. Reading is done here; a home is made by `create`.
"""

from __future__ import annotations

import os
import secrets
import tomllib
import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FOLDERS = ("files", "site", "backups", "log")


class HomeError(Exception):
    """The home cannot be used; the message says why and what to do."""


@dataclass(frozen=True)
class Home:
    """The folder and the names inside it."""

    path: Path

    @property
    def database(self) -> Path:
        """The SQLite database, used when no other is configured."""
        return self.path / "db.sqlite3"

    @property
    def config_file(self) -> Path:
        """Configuration in TOML; keys are those of the environment, in lower case without `GONGKAI_`."""
        return self.path / "gongkai.toml"

    @property
    def secret_key_file(self) -> Path:
        """The key for signing, readable by its owner alone."""
        return self.path / "secret_key"

    @property
    def demo_stamp(self) -> Path:
        """Present in a home that `gongkai demo` made."""
        return self.path / "demo.json"

    @property
    def exists(self) -> bool:
        """Whether the home was made."""
        return self.secret_key_file.is_file() and self.config_file.is_file()

    def config(self) -> dict[str, Any]:
        """The contents of `gongkai.toml`; empty without one. Raises `HomeError` when it is no TOML."""
        if not self.config_file.is_file():
            return {}
        try:
            return tomllib.loads(self.config_file.read_text(encoding="utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise HomeError(f"配置文件 {self.config_file} 不是有效的 TOML：{error}") from error

    def secret_key(self) -> str:
        """The key for signing; empty before the home was made, which Django refuses where it is needed."""
        return self.secret_key_file.read_text(encoding="ascii").strip() if self.secret_key_file.is_file() else ""

    def home_id(self) -> uuid.UUID:
        """The identity that the database stores as well. Raises `HomeError` before the home was made."""
        try:
            return uuid.UUID(str(self.config()["home_id"]))
        except (KeyError, ValueError) as error:
            raise HomeError(f"{self.path} 还不是 gongkai 的数据目录，请先运行 gongkai init。") from error

    def create(self) -> None:
        """Make the folders, the configuration and the key; what is there already stays.

        Nobody but the owner may look into the home: it holds case contents.
        """
        self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.path.chmod(0o700)
        for name in FOLDERS:
            (self.path / name).mkdir(mode=0o700, exist_ok=True)
        if not self.secret_key_file.exists():
            write_private(self.secret_key_file, secrets.token_urlsafe(64) + "\n")
        if not self.config_file.exists():
            write_private(
                self.config_file,
                "# gongkai 的配置。环境变量 GONGKAI_DATABASE_URL、GONGKAI_HOSTS 等优先于这里的取值。\n"
                f'home_id = "{uuid.uuid4()}"\n',
            )

    def close_to_others(self) -> None:
        """Let only the owner read the database, where it is a file of this home, and what SQLite lays beside it.

        The folder is closed already; a plain copy of the file keeps its own mode.
        """
        for path in self.path.glob(f"{self.database.name}*"):
            path.chmod(0o600)


def write_private(path: Path, text: str) -> None:
    """Write a file that only its owner can read, from its first byte on."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
    path.chmod(0o600)


def current() -> Home:
    """The home that the environment names."""
    named = os.environ.get("GONGKAI_HOME", "").strip()
    return Home(Path(named).expanduser().resolve() if named else Path.home() / ".local" / "share" / "gongkai")
