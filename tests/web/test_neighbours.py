"""What was handed in is held against the other documents of the store, and each page says what came of it."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from tests.screen.test_across import before, now
from tests.web.browser import chromium, faults, opened
from tests.web.conftest import WAIT, Server, Serving, Visitor

GOUJI = [sys.executable, "-c", "from gouji.cli import app; app()"]
LATER = WAIT * 1000


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as started:
        yield started


@pytest.fixture
def alone(serve: Serving, visit: Callable[..., Visitor]) -> Visitor:
    """Visit a server whose store holds nothing."""
    return visit(serve())


def compared(visitor: Visitor, id_: str, lang: str = "zh") -> dict[str, Any]:
    """Wait until a document was compared, and return with what."""
    visitor.settled(id_)
    until = time.monotonic() + WAIT
    while time.monotonic() < until:
        told: dict[str, Any] = visitor.program.get(
            f"/api/v1/documents/{id_}/comparisons", headers={"Accept-Language": lang}
        ).json()
        if told["state"] != "pending":
            return told
        time.sleep(0.05)
    raise AssertionError(told)


def across(report: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the findings about several documents."""
    return [f for f in report["findings"] if f["rule"].startswith("XDC")]


def test_a_second_year_is_compared_with_the_first_and_both_say_so(alone: Visitor) -> None:
    earlier = alone.paste(before(), name="2022.txt")
    told = compared(alone, earlier)
    assert told["comparisons"] == []
    assert told["nothing"].startswith("没有可比对的文件")
    later = alone.paste(now(), name="2023.txt")
    (line,) = compared(alone, later)["comparisons"]
    assert line["relation"] == "previous"
    assert line["documents"] == [{"id": earlier, "name": "2022.txt", "fiscal_year": 2022}]
    assert line["compared"] > line["at_odds"] == 1
    report = alone.report(later)
    (found,) = across(report)
    assert found["id"] == "X1"
    assert {e.get("document") for e in found["evidence"]} == {None, "2022.txt"}
    assert report["summary"]["headline"].startswith("与《2022.txt》比对")
    assert any(check["rule"] == "XDC001" for check in report["checks"])
    listed = alone.http.get("/").text
    assert listed.count("跨文件 1") == 2
    (back,) = compared(alone, earlier)["comparisons"]
    assert (back["relation"], back["documents"][0]["id"]) == ("next", later)
    (same,) = across(alone.report(earlier))
    assert same["fingerprint"] == found["fingerprint"]
    assert {e.get("document") for e in same["evidence"]} == {None, "2023.txt"}


def test_a_comparison_speaks_the_readers_language(alone: Visitor) -> None:
    alone.settled(alone.paste(before(), name="2022.txt"))
    later = alone.paste(now(), name="2023.txt")
    compared(alone, later)
    english = alone.report(later, **{"Accept-Language": "en"})
    assert english["summary"]["headline"].startswith("Compared with “2022.txt”")
    (found,) = across(english)
    assert found["fingerprint"] == across(alone.report(later))[0]["fingerprint"]
    assert found["message"] != across(alone.report(later))[0]["message"]
    nobody = alone.paste("本年收入 9.07 万元，比上年减少 0.71 万元，下降 7.83%。")
    assert compared(alone, nobody, "en")["nothing"].startswith("It names no unit or no year")


def test_a_decision_about_several_documents_stands_on_each_of_their_pages_and_in_exports(
    alone: Visitor,
) -> None:
    earlier = alone.paste(before(), name="2022.txt")
    later = alone.paste(now(), name="2023.txt")
    compared(alone, earlier)
    compared(alone, later)
    (found,) = across(alone.report(earlier))
    path = f"/api/v1/documents/{earlier}/decisions/{found['fingerprint']}"
    kept = alone.program.put(path, json={"status": "dismissed", "reason": "口径不同"})
    assert kept.status_code == 200, kept.text
    for id_ in (earlier, later):
        (decided,) = across(alone.report(id_))
        assert decided["decision"]["reason"] == "口径不同"
    for form in ("json", "html", "letter", "xlsx", "sarif", "markdown"):
        export = alone.program.get(f"/api/v1/documents/{later}/exports/{form}")
        assert export.status_code == 200, form
    page = alone.program.get(f"/api/v1/documents/{later}/exports/html").text
    assert "2022.txt" in page
    assert "口径不同" in page
    assert alone.program.delete(path).status_code == 204
    assert across(alone.report(later))[0].get("decision") is None


