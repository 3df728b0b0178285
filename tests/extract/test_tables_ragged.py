"""Rows pasted without the empty places of merged cells go back under their headings (合并单元格)."""

from __future__ import annotations

import pytest

from gouji.extract.bind import bind_tables
from gouji.model.place import CellRef
from gouji.model.tables import Table
from gouji.pipeline import extract_document
from gouji.read import read_text
from gouji.understand import understand
from tests.extract.published import COVER, bind, printed, tabbed


def test_a_heading_over_code_and_name_and_a_total_one_cell_short() -> None:
    table, unread = bind(
        "收入决算表",
        "项目|本年收入合计|财政拨款收入|上级补助收入|事业收入|经营收入|附属单位上缴收入|其他收入",
        "科目编码|科目名称",
        "栏次|1|2|3|4|5|6|7",
        "合计|9.00|8.00||||0.50|0.50",
        "207|文化旅游体育与传媒支出|9.00|8.00||||0.50|0.50",
    )
    assert unread == ()
    for key in ("合计", "207"):
        assert printed(table)[key] == {
            "本年收入合计": "9.00",
            "财政拨款收入": "8.00",
            "上级补助收入": "",
            "事业收入": "",
            "经营收入": "",
            "附属单位上缴收入": "0.50",
            "其他收入": "0.50",
        }


def test_figures_name_the_cell_under_their_heading_and_the_place_they_are_printed_at() -> None:
    table, _ = bind(
        "支出决算表",
        "项目|本年支出合计|基本支出|项目支出|上缴上级支出|经营支出|对附属单位补助支出",
        "科目编码|科目名称",
        "合计|9.00|8.00|1.00|||",
        "207|文化旅游体育与传媒支出|9.00|8.00|1.00|||",
    )
    total = table.get("合计", "项目支出")
    assert total is not None
    assert total.place.quote == "1.00"
    assert total.place.cell is not None
    assert (total.place.cell.row, total.place.cell.col) == (2, 4)


def test_the_disclosure_holds_the_grid_as_it_is_bound() -> None:
    """What `gouji extract` prints and what a finding names are the same cell."""
    rows = (
        "项目|本年支出合计|基本支出|项目支出|上缴上级支出|经营支出|对附属单位补助支出",
        "科目编码|科目名称",
        "合计|9.00|8.00|1.00|||",
        "207|文化旅游体育与传媒支出|9.00|8.00|1.00|||",
    )
    disclosure = extract_document(COVER + tabbed("支出决算表", *rows))
    (grid,) = disclosure.document.grids
    cell = grid.at(2, 4)
    assert grid.n_cols == 8
    assert cell is not None
    assert cell.text == "1.00"
    assert cell.place.cell == CellRef(grid.id, 2, 4)


def test_a_table_of_its_closing_line_alone_is_levelled() -> None:
    table, unread = bind(
        "国有资本经营预算财政拨款支出决算表",
        "项目|本年支出",
        "科目编码|科目名称|合计|基本支出|项目支出",
        "栏次|1|2|3",
        "合计|12.60||12.60",
    )
    assert unread == ()
    assert printed(table)["合计"] == {"合计": "12.60", "基本支出": "", "项目支出": "12.60"}


def test_an_empty_table_and_one_without_a_model_are_levelled_too() -> None:
    empty = tabbed(
        "政府性基金预算财政拨款收入支出决算表",
        "项目|年初结转和结余|本年收入|本年支出|年末结转和结余",
        "科目编码|科目名称|小计|基本支出|项目支出",
        "栏次|1|2|3|4|5|6",
        "合计||||||",
    )
    other = tabbed(
        "财政拨款支出决算明细表",
        "项目|合计|工资福利支出|商品和服务支出",
        "科目编码|科目名称",
        "合计|9.00|8.00|1.00",
        "207|文化旅游体育与传媒支出|9.00|8.00|1.00",
    )
    first, second = extract_document(COVER + empty + "\n" + other).document.grids
    headings = {c.text: c.col for c in (*first.row_cells(0), *first.row_cells(1))}
    assert headings["年初结转和结余"] == 2
    assert (headings["小计"], headings["项目支出"], headings["年末结转和结余"]) == (4, 6, 7)
    assert [c.col for c in second.row_cells(2)] == [0, 2, 3, 4]


def test_codes_in_three_cells() -> None:
    table, unread = bind(
        "一般公共预算财政拨款支出决算表",
        "项目|本年支出",
        "类|款|项|科目名称|小计|基本支出|项目支出",
        "栏次|1|2|3",
        "合计|3.00|2.00|1.00",
        "207|||文化旅游体育与传媒支出|3.00|2.00|1.00",
        "207|01||文化和旅游|3.00|2.00|1.00",
        "207|01|09|群众文化|3.00|2.00|1.00",
    )
    assert unread == ()
    assert list(printed(table)) == ["合计", "207", "20701", "2070109"]
    assert all(set(row.values()) == {"3.00", "2.00", "1.00"} for row in printed(table).values())


