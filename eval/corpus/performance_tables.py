"""Makes the self-evaluation tables of fixtures/documents/self-evaluation: text, PDF, README (样例自评表).

    python eval/corpus/performance_tables.py            both tables
    python eval/corpus/performance_tables.py --text     without the PDF

A project table whose merged cells run over two pages, and an overall table with tasks, goals and
indicators. Unit, projects and figures are invented. Both balance but for the planted slips, which
the README lists; sums are recomputed before anything is written.
"""

import argparse
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from blocks import Block, Cell, Heading, Paragraph, Row, Table
from render import to_html, to_pdf, to_text

FOLDER = Path(__file__).resolve().parents[2] / "fixtures" / "documents" / "self-evaluation"
UNIT = "滨溪县水文观测站"

ROW = 25
"""Height of a row in points: forms leave room, and the project table runs over two pages."""


@dataclass(frozen=True)
class Line:
    """One indicator: name, target, actual, weight, score, reason (指标)."""

    name: str
    target: str
    actual: str
    weight: int
    score: str
    reason: str = ""


PROJECT: dict[str, dict[str, tuple[Line, ...]]] = {
    "成本指标(20分)": {
        "经济成本指标": (
            Line("观测断面运行维护总成本控制情况", "≤860000元", "860000元", 10, "10"),
            Line("单个断面年均维护标准", "≤2.15万元/个", "2.03万元/个", 10, "10"),
        ),
    },
    "产出指标(40分)": {
        "数量指标": (
            Line("全年维护的水位与流量观测断面数量", "=40个", "40个", 4, "4"),
            Line("完成流速仪、雨量计等仪器检定台次", "≥120台", "126台", 4, "4"),
            Line("汛期人工加密测报次数", "≥300次", "318次", 4, "4"),
            Line("编印水情简报期数", "≥24期", "20期", 4, "3.33", "两期与预警快报合并"),
        ),
        "质量指标": (
            Line("遥测数据按时到报率", "≥98%", "79.4%", 4, "4"),
            Line("资料整编一次通过率", "≥95%", "97.5%", 4, "4"),
            Line("检定仪器合格率", "=100%", "100%", 4, "4"),
        ),
        "时效指标": (
            Line("洪峰过后实测成果上报用时", "≤4小时", "3小时", 4, "4"),
            Line("设备故障修复平均用时", "≤48小时", "36小时", 4, "4"),
            Line("年度资料整编完成时间", "2025年3月底前", "2025年3月20日完成", 4, "4"),
        ),
    },
    "效益指标(20分)": {
        "社会效益指标": (
            Line("为防汛会商提供预报的准确率", "≥85%", "88%", 5, "5"),
            Line("因测报迟误造成的责任事故", "=0起", "0起", 5, "5"),
        ),
        "生态效益指标": (Line("重点河段生态流量达标监测覆盖率", "≥90%", "92%", 5, "5"),),
        "可持续影响指标": (Line("观测资料向科研与设计单位开放", "持续开放", "持续开放", 5, "5"),),
    },
    "满意度指标(10分)": {
        "服务对象满意度指标": (Line("防汛部门与用水单位满意度", "≥90%", "94%", 10, "10"),),
    },
}

OVERALL_TASKS = (
    ("断面运行维护", "维护断面四十个，检定仪器一百二十六台", "86.00", "81.25"),
    ("水情测报", "汛期加密测报三百一十八次", "40.00", "39.10"),
    ("人员经费", "按月足额发放", "310.50", "308.20"),
    ("公用经费", "保障站点正常运转", "28.60", "27.45"),
)
OVERALL: dict[str, dict[str, tuple[Line, ...]]] = {
    "产出指标(50分)": {
        "数量指标": (Line("正常运行的观测站点", "≥12个", "12个", 20, "20"),),
        "质量指标": (Line("遥测数据到报率", "≥98%", "≥98%", 20, "20"),),
        "时效指标": (Line("水情信息报送及时率", "≥99%", "≥99%", 10, "10"),),
    },
    "效益指标(30分)": {
        "社会效益指标": (Line("洪水预报准确率", "≥85%", "88%", 20, "20"),),
        "生态效益指标": (Line("生态流量监测覆盖率", "≥90%", "92%", 20, "20"),),
    },
    "满意度指标(10分)": {
        "服务对象满意度指标": (Line("用水单位满意度", "≥90%", "94%", 10, "10"),),
    },
}

