"""What a reviewer does in a real browser: paste, drop, look, decide, take away."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import openpyxl
import pymupdf
import pytest
from playwright.sync_api import Browser, Page, Route, expect

from gouji.report.formats import FORMATS
from tests.web.browser import chromium, faults, opened
from tests.web.conftest import TEXT, Server, Visitor

SLOW = 60_000
LIGHTEST = 100_000
"""Bytes of a page without its images."""
HOSTILE = (
    f"{TEXT}\n"
    "<script>alert(1)</script><img src=x onerror=alert(2)></textarea>'\"&lt;b&gt;\n"
    '=cmd()|"/c calc"!A1，收入合计 10.00 万元，比上年增加 1.00 万元，增长 50%。\n'
    "主要原因是\u202eTXET\u202c反向，占本年收入 30%。{{ 7*7 }}\n"
)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as started:
        yield started


@pytest.fixture
def page(browser: Browser, loopback: None) -> Iterator[Page]:
    del loopback
    with opened(browser) as shown:
        yield shown


@pytest.fixture(scope="module")
def pdf(root: Path) -> Path:
    return root / "fixtures/documents/wanyuan-faulty/report.pdf"


@pytest.fixture
def report_address(visitor: Visitor, sample: bytes) -> str:
    """Return the address of a report that is ready."""
    id_ = visitor.hand_in(sample, "部门决算.pdf")
    visitor.settled(id_)
    return f"{visitor.server.url}documents/{id_}"


def in_view(page: Page, selector: str, frame: str | None = None) -> bool:
    """Tell whether the first element a selector finds lies within the window, and within a frame."""
    found: bool = page.evaluate(
        """([selector, frame]) => {
            const box = document.querySelector(selector).getBoundingClientRect();
            const within = frame ? document.querySelector(frame).getBoundingClientRect() : null;
            const [top, bottom] = [Math.max(0, within?.top ?? 0), Math.min(innerHeight, within?.bottom ?? 1e9)];
            return box.width > 0 && box.top >= top - 1 && box.bottom <= bottom + 1;
        }""",
        [selector, frame],
    )
    return found


# --- handing in ------------------------------------------------------------------------------


def test_a_pasted_text_shows_its_findings(page: Page, shared_server: Server) -> None:
    page.goto(shared_server.url)
    page.get_by_label("或粘贴报告文字").fill(TEXT)
    page.get_by_role("button", name="开始核查").click()
    finding = page.locator(".finding")
    expect(finding).to_have_count(1, timeout=SLOW)
    expect(finding).to_contain_text("若增减率为 7.26%，则成立。")
    expect(page.locator(".viewer .pointed")).to_have_text(["9.07万元", "0.71万元", "7.83%"])


def test_many_files_are_followed_until_all_are_checked(
    page: Page, shared_server: Server, sample: bytes
) -> None:
    page.goto(shared_server.url)
    files: Any = [
        {"name": f"第{n}份.txt", "mimeType": "text/plain", "buffer": f"{n}。{TEXT}".encode()}
        for n in range(3)
    ]
    files += [{"name": "决算.pdf", "mimeType": "application/pdf", "buffer": sample}]
    files += [{"name": "坏的.docx", "mimeType": "application/zip", "buffer": b"PK\x03\x04"}]
    page.set_input_files("input[type=file]", files)
    page.get_by_role("button", name="开始核查").click()
    expect(page.get_by_role("alert")).to_contain_text("坏的.docx", timeout=SLOW)
    for name in ("第0份.txt", "第1份.txt", "第2份.txt", "决算.pdf"):
        row = page.locator("tbody tr", has_text=name).first
        expect(row).to_have_attribute("data-state", "done", timeout=SLOW)
        expect(row).to_contain_text("错误")
    assert page.locator("[data-told]").text_content()


# --- looking ---------------------------------------------------------------------------------


def test_a_finding_clicked_brings_its_box_into_view_and_marks_it(
    page: Page, shared_server: Server, pdf: Path
) -> None:
    page.goto(shared_server.url)
    page.set_input_files("input[type=file]", pdf)
    page.get_by_role("button", name="开始核查").click()
    expect(page.locator(".finding")).to_have_count(14, timeout=SLOW)
    finding = page.locator(".finding", has_text="公务用车购置及运行维护费 43.33").first
    finding.locator("h3").click()
    name = finding.get_attribute("id")
    lit = page.locator(f'rect.figure[data-findings~="{name}"]')
    expect(lit.first).to_have_class(re.compile(r"\bon\b"))
    assert in_view(page, f'rect.figure[data-findings~="{name}"]', "[data-pages]")
    assert page.locator("rect.on").count() < page.locator("rect").count()
    page.wait_for_function("() => document.querySelector('#page-11 img').naturalWidth > 0")


def test_a_box_clicked_brings_its_finding(page: Page, report_address: str) -> None:
    page.goto(report_address)
    box = page.locator("#page-12 rect.figure").first
    name = str(box.get_attribute("data-findings")).split()[0]
    box.scroll_into_view_if_needed()
    box.click()
    expect(page.locator(f"#{name}")).to_be_focused()
    assert in_view(page, f"#{name} h3")


def test_a_place_clicked_shows_that_very_page(page: Page, report_address: str) -> None:
    page.goto(report_address)
    finding = page.locator(".finding", has_text="142.88 万元（第 10 页）与《").first
    finding.get_by_role("link", name="第 7 页").click()
    expect(page.locator("#page-7 rect.figure.on").first).to_be_visible()
    assert in_view(page, "#page-7 rect.figure.on", "[data-pages]")


def test_a_finding_of_a_pasted_text_and_its_words_light_each_other(
    page: Page, visitor: Visitor
) -> None:
    id_ = visitor.paste()
    visitor.settled(id_)
    page.goto(f"{visitor.server.url}documents/{id_}")
    page.locator(".finding h3").click()
    expect(page.locator(".viewer .pointed").first).to_have_class(re.compile(r"\bon\b"))
    page.locator(".viewer .pointed").last.click()
    expect(page.locator(".finding")).to_be_focused()


def test_keys_walk_the_findings_and_zoom_the_page(page: Page, report_address: str) -> None:
    page.goto(report_address)
    for key in "jjk":
        page.keyboard.press(key)
    expect(page.locator(".finding").first).to_be_focused()
    narrow = page.locator(".canvas").first.bounding_box()
    page.keyboard.press("+")
    wide = page.locator(".canvas").first.bounding_box()
    assert narrow
    assert wide
    assert wide["width"] == pytest.approx(narrow["width"] * 1.25, rel=0.02)
    expect(page.locator("[data-scale]")).to_have_text("125%")


def test_filters_leave_what_is_asked_for_and_stand_in_the_address(
    page: Page, report_address: str
) -> None:
    page.goto(report_address)
    page.get_by_label("轻重").select_option("note")
    expect(page.locator(".finding:visible")).to_have_count(1)
    expect(page.locator("[data-count]")).to_have_text("显示 1 / 14")
    page.get_by_label("轻重").select_option("")
    page.get_by_label("类别").select_option("SHR")
    expect(page.locator(".finding:visible")).to_have_count(3)
    assert page.url.endswith("?family=SHR")
    page.reload()
    expect(page.locator(".finding:visible")).to_have_count(3)


# --- deciding --------------------------------------------------------------------------------


def test_a_dismissal_survives_a_new_check(page: Page, report_address: str) -> None:
    page.goto(report_address)
    first = page.locator(".finding").first
    first.get_by_role("button", name="驳回").click()
    expect(first).to_have_attribute("data-status", "open")  # it asks for a reason first
    page.keyboard.press("j")
    page.keyboard.press("d")
    page.keyboard.type("口径不同")
    page.keyboard.press("Enter")
    expect(first).to_have_attribute("data-status", "dismissed")
    expect(first.locator(".decision")).to_contain_text("口径不同")
    expect(page.locator("#tallies")).to_contain_text("1 已驳回")
    page.get_by_role("button", name="重新核查").click()
    expect(page.locator(".finding")).to_have_count(14, timeout=SLOW)
    again = page.locator(".finding").first
    expect(again).to_have_attribute("data-status", "dismissed")
    page.locator("select[name=status]").select_option("dismissed")
    expect(page.locator(".finding:visible")).to_have_count(1)
    again.get_by_role("button", name="撤销").click()
    expect(again).to_have_attribute("data-status", "open")


def test_a_comment_is_kept_when_the_finding_is_confirmed(page: Page, report_address: str) -> None:
    page.goto(report_address)
    second = page.locator(".finding").nth(1)
    second.locator("summary").click()
    second.get_by_label("批注", exact=True).fill("已电话核实")
    second.get_by_label("复核人").fill("王审")
    second.get_by_role("button", name="保存批注").click()
    expect(second).to_have_attribute("data-status", "commented")
    second.get_by_role("button", name="确认").click()
    expect(second).to_have_attribute("data-status", "confirmed")
    expect(second.locator(".decision")).to_contain_text("已电话核实")
    expect(second.locator(".decision")).to_contain_text("王审")


def test_without_scripts_the_essentials_work(
    browser: Browser, shared_server: Server, pdf: Path
) -> None:
    with opened(browser, java_script_enabled=False) as page:
        page.goto(shared_server.url)
        page.set_input_files("input[type=file]", pdf)
        page.get_by_role("button", name="开始核查").click()
        finding = page.locator(".finding").first  # the waiting page looks again by itself
        expect(finding).to_be_visible(timeout=SLOW)
        finding.get_by_label("驳回的理由").fill("读取有误")
        finding.get_by_role("button", name="驳回").click()
        expect(page.locator(".finding").first.locator(".decision")).to_contain_text("读取有误")
        page.get_by_label("轻重").select_option("warning")
        page.get_by_role("button", name="筛选").click()
        expect(page.locator(".finding:visible")).to_have_count(1)
        page.locator(".finding:visible").get_by_role("link", name="第 12 页").first.click()
        expect(page.locator("#page-12 img").first).to_be_in_viewport()
        boxes = page.locator("#page-12 img.boxes")
        assert page.request.get(f"{shared_server.url.rstrip('/')}{boxes.get_attribute('src')}").ok


# --- taking away -----------------------------------------------------------------------------


def _is_docx(data: bytes) -> bool:
    with ZipFile(BytesIO(data)) as file:
        return "word/document.xml" in file.namelist()


def _is_annotated(data: bytes) -> bool:
    with pymupdf.open(stream=data, filetype="pdf") as file:
        pages: Any = file  # PyMuPDF publishes no complete types
        return any(page.first_annot for page in pages)


def _is_workbook(data: bytes) -> bool:
    book = openpyxl.load_workbook(BytesIO(data))
    return len(book.sheetnames) > 1


READERS: dict[str, Callable[[bytes], bool]] = {
    ".docx": _is_docx,
    ".pdf": _is_annotated,
    ".xlsx": _is_workbook,
    ".html": lambda data: data.startswith(b"<!doctype html>"),
    ".json": lambda data: b'"gouji.report/1"' in data,
    ".sarif": lambda data: b'"2.1.0"' in data,
}


@pytest.mark.parametrize("name", list(FORMATS))
def test_each_format_is_downloaded_and_opens(page: Page, report_address: str, name: str) -> None:
    page.goto(report_address)
    page.get_by_text("导出").click()
    with page.expect_download(timeout=SLOW) as started:
        page.locator(f'a[href$="/exports/{name}"]').click()
    data = Path(started.value.path()).read_bytes()
    assert started.value.suggested_filename.endswith(FORMATS[name].suffix)
    assert len(data) > 1000
    opens = READERS.get(FORMATS[name].suffix)
    assert opens is None or opens(data)


# --- hostile documents -----------------------------------------------------------------------


def test_a_hostile_text_is_text_on_every_page(page: Page, visitor: Visitor) -> None:
    id_ = visitor.paste(HOSTILE, name="<img src=x onerror=alert(3)>.txt")
    visitor.settled(id_)
    base = f"{visitor.server.url}documents/{id_}"
    for path in ("", "/coverage", "/checks", "/delete", "/new-version"):
        page.goto(base + path)
        assert page.locator("img[src=x], main script").count() == 0, path
        assert "\u202e" not in page.content(), path
    page.goto(base)
    expect(page.locator(".viewer")).to_contain_text("<script>alert(1)</script>")
    expect(page.locator(".viewer")).to_contain_text('=cmd()|"/c calc"!A1')
    expect(page.locator(".viewer")).to_contain_text("[U+202E]TXET")
    expect(page.locator(".viewer")).to_contain_text("{{ 7*7 }}")
    page.goto(visitor.server.url)
    expect(page.locator("tbody tr").first).to_contain_text("img src=x onerror=alert(3)")


def test_a_line_of_ten_megabytes_neither_stops_the_server_nor_drowns_the_page(
    page: Page, visitor: Visitor
) -> None:
    line = "".join(chr(0x4E00 + (i * 7919) % 20000) for i in range(3_400_000))
    id_ = visitor.paste(TEXT + "\n" + line)
    page.goto(visitor.server.url)  # the list answers while it is read
    expect(page.locator("tbody tr").first).to_be_visible()
    visitor.settled(id_)
    page.goto(f"{visitor.server.url}documents/{id_}")
    expect(page.locator("main")).to_contain_text(
        re.compile("余下 \\d+ 个字没有显示|上限|没有做完|超过")
    )
    assert len(page.content()) < 3_000_000


# --- for everybody ---------------------------------------------------------------------------


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_serious_fault_on_the_pages(
    browser: Browser, report_address: str, visitor: Visitor, scheme: str
) -> None:
    with opened(browser, color_scheme=scheme) as page:
        for address in (
            visitor.server.url,
            report_address,
            f"{report_address}?lang=en",
            f"{report_address}/coverage?page=10&lang=zh",
            f"{report_address}/checks",
            f"{report_address}/new-version",
            f"{visitor.server.url}about/api",
        ):
            page.goto(address)
            assert faults(page) == [], address


@pytest.mark.parametrize("path", ["", "/coverage?page=7", "/checks", "/delete"])
def test_a_telephone_shows_a_page_without_scrolling_sideways(
    browser: Browser, report_address: str, path: str
) -> None:
    with opened(browser, 360, 740) as page:
        page.goto(report_address + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_pages_are_light(visitor: Visitor, report_address: str) -> None:
    shared = ("/static/paper.css", "/static/gouji.css", "/static/comfort.js", "/static/gouji.js")
    common = sum(len(visitor.http.get(path).content) for path in shared)
    assert common + len(visitor.http.get("/").content) <= LIGHTEST
    assert len(visitor.http.get(report_address).content) <= LIGHTEST


# --- many findings ---------------------------------------------------------------------------

MANY, PAGES = 210, 30


@pytest.fixture(scope="module")
def crowded(shared_server: Server) -> Iterator[str]:
    """Hand in a document of 30 pages with 210 findings; return its address."""
    visitor = Visitor(shared_server)
    try:
        id_ = visitor.hand_in(_crowded(), "很多发现.pdf")
        assert visitor.settled(id_)["errors"] == MANY
        yield f"{shared_server.url}documents/{id_}"
    finally:
        visitor.close()


def _crowded() -> bytes:
    with pymupdf.open() as made:
        pdf: Any = made  # PyMuPDF publishes no complete types
        for number in range(1, MANY + 1):
            at = (number - 1) % (MANY // PAGES)
            page = pdf[-1] if at else pdf.new_page()
            now, gap = 100 + number * 1.37, 3 + (number % 17) * 0.61
            said = (
                f"{number}. 项目{number}支出{now:.2f}万元，比上年减少{gap:.2f}万元，"
                f"下降{gap / now * 100 + 1.5:.2f}%，主要原因是压减一般性支出，严格执行预算管理规定。"
            )
            for line, part in enumerate((said[:38], said[38:])):
                where = (60, 100 + at * 60 + line * 18)
                page.insert_text(where, part, fontname="china-s", fontsize=11)
        return bytes(pdf.tobytes(garbage=4, deflate=True))


def test_a_page_with_many_findings_is_light_and_the_rest_follows_by_itself(
    page: Page, crowded: str, visitor: Visitor
) -> None:
    first = visitor.http.get(crowded)
    assert len(first.content) <= LIGHTEST
    assert first.text.count("<article") < MANY
    page.goto(crowded)
    expect(page.locator(".finding")).to_have_count(MANY, timeout=SLOW)
    expect(page.locator("[data-further]")).to_have_count(0)
    ids = page.locator(".finding .number").all_text_contents()
    assert ids == [f"F{n}" for n in range(1, MANY + 1)]
    page.wait_for_function(f"document.querySelectorAll('rect.figure').length >= {MANY * 3}")


def test_an_address_that_names_a_late_finding_leads_to_it(page: Page, crowded: str) -> None:
    page.goto(crowded)
    expect(page.locator(".finding")).to_have_count(MANY, timeout=SLOW)
    last = page.locator(".finding").last.get_attribute("id")
    page.goto("about:blank")
    page.goto(f"{crowded}#{last}")
    expect(page.locator(f"#{last}")).to_be_focused(timeout=SLOW)
    page.keyboard.press("k")
    expect(page.locator(".finding").nth(MANY - 2)).to_be_focused()


def test_keys_go_on_where_the_first_part_ends(page: Page, crowded: str, visitor: Visitor) -> None:
    here = visitor.http.get(crowded).text.count("<article")
    page.goto(crowded)
    for _ in range(here + 1):
        page.keyboard.press("j")
    beyond = page.locator(".finding").nth(here)
    expect(beyond).to_be_focused(timeout=SLOW)


def test_a_filter_looks_at_all_findings_and_a_late_one_is_decided_in_place(
    page: Page, crowded: str
) -> None:
    page.goto(crowded)
    expect(page.locator(".finding")).to_have_count(MANY, timeout=SLOW)
    last = page.locator(".finding").last
    last.get_by_role("button", name="确认").click()
    expect(last).to_have_attribute("data-status", "confirmed", timeout=SLOW)
    page.locator("select[name=status]").select_option("confirmed")
    expect(page.locator("[data-count]")).to_have_text(f"显示 1 / {MANY}", timeout=SLOW)
    expect(page.locator(".finding")).to_have_count(1)
    expect(page.locator(".finding .number")).to_have_text(f"F{MANY}")
    page.locator(".finding").get_by_role("button", name="撤销").click()
    expect(page.locator(".finding")).to_have_attribute("data-status", "open", timeout=SLOW)


def test_without_scripts_every_finding_of_many_is_reached_and_decided(
    browser: Browser, crowded: str, visitor: Visitor
) -> None:
    seen: list[str] = []
    address = crowded
    for _ in range(30):
        html = visitor.http.get(address).text
        seen += re.findall(r'class="number" href="[^"]+">(F\d+)<', html)
        further = re.search(r'data-further href="([^"]+)"', html)
        if not further:
            break
        assert len(html.encode()) <= LIGHTEST
        address = further[1].replace("&amp;", "&")
    assert seen == [f"F{n}" for n in range(1, MANY + 1)]
    with opened(browser, java_script_enabled=False) as page:
        page.goto(f"{visitor.server.url}{address.lstrip('/')}")
        last = page.locator(".finding").last
        last.get_by_label("驳回的理由").fill("读取有误")
        last.get_by_role("button", name="驳回").click()
        decided = page.locator(".finding", has_text="读取有误").first
        expect(decided).to_be_in_viewport()
        decided.get_by_role("button", name="撤销").click()


def test_paper_has_every_finding(browser: Browser, crowded: str) -> None:
    with opened(browser) as page:
        page.route("**/findings?*", _unless_whole)
        page.goto(crowded)
        assert page.locator(".finding").count() < MANY
        page.evaluate("dispatchEvent(new Event('beforeprint'))")
        assert page.locator(".finding").count() == MANY


def _unless_whole(route: Route) -> None:
    """Let through only what is asked for at once, so that nothing follows by itself."""
    if "rest=true" in route.request.url:
        route.continue_()


def test_a_finding_with_much_evidence_keeps_it_on_a_page_of_its_own(
    page: Page, visitor: Visitor
) -> None:
    lines = "\n".join(f"{n}. 开展XX工作，完成XX任务第{n}项。" for n in range(1, 31))
    id_ = visitor.paste(f"{TEXT}\n一、工作情况\n{lines}\n")
    visitor.settled(id_)
    page.goto(f"{visitor.server.url}documents/{id_}")
    long = page.locator(".finding", has_text="全文共 30 处").first
    expect(long.locator(".passage")).to_have_count(8)
    alone = str(long.locator("[data-whole]").get_attribute("href"))
    long.locator("[data-whole]").click()
    expect(long.locator(".passage")).to_have_count(60, timeout=SLOW)
    expect(long.locator("[data-whole]")).to_have_count(0)
    long.get_by_role("button", name="确认").click()
    expect(long).to_have_attribute("data-status", "confirmed", timeout=SLOW)
    page.goto(visitor.server.url + alone.lstrip("/"))
    expect(page.locator(".finding .passage")).to_have_count(60)
    assert faults(page) == []
