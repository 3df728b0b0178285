"""A comparison as one web page (比较网页): no script, no outside resource, everything escaped."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from gouji.evaluate.compare import OTHER_DATA, TURNS, Comparison, Difference
from gouji.evaluate.defects.registry import all_kinds
from gouji.evaluate.figures import info, is_headline, shown, title
from gouji.evaluate.intervals import Estimate

STYLE = """
body{font:15px/1.6 system-ui,"Noto Sans CJK SC","Microsoft YaHei",sans-serif;margin:2rem auto;
max-width:1080px;padding:0 1rem;color:#1b1f24}
table{border-collapse:collapse;width:100%}td,th{padding:.3rem .6rem;border-bottom:1px solid #d8dee4;
text-align:left}td.n,th.n{text-align:right;font-variant-numeric:tabular-nums}
.better{color:#116329}.worse{color:#a40e26}.open{color:#6e7781}
details{margin:.4rem 0}li{margin:.15rem 0;overflow-wrap:anywhere}svg{max-width:100%;height:auto}
svg text{font:13px system-ui,"Noto Sans CJK SC",sans-serif;fill:#1b1f24}
"""
ROW = 34
LEFT = 300
WIDTH = 640
COLOURS = ("#6e7781", "#0969da")
"""Of the first run and the second."""


def to_html(comparison: Comparison) -> str:
    """Return the page."""
    headline = [d for d in comparison.differences if is_headline(d.name) and info(d.name).share]
    kinds = [d for d in comparison.differences if d.name.startswith("plants.found[")]
    parts = [
        "<!doctype html><html lang='zh-CN'><head><meta charset='utf-8'>",
        "<title>gouji 评测比较</title>",
        f"<style>{STYLE}</style></head><body><h1>gouji 评测比较</h1>",
        _runs(comparison),
        f"<p class='worse'>{escape(OTHER_DATA)}</p>" if comparison.other_data else "",
        _section("主要指标与 95% 区间", _plot(headline)),
        _section("各种植入差错的发现率", _plot(kinds)) if kinds else "",
        _section("全部指标", _table(comparison.differences)),
        _section(
            f"有变化的样本（{len(comparison.changed)}/{comparison.samples}）", _changes(comparison)
        ),
        "</body></html>\n",
    ]
    return "".join(parts)


def _section(name: str, body: str) -> str:
    return f"<h2>{escape(name)}</h2>{body}"


def _runs(comparison: Comparison) -> str:
    rows = ""
    for letter, scores in (("A", comparison.one), ("B", comparison.two)):
        h = scores.log.header
        cells = (letter, h.dataset, h.engine, h.model or "", h.version, h.revision, h.fingerprint)
        rows += "<tr>" + "".join(f"<td>{escape(str(c))}</td>" for c in cells) + "</tr>"
    head = _head("", "评测集", "引擎", "模型", "版本", "修订", "数据指纹")
    return f"<table>{head}{rows}</table>"


def _head(*names: str) -> str:
    return "<tr>" + "".join(f"<th>{escape(n)}</th>" for n in names) + "</tr>"


# --- plots -----------------------------------------------------------------------------------


def _named(name: str) -> str:
    """Return a figure's label: of a kind of defect only the kind, the heading says the rest."""
    if not name.startswith("plants.found["):
        return title(name)
    kind = name[len("plants.found[") : -1]
    titles = {k.name: k.title for k in all_kinds()}
    return f"{titles[kind]} {kind}" if kind in titles else kind


def _plot(differences: Sequence[Difference]) -> str:
    """Return a dot and an interval for each figure of both runs, from 0 to 100 %."""
    height = ROW * len(differences) + 30
    body = [_axis(height)]
    for row, d in enumerate(differences):
        y = 20 + ROW * row
        body.append(
            f"<text x='{LEFT - 10}' y='{y + 9}' text-anchor='end'>{escape(_named(d.name))}</text>"
        )
        for lane, e in enumerate((d.one, d.two)):
            body.append(_dot(d.name, e, y + 10 * lane, COLOURS[lane]))
    full = LEFT + WIDTH + 90
    key = "　".join(
        f"<span style='color:{c}'>● {n}</span>" for c, n in zip(COLOURS, "AB", strict=True)
    )
    return f"<p>{key}</p><svg viewBox='0 0 {full} {height}' role='img'>{''.join(body)}</svg>"


def _axis(height: int) -> str:
    lines = []
    for tenth in range(0, 11, 2):
        x = LEFT + WIDTH * tenth / 10
        lines.append(
            f"<line x1='{x}' x2='{x}' y1='5' y2='{height - 20}' stroke='#d8dee4'/>"
            f"<text x='{x}' y='{height - 4}' text-anchor='middle'>{tenth * 10}%</text>"
        )
    return "".join(lines)


def _dot(name: str, e: Estimate, y: float, colour: str) -> str:
    low, at, high = (LEFT + WIDTH * min(1.0, max(0.0, v)) for v in (e.low, e.value, e.high))
    says = escape(f"{shown(name, e.value)}（{shown(name, e.low)} – {shown(name, e.high)}）")
    return (
        f"<line x1='{low:.1f}' x2='{high:.1f}' y1='{y}' y2='{y}' stroke='{colour}' stroke-width='2'/>"
        f"<circle cx='{at:.1f}' cy='{y}' r='4' fill='{colour}'><title>{says}</title></circle>"
    )


# --- tables ----------------------------------------------------------------------------------


def _table(differences: Iterable[Difference]) -> str:
    rows = []
    for d in differences:
        cells = (
            shown(d.name, d.one.value),
            shown(d.name, d.two.value),
            f"{shown(d.name, d.two.low)} – {shown(d.name, d.two.high)}",
            f"{d.p:.3f}" if d.gain else "",
        )
        numbers = "".join(f"<td class='n'>{escape(c)}</td>" for c in cells)
        turn = f"<td class='{d.turn}'>{escape(TURNS[d.turn])}</td>"
        rows.append(f"<tr><td>{escape(title(d.name))}</td>{numbers}{turn}</tr>")
    numbers = "".join(f"<th class='n'>{n}</th>" for n in ("A", "B", "B 的 95% 区间", "p"))
    head = f"<tr><th>指标</th>{numbers}<th></th></tr>"
    return f"<table>{head}{''.join(rows)}</table>"


def _changes(comparison: Comparison) -> str:
    listed = []
    for c in comparison.changed:
        lines = [f"<li class='better'>不再有：{escape(line)}</li>" for line in c.mended]
        lines += [f"<li class='worse'>新出现：{escape(line)}</li>" for line in c.broken]
        count = f"−{len(c.mended)} ＋{len(c.broken)}"
        listed.append(
            f"<details><summary>{escape(c.sample)} {count}</summary><ul>{''.join(lines)}</ul></details>"
        )
    return "".join(listed) or "<p>没有。</p>"
