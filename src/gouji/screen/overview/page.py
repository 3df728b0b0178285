"""Writes the overview (写总览): one self-contained page, and beside it a page for each of the worst.

The page of a document is its full report, made anew from the file in a bounded worker; where the file
is gone or has changed, the findings are told from the store.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader

from gouji.errors import InputError
from gouji.messages import N_, Catalogue
from gouji.report.formats import FORMATS
from gouji.report.labels import SEVERITIES
from gouji.report.templating import environment, fingerprint
from gouji.screen.local import Order, outcomes
from gouji.screen.outcome import Checked, Options, Submission
from gouji.screen.overview.gathered import Gathered, gather
from gouji.screen.overview.plots import lying, standing
from gouji.screen.pool import Workers
from gouji.screen.progress import shown
from gouji.screen.ranking import Ranked, State
from gouji.screen.store import Listed, Store
from gouji.screen.twins import TwinKind

TEMPLATES = Path(__file__).with_name("templates")
STATES: dict[State, str] = {
    "suspect": N_("有矛盾"),
    "unsure": N_("有疑点"),
    "unknown": N_("未知"),
    "clean": N_("未见矛盾"),
}
TWINS: dict[TwinKind, str] = {
    "same_file": N_("同一文件"),
    "same_text": N_("文字相同"),
    "other_year": N_("文字沿用，年度不同"),
    "other_unit": N_("文字相同，单位不同"),
}
REASONS: dict[str, str] = {
    "unreadable": N_("读不了"),
    "gone": N_("找不到或取不到"),
    "too_large": N_("文件过大"),
    "too_long": N_("页数过多"),
    "waiting": N_("等候批量答复"),
    "time": N_("超时"),
    "memory": N_("超出内存"),
    "crash": N_("读取崩溃"),
    "fault": N_("内部出错"),
}
MOST_ROWS = 2_000
"""Documents listed in the page; the export has all of them."""

Hear = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Wish:
    """How an overview is wanted (总览要求)."""

    output: Path
    say: Catalogue
    reports: int
    """Documents that get a page of their own."""
    order: Order
    """Workers that write them, and their limits."""


def write_overview(store: Store, url: str, wish: Wish, hear: Hear) -> tuple[int, int]:
    """Write the page and those of the worst documents (写总览); return documents and pages written."""
    output, say = wish.output, wish.say
    if not output.parent.is_dir():
        raise InputError(N_("{output}：所在文件夹不存在；请先建好。"), output=output)
    gathered = gather(store, None)
    worst = [item for item in gathered.queue if item.score > 0][: wish.reports]
    folder = output.with_name(f"{output.stem}-files")
    links = _write_reports(store, worst, folder, wish, hear)
    output.write_text(overview_html(gathered, shown(url), links, say), "utf-8")
    return len(gathered.queue), len(links)


def overview_html(gathered: Gathered, source: str, links: Mapping[int, str], say: Catalogue) -> str:
    """Return the page (总览网页)."""
    told = _environment()
    style, script = _asset("overview.css"), _asset("overview.js")
    severities = {str(key): say(title) for key, title in SEVERITIES.items()}
    states = {str(key): say(title) for key, title in STATES.items()}
    plots = [
        (say("哪些规则发现得多"), lying(gathered.by_rule, severities, "rules")),
        (say("哪些单位发现得多"), lying(gathered.by_unit, severities, "units")),
        (say("各年度的文档"), standing(gathered.by_year, states, "years")),
        (say("核对率：印出的数量有多少经过核对"), standing(gathered.coverage, states, "coverage")),
    ]
    return told.get_template("overview.html").render(
        say=say,
        gathered=gathered,
        source=source,
        links=links,
        plots=plots,
        states=STATES,
        kinds=TWINS,
        reasons=REASONS,
        most=MOST_ROWS,
        style=style,
        script=script,
        policy=_policy(style, script),
    )


def document_html(store: Store, listed: Listed, say: Catalogue) -> str:
    """Return a page that tells a document's findings from the store alone (文档页)."""
    style = _asset("overview.css")
    return (
        _environment()
        .get_template("document.html")
        .render(
            say=say,
            listed=listed,
            report=store.report(listed.document_id),
            severities=SEVERITIES,
            style=style,
            policy=_policy(style, ""),
        )
    )


def _write_reports(
    store: Store, worst: Iterable[Ranked], folder: Path, wish: Wish, hear: Hear
) -> dict[int, str]:
    """Write a page for each of these documents; return its link by result."""
    items = {item.listed.location: item.listed for item in worst}
    if not items:
        return {}
    folder.mkdir(exist_ok=True)
    links: dict[int, str] = {}
    for listed, page in _pages(store, items, wish):
        name = f"{listed.document_id}.html"
        (folder / name).write_bytes(page)
        links[listed.result_id] = f"{quote(folder.name)}/{name}"
        hear(len(links), len(items))
    return links


def _pages(store: Store, items: Mapping[str, Listed], wish: Wish) -> Iterable[tuple[Listed, bytes]]:
    wanted = [Submission(listed.location, name=listed.name) for listed in items.values()]
    if "html" not in FORMATS:
        wanted = []
    options = Options(lang=wish.say.language, formats=("html",))
    order = Order(options, wish.order.limits, wish.order.jobs)
    full = set()
    with Workers(order.jobs, order.limits) as workers:
        for submission, outcome in outcomes(workers, wanted, order):
            listed = items[submission.location]
            if isinstance(outcome, Checked) and outcome.sha256 == listed.sha256:
                for _, page in outcome.rendered:
                    full.add(listed.location)
                    yield listed, page
    for location, listed in items.items():
        if location not in full:
            yield listed, document_html(store, listed, wish.say).encode("utf-8", "replace")


def _environment() -> Environment:
    return environment(FileSystemLoader(TEMPLATES))


def _asset(name: str) -> str:
    return (TEMPLATES / name).read_text("utf-8")


def _policy(style: str, script: str) -> str:
    """Return what the page may load: its own style and script, and the styles within its plots."""
    del style  # SVG carries style attributes, which no hash can allow
    allowed = f"'{fingerprint(script)}'" if script else "'none'"
    return f"default-src 'none'; style-src 'unsafe-inline'; script-src {allowed}"