PLANTED = {
    "project": (
        "质量指标“遥测数据按时到报率”：指标值 ≥98%，实际 79.4%，未达到却得满分 4；",
        "总分印作 99.80，各项得分之和为 99.33（其中执行率得分 10）。",
    ),
    "overall": (
        "效益指标(30分)下两项分值各 20，合计 40；",
        "“金额合计”执行数印作 446.00，各任务之和为 456.00；",
        "两项指标的实际完成值照抄指标值。",
    ),
}


def center(text: str, *, across: int = 1, down: int = 1) -> Cell:
    """Return a centred cell, perhaps merged."""
    return Cell(text, across, down, "center")


def indicator_rows(levels: dict[str, dict[str, tuple[Line, ...]]], *, frame: str) -> list[Row]:
    """Lay indicators out with merged labels: frame, first level, second level."""
    total = sum(len(lines) for seconds in levels.values() for lines in seconds.values())
    rows: list[Row] = []
    for first, seconds in levels.items():
        for n, (second, lines) in enumerate(seconds.items()):
            for k, line in enumerate(lines):
                row = [Cell(line.name), center(line.target), center(line.actual)]
                row += [center(str(line.weight)), center(line.score), Cell(line.reason)]
                if k == 0:
                    row.insert(0, center(second, down=len(lines)))
                if n == 0 and k == 0:
                    row.insert(0, center(first, down=sum(map(len, seconds.values()))))
                if not rows:
                    row.insert(0, center(frame, down=total + 1))
                rows.append(tuple(row))
    return rows


def head_of_indicators(frame_height: int) -> Row:
    """Return the head of the indicator part; the frame label spans all rows below it."""
    names = ("一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分")
    cells = [center(name) for name in names]
    return (center("绩效指标", down=frame_height), *cells, center("偏差原因分析及改进措施"))


def project_table() -> Table:
    """Return the project table: money rows, goal, indicators, total."""
    rows = indicator_rows(PROJECT, frame="")
    rows[0] = rows[0][1:]
    money = (
        ("年度资金总额", "80.00", "86.00", "86.00", "10", "100.00%", "10"),
        ("其中:当年财政拨款", "80.00", "80.00", "80.00", "-", "100.00%", "-"),
        ("上年结转资金", "0.00", "6.00", "6.00", "-", "100.00%", "-"),
        ("其他资金", "0.00", "0.00", "0.00", "-", "", "-"),
    )
    body: list[Row] = [
        (center("项目名称", across=2), center("水文观测断面运行维护费", across=7)),
        (
            center("主管部门", across=2), center("滨溪县水利局", across=2),
            center("实施单位"), center(UNIT, across=4),
        ),
        (
            center("项目资金(万元)", across=2, down=5), center(""), center("年初预算数"),
            center("全年预算数"), center("全年执行数"), center("分值"), center("执行率"),
            center("得分"),
        ),
        *(tuple(center(text) for text in row) for row in money),
        (
            center("年度总体目标", down=2), center("预期目标", across=4),
            center("实际完成情况", across=4),
        ),
        (
            Cell("维护全县四十个观测断面，按时完成测报与整编。", 4),
            Cell("四十个断面全年正常运行，汛期加密测报三百一十八次。", 4),
        ),
        head_of_indicators(len(rows) + 1),
        *rows,
        (center("总分", across=6), center("100"), center("99.80"), Cell("")),
    ]  # fmt: skip
    return Table(
        key="project",
        title="项目支出绩效自评表",
        head=(),
        body=tuple(body),
        widths=(5, 9, 10, 24, 13, 13, 7, 8, 14),
        above=("(2024年度)",),
        tall=True,
    )


