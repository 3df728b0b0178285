"""The commands for baselines (基线命令): `gouji baseline …`."""

from __future__ import annotations

from datetime import date, datetime
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from gouji.errors import InputError
from gouji.messages import N_
from gouji.shell import guarded, write

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gouji.baseline.file import Update
    from gouji.model.baseline import Baseline, BaselineEntry
    from gouji.model.report import Report

StatusFlag = Literal["known", "confirmed", "dismissed"]
STATUSES = {"known": "已知", "confirmed": "属实", "dismissed": "不成立"}

app = typer.Typer(
    name="baseline",
    help="基线：登记已处理的发现，以后核查时不再显示。",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)

BaselineFile = Annotated[Path, typer.Argument(metavar="FILE", help="基线文件（JSON）。")]


@app.command(help="把 JSON 报告或文档中的发现登记到基线文件；没有这个文件则新建。")
@guarded
def update(  # noqa: PLR0913 (one parameter a flag)
    file: BaselineFile,
    sources: Annotated[
        list[Path], typer.Argument(metavar="REPORT…", help="JSON 报告，或直接给出文档。")
    ],
    status: Annotated[
        StatusFlag | None,
        typer.Option(
            help="登记为何种状态；不写则新的为 known，旧的不变；报告里有复核意见的从其意见。"
        ),
    ] = None,
    reason: Annotated[str | None, typer.Option(help="理由。")] = None,
    on: Annotated[
        str | None, typer.Option("--date", metavar="YYYY-MM-DD", help="登记日期；默认今天。")
    ] = None,
    prune: Annotated[bool, typer.Option("--prune", help="删除已不再出现的条目。")] = False,
) -> None:
    """Note the findings of reports or documents in a baseline (登记)."""
    from gouji.baseline.file import Noting, read_baseline, updated, written
    from gouji.model.baseline import Baseline

    noting = Noting(_day(on), status, reason)
    before = read_baseline(file) if file.exists() else Baseline()
    reports = [_report(source) for source in sources]
    shortened = [s for s, r in zip(sources, reports, strict=True) if r.baseline is not None]
    if prune and shortened:
        raise InputError(
            N_("{name}：报告是用 --baseline 生成的，没有列出全部发现，不能据以删除条目。"),
            name=shortened[0],
        )
    result = updated(before, reports, noting)
    write(written(result.pruned() if prune else result.baseline), file)
    write("".join(f"{line}\n" for line in _told(result, file, pruned=prune)), None)


@app.command(help="列出基线文件里的条目。")
@guarded
def show(file: BaselineFile) -> None:
    """List a baseline (列出)."""
    from gouji.baseline.file import read_baseline

    write("".join(f"{line}\n" for line in _listed(read_baseline(file), file)), None)


def _day(given: str | None) -> str:
    if given is None:
        return datetime.now().astimezone().date().isoformat()
    try:
        return date.fromisoformat(given).isoformat()
    except ValueError as error:
        raise InputError(
            N_("--date {given}：不是日期；请写作 2025-09-30。"), given=given
        ) from error


def _report(source: Path) -> Report:
    """Return the report a file is, or the report of the document it is."""
    from gouji.baseline.file import report_in
    from gouji.pipeline import check_document
    from gouji.read.source import load

    data = load(source)
    return report_in(data, str(source)) or check_document(data, name=source.name)


def _told(result: Update, file: Path, *, pruned: bool) -> Iterator[str]:
    held = len(result.pruned().entries if pruned else result.baseline.entries)
    yield (
        f"{file}：新增 {result.added} 条，更改 {result.changed} 条，"
        f"原有不变 {result.kept} 条；共 {held} 条。"
    )
    if result.gone:
        what = "已删除" if pruned else "加 --prune 可删除"
        yield f"已不再出现的 {len(result.gone)} 条，{what}："
        yield from (_line(entry) for entry in result.gone)


def _listed(baseline: Baseline, file: Path) -> Iterator[str]:
    yield f"{file}：{len(baseline.entries)} 条。"
    for (entity, year), entries in groupby(baseline.entries, key=_unit):
        yield ""
        yield f"{entity or '（未写明单位）'}{f' · {year} 年度' if year else ''}"
        yield from (_line(entry) for entry in entries)


def _unit(entry: BaselineEntry) -> tuple[str | None, int | None]:
    return (entry.entity, entry.fiscal_year)


def _line(entry: BaselineEntry) -> str:
    from gouji.report.legible import one_line

    why = f"（{entry.reason}）" if entry.reason else ""
    noted = " ".join(x for x in (STATUSES[entry.status], entry.date) if x)
    return one_line(f"{entry.fingerprint} {entry.rule} {noted}{why}：{entry.message}")
