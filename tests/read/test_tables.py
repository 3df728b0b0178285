"""Tables of PDFs: every cell with its text, its spans and its place, however the rules are drawn."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gouji.model.document import Cell, Document, Grid, Paragraph
from gouji.read import read_document
from tests.read.drawn import LANDSCAPE, MUPDF, Draw, Form, Page, Span, pdf, prose, rule, say, table

ROWS = [["项目", "行次", "金额"], ["本年收入", "1", "8,041,451.79"], ["合计", "2", "8,044,331.79"]]


def read(*draws: Draw) -> Document:
    return read_document(pdf(*draws), name="report.pdf")


def texts(grid: Grid) -> list[list[str]]:
    return [[cell.text for cell in grid.row_cells(r)] for r in range(grid.n_rows)]


def cell(grid: Grid, row: int, col: int) -> Cell:
    found = grid.at(row, col)
    assert found is not None
    return found


def only_grid(document: Document) -> Grid:
    (grid,) = document.grids
    return grid


@pytest.mark.parametrize("filled", [False, True], ids=["stroked", "filled"])
@pytest.mark.parametrize("without", ["", "lr", "l", "r", "t", "b", "lrtb", "tb"])
def test_sides_that_are_not_drawn_lose_no_row_and_no_column(without: str, *, filled: bool) -> None:
    form = Form(without=without, filled=filled)
    grid = only_grid(read(lambda page: table(page, ROWS, form=form)))
    assert texts(grid) == ROWS
    assert grid.ruled


def test_spans_are_kept_and_a_blank_cell_has_its_place() -> None:
    rows = [["项目", "", "金额"], ["科目编码", "科目名称", ""], ["201", "公共服务", ""]]
    form = Form(spans=[(0, 0, 1, 2), (0, 2, 2, 1)])
    grid = only_grid(read(lambda page: table(page, rows, form=form)))
    assert (cell(grid, 0, 0).colspan, cell(grid, 0, 2).rowspan) == (2, 2)
    assert cell(grid, 1, 2) is cell(grid, 0, 2)
    blank = cell(grid, 2, 2)
    assert blank.text == ""
    assert blank.place.box == pytest.approx((300, 190, 400, 210), abs=1)
    assert len(grid.cells) == 7


def test_each_cell_is_quoted_from_its_page() -> None:
    document = read(lambda page: table(page, [["机关事业单位\n养老保险", "1", "２5. 65"], *ROWS]))
    text = document.pages[0].text
    for one in only_grid(document).cells:
        assert one.place.page == 1
        assert text[one.place.start : one.place.end] == one.place.quote
    first = only_grid(document).cells[0]
    assert (first.text, first.place.quote) == ("机关事业单位养老保险", "机关事业单位\n养老保险")
    assert only_grid(document).cells[2].text == "25. 65"


def test_a_title_above_and_a_note_below_stay_paragraphs_in_order() -> None:
    def draw(page: Page) -> None:
        say(page, 220, 120, "收入决算表", 14)
        say(page, 90, 145, "部门：溪水县档案馆")
        say(page, 340, 145, "单位：元")
        bottom = table(page, ROWS)
        say(page, 90, bottom + 15, "注：本表反映收入情况。")

    kinds = [b.text if isinstance(b, Paragraph) else b.id for b in read(draw).blocks]
    assert kinds == ["收入决算表", "部门:溪水县档案馆", "单位:元", "g1", "注:本表反映收入情况。"]


def test_words_that_nearly_touch_across_a_rule_are_parted() -> None:
    def draw(page: Page) -> None:
        table(page, [["", ""], ["甲", "乙"]], form=Form(xs=(90, 160, 300)))
        page.insert_text((115.2, 162), "8,041,451", fontname="cour", fontsize=8.3)
        page.insert_text((160.2, 162), "1,200", fontname="cour", fontsize=8.3)

    assert texts(only_grid(read(draw)))[0] == ["8,041,451", "1,200"]


@pytest.mark.parametrize("shift", [-6.0, -3.0, 0.0, 3.0, 6.0])
def test_wide_figures_that_run_over_the_rule_between_them_are_parted(shift: float) -> None:
    def draw(page: Page) -> None:
        table(page, [["", ""], ["甲", "乙"]], form=Form(xs=(90, 160, 300)))
        both = "105,254,998.8148,004,306.41"
        left = 160 + shift - 14 * 0.6 * 8.3
        page.insert_text((left, 162), both, fontname="cour", fontsize=8.3)

    assert texts(only_grid(read(draw)))[0] == ["105,254,998.81", "48,004,306.41"]


def test_text_longer_than_its_cell_stays_whole() -> None:
    def draw(page: Page) -> None:
        table(page, [["", ""], ["甲", "10.00"]], form=Form(xs=(90, 150, 300)))
        say(page, 93, 162, "机关事业单位职业年金", 9)

    assert "机关事业单位职业年金" in texts(only_grid(read(draw)))[0]


def test_framed_notes_underlines_and_rules_are_not_grids() -> None:
    def draw(page: Page) -> None:
        page.draw_rect((90, 100, 400, 160))
        prose(page, 120, "说明：本年度没有此项收入，", "故本表没有数据。", left=100)
        say(page, 90, 200, "填表人：")
        rule(page, (130, 202), (230, 202))
        rule(page, (260, 202), (360, 202))
        rule(page, (90, 300), (500, 300))
        prose(page, 320, "本年收入合计 10 万元，比上年增加 2 万元，", "增长 25%。")
        rule(page, (90, 400), (500, 400))

    document = read(draw)
    assert document.grids == ()
    assert "".join(p.text for p in document.paragraphs).startswith("说明:本年度没有此项收入")


def test_a_table_with_rules_across_only_is_read_by_where_its_words_stand() -> None:
    def draw(page: Page) -> None:
        for y in (100, 125, 200):
            rule(page, (90, y), (450, y))
        for y, row in zip(
            (117, 145, 165, 185), [ROWS[0], *ROWS[1:], ["其中：利息", "", "1.00"]], strict=True
        ):
            for x, text in zip((95, 250, 360), row, strict=True):
                say(page, x, y, text)

    grid = only_grid(read(draw))
    assert not grid.ruled
    assert texts(grid) == [*ROWS, ["其中:利息", "", "1.00"]]


@pytest.mark.parametrize("rotation", [90, 180, 270])
def test_a_page_displayed_turned_is_read_the_same(rotation: int) -> None:
    def draw(page: Page) -> None:
        table(page, ROWS)
        page.set_rotation(rotation)

    document = read(draw)
    assert texts(only_grid(document)) == ROWS
    page = document.pages[0]
    assert (page.width, page.height) == ((595, 842) if rotation == 180 else (842, 595))
    for one in only_grid(document).cells:
        left, top, right, bottom = one.place.box or (0, 0, 0, 0)
        assert 0 <= left < right <= page.width
        assert 0 <= top < bottom <= page.height


@pytest.mark.parametrize("turn", [90, 270])
def test_a_table_printed_sideways_is_read_upright(turn: int) -> None:
    upright = pdf(lambda page: table(page, ROWS), size=LANDSCAPE)

    def draw(page: Page) -> None:
        with MUPDF.open(stream=upright, filetype="pdf") as source:
            page.show_pdf_page(page.rect, source, 0, rotate=turn)

    document = read(draw)
    grid = only_grid(document)
    assert texts(grid) == ROWS
    left, top, right, bottom = grid.cells[0].place.box or (0, 0, 0, 0)
    assert bottom - top > right - left  # a wide cell stands upright on the page as displayed


@settings(max_examples=25, deadline=None)
@given(
    st.integers(2, 9).flatmap(
        lambda n: st.lists(
            st.lists(
                st.sampled_from(["", "0.00", "-", "甲", "1,234.56", "合计", "8"]),
                min_size=n,
                max_size=n,
            ),
            min_size=2,
            max_size=12,
        )
    ),
    st.sampled_from(["", "lr", "t", "b", "lrtb"]),
)
def test_any_ruled_table_comes_back_cell_for_cell(rows: list[list[str]], without: str) -> None:
    rows[0][0] = "项目"
    xs = [60 + 52 * i for i in range(len(rows[0]) + 1)]
    form = Form(xs=xs, without=without)
    grid = only_grid(read(lambda page: table(page, rows, form=form)))
    assert texts(grid) == rows


@st.composite
def spans(draw: st.DrawFn) -> list[Span]:
    """Draw spans that do not overlap; the first row and column stay whole, so all rules show."""
    taken: set[tuple[int, int]] = set()
    chosen: list[Span] = []
    for _ in range(draw(st.integers(1, 6))):
        row, col = draw(st.integers(1, 6)), draw(st.integers(1, 5))
        span = (row, col, draw(st.integers(1, 7 - row)), draw(st.integers(1, 6 - col)))
        covered = {(r, c) for r in range(row, row + span[2]) for c in range(col, col + span[3])}
        if not covered & taken:
            taken |= covered
            chosen.append(span)
    return chosen


@settings(max_examples=40, deadline=None)
@given(spans(), st.booleans())
def test_any_spans_come_back(chosen: list[Span], filled: bool) -> None:  # noqa: FBT001  drawn
    rows = [[f"{r}{c}" for c in range(6)] for r in range(7)]
    for row, col, rowspan, colspan in chosen:
        for r in range(row, row + rowspan):
            rows[r][col : col + colspan] = [""] * colspan
        rows[row][col] = "合并"
    form = Form(xs=[60 + 60 * i for i in range(7)], spans=chosen, filled=filled)
    grid = only_grid(read(lambda page: table(page, rows, form=form)))
    found = {(c.row, c.col, c.rowspan, c.colspan) for c in grid.cells if c.text == "合并"}
    assert found == set(chosen)
    assert (grid.n_rows, grid.n_cols) == (7, 6)
