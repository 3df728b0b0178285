"""The commands of screening (筛查命令): `gouji screen PATH…` and what follows it."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, NamedTuple, ParamSpec

import typer
from typer.core import TyperGroup

from gouji.errors import InputError
from gouji.messages import N_, Language
from gouji.model.reading import Engine
from gouji.shell import guarded

if TYPE_CHECKING:
    from gouji.llm.options import ModelOptions
    from gouji.screen.local import Order
    from gouji.screen.outcome import Options
    from gouji.screen.store import Store

P = ParamSpec("P")
STORE = "gouji.db"
EXTRAS = frozenset(
    ["sqlalchemy", "alembic", "pebble", "psycopg", "datasketch", "pyarrow", "fsspec", "matplotlib"]
)
"""What only `gouji[screen]` brings."""
BATCH_LOOK = 1.0
"""Seconds a document waits for its batch: what has not ended is collected by a later run."""
STOPPED = 130
"""Exit code after Ctrl-C, as shells have it."""
Runner = Literal["local", "ray"]
Table = Literal["parquet", "csv", "xlsx"]


class _PathsFirst(TyperGroup):
    """Takes `gouji screen PATH…` as `gouji screen run PATH…` (默认命令)."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:  # noqa: ANN401 (typer's own click)
        if args and args[0] not in (*self.commands, *ctx.help_option_names):
            args = ["run", *args]
        return super().parse_args(ctx, args)


app = typer.Typer(
    name="screen",
    cls=_PathsFirst,
    help="筛查：核查成批的文档，存下结果，最该看的排在最前。\n\n"
    "gouji screen 文件夹 即 gouji screen run 文件夹；中断后再运行即接着做。",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)

Places = Annotated[
    list[str],
    typer.Argument(
        metavar="PATH…",
        help="文件、文件夹、通配符、ZIP、网址（fsspec），或清单：CSV、JSONL，列名 url/path、unit、year。",
    ),
]
StoreUrl = Annotated[
    str, typer.Option("--store", metavar="URL", help="存储：SQLite 文件，或 postgresql:// 地址。")
]
Jobs = Annotated[int, typer.Option("--jobs", "-j", min=0, help="进程数；0 为全部处理器。")]
Top = Annotated[int, typer.Option("--top", min=0, help="列出最该看的多少份。")]
AcrossFlag = Annotated[
    bool,
    typer.Option(
        "--across/--no-across",
        help="查完后再跨文件核对：同一单位的两年决算、预算与决算、部门与所属单位。",
    ),
]
LangFlag = Annotated[Language, typer.Option("--lang", envvar="GOUJI_LANG", help="报告的语言。")]


def _guarded(command: Callable[P, None]) -> Callable[P, None]:
    """Say which extra is missing, and end as every command does."""

    @guarded
    @wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            command(*args, **kwargs)
        except ModuleNotFoundError as error:
            if (error.name or "").partition(".")[0] not in EXTRAS:
                raise
            raise InputError(
                N_("筛查需要 {what}：pip install 'gouji[screen]'。"), what=error.name
            ) from error

    return run


