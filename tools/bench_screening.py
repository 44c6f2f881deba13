"""Measure screening: speed on plain text, a large workbook and a long PDF, and what is found where.

    python tools/bench_screening.py [--quick]

The numbers in the files are made by chance (tests/screening/corpus.py). docs/reference/benchmarks.md says what the
lines mean.
"""

from __future__ import annotations

import argparse
import multiprocessing
import resource
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
SENTENCES = (
    "为做好二〇一七年住房保障工作，根据上级部署，现将有关事项通知如下。",
    "一、2017年新开工棚户区改造1200套，完成投资35.6亿元，基本建成980套，发放租赁补贴356户。",
    "二、各单位要坚持以公开为常态、不公开为例外，及时公开政策文件及其解读，回应群众关切。",
    "三、对照示房发〔2017〕47号文件要求，认真开展自查，于2017年12月31日前报送书面材料。",
    "联系科室：示例科；公开方式：主动公开。请认真贯彻执行，遇到问题及时反映。",
)
CORPUS = "tests.screening.corpus"  # by name: the tests are not checked for types
TEXT_MEGABYTES = 45
PEER = ROOT / "build" / "bench-venv" / "bin" / "python"
PEER_SCRIPT = r"""
import logging, sys, time
logging.disable(logging.CRITICAL)
from presidio_analyzer import Pattern, PatternRecognizer
patterns = {
    "ID": r"(?<!\d)\d{17}[\dXx](?!\d)",
    "OLD_ID": r"(?<!\d)\d{15}(?!\d)",
    "MOBILE": r"(?<!\d)1[3-9]\d{9}(?!\d)",
    "CARD": r"(?<!\d)62\d{14,17}(?!\d)",
    "PASSPORT": r"(?<![A-Za-z\d])[EG]\d{8}(?!\d)",
    "PLATE": r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-NP-Z][A-HJ-NP-Z\d]{5,6}",
    "EMAIL": r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+",
    "LANDLINE": r"(?<!\d)0\d{2,3}-\d{7,8}(?!\d)",
}
recognizers = [
    PatternRecognizer(supported_entity=name, patterns=[Pattern(name, pattern, 0.5)], supported_language="zh")
    for name, pattern in patterns.items()
]
text = sys.stdin.buffer.read().decode()
best = float("inf")
for _ in range(3):
    started = time.process_time()
    for each in recognizers:
        each.analyze(text, each.supported_entities, None)
    best = min(best, time.process_time() - started)
print(best)
"""
ROWS, COLUMNS, PAGES = 100_000, 12, 500


