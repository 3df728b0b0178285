"""Tables copied a printed line a row: what is sure of its column is read, and nothing else."""

from __future__ import annotations

from decimal import Decimal

import pytest

from gouji import check_document, extract_document
from gouji.model.disclosure import Disclosure
from gouji.model.tables import Table

HEAD = "清溪县种子站2024年度部门决算\n第二部分 2024年度部门决算表\n"
SPENT = """一般公共预算财政拨款支出决算表
单位:万元
项目
合计 基本支出 项目支出
科目编码 科目名称
合计 310.50 250.40 60.10
213 农林水支出 300.00 240.00 60.00
21301 农业农村 300.00 240.00 60.00
2130104 事业运行 240.00 240.00
机关事业单位种质资源
2130199 60.00 60.00
保护支出
221 住房保障支出 10.50 10.40 0.10
22102 住房改革支出 10.50 10.40 0.10
2210201 住房公积金 10.50 10.40 0.10
注:本表反映部门本年度一般公共预算财政拨款支出情况。
"""
BASIC = """一般公共预算财政拨款基本支出决算表
金额单位:万元
科目编码 科目名称 决算数 科目编码 科目名称 决算数
301 工资福利支出 200.00 302 商品和服务支出 50.40
30101 基本工资 120.00 30201 办公费 20.40
30103 奖金 80.00 30206 电费
30109 职业年金缴费 30226 劳务费 30.00
人员经费合计 200.00 公用经费合计 50.40
"""
SUMMARY = """收入支出决算总表
金额单位:万元
收入 支出
项目 决算数 项目 决算数
一、一般公共预算财政拨款收入 310.50 一、一般公共服务支出
二、政府性基金预算财政拨款收入 二、外交支出
三、其他收入 4.50 三、农林水支出 304.50
四、住房保障支出 10.50
五、灾害防治及应急管理支
0.00
出
本年收入合计 315.00 本年支出合计 315.00
年初结转和结余 2.00 年末结转和结余 2.00
总计 317.00 总计 317.00
"""
PROSE = """第三部分 2024年度部门决算情况说明
一、收入支出决算总体情况说明
2024年度收入总计317.00万元,其中:本年收入合计315.00万元,年初结转和结余2.00万元。
"""


def read(*tables: str) -> Disclosure:
    return extract_document(HEAD + "".join(tables) + PROSE)


def table(disclosure: Disclosure, kind: str) -> Table:
    return next(t for t in disclosure.tables if t.kind == kind)


def value(table: Table, key: str, column: str, side: str = "") -> Decimal | None:
    figure = table.get(key, column, side)
    return None if figure is None else figure.value


def test_a_row_without_gaps_is_read_whole_and_a_short_one_only_to_its_total() -> None:
    spent = table(read(SPENT), "general_public_expenditure")
    assert not spent.shaky
    assert value(spent, "合计", "项目支出") == Decimal("60.10")
    assert value(spent, "2130104", "小计") == Decimal("240.00")
    assert spent.get("2130104", "基本支出") is None
    assert spent.get("2130104", "项目支出") is None


def test_a_name_broken_around_its_code_is_put_together() -> None:
    row = table(read(SPENT), "general_public_expenditure").row("2130199")
    assert row is not None
    assert row.label == "机关事业单位种质资源保护支出"


def test_an_amount_belongs_to_the_code_before_it_in_any_stripe() -> None:
    basic = table(read(BASIC), "basic_expenditure")
    assert [value(basic, key, "金额") for key in ("30101", "30201", "30226", "公用经费合计")] == [
        Decimal("120.00"),
        Decimal("20.40"),
        Decimal("30.00"),
        Decimal("50.40"),
    ]
    assert value(basic, "30206", "金额") == 0
    assert value(basic, "30109", "金额") == 0


def test_items_of_both_sides_are_told_apart_by_their_names() -> None:
    summary = table(read(SUMMARY), "income_expenditure_summary")
    assert not summary.shaky
    assert value(summary, "其他收入", "金额", "收入") == Decimal("4.50")
    assert value(summary, "住房保障支出", "金额", "支出") == Decimal("10.50")
    assert value(summary, "总计", "金额", "支出") == Decimal("317.00")
    assert value(summary, "灾害防治及应急管理支出", "金额", "支出") == 0


