"""Performance tables are read the same from text, from PDF, and however a scan tore them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from gouji.extract.indicators import read_indicators, read_ratios
from gouji.model.figure import Figure
from gouji.model.indicators import Indicator, SelfEvaluation
from gouji.read import read_document, read_text
from gouji.understand import understand

SAMPLES = Path(__file__).parents[2] / "fixtures" / "documents" / "self-evaluation"


def _tables(text: str) -> tuple[SelfEvaluation, ...]:
    document = read_text(text, "pasted")
    return read_indicators(document, understand(document))[0]


def _shown(figure: Figure | None) -> str | None:
    if figure is None or figure.blank:
        return None
    return figure.text + ("%" if figure.unit and figure.unit.name == "%" else "")


def _row(row: Indicator) -> list[str | None]:
    target = row.target.text if row.target else None
    actual = row.actual.text if row.actual else None
    return [
        row.level1,
        row.level2,
        row.name,
        target,
        actual,
        _shown(row.weight),
        _shown(row.score),
    ]


def content(table: SelfEvaluation) -> dict[str, Any]:
    """Return what a table holds, as the golden files print it."""
    return {
        "form": table.form,
        "project": table.project.text if table.project else None,
        "implementer": table.implementer.text if table.implementer else None,
        "budget": [
            [r.key, {k: _shown(f) for k, f in r.figures.items() if not f.blank}]
            for r in table.budget
        ],
        "tasks": [[t.name, _shown(t.budget), _shown(t.executed)] for t in table.tasks],
        "headings": [[h.label, h.first, h.last] for h in table.headings],
        "indicators": [_row(i) for i in table.indicators],
        "total": [_shown(table.total.weight), _shown(table.total.score)] if table.total else None,
        "shaky": table.shaky,
    }


@pytest.mark.parametrize("form", ["pdf", "txt"])
@pytest.mark.parametrize("name", ["project", "overall"])
def test_a_sample_reads_as_its_golden_file_says(name: str, form: str) -> None:
    """Merged cells over two pages (PDF) and tab-separated rows (text) give one content."""
    path = SAMPLES / f"{name}.{form}"
    document = read_document(path)
    tables, unread = read_indicators(document, understand(document))
    golden = json.loads((SAMPLES / f"{name}.json").read_text("utf-8"))
    assert [content(t) for t in tables] == [golden]
    assert unread == ()


HEAD = "绩效指标\t一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\t偏差原因"
ROWS = (
    "\t产出指标\t数量指标\t疏浚渠道长度\t≥18公里\t19公里\t40\t40\t",
    "\t\t质量指标\t工程验收合格率\t=100%\t100%\t30\t30\t",
    "\t满意度指标\t服务对象满意度指标\t灌区农户满意度\t≥90%\t92%\t20\t20\t",
)


def test_a_row_set_over_two_lines_is_one_indicator() -> None:
    """A sign that waits for its number takes the next line; the echoed weight counts once."""
    torn = [
        HEAD,
        ROWS[0],
        "\t\t质量指标\t工程验收\t≥\t100%\t30\t30\t",
        "\t\t\t合格率\t98%\t100%\t30\t30\t",
        ROWS[2],
    ]
    (table,) = _tables("\n".join(torn))
    assert [_row(i)[2:] for i in table.indicators] == [
        ["疏浚渠道长度", "≥18公里", "19公里", "40", "40"],
        ["工程验收合格率", "≥98%", "100%", "30", "30"],
        ["灌区农户满意度", "≥90%", "92%", "20", "20"],
    ]


def test_a_stretch_with_fewer_columns_finds_its_own_places() -> None:
    """After a page break the label columns may be gone: order and content place the cells."""
    narrow = [
        HEAD,
        ROWS[0],
        "工程验收合格率\t=100%\t100%\t30\t30",
        "灌区农户满意度\t≥90%\t92%\t20\t20",
    ]
    (table,) = _tables("\n".join(narrow))
    assert [_row(i)[3:] for i in table.indicators] == [
        ["≥18公里", "19公里", "40", "40"],
        ["=100%", "100%", "30", "30"],
        ["≥90%", "92%", "20", "20"],
    ]


def test_a_head_set_over_three_lines_is_read_down_each_column() -> None:
    """年度 / … / 指标 above each other name the column of targets."""
    head = [
        "\t\t\t\t年度\t实际\t\t\t偏差原因",
        "\t一级指标\t二级指标\t三级指标\t\t\t分值\t得分\t",
        "\t\t\t\t指标\t完成值\t\t\t分析",
    ]
    (table,) = _tables("\n".join([*head, *ROWS]))
    assert table.columns[3:7] == ("target", "actual", "weight", "score")
    assert [_shown(i.score) for i in table.indicators] == ["40", "30", "20"]


def test_a_missing_score_stays_missing() -> None:
    """Nothing is guessed: an empty cell between weight and reason is no score."""
    rows = [
        HEAD,
        *ROWS[:2],
        "\t满意度指标\t服务对象满意度指标\t灌区农户满意度\t≥90%\t92%\t20\t\t未抽样",
    ]
    (table,) = _tables("\n".join(rows))
    assert table.indicators[2].weight is not None
    assert table.indicators[2].score is None
    assert table.indicators[2].explanation is not None


def test_weights_are_exact_and_scores_with_decimals_are_not() -> None:
    """Ten points are ten; 9.11 points stand for the half-unit interval."""
    rows = [HEAD, ROWS[0], "\t\t质量指标\t工程验收合格率\t=100%\t91%\t10\t9.11\t", ROWS[2]]
    (table,) = _tables("\n".join(rows))
    weight, score = table.indicators[1].weight, table.indicators[1].score
    assert weight is not None
    assert weight.interval().low == weight.interval().high
    assert score is not None
    assert score.interval().low != score.interval().high


def test_money_a_scan_ran_together_with_its_head_is_read() -> None:
    """One cell holds 全年执行 and both figures below it; each keeps its own place."""
    above = "项目资金\t滨溪县财政\t全年执行 18.6 12.5 修缮 管理办法"
    (table,) = _tables("\n".join(["项目支出绩效自评表", above, HEAD, *ROWS]))
    executed = [(r.key, _shown(r.figures["executed"])) for r in table.budget]
    assert executed == [("total", "18.6"), ("fiscal", "12.5")]
    assert [r.figures["executed"].place.quote for r in table.budget] == ["18.6", "12.5"]


def test_money_that_ran_together_unequally_is_not_shared_out() -> None:
    """Only their order says which row amounts are of, and one column lost an amount."""
    above = "项目资金\t全年预算 18.6 12.5 修缮\t全年执行 12.5 修缮"
    (table,) = _tables("\n".join(["项目支出绩效自评表", above, HEAD, *ROWS]))
    assert table.budget == ()


def test_an_accounting_table_is_no_performance_table() -> None:
    """A table of expenditure without levels of indicators yields nothing."""
    assert _tables("科目名称\t合计\t基本支出\n农林水支出\t12.00\t8.00\n合计\t12.00\t8.00") == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "车辆费控制率=(实际支出车辆费3.20万元/预算安排车辆费4.00万元)×100%=80%。",
            ("80", "3.20", "4.00"),
        ),
        (
            "车辆费控制率 $75\\% = (\\text{实际} 3 \\text{ 万元} / \\text{预算} 4 \\text{ 万元})$。",
            ("75", "3", "4"),
        ),
    ],
)
def test_a_ratio_is_read_with_its_own_arithmetic(text: str, expected: tuple[str, ...]) -> None:
    (ratio,) = read_ratios(read_text(text, "pasted"))
    assert (ratio.percent.text, ratio.part.text, ratio.whole.text) == expected
