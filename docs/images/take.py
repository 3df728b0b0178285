"""Takes the pictures of the pages in docs/images from our own sample (make screenshots).

Needs chromium and a CJK font. Colours are reduced to sixteen steps a channel, which keeps the files small.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import httpx
import pymupdf
from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = {
    "云岫市青屏区水务局2024年度部门决算.pdf": "wanyuan-faulty/report.pdf",
    "禾溪县文化馆2023年度单位决算.pdf": "yuan-clean/report.pdf",
    "项目支出绩效自评表.txt": "self-evaluation/project.txt",
}
STEPS = bytes(round(round(i * 15 / 255) * 255 / 15) for i in range(256))
WIDTHS = {"": (1280, 800), "-360": (360, 740)}


def main() -> None:
    """Start a server, hand the samples in, take the pictures."""
    folder = tempfile.mkdtemp()
    command = "from gouji.cli import app; app()"
    server = subprocess.Popen(  # noqa: S603 (our own server)
        [sys.executable, "-c", command, "serve", "--port", "0", "--data", folder],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert server.stdout is not None  # noqa: S101 (piped above)
    try:
        found = re.search(r"http://\S+/", server.stdout.readline())
        if not found:
            sys.exit("the server did not start")
        with httpx.Client(base_url=found[0], timeout=60) as http:
            ids = [hand_in(http, name, path) for name, path in SAMPLES.items()]
        take(found[0], ids[0])
    finally:
        server.terminate()
        server.stdout.close()
        server.wait()
        shutil.rmtree(folder)


def hand_in(http: httpx.Client, name: str, path: str) -> str:
    """Hand in a sample and wait until it is checked."""
    data = (ROOT / "fixtures/documents" / path).read_bytes()
    answer = http.post("/api/v1/documents", files={"file": (name, data)})
    id_ = str(answer.raise_for_status().json()["documents"][0]["id"])
    while http.get(f"/api/v1/documents/{id_}").json()["state"] not in ("done", "failed"):
        time.sleep(0.1)
    return id_


def take(url: str, report: str) -> None:
    """Take each page wide and narrow."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        for suffix, (width, height) in WIDTHS.items():
            page = browser.new_page(viewport={"width": width, "height": height})
            page.goto(url)
            shoot(page, f"start{suffix}")
            page.goto(f"{url}documents/{report}")
            page.wait_for_load_state("networkidle")
            if width > height:
                page.keyboard.press("j")
                page.keyboard.press("j")
                page.wait_for_timeout(800)
            shoot(page, f"review{suffix}")
            page.goto(f"{url}documents/{report}/coverage?page=10")
            shoot(page, f"coverage{suffix}")
        browser.close()


def shoot(page: Page, name: str) -> None:
    """Write what the window shows, in few colours."""
    shown: Any = pymupdf.Pixmap(page.screenshot())
    if shown.alpha:
        shown = pymupdf.Pixmap(shown, 0)
    small = pymupdf.Pixmap(
        pymupdf.csRGB, shown.width, shown.height, shown.samples.translate(STEPS), 0
    )
    small.save(ROOT / f"docs/images/{name}.png")
    print(f"docs/images/{name}.png")


if __name__ == "__main__":
    main()
