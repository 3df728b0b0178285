"""Tables bind by title, heading and code whatever their layout (表格绑定)."""

from __future__ import annotations

from decimal import Decimal

from gouji.model.figure import Misread
from tests.extract.published import bind, printed

SPENT = "科目编码|科目名称|本年支出合计|基本支出|项目支出|上缴上级支出|经营支出|对附属单位补助支出"


def test_two_blocks_give_rows_by_item_side_and_line() -> None:
    table, unread = bind(
        "收入支出决算总表",
        "收入|||支出||",
        "项目|行次|金额|项目|行次|金额",
        "栏次||1|栏次||2",
        "一、一般公共预算财政拨款收入|1|9.50|一、一般公共服务支出|32|",
        "二、其他收入|2|1.5|二、教育支出|33|10.75",
        "|3||三、卫生健康支出|34|0.20",
        "本年收入合计|27|11.00|本年支出合计|58|10.95",
        "使用非财政拨款结余(含专用结余)|28||结余分配|59|",
        "年初结转和结余|29|0.10|年末结转和结余|60|0.15",
        "总计|31|11.10|总计|62|11.10",
    )
    assert unread == ()
    other = table.row("其他收入", "收入")
    assert other is not None
    assert (other.line, other.figures["金额"].text, other.figures["金额"].house) == ("2", "1.5", 2)
    assert [r.key for r in table.rows if r.side == "支出"][:3] == [
        "一般公共服务支出",
        "教育支出",
        "卫生健康支出",
    ]
    total = table.get("总计", "金额", "支出")
    assert total is not None
    assert total.base == Decimal(111_000)
    assert total.place.cell is not None
    blank = table.get("使用非财政拨款结余", "金额")
    assert blank is not None
    assert blank.blank


def test_an_item_not_in_the_vocabulary_keeps_its_name_and_parts_are_marked() -> None:
    """A total is checked against every row above it, so no row may disappear."""
    table, _ = bind(
        "收入支出决算总表",
        "项目|金额|项目|金额",
        "一、一般公共预算财政拨款收入|8.00|一、教育支出|9.00",
        "其中:省级补助|3.00|二、其他支出|1.00",
        "二、专户管理资金收入|2.00|三、卫生健康支出|",
        "本年收入合计|10.00|本年支出合计|10.00",
        "总计|10.00|总计|10.00",
    )
    income = [row.key for row in table.rows if row.side == "收入"]
    assert income[:4] == [
        "一般公共预算财政拨款收入",
        "其中:省级补助",
        "专户管理资金收入",
        "本年收入合计",
    ]


def test_appropriations_have_opening_parts_and_four_columns() -> None:
    table, _ = bind(
        "财政拨款收入支出决算总表",
        "收入|||支出|||||",
        "项目|行次|金额|项目|行次|合计|一般公共预算财政拨款|政府性基金预算财政拨款|国有资本经营预算财政拨款",
        "一、一般公共预算财政拨款|1|8.00|一、教育支出|33|8.50|8.50||",
        "二、政府性基金预算财政拨款|2|2.00|二、城乡社区支出|34|2.00||2.00|",
        "本年收入合计|27|10.00|本年支出合计|59|10.50|8.50|2.00|",
        "年初财政拨款结转和结余|28|0.50|年末财政拨款结转和结余|60||||",
        "一、一般公共预算财政拨款|29|0.50||61||||",
        "二、政府性基金预算财政拨款|30|||62||||",
        "总计|32|10.50|总计|64|10.50|8.50|2.00|",
    )
    found = printed(table)
    assert found["年初/一般公共预算财政拨款"] == {"金额": "0.50"}
    assert found["年初/政府性基金预算财政拨款"] == {"金额": ""}
    assert found["城乡社区支出"] == {
        "合计": "2.00",
        "一般公共预算财政拨款": "",
        "政府性基金预算财政拨款": "2.00",
        "国有资本经营预算财政拨款": "",
    }


def test_codes_may_stand_in_three_cells_or_beside_the_name() -> None:
    split, _ = bind(
        "支出决算表",
        "科目编码|||科目名称|本年支出合计|基本支出|项目支出",
        "类|款|项||||",
        "|||合计|9.00|6.00|3.00",
        "207|||文化旅游体育与传媒支出|9.00|6.00|3.00",
        "207|01||文化和旅游|9.00|6.00|3.00",
        "||09|群众文化|9.00|6.00|3.00",
    )
    joined, _ = bind(
        "支出决算表",
        "科目名称|本年支出合计|基本支出|项目支出",
        "207文化旅游体育与传媒支出|9.00|6.00|3.00",
        "20701 文化和旅游|9.00|6.00|3.00",
        "2070109群众文化|9.00|6.00|3.00",
        "合计|9.00|6.00|3.00",
    )
    assert [row.key for row in split.rows] == ["合计", "207", "20701", "2070109"]
    assert [row.key for row in joined.rows] == ["207", "20701", "2070109", "合计"]
    assert split.rows[-1].label == joined.rows[2].label == "群众文化"