def test_line_numbers_are_no_amounts() -> None:
    lined = SUMMARY
    for number, item in enumerate(
        ("一般公共预算财政拨款收入", "政府性基金预算财政拨款收入", "其他收入"), 1
    ):
        lined = lined.replace(item, f"{item} {number}")
    for number, item in enumerate(
        ("一般公共服务支出", "外交支出", "农林水支出", "住房保障支出"), 31
    ):
        lined = lined.replace(item, f"{item} {number}")
    lined = lined.replace("收入合计 315", "收入合计 9 315").replace(
        "支出合计 315", "支出合计 39 315"
    )
    lined = lined.replace("总计 317.00 总计 317", "总计 10 317.00 总计 40 317")
    summary = table(read(lined), "income_expenditure_summary")
    assert value(summary, "政府性基金预算财政拨款收入", "金额", "收入") == 0
    assert value(summary, "农林水支出", "金额", "支出") == Decimal("304.50")


def test_the_number_of_an_empty_line_beside_an_item_is_no_amount_either() -> None:
    lined = """收入支出决算总表
金额单位:万元
收入 支出
项目 行次 决算数 项目 行次 决算数
一、一般公共预算财政拨款收入 1 310.50 一、一般公共服务支出 31
二、政府性基金预算财政拨款收入 2 三、农林水支出 32 304.50
三、其他收入 3 4.50 四、住房保障支出 33 10.50
四、事业收入 4 34
本年收入合计 5 315.00 本年支出合计 35 315.00
总计 6 315.00 总计 36 315.00
"""
    summary = table(read(lined), "income_expenditure_summary")
    assert not summary.shaky
    assert value(summary, "事业收入", "金额", "收入") == 0


def test_amounts_in_whole_yuan_are_no_line_numbers() -> None:
    yuan = SUMMARY.replace("万元", "元").replace("五、灾害防治及应急管理支\n0.00\n出\n", "")
    for amount in ("310.50", "4.50", "304.50", "10.50", "315.00", "2.00", "317.00"):
        yuan = yuan.replace(f" {amount}", f" {int(float(amount) * 10_000)}")
    summary = table(read(yuan), "income_expenditure_summary")
    assert value(summary, "本年收入合计", "金额", "收入") == 3_150_000
    assert not [f for f in check_document(HEAD + yuan + PROSE).findings if f.severity == "error"]


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("general_public_expenditure", SPENT.replace("合计 310.50", "310.50\n合计")),
        (
            "general_public_expenditure",
            SPENT.replace("213 农林水支出 300", "300.00\n213 农林水支出"),
        ),
        ("basic_expenditure", BASIC.replace("办公费 20.40", "办公费 20.40 3.10")),
        ("income_expenditure_summary", SUMMARY.replace("收入 支出", "310.50")),
        ("income_expenditure_summary", SUMMARY.replace("四、住房保障支出", "四、住房和别的支出")),
    ],
)
def test_lines_that_were_mixed_up_are_not_believed(kind: str, text: str) -> None:
    assert table(read(text), kind).shaky


def test_a_form_with_balances_before_its_total_is_not_read() -> None:
    text = SPENT.replace("合计 基本支出 项目支出", "年初结转和结余 本年收入 本年支出")
    assert table(read(text), "general_public_expenditure").shaky


def test_a_wrong_total_in_a_copied_table_is_found() -> None:
    report = check_document(
        HEAD + SPENT.replace("213 农林水支出 300.00", "213 农林水支出 330.00") + PROSE
    )
    assert {f.rule for f in report.findings if f.severity == "error"} & {
        "FOO020",
        "FOO021",
        "FOO022",
    }


NIL = "2024年度无政府性基金预算财政拨款收入,也没有使用政府性基金预算财政拨款安排的支出。\n"
FUND = SUMMARY.replace("二、政府性基金预算财政拨款收入", "二、政府性基金预算财政拨款收入 2.00")


def test_a_nil_statement_is_held_against_a_sound_copy_only() -> None:
    def rules(summary: str) -> set[str]:
        return {f.rule for f in check_document(HEAD + summary + PROSE + NIL).findings}

    assert "NIL001" in rules(FUND)
    assert "NIL001" not in rules(FUND.replace("收入 支出", "310.50"))


