"""Tables and indicator rows by a model: cells by id and text, everything else by our own binder and parser."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

pytest.importorskip("jinja2", reason="the llm extra is not installed")

from gouji import check_document
from gouji.extract import extract
from gouji.extract.by_model import read_further
from gouji.llm.scripted import Scripted
from gouji.model.disclosure import Disclosure
from gouji.model.reading import ModelReading
from gouji.read import read_text
from gouji.understand import understand
from tests.llm.readers import says

TABLE = """某局2024年度部门决算
花钱的去处
单位：万元
科目编码\t科目名称\t本年支出合计\t基本支出\t项目支出\t上缴上级支出\t经营支出\t对附属单位补助支出
\t合计\t12.00\t9.00\t3.00\t0.00\t0.00\t0.00
201\t一般公共服务支出\t10.00\t8.00\t2.00\t0.00\t0.00\t0.00
20103\t政府办公厅（室）及相关机构事务\t10.00\t8.00\t2.00\t0.00\t0.00\t0.00
2010301\t行政运行\t10.00\t8.00\t2.00\t0.00\t0.00\t0.00
208\t社会保障和就业支出\t2.00\t1.00\t1.00\t0.00\t0.00\t0.00
20805\t行政事业单位养老支出\t2.00\t1.00\t1.00\t0.00\t0.00\t0.00
2080505\t机关事业单位基本养老保险缴费支出\t2.00\t1.00\t1.00\t0.00\t0.00\t0.00

本年收入9.07万元，比上年增加0.71万元，增长8.49%。
"""
RATINGS = """项目支出绩效自评表
项目名称\t道路修缮
一级指标\t二级指标\t三级指标\t指标值\t实际完成值\t分值\t得分
产出指标\t数量指标\t修缮面积\t≥500平方米\t520平方米\t50\t50
效益指标\t社会效益\t受益人数\t≥300人\t310人\t40\t40
总分\t\t\t\t\t90\t90
"""


def disclosure(text: str) -> Disclosure:
    document = read_text(text, "题目")
    return extract(document, understand(document))


def table(**other: Any) -> dict[str, Any]:  # noqa: ANN401 (fields of an answer)
    (grid,) = disclosure(TABLE).document.grids
    g = f"g{grid.index}"
    said = {
        "kind": "expenditure",
        "header": [
            {"id": f"{g}r0c2", "text": "本年支出合计"},
            {"id": f"{g}r0c3", "text": "基本支出"},
        ],
        "label": {"id": f"{g}r0c1", "text": "科目名称"},
        "total": {"id": f"{g}r1c1", "text": "合计"},
    }
    return {"table": {**said, **other}}


def named(**other: Any) -> tuple[Disclosure, ModelReading]:  # noqa: ANN401 (fields of an answer)
    model = Scripted(says("tables", lambda _: table(**other)))
    found = read_further(disclosure(TABLE), model, "hybrid")
    assert found.reading is not None
    return found, found.reading


def test_a_grid_without_a_title_is_named_by_the_model_and_bound_by_us() -> None:
    before = disclosure(TABLE)
    assert before.tables == ()
    found, reading = named()
    (bound,) = found.tables
    assert bound.kind == "expenditure"
    figure = bound.get("201", "项目支出")
    assert figure is not None
    assert (figure.text, figure.suggested) == ("2.00", True)
    assert reading.accepted == {"tables": 1}


def test_a_wrong_cell_of_such_a_table_is_a_warning() -> None:
    model = Scripted(says("tables", lambda _: table()))
    wrong = TABLE.replace("208\t社会保障和就业支出\t2.00", "208\t社会保障和就业支出\t2.70")
    found = [f for f in check_document(wrong, model=model).findings if f.rule.startswith("FOO")]
    assert found
    assert {f.severity for f in found} <= {"warning", "note"}


@pytest.mark.parametrize(
    ("other", "reason"),
    [
        ({"kind": "basic_expenditure"}, "binder_refused"),
        ({"kind": "three_public"}, "binder_refused"),
        ({"kind": "income_expenditure_summary"}, "binder_refused"),
        ({"kind": "appropriation_summary"}, "binder_refused"),
        ({"total": {"id": "g99r1c1", "text": "合计"}}, "unknown_cell"),
        ({"header": []}, "role_missing"),
        ({"kind": "project_self_evaluation"}, "nothing_new"),
    ],
)
def test_a_name_that_does_not_fit_is_dropped(other: dict[str, Any], reason: str) -> None:
    found, reading = named(**other)
    assert found.tables == ()
    assert reading.dropped == {reason: 1}


def test_a_cell_must_print_what_the_answer_says_it_prints() -> None:
    header = [{**c, "text": "项目支出"} for c in table()["table"]["header"]]
    assert named(header=header)[1].dropped == {"cell_text_differs": 1}


def row(request: Any, **other: Any) -> dict[str, Any]:  # noqa: ANN401 (an answer)
    import re  # noqa: PLC0415

    cells = dict(re.findall(r"(g\d+r\d+c\d+)=([^|\n]*?)(?: \||\n|$)", request.user))
    ids = list(cells)
    at = next(i for i, id_ in enumerate(ids) if cells[id_] == "修缮面积")
    keys = ("name", "target", "actual", "weight", "score")
    said = {k: {"id": ids[at + n], "text": cells[ids[at + n]].strip()} for n, k in enumerate(keys)}
    return {"rows": [{**said, **other}]}


def shaky() -> Disclosure:
    read = disclosure(RATINGS)
    (evaluation,) = read.indicators
    first, *rest = evaluation.indicators
    first = replace(first, weight=None, score=None, shaky="cell_left_over")
    return replace(read, indicators=(replace(evaluation, indicators=(first, *rest)),))


def test_an_uncertain_row_is_shaped_by_cells_and_read_by_our_parser() -> None:
    model = Scripted(says("indicators", row))
    found = read_further(shaky(), model, "hybrid")
    first = found.indicators[0].indicators[0]
    assert first.shaky == ""
    assert first.weight is not None
    assert (first.weight.text, first.weight.suggested) == ("50", True)
    (request,) = (r for r in model.asked if r.prompt.task == "indicators")
    assert "受益人数" not in request.user


@pytest.mark.parametrize(
    ("other", "reason"),
    [
        ({"weight": {"id": "g9r9c9", "text": "50"}}, "unknown_cell"),
        ({"weight": None, "target": None}, "role_missing"),
    ],
)
def test_a_row_without_ground_stays_uncertain(other: dict[str, Any], reason: str) -> None:
    model = Scripted(says("indicators", lambda r: row(r, **other)))
    found = read_further(shaky(), model, "hybrid")
    assert found.indicators[0].indicators[0].shaky
    assert found.reading is not None
    assert found.reading.dropped == {reason: 1}