def test_a_total_row_beside_the_headings_of_the_code_columns_is_a_row() -> None:
    """Some forms print 类 款 项 in the very row that totals the table."""
    table, unread = bind(
        "支出决算表",
        "项目||||本年支出合计|基本支出|项目支出",
        "支出功能分类|||科目名称|||",
        "科目编码||||||",
        "类|款|项|合计|30.00|20.00|10.00",
        "205|||教育支出|30.00|20.00|10.00",
        "205|02||普通教育|30.00|20.00|10.00",
    )
    assert unread == ()
    assert [r.key for r in table.rows] == ["合计", "205", "20502"]
    total = table.get("合计", "基本支出")
    assert total is not None
    assert total.text == "20.00"


def test_headings_repeated_on_a_new_page_are_no_rows() -> None:
    table, _ = bind(
        "支出决算表",
        SPENT,
        "|合计|9.00|6.00|3.00|||",
        SPENT,
        "207|文化旅游体育与传媒支出|9.00|6.00|3.00|||",
    )
    assert [row.key for row in table.rows] == ["合计", "207"]


def test_income_and_carry_over_columns_bind_by_their_parents() -> None:
    table, unread = bind(
        "一般公共预算财政拨款收入支出决算表",
        "项目||年初结转和结余|||本年收入|||本年支出|||||年末结转和结余||||",
        "科目编码|科目名称|合计|基本支出结转|项目支出结转和结余|合计|基本支出|项目支出|合计|基本支出|||项目支出|合计|基本支出结转|项目支出结转和结余||",
        "|||||||||小计|人员经费|公用经费||||小计|项目支出结转|项目支出结余",
        "栏次||1|2|3|4|5|6|7|8|9|10|11|12|13|14|15|16",
        "|合计|1.00||1.00|9.00|7.00|2.00|9.60|7.00|6.00|1.00|2.60|0.40||0.40|0.40|",
        "207|文化旅游体育与传媒支出|1.00||1.00|9.00|7.00|2.00|9.60|7.00|6.00|1.00|2.60|0.40||0.40|0.40|",
    )
    assert unread == ()
    row = printed(table)["207"]
    assert (row["年初结转和结余"], row["本年收入"], row["小计"]) == ("1.00", "9.00", "9.60")
    assert (row["基本支出"], row["项目支出"], row["基本支出/公用经费"]) == ("7.00", "2.60", "1.00")
    assert (row["年末结转和结余"], row["年末结转和结余/项目支出结转"]) == ("0.40", "0.40")


def test_a_stripe_owns_its_numbers() -> None:
    """A row that lost an empty cell still ties each amount to the code before it."""
    table, unread = bind(
        "一般公共预算财政拨款基本支出决算表",
        "人员经费|||公用经费||",
        "科目编码|科目名称|决算数|科目编码|科目名称|决算数",
        "301|工资福利支出|25.00|302|商品和服务支出|5.00",
        "30101|基本工资|25.00|30201|办公费|5",
        "30102|津贴补贴|30202|印刷费|",
        "303|对个人和家庭的补助|1.00|||",
        "人员经费合计||26.00|公用经费合计||5.00",
    )
    found = printed(table)
    assert unread == ()
    assert found["30102"] == found["30202"] == {"金额": ""}
    assert found["303"] == {"金额": "1.00"}
    assert (found["人员经费合计"], found["公用经费合计"]) == ({"金额": "26.00"}, {"金额": "5.00"})
    office = table.get("30201", "金额")
    assert office is not None
    assert office.house == 2


def test_personnel_and_running_costs_may_be_columns_of_one_list() -> None:
    table, _ = bind(
        "一般公共预算财政拨款基本支出决算表",
        "经济分类科目编码|科目名称|合计|人员经费|公用经费",
        "合计||30.00|25.00|5.00",
        "301|工资福利支出|25.00|25.00|",
        "302|商品和服务支出|5.00||5.00",
    )
    found = printed(table)
    assert found["人员经费合计"] == {"金额": "25.00"}
    assert found["公用经费合计"] == {"金额": "5.00"}
    assert found["302"]["金额"] == "5.00"