def test_a_sound_copy_raises_nothing() -> None:
    report = check_document(HEAD + SUMMARY + SPENT + BASIC + PROSE)
    assert [f.message for f in report.findings if f.severity == "error"] == []


THREE = """财政拨款“三公”经费支出决算表
单位:万元
财政拨款“三公”经费
公务用车购置及运行维护费
因公出国
合计 公务用车 公务用车 公务接待费
(境)费 小计
购置费 运行维护费
预算数 决算数 预算数 决算数 预算数 决算数 预算数 决算数 预算数 决算数 预算数 决算数
{numbers}
"""
BY_PAIRS = "9.50 7.20 2.00 1.00 6.50 5.60 0.00 0.00 6.50 5.60 1.00 0.60"
BY_HALVES = "9.50 2.00 6.50 0.00 6.50 1.00 7.20 1.00 5.60 0.00 5.60 0.60"


@pytest.mark.parametrize("numbers", [BY_PAIRS, BY_HALVES])
def test_three_public_expenses_are_read_in_the_order_that_adds_up(numbers: str) -> None:
    three = table(read(THREE.format(numbers=numbers)), "three_public")
    assert value(three, "公务接待费", "决算数") == Decimal("0.60")
    assert value(three, "公务用车运行维护费", "全年预算数") == Decimal("6.50")


@pytest.mark.parametrize("numbers", [BY_PAIRS[5:], BY_PAIRS.replace("7.20", "7.30")])
def test_three_public_expenses_that_add_up_in_no_order_are_left(numbers: str) -> None:
    assert not table(read(THREE.format(numbers=numbers)), "three_public").rows


WITHOUT_TRIPS = "9.50 7.20 8.50 6.60 8.50 6.60 1.00 0.60"


def test_three_public_expenses_with_empty_cells_are_read_where_nothing_else_adds_up() -> None:
    three = table(read(THREE.format(numbers=WITHOUT_TRIPS)), "three_public")
    assert value(three, "因公出国(境)费", "决算数") == 0
    assert value(three, "公务用车购置及运行维护费", "决算数") == Decimal("6.60")
    assert value(three, "公务接待费", "全年预算数") == Decimal("1.00")


def test_what_empty_cells_leave_open_is_not_read() -> None:
    three = table(read(THREE.format(numbers=WITHOUT_TRIPS)), "three_public")
    assert three.row("公务用车购置费") is None
    assert three.row("公务用车运行维护费") is None


def test_empty_cells_have_places_of_their_own() -> None:
    three = table(read(THREE.format(numbers=WITHOUT_TRIPS)), "three_public")
    blanks = [f.place.cell for row in three.rows for f in row.figures.values() if f.blank]
    assert len(blanks) == len(set(blanks)) == 2


STRIPES = BASIC.replace(
    "30109 职业年金缴费 30226 劳务费 30.00",
    "其他工资福利\n30199 30226 劳务费 30.00\n支出",
)


def test_a_code_alone_beside_the_next_stripe_has_no_amount() -> None:
    basic = table(read(STRIPES), "basic_expenditure")
    assert not basic.shaky
    assert value(basic, "30199", "金额") == 0
    assert value(basic, "30226", "金额") == Decimal("30.00")
    row = basic.row("30199")
    assert row is not None
    assert row.label == "其他工资福利支出"


def test_a_code_and_a_whole_amount_are_no_two_codes() -> None:
    whole = STRIPES.replace("30199 30226 劳务费 30.00", "30199 30226 30227 委托业务费 30.00")
    assert table(read(whole), "basic_expenditure").shaky


FUNDED = """政府性基金预算财政拨款收入支出决算表
单位:万元
项目
年初结转和 年末结转和
本年收入 本年支出
功能分类
结余 结余
科目名称
科目编码
合计 {total} 合计 基本支出 项目支出
212 城乡社区支出 {total} {spent} {spent}
21208 国有土地使用权出让安排的支出 {total} {spent} {spent}
2120804 农村基础设施建设支出 {total} {spent} {spent}
注:本表反映部门本年度政府性基金预算财政拨款收入支出及结转和结余情况。
"""


