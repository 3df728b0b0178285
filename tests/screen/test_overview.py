"""The overview is one page that needs nothing else, and leads to a page for each document with findings."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from gouji.messages import Catalogue
from gouji.screen.find import local
from gouji.screen.limits import MIB, Limits
from gouji.screen.local import Order
from gouji.screen.outcome import Checked, Options, Submission
from gouji.screen.overview.page import Wish, write_overview
from gouji.screen.store import Store
from gouji.screen.twins import twins
from gouji.screen.worker import examine_one
from tests.screen.made import FAULTY, checked, failed

OPTIONS = Options()
EVIL = "<script>alert(1)</script>"


@pytest.fixture
def report_text(root: Path) -> str:
    """Return a whole report, long enough to be told from another."""
    path = root / "fixtures" / "documents" / "yuan-clean" / "report.txt"
    return path.read_text("utf-8")


def put(store: Store, name: str, text: str) -> Checked:
    outcome = examine_one(Submission(name, data=text.encode()), OPTIONS, Limits())
    assert isinstance(outcome, Checked)
    store.put(Submission(name), outcome, OPTIONS)
    return outcome


def test_the_same_text_is_found_under_another_name_and_another_year(
    store: Store, report_text: str, root: Path
) -> None:
    other = root / "fixtures" / "documents" / "wanyuan-faulty" / "report.txt"
    put(store, "a.txt", report_text)
    put(store, "b.txt", report_text)
    put(store, "other.txt", other.read_text("utf-8"))
    (pair,) = twins(store.documents(), store.signatures())
    assert (pair.kind, [d.location for d in pair.members]) == ("same_file", ["a.txt", "b.txt"])
    store.forget(pair.members[1].document_id)
    put(store, "later.txt", report_text.replace("2024", "2025").replace("2023", "2024"))
    (pair,) = twins(store.documents(), store.signatures())
    assert pair.kind == "other_year"
    assert {d.fiscal_year for d in pair.members} == {2023, 2024}
    assert pair.likeness > 0.9


class Page(HTMLParser):
    """Collects what a page links to and runs."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.sources: list[str] = []
        self.ids: list[str] = []
        self.scripts = 0
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        self.scripts += tag == "script"
        self.ids += [named["id"] or ""] if "id" in named else []
        self.links += [named["href"] or ""] if tag == "a" else []
        self.sources += [named["src"] or ""] if "src" in named else []


def test_the_page_stands_alone_and_leads_to_each_report(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "faulty.txt"
    path.write_text(FAULTY, "utf-8")
    here = local(path)
    store.put(here, checked(FAULTY), OPTIONS)
    store.put(replace(here, location="gone.txt", name=EVIL), checked(FAULTY), OPTIONS)
    store.put(Submission("locked.pdf"), failed(f"{EVIL} 有密码"), OPTIONS)
    output = tmp_path / "overview.html"
    order = Order(jobs=1, limits=Limits(memory=512 * MIB))
    wish = Wish(output, Catalogue("zh"), 10, order)
    assert write_overview(store, "store.db", wish, lambda _done, _total: None) == (3, 2)
    page = Page(output.read_text("utf-8"))
    assert page.scripts == 1
    assert page.sources == []
    assert len(page.ids) == len(set(page.ids))
    assert len(page.links) == 2
    for link in page.links:
        assert (tmp_path / link).is_file()
    written = [(tmp_path / link).read_text("utf-8") for link in page.links]
    assert all("32.00%" in text or "32%" in text for text in written)
    assert any("这里只列出存储中的发现" in text for text in written)
    assert not any(EVIL in text for text in (*written, output.read_text("utf-8")))


def test_the_page_speaks_english_and_tells_unknown_from_clean(store: Store, tmp_path: Path) -> None:
    store.put(Submission("locked.pdf"), failed(), OPTIONS)
    output = tmp_path / "overview.html"
    wish = Wish(output, Catalogue("en"), 0, Order())
    write_overview(store, "store.db", wish, lambda _done, _total: None)
    text = output.read_text("utf-8")
    assert "Screening overview" in text
    assert re.search(r"<b>1</b>unknown", text)
    assert re.search(r"<b>0</b>no contradiction seen", text)