ACROSS = (
    "预算数||||||决算数|||||",
    "合计|因公出国(境)费|公务用车购置及运行维护费|||公务接待费|合计|因公出国(境)费|公务用车购置及运行维护费|||公务接待费",
    "||小计|公务用车购置费|公务用车运行维护费||||小计|公务用车购置费|公务用车运行维护费|",
    "1|2|3|4|5|6|7|8|9|10|11|12",
    "5.00||4.00||4.00|1.00|4.20||3.50||3.50|0.70",
)
ALTERNATING = (
    "财政拨款“三公”经费|||||||||||",
    "合计||因公出国(境)费||公务用车购置及运行维护费||||||公务接待费|",
    "||||小计||公务用车购置费||公务用车运行维护费|||",
    "预算数|决算数|预算数|决算数|预算数|决算数|预算数|决算数|预算数|决算数|预算数|决算数",
    "5.00|4.20|||4.00|3.50|||4.00|3.50|1.00|0.70",
)
DOWN = (
    "项目|栏次|全年预算数|决算数",
    "行次||1|2",
    "一、“三公”经费支出|1|5.00|4.20",
    "1.因公出国(境)费|2||",
    "2.公务用车购置及运行维护费|3|4.00|3.50",
    "(1)公务用车购置费|4||",
    "(2)公务用车运行维护费|5|4.00|3.50",
    "3.公务接待费|6|1.00|0.70",
    "二、相关统计数|7||",
    "1.公务用车保有量(辆)|8||2",
    "2.国内公务接待人次(人)|9||61",
)
WITH_MEETINGS = (
    "项目|合计|财政拨款安排的“三公”经费||||||会议费|培训费",
    "||小计|因公出国(境)费用|公务接待费|公务用车购置及运行维护费||||",
    "|||||小计|公务用车购置费|公务用车运行维护费||",
    "栏次|1|2|3|4|5|6|7|8|9",
    "预算数|7.00|5.00||1.00|4.00||4.00|1.00|1.00",
    "决算数|6.00|4.20||0.70|3.50||3.50|0.90|0.90",
)


def test_the_three_public_expenses_come_out_alike_from_every_layout() -> None:
    expected = {
        "合计": ("5.00", "4.20"),
        "因公出国(境)费": ("", ""),
        "公务用车购置及运行维护费": ("4.00", "3.50"),
        "公务用车购置费": ("", ""),
        "公务用车运行维护费": ("4.00", "3.50"),
        "公务接待费": ("1.00", "0.70"),
    }
    for layout in (ACROSS, ALTERNATING, DOWN, WITH_MEETINGS):
        table, unread = bind("财政拨款“三公”经费支出决算表", *layout)
        found = printed(table)
        assert unread == ()
        assert {
            key: (found[key]["全年预算数"], found[key]["决算数"]) for key in expected
        } == expected


def test_counts_of_the_three_public_expenses_carry_their_units() -> None:
    table, _ = bind("财政拨款“三公”经费支出决算表", *DOWN)
    cars, guests = table.get("公务用车保有量", "决算数"), table.get("国内公务接待人次", "决算数")
    assert cars is not None
    assert guests is not None
    assert (cars.dimension, guests.dimension) == ("count", "count")
    assert (cars.text, guests.text) == ("2", "61")


def test_a_total_with_meetings_and_training_is_not_the_three_public_total() -> None:
    table, _ = bind("财政拨款“三公”经费及会议费、培训费支出决算表", *WITH_MEETINGS)
    assert printed(table)["总计"] == {"全年预算数": "7.00", "决算数": "6.00"}
    assert printed(table)["会议费"] == {"全年预算数": "1.00", "决算数": "0.90"}


def test_state_assets_are_counts_by_kind() -> None:
    table, _ = bind(
        "国有资产占用情况表",
        "项目|栏次|决算数",
        "一、车辆数合计(台、辆)|1|3",
        "1.副部(省)级及以上领导用车|2|0",
        "8.其他用车|9|3",
        "二、单价100万元(含)以上设备(不含车辆)(台、套)|10|1",
        unit="单位:台、辆、套",
    )
    found = printed(table)
    assert (found["车辆合计"], found["其他用车"], found["设备"]) == (
        {"决算数": "3"},
        {"决算数": "3"},
        {"决算数": "1"},
    )
    figure = table.get("车辆合计", "决算数")
    assert figure is not None
    assert figure.dimension == "count"


def test_an_empty_table_is_empty_and_keeps_its_blank_total() -> None:
    table, unread = bind(
        "政府性基金预算财政拨款收入支出决算表",
        "项目||年初结转和结余|本年收入|本年支出|||年末结转和结余",
        "科目编码|科目名称|||小计|基本支出|项目支出|",
        "栏次||1|2|3|4|5|6",
        "合计|||||||",
    )
    assert unread == ()
    assert table.empty
    assert set(printed(table)["合计"].values()) == {""}


