"""PDFs of several pages: tables and paragraphs run on, page numbers and running heads go."""

from __future__ import annotations

from gouji.model.document import Document, Grid
from gouji.read import read_document
from tests.read.drawn import Draw, Form, Page, pdf, prose, say, table

HEAD = ["科目", "名称", "金额"]


def read(*draws: Draw) -> Document:
    return read_document(pdf(*draws), name="report.pdf")


def first_column(grid: Grid) -> list[str]:
    return [cell.text for cell in grid.cells if cell.col == 0]


def body(first: int, count: int) -> list[list[str]]:
    return [[str(201 + n), f"支出{n}", f"{n}.00"] for n in range(first, first + count)]


def numbered(page: Page, number: int) -> None:
    say(page, 285, 815, f"— {number} —", 9)


def test_a_table_over_three_pages_with_its_head_repeated_is_one_grid() -> None:
    def part(first: int, count: int, number: int) -> Draw:
        def draw(page: Page) -> None:
            table(page, [HEAD, *body(first, count)], top=80)
            numbered(page, number)

        return draw

    (grid,) = read(part(0, 32, 1), part(32, 32, 2), part(64, 5, 3)).grids
    assert grid.pages == (1, 2, 3)
    assert first_column(grid) == ["科目", *[str(201 + n) for n in range(69)]]
    assert {cell.place.page for cell in grid.cells} == {1, 2, 3}


def test_a_continuation_without_a_head_joins_by_its_rules() -> None:
    def first(page: Page) -> None:
        table(
            page,
            [["科目", "名称", "", "金额"], *[[*r[:2], "", r[2]] for r in body(0, 32)]],
            top=80,
            form=Form(xs=(90, 150, 250, 300, 400)),
        )

    def second(page: Page) -> None:
        table(page, body(32, 4), top=80, form=Form(xs=(90, 150, 300, 400)))

    (grid,) = read(first, second).grids
    assert (grid.n_rows, grid.n_cols) == (37, 4)
    last = grid.at(36, 1)
    assert last is not None
    assert (last.text, last.colspan) == ("支出35", 2)


def test_two_tables_with_their_own_titles_never_join() -> None:
    def first(page: Page) -> None:
        say(page, 220, 60, "收入决算表", 14)
        table(page, [HEAD, *body(0, 33)], top=80)

    def second(page: Page) -> None:
        say(page, 220, 60, "支出决算表", 14)
        table(page, [HEAD, *body(0, 3)], top=80)

    document = read(first, second)
    assert len(document.grids) == 2
    assert [p.text for p in document.paragraphs] == ["收入决算表", "支出决算表"]


def test_a_title_printed_again_above_a_continuation_does_not_split_the_table() -> None:
    def part(first: int, count: int) -> Draw:
        def draw(page: Page) -> None:
            say(page, 220, 60, "收入决算表", 14)
            say(page, 340, 75, "单位：元", 9)
            table(page, [HEAD, *body(first, count)], top=80)

        return draw

    document = read(part(0, 33), part(33, 3))
    assert [p.text for p in document.paragraphs] == ["收入决算表", "单位:元"]
    assert [g.n_rows for g in document.grids] == [37]


def test_two_forms_on_following_pages_without_titles_stay_two() -> None:
    def form_of(project: str) -> Draw:
        def draw(page: Page) -> None:
            table(page, [["项目名称", project, ""], *body(0, 32)], top=80)

        return draw

    assert len(read(form_of("古籍修复"), form_of("库房改造")).grids) == 2


def test_a_table_that_ends_high_on_its_page_is_not_continued() -> None:
    def part(page: Page) -> None:
        table(page, [HEAD, *body(0, 4)], top=80)

    assert len(read(part, part).grids) == 2


def test_a_row_cut_by_the_page_break_is_one_row() -> None:
    def first(page: Page) -> None:
        table(
            page,
            [HEAD, *body(0, 32), ["299", "信息网络及软件购建费用", "6.00"]],
            top=80,
            form=Form(xs=(90, 150, 252, 400)),
        )

    def second(page: Page) -> None:
        table(page, [["", "和更新", ""], *body(40, 2)], top=80, form=Form(xs=(90, 150, 252, 400)))

    (grid,) = read(first, second).grids
    assert grid.n_rows == 36
    cut = grid.at(33, 1)
    assert cut is not None
    assert cut.text == "信息网络及软件购建费用和更新"
    assert (cut.place.page, cut.place.quote) == (1, "信息网络及软件购建费用\n和更新")
    last = grid.at(35, 0)
    assert last is not None
    assert last.place.cell is not None
    assert (last.text, last.place.cell.row) == ("242", 35)


