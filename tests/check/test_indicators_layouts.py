"""Layouts of several provinces: read in full, and silent when they balance."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from gouji.check.judge import FAILING
from gouji.check.rule import all_rules
from gouji.check.run import Ledger, run_rules
from gouji.extract import extract
from gouji.model.disclosure import Disclosure
from gouji.model.indicators import Indicator
from gouji.read import read_text
from gouji.understand import understand

FOLDER = Path(__file__).parents[2] / "fixtures" / "indicators"
LAYOUTS: dict[str, dict[str, Any]] = yaml.safe_load((FOLDER / "layouts.yaml").read_text("utf-8"))
PROVINCES: dict[str, dict[str, Any]] = {
    **yaml.safe_load((FOLDER / "provinces.yaml").read_text("utf-8")),
    **yaml.safe_load((FOLDER / "pasted.yaml").read_text("utf-8")),
}
BREAKS = [
    pytest.param(layout["text"], *broken, id=f"{name}-{n}")
    for name, layout in PROVINCES.items()
    for n, broken in enumerate(layout["breaks"], 1)
]
MINE = [r for r in all_rules() if r.code[:3] in ("IND", "DEF")]
CELLS = ("≥", "≥95%", "10", "100%", "98", "基本达", "成目标", "产出指标", "数量指标", "元", "及时", "总分", "合计",
         "完成值", "得分", "(50分)", "1. 103", "—", "2024年", "J-1-", "")  # fmt: skip
HEAD = "绩效指标\t一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\t偏差原因"


def _checked(text: str) -> tuple[Disclosure, Ledger]:
    document = read_text(text, "layout")
    disclosure = extract(document, understand(document))
    return disclosure, run_rules(disclosure, MINE)


@pytest.mark.parametrize("name", [*LAYOUTS, *PROVINCES])
def test_a_balanced_layout_is_read_in_full_and_yields_nothing(name: str) -> None:
    layout = LAYOUTS.get(name) or PROVINCES[name]
    disclosure, ledger = _checked(layout["text"])
    (table,) = disclosure.indicators
    assert [i.weight.text if i.weight else None for i in table.indicators] == layout["weights"]
    assert [i.score.text if i.score else None for i in table.indicators] == layout["scores"]
    assert [j.rule.code for j in ledger.judged if j.verdict.grade in FAILING] == []


@pytest.mark.parametrize("name", PROVINCES)
def test_a_province_s_form_and_targets_are_known(name: str) -> None:
    """Signs in cells of their own, ranges, bare numbers and words are typed as printed."""
    layout = PROVINCES[name]
    (table,) = _checked(layout["text"])[0].indicators
    assert table.form == layout["form"]
    assert table.shaky == ""
    assert [_typed(i) for i in table.indicators] == layout["targets"]


def _typed(row: Indicator) -> str | None:
    target = row.target
    if target is None or target.value is None:
        return target.operator if target else None
    return f"{target.operator} {target.value.text}"


@pytest.mark.parametrize(("text", "old", "new", "rules"), BREAKS)
def test_one_changed_figure_is_found_in_every_province(
    text: str, old: str, new: str, rules: list[str]
) -> None:
    """A figure changed beyond rounding fails the rules that hold it, and no other."""
    assert text.count(old) == 1
    _, ledger = _checked(text.replace(old, new))
    failing = [j.rule.code for j in ledger.judged if j.verdict.grade in FAILING]
    assert sorted(failing) == sorted(rules)


@pytest.mark.parametrize("name", LAYOUTS)
def test_a_changed_total_is_found_in_every_layout(name: str) -> None:
    """One figure changed beyond rounding yields a finding that holds that figure."""
    lines = LAYOUTS[name]["text"].rstrip("\n").split("\n")
    at = max(n for n, line in enumerate(lines) if line.startswith(("总分", "合计")))
    cells = lines[at].split("\t")
    score = max(n for n, cell in enumerate(cells) if cell.replace(".", "").isdigit())
    cells[score] = "91.5"
    lines[at] = "\t".join(cells)
    _, ledger = _checked("\n".join(lines))
    failing = [j.rule.code for j in ledger.judged if j.verdict.grade in FAILING]
    assert failing == ["IND006"]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(st.sampled_from(CELLS), min_size=2, max_size=12), min_size=1, max_size=12))
def test_torn_rows_never_break_reading_or_rules(rows: list[list[str]]) -> None:
    """Whatever stands below a head, reading and judging end."""
    _checked("\n".join([HEAD, *("\t".join(row) for row in rows)]))


@pytest.mark.parametrize(
    ("target", "actual", "rules"),
    [
        ("290%", "96%", []),
        ("28个", "8个", []),
        ("28个", "18个", ["IND008"]),
        ("90%", "80%", ["IND008"]),
    ],
)
def test_a_sign_misread_as_two_is_no_missed_target(
    target: str, actual: str, rules: list[str]
) -> None:
    """A scan prints ≥90% as 290%, ≥8 as 28: the rest of the number is what was promised."""
    rows = [
        HEAD,
        f"\t产出指标\t数量指标\t走访村组\t{target}\t{actual}\t50\t50\t",
        "\t\t质量指标\t走访记录\t齐全\t齐全\t50\t50\t",
        "总分\t\t\t\t\t\t100\t100\t",
    ]
    _, ledger = _checked("\n".join(rows) + "\n")
    assert [j.rule.code for j in ledger.judged if j.verdict.grade in FAILING] == rules


@pytest.mark.parametrize(
    "name", ["森林火灾受害率", "财政供养人员控制率", "预算调整率", "平均办理时长"]
)
def test_less_than_a_bare_ceiling_is_not_missed(name: str) -> None:
    """A number without a sign is a ceiling under names where less is better."""
    rows = [
        HEAD,
        f"\t产出指标\t数量指标\t{name}\t20%\t5%\t50\t50\t",
        "\t\t质量指标\t巡护记录\t齐全\t齐全\t50\t50\t",
        "总分\t\t\t\t\t\t100\t100\t",
    ]
    _, ledger = _checked("\n".join(rows) + "\n")
    assert [j.rule.code for j in ledger.judged if j.verdict.grade in FAILING] == []


def test_the_last_heading_of_a_table_that_is_cut_off_is_not_summed() -> None:
    """A text that ends within the form says nothing of the rows it leaves out."""
    rows = [
        HEAD,
        "\t产出指标(50分)\t数量指标\t走访村组\t8个\t8个\t50\t50\t",
        "\t效益指标(30分)\t社会效益指标\t走访记录\t齐全\t齐全\t10\t10\t",
    ]
    cut, whole = (_checked("\n".join(rows) + end)[1] for end in ("\n", "\n以上为自评情况。\n"))
    failing = [
        [j.rule.code for j in ledger.judged if j.verdict.grade in FAILING]
        for ledger in (cut, whole)
    ]
    assert failing == [[], ["IND005"]]


@pytest.mark.parametrize(
    ("target", "actual"), [("≥95%", "0.96"), ("≥95%", "1"), ("100%", "1"), ("95", "0.97")]
)
def test_a_fraction_beside_a_percentage_is_no_missed_target(target: str, actual: str) -> None:
    """0.96 beside ≥95% is the same rate printed as a fraction."""
    rows = [
        HEAD,
        f"\t产出指标\t质量指标\t验收合格率\t{target}\t{actual}\t50\t50\t",
        "\t\t质量指标\t走访记录\t齐全\t齐全\t50\t50\t",
        "总分\t\t\t\t\t\t100\t100\t",
    ]
    _, ledger = _checked("\n".join(rows) + "\n")
    assert [j.rule.code for j in ledger.judged if j.verdict.grade in FAILING] == []


def test_the_cost_of_several_years_may_exceed_this_year_s_budget() -> None:
    """A total investment is no ceiling of one year's money."""
    rows = [
        "项目资金(万元)\t\t年初预算数\t全年预算数\t全年执行数\t分值\t执行率\t得分",
        "\t年度资金总额\t30\t30\t30\t10\t100%\t10",
        HEAD,
        "\t成本指标\t经济成本指标\t项目总投资\t≤120万元\t90万元\t50\t50\t",
        "\t产出指标\t质量指标\t走访记录\t齐全\t齐全\t40\t40\t",
        "总分\t\t\t\t\t\t100\t100\t",
    ]
    _, ledger = _checked("\n".join(rows) + "\n")
    assert [j.rule.code for j in ledger.judged if j.verdict.grade in FAILING] == []
