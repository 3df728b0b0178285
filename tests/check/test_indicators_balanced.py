"""Whatever a balanced self-evaluation holds, no rule speaks; one broken figure, and one does."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from gouji.check.judge import FAILING
from gouji.check.rule import all_rules
from gouji.check.run import run_rules
from gouji.check.scoring import by_deviation, proportional, steep
from gouji.extract import extract
from gouji.read import read_text
from gouji.understand import understand

MINE = [r for r in all_rules() if r.code[:3] in ("IND", "DEF")]
LEVELS = (
    "产出指标\t数量指标",
    "产出指标\t质量指标",
    "效益指标\t社会效益指标",
    "满意度指标\t服务对象满意度",
)
HEADS = ("指标值\t实际完成值\t分值\t得分\t偏差原因", "分值\t指标值\t实际完成值\t得分\t偏差原因")
NAMES = (
    "办理件数",
    "巡查次数",
    "培训人数",
    "建成面积",
    "维护设施",
    "编印资料",
    "检测样品",
    "受理来电",
)


@dataclass(frozen=True)
class Row:
    """One indicator: what was promised, what was reached, and what it earned (指标)."""

    target: str
    actual: str
    weight: int
    score: Decimal
    reason: str = ""


def _two(value: Fraction) -> Decimal:
    shown = Decimal(value.numerator) / Decimal(value.denominator)
    return shown.quantize(Decimal("0.01"), ROUND_HALF_UP)


@st.composite
def _row(draw: st.DrawFn, weight: int) -> Row:
    goal = draw(st.integers(20, 900))
    unit = draw(st.sampled_from(["件", "次", "%", "平方米"]))
    goal = min(goal, 100) if unit == "%" else goal
    kind = draw(st.sampled_from(["≥", "≤", "", "words", "range"]))
    if kind == "words":
        return Row(
            "有效提升", draw(st.sampled_from(["有效提升", "基本达成"])), weight, Decimal(weight)
        )
    if kind == "range":
        return Row(f"{goal - 10}-{goal + 5}{unit}", f"{goal}{unit}", weight, Decimal(weight))
    if draw(st.booleans()):
        return Row(f"{kind}{goal}{unit}", f"{goal}{unit}", weight, Decimal(weight))
    short = draw(st.integers(2, goal // 3))
    reached = goal + short if kind == "≤" else goal - short
    ratio = Fraction(goal, reached) if kind == "≤" else Fraction(reached, goal)
    scheme = draw(st.sampled_from([proportional, steep, by_deviation]))
    points = _two(scheme(Fraction(weight), ratio))
    return Row(f"{kind}{goal}{unit}", f"{reached}{unit}", weight, points, "进度推迟")


@st.composite
def _tables(draw: st.DrawFn) -> tuple[str, list[Row], str]:
    weights = draw(st.sampled_from([(30, 30, 20, 10), (20, 25, 15, 20, 10), (15,) * 6, (10,) * 9]))
    rows = [draw(_row(weight)) for weight in weights]
    annual = draw(st.integers(100, 99_999))
    executed = draw(st.integers(annual // 2, annual))
    rate = _two(Fraction(100 * executed, annual))
    earned = _two(Fraction(10 * executed, annual))
    return draw(st.sampled_from(HEADS)), rows, f"{annual}\t{executed}\t10\t{rate}%\t{earned}"


def _text(head: str, rows: list[Row], money: str, *, extra: Decimal = Decimal(0)) -> str:
    lines = ["项目支出绩效自评表", "(2024年度)", "项目名称\t设施维护\t\t\t\t\t"]
    lines.append("项目资金(万元)\t\t全年预算数\t全年执行数\t分值\t执行率\t得分")
    lines += [f"\t年度资金总额\t{money}", f"绩效指标\t一级指标\t二级指标\t三级指标\t{head}"]
    for n, row in enumerate(rows):
        cells = {
            "指标值": row.target,
            "实际完成值": row.actual,
            "分值": str(row.weight),
            "得分": str(row.score),
            "偏差原因": row.reason,
        }
        level = LEVELS[min(n, len(LEVELS) - 1)]
        values = "\t".join(cells[column] for column in head.split("\t"))
        lines.append(f"\t{level}\t{NAMES[n % len(NAMES)]}{n}\t{values}")
    total = sum((r.score for r in rows), Decimal(money.rsplit("\t", 1)[1])) + extra
    lines.append(f"总分\t\t\t\t\t\t100\t{total}\t")
    return "\n".join(lines)


def _failing(text: str) -> list[str]:
    document = read_text(text, "made")
    ledger = run_rules(extract(document, understand(document)), MINE)
    return [j.rule.code for j in ledger.judged if j.verdict.grade in FAILING]


@settings(max_examples=80, deadline=None)
@given(_tables())
def test_a_balanced_table_yields_nothing(made: tuple[str, list[Row], str]) -> None:
    assert _failing(_text(*made)) == []


@settings(max_examples=40, deadline=None)
@given(_tables(), st.sampled_from([Decimal(1), Decimal(-2), Decimal("5.5")]))
def test_a_total_that_is_no_sum_is_found(made: tuple[str, list[Row], str], extra: Decimal) -> None:
    assert _failing(_text(*made, extra=extra)) == ["IND006"]


@settings(max_examples=40, deadline=None)
@given(_tables(), st.integers(0, 8))
def test_a_missed_target_with_full_marks_is_found(
    made: tuple[str, list[Row], str], which: int
) -> None:
    head, rows, money = made
    at = which % len(rows)
    rows = [*rows]
    rows[at] = Row("≥200件", "120件", rows[at].weight, Decimal(rows[at].weight))
    assert _failing(_text(head, rows, money)) == ["IND008"]
