"""The report as one web page: self-contained, complete, and harmless whatever the document says."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

import pytest

from gouji.messages import Catalogue
from gouji.model.examined import Examined
from gouji.model.report import Decision
from gouji.pipeline import examine
from gouji.report.formats import format_of
from gouji.report.html import to_html
from gouji.report.templating import fingerprint

HAN = re.compile("[\u4e00-\u9fff]")
VOID = {"meta", "input", "br", "image", "use", "rect", "link", "img"}


@dataclass
class Page(HTMLParser):
    """What a browser would find in the page."""

    tags: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    texts: list[tuple[tuple[str, ...], str]] = field(default_factory=list)
    path: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        got = {name: value or "" for name, value in attrs}
        self.tags.append((tag, got))
        if tag not in VOID:
            self.path.append((tag, got))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        while self.path and self.path.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        self.texts.append((tuple(tag for tag, _ in self.path), data))
        if data.strip() and any(
            "lang" in got and got["lang"] == "zh-CN" for _, got in self.path[1:]
        ):
            self.texts[-1] = (("quoted",), data)

    @property
    def text(self) -> str:
        return "".join(
            said for path, said in self.texts if path[-1:] not in {("style",), ("script",)}
        )

    def every(self, tag: str, css: str = "") -> list[dict[str, str]]:
        found = [got for name, got in self.tags if name == tag]
        return [got for got in found if not css or css in got.get("class", "").split()]


def parsed(html: str) -> Page:
    page = Page()
    page.feed(html)
    page.close()
    return page


@pytest.fixture(scope="module")
def source(root: Path) -> bytes:
    return (root / "fixtures/documents/wanyuan-faulty/report.pdf").read_bytes()


@pytest.fixture(scope="module")
def examined(source: bytes) -> Examined:
    return examine(source, name="report.pdf")


@pytest.fixture(scope="module")
def html(examined: Examined, source: bytes) -> str:
    return to_html(examined, source, Catalogue())


@pytest.fixture(scope="module")
def page(html: str) -> Page:
    return parsed(html)


def test_the_page_asks_for_nothing_outside_itself(html: str, page: Page) -> None:
    for _, got in page.tags:
        for name in ("src", "href", "action", "srcset", "poster", "data", "xlink:href"):
            assert got.get(name, "#").startswith(("#", "data:image/png;base64,"))
    styles = "".join(said for path, said in page.texts if path[-1:] == ("style",))
    assert "url(" not in styles
    assert "@import" not in styles
    assert "http" not in re.sub(r"data:image/png;base64,[^\"]+", "", html).replace("http-equiv", "")


def test_only_our_own_style_and_script_may_run(page: Page) -> None:
    (policy,) = [g["content"] for g in page.every("meta") if "http-equiv" in g]
    for tag in ("style", "script"):
        (text,) = [said for path, said in page.texts if path[-1:] == (tag,)]
        assert f"{tag}-src '{fingerprint(text)}'" in policy
    assert "default-src 'none'" in policy
    assert not any("style" in got or any(k.startswith("on") for k in got) for _, got in page.tags)


def test_every_finding_shows_its_sentence_its_quotes_and_its_arithmetic(
    examined: Examined, page: Page
) -> None:
    said = "".join(page.text.split())
    for finding in examined.report.findings:
        assert "".join(finding.message.split()) in said
        assert "".join(finding.explanation.split()) in said
        for evidence in finding.evidence:
            assert "".join(evidence.quote.split()) in said


def test_findings_of_one_cause_stand_together_under_what_mends_them_all(page: Page) -> None:
    roots = page.every("div", "root")
    assert len(roots) == 3
    assert page.text.count("则 F4、F5、F6 的矛盾同时消除") == 1


def test_figures_stand_with_the_range_their_digits_allow(page: Page) -> None:
    assert "142.875 – 142.885" in page.text
    assert "13.45 – 13.55" in page.text


def test_every_link_leads_somewhere_and_no_name_is_given_twice(page: Page) -> None:
    ids = [got["id"] for _, got in page.tags if "id" in got]
    assert len(ids) == len(set(ids))
    assert {got["href"][1:] for got in page.every("a")} <= set(ids)
    assert {got["href"][1:] for got in page.every("use")} <= set(ids)


def test_every_figure_of_a_finding_is_boxed_on_a_picture(examined: Examined, page: Page) -> None:
    boxed = {
        (name, got["class"])
        for got in page.every("rect")
        for name in got.get("data-findings", "").split()
    }
    for finding in examined.report.findings:
        kind = "figure" if any(e.value for e in finding.evidence) else "passage"
        assert (finding.id, kind) in boxed


def test_every_printed_number_is_coloured_by_its_fate(examined: Examined, page: Page) -> None:
    coverage = examined.report.coverage
    coloured = [g for tag in ("i", "a") for g in page.every(tag) if "class" in g]
    for fate in ("checked", "read", "unread", "not_a_quantity"):
        shown = sum(fate in got["class"].split() for got in coloured)
        assert shown == getattr(coverage, fate)


def test_the_ledger_has_every_relation_and_every_rule_that_did_not_run(
    examined: Examined, page: Page
) -> None:
    outcomes = page.every("span", "outcome")
    assert len(outcomes) == len(examined.report.checks)
    assert all(skipped.rule in page.text for skipped in examined.report.skipped)


def test_a_reviewers_decision_stands_with_its_finding(examined: Examined, source: bytes) -> None:
    first, second, *_ = examined.report.findings
    decided = examined.report.decided(
        {
            first.fingerprint: Decision(status="dismissed", reason="口径不同", by="王审"),
            second.fingerprint: Decision(status="confirmed", comment="已电话核实"),
        }
    )
    page = parsed(
        to_html(Examined(examined.disclosure, decided, examined.fates), source, Catalogue())
    )
    assert "dismissed" in page.every("article")[0]["class"].split()
    assert "confirmed" in page.every("article")[1]["class"].split()
    for words in ("已驳回", "口径不同", "王审", "已确认", "已电话核实", "未复核"):
        assert words in page.text


def test_the_english_page_is_english_but_for_what_is_quoted(source: bytes) -> None:
    page = parsed(to_html(examine(source, name="report.pdf", lang="en"), source, Catalogue("en")))
    assert ("html", {"lang": "en"}) in page.tags
    ours = [
        said
        for path, said in page.texts
        if path[-1:] in {("summary",), ("h2",), ("dt",), ("label",), ("legend",), ("figcaption",)}
    ]
    assert ours
    assert [said for said in ours if HAN.search(said)] == []


HOSTILE = (
    "2024年度收入合计 10.00 万元，比上年增加 1.00 万元，增长 50%。\n"
    "<script>alert(1)</script><img src=x onerror=alert(2)>\"'&amp;</style></script>{{ 7*7 }}\n"
    "主要原因是\u202e反向\u202c\x07文字，占本年收入 <b>30%</b>。\n"
)


def test_a_hostile_text_is_text(page: Page) -> None:
    checked = examine(HOSTILE, name="<img src=x onerror=alert(3)>.txt")
    shown = parsed(to_html(checked, HOSTILE.encode(), Catalogue()))
    assert {tag for tag, _ in shown.tags} <= {tag for tag, _ in page.tags}
    assert len(shown.every("script")) == 1
    assert "<script>alert(1)</script>" in shown.text
    assert "<img src=x onerror=alert(3)>.txt" in shown.text
    assert "{{ 7*7 }}" in shown.text
    assert "\u202e" not in shown.text
    assert "[U+202E]" in shown.text


def test_pasted_text_has_places_by_line_and_no_pictures() -> None:
    checked = examine(HOSTILE, name="粘贴文本")
    shown = parsed(to_html(checked, HOSTILE.encode(), Catalogue()))
    assert checked.report.findings
    assert "第 1 行" in shown.text
    assert not shown.every("image")


def test_a_text_too_long_for_a_page_is_cut_and_says_so() -> None:
    text = HOSTILE + "这是一行很长的说明" * 60_000
    shown = parsed(to_html(examine(text, name="长文"), None, Catalogue()))
    assert re.search(r"余下 \d+ 个字没有显示", shown.text)
    assert len(shown.text) < 500_000


def test_a_document_without_findings_says_so(root: Path) -> None:
    clean = (root / "fixtures/documents/yuan-clean/report.pdf").read_bytes()
    shown = parsed(to_html(examine(clean, name="clean.pdf"), clean, Catalogue()))
    assert "没有发现不能同时成立的数字" in shown.text


def test_the_format_is_offered_and_weighs_little(examined: Examined, source: bytes) -> None:
    data = format_of("html").written(examined, source, Catalogue())
    assert data.startswith(b"<!doctype html>")
    assert len(data) < 1_000_000
