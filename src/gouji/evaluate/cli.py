"""The commands of evaluation (评测命令): `gouji eval …`."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, ParamSpec

import typer

from gouji.errors import InputError
from gouji.messages import N_
from gouji.shell import guarded

if TYPE_CHECKING:
    from rich.console import Console

    from gouji.evaluate.reader import Reader
    from gouji.evaluate.summary import Scores

P = ParamSpec("P")
NOWHERE = N_(
    "{dataset}: 没有标明 clean 且有核对成立的文档，无处植入；"
    "在标注或卡片里写明 clean: true，或加 --faulty。"
)
WIDTH = 120
"""Columns of output that goes to no terminal."""

EngineName = Literal["rules", "hybrid", "llm"]

app = typer.Typer(
    name="eval",
    help="评测：在已标注的文档上衡量提取与核查。",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)

DatasetPath = Annotated[Path, typer.Argument(metavar="DATASET", help="评测集的目录或卡片。")]
LogPath = Annotated[Path, typer.Argument(metavar="LOG", help="gouji eval run 写的记录。")]
Engine = Annotated[
    EngineName | None,
    typer.Option(
        "--engine",
        help="rules 只用规则；hybrid 规则先行，余下交给模型；llm 全交模型。给了 --model 即 hybrid。",
    ),
]
Model = Annotated[
    str | None,
    typer.Option("--model", metavar="提供方:模型名", help="语言模型；密钥取自环境变量。"),
]
BaseUrl = Annotated[str | None, typer.Option("--base-url", help="OpenAI 兼容服务的地址。")]
NoCache = Annotated[bool, typer.Option("--no-cache", help="不用也不写答案缓存。")]
MaxCalls = Annotated[int | None, typer.Option("--max-calls", min=0, help="每份文档最多调用几次。")]
MaxCost = Annotated[
    str | None, typer.Option("--max-cost", help="每份文档最多花多少；须有 --price。")
]
Price = Annotated[str, typer.Option("--price", help="每百万词元的价格：输入价/输出价。")]
Timeout = Annotated[float, typer.Option("--timeout", min=0.1, help="一次调用的时限（秒）。")]
Jobs = Annotated[int, typer.Option("--jobs", "-j", min=0, help="进程数；0 为全部处理器。")]
Wrong = Annotated[int, typer.Option("--wrong", min=0, help="列出多少处差错。")]
Full = Annotated[bool, typer.Option("--full", help="各项指标的分项也列出。")]


def _console() -> Console:
    from rich.console import Console

    console = Console(emoji=False)
    return console if console.is_terminal else Console(width=WIDTH, emoji=False)


def _jobs(wanted: int) -> int:
    return wanted or len(os.sched_getaffinity(0))


@app.command(help="在评测集上运行引擎；中断后再运行即接着做。")
@guarded
def run(  # noqa: PLR0913 (one parameter a flag)
    dataset: DatasetPath,
    *,
    engine: Engine = None,
    model: Model = None,
    base_url: BaseUrl = None,
    no_cache: NoCache = False,
    max_calls: MaxCalls = None,
    max_cost: MaxCost = None,
    price: Price = "0",
    timeout: Timeout = 120.0,
    jobs: Jobs = 1,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="运行记录。")] = None,
    wrong: Wrong = 10,
    full: Full = False,
) -> None:
    """Run a dataset through an engine, write the log and its summary, print the figures (执行)."""
    from gouji.evaluate.reader import Reader
    from gouji.llm.options import ModelOptions, cost_of, price_of

    options = None
    if model is not None:
        prices = price_of(price)
        options = ModelOptions(
            model=model,
            base_url=base_url,
            use_cache=not no_cache,
            max_calls=max_calls,
            max_cost=cost_of(max_cost, prices),
            price=prices,
            timeout=timeout,
        )
    reader = Reader(engine or ("hybrid" if model else "rules"), options)
    scores, ended = _run(dataset, reader, _jobs(jobs), output)
    _print(scores, wrong=wrong, full=full)
    typer.echo(ended)


def _run(dataset: Path, reader: Reader, jobs: int, output: Path | None) -> tuple[Scores, str]:
    """Run, score and write; return the scores and the last line to print."""
    from gouji.evaluate.dataset import load_dataset
    from gouji.evaluate.log import code_fingerprint
    from gouji.evaluate.runner import Order
    from gouji.evaluate.runner import run as run_dataset
    from gouji.evaluate.summary import score_log, write_summary

    reader.require()
    loaded = load_dataset(dataset)
    for sample in loaded.samples:
        sample.read()  # labels that cannot be used are refused before anything is run
    log = output or Path(f"{loaded.name}-{reader.name}-{code_fingerprint()}.jsonl")
    started = time.perf_counter()
    answers = run_dataset(loaded, log, Order(reader, jobs))
    wall = round(time.perf_counter() - started, 2)
    scores = score_log(answers, loaded)
    summary = log.with_suffix(".summary.json")
    write_summary(scores, summary, wall=wall)
    return scores, f"用时 {wall} 秒；记录 {log}，汇总 {summary}。"


def _print(scores: Scores, *, wrong: int, full: bool) -> None:
    from gouji.evaluate.summary import print_scores

    print_scores(scores, _console(), wrong=wrong, full=full)


@app.command(help="按现在的标注重新评分，不再运行引擎。")
@guarded
def score(log: LogPath, *, wrong: Wrong = 10, full: Full = False) -> None:
    """Score a log again without running anything (重新评分)."""
    from gouji.evaluate.log import read_log
    from gouji.evaluate.summary import score_log, write_summary

    scores = score_log(read_log(log))
    write_summary(scores, log.with_suffix(".summary.json"))
    _print(scores, wrong=wrong, full=full)


@app.command(help="在评测集的无差错文档中植入差错与对照，写成新的评测集。")
@guarded
def plant(  # noqa: PLR0913 (one parameter a flag)
    dataset: DatasetPath,
    *,
    output: Annotated[Path, typer.Option("--output", "-o", help="写入的卡片（.yaml）。")],
    per_kind: Annotated[int, typer.Option("--per-kind", min=1, help="每份文档每种差错几处。")] = 3,
    together: Annotated[
        int, typer.Option("--together", min=1, help="一份文本中同时植入几处，互不相干。")
    ] = 1,
    only: Annotated[
        Literal["text", "pdf"] | None, typer.Option("--only", help="只用文本，或只用 PDF。")
    ] = None,
    faulty: Annotated[
        bool, typer.Option("--faulty", help="也用未标明 clean 的文档：原有的发现不计。")
    ] = False,
    seed: Annotated[int, typer.Option("--seed", help="种子；相同则植入相同。")] = 1,
    jobs: Jobs = 1,
) -> None:
    """Plant named defects in the clean documents of a dataset (植入差错)."""
    from gouji.evaluate.dataset import load_dataset
    from gouji.evaluate.defects.planting import Amount, write_plants

    amount = Amount(per_kind, seed, together, only, faulty)
    written = write_plants(load_dataset(dataset), output, amount, _jobs(jobs))
    for refused in written.refused:
        typer.echo(refused, err=True)
    if not written.counts:
        raise InputError(NOWHERE, dataset=dataset)
    for kind, count in sorted(written.counts.items()):
        typer.echo(f"{kind}\t{count}")
    typer.echo(f"共 {sum(written.counts.values())} 处，写入 {output}。")


@app.command(help="比较两次运行：哪些指标、哪些样本变好变差。")
@guarded
def compare(
    one: Annotated[Path, typer.Argument(metavar="A", help="先前的运行记录。")],
    two: Annotated[Path, typer.Argument(metavar="B", help="后来的运行记录。")],
    html: Annotated[Path | None, typer.Option("--html", help="另写成一个网页。")] = None,
    wrong: Wrong = 20,
) -> None:
    """Compare two logs (比较)."""
    from gouji.evaluate.compare import compare as compare_scores
    from gouji.evaluate.compare import print_comparison
    from gouji.evaluate.log import read_log
    from gouji.evaluate.page import to_html
    from gouji.evaluate.summary import score_log

    comparison = compare_scores(score_log(read_log(one)), score_log(read_log(two)))
    print_comparison(comparison, _console(), wrong=wrong)
    if html is not None:
        html.write_text(to_html(comparison), "utf-8")


@app.command(help="与基线比较；显著变差时以 1 退出。")
@guarded
def gate(
    baseline: Annotated[Path, typer.Option("--baseline", help="基线文件。")] = Path(
        "eval/baseline.json"
    ),
    update: Annotated[
        list[Path] | None, typer.Option("--update", help="用这些评测集重写基线，可写多次。")
    ] = None,
    jobs: Jobs = 0,
) -> None:
    """Refuse a change that makes a watched figure worse (关口)."""
    from gouji.evaluate import gate as gates

    if update:
        measured = list(gates.measure(update, _jobs(jobs)))
        gates.write_baseline(baseline, measured)
        typer.echo(f"写了基线 {baseline}。")
        return
    kept = gates.read_baseline(baseline)
    measured = list(gates.measure(gates.cards_of(kept, baseline), _jobs(jobs)))
    lines = gates.against(kept, measured)
    gates.print_lines(lines, _console())
    failing = [line for line in lines if line.fails]
    typer.echo(f"{len(lines)} 项指标，{len(failing)} 项变差。")
    raise typer.Exit(1 if failing else 0)


@app.command(help="为目录中的文档起草评测集：卡片与待核对的标注。")
@guarded
def init(folder: Annotated[Path, typer.Argument(metavar="DIR", help="放文档的目录。")]) -> None:
    """Draft a dataset from the documents of a folder (起草)."""
    from gouji.evaluate.draft import init as draft

    written = draft(folder)
    for path in written:
        typer.echo(str(path))
    typer.echo(
        f"写了卡片与 {len(written)} 份标注草稿；逐项核对后删去 draft 一行，再运行 gouji eval run。"
    )
