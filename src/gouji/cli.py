"""The command line (命令行): parses flags, calls the pipeline, picks a reporter.

Exit code 0: nothing at or above the --fail-on level; 1: findings; 2: bad usage or unreadable input;
3: a fault of gouji's own.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, NamedTuple

import typer

from gouji import __version__
from gouji.baseline.cli import app as baselines
from gouji.errors import InputError
from gouji.evaluate.cli import app as evaluation
from gouji.messages import N_, Catalogue, Language
from gouji.model.reading import Engine
from gouji.report.formats import FORMATS, Format, format_for
from gouji.screen.cli import app as screening
from gouji.shell import guarded, write

if TYPE_CHECKING:
    from gouji.llm.port import Port
    from gouji.model.baseline import Baseline
    from gouji.model.examined import Examined
    from gouji.model.report import Report

FailOn = Literal["error", "warning", "note", "never"]
SchemaName = Literal["report", "extract", "baseline"]

ABOUT = "核查部门决算公开报告：找出不能同时成立的数字。"

app = typer.Typer(
    name="gouji",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)

app.add_typer(evaluation)
app.add_typer(screening)
app.add_typer(baselines)

File = Annotated[str, typer.Argument(metavar="FILE|-", help="PDF 或文本文件；- 读取标准输入。")]
Output = Annotated[Path | None, typer.Option("--output", "-o", help="写入文件，不写标准输出。")]
FormatFlag = Annotated[
    str | None,
    typer.Option(
        "--format",
        "-f",
        metavar="|".join(FORMATS),
        help="报告的格式；不写则看 --output 的后缀，否则 text。",
    ),
]
BaselineFlag = Annotated[
    Path | None,
    typer.Option("--baseline", help="基线文件：其中已有的发现不再显示，也不计入退出码。"),
]
Lang = Annotated[Language, typer.Option("--lang", envvar="GOUJI_LANG", help="报告的语言。")]
EngineFlag = Annotated[
    Engine | None,
    typer.Option(
        "--engine", help="读取方式：rules 只用规则；hybrid 规则先行，余下交给模型；llm 全交模型。"
    ),
]
ModelFlag = Annotated[
    str | None,
    typer.Option(
        "--model",
        metavar="提供方:模型名",
        help="用语言模型读规则没有读懂的部分（需 gouji[llm]）；密钥取自环境变量。",
    ),
]
BaseUrl = Annotated[
    str | None,
    typer.Option("--base-url", help="OpenAI 兼容服务的地址，如 http://127.0.0.1:8080/v1。"),
]
NoCache = Annotated[bool, typer.Option("--no-cache", help="不用也不写答案缓存。")]
MaxCalls = Annotated[int | None, typer.Option("--max-calls", min=0, help="每份文档最多调用几次。")]
MaxTokens = Annotated[
    int | None, typer.Option("--max-tokens", min=0, help="每份文档最多用多少词元（进出合计）。")
]
MaxCost = Annotated[
    str | None, typer.Option("--max-cost", help="每份文档最多花多少钱；须同时给出 --price。")
]
Price = Annotated[str, typer.Option("--price", help="每百万词元的价格：输入价/输出价，币种自定。")]
Timeout = Annotated[float, typer.Option("--timeout", min=0.1, help="一次调用的时限（秒）。")]
Deadline = Annotated[float, typer.Option("--deadline", min=0.1, help="一份文档的总时限（秒）。")]
Concurrency = Annotated[int, typer.Option("--concurrency", min=1, max=64, help="同时调用几次。")]
BatchFlag = Annotated[
    bool,
    typer.Option(
        "--batch", help="走批量接口：便宜而慢；等到 --deadline 为止，未完的下次运行续取。"
    ),
]
SummaryFlag = Annotated[
    bool, typer.Option("--summary", help="请模型据核对结果写一段摘要；其中的数字必须出自结果。")
]


PreviousFlag = Annotated[
    Path | None,
    typer.Option(
        "--previous", metavar="FILE", help="同一单位上一年度的决算公开：核对上年数与年初结转。"
    ),
]
BudgetFlag = Annotated[
    Path | None,
    typer.Option("--budget", metavar="FILE", help="同一单位同一年度的预算公开：核对年初预算数。"),
]


class _Given(NamedTuple):
    """The flags about a model, as given (模型选项)."""

    base_url: str | None
    no_cache: bool
    max_calls: int | None
    max_tokens: int | None
    max_cost: str | None
    price: str
    timeout: float
    deadline: float
    concurrency: int
    batch: bool


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"gouji {__version__}")
        raise typer.Exit


@app.callback(help=ABOUT)
def gouji(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="显示版本。")
    ] = False,
) -> None:
    """Take the options that stand before any command."""


@app.command(help="核查一份报告。退出码：0 没有发现，1 有发现，2 输入有误。")
@guarded
def check(  # noqa: PLR0913 (one parameter a flag)
    file: File,
    format: FormatFlag = None,  # noqa: A002 (the flag's name)
    output: Output = None,
    select: Annotated[str, typer.Option(help="只用这些规则或规则族，逗号分隔：CHG,SUM001。")] = "",
    ignore: Annotated[str, typer.Option(help="不用这些规则或规则族，逗号分隔。")] = "",
    fail_on: Annotated[FailOn, typer.Option(help="达到这一级就以 1 退出。")] = "error",
    lang: Lang = "zh",
    baseline: BaselineFlag = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="只显示一句结论。")] = False,
    engine: EngineFlag = None,
    model: ModelFlag = None,
    base_url: BaseUrl = None,
    no_cache: NoCache = False,
    max_calls: MaxCalls = None,
    max_tokens: MaxTokens = None,
    max_cost: MaxCost = None,
    price: Price = "0/0",
    timeout: Timeout = 120.0,
    deadline: Deadline = 900.0,
    concurrency: Concurrency = 4,
    batch: BatchFlag = False,
    summary: SummaryFlag = False,
    previous: PreviousFlag = None,
    budget: BudgetFlag = None,
) -> None:
    """Check one report (核查)."""
    wanted = _wanted(format, output)
    from gouji.pipeline import examine

    _require_model(engine, model, summary=summary)
    limits = (max_calls, max_tokens, max_cost, price, timeout, deadline, concurrency)
    given = _Given(base_url, no_cache, *limits, batch)
    source = _bytes(file)
    result = examine(
        source,
        select=select.split(","),
        ignore=_within(ignore),
        name=_name(file) or Path(file).name,
        lang=lang,
        model=_port(model, given) if model and (summary or engine != "rules") else None,
        engine=engine,
        summary=summary,
        baseline=_baseline(baseline),
    )
    across = [[c for c in said.split(",") if c not in _within(said)] for said in (select, ignore)]
    if previous is not None or budget is not None or any(across):
        from gouji.screen.across.beside import beside

        result = beside(result, (previous, budget), across, Catalogue(lang))
    if quiet:
        write(result.report.summary.headline + "\n", output if wanted.name == "text" else None)
    if not quiet or (output is not None and wanted.name != "text"):
        _deliver(result, source, wanted, output, Catalogue(lang))
    raise typer.Exit(_exit_code(result.report, fail_on))


ACROSS = "XDC"
"""Family of the rules about several documents."""


def _within(codes: str) -> list[str]:
    """Return the codes of rules about one document."""
    return [code for code in codes.split(",") if not code.strip().upper().startswith(ACROSS)]


@app.command(help="提取一份报告的结构、表格与陈述，输出 JSON。")
@guarded
def extract(file: File, output: Output = None) -> None:
    """Print what is read out of one report (提取)."""
    from gouji.pipeline import extract_document
    from gouji.report.extraction import to_json

    write(to_json(extract_document(_source(file), name=_name(file))), output)


@app.command(help="列出规则，或说明一条规则。")
@guarded
def rules(
    code: Annotated[str, typer.Argument(help="规则代码；不写则列出全部规则。")] = "",
    markdown: Annotated[
        Path | None, typer.Option("--markdown", metavar="DIR", help="把全部规则写成页面。")
    ] = None,
) -> None:
    """List the rules, or print the page of one (规则)."""
    from gouji.check.rule import FAMILIES, all_rules
    from gouji.report import catalogue
    from gouji.screen.across.rule import FAMILIES as ACROSS
    from gouji.screen.across.rulebook import across_rules

    every = {rule.code: rule for rule in (*all_rules(), *across_rules())}
    families = {**FAMILIES, **ACROSS}
    if markdown is not None:
        markdown.mkdir(parents=True, exist_ok=True)
        for rule in every.values():
            write(catalogue.page(rule), markdown / f"{rule.code}.md")
        write(catalogue.index(every.values(), families), markdown / "README.md")
    elif not code:
        write(catalogue.listing(every.values(), families), None)
    elif code.upper() in every:
        write(catalogue.page(every[code.upper()]), None)
    else:
        raise InputError(N_("没有规则 {code}；用 gouji rules 查看全部规则。"), code=code)


@app.command(help="输出 gouji 所写 JSON 的模式（JSON Schema）。")
@guarded
def schema(
    name: Annotated[SchemaName, typer.Argument(help="report、extract 或 baseline。")] = "report",
) -> None:
    """Print a published JSON Schema (模式)."""
    from gouji.resources import text

    write(text("schemas", f"{name}.v1.schema.json"), None)


@app.command(help="在本机打开核查页面与接口（需 gouji[web]）。")
@guarded
def serve(  # noqa: PLR0913 (one parameter a flag)
    host: Annotated[
        str, typer.Option("--host", help="监听的地址；本机以外须设 GOUJI_TOKEN。")
    ] = "127.0.0.1",
    port: Annotated[
        int, typer.Option("--port", min=0, max=65535, help="0 为任意空闲端口。")
    ] = 8600,
    store: Annotated[
        str | None, typer.Option("--store", metavar="URL", help="存储的地址；默认在数据目录里。")
    ] = None,
    data: Annotated[
        Path | None, typer.Option("--data", metavar="DIR", help="原件与图像的目录。")
    ] = None,
    lang: Lang = "zh",
    keep: Annotated[
        float, typer.Option("--keep", metavar="DAYS", min=0, help="几天后自动删除；0 为不删。")
    ] = 0,
    jobs: Annotated[
        int | None,
        typer.Option("--jobs", min=1, max=64, help="同时核查几份；默认用一半的处理器。"),
    ] = None,
) -> None:
    """Serve pages and an API (服务)."""
    try:
        from gouji.web.options import ServeOptions, data_folder, usual_jobs
        from gouji.web.serve import serve as run
    except ModuleNotFoundError as error:
        raise InputError(
            N_("缺少 {what}；请先安装：pip install 'gouji[web]'。"), what=error.name
        ) from error

    folder = (data or data_folder()).expanduser()
    given = (folder, host, port, store, lang, keep, jobs or usual_jobs())
    run(ServeOptions(*given), typer.echo)


# --- a language model ------------------------------------------------------------------------


def _require_model(engine: Engine | None, model: str | None, *, summary: bool) -> None:
    if model is None and (summary or engine in ("hybrid", "llm")):
        flag = "--summary" if summary else f"--engine {engine}"
        raise InputError(N_("{flag} 需要用 --model 指定语言模型。"), flag=flag)


def _port(model: str, given: _Given) -> Port:
    """Return the model the flags name."""
    from gouji.llm.batch import Batch
    from gouji.llm.chat import Chat
    from gouji.llm.options import ModelOptions, cost_of, price_of

    price = price_of(given.price)
    options = ModelOptions(
        model=model,
        base_url=given.base_url,
        use_cache=not given.no_cache,
        max_calls=given.max_calls,
        max_tokens=given.max_tokens,
        max_cost=cost_of(given.max_cost, price),
        price=price,
        timeout=given.timeout,
        deadline=given.deadline,
        concurrency=given.concurrency,
    )
    return Batch(options) if given.batch else Chat(options)


def _baseline(path: Path | None) -> Baseline | None:
    from gouji.baseline.file import read_baseline

    return None if path is None else read_baseline(path)


# --- input and output ------------------------------------------------------------------------


def _source(file: str) -> bytes | Path:
    return sys.stdin.buffer.read() if file == "-" else Path(file)


def _name(file: str) -> str | None:
    return "标准输入" if file == "-" else None


def _bytes(file: str) -> bytes:
    from gouji.read.source import load

    return sys.stdin.buffer.read() if file == "-" else load(Path(file))


def _wanted(name: str | None, output: Path | None) -> Format:
    """Return the format asked for, or refuse what a terminal cannot show."""
    wanted = format_for(name, output)
    if wanted.binary and output is None and sys.stdout.isatty():
        raise InputError(N_("{name} 不能显示在终端上；请用 --output 指定文件。"), name=wanted.name)
    return wanted


def _deliver(
    result: Examined, source: bytes, wanted: Format, output: Path | None, say: Catalogue
) -> None:
    """Write the report where it is wanted; text on a terminal has its colours and width."""
    if wanted.name == "text" and output is None and sys.stdout.isatty():
        from rich.console import Console

        from gouji.report.console import print_report

        print_report(result.report, Console(highlight=False, emoji=False, markup=False), say)
        return
    write(wanted.written(result, source, say), output)


def _exit_code(report: Report, fail_on: FailOn) -> int:
    if fail_on == "never":
        return 0
    from gouji.model.finding import SEVERITY_ORDER

    limit = SEVERITY_ORDER[fail_on]
    return int(any(SEVERITY_ORDER[f.severity] <= limit for f in report.findings))
