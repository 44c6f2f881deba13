"""Make the pictures of the docs anew: pages of a fresh sample district, and pages of its annual report.

    python tools/make_screenshots.py [--home FOLDER]

Writes `docs/images/*.png`. Needs Chromium and Chinese fonts (`make system`); the page of the DOCX needs LibreOffice and
is left as it is without it. With `--home` a demo home that is there already is used in place of a fresh one. Look at
every picture afterwards.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pypdfium2
from PIL import Image
from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
IMAGES = ROOT / "docs" / "images"
CHROMIUM = "/usr/bin/chromium"
AGENCY = "sl-zfbz"
MOST_BYTES = 150_000
WIDE: ViewportSize = {"width": 1180, "height": 860}
PHONE: ViewportSize = {"width": 390, "height": 780}
# What the letter asks for, and the face in fonts/ that stands for it where an office's own are not installed.
FACES = {
    "方正小标宋_GBK": "FandolSong",
    "方正小标宋简体": "FandolSong",
    "仿宋_GB2312": "FandolFang R",
    "仿宋": "FandolFang R",
    "楷体_GB2312": "FandolKai",
    "楷体": "FandolKai",
    "黑体": "FandolHei",
    "宋体": "FandolSong",
}
ITEM_IN_REVIEW = "公共租赁住房小区充电设施建设计划"
ITEM_STOPPED = "示例安居苑维修改造施工期间安置事项的通知"


@dataclass(frozen=True)
class Site:
    """A running sample district: where it is, its accounts by user name."""

    url: str
    passwords: dict[str, str]


def main() -> int:
    """Take every picture; 0 when all were made."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--home", type=Path, help="a demo home that is there already")
    options = parser.parse_args()
    IMAGES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        home = options.home or Path(folder) / "home"
        facts = json.loads(gongkai(home, "demo", "--no-serve", "--json"))
        passwords = {account["username"]: account["password"] for account in facts["accounts"]}
        with serving(home) as url, sync_playwright() as playwright:
            arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--lang=zh-CN"]
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)
            site = Site(url, passwords)
            public_pages(browser, site)
            staff_pages(browser, site)
            browser.close()
        gongkai(home, "report", "--agency", AGENCY, "--year", "2017", "--out", str(Path(folder) / "report"))
        report_pages(Path(folder) / "report")
    return 0


def environment(home: Path) -> dict[str, str]:
    """The environment of a process that works in the home; an unfinished page shows as an error, not as debug."""
    named = {name: value for name, value in os.environ.items() if not name.startswith(("GONGKAI_", "DJANGO_"))}
    return named | {"GONGKAI_HOME": str(home), "PYTHONPATH": str(ROOT / "src")}


def gongkai(home: Path, *arguments: str) -> str:
    """Run a command and give its answer."""
    command = [sys.executable, "-m", "gongkai", *arguments]
    return subprocess.run(command, env=environment(home), check=True, text=True, stdout=subprocess.PIPE).stdout


@contextmanager
def serving(home: Path) -> Iterator[str]:
    """Serve the home on a free port until the block ends; give its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "gongkai", "serve", "--sample", "--port", str(port)]
    process = subprocess.Popen(command, env=environment(home), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _attempt in range(300):
            with socket.socket() as knock:
                if knock.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.2)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(timeout=20)


def page_of(browser: Browser, site: Site, size: ViewportSize, username: str = "") -> Page:
    """A page of a new reader, or of an officer who has signed in."""
    made = browser.new_context(base_url=site.url, locale="zh-CN", timezone_id="Asia/Shanghai", viewport=size)
    page = made.new_page()
    if username:
        page.goto("/staff/")
        page.get_by_label("用户名").fill(username)
        page.get_by_label("密码").fill(site.passwords[username])
        page.get_by_role("button", name="登录").click()
        page.wait_for_url("**/staff/")
    return page


def public_pages(browser: Browser, site: Site) -> None:
    """Home, list, item, report and the year's figures as a reader sees them, and two of them on a phone."""
    for size, ending in ((WIDE, ""), (PHONE, "-phone")):
        reader = page_of(browser, site, size)
        reader.goto("/")
        keep(reader, f"home{ending}")
        reader.goto(f"/a/{AGENCY}/c/zfbz/page/1/")
        if not ending:
            keep(reader, "list")
        item = reader.locator("main a[href^='/info/']").nth(3).get_attribute("href")
        reader.goto(item or "/")
        keep(reader, f"item{ending}")
        if not ending:
            reader.goto(f"/a/{AGENCY}/reports/2025/")
            keep(reader, "year")
            reader.goto("/search/?q=租赁补贴")
            keep(reader, "search")