def test_a_document_deleted_is_compared_no_longer(alone: Visitor) -> None:
    earlier = alone.paste(before(), name="2022.txt")
    later = alone.paste(now(), name="2023.txt")
    assert compared(alone, later)["comparisons"]
    assert alone.program.delete(f"/api/v1/documents/{earlier}").status_code == 204
    assert across(alone.report(later)) == []
    assert compared(alone, later)["nothing"].startswith("没有可比对的文件")


def test_a_corrected_version_stands_for_the_one_it_corrects(alone: Visitor) -> None:
    alone.settled(alone.paste(before(), name="2022.txt"))
    wrong = alone.paste(now(), name="2023.txt")
    assert compared(alone, wrong)["comparisons"][0]["at_odds"] == 1
    right = alone.paste(now(change="326.50", rate="28.87"), name="2023更正.txt", corrects=wrong)
    (line,) = compared(alone, right)["comparisons"]
    assert (line["relation"], line["at_odds"]) == ("previous", 0)
    assert compared(alone, wrong)["nothing"].startswith("这份文件已有更正版")


def test_an_upload_is_compared_with_what_was_screened(
    tmp_path: Path, serve: Serving, visit: Callable[..., Visitor]
) -> None:
    papers = tmp_path / "papers"
    papers.mkdir()
    (papers / "2022.txt").write_text(before(), "utf-8")
    store = f"sqlite:///{tmp_path / 'screened.db'}"
    command = [*GOUJI, "screen", str(papers), "--store", store, "--jobs", "1", "-q"]
    subprocess.run(command, check=True, capture_output=True)
    visitor = visit(serve("--store", store))
    later = visitor.paste(now(), name="2023.txt")
    (line,) = compared(visitor, later)["comparisons"]
    assert line["documents"] == [{"id": None, "name": "2022.txt", "fiscal_year": 2022}]
    page = visitor.http.get(f"/documents/{later}").text
    path = page[: page.index("/open")].rsplit('"', 1)[1] + "/open"
    answer = visitor.submit(path)
    assert answer.status_code == 303
    earlier = answer.headers["location"].rsplit("/", 1)[1]
    visitor.settled(earlier)
    (back,) = compared(visitor, earlier)["comparisons"]
    assert back["relation"] == "next"
    assert len(across(visitor.report(earlier))) == 1
    (line,) = compared(visitor, later)["comparisons"]
    assert line["documents"][0]["id"] == earlier


def test_the_page_of_a_second_year_names_and_opens_the_first(
    browser: Browser, serve: Serving, visit: Callable[..., Visitor]
) -> None:
    server: Server = serve()
    visitor = visit(server)
    earlier = visitor.paste(before(), name="2022.txt")
    compared(visitor, earlier)
    with opened(browser) as page:
        page.goto(f"{server.url}documents/{earlier}")
        expect(page.locator("#beside")).to_contain_text("没有可比对的文件")
        page.goto(server.url)
        page.get_by_label("或粘贴报告文字").fill(now())
        page.get_by_role("button", name="开始核查").click()
        beside = page.locator("#beside")
        expect(beside).to_contain_text("不一致 1 处", timeout=LATER)
        expect(beside).to_contain_text("上一年度决算")
        found = page.locator(".finding", has_text="XDC001")
        expect(found).to_contain_text("2022.txt", timeout=LATER)
        expect(page.locator("select[name=family]")).to_contain_text("跨文件核对 1")
        beside.get_by_role("link", name="不一致 1 处").click()
        expect(page.locator("#across")).to_be_in_viewport()
        assert faults(page) == []
        found.get_by_role("button", name="确认").click()
        expect(found).to_have_attribute("data-status", "confirmed")
        beside.get_by_role("link", name="《2022.txt》").click()
        expect(page.locator("#beside")).to_contain_text("下一年度决算")
        again = page.locator(".finding", has_text="XDC001")
        expect(again).to_have_attribute("data-status", "confirmed")
        again.locator("cite a", has_text="《").first.click()
        expect(page.locator(".crumbs")).to_contain_text("粘贴文本")
