"""The overview of a store that was screened, and its documents opened for review."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.web.conftest import Server, Visitor

pytestmark = pytest.mark.usefixtures("loopback")
GOUJI = [sys.executable, "-c", "from gouji.cli import app; app()"]


@pytest.fixture(scope="module")
def screened(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Visitor]:
    """A server on a store into which a faulty report, a clean one and no report were screened."""
    folder = tmp_path_factory.mktemp("screened")
    papers = folder / "papers"
    papers.mkdir()
    for name in ("wanyuan-faulty", "yuan-clean"):
        shutil.copy(root / f"fixtures/documents/{name}/report.pdf", papers / f"{name}.pdf")
    (papers / "empty.pdf").write_bytes(b"")
    store = f"sqlite:///{folder / 'screened.db'}"
    command = [*GOUJI, "screen", str(papers), "--store", store, "--jobs", "1", "-q"]
    subprocess.run(command, check=True, capture_output=True)
    server = Server(folder / "data", "--store", store)
    visitor = Visitor(server)
    yield visitor
    visitor.close()
    server.stop()


def test_the_overview_lists_what_was_screened_worst_first(screened: Visitor) -> None:
    page = screened.http.get("/overview").text
    assert page.index("wanyuan-faulty.pdf") < page.index("yuan-clean.pdf")
    assert "0 字节" in page


@pytest.mark.parametrize("name", ["rules", "units", "years", "coverage"])
def test_each_plot_is_a_picture(screened: Visitor, name: str) -> None:
    answer = screened.http.get(f"/overview/plots/{name}.svg")
    assert answer.headers["content-type"].startswith("image/svg+xml")
    assert answer.text.startswith("<svg")


def test_a_plot_that_is_none_is_not_found(screened: Visitor) -> None:
    assert screened.http.get("/overview/plots/other.svg").status_code == 404


def test_a_screened_document_opens_for_review_once(screened: Visitor) -> None:
    page = screened.http.get("/overview").text
    form = page.index("wanyuan-faulty.pdf")
    path = page[: page.index("/open", page.rindex("action=", 0, form))].rsplit('"', 1)[1] + "/open"
    opened = screened.submit(path)
    assert opened.status_code == 303
    id_ = opened.headers["location"].rsplit("/", 1)[1]
    assert screened.settled(id_)["errors"] == 12
    assert screened.submit(path).headers["location"] == opened.headers["location"]


def test_what_was_never_screened_cannot_be_opened(screened: Visitor) -> None:
    assert screened.submit("/overview/nobody/open").status_code == 404
