"""The workbook, opened with openpyxl: lists, filters, colours, numbers, and nothing that acts."""

from __future__ import annotations

from decimal import Decimal
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from gouji.messages import Catalogue
from gouji.model.examined import Examined
from gouji.model.report import Decision
from gouji.pipeline import examine
from gouji.report.formats import format_of
from gouji.report.workbook import harmless, is_exact
from gouji.report.xlsx import render
from tests.report.hostile import STRINGS, hostile

FAULTY = Path(__file__).resolve().parents[2] / "fixtures/documents/wanyuan-faulty/report.pdf"
RED = "FFFFC7CE"


def opened(data: bytes) -> Workbook:
    return openpyxl.load_workbook(BytesIO(data))


@pytest.fixture(scope="module")
def faulty() -> Examined:
    return examine(FAULTY)


@pytest.fixture(scope="module")
def book(faulty: Examined) -> Workbook:
    return opened(format_of("xlsx").written(faulty, FAULTY.read_bytes(), Catalogue()))


def sheet(book: Workbook, name: str) -> Worksheet:
    found = book[name]
    assert isinstance(found, Worksheet)
    return found


def rows(of: Worksheet) -> list[tuple[object, ...]]:
    return list(of.iter_rows(min_row=2, values_only=True))


def test_there_is_a_row_for_each_finding_check_and_number(book: Workbook, faulty: Examined) -> None:
    report = faulty.report
    assert [r[0] for r in rows(sheet(book, "发现"))] == [f.id for f in report.findings]
    assert len(rows(sheet(book, "核对"))) == len(report.checks) + len(report.skipped)
    assert len(rows(sheet(book, "覆盖率"))) == report.coverage.numbers
    assert len(rows(sheet(book, "证据"))) == sum(len(f.evidence) for f in report.findings)


@pytest.mark.parametrize("name", ["发现", "证据", "核对", "表格", "覆盖率"])
def test_each_list_can_be_filtered_and_keeps_its_head_in_view(book: Workbook, name: str) -> None:
    listed = sheet(book, name)
    assert listed.auto_filter.ref == listed.dimensions
    assert listed.freeze_panes in {"A2", "B2"}
    assert all(len(str(cell.value)) > 0 for cell in listed[1])


def test_a_severity_has_its_colour(book: Workbook) -> None:
    first = sheet(book, "发现")["B2"]
    assert (first.value, first.fill.start_color.rgb) == ("错误", RED)


def test_every_table_has_a_sheet_the_list_leads_to(book: Workbook, faulty: Examined) -> None:
    listed = sheet(book, "表格")
    grids = faulty.disclosure.document.grids
    links = [listed.cell(row, 2).hyperlink for row in range(2, len(grids) + 2)]
    targets = [str(link.location).split("'")[1] for link in links if link]
    assert len(set(targets)) == len(grids)
    assert set(targets) <= set(book.sheetnames)


def test_a_doubtful_cell_is_marked_and_says_why(book: Workbook) -> None:
    table = next(sheet(book, n) for n in book.sheetnames if "公开05表" in n)
    marked = [c for row in table.iter_rows() for c in row if c.comment is not None]
    assert [c.value for c in marked] == [124.88]
    assert marked[0].fill.start_color.rgb == RED
    assert marked[0].comment is not None
    assert "不能同时成立" in marked[0].comment.text


def test_amounts_of_a_table_are_numbers_with_their_printed_decimals(book: Workbook) -> None:
    table = next(sheet(book, n) for n in book.sheetnames if "公开05表" in n)
    cells = {c.value: c for row in table.iter_rows() for c in row if isinstance(c.value, float)}
    assert cells[2284.2].number_format == "#,##0.00"
    assert "208" in {c.value for row in table.iter_rows() for c in row}  # a code is no amount


def test_a_reviewers_decision_stands_beside_its_finding(faulty: Examined) -> None:
    decided = faulty.report.decided(
        {
            faulty.report.findings[0].fingerprint: Decision(status="dismissed", reason="口径不同"),
            faulty.report.findings[1].fingerprint: Decision(comment="=再问"),
        }
    )
    shown = Examined(faulty.disclosure, decided, faulty.fates)
    found = rows(sheet(opened(render(shown, b"", Catalogue())), "发现"))
    assert found[0][11] == "已驳回：口径不同"
    assert found[1][11] == "批注：=再问"


def test_the_same_document_gives_the_same_bytes(faulty: Examined) -> None:
    assert render(faulty, b"", Catalogue()) == render(faulty, b"", Catalogue())


def test_english_has_english_sheets(faulty: Examined) -> None:
    names = opened(render(faulty, b"", Catalogue("en"))).sheetnames
    assert names[:5] == ["Summary", "Findings", "Evidence", "Checks", "Tables"]


def test_hostile_text_is_text_in_every_cell() -> None:
    written = opened(render(hostile(), b"", Catalogue()))
    values = []
    for listed in written.worksheets:
        for row in listed.iter_rows():
            for cell in row:
                assert cell.data_type in {"s", "n"}, cell.coordinate  # no formula, no error
                values.append(cell.value)
    texts = [v for v in values if isinstance(v, str)]
    assert not [t for t in texts if t[:1] in {*"=+@＝\t-"} and t != "-"]
    assert len([t for t in texts if "cmd" in t]) > 4
    assert any("[U+202E]00.001" in t for t in texts)


def test_an_endless_line_is_cut_to_what_a_cell_may_hold() -> None:
    written = opened(render(hostile(endless=True), b"", Catalogue()))
    lengths = [len(str(c.value)) for w in written.worksheets for r in w.iter_rows() for c in r]
    assert max(lengths) <= 32_767


@given(st.text())
def test_no_text_begins_with_what_a_spreadsheet_acts_on(text: str) -> None:
    shown = harmless(text)
    if shown[:1] in set("=@\t\n＝＠"):
        pytest.fail(repr(shown))
    assert all(string.startswith("'") for string in map(harmless, STRINGS[1:4]))


@pytest.mark.parametrize("plain", ["-", "——", "-12.50", "+3.1%", "1,234.00", "收入=支出"])
def test_numbers_and_dashes_keep_their_look(plain: str) -> None:
    assert harmless(plain) == plain


def test_a_number_with_more_digits_than_a_double_keeps_stays_text() -> None:
    assert is_exact(Decimal(123456789012345))
    assert not is_exact(Decimal(1234567890123456))