def test_only_expenditure_is_divided_where_every_heading_could_be() -> None:
    table, unread = bind(
        "政府性基金预算财政拨款收入支出决算表",
        "项目|年初结转和结余|本年收入|本年支出|年末结转和结余",
        "科目编码|科目名称|小计|基本支出|项目支出",
        "合计|1.00|5.00|4.00|0.00|4.00|2.00",
        "229|其他支出|1.00|5.00|4.00|0.00|4.00|2.00",
    )
    assert unread == ()
    assert printed(table)["229"] == {
        "年初结转和结余": "1.00",
        "本年收入": "5.00",
        "本年支出/小计": "4.00",
        "本年支出/基本支出": "0.00",
        "本年支出/项目支出": "4.00",
        "年末结转和结余": "2.00",
    }


def test_three_rows_of_headings() -> None:
    table, unread = bind(
        "一般公共预算财政拨款收入支出决算表",
        "项目|年初结转和结余|本年收入|本年支出|年末结转和结余",
        "科目编码|科目名称|合计|基本支出结转|项目支出结转和结余|合计|基本支出|项目支出"
        "|合计|基本支出|项目支出|合计|基本支出结转|项目支出结转和结余",
        "小计|人员经费|公用经费",
        "栏次|1|2|3|4|5|6|7|8|9|10|11|12|13|14",
        "合计|0.01|0.02|0.03|0.04|0.05|0.06|0.07|0.08|0.09|0.10|0.11|0.12|0.13|0.14",
        "207|文化旅游体育与传媒支出|0.01|0.02|0.03|0.04|0.05|0.06|0.07|0.08|0.09|0.10|0.11|0.12"
        "|0.13|0.14",
    )
    row = printed(table)["207"]
    assert not any("栏目" in problem for problem in unread)
    assert (row["小计"], row["基本支出"], row["基本支出/人员经费"]) == ("0.07", "0.08", "0.09")
    assert (row["项目支出"], row["年末结转和结余"]) == ("0.11", "0.12")


def three_public(*rows: str) -> Table:
    text = "\n\n".join([COVER, "“三公”经费支出决算表", "单位:万元", "\n".join(rows)])
    document = read_text(text, "paste")
    (table,), _ = bind_tables(document, understand(document))
    return table


CARS = {
    "合计": {"全年预算数": "6.00", "决算数": "5.00"},
    "因公出国(境)费": {"全年预算数": "0.00", "决算数": "0.00"},
    "公务用车购置及运行维护费": {"全年预算数": "4.00", "决算数": "3.50"},
    "公务用车购置费": {"全年预算数": "1.00", "决算数": "1.00"},
    "公务用车运行维护费": {"全年预算数": "3.00", "决算数": "2.50"},
    "公务接待费": {"全年预算数": "2.00", "决算数": "1.50"},
}
ITEMS = "合计|因公出国(境)费|公务用车购置及运行维护费|公务接待费"
OF_CARS = "小计|公务用车购置费|公务用车运行维护费"


def test_the_three_public_expenses_under_budget_and_final_figure() -> None:
    rows = tabbed(
        "预算数|决算数",
        f"{ITEMS}|{ITEMS}",
        f"{OF_CARS}|{OF_CARS}",
        "1|2|3|4|5|6|7|8|9|10|11|12",
        "6.00|0.00|4.00|1.00|3.00|2.00|5.00|0.00|3.50|1.00|2.50|1.50",
    )
    assert printed(three_public(rows)) == CARS


def test_the_three_public_expenses_with_both_measures_under_each_item() -> None:
    rows = tabbed(
        ITEMS,
        OF_CARS,
        "|".join(["预算数|决算数"] * 6),
        "6.00|5.00|0.00|0.00|4.00|3.50|1.00|1.00|3.00|2.50|2.00|1.50",
    )
    assert printed(three_public("财政拨款“三公”经费", rows)) == CARS


def test_headings_that_can_be_read_in_two_ways_are_left_alone() -> None:
    table, unread = bind(
        "政府性基金预算财政拨款收入支出决算表",
        "项目|年初结转和结余|本年收入|年末结转和结余",
        "科目编码|科目名称|合计|基本支出|项目支出",
        "合计|1.00|5.00|4.00|0.00|4.00",
        "229|其他支出|1.00|5.00|4.00|0.00|4.00",
    )
    assert unread
    assert printed(table) == {"合计": {}, "229": {}}


def test_a_row_of_odd_length_leaves_the_table_alone() -> None:
    table, unread = bind(
        "支出决算表",
        "项目|本年支出合计|基本支出|项目支出|上缴上级支出|经营支出|对附属单位补助支出",
        "科目编码|科目名称",
        "合计|9.00|8.00|1.00|||",
        "207|文化旅游体育与传媒支出|9.00|8.00|1.00|||",
        "208|社会保障和就业支出|7.00|1.00",
    )
    assert table.shaky or unread


@pytest.mark.parametrize("heading", ["本年支出", "基本支出", "合计", "项目", "年初结转和结余"])
def test_headings_that_fit_nothing_are_given_up(heading: str) -> None:
    # all ways to read them would take years: that it ends is what is tested
    table, unread = bind(
        "一般公共预算财政拨款支出决算表",
        "|".join([heading] * 14),
        "|".join(["合计|基本支出|项目支出|小计"] * 7),
        "|".join(["小计|人员经费|公用经费"] * 9),
        "|".join(["207", "文化旅游体育与传媒支出", *["1.00"] * 40]),
    )
    assert table.shaky or unread
