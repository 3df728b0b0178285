"""The forms of every province, drawn as ruled PDFs over two pages, read as their pasted text does."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from gouji.extract.indicators import read_indicators
from gouji.model.document import Document, Grid
from gouji.model.figure import Figure
from gouji.model.indicators import SelfEvaluation
from gouji.read import read_document, read_text
from gouji.understand import understand
from tests.extract.pages import drawn, sheet_of

FOLDER = Path(__file__).parents[2] / "fixtures" / "indicators"
LAYOUTS: dict[str, dict[str, Any]] = {
    name: layout
    for file in ("layouts.yaml", "provinces.yaml")
    for name, layout in yaml.safe_load((FOLDER / file).read_text("utf-8")).items()
}


def _content(table: SelfEvaluation) -> list[Any]:
    """Return what a table says, without where."""
    rows: list[Any] = [
        (
            i.name,
            i.target and (i.target.operator, _text(i.target.value)),
            i.actual and "".join(i.actual.text.split()),
            _text(i.weight),
            _text(i.score),
            i.shaky,
        )
        for i in table.indicators
    ]
    money = [(r.key, sorted((k, f.text) for k, f in r.figures.items())) for r in table.budget]
    total = table.total and (_text(table.total.weight), _text(table.total.score))
    return [*rows, money, total, [h.label for h in table.headings]]


def _text(figure: Figure | None) -> str | None:
    return None if figure is None else figure.text


def _pasted(text: str) -> list[Any]:
    document = read_text(text, "pasted")
    (table,) = read_indicators(document, understand(document))[0]
    return _content(table)


@pytest.mark.parametrize(
    ("after", "repeat_head"), [(1, True), (3, False)], ids=["head_repeated", "head_once"]
)
@pytest.mark.parametrize("name", LAYOUTS)
def test_a_form_over_two_pages_reads_as_pasted(
    name: str, after: int, *, repeat_head: bool, tmp_path: Path
) -> None:
    """Merged labels cut by the page break, with or without the head printed again."""
    text = LAYOUTS[name]["text"]
    sheet = sheet_of(text)
    path = tmp_path / "form.pdf"
    path.write_bytes(drawn(sheet, sheet.head + sheet.height + after, repeat_head=repeat_head))
    document = read_document(path)
    tables, _ = read_indicators(document, understand(document))
    assert [_content(table) for table in tables] == [_pasted(text)]


@pytest.mark.parametrize("between", ["— 12 —", "项目支出绩效自评表(续表)"])
@pytest.mark.parametrize("repeat_head", [True, False], ids=["head_repeated", "head_once"])
@pytest.mark.parametrize("name", ["national_three_tiers", "guangxi_rate_before_weight"])
def test_parts_with_a_page_number_between_are_one_table(
    name: str, between: str, *, repeat_head: bool
) -> None:
    """Else the second part's total would be held against half of the rows."""
    text = LAYOUTS[name]["text"]
    lines = text.strip("\n").split("\n")
    head = next(n for n, line in enumerate(lines) if "二级指标" in line)
    middle = [lines[head]] if repeat_head else []
    parts = [*lines[: head + 4], "", between, "", *middle, *lines[head + 4 :]]
    assert _pasted("\n".join(parts)) == _pasted(text)


def test_a_closed_table_takes_nothing_from_the_next() -> None:
    """After a total the next form is another table, though it prints the same head."""
    text = LAYOUTS["national_three_tiers"]["text"]
    document = read_text(text + "\n\n— 3 —\n\n" + text, "pasted")
    tables, _ = read_indicators(document, understand(document))
    assert [_content(table) for table in tables] == [_pasted(text)] * 2


