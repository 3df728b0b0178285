"""A real browser for tests: Debian's Chromium, driven by Playwright; skipped plainly where it is absent."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]  # publishes no types
from playwright.sync_api import Browser, ConsoleMessage, Dialog, Page, sync_playwright

FLAGS = [
    "--no-sandbox",  # CI runs as root
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
REQUIRED = "GOUJI_REQUIRE_BROWSER"
SERIOUS = {"serious", "critical"}


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start Chromium, or skip; where the environment requires it, its absence is a failure."""
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        missing = "there is no chromium on this machine (Debian: apt install chromium)"
        if os.environ.get(REQUIRED, "") not in ("", "0"):
            pytest.fail(missing)
        pytest.skip(missing)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@contextmanager
def opened(
    browser: Browser, width: int = 1280, height: int = 800, **more: object
) -> Iterator[Page]:
    """Open a page; whatever goes wrong on it fails the test."""
    context = browser.new_context(viewport={"width": width, "height": height}, **more)  # type: ignore[arg-type]  # Playwright's own options
    page = context.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(f"error: {error}"))
    page.on("dialog", lambda dialog: _refuse(dialog, wrong))
    page.on("console", lambda said: _note(said, wrong))
    yield page
    context.close()
    assert wrong == []


def _refuse(dialog: Dialog, wrong: list[str]) -> None:
    wrong.append(f"dialog: {dialog.message}")
    dialog.dismiss()


def _note(said: ConsoleMessage, wrong: list[str]) -> None:
    if said.type == "error":
        wrong.append(f"console: {said.text}")


def faults(page: Page) -> list[str]:
    """Return the serious accessibility faults axe-core finds on a page, a line each."""
    found = Axe().run(page).response["violations"]
    return [
        f"{fault['id']}: {node['html'][:160]} {node['failureSummary']}"
        for fault in found
        if fault["impact"] in SERIOUS
        for node in fault["nodes"]
    ]
