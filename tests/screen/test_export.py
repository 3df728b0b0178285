"""An export holds every row, by location, and nothing in it is a formula."""

from __future__ import annotations

import csv
from pathlib import Path

import openpyxl
import pytest
from pyarrow import parquet

from gouji.errors import InputError
from gouji.model.report import Decision
from gouji.screen.export import export
from gouji.screen.outcome import Options, Submission
from gouji.screen.store import Store, scope_of
from tests.screen.made import CLEAN, FAULTY, checked, failed

OPTIONS = Options()


@pytest.fixture
def filled(store: Store) -> Store:
    faulty = checked(FAULTY)
    store.put(Submission("=cmd()|a.txt", name="=cmd()"), faulty, OPTIONS)
    store.put(Submission("b.txt"), checked(CLEAN), OPTIONS)
    store.put(Submission("c.pdf"), failed("-坏"), OPTIONS)
    decision = Decision(status="dismissed", reason="口径不同")
    store.decide(scope_of(faulty.document), faulty.findings[0].fingerprint, decision)
    return store


def test_parquet_holds_every_row_with_its_type(filled: Store, tmp_path: Path) -> None:
    counts = export(filled, "parquet", tmp_path / "out")
    assert counts["documents"] == 3
    for name, count in counts.items():
        assert parquet.read_table(tmp_path / "out" / f"{name}.parquet").num_rows == count
    findings = parquet.read_table(tmp_path / "out" / "findings.parquet").to_pylist()
    assert findings[0]["location"] == "=cmd()|a.txt"
    assert (findings[0]["decision"], findings[0]["reason"]) == ("dismissed", "口径不同")
    facts = parquet.read_table(tmp_path / "out" / "facts.parquet").to_pylist()
    assert {f["location"] for f in facts} == {"=cmd()|a.txt", "b.txt"}
    assert all(isinstance(f["year"], int) for f in facts)


def test_csv_neutralises_what_a_spreadsheet_would_run(filled: Store, tmp_path: Path) -> None:
    export(filled, "csv", tmp_path / "out")
    with (tmp_path / "out" / "documents.csv").open(encoding="utf-8-sig", newline="") as file:
        found = {row["location"]: row for row in csv.DictReader(file)}
    assert "'=cmd()|a.txt" in found
    assert found["c.pdf"]["sentence"] == "'-坏"
    assert found["c.pdf"]["reason"] == "unreadable"


def test_a_workbook_has_a_sheet_a_table_and_no_formula(filled: Store, tmp_path: Path) -> None:
    path = tmp_path / "out.xlsx"
    counts = export(filled, "xlsx", path)
    assert "facts" not in counts
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == list(counts)
    kinds = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row}
    assert "f" not in kinds
    assert book["documents"].max_row == 4
    book.close()


def test_a_place_that_cannot_be_written_is_named(filled: Store, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="所在文件夹不存在"):
        export(filled, "xlsx", tmp_path / "none" / "out.xlsx")
    (tmp_path / "file").write_text("")
    with pytest.raises(InputError, match="写不进去"):
        export(filled, "csv", tmp_path / "file")