def test_a_span_cut_by_the_page_break_goes_on() -> None:
    def first(page: Page) -> None:
        rows = [HEAD, *[["" if n else "支出", *r[1:]] for n, r in enumerate(body(0, 33))]]
        table(page, rows, top=80, form=Form(spans=[(1, 0, 33, 1)]))

    def second(page: Page) -> None:
        table(page, [["", *r[1:]] for r in body(33, 3)], top=80, form=Form(spans=[(0, 0, 3, 1)]))

    (grid,) = read(first, second).grids
    label = grid.at(36, 0)
    assert label is not None
    assert (label.text, label.row, label.rowspan) == ("支出", 1, 36)


def test_lines_of_a_paragraph_are_joined_and_paragraphs_are_not() -> None:
    def draw(page: Page) -> None:
        prose(
            page,
            100,
            "　　本部门本年度收入总计一千零四十五万元，比上年减少四万元，下降百分之三，主要",
            "原因是项目减少。",
            "　　本年支出合计一千零四十万元，其中基本支出六百万元，项目支出四百四十万元，占",
            "支出的百分之四十二。",
            "　　一、收入决算情况说明",
            "　　收入合计如下：",
        )

    assert [p.text for p in read(draw).paragraphs] == [
        "本部门本年度收入总计一千零四十五万元,比上年减少四万元,下降百分之三,主要原因是项目减少。",
        "本年支出合计一千零四十万元,其中基本支出六百万元,项目支出四百四十万元,占支出的百分之四十二。",
        "一、收入决算情况说明",
        "收入合计如下:",
    ]


def test_a_paragraph_runs_over_the_page_break_and_its_place_is_where_it_begins() -> None:
    def first(page: Page) -> None:
        prose(
            page,
            730,
            "　　本部门本年度收入总计一千零四十五万元，比上年减少四万元，下降百分之三，主要",
        )
        numbered(page, 1)

    def second(page: Page) -> None:
        prose(page, 80, "原因是项目减少，经费压缩 12.50 万元。")
        numbered(page, 2)

    document = read(first, second)
    (paragraph,) = document.paragraphs
    assert paragraph.text.endswith("主要原因是项目减少,经费压缩12.50万元。")
    at = paragraph.text.index("12.50")
    place = document.place(paragraph, at, at + 5)
    assert (place.page, place.quote) == (2, "12.50")
    over = document.place(paragraph, at - 20, at + 5)
    assert (over.page, over.quote[-5:]) == (1, "12.50")


def test_page_numbers_and_running_heads_are_not_paragraphs_but_stay_in_the_text() -> None:
    def page_of(number: int) -> Draw:
        def draw(page: Page) -> None:
            say(page, 230, 40, "溪水县档案馆决算公开", 8)
            prose(page, 300, f"　　第{'一二三四'[number]}项工作已经完成。")
            numbered(page, number + 1)

        return draw

    document = read(*[page_of(n) for n in range(4)])
    assert [p.text for p in document.paragraphs] == [
        f"第{'一二三四'[n]}项工作已经完成。" for n in range(4)
    ]
    assert "— 3 —" in document.pages[2].text


def test_a_title_over_two_lines_is_one_paragraph() -> None:
    def draw(page: Page) -> None:
        say(page, 160, 100, "第三部分　溪水县档案馆年度部门决算", 16)
        say(page, 262, 125, "情况说明", 16)
        prose(
            page,
            300,
            "　　本部门本年度收入总计一千零四十五万元，比上年减少四万元，下降百分之三，主要",
            "原因是项目减少。",
        )

    assert read(draw).paragraphs[0].text == "第三部分溪水县档案馆年度部门决算情况说明"


def test_figures_of_a_taller_font_do_not_break_a_paragraph() -> None:
    """A line is as tall as its tallest word; how wide it is set tells a title from a sentence."""

    def draw(page: Page) -> None:
        prose(
            page,
            100,
            "\u3000\u3000本年支出合计年初预算安排的数额在上年的基础上有所增加主要用于机关事业单位",
        )
        say(page, 90, 116, "基本养老保险缴费支出在职人员的基本养老保险支出年初预算为")
        page.insert_text((370, 116), "161.62", fontname="helv", fontsize=16)
        say(page, 420, 116, "万元支出决算")
        say(page, 90, 132, "为规定数额决算数小于预算数的原因是人员变动。")

    (paragraph,) = read(draw).paragraphs
    assert "机关事业单位基本养老保险缴费支出" in paragraph.text
    assert "支出决算为规定数额" in paragraph.text