def main() -> None:
    """Measure each thing in a process of its own, so that peaks of memory do not mix."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="a tenth of the sizes")
    scale = 10 if parser.parse_args().quick else 1
    run(scale)


def run(scale: int = 1) -> None:
    """Run all measurements at a tenth (scale 10) or the whole (scale 1) of the sizes."""
    for path in (str(ROOT / "src"), str(ROOT)):
        if path not in sys.path:
            sys.path.insert(0, path)
    context = multiprocessing.get_context("spawn")
    for work in (plain_text, workbook, long_pdf, other_library, found):
        process = context.Process(target=work, args=(scale,))
        process.start()
        process.join()


def plain_text(scale: int) -> None:
    """Sentences of a notice, screened as one text, and read and screened as a file."""
    from gongkai import documents, screening

    text = _prose(TEXT_MEGABYTES * 1_000_000 // scale)
    data = text.encode()
    document = documents.read(b"x", name="a.txt")
    assert isinstance(document, documents.Document)  # noqa: S101  # tells the type checker
    paragraphs = tuple(documents.Paragraph(line) for line in text.split("\n"))
    whole = documents.Document("txt", "a.txt", "", blocks=paragraphs)
    seconds = _timed(lambda: screening.screen(whole))
    say(f"screening: plain text, {len(data) / 1e6:.0f} MB, found by `screen`", f"{len(data) / 1e6 / seconds:.0f} MB/s")
    seconds = _timed(lambda: screening.screen(documents.read(data, name="a.txt")))
    say("screening: the same, read and screened", f"{len(data) / 1e6 / seconds:.0f} MB/s, {_peak()} MB at peak")


def workbook(scale: int) -> None:
    """A workbook of persons, every row with an identity number and a telephone number; `busy` is this process alone."""
    import tempfile

    with tempfile.TemporaryDirectory(prefix="gongkai-bench-") as folder:
        path = Path(folder) / "a.xlsx"
        _in_child(_write_workbook, path, scale)
        from gongkai import documents, screening

        started, busy = time.perf_counter(), time.process_time()
        findings = screening.screen(documents.read(path))
        say(
            f"screening: XLSX, {ROWS // scale:,} rows of {COLUMNS} cells, {len(findings):,} findings",
            f"{time.perf_counter() - started:.1f} s ({time.process_time() - busy:.1f} s busy), {_peak()} MB at peak",
        )


def long_pdf(scale: int) -> None:
    """A PDF of text pages, made by our own writer of masked copies."""
    from gongkai import documents, screening
    from gongkai.screening.masking.pdf import write_pages

    lines = _prose(3_000).split("\n")[:38]
    data = write_pages([lines] * (PAGES // scale))
    started, busy = time.perf_counter(), time.process_time()
    screening.screen(documents.read(data, name="a.pdf"))
    say(
        f"screening: PDF, {PAGES // scale} pages of text",
        f"{time.perf_counter() - started:.1f} s ({time.process_time() - busy:.1f} s busy), {_peak()} MB at peak",
    )


def other_library(scale: int) -> None:
    """The same text through the recognizers of presidio-analyzer, with patterns for the same kinds.

    It is no dependency of ours: it is used when it is installed in `build/bench-venv`.
    """
    from gongkai.screening import scanning

    text = _prose(2_000_000 // scale)
    megabytes = len(text.encode()) / 1e6
    ours = _timed(lambda: scanning.find(text))
    if not PEER.exists():
        say("screening: presidio-analyzer, the same kinds", "not in build/bench-venv, not compared")
        return
    done = subprocess.run([str(PEER), "-c", PEER_SCRIPT], input=text, capture_output=True, text=True, check=False)
    if done.returncode:
        say("screening: presidio-analyzer, the same kinds", "does not run, not compared")
        return
    theirs = float(done.stdout.split()[-1])
    say(
        f"screening: {megabytes:.0f} MB, ours beside presidio-analyzer",
        f"{megabytes / ours:.0f} MB/s beside {megabytes / theirs:.1f} MB/s",
    )


def found(scale: int) -> None:
    """Recall by kind and by place, and how many look-alikes were left alone."""
    from gongkai import documents, screening

    corpus: Any = import_module(CORPUS)
    places_of: Any = import_module("tests.screening.places")

    count = 300 // scale
    planted, hits = Counter[str](), Counter[str]()
    for item in corpus.planted(seed=7, count=count):
        planted[item.kind] += 1
        findings = screening.screen(documents.read(item.text.encode(), name="a.txt"))
        hits[item.kind] += any(finding.kind == item.kind for finding in findings)
    for kind, total in planted.items():
        say(f"screening: found of planted {kind}", f"{hits[kind]} of {total}")
    sentences = list(corpus.look_alikes(seed=8, count=count))
    wrong = sum(
        any(finding.severity == "block" for finding in screening.screen(documents.read(text.encode(), name="a.txt")))
        for text in sentences
    )
    say("screening: look-alikes left alone", f"{len(sentences) - wrong} of {len(sentences)}")
    places, seen = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
    for item in corpus.planted(seed=9, count=max(1, 3 // scale)):
        if "\n" in item.text:
            continue
        for place, part, name, data in places_of.every_place(item.text):
            places[place, item.kind] += 1
            findings = screening.screen(documents.read(data, name=name))
            seen[place, item.kind] += any(
                finding.kind == item.kind and finding.where.part == part for finding in findings
            )
    wrong_in, shown_in = Counter[str](), Counter[str]()
    for sentence in corpus.look_alikes(seed=10, count=1):
        for place, _part, name, data in places_of.every_place(sentence):
            shown_in[place] += 1
            kinds = {
                finding.kind
                for finding in screening.screen(documents.read(data, name=name))
                if finding.severity == "block"
            }
            wrong_in[place] += bool(kinds - {screening.Kind.SECRECY_MARK, screening.Kind.INTERNAL_MARK})
    for place in dict.fromkeys(place for place, _kind in places):
        total = sum(number for (where, _kind), number in places.items() if where == place)
        hit = sum(number for (where, _kind), number in seen.items() if where == place)
        missed = sorted(
            {kind for (where, kind), number in places.items() if where == place and seen[where, kind] < number}
        )
        left = shown_in[place] - wrong_in[place]
        say(
            f"screening: found in {place}",
            f"{hit} of {total}{f' (missed: {missed})' if missed else ''}; look-alikes left alone {left} of {shown_in[place]}",
        )


def _prose(size: int) -> str:
    block = "\n".join(SENTENCES) + "\n"
    return block * (size // len(block.encode()) + 1)


def _timed(work: Callable[[], object], rounds: int = 3) -> float:
    """The best of some runs, in seconds of this process: other processes only ever make it slower."""
    best = float("inf")
    for _ in range(rounds):
        started = time.process_time()
        work()
        best = min(best, time.process_time() - started)
    return best


def _in_child(work: Callable[..., None], *arguments: object) -> None:
    process = multiprocessing.get_context("spawn").Process(target=work, args=arguments)
    process.start()
    process.join()


def _write_workbook(path: Path, scale: int) -> None:
    from openpyxl import Workbook

    numbers = import_module(CORPUS).Numbers(10)
    book = Workbook(write_only=True)
    sheet = book.create_sheet("名单")
    sheet.append("序号 姓名 身份证号 联系电话 街道 社区 人数 面积 金额 日期 文号 备注".split())
    for row in range(1, ROWS // scale + 1):
        sheet.append(
            [
                row, "示例", numbers.resident_id(), numbers.mobile(), "示例街道", "示例社区", row % 6, 50 + row % 70 / 10,
                300 + row % 900, "2017-05-12", f"示房发〔2017〕{row % 300}号", "无",
            ]
        )  # fmt: skip
    book.save(path)


def _peak() -> int:
    """The most memory this process has had, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def say(what: str, value: str) -> None:
    """Print one line."""
    print(f"{what:<60} {value}", flush=True)


if __name__ == "__main__":
    main()