def overall_table() -> Table:
    """Return the overall table: tasks with money, goal, indicators."""
    rows = indicator_rows(OVERALL, frame="")
    rows[0] = rows[0][1:]
    tasks = [
        (center(name, across=2), Cell(done, 2), center(budget), center(budget),
         center(spent), center(spent))
        for name, done, budget, spent in OVERALL_TASKS
    ]  # fmt: skip
    budget = sum(Decimal(t[2]) for t in OVERALL_TASKS)
    total = (center("金额合计", across=2), center("", across=2), center(str(budget)),
             center(str(budget)), center("446.00"), center("446.00"))  # fmt: skip
    body: list[Row] = [
        (center("部门(单位)名称", across=2), center(UNIT, across=7)),
        (
            center("年度主要任务完成情况", down=len(tasks) + 2), center("任务名称", across=2),
            center("完成情况", across=2), center("预算数(万元)"), center("其中:财政拨款"),
            center("执行数(万元)"), center("其中:财政拨款"),
        ),
        *tasks,
        total,
        (
            center("年度总体目标", down=2), center("预期目标", across=4),
            center("实际完成情况", across=4),
        ),
        (
            Cell("保障全县水文站网正常运行，及时提供水情信息。", 4),
            Cell("站网全年正常运行，水情信息报送及时。", 4),
        ),
        head_of_indicators(len(rows) + 1),
        *rows,
        (center("总分", across=6), center("100"), center("100"), Cell("")),
    ]  # fmt: skip
    return Table(
        key="overall",
        title="部门整体支出绩效自评表",
        head=(),
        body=tuple(body),
        widths=(6, 10, 11, 22, 12, 13, 10, 11, 13),
        above=("(2024年度)",),
    )


def verify() -> None:
    """Recompute what must balance before the planted slips."""
    lines = [x for seconds in PROJECT.values() for xs in seconds.values() for x in xs]
    assert sum(x.weight for x in lines) + 10 == 100  # noqa: S101 (a script's own check)
    assert sum(Decimal(x.score) for x in lines) + 10 == Decimal("99.33")  # noqa: S101
    assert sum(Decimal(t[3]) for t in OVERALL_TASKS) == Decimal("456.00")  # noqa: S101


INTRODUCTION = (
    "按照县财政局关于开展 2024 年度预算绩效自评的要求，本站对“水文观测断面运行维护费”项目开展了绩效自评。",
    "自评工作由站办公室牵头，各测站提供观测日志、检定证书和报汛记录，财务人员核对资金支出，逐项打分后报县水利局汇总。",
    "项目资金用于断面清淤、缆道和水尺养护、仪器检定、备品备件购置以及汛期临时观测人员劳务，实行专账核算。",
    "全年没有发生因设施损坏而中断测报的情况，两处受洪水冲刷的护岸已在汛后修复。",
)


def project_report() -> list[Block]:
    """Return the project's report: a short text, then the table over two pages."""
    text = [Paragraph(t) for t in INTRODUCTION]
    return [Heading(f"{UNIT}2024年度项目绩效自评报告", 1), *text, project_table()]


def overall_report() -> list[Block]:
    """Return the overall report: one sentence and the table."""
    return [
        Heading(f"{UNIT}2024年度整体支出绩效自评报告", 1),
        Paragraph("本站对 2024 年度整体支出开展绩效自评，结果见下表。"),
        overall_table(),
    ]


def readme() -> str:
    """Write the README of the folder."""
    parts = [
        "# self-evaluation",
        "",
        (
            "两张绩效自评表：`project` 为项目支出绩效自评表，合并单元格跨两页；`overall` 为部门整体支出绩效自评表。"
            "`.txt` 是粘贴用的文本，`.pdf` 是同一内容的版式文件，`.json` 是应当读出的内容。"
        ),
        f"“{UNIT}”及全部数字均为虚构，由 `eval/corpus/performance_tables.py` 生成。",
        "",
        "除下列植入的差错外全部相符：",
        "",
    ]
    for name, slips in PLANTED.items():
        parts += [f"`{name}`", "", *(f"{n}. {slip}" for n, slip in enumerate(slips, 1)), ""]
    return "\n".join(parts).rstrip() + "\n"


def main() -> None:
    """Write both reports."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--text", action="store_true", help="only the texts")
    only_text = parser.parse_args().text
    verify()
    FOLDER.mkdir(parents=True, exist_ok=True)
    (FOLDER / "README.md").write_text(readme(), encoding="utf-8")
    for name, blocks in (("project", project_report()), ("overall", overall_report())):
        (FOLDER / f"{name}.txt").write_text(to_text(blocks), encoding="utf-8")
        if not only_text:
            html = to_html(blocks, f"{UNIT} {name}").replace("height: 11pt", f"height: {ROW}pt")
            to_pdf(html, FOLDER / f"{name}.pdf")


if __name__ == "__main__":
    main()
