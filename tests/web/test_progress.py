"""How far a check is, on the page and in the API: what its worker tells, in the reader's language."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from typing import Any

import pymupdf
import pytest
from playwright.sync_api import Browser, expect

from gouji.model.stage import STAGES
from tests.web.browser import chromium, opened
from tests.web.conftest import Server, Visitor

SLOW = 60_000
TIMES = 12


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as started:
        yield started


@pytest.fixture(scope="module")
def long_report(sample: bytes) -> bytes:
    """Return the sample many times over, so that it can be watched being read."""
    with pymupdf.open() as made, pymupdf.open(stream=sample, filetype="pdf") as once:
        whole: Any = made  # PyMuPDF publishes no complete types
        for _ in range(TIMES):
            whole.insert_pdf(once)
        return bytes(whole.tobytes())


def test_the_api_tells_stages_and_pages_in_their_order(
    visitor: Visitor, long_report: bytes
) -> None:
    id_ = visitor.hand_in(long_report)
    seen: list[dict[str, Any]] = []
    while (status := visitor.program.get(f"/api/v1/documents/{id_}").json())["state"] != "done":
        if status["progress"] and status["progress"] not in seen:
            seen.append(status["progress"])
        assert status["progress"] is None or status["state"] == "checking"
        time.sleep(0.01)
    assert status["progress"] is None
    order = [STAGES.index(step["stage"]) for step in seen]
    assert order == sorted(order)
    pages = [step["page"] for step in seen if step["page"]]
    assert len(pages) > 2
    assert pages == sorted(pages)
    assert {step["pages"] for step in seen if step["page"]} == {status["pages"]}
    assert {step["stage"] for step in seen} >= {"reading", "checking"}


def test_the_page_of_a_document_shows_the_stage_it_is_in(
    browser: Browser, visitor: Visitor, long_report: bytes
) -> None:
    ahead = visitor.hand_in(long_report, "在前.pdf")  # the page is open before its document's turn
    id_ = visitor.hand_in(long_report)
    with opened(browser) as page:
        page.goto(f"{visitor.server.url}documents/{id_}?lang=en")
        reading = page.locator("[data-steps] li[data-stage=reading]")
        expect(reading).to_have_attribute("aria-current", "step", timeout=SLOW)
        expect(reading).to_contain_text("page ")
        expect(page.locator("progress")).to_have_count(0)
        expect(reading).to_have_class("over", timeout=SLOW)
        expect(page.locator(".finding").first).to_be_visible(timeout=SLOW)
    visitor.settled(ahead)


STEPS = re.compile("读取 第|理解|提取|核对|出报告")
"""Which of them the list shows depends on when it asks."""


def test_the_list_tells_how_far_a_check_is(
    browser: Browser, visitor: Visitor, long_report: bytes
) -> None:
    with opened(browser) as page:
        id_ = visitor.hand_in(long_report, "很长.pdf")
        page.goto(f"{visitor.server.url}?lang=zh")
        row = page.locator("tbody tr", has_text="很长.pdf").first
        expect(row).to_contain_text(STEPS, timeout=SLOW)
        expect(row).to_have_attribute("data-state", "done", timeout=SLOW)
    visitor.settled(id_)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_why_a_check_failed_is_told_in_the_readers_language(
    shared_server: Server, visitor: Visitor, lang: str
) -> None:
    novel = "那年冬天，老张带着孩子走了很远的路。\n" * 40
    id_ = visitor.paste(novel, name=f"小说{lang}.txt")
    assert visitor.settled(id_)["state"] == "failed"
    words = {"zh": "这不像决算公开报告", "en": "does not look like a published final account"}[lang]
    page = f"{shared_server.url}documents/{id_}"
    assert words in visitor.http.get(page, params={"lang": lang}).text
    assert words in visitor.http.get(shared_server.url, params={"lang": lang}).text
    told = visitor.program.get(f"/api/v1/documents/{id_}", headers={"Accept-Language": lang}).json()
    assert words in told["failure"]
    refused = visitor.program.get(
        f"/api/v1/documents/{id_}/report", headers={"Accept-Language": lang}
    ).json()
    assert words in refused["detail"]
