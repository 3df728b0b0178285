"""Pasted text: broken lines are mended, headings stay apart, tables keep their columns."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gouji.errors import InputError
from gouji.model.document import Document, Grid, Paragraph
from gouji.read import read_text
from tests.read.places import check_places


def read(text: str) -> Document:
    return read_text(text, "粘贴")


def said(document: Document) -> list[str]:
    return [p.text for p in document.paragraphs]


def test_a_sentence_broken_by_a_blank_line_is_one_paragraph() -> None:
    document = read(
        "公用经费 56 万元,主要包括办公费 9.0 万元、邮\n\n电费 4.75 万元、差旅费 3.5 万元。"
    )
    assert said(document) == [
        "公用经费56万元,主要包括办公费9.0万元、邮电费4.75万元、差旅费3.5万元。"
    ]


def test_a_sentence_broken_by_a_list_marker_is_one_paragraph() -> None:
    document = read(" - (二)商品支出 20 万元,比上年减少 7.14 万\n\n- 元,下降 25.59%。")
    assert said(document) == ["(二)商品支出20万元,比上年减少7.14万元,下降25.59%。"]


def test_a_sentence_broken_by_a_page_number_is_one_paragraph() -> None:
    document = read("共有车辆 1 辆,其中:机要用车 0 辆、\n\n— 20 —\n\n其他用车 1 辆。")
    assert said(document) == ["共有车辆1辆,其中:机要用车0辆、其他用车1辆。"]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("③县志编纂(项):年初预算数", "1230.5万元,支出决算 998.00万元。"),
        ("2024年一般公共预算支出年初预算", "45万元,决算数 44万元。"),
        ("(2)档案征集(款)其他档案支出(项)占总支出的", "12.50%。"),
        ("培训费支出决算为 30.94", "万元,与上年持平。"),
        ("共有车辆 3 辆", ";其他用车 1 辆。"),
        ("(一)书库维护(项", ")年初预算为 3万元。"),
        (
            "6、卫生健康支出(类)行政事业单位医疗(款)参公单位",
            "医疗(项)。主要用于在职人员的医疗保险。",
        ),
        ("文化旅游体育与传媒支出(类)", "文物(款)博物馆(项)支出决算 3万元。"),
    ],
)
def test_a_line_that_cannot_begin_a_sentence_goes_on(first: str, second: str) -> None:
    assert len(said(read(f"{first}\n{second}"))) == 1


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("100.00万元", "200.00万元"),
        ("单位:万元", "35.00万元"),
        ("一般公共预算支出决算表", "35.00万元"),
        ("本年收入增加。", "35.00万元,为全部支出。"),
    ],
)
def test_an_amount_under_a_label_or_an_amount_begins_its_own_line(first: str, second: str) -> None:
    assert len(said(read(f"{first}\n{second}"))) == 2


@pytest.mark.parametrize("number", ["27", "-9-", "— 20 —", "第 3 页"])
def test_an_item_broken_by_a_page_number_is_one_paragraph(number: str) -> None:
    first = "3.城乡社区支出(类)城乡社区管理事务(款)其他城乡社区管理"
    document = read(f"{first}\n\n{number}\n\n事务支出(项)支出决算为 11.09万元,与预算持平。")
    assert len(said(document)) == 1


def test_a_heading_over_a_page_number_stays_a_heading() -> None:
    text = "三、一般公共预算财政拨款收入支出决算情况说明\n\n27\n\n2024年度收入总计 9.00万元,与上年持平。"
    assert len(said(read(text))) == 2


WRAPPED = """溪水县档案馆 2024年度收入决算情况说明
1.文化旅游体育与传媒支出(类)文化和旅游(款)群
众文化(项)年初预算为5.00万元,支出决算为5.00万
元,完成年初预算的100.00%,与年初预算数持平一致
。主要用于馆藏整理。
2.文化旅游体育与传媒支出(类)文化和旅游(款)行
政运行(项)年初预算为7.00万元,支出决算为6.00万
元,比年初预算数少1.00万元,主要原因是厉行节约
与压减开支。
3.卫生健康支出(类)行政事业单位医疗(款)行政单位
医疗(项)年初预算为2.00万元,支出决算为2.00万元
,本年支出共计三项;
公务接待费没有支出,也没有安排年初预算,其中:国
内接待没有支出。
本馆全年举办展览三次。"""


def test_lines_broken_at_the_width_of_a_page_are_joined_however_they_end() -> None:
    heading, *items, last = said(read(WRAPPED))
    assert heading == "溪水县档案馆2024年度收入决算情况说明"
    assert [item[:2] for item in items] == ["1.", "2.", "3."]
    assert items[2].endswith(
        "本年支出共计三项;公务接待费没有支出,也没有安排年初预算,其中:国内接待没有支出。"
    )
    assert last == "本馆全年举办展览三次。"


def test_an_item_broken_inside_its_name_goes_on_before_its_budget() -> None:
    """住房公积金(项):年初预算 ends as a title does, yet it says something of an item."""
    broken = (
        "4.社会保障和就业支出(类)行政事业单位养老支出(款)机\n"
        "关事业单位基本养老保险缴费支出(项):年初预算\n"
        "为5.00万元,支出决算为5.00万元,与年初预算数持平\n"
        "一致。\n"
    )
    document = read(WRAPPED.replace("本馆全年", f"{broken}本馆全年"))
    item = next(text for text in said(document) if text.startswith("4."))
    assert item.endswith(
        "机关事业单位基本养老保险缴费支出(项):年初预算为5.00万元,支出决算为5.00万元,与年初预算数持平一致。"
    )


def test_a_blank_line_or_an_indent_begins_a_paragraph_in_wrapped_text() -> None:
    blank = WRAPPED.replace("共计三项;\n", "共计三项;\n\n")
    indented = WRAPPED.replace("共计三项;\n", "共计三项;\n　　")
    assert len(said(read(blank))) == len(said(read(indented))) == len(said(read(WRAPPED))) + 1


def test_whole_paragraphs_are_not_taken_for_wrapped_lines() -> None:
    lines = [f"{name}用车保有量零辆,本年没有购置;" for name in ("机要", "应急", "执法", "其他") * 3]
    assert len(said(read("\n".join(lines)))) == len(lines)


@pytest.mark.parametrize("number", ["— 20 —", "第 3 页 共 20 页", "- 7 -", "12", "3/20"])
def test_page_numbers_are_dropped(number: str) -> None:
    assert said(read(f"本年收入增加。\n\n{number}\n\n本年支出增加。")) == [
        "本年收入增加。",
        "本年支出增加。",
    ]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("一、收入决算情况说明", "本部门收入总计 45 万元,比上年增加。"),
        ("溪水县档案馆", "2024年5月20日"),
        (
            "2024 年度离休干部、退休干部补助资金绩效自评报告",
            "根据县财政局《办法》等规定,现报告如下:",
        ),
        ("减少 0.0 万元,下降 3%", "十一、政府采购支出情况说明"),
        ("所有指标均已完成,没有偏差", "2.预算管理。围绕预算编制开展。"),
        ("五、存在的问题及原因分析", "无"),
        ("见下表,金额以万元计", "收入支出决算总表"),
        ("部门:溪水县档案馆", "金额单位:元"),
        ("第二部分 2024年度部门决算表", "收入支出决算总表"),
    ],
)
def test_headings_captions_and_labels_are_not_joined(first: str, second: str) -> None:
    assert len(said(read(f"{first}\n\n{second}"))) == 2
    assert len(said(read(f"{first}\n{second}"))) == 2


def test_markup_is_dropped_and_offsets_still_point_at_the_print() -> None:
    text = "## **公用经费**支出 $\\geq 5$ 万元^{2.}"
    document = read(text)
    (paragraph,) = document.paragraphs
    assert paragraph.text == "公用经费支出≥5万元2."
    at = paragraph.text.index("5")
    place = document.place(paragraph, at, at + 3)
    assert place.quote == "5$ 万元"
    assert text[place.start : place.end] == place.quote


def test_offsets_index_the_text_as_given_with_its_line_ends() -> None:
    text = "\r\n　收入（合计），\r\n１０ 万元，\r\n比上年增加。\r\n"
    document = read(text)
    assert document.pages[0].text == text
    (paragraph,) = document.paragraphs
    (run,) = paragraph.runs
    assert [text[i] for i in run.offsets] == list("收入（合计），１０万元，比上年增加。")


def test_lines_with_tabs_are_a_grid_with_every_cell_at_its_place() -> None:
    text = "收入决算表\n项目\t行次\t金额\n本年收入\t1\t25. 65\n合计\t\t\n注：无。"
    document = read(text)
    title, grid, note = document.blocks
    assert isinstance(title, Paragraph)
    assert isinstance(grid, Grid)
    assert isinstance(note, Paragraph)
    assert (grid.id, grid.n_rows, grid.n_cols, grid.ruled, grid.pages) == ("g1", 3, 3, False, ())
    assert [c.text for c in grid.row_cells(1)] == ["本年收入", "1", "25. 65"]
    for cell in grid.cells:
        assert text[cell.place.start : cell.place.end] == cell.place.quote
        assert cell.place.cell is not None
        assert (cell.place.cell.row, cell.place.cell.col) == (cell.row, cell.col)


def test_a_blank_line_inside_a_table_does_not_split_it() -> None:
    (grid,) = read("甲\t1\n乙\t2\n\n丙\t3").grids
    assert grid.n_rows == 3


def test_a_head_repeated_after_a_page_break_is_dropped() -> None:
    (grid,) = read("指标\t分值\n甲\t1\n\n指标\t分值\n乙\t2").grids
    assert [c.text for c in grid.cells if c.col == 0] == ["指标", "甲", "乙"]


def test_tables_with_a_title_between_are_two_grids() -> None:
    assert len(read("甲\t1\n\n支出决算表\n\n乙\t2").grids) == 2


def test_a_new_form_after_the_total_score_is_another_grid() -> None:
    document = read("项目名称\t甲\n总分\t100\n\n项目名称\t乙\n总分\t97")
    assert [g.n_rows for g in document.grids] == [2, 2]


def test_markdown_tables_lose_their_pipes_and_separator_rows() -> None:
    (grid,) = read("| 项目 | 金额 |\n|---|---:|\n| 收入 | 10 |").grids
    assert [[c.text for c in grid.row_cells(r)] for r in range(2)] == [
        ["项目", "金额"],
        ["收入", "10"],
    ]


def test_a_caption_above_a_table_of_pipes_is_no_cell_of_it() -> None:
    row = "| 合计 | 9.00 | 9.00 | 0.00 | 0.00 |"
    document = read(
        f"单位：万元\n\n| 项目 | 合计 | 基本 | 项目 | 其他 |\n{row}\n{row}\n{row}\n说明：略"
    )
    assert [b.text if isinstance(b, Paragraph) else b.n_cols for b in document.blocks] == [
        "单位:万元",
        5,
        "说明:略",
    ]


def test_particulars_of_a_page_and_its_table_are_two_tables_of_pipes() -> None:
    page = (
        "| 索引号 | 0152-07 | 发布机构 | 南屏县财政局 |\n| 文号 | | 浏览量 | 31 |\n"
        "南屏县2016年“三公”经费决算情况统计表 | | | |\n单位：万元 | | | |\n"
        "项目 | 2016年决算 | | |\n合计 | 9.00 | | |\n公务接待费 | 9.00 | | |"
    )
    document = read(page)
    assert [b.text if isinstance(b, Paragraph) else b.n_rows for b in document.blocks] == [
        2,
        "南屏县2016年“三公”经费决算情况统计表",
        4,
    ]


def test_a_sheet_pasted_whole_gives_its_title_labels_and_notes_as_paragraphs() -> None:
    sheet = (
        "收入支出决算总表\t\t\t\n\t\t\t公开01表\n部门：溪水县档案馆\t\t\t金额单位：万元\n"
        "收入\t\t支出\t\n项目\t金额\t项目\t金额\n合计\t10\t合计\t10\n注：本表反映总收支。\t\t\t\n"
        "收入决算表\t\t\t\n项目\t金额\t\t\n合计\t10\t\t"
    )
    document = read(sheet)
    assert [b.text if isinstance(b, Paragraph) else b.id for b in document.blocks] == [
        "收入支出决算总表",
        "公开01表",
        "部门:溪水县档案馆",
        "金额单位:万元",
        "g1",
        "注:本表反映总收支。",
        "收入决算表",
        "g2",
    ]


def test_a_quoted_cell_of_several_lines_stays_one_cell() -> None:
    text = '指标\t"数量\n指标"\t10\n甲\t"三公"经费\t20\n乙\t"说明\r\n两行"\n丙\t丁'
    (grid,) = read(text).grids
    assert [[c.text for c in grid.row_cells(r)] for r in range(4)] == [
        ["指标", "数量指标", "10"],
        ["甲", '"三公"经费', "20"],
        ["乙", "说明两行"],
        ["丙", "丁"],
    ]


def test_a_stray_quote_in_a_cell_swallows_nothing() -> None:
    document = read('甲\t"乙\n本年收入“10”万元。\n丙\t1')
    assert [p.text for p in document.paragraphs] == ["本年收入“10”万元。"]


@pytest.mark.parametrize("text", ["", " \n\t\n　"])
def test_text_without_any_word_is_an_input_error(text: str) -> None:
    with pytest.raises(InputError, match="没有文字"):
        read(text)


def test_a_text_of_many_unfinished_lines_is_read_in_good_time() -> None:
    document = read("收入增加,支出减少,\n" * 20_000)
    assert len(document.paragraphs) == 1


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet="甲乙，。、：（\n\r\t 　1２.,-#*$|^{}\\一表注", max_size=120))
def test_any_text_is_read_and_every_place_is_right(text: str) -> None:
    with suppress(InputError):
        check_places(read(text))


def test_a_verb_with_its_amount_goes_on_the_sentence_before_it() -> None:
    """年初预算 ⏎ 为 22.38 万元 is one statement, page number or not."""
    text = (
        "5、农林水支出（类）水利（款）防汛（项）年初预算\n为 22.38 万元，支出决算为 27.70 万元。\n"
        "6、农林水支出（类）水利（款）水质监测（项）年初预算\n\n— 14 —\n\n"
        "为 12.38 万元，支出决算为 17.70 万元，占年初预算的 142.97%。\n"
    )
    paragraphs = [p.text for p in read_text(text, "t").paragraphs]
    assert len(paragraphs) == 2
    assert "年初预算为22.38万元" in paragraphs[0]
    assert "年初预算为12.38万元" in paragraphs[1]


def test_a_list_goes_on_over_a_page_number() -> None:
    """A list of ; whose last item stands on the next page is one list."""
    text = (
        "本单位共有车辆3辆，其中：机要通信用车1辆；应急保障用车1辆；执法执勤用车0辆；\n\n— 10 —\n\n"
        "其他用车1辆。\n\n(8)节能环保支出（类）污染防治（款）大气（项）年初预算\n数 28.00 万元，决算数 24.00 万元。\n"
    )
    paragraphs = [p.text for p in read_text(text, "t").paragraphs]
    assert len(paragraphs) == 2
    assert paragraphs[0].endswith("执法执勤用车0辆;其他用车1辆。")
    assert "年初预算数28.00万元" in paragraphs[1]
