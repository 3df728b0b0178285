"""The registry of formats: every one of them, through the command line, for any document."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path, PurePath

import pytest
from typer.testing import CliRunner, Result

from gouji.cli import app
from gouji.errors import InputError
from gouji.messages import Catalogue
from gouji.model.examined import Examined
from gouji.model.report import Decision
from gouji.pipeline import examine
from gouji.report.formats import FORMATS, format_for, format_of
from tests.report.hostile import hostile

FAULTY = Path(__file__).resolve().parents[2] / "fixtures/documents/wanyuan-faulty/report.pdf"
BEGINS = {
    "pdf": b"%PDF",
    "xlsx": b"PK",
    "letter": b"PK",
    "json": b"{",
    "sarif": b"{",
    "sarif-ledger": b"{",
    "markdown": b"# ",
    "html": b"<!doctype html",
    "text": "发现".encode(),
}
READABLE = [name for name, format_ in FORMATS.items() if not format_.binary]


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, [str(a) for a in arguments])


@pytest.mark.parametrize("name", FORMATS)
def test_each_format_is_written_from_the_command_line_and_the_source_is_untouched(
    name: str, tmp_path: Path
) -> None:
    source = tmp_path / "report.pdf"
    source.write_bytes(FAULTY.read_bytes())
    target = tmp_path / f"out{FORMATS[name].suffix}"
    result = run("check", source, "--format", name, "--output", target)
    assert (result.exit_code, result.stdout) == (1, "")
    assert target.read_bytes().lower().startswith(BEGINS[name].lower())
    assert source.read_bytes() == FAULTY.read_bytes()


@pytest.mark.parametrize(
    ("output", "name"),
    [
        ("a.pdf", "pdf"),
        ("a.XLSX", "xlsx"),
        ("a.docx", "letter"),
        ("a.sarif", "sarif"),
        ("a.md", "markdown"),
        ("a.json", "json"),
        ("a.txt", "text"),
        ("a", "text"),
    ],
)
def test_the_suffix_stands_for_a_format_unless_one_is_named(output: str, name: str) -> None:
    assert format_for(None, PurePath(output)).name == name
    assert format_for("json", PurePath(output)).name == "json"


def test_an_unknown_format_is_refused_with_those_there_are() -> None:
    with pytest.raises(InputError, match="没有 word 格式；可用的格式：text、json"):
        format_of("word")


@pytest.mark.parametrize("name", [n for n, f in FORMATS.items() if f.binary])
def test_a_terminal_gets_a_sentence_and_no_bytes(name: str) -> None:
    ours, theirs = os.openpty()
    code = "from gouji.cli import app; app()"
    command = [sys.executable, "-c", code, "check", str(FAULTY), "--format", name]
    ran = subprocess.run(command, stdout=theirs, stderr=subprocess.PIPE, check=False)
    os.close(theirs)
    os.close(ours)
    assert ran.returncode == 2
    assert f"{name} 不能显示在终端上；请用 --output 指定文件。" in ran.stderr.decode()


def test_pasted_text_as_pdf_is_one_sentence(tmp_path: Path) -> None:
    text, target = FAULTY.with_suffix(".txt"), tmp_path / "out.pdf"
    result = run("check", text, "--output", target)
    assert result.exit_code == 2
    assert result.stderr.count("\n") == 1
    assert not target.exists()


@pytest.mark.parametrize("name", READABLE)
def test_a_decision_goes_into_every_readable_format(name: str) -> None:
    found = examine(FAULTY)
    decisions = {
        found.report.findings[0].fingerprint: Decision(status="dismissed", reason="口径不同"),
        found.report.findings[1].fingerprint: Decision(status="confirmed", comment="已去函"),
    }
    decided = Examined(found.disclosure, found.report.decided(decisions), found.fates, found.rules)
    told = format_of(name).written(decided, FAULTY.read_bytes(), Catalogue()).decode()
    assert "口径不同" in told
    assert "已去函" in told


@pytest.mark.parametrize("name", [n for n in READABLE if n != "json"])
def test_no_readable_format_lets_hidden_marks_act(name: str) -> None:
    told = format_of(name).written(hostile(), b"text", Catalogue()).decode()
    shown = told if not name.startswith("sarif") else told.partition('"artifacts"')[0]
    assert "\x1b" not in shown
    assert "\x07" not in shown
    if name in ("text", "markdown"):
        assert "\u202e" not in shown
        assert "[U+202E]" in shown.replace("\\", "")


def test_a_file_name_is_that_of_the_document_made_harmless() -> None:
    report = hostile().report
    name = format_of("letter").file_name(report)
    assert name.endswith("-核查函.docx")
    assert not set(name) & set('<>/\\:"|?*')