@app.command(help="核查这些文档，边查边存；中断后再运行即接着做，只重做有变化的。")
@_guarded
def run(  # noqa: PLR0913 (one parameter a flag)
    places: Places,
    store: StoreUrl = STORE,
    jobs: Jobs = 0,
    runner: Annotated[Runner, typer.Option("--runner", help="local 本机；ray 集群。")] = "local",
    engine: Annotated[
        Engine | None, typer.Option("--engine", help="rules、hybrid 或 llm。")
    ] = None,
    model: Annotated[
        str | None, typer.Option("--model", metavar="提供方:模型名", help="语言模型。")
    ] = None,
    base_url: Annotated[str | None, typer.Option("--base-url", help="模型服务的地址。")] = None,
    max_calls: Annotated[
        int | None, typer.Option("--max-calls", min=0, help="每份文档最多调用几次模型。")
    ] = None,
    max_cost: Annotated[
        str | None, typer.Option("--max-cost", help="每份文档最多花多少钱；须同时给出 --price。")
    ] = None,
    price: Annotated[
        str, typer.Option("--price", help="每百万词元的价格：输入价/输出价，币种自定。")
    ] = "0/0",
    batch: Annotated[
        bool,
        typer.Option("--batch", help="走批量接口：先全部提交；稍后再运行同一命令，续取答完的。"),
    ] = False,
    select: Annotated[str, typer.Option(help="只用这些规则或规则族。")] = "",
    ignore: Annotated[str, typer.Option(help="不用这些规则或规则族。")] = "",
    lang: LangFlag = "zh",
    retry_failed: Annotated[
        bool, typer.Option("--retry-failed", help="重做上次未能核查的。")
    ] = False,
    limit: Annotated[int | None, typer.Option("--limit", min=1, help="本次最多查多少份。")] = None,
    since: Annotated[
        datetime | None,
        typer.Option("--since", formats=["%Y-%m-%d"], help="只查这一天以后改动过的文件。"),
    ] = None,
    time_limit: Annotated[
        float, typer.Option("--time-limit", min=0.1, help="每份文档的时限（秒）。")
    ] = 60.0,
    memory_limit: Annotated[
        int, typer.Option("--memory-limit", min=256, help="每个进程的内存上限（MB）。")
    ] = 1024,
    max_pages: Annotated[int, typer.Option("--max-pages", min=1, help="最多页数。")] = 3000,
    max_size: Annotated[int, typer.Option("--max-size", min=1, help="最大文件（MB）。")] = 200,
    parts: Annotated[
        str | None, typer.Option("--parts", metavar="DIR", help="ray：结果分片写到哪里。")
    ] = None,
    across: AcrossFlag = True,
    top: Top = 10,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="不显示进度。")] = False,
) -> None:
    """Screen documents (筛查)."""
    from gouji.screen.limits import MIB, Limits
    from gouji.screen.local import Order
    from gouji.screen.outcome import Options

    if model is None and engine in ("hybrid", "llm"):
        raise InputError(N_("--engine {engine} 需要用 --model 指定语言模型。"), engine=engine)
    if model is None and batch:
        raise InputError(N_("{flag} 需要用 --model 指定语言模型。"), flag="--batch")
    bounds = _Bounds(max_calls, max_cost, price, batch)
    options = Options(
        select=_codes(select),
        ignore=_codes(ignore),
        lang=lang,
        engine=engine,
        model=_model(model, base_url, bounds) if model and engine != "rules" else None,
        batch=batch,
    )
    limits = Limits(time_limit, memory_limit * MIB, max_size * MIB, max_pages)
    order = Order(options, limits, _jobs(jobs), retry_failed, limit)
    if runner == "ray":
        _on_ray(places, since, order, (parts, quiet))
        return
    _locally(places, since, order, (store, top, quiet, across))


def _locally(
    places: list[str], since: datetime | None, order: Order, shown: tuple[str, int, bool, bool]
) -> None:
    from gouji.screen.find import find
    from gouji.screen.local import Tally, plan, screen
    from gouji.screen.progress import Progress, say_end, say_start
    from gouji.screen.stopping import stoppable
    from gouji.screen.store import Store

    _require_rules(order)
    url, top, quiet, across = shown
    found, tally = find(places, since), Tally()
    with Store.open(url) as store:
        todo = plan(store, found, order)
        say_start(found, todo, url)
        try:
            with stoppable(), Progress(todo.total, tally, quiet=quiet) as progress:
                screen(store, todo, order, tally, progress.hear)
        except KeyboardInterrupt:
            say_end(tally, todo, stopped=True)
            raise typer.Exit(STOPPED) from None
        say_end(tally, todo)
        if across:
            _compare(store, order.options.key, order.options)
        _print_queue(store, order.options, top)


def _on_ray(
    places: list[str], since: datetime | None, order: Order, shown: tuple[str | None, bool]
) -> None:
    from gouji.screen import on_ray
    from gouji.screen.find import find
    from gouji.screen.local import Tally
    from gouji.screen.progress import Progress, say_end, say_start
    from gouji.screen.stopping import stoppable

    _require_rules(order)
    parts, quiet = shown
    if parts is None:
        raise InputError(N_("--runner ray 需要用 --parts 指定结果分片的文件夹（各节点都能写到）。"))
    found, tally = find(places, since), Tally()
    todo = on_ray.plan(parts, found, order)
    say_start(found, todo, parts)
    try:
        with stoppable(), Progress(todo.total, tally, quiet=quiet) as progress:
            on_ray.screen(todo, order, parts, tally, progress.tick)
    except KeyboardInterrupt:
        say_end(tally, todo, stopped=True)
        raise typer.Exit(STOPPED) from None
    say_end(tally, todo)
    typer.echo(f"结果在 {parts}；用 gouji screen collect {parts} --store URL 汇入存储。", err=True)


@app.command(help="把集群写出的结果分片（--parts）汇入存储；重复汇入不会重复。")
@_guarded
def collect(
    places: Annotated[list[str], typer.Argument(metavar="PARTS…", help="分片文件、文件夹或网址。")],
    store: StoreUrl = STORE,
    across: AcrossFlag = True,
    top: Top = 10,
) -> None:
    """Load parts into a store (汇集)."""
    from gouji.screen.collect import collect as load
    from gouji.screen.store import Store
    from gouji.screen.store.across import options_keys

    with Store.open(store) as opened:
        tally = load(opened, places, lambda _: None)
        typer.echo(f"汇入 {tally.done} 份，发现 {tally.findings} 处。", err=True)
        if across:
            for key in options_keys(opened):
                _compare(opened, key)
        _print_queue(opened, None, top)