def test_two_numbers_in_one_cell_fill_the_empty_cell_beside_it_and_stay_doubtful() -> None:
    table, _ = bind(
        "支出决算表",
        SPENT,
        "|合计|9.00|6.00|3.00|||",
        "207|文化旅游体育与传媒支出|9.00 6.00||3.00|||",
    )
    total, basic = table.get("207", "本年支出合计"), table.get("207", "基本支出")
    assert total is not None
    assert basic is not None
    assert (total.text, basic.text) == ("9.00", "6.00")
    assert {total.misread, basic.misread} == {Misread.REPEATED}


def test_a_lost_total_is_missing_not_zero() -> None:
    table, _ = bind(
        "支出决算表",
        SPENT,
        "|合计|9.00|6.00|3.00|||",
        "207|文化旅游体育与传媒支出||6.00|3.00|||",
    )
    assert table.get("207", "本年支出合计") is None
    assert printed(table)["207"]["基本支出"] == "6.00"


def test_a_code_cut_by_the_scan_keeps_its_printed_form() -> None:
    table, _ = bind(
        "支出决算表",
        SPENT,
        "|合计|9.00|6.00|3.00|||",
        "207010|群众文化|9.00|6.00|3.00|||",
    )
    assert table.rows[1].key == "207010"


def test_a_paste_that_drops_empty_cells_binds_only_what_is_sure() -> None:
    table, unread = bind(
        "支出决算表",
        SPENT,
        "207|文化旅游体育与传媒支出|9.00|6.00|3.00",
        "2070109|群众文化|6.00|6.00",
        "2070113|旅游宣传|3.00|3.00",
    )
    assert printed(table)["2070113"] == {"本年支出合计": "3.00"}
    assert unread


def test_headings_that_cannot_be_told_make_a_table_shaky() -> None:
    table, unread = bind(
        "支出决算表",
        "科目编码|科目名称|甲|乙|丙",
        "207|文化旅游体育与传媒支出|9.00|6.00|3.00",
    )
    assert table.shaky
    assert not table.rows
    assert not table.empty
    assert unread


def test_rows_that_do_not_add_up_at_large_make_a_table_shaky() -> None:
    table, _ = bind(
        "支出决算表",
        SPENT,
        "|合计|9.00|6.00|1.00|||",
        "207|文化旅游体育与传媒支出|9.00|6.00|1.00|||",
        "20701|文化和旅游|9.00|6.00|1.00|||",
        "2070109|群众文化|9.00|6.00|1.00|||",
    )
    assert "不可信" in table.shaky


def test_a_total_printed_twice_in_a_filled_merged_cell_keeps_its_amount() -> None:
    table, unread = bind(
        "一般公共预算财政拨款基本支出决算表",
        "人员经费|人员经费|人员经费|公用经费|公用经费|公用经费",
        "科目编码|科目名称|决算数|科目编码|科目名称|决算数",
        "301|工资福利支出|7.00|302|商品和服务支出|2.00",
        "30101|基本工资|7.00|30201|办公费|2.00",
        "人员经费合计|人员经费合计|7.00|公用经费合计|公用经费合计|2.00",
    )
    found = printed(table)
    assert unread == ()
    assert found["人员经费合计"] == {"金额": "7.00"}
    assert found["公用经费合计"] == {"金额": "2.00"}


def test_a_table_of_three_public_expenses_and_operating_expenses_keeps_both() -> None:
    table, unread = bind(
        "财政拨款“三公”经费、行政参公单位机关运行经费情况表",
        "项目|行次|年初预算数|决算数",
        "栏次||1|2",
        "一、“三公”经费支出|1|—|—",
        "(一)支出合计|2|3.00|2.00",
        "1.因公出国(境)费|3||",
        "2.公务用车购置及运行维护费|4|2.00|1.50",
        "(1)公务用车购置费|5||",
        "(2)公务用车运行维护费|6|2.00|1.50",
        "3.公务接待费|7|1.00|0.50",
        "二、机关运行经费|8|—|8.00",
    )
    found = printed(table)
    assert (table.kind, unread) == ("three_public", ())
    assert found["合计"] == {"年初预算数": "3.00", "决算数": "2.00"}
    assert found["机关运行经费"]["决算数"] == "8.00"


def test_a_column_of_final_figures_may_be_headed_by_its_year() -> None:
    table, unread = bind(
        "2016年“三公”经费决算汇总表",
        "项目|2016年决算(万元)",
        "因公出国(境)经费|1.00",
        "公务接待费|2.00",
        "公务用车购置及运行维护费|3.00",
        "其中:购置经费|0",
        "运行维护费|3.00",
    )
    assert unread == ()
    assert {r.key: r.figures["决算数"].text for r in table.rows} == {
        "因公出国(境)费": "1.00",
        "公务接待费": "2.00",
        "公务用车购置及运行维护费": "3.00",
        "公务用车购置费": "0",
        "公务用车运行维护费": "3.00",
    }
