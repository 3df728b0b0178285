"""The report file in a real browser: with scripts, without, on a telephone, on paper, for everybody."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pymupdf
import pytest
from playwright.sync_api import Browser, expect

from gouji.messages import Catalogue, Language
from gouji.pipeline import examine
from gouji.report.html import to_html
from tests.web.browser import chromium, faults, opened


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as started:
        yield started


def written(root: Path, folder: Path, lang: Language = "zh") -> str:
    data = (root / "fixtures/documents/wanyuan-faulty/report.pdf").read_bytes()
    file = folder / "report.html"
    examined = examine(data, name="report.pdf", lang=lang)
    file.write_text(to_html(examined, data, Catalogue(lang)), "utf-8")
    return file.as_uri()


@pytest.fixture(scope="module")
def address(root: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    return written(root, tmp_path_factory.mktemp("zh"))


@pytest.fixture(scope="module")
def english(root: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    return written(root, tmp_path_factory.mktemp("en"), "en")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_serious_fault(
    browser: Browser, address: str, english: str, scheme: str
) -> None:
    with opened(browser, color_scheme=scheme) as page:
        for each in (address, english):
            page.goto(each)
            page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
            assert faults(page) == []


def test_pictures_of_the_evidence_are_drawn(browser: Browser, address: str) -> None:
    with opened(browser) as page:
        page.goto(address)
        crop = page.locator("#F1 .crop svg").first
        crop.scroll_into_view_if_needed()
        shown = page.evaluate(
            "async (href) => { const i = new Image(); i.src = href; await i.decode(); return i.width }",
            page.locator("image").first.get_attribute("href"),
        )
        assert shown > 500
        box = crop.bounding_box()
        assert box
        assert box["height"] > 40


def test_it_reads_in_full_without_scripts(browser: Browser, address: str) -> None:
    with opened(browser, java_script_enabled=False) as page:
        page.goto(address)
        expect(page.locator(".finding")).to_have_count(14)
        expect(page.locator(".filters").first).to_be_hidden()
        page.locator("#F1 .terms cite a").first.click()
        expect(page.locator("#p10 .page")).to_be_visible()  # the browser unfolds what a link names
        page.locator("#record .chapter").first.locator("summary").click()
        expect(page.locator("#record .entries").first).to_be_visible()


def test_keys_walk_and_filters_leave_what_is_wanted(browser: Browser, address: str) -> None:
    with opened(browser) as page:
        page.goto(address)
        page.keyboard.press("j")
        page.keyboard.press("j")
        expect(page.locator("#F2")).to_be_focused()
        expect(page.locator("#F2 rect.figure").first).to_have_class(re.compile(r"\bon\b"))
        page.get_by_label("错误").uncheck()
        expect(page.locator(".finding:visible")).to_have_count(2)
        page.get_by_role("searchbox", name="筛选").fill("SUM001")
        expect(page.locator("#record .entries li:visible").first).to_contain_text("SUM001")


def test_a_place_unfolds_the_page_it_stands_on(browser: Browser, address: str) -> None:
    with opened(browser) as page:
        page.goto(address)
        page.locator("#F10 .terms cite a", has_text="第 9 页").click()
        expect(page.locator("#p9 .pointed")).to_be_in_viewport()


def test_a_telephone_shows_it_without_scrolling_sideways(browser: Browser, address: str) -> None:
    with opened(browser, 360, 740) as page:
        page.goto(address)
        page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_paper_keeps_each_picture_with_its_finding(
    browser: Browser, address: str, tmp_path: Path
) -> None:
    with opened(browser) as page:
        page.goto(address)
        page.pdf(path=tmp_path / "printed.pdf", prefer_css_page_size=True)
    with pymupdf.open(tmp_path / "printed.pdf") as printed:
        assert abs(printed[0].rect.width - 595) < 2
        assert len(printed) <= 10
        begun = 0
        for sheet in printed:
            text = sheet.get_text()
            here = len(re.findall(r"^F\d+$|^F\d+ (?:错误|疑点|提示)", text, re.MULTILINE))
            assert len(sheet.get_image_info()) >= here
            assert "FOO001" not in text
            begun += here
        assert begun >= 14