@app.command(help="导出存储：Parquet、CSV（一个文件夹）或 Excel（一个工作簿）。")
@_guarded
def export(
    store: Annotated[str, typer.Argument(metavar="STORE", help="存储。")] = STORE,
    form: Annotated[Table, typer.Option("--format", "-f", help="格式。")] = "parquet",
    output: Annotated[Path | None, typer.Option("--output", "-o", help="写到哪里。")] = None,
) -> None:
    """Export a store (导出)."""
    from gouji.screen.export import export as write
    from gouji.screen.store import Store

    target = output or Path("gouji-export.xlsx" if form == "xlsx" else "gouji-export")
    with Store.open(_existing(store)) as opened:
        counts = write(opened, form, target)
    told = "，".join(f"{name} {count} 行" for name, count in counts.items())
    typer.echo(f"写入 {target}：{told}。")


@app.command(help="写总览网页：图表、最该看的文档、近似重复、未能核查；点开是每份的完整报告。")
@_guarded
def overview(
    store: Annotated[str, typer.Argument(metavar="STORE", help="存储。")] = STORE,
    output: Annotated[Path, typer.Option("--output", "-o", help="写到哪里。")] = Path(
        "overview.html"
    ),
    reports: Annotated[
        int, typer.Option("--reports", min=0, help="给最该看的多少份写出完整报告。")
    ] = 100,
    jobs: Jobs = 0,
    lang: LangFlag = "zh",
) -> None:
    """Write the overview of a store (总览)."""
    from gouji.messages import Catalogue
    from gouji.screen.local import Order
    from gouji.screen.overview.page import Wish, write_overview
    from gouji.screen.store import Store

    wish = Wish(output, Catalogue(lang), reports, Order(jobs=_jobs(jobs)))
    with Store.open(_existing(store)) as opened:
        documents, pages = write_overview(opened, store, wish, lambda _done, _total: None)
    typer.echo(f"写入 {output}：{documents} 份文档，其中 {pages} 份附完整报告。")


def _existing(store: str) -> str:
    """Refuse a file that is not there rather than make an empty store of a mistyped name."""
    if "://" not in store and not Path(store).is_file():
        raise InputError(N_("{store}：没有这个存储；先用 gouji screen 建立。"), store=store)
    return store


def _print_queue(store: Store, options: Options | None, top: int) -> None:
    from gouji.screen.ranking import ranked
    from gouji.screen.store import across
    from gouji.screen.table import print_across, print_ranking

    if not top:
        return
    beside = list(across.found(store, options.key if options else None))
    findings = [*store.findings(options), *(a.finding for a in beside)]
    console = _console()
    print_ranking(ranked(store.documents(options), findings), console, top)
    print_across(beside, console, top)


def _compare(store: Store, key: str, options: Options | None = None) -> None:
    """Hold the documents of a store against each other, and say what came of it (跨文件核对)."""
    from gouji.screen.across.rulebook import selected
    from gouji.screen.across.run import compare_store

    rules = selected(options.ignore, options.select) if options else None
    if rules == ():
        return
    came = compare_store(store, key, options.lang if options else "zh", rules=rules)
    if came.groups:
        typer.echo(
            f"跨文件核对：可比的 {came.groups} 组，本次比对 {came.compared} 组，发现 {came.findings} 处。",
            err=True,
        )


# --- flags -----------------------------------------------------------------------------------


def _codes(text: str) -> tuple[str, ...]:
    return tuple(code.strip() for code in text.split(",") if code.strip())


def _jobs(wanted: int) -> int:
    return wanted or len(os.sched_getaffinity(0))


class _Bounds(NamedTuple):
    """What a model may cost for each document, and how it is asked (模型限额)."""

    max_calls: int | None
    max_cost: str | None
    price: str
    batch: bool


def _model(model: str, base_url: str | None, bounds: _Bounds) -> ModelOptions:
    from gouji.llm.options import ModelOptions, cost_of, price_of

    price = price_of(bounds.price)
    options = ModelOptions(
        model=model,
        base_url=base_url,
        max_calls=bounds.max_calls,
        max_cost=cost_of(bounds.max_cost, price),
        price=price,
    )
    return replace(options, deadline=BATCH_LOOK) if bounds.batch else options


def _require_rules(order: Order) -> None:
    """Refuse unknown rule codes before anything is read."""
    from gouji.check.selection import selected
    from gouji.screen.across.rulebook import selected as selected_across

    selected(order.options.select, order.options.ignore)
    selected_across(order.options.ignore, order.options.select)


def _console() -> Any:  # noqa: ANN401
    from rich.console import Console

    console = Console(emoji=False, highlight=False)
    return console if sys.stdout.isatty() else Console(width=120, emoji=False, highlight=False)
