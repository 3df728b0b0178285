"""Plots of the overview (图): SVG by matplotlib, its text left to the browser and its Chinese fonts."""

from __future__ import annotations

import logging
import re
import warnings
from collections.abc import Mapping, Sequence
from io import StringIO
from typing import TYPE_CHECKING, Any

from markupsafe import Markup, escape

from gouji.screen.overview.gathered import Bar

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

COLOURS: Mapping[str, str] = {
    "error": "#b3261e",
    "warning": "#c98a12",
    "note": "#7d93a8",
    "suspect": "#b3261e",
    "unsure": "#c98a12",
    "unknown": "#8a929b",
    "clean": "#4d8a62",
}
"""One colour a series; told by the legend too, never by colour alone."""
_FONTS = ["Noto Sans CJK SC", "Noto Sans SC", "PingFang SC", "Microsoft YaHei", "sans-serif"]
_INCH = 0.3
"""Height of a bar lying down."""
_EM = 0.135
"""Width of a Chinese character, in inches, at the size of a label."""
_WIDTH = 8.0
LONGEST = 22
_LAST_NARROW = 0x2E7F
"""Chinese characters and their punctuation come after it."""
_ID = re.compile(r'(\bid="|url\(#|href="#)')


def lying(bars: Sequence[Bar], series: Mapping[str, str], name: str) -> Markup:
    """Return bars that lie, longest label first seen, one a line (横条图)."""
    labels = [_short(bar.label) for bar in bars]
    left = 0.3 + _EM * max((_ems(label) for label in labels), default=4)
    height = 0.9 + _INCH * max(len(bars), 1)

    from matplotlib.ticker import MaxNLocator  # noqa: PLC0415 (slow to load)

    def draw(axes: Axes) -> None:
        start = [0] * len(bars)
        for key, title in series.items():
            counts = [bar.counts.get(key, 0) for bar in bars]
            axes.barh(labels, counts, left=start, color=COLOURS[key], label=title, height=0.7)
            start = [a + b for a, b in zip(start, counts, strict=True)]
        for at, total in enumerate(start):
            axes.text(total, at, f" {total}", va="center", fontsize=8)
        axes.xaxis.set_major_locator(MaxNLocator(integer=True))
        axes.set_ylim(len(bars) - 0.5, -0.5)
        axes.margins(x=0.08)

    return _svg((_WIDTH, height), (left / _WIDTH, 0.5 / height), draw, name)


def standing(bars: Sequence[Bar], series: Mapping[str, str], name: str) -> Markup:
    """Return bars that stand side by side (柱状图)."""
    labels = [bar.label for bar in bars]

    from matplotlib.ticker import MaxNLocator  # noqa: PLC0415 (slow to load)

    def draw(axes: Axes) -> None:
        start = [0] * len(bars)
        for key, title in series.items():
            counts = [bar.counts.get(key, 0) for bar in bars]
            axes.bar(labels, counts, bottom=start, color=COLOURS[key], label=title, width=0.7)
            start = [a + b for a, b in zip(start, counts, strict=True)]
        for at, total in enumerate(start):
            if total:
                axes.text(at, total, str(total), ha="center", va="bottom", fontsize=8)
        axes.yaxis.set_major_locator(MaxNLocator(integer=True))
        axes.margins(y=0.12)

    return _svg((_WIDTH, 3.4), (0.08, 0.12), draw, name)


def _svg(size: tuple[float, float], corner: tuple[float, float], draw: Any, name: str) -> Markup:  # noqa: ANN401
    """Draw one figure without a window, a font of ours, or anything that changes from run to run."""
    import matplotlib as mpl  # noqa: PLC0415 (slow to load, and only an overview needs it)
    from matplotlib.figure import Figure  # noqa: PLC0415

    logging.getLogger("matplotlib.font_manager").setLevel(logging.ERROR)
    settings: Any = {
        "svg.fonttype": "none",
        "svg.hashsalt": name,
        "font.family": "sans-serif",
        "font.sans-serif": _FONTS,
        "font.size": 9,
        "text.parse_math": False,
    }
    with mpl.rc_context(settings), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # fonts that only the reader's browser has
        figure: Figure = Figure(figsize=size, facecolor="none")
        axes = figure.add_axes((corner[0], corner[1], 0.98 - corner[0], 0.9 - corner[1]))
        _plain(axes)
        draw(axes)
        axes.legend(loc="lower right", bbox_to_anchor=(1, 1), ncols=4, frameon=False, fontsize=8)
        out = StringIO()
        figure.savefig(out, format="svg", metadata={"Date": None, "Creator": None})
    return _inline(out.getvalue(), name)


def _plain(axes: Axes) -> None:
    axes.set_facecolor("none")
    for side in ("top", "right", "left", "bottom"):
        axes.spines[side].set_visible(False)
    axes.tick_params(length=0)


def _inline(svg: str, name: str) -> Markup:
    """Return the SVG to stand within a page: no prologue, ids of its own, the page's own ink."""
    body = svg[svg.index("<svg") :]
    body = _ID.sub(rf"\1{name}-", body)
    body = body.replace("<svg ", f'<svg role="img" aria-label="{escape(name)}" ', 1)
    body = re.sub(r'\s(width|height)="[\d.]+pt"', "", body, count=2)
    return Markup(body)  # noqa: S704 (drawn by us; labels were escaped by matplotlib)


def _short(label: str) -> str:
    return label if len(label) <= LONGEST else f"{label[: LONGEST - 1]}…"


def _ems(label: str) -> float:
    """Return a label's width: a Chinese character is one, another half."""
    return sum(1.0 if ord(c) > _LAST_NARROW else 0.55 for c in label)