def staff_pages(browser: Browser, site: Site) -> None:
    """Work list, review with findings, paper sheet, figures, and the import from another system."""
    office = page_of(browser, site, WIDE, "zfbz-bangongshi")
    keep(office, "worklist")
    office.get_by_role("link", name=ITEM_STOPPED).first.click()
    keep(office, "gate")
    office.goto(f"/staff/figures/{AGENCY}/2017/")
    keep(office, "figures")
    leader = page_of(browser, site, WIDE, "zfbz-fenguan")
    leader.get_by_role("link", name=ITEM_IN_REVIEW).first.click()
    keep(leader, "review")
    phone = page_of(browser, site, PHONE, "zfbz-zhuyao")
    keep(phone, "worklist-phone")
    office.goto("/staff/review/sheets/")
    address = office.locator("main tbody a").first.get_attribute("href") or ""
    office.goto(f"{address}print/")
    office.wait_for_load_state("networkidle")
    save(first_page(office.pdf(format="A4", prefer_css_page_size=True)), "sheet")


def keep(page: Page, name: str) -> None:
    """Write what the window shows."""
    page.wait_for_load_state("networkidle")
    save(Image.open(io.BytesIO(page.screenshot())), name)


def report_pages(folder: Path) -> None:
    """The first page of the annual report as PDF and, where LibreOffice is, as DOCX."""
    save(first_page(folder / "report.pdf"), "report-pdf")
    office = shutil.which("soffice")
    if office is None:
        print("LibreOffice is not installed: report-docx.png stays as it is", file=sys.stderr)
        return
    with tempfile.TemporaryDirectory() as out:
        command = [office, f"-env:UserInstallation=file://{out}/profile", "--headless", "--convert-to", "pdf"]
        command += ["--outdir", out, str(folder / "report.docx")]
        with_faces = {**os.environ, "FONTCONFIG_FILE": str(font_settings(Path(out)))}
        subprocess.run(command, check=True, capture_output=True, timeout=180, env=with_faces)
        save(first_page(Path(out) / "report.pdf"), "report-docx")


def font_settings(folder: Path) -> Path:
    """Settings by which LibreOffice finds the faces in fonts/."""
    aliases = "".join(
        f'<match target="pattern"><test name="family"><string>{wanted}</string></test>'
        f'<edit name="family" mode="assign" binding="strong"><string>{face}</string></edit></match>'
        for wanted, face in FACES.items()
    )
    path = folder / "fonts.conf"
    path.write_text(
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>'
        f"<include>/etc/fonts/fonts.conf</include><dir>{ROOT / 'fonts'}</dir><cachedir>{folder}</cachedir>"
        f"{aliases}</fontconfig>",
        encoding="utf-8",
    )
    return path


def first_page(path: Path | bytes) -> Image.Image:
    """The first page of a PDF as a picture, 90 dots an inch."""
    document = pypdfium2.PdfDocument(path)
    try:
        picture: Image.Image = document[0].render(scale=90 / 72).to_pil()
    finally:
        document.close()
    return picture


def save(picture: Image.Image, name: str) -> None:
    """Write a picture with as many colours as its bytes allow."""
    for colours in (128, 64, 32, 16):
        data = io.BytesIO()
        picture.convert("RGB").quantize(colours, dither=Image.Dither.NONE).save(data, "PNG", optimize=True)
        if data.tell() <= MOST_BYTES:
            break
    (IMAGES / f"{name}.png").write_bytes(data.getvalue())
    print(f"docs/images/{name}.png  {data.tell() // 1000} kB")


if __name__ == "__main__":
    sys.exit(main())
