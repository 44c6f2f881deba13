"""Pack everything that an installation needs into one archive: it installs without network, root or mail server.

    python tools/make_bundle.py

Writes `build/gongkai-<version>-<platform>.tar.gz`: the wheels of requirements/run.txt for this platform and this
Python, checked against their hashes; our own wheel with pages, styles, law data and fonts; the script that installs;
a page that says how. Wheels that were fetched once are kept in `build/wheels`.
"""

from __future__ import annotations

import gzip
import hashlib
import os
import shutil
import subprocess
import sys
import sysconfig
import tarfile
import tempfile
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BUILD = ROOT / "build"
REQUIREMENTS = ROOT / "requirements" / "run.txt"
PYTHON = f"{sys.version_info.major}.{sys.version_info.minor}"
PLATFORM = f"{sysconfig.get_platform().replace('-', '_').replace('.', '_')}-python{PYTHON}"
PIP = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check"]
# One time for every file, so that the same sources give the same archive.
STAMP = int(os.environ.get("SOURCE_DATE_EPOCH", "1704067200"))

INSTALL = """#!/bin/sh
# 安装 gongkai：sh install.sh [安装到哪个文件夹]。不需要网络、管理员权限和邮件服务器。
set -eu
here=$(cd "$(dirname "$0")" && pwd)
target=${1:-$HOME/gongkai}
python=${PYTHON:-python3}

if ! "$python" -c 'import sys; sys.exit(sys.version_info[:2] != (@MAJOR@, @MINOR@))' 2>/dev/null; then
    echo "需要 Python @PYTHON@。请先安装，或者用环境变量 PYTHON 指明它在哪里。" >&2
    exit 2
fi
if [ -n "$(ls -A "$target" 2>/dev/null)" ] && [ ! -x "$target/bin/python" ]; then
    echo "$target 里有别的文件，不是以前的安装，没有改动。请换一个文件夹。" >&2
    exit 2
fi
(cd "$here" && sha256sum --quiet --check SHA256SUMS) || {
    echo "文件不完整，请重新复制安装包。" >&2
    exit 2
}
[ -x "$target/bin/python" ] || "$python" -m venv "$target" || {
    echo "不能建立运行环境。Debian 和 Ubuntu 上请先安装 python3-venv。" >&2
    exit 2
}
pip="$target/bin/python -m pip --isolated --quiet --disable-pip-version-check --no-input install --no-index"
$pip --require-hashes -f "$here/wheels" -r "$here/requirements.txt"
$pip --no-deps --force-reinstall "$here"/gongkai-*.whl
"$target/bin/gongkai" --version
echo "已安装到 $target。先看示例：$target/bin/gongkai demo"
"""

README = """gongkai @VERSION@ 离线安装包

适用：@PLATFORM@
需要：Python @PYTHON@（Debian、Ubuntu 上连同 python3-venv）。不需要网络、管理员权限、邮件服务器。

安装
    tar xzf gongkai-@VERSION@-@PLATFORM@.tar.gz
    cd gongkai-@VERSION@
    sh install.sh /想安装到的/文件夹

先看示例
    /想安装到的/文件夹/bin/gongkai demo

正式使用
    export GONGKAI_HOME=/数据/文件夹
    /想安装到的/文件夹/bin/gongkai init --agency 机构代码 --agency-name 机构全称 --credit-code 统一社会信用代码
    /想安装到的/文件夹/bin/gongkai serve

升级：停止服务，备份数据文件夹，用新安装包对同一个文件夹再运行 install.sh，然后运行 gongkai init。
卸载：删除安装文件夹。数据在数据文件夹里，不会一起删除。
本系统为非涉密系统，严禁存储、处理、传输国家秘密。
"""


def main() -> int:
    """Write the archive and print its path."""
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    wheels = fetched()
    with tempfile.TemporaryDirectory() as folder:
        bundle = Path(folder) / f"gongkai-{version}"
        (bundle / "wheels").mkdir(parents=True)
        for wheel in sorted(wheels.glob("*.whl")):
            shutil.copy(wheel, bundle / "wheels")
        build_own(Path(folder), bundle)
        shutil.copy(REQUIREMENTS, bundle / "requirements.txt")
        shutil.copy(ROOT / "LICENSE", bundle)
        words = {"@VERSION@": version, "@PLATFORM@": PLATFORM, "@PYTHON@": PYTHON}
        words |= {"@MAJOR@": str(sys.version_info.major), "@MINOR@": str(sys.version_info.minor)}
        write(bundle / "install.sh", INSTALL, words)
        write(bundle / "README.txt", README, words)
        sign(bundle)
        archive = BUILD / f"gongkai-{version}-{PLATFORM}.tar.gz"
        pack(bundle, archive)
    print(archive)
    return 0


def fetched() -> Path:
    """The wheels of the pinned requirements; fetched where this set of pins was not fetched before."""
    digest = hashlib.sha256(REQUIREMENTS.read_bytes() + PLATFORM.encode()).hexdigest()[:16]
    folder = BUILD / "wheels" / digest
    if not folder.exists():
        unfinished = folder.with_suffix(".unfinished")
        shutil.rmtree(unfinished, ignore_errors=True)
        unfinished.mkdir(parents=True)
        wanted = ["--require-hashes", "--only-binary", ":all:", "--dest", str(unfinished), "-r", str(REQUIREMENTS)]
        subprocess.run([*PIP, "download", *wanted], check=True)
        unfinished.rename(folder)
    return folder


def build_own(folder: Path, bundle: Path) -> None:
    """Build our wheel from a copy of the sources, so that nothing of an earlier build gets in."""
    source = folder / "source"
    left_out = shutil.ignore_patterns("__pycache__", "*.pyc", "*.egg-info")
    shutil.copytree(ROOT / "src", source / "src", ignore=left_out)
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, source)
    wanted = ["--no-deps", "--no-build-isolation", "--no-index", "--wheel-dir", str(bundle), str(source)]
    environment = {**os.environ, "SOURCE_DATE_EPOCH": str(STAMP)}
    subprocess.run([*PIP, "wheel", *wanted], check=True, env=environment)


def write(path: Path, text: str, words: dict[str, str]) -> None:
    """Write a text with its words put in."""
    for word, value in words.items():
        text = text.replace(word, value)
    path.write_text(text, encoding="utf-8")


def sign(bundle: Path) -> None:
    """List the SHA-256 of every file."""
    files = sorted(path for path in bundle.rglob("*") if path.is_file())
    lines = [f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.relative_to(bundle)}\n" for path in files]
    (bundle / "SHA256SUMS").write_text("".join(lines), encoding="utf-8")


def pack(bundle: Path, archive: Path) -> None:
    """Pack a folder; wheels are packed already, so the fastest level does."""

    def plain(entry: tarfile.TarInfo) -> tarfile.TarInfo:
        entry.mtime, entry.uid, entry.gid, entry.uname, entry.gname = STAMP, 0, 0, "", ""
        entry.mode = 0o755 if entry.isdir() or entry.name.endswith(".sh") else 0o644
        return entry

    unfinished = archive.with_suffix(".unfinished")
    with unfinished.open("wb") as file, gzip.GzipFile("", "wb", 1, file, mtime=STAMP) as packed:  # noqa: SIM117
        with tarfile.open(fileobj=packed, mode="w") as tar:
            tar.add(bundle, arcname=bundle.name, filter=plain)
    unfinished.rename(archive)


if __name__ == "__main__":
    sys.exit(main())
