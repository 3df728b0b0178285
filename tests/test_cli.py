"""The command line as a user and a script meet it: output, exit codes, bad input, pipes."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import jsonschema
import pymupdf
import pytest
from typer.testing import CliRunner, Result

import gouji
from gouji import pipeline
from gouji.check.rule import all_rules
from gouji.cli import app
from gouji.resources import text
from gouji.screen.across.rulebook import across_rules

FAULTY = Path(__file__).resolve().parents[1] / "fixtures/documents/wanyuan-faulty"
CLEAN = FAULTY.parent / "yuan-clean"
WRONG_BASE = "本年收入 9.07 万元，比上年减少 0.71 万元，下降 7.83%。\n"
AES_256 = 5  # pymupdf.PDF_ENCRYPT_AES_256, which its types do not declare
NOVEL = "那年冬天，老张带着 3 个孩子走了 20 里路，买了一只鸡。他想起 1998 年的事情。\n" * 40


def run(*arguments: str | Path, stdin: bytes | str | None = None) -> Result:
    return CliRunner().invoke(app, [str(a) for a in arguments], input=stdin)


# --- check -----------------------------------------------------------------------------------


@pytest.mark.parametrize("file", ["report.pdf", "report.txt"])
def test_the_faulty_sample_yields_findings_and_exit_code_1(file: str) -> None:
    result = run("check", FAULTY / file)
    assert result.exit_code == 1
    assert result.stdout.startswith("发现 ")
    assert "CHG001" in result.stdout
    assert "13.5%" in result.stdout


def test_fail_on_never_always_exits_0_and_fail_on_note_is_strictest() -> None:
    assert run("check", FAULTY / "report.txt", "--fail-on", "never").exit_code == 0
    assert run("check", FAULTY / "report.txt", "--fail-on", "note").exit_code == 1


def test_json_follows_its_schema_and_its_offsets_point_at_the_quotes() -> None:
    source = (FAULTY / "report.txt").read_bytes().decode()
    report = json.loads(run("check", FAULTY / "report.txt", "--format", "json").stdout)
    jsonschema.validate(report, json.loads(text("schemas", "report.v1.schema.json")))
    assert report["findings"]
    for finding in report["findings"]:
        for evidence in finding["evidence"]:
            assert source[evidence["start"] : evidence["end"]] == evidence["quote"]


def test_every_pdf_finding_has_a_page_and_a_box() -> None:
    report = json.loads(run("check", FAULTY / "report.pdf", "--format", "json").stdout)
    for finding in report["findings"]:
        assert all(e["page"] and e["bbox"] for e in finding["evidence"])


def test_two_runs_print_the_same_bytes() -> None:
    one, two = (run("check", FAULTY / "report.pdf", "-f", "json").stdout for _ in range(2))
    assert one == two


def test_markdown_and_english_are_offered() -> None:
    result = run("check", FAULTY / "report.txt", "--format", "markdown", "--lang", "en")
    assert result.stdout.startswith("# Consistency report\n")
    assert "cannot both be true" in result.stdout


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_pasted_text_comes_through_standard_input(encoding: str) -> None:
    result = run("check", "-", stdin=WRONG_BASE.encode(encoding))
    assert result.exit_code == 1
    assert "7.26%" in result.stdout


def test_quiet_prints_the_headline_alone() -> None:
    result = run("check", FAULTY / "report.txt", "--quiet")
    assert result.stdout.count("\n") == 1
    assert result.exit_code == 1


def test_select_and_ignore_choose_rules_by_code_or_family() -> None:
    only = json.loads(run("check", "-", "--select", "CHG", "-f", "json", stdin=WRONG_BASE).stdout)
    assert {c["rule"][:3] for c in only["checks"]} == {"CHG"}
    assert {s["rule"][:3] for s in only["skipped"]} > {"FOO", "TIE"}
    assert run("check", "-", "--ignore", "CHG,chg001", stdin=WRONG_BASE).exit_code == 0


def test_an_unknown_rule_code_fails_loudly() -> None:
    result = run("check", "-", "--select", "CHG001,ABC999", stdin=WRONG_BASE)
    assert result.exit_code == 2
    assert "ABC999" in result.stderr
    assert "CHG001" not in result.stderr


def test_output_goes_to_a_file_whole_or_not_at_all(tmp_path: Path) -> None:
    target = tmp_path / "out.json"
    assert run("check", FAULTY / "report.txt", "-f", "json", "-o", target).exit_code == 1
    assert json.loads(target.read_text("utf-8"))["schema"] == "gouji.report/1"
    refused = run("check", FAULTY / "report.txt", "-o", tmp_path / "no" / "such" / "folder.txt")
    assert refused.exit_code == 2
    assert list(tmp_path.iterdir()) == [target]


def test_a_format_that_does_not_exist_is_refused_by_name() -> None:
    result = run("check", FAULTY / "report.txt", "--format", "word")
    assert result.exit_code == 2
    assert "word" in result.stderr
    assert "text、json、markdown" in result.stderr


@pytest.mark.parametrize(("suffix", "begins"), [(".json", "{"), (".MD", "# "), (".out", "发现")])
def test_the_suffix_of_the_file_names_the_format(suffix: str, begins: str, tmp_path: Path) -> None:
    target = tmp_path / f"report{suffix}"
    run("check", FAULTY / "report.txt", "--output", target)
    assert target.read_text("utf-8").startswith(begins)


def test_quiet_says_the_headline_though_the_report_goes_to_a_file(tmp_path: Path) -> None:
    target = tmp_path / "report.json"
    result = run("check", FAULTY / "report.txt", "--quiet", "--output", target)
    assert result.stdout.count("\n") == 1
    assert json.loads(target.read_text("utf-8"))["schema"] == "gouji.report/1"


# --- bad input -------------------------------------------------------------------------------


def bad_inputs(folder: Path) -> dict[str, bytes]:
    whole = (FAULTY / "report.pdf").read_bytes()
    blank, locked = pymupdf.open(), pymupdf.open(stream=whole, filetype="pdf")
    blank.new_page().draw_rect((10, 10, 100, 100))
    locked.save(folder / "locked", encryption=AES_256, user_pw="x", owner_pw="y")
    return {
        "empty.txt": b"",
        "empty.pdf": b"",
        "blank.txt": b" \n\n",
        "text.pdf": b"This is no PDF at all.\n",
        "encrypted.pdf": (folder / "locked").read_bytes(),
        "no-text-layer.pdf": blank.tobytes(),
        "truncated.pdf": whole[: len(whole) // 3],
        "header-only.pdf": whole[:1000],
        "word.docx": b"PK\x03\x04" + b"\0" * 100,
        "random.bin": bytes(range(256)) * 8,
        "novel.txt": NOVEL.encode(),
    }


@pytest.mark.parametrize("name", [
    "empty.txt", "empty.pdf", "blank.txt", "text.pdf", "encrypted.pdf", "no-text-layer.pdf",
    "truncated.pdf", "header-only.pdf", "word.docx", "random.bin", "novel.txt",
])  # fmt: skip
def test_bad_input_is_one_sentence_on_stderr_and_exit_code_2(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(bad_inputs(tmp_path)[name])
    for command in ("check", "extract") if name not in {"novel.txt", "text.pdf"} else ("check",):
        result = run(command, path)
        assert result.exit_code == 2, result.output
        assert result.stdout == ""
        assert len(result.stderr.strip().splitlines()) == 1
        assert "Traceback" not in result.stderr


def test_an_empty_standard_input_is_named() -> None:
    result = run("check", "-", stdin=b"")
    assert result.exit_code == 2
    assert "标准输入" in result.stderr


def test_a_missing_file_and_a_folder_are_named(tmp_path: Path) -> None:
    missing, folder = run("check", tmp_path / "没有.pdf"), run("check", tmp_path)
    assert (missing.exit_code, folder.exit_code) == (2, 2)
    assert "没有.pdf" in missing.stderr


@pytest.mark.parametrize("arguments", [["check"], ["check", "a", "--format", "foo"], ["fly"], []])
def test_bad_usage_exits_2(arguments: list[str]) -> None:
    assert run(*arguments).exit_code == 2


def test_a_fault_of_our_own_is_one_sentence_and_exit_code_3(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(*_args: object, **_kwargs: object) -> None:
        raise ZeroDivisionError("boom")

    monkeypatch.setattr(pipeline, "run_rules", fail)
    result = run("check", "-", stdin=WRONG_BASE)
    assert result.exit_code == 3
    assert len(result.stderr.strip().splitlines()) == 1
    assert "GOUJI_DEBUG" in result.stderr
    monkeypatch.setenv("GOUJI_DEBUG", "1")
    assert isinstance(run("check", "-", stdin=WRONG_BASE).exception, ZeroDivisionError)


# --- the other commands ----------------------------------------------------------------------


def test_extract_follows_its_schema() -> None:
    data = json.loads(run("extract", FAULTY / "report.pdf").stdout)
    jsonschema.validate(data, json.loads(text("schemas", "extract.v1.schema.json")))
    assert data["outline"]["fiscal_year"] == 2024
    assert {"document", "outline", "grids", "tables", "indicators", "claims"} <= data.keys()
    assert data["tables"]
    assert data["claims"]


def test_rules_lists_every_rule_and_prints_the_page_of_one(tmp_path: Path) -> None:
    listed = run("rules").stdout
    codes = {rule.code for rule in (*all_rules(), *across_rules())}
    assert all(code in listed for code in codes)
    assert "Not a violation" in run("rules", "chg001").stdout
    assert run("rules", "XYZ001").exit_code == 2
    assert run("rules", "--markdown", tmp_path).exit_code == 0
    assert {p.stem for p in tmp_path.glob("*.md")} == codes | {"README"}


@pytest.mark.parametrize("name", ["report", "extract"])
def test_schema_prints_the_committed_schema(name: str) -> None:
    assert run("schema", name).stdout == text("schemas", f"{name}.v1.schema.json")


def test_version_prints_the_version() -> None:
    assert run("--version").stdout == f"gouji {gouji.__version__}\n"


def test_completion_is_offered() -> None:
    assert "--install-completion" in run("--help").stdout


# --- processes -------------------------------------------------------------------------------


def process(*arguments: str) -> list[str]:
    return [sys.executable, "-c", "from gouji.cli import app; app()", *arguments]


def test_help_loads_neither_the_pipeline_nor_rich_nor_pymupdf() -> None:
    """`gouji --help` must answer at once; what it imports is what makes it slow."""
    script = (
        "import sys\n"
        "from gouji.cli import app\n"
        "app(['--help'], standalone_mode=False)\n"
        "print(sorted({m.partition('.')[0] for m in sys.modules} & {'rich', 'pymupdf', 'pydantic', 'babel'}))\n"
        "print('gouji.pipeline' in sys.modules)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines()[-2:] == ["[]", "False"]


def test_a_reader_that_stops_reading_is_no_error() -> None:
    command = process("check", str(FAULTY / "report.txt"), "-f", "json")
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as child:
        assert child.stdout is not None
        assert child.stderr is not None
        child.stdout.close()
        assert child.stderr.read() == b""


def test_a_terminal_that_knows_no_chinese_still_gets_the_report() -> None:
    environment = {**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii"}
    command = process("check", str(FAULTY / "report.txt"))
    done = subprocess.run(command, capture_output=True, env=environment, check=False)
    assert done.returncode == 1
    assert "发现" in done.stdout.decode()


@pytest.mark.parametrize(
    ("arguments", "environment"),
    [
        (("check", "no-such.pdf", "--lang", "en"), {}),
        (("check", "no-such.pdf"), {"GOUJI_LANG": "en"}),
        (("extract", "no-such.pdf"), {"GOUJI_LANG": "en"}),
        (("rules", "ABC999"), {"GOUJI_LANG": "en"}),
        (("check", "no-such.pdf", "--lang", "en", "--select", "NOPE"), {}),
        (("check", "no-such.pdf", "--lang", "en", "--format", "nope"), {}),
        (("check", "no-such.pdf", "--lang", "en", "--baseline", "pyproject.toml"), {}),
        (("screen", "export", "no-such.db"), {"GOUJI_LANG": "en"}),
    ],
)
def test_whoever_reads_english_is_refused_in_english(
    arguments: tuple[str, ...], environment: dict[str, str]
) -> None:
    result = CliRunner().invoke(app, list(arguments), env=environment)
    assert result.exit_code == 2
    assert result.stderr.strip()
    assert not re.search("[\u4e00-\u9fff]", result.stderr)