def test_spending_of_a_fund_is_read_where_balances_leave_no_choice() -> None:
    fund = table(read(FUNDED.format(total="80.00", spent="80.00")), "government_fund")
    assert not fund.shaky
    assert value(fund, "2120804", "本年支出/小计") == Decimal("80.00")
    assert fund.get("2120804", "本年支出/项目支出") is None
    assert fund.get("2120804", "本年收入") is None


def test_a_fund_whose_numbers_balance_in_no_way_is_left() -> None:
    fund = table(read(FUNDED.format(total="80.00", spent="70.00")), "government_fund")
    assert fund.rows == ()


def test_a_fund_in_another_form_is_not_read() -> None:
    other = FUNDED.replace("年末结转和", "").format(total="80.00", spent="80.00")
    assert table(read(other), "government_fund").shaky


SPENT_OF_FUND = """政府性基金预算支出80.00万元,具体如下:
城乡社区支出(类)国有土地使用权出让安排的支出(款)农村基础设施建设支出(项)95.00万元,主要用于道路硬化。
"""


def test_prose_is_held_against_the_spending_of_a_copied_fund_table() -> None:
    def codes(said: str) -> list[str]:
        text = (
            HEAD
            + FUNDED.format(total="80.00", spent="80.00")
            + PROSE
            + "八、政府性基金预算财政拨款收入支出决算情况说明\n"
            + said
        )
        return [f.rule for f in check_document(text).findings if f.severity == "error"]

    assert "TXT001" in codes(SPENT_OF_FUND)
    assert codes(SPENT_OF_FUND.replace("95.00", "80.00")) == []


EMPTY_FORM = """国有资本经营预算财政拨款收入支出决算表
单位:万元
项目
年初结转和 年末结转和
本年收入 本年支出
科目编码 科目名称
合计 合计 基本支出 项目支出
注:本表反映部门本年度国有资本经营预算财政拨款收入支出情况。
"""


def test_the_headings_of_an_empty_form_are_a_table_without_amounts() -> None:
    disclosure = read(EMPTY_FORM)
    assert table(disclosure, "state_capital").empty
    report = check_document(HEAD + SUMMARY + EMPTY_FORM + PROSE)
    assert [f.rule for f in report.findings if f.rule == "RES010"] == []


def test_a_form_of_the_three_public_expenses_with_nothing_in_it_is_empty() -> None:
    note = "注:本表反映部门本年度“三公”经费支出预决算情况。\n"
    three = table(read(THREE.format(numbers="").rstrip("\n") + "\n" + note), "three_public")
    assert three.empty
    assert not three.shaky


TRIPS = BASIC.replace("30226 劳务费 30.00", "30231 公务用车运行维护费 30.00")


def test_vehicles_of_basic_expenditure_are_held_against_all_vehicles_where_only_these_are_sure() -> (
    None
):
    def errors(basic: str) -> list[str]:
        text = HEAD + basic + THREE.format(numbers=WITHOUT_TRIPS) + PROSE
        return [f.rule for f in check_document(text).findings if f.severity == "error"]

    assert errors(TRIPS) == ["TIE015"]
    smaller = TRIPS.replace("30231 公务用车运行维护费 30.00", "30231 公务用车运行维护费 5.00")
    assert errors(smaller.replace("50.40", "25.40")) == []


BROKEN_NAMES = """一般公共预算财政拨款支出决算表
单位:万元
合计 基本支出 项目支出
科目编码 科目名称
207 文化旅游支出 42.00 30.00 12.00
县级非物质文化
2070111 遗产保护与传承 30.00 30.00
专项工作
乡镇农家书屋补
2070109 12.00 12.00
充更新
2070199 其他文化支出 0.00
合计 42.00 30.00 12.00
"""


def test_a_name_on_three_lines_is_joined_and_its_neighbours_keep_theirs() -> None:
    rows = table(read(BROKEN_NAMES), "general_public_expenditure").rows
    labels = {row.key: row.label for row in rows}
    assert labels["2070111"] == "县级非物质文化遗产保护与传承专项工作"
    assert labels["2070109"] == "乡镇农家书屋补充更新"
    assert labels["2070199"] == "其他文化支出"
    assert labels["207"] == "文化旅游支出"
