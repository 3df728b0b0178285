"""Builds the self-evaluation table of a project (项目支出绩效自评表)."""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from itertools import groupby
from typing import Any

from blocks import Cell, Row, Table

from synth.books import Books, Indicator, Project
from synth.chance import CENT

WIDTHS = (6, 9, 12, 22, 12, 12, 7, 8, 14)
MEASURES = ("年初预算数", "全年预算数", "全年执行数")


def centre(text: str, across: int = 1, down: int = 1) -> Cell:
    """Make a centred cell."""
    return Cell(text, across, down, "center")


def points(value: Decimal) -> str:
    """Print points without idle zeros (得分)."""
    text = str(value.quantize(CENT, rounding=ROUND_HALF_UP))
    return text.rstrip("0").rstrip(".")


def wan(value: Decimal) -> str:
    """Print an amount in 万元."""
    return str((value / 10000).quantize(CENT, rounding=ROUND_HALF_UP))


def self_evaluation(books: Books, project: Project, number: int) -> tuple[Table, dict[str, Any]]:
    """Build the table of one project, and its truth in the format of the gold labels."""
    money, funds = _money(project)
    rows: list[Row] = [
        (centre("项目名称", 2), centre(project.name, 7)),
        (
            centre("主管部门", 2),
            centre(books.entity, 3),
            centre("实施单位"),
            centre(books.entity, 3),
        ),
        *money,
        (centre("年度总体目标", 1, 2), centre("预期目标", 4), centre("实际完成情况", 4)),
        (
            Cell(f"完成{project.name}年度任务，资金使用规范。", 4),
            Cell(f"完成{project.name}年度任务，资金使用规范。", 4),
        ),
        *_indicators(project.indicators),
        (centre("总分", 6), centre("100"), centre(points(project.score)), Cell("")),
    ]
    table = Table(
        key=f"P{number:02d}",
        title="项目支出绩效自评表",
        head=(),
        body=tuple(rows),
        widths=WIDTHS,
        above=(f"（{books.year}年度）", "金额单位：万元"),
        tall=True,
    )
    truth = {
        "id": table.key,
        "kind": "project_self_evaluation",
        "year": books.year,
        "cells": {
            "项目名称": project.name,
            "预算": funds,
            "indicators": [_label(one) for one in project.indicators],
            "总分": {"分值": "100", "得分": points(project.score)},
        },
    }
    return table, truth


def _money(project: Project) -> tuple[list[Row], dict[str, dict[str, str | None]]]:
    """Build the money rows: all of it current appropriation (资金行)."""
    figures = [wan(v) for v in (project.initial, project.annual, project.spent)]
    rate, score = f"{points(project.rate)}%", points(project.execution_score)
    heads = ("", *MEASURES, "分值", "执行率", "得分")
    rows: list[Row] = [
        (
            centre("项目资金（万元）", 1, 5), centre(heads[0], 2), *(centre(t) for t in heads[1:]),
        ),
        (Cell("年度资金总额", 2), *map(centre, (*figures, "10", rate, score))),
        (Cell("其中：当年财政拨款", 2), *map(centre, (*figures, "—", rate, "—"))),
        (Cell("上年结转资金", 2), *map(centre, ("0.00", "0.00", "0.00", "—", "", "—"))),
        (Cell("其他资金", 2), *map(centre, ("0.00", "0.00", "0.00", "—", "", "—"))),
    ]  # fmt: skip
    total = dict(zip(MEASURES, figures, strict=True))
    nothing: dict[str, str | None] = dict.fromkeys(MEASURES, "0.00")
    funds: dict[str, dict[str, str | None]] = {
        "年度资金总额": {**total, "分值": "10", "执行率": rate, "得分": score},
        "当年财政拨款": {**total, "执行率": rate},
        "上年结转资金": nothing,
        "其他资金": nothing,
    }
    return rows, funds


def _indicators(indicators: Sequence[Indicator]) -> list[Row]:
    """Lay indicators out with merged labels of the first and second level (指标行)."""
    names = ("一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分")
    top = (*map(centre, names), centre("偏差原因分析及改进措施"))
    rows: list[Row] = [(centre("绩效指标", 1, len(indicators) + 1), *top)]
    for first, inside in groupby(indicators, key=lambda i: i.first):
        group = list(inside)
        start = True
        for second, within in groupby(group, key=lambda i: i.second):
            listed = list(within)
            for at, one in enumerate(listed):
                lead = (centre(first, 1, len(group)),) if start else ()
                lead += (centre(second, 1, len(listed)),) if at == 0 else ()
                start = False
                cells = (one.target, one.actual, str(one.weight), points(one.score), one.note)
                rows.append((*lead, Cell(one.name), *map(centre, cells)))
    return rows


def _label(one: Indicator) -> dict[str, Any]:
    return {
        "level1": one.first,
        "level2": one.second,
        "level3": one.name,
        "target": one.target,
        "actual": one.actual,
        "weight": str(one.weight),
        "score": points(one.score),
        "note": one.note or None,
    }
