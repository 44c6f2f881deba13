"""The files of a report."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from gongkai.agencies.models import Agency
from gongkai.reports.drafting import draft
from gongkai.reports.layouts import NAMES, as_html, as_json, write
from tests.figures import factories as make

pytestmark = pytest.mark.django_db
SEED = Path(__file__).resolve().parents[2] / ".." / "shared" / "seed" / "annual-report-2017.txt"


@pytest.fixture
def sample() -> Agency:
    agency = make.agency(name="示例区<房产>&服务中心", is_sample=True)
    make.sample_year(agency)
    return agency


class Figures(HTMLParser):
    """Collects the numbers of the page that are bound to a figure, and every address it names."""

    def __init__(self) -> None:
        super().__init__()
        self.codes: list[str] = []
        self.addresses: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        if code := named.get("data-figure"):
            self.codes.append(code)
        self.addresses += [value for name, value in attrs if name in ("src", "href", "action") and value]


def test_write_makes_all_five_files_and_the_folder(sample: Agency, tmp_path: Path) -> None:
    paths = write(draft(sample, 2017), tmp_path / "new" / "folder")
    assert [path.name for path in paths] == list(NAMES)
    assert sorted(path.name for path in (tmp_path / "new" / "folder").iterdir()) == sorted(NAMES)
    assert all(path.stat().st_size for path in paths)


def test_the_same_records_give_the_same_bytes(sample: Agency, tmp_path: Path) -> None:
    first = [path.read_bytes() for path in write(draft(sample, 2017), tmp_path / "a")]
    second = [path.read_bytes() for path in write(draft(sample, 2017), tmp_path / "b")]
    assert first == second


def test_the_json_binds_every_number_to_a_figure(sample: Agency) -> None:
    data = as_json(draft(sample, 2017))
    paragraphs = [data["preface"], *(one for section in data["sections"] for one in section["paragraphs"])]
    named = {part["figure"] for one in paragraphs for part in one["parts"] if "figure" in part}
    assert named == set(data["figures"])
    assert data["figures"]["1.1"] | {"definition": ""} == {
        "name": "主动公开政府信息数", "unit": "条", "value": 53, "state": "counted", "definition": "",
        "records": {"count": 53, "address": f"/staff/figures/{sample.code}/2017/1.1/"},
    }  # fmt: skip
    assert all(one["text"] == "".join(part["text"] for part in one["parts"]) for one in paragraphs)
    assert len(data["sections"]) == 11
    assert len(data["table"]["rows"]) == 72
    assert data["date"] is None
    assert data["outline"] == "shandong-2017"
    assert len(data["notes"]) == 1


def test_the_page_names_its_figures_and_asks_nothing_of_a_host(sample: Agency) -> None:
    page = as_html(draft(sample, 2017))
    found = Figures()
    found.feed(page)
    assert {"1.1", "2.1", "enquiries.hotline.reply_rate"} <= set(found.codes)
    assert found.addresses == []
    assert not re.search(r"url\(|@import|//[a-z]", page)
    assert "<script" not in page


def test_a_name_with_markup_is_escaped(sample: Agency) -> None:
    page = as_html(draft(sample, 2017))
    assert "<房产>" not in page
    assert "示例区&lt;房产&gt;&amp;服务中心" in page


def test_a_blank_figure_stands_as_missing_in_text_and_table() -> None:
    agency = make.agency()
    page = as_html(draft(agency, 2017))
    assert page.count("（未填）") > 65
    assert not re.search(r'<td class="value">0', page)
    assert "草稿，未经签发" in page


@pytest.mark.skipif(not SEED.is_file(), reason="../shared is absent: the published report is not in the repository")
def test_no_sentence_is_taken_from_the_published_report(sample: Agency) -> None:
    def folded(text: str) -> str:
        return re.sub(r"\W", "", text)

    published = folded(SEED.read_text(encoding="utf-8"))
    for paragraph in draft(sample, 2017).paragraphs():
        for clause in re.split(r"[，。；：]", paragraph.text):
            assert len(folded(clause)) <= 12 or folded(clause) not in published, clause