def test_a_score_table_of_an_evaluation_report_reads_from_a_pdf(tmp_path: Path) -> None:
    """决策/过程/产出/效益 with definitions and standards in long cells, over two pages."""
    rows = [
        "一级指标\t二级指标\t三级指标\t分值\t指标解释\t评分标准\t得分",
        "决策(20分)\t项目立项\t立项依据充分性\t8\t立项是否符合法律法规和发展规划\t依据充分得8分,有1项不符扣2分,扣完为止\t8",
        "\t绩效目标\t绩效指标明确性\t12\t指标是否清晰、细化、可衡量\t全部符合得12分,有1项不符扣3分\t9",
        "过程(20分)\t资金管理\t预算执行率\t10\t实际支出资金与实际到位资金的比率\t执行率100%得10分,每降低1个百分点扣0.5分\t9",
        "\t组织实施\t制度执行有效性\t10\t是否遵守相关规定\t全部符合得10分,有1项不符扣2分\t10",
        "产出(30分)\t产出数量\t实际完成率\t30\t实际产出数与计划产出数的比率\t按完成率计分\t30",
        "效益(30分)\t项目效益\t社会效益\t30\t项目实施产生的社会效益\t视效果得0-30分,满分30分\t27",
        "总分\t\t\t100\t\t\t93",
    ]
    sheet = sheet_of("部门评价指标体系评分表\n" + "\n".join(rows))
    path = tmp_path / "scores.pdf"
    path.write_bytes(drawn(sheet, 4, repeat_head=True))
    document = read_document(path)
    (table,) = read_indicators(document, understand(document))[0]
    assert table.form == "scores"
    assert [_text(i.score) for i in table.indicators] == ["8", "9", "9", "10", "30", "27"]
    ladders = [(_text(i.ladder.maximum), i.ladder.direction) for i in table.indicators if i.ladder]
    assert ladders == [
        ("8", "items"), ("12", "items"), ("10", "below"), ("10", "items"), (None, ""), ("30", ""),
    ]  # fmt: skip
    assert [(h.label, h.first, h.last) for h in table.headings] == [
        ("决策(20分)", 0, 1), ("过程(20分)", 2, 3), ("产出(30分)", 4, 4), ("效益(30分)", 5, 5),
    ]  # fmt: skip


FIRST_PART = (
    "绩效指标\t一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\t偏差原因",
    "^\t产出指标(50分)\t数量指标\t修复古籍册数\t≥120册\t126册\t30\t30\t",
    "^\t^\t质量指标\t修复合格率\t=100%\t100%\t20\t20\t",
    "^\t\t社会效益指标\t古籍开放阅览人次\t≥900人次\t870人次\t15\t14.5\t阅览室停电",
)
SECOND_PART = (
    "\t\t可持续影响指标\t修复人员培养\t长期有效\t达成预期指标\t15\t15\t",
    "^\t满意度指标(10分)\t服务对象满意度\t读者满意度\t≥90%\t96%\t10\t10\t",
    "总分\t\t\t\t\t\t90\t89.5\t",
)


def _over_a_break(*between: str) -> Document:
    """Return two ruled parts with lines between; ^ is a cell covered by the one above it."""
    lines = ["古籍修复绩效自评表", "", *FIRST_PART, "", *between, "", *SECOND_PART]
    document = read_text("\n".join(lines), "pasted")
    blocks = tuple(
        replace(b, ruled=True, cells=tuple(c for c in b.cells if c.text != "^"))
        if isinstance(b, Grid)
        else b
        for b in document.blocks
    )
    return replace(document, blocks=blocks)


def test_a_label_printed_across_the_page_break_heads_the_rows_on_both_pages() -> None:
    """The blank cell at the foot of the page begins what the label merges; the rest is one table."""
    document = _over_a_break("效益指标(30分)")
    (table,) = read_indicators(document, understand(document))[0]
    assert [i.level1 for i in table.indicators] == [
        "产出指标(50分)", "产出指标(50分)", "效益指标(30分)", "效益指标(30分)", "满意度指标(10分)",
    ]  # fmt: skip
    assert [(h.label, h.first, h.last) for h in table.headings] == [
        ("产出指标(50分)", 0, 1), ("效益指标(30分)", 2, 3), ("满意度指标(10分)", 4, 4),
    ]  # fmt: skip
    assert table.total is not None
    assert _text(table.total.score) == "89.5"


@pytest.mark.parametrize(
    "between", [("效益指标(30分)", "满意度指标(10分)"), ("社会效益指标(15分)",)]
)
def test_parts_with_labels_of_no_sure_rows_between_stay_apart(between: tuple[str, ...]) -> None:
    """A weight over the wrong rows would be a wrong sum: the rest is left unread."""
    document = _over_a_break(*between)
    (table,) = read_indicators(document, understand(document))[0]
    assert len(table.indicators) == 3
    assert table.total is None
