"""Grids are named by the titles above or inside them, never by number alone (表名)."""

from __future__ import annotations

import pytest

from gouji.model.figure import WAN_YUAN, YUAN
from gouji.model.tables import BUDGET_MODELS, MODELS, bare_title, kind_of_title
from gouji.read import read_text
from gouji.understand import understand

GRID = "科目编码\t科目名称\t合计\n207\t文化支出\t1.00"
COVER = "南屏县文化馆2024年度部门决算\n\n"


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("2024年度收入支出决算总表", "income_expenditure_summary"),
        ("一、收入决算表", "income"),
        ("24年度支出决算表", "expenditure"),
        ("南屏县文化馆2024年度财政拨款收入支出决算总表(公开04表)", "appropriation_summary"),
        ('财政拨款"三公"经费支出决算表', "three_public"),
        ("附件8:国有资本经营预算财政拨款支出决算表", "state_capital"),
        ("南屏县2016年“三公”经费决算情况统计表", "three_public"),
        ("附表:南屏县2017年“三公”经费决算汇总表", "three_public"),
        ("收入决算表单位:万元", "income"),
        ("南屏县项目管理中心收入决算表", "income"),
        ("项目收入支出决算表", "other"),
        ("财政拨款支出决算明细表", "other"),
        ("一般公共预算财政拨款项目支出决算表", "other"),
        ("政府性基金预算财政拨款“三公”经费支出决算表", "other"),
        ("部门收支总表", "other"),
        ("2025年部门收入预算总表", "other"),
        ("群众文化活动项目支出绩效自评表", "project_self_evaluation"),
        ("部门整体支出绩效自评表", "overall_self_evaluation"),
        ("本年收入合计9.00万元", None),
        ("公开01表", None),
    ],
)
def test_a_title_names_its_table(title: str, kind: str | None) -> None:
    assert kind_of_title(title) == kind


def test_every_declared_title_names_its_own_model() -> None:
    for model in MODELS:
        for title in (model.name, *model.titles):
            assert kind_of_title(title) == model.kind, title
            assert kind_of_title("2024年度" + title) == model.kind, title


def test_every_declared_title_of_a_budget_names_its_own_model() -> None:
    for model in BUDGET_MODELS:
        for title in (model.name, *model.titles):
            for front in ("", "2025年部门", "2025年预算单位", "三、2024年度云岫市水务局部门"):
                assert kind_of_title(front + title, final_accounts=False) == model.kind, title


def test_a_table_of_final_accounts_within_a_budget_is_no_table_of_the_budget() -> None:
    assert kind_of_title("2023年度支出决算表", final_accounts=False) == "other"


def test_a_table_of_the_whole_government_is_no_summary_of_a_department() -> None:
    assert kind_of_title("2025年一般公共预算收支总表", final_accounts=False) == "other"


def test_a_title_is_bared_of_numbers_marks_and_units() -> None:
    assert bare_title("附件3:二、支出决算表 (公开03表) 金额单位:万元") == "支出决算表"


@pytest.mark.parametrize(
    ("mark", "number"),
    [
        ("公开 03 表", "公开03表"),
        ("表03", "表03"),
        ("表 3", "表3"),
        ("附表3:", "附表3"),
        ("(附表03)", "附表03"),
        ("表二", "表二"),
        ("财决03表", "财决03表"),
        ("03表", "03表"),
    ],
)
def test_a_form_mark_between_title_and_grid_hides_no_title(mark: str, number: str) -> None:
    text = f"{COVER}支出决算表\n\n{mark}\n\n编制单位:南屏县文化馆\n\n单位:万元\n\n{GRID}"
    (named,) = understand(read_text(text, "paste")).grids
    assert (named.kind, named.number, named.unit) == ("expenditure", number, WAN_YUAN)


def test_a_form_mark_is_a_line_of_its_own_in_a_paste_without_blank_lines() -> None:
    text = f"{COVER}支出决算表\n表03\n编制单位:南屏县文化馆\n单位:万元\n{GRID}"
    (named,) = understand(read_text(text, "paste")).grids
    assert named.kind == "expenditure"


def test_captions_give_unit_year_form_mark_and_notes() -> None:
    text = (
        COVER + "支出决算表\n\n公开03表\n\n单位:南屏县文化馆\n\n2023年度\n\n金额单位:元\n\n"
        f"{GRID}\n\n注:本表反映各项支出情况。\n\n第三部分 情况说明"
    )
    (named,) = understand(read_text(text, "paste")).grids
    assert (named.kind, named.unit, named.year) == ("expenditure", YUAN, 2023)
    assert (named.number, named.notes) == ("公开03表", ("注:本表反映各项支出情况。",))


def test_an_entity_is_no_unit() -> None:
    text = COVER + f"支出决算表\n\n单位:元江文化馆\n\n{GRID}"
    (named,) = understand(read_text(text, "paste")).grids
    assert named.unit is None


def test_title_and_unit_may_stand_in_the_first_rows() -> None:
    text = COVER + f"支出决算表\t\t\n公开03表\t\t单位:万元\n{GRID}"
    (named,) = understand(read_text(text, "paste")).grids
    assert (named.kind, named.unit, named.number) == ("expenditure", WAN_YUAN, "公开03表")


def test_a_title_whose_table_was_lost_is_remembered() -> None:
    text = (
        COVER + f"支出决算表\n\n公开03表\n\n单位:万元\n\n72.22\n\n收入决算表\n\n公开02表\n\n{GRID}"
    )
    outline = understand(read_text(text, "paste"))
    assert [kind for kind, _ in outline.bare_titles] == ["expenditure"]
    assert [grid.kind for grid in outline.grids] == ["income"]


def test_an_untitled_table_of_targets_and_scores_is_a_self_evaluation() -> None:
    text = COVER + (
        "项目名称\t群众文化活动\t\t\t\t\n年度资金总额\t2\t2\t2\t100%\t10\n"
        "一级指标\t二级指标\t三级指标\t指标值\t分值\t得分\n产出指标\t数量指标\t场次\t≥5场\t50\t50\n"
        "满意度指标\t满意度\t观众\t≥90%\t10\t10"
    )
    (named,) = understand(read_text(text, "paste")).grids
    assert named.kind == "project_self_evaluation"
