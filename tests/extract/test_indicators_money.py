"""Money rows that lost the cells of their head's merged label are read where they belong, or not."""

from __future__ import annotations

import pytest

from gouji.extract.indicators import read_indicators
from gouji.model.indicators import SelfEvaluation
from gouji.read import read_text
from gouji.understand import understand

HEAD = "项目资金（万元）\t\t年初预算数\t全年预算数\t全年执行数\t分值\t执行率\t得分"
INDICATORS = (
    "年度总体目标\t预期目标\t实际完成情况",
    "疏浚渠道十八公里\t疏浚渠道十九公里",
    "绩效指标\t一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\t偏差原因",
    "产出指标\t数量指标\t疏浚渠道长度\t≥18公里\t19公里\t50\t50\t",
    "质量指标\t工程验收合格率\t=100%\t100%\t20\t20\t",
    "满意度指标\t服务对象满意度指标\t灌区农户满意度\t≥90%\t92%\t20\t20\t",
    "总分\t100\t98.75",
)


def _table(*money: str, head: str = HEAD) -> SelfEvaluation:
    text = "\n".join(["项目支出绩效自评表", "", "项目名称\t渠道疏浚", head, *money, *INDICATORS])
    document = read_text(text, "pasted")
    (table,) = read_indicators(document, understand(document))[0]
    return table


def _figures(table: SelfEvaluation) -> list[list[str]]:
    return [
        [r.key, *(f"{k}={f.text}" for k, f in r.figures.items() if not f.blank)]
        for r in table.budget
    ]


def test_rows_short_by_the_heads_merged_cell_stand_one_further_right() -> None:
    """项目资金 spans five rows and leaves nothing in four of them: the rate tells where they stand."""
    table = _table(
        "年度资金总额\t40.00\t48.00\t42.00\t10\t87.50%\t8.75",
        "其中：当年财政拨款\t40.00\t40.00\t34.00\t—\t85.00%\t—",
        "上年结转资金\t\t8.00\t8.00\t—\t100.00%\t—",
        "其他资金\t\t\t\t—\t\t—",
    )
    assert _figures(table) == [
        ["total", "initial=40.00", "annual=48.00", "executed=42.00", "weight=10", "rate=87.50", "score=8.75"],
        ["fiscal", "initial=40.00", "annual=40.00", "executed=34.00", "rate=85.00"],
        ["carried", "annual=8.00", "executed=8.00", "rate=100.00"],
        ["other"],
    ]  # fmt: skip
    assert [r.label for r in table.budget][:2] == ["年度资金总额", "其中:当年财政拨款"]


def test_a_wrong_rate_is_still_read_where_only_one_place_suits_the_row() -> None:
    """The row has a cell less than its head and its figures begin beside the label."""
    table = _table("年度资金总额\t40.00\t48.00\t42.00\t10\t93.50%\t9.35")
    assert _figures(table)[0][1:5] == ["initial=40.00", "annual=48.00", "executed=42.00", "weight=10"]  # fmt: skip


def test_rows_with_a_cell_more_than_their_head_stand_one_further_left() -> None:
    """The empty cell of the spanned label is kept below a head that lost its own."""
    table = _table(
        "\t年度资金总额\t40.00\t48.00\t42.00\t10\t87.50%\t8.75",
        head="项目资金（万元）\t年初预算数\t全年预算数\t全年执行数\t分值\t执行率\t得分",
    )
    assert _figures(table) == [
        ["total", "initial=40.00", "annual=48.00", "executed=42.00", "weight=10", "rate=87.50", "score=8.75"],
    ]  # fmt: skip


def test_a_total_without_a_sure_place_is_not_read() -> None:
    """Two cells are missing and nothing says which: no figure is better than another column's."""
    assert _figures(_table("年度资金总额\t48.00\t42.00\t10\t8.75")) == []


def test_components_are_read_together_or_not_at_all() -> None:
    """One component without a place leaves the others no whole."""
    table = _table(
        "年度资金总额\t40.00\t48.00\t42.00\t10\t87.50%\t8.75",
        "其中：当年财政拨款\t40.00\t40.00\t34.00\t—\t85.00%\t—",
        "上年结转资金\t8.00\t8.00",
    )
    assert [row.key for row in table.budget] == ["total"]


@pytest.mark.parametrize("rate", ["87.50%", "93.50%", ""])
def test_a_row_under_its_head_stays_there(rate: str) -> None:
    """Nothing moves where every cell stands under its head, whatever the rate says."""
    table = _table(f"\t年度资金总额\t40.00\t48.00\t42.00\t10\t{rate}\t8.75")
    assert _figures(table)[0][1:5] == ["initial=40.00", "annual=48.00", "executed=42.00", "weight=10"]  # fmt: skip
