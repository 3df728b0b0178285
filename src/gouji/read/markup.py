"""Mark-up that converters leave in pasted text (残留标记): Markdown, TeX and HTML.

Nothing here touches a digit: mark-up is dropped, and a command that stands for one sign becomes it.
"""

from __future__ import annotations

import re

_SIGNS = {
    "\\geq": "≥",
    "\\geqslant": "≥",
    "\\ge": "≥",
    "\\leq": "≤",
    "\\leqslant": "≤",
    "\\le": "≤",
    "\\times": "×",
    "\\div": "÷",
    "\\pm": "±",
    "\\sim": "~",
    "\\%": "%",
    "&nbsp;": " ",
    "&lt;": "<",
    "&gt;": ">",
    "&amp;": "&",
    "&quot;": '"',
}
_BEGINNING = re.compile(r"[ \t\u3000]*(?:(?:[-*+•]|#{1,6}|>)[ \t\u3000]+)+(?=\S)")
_HINT = re.compile(r"[\\$<&*^_]")
_MARK = re.compile(
    r"\*\*"
    r"|</?(?:p|br|b|i|u|strong|em|sup|sub|span|div|font)\b[^<>]{0,80}>"
    r"|&(?:nbsp|lt|gt|amp|quot);"
    r"|\\(?:geqslant|leqslant|geq|leq|ge|le|times|div|pm|sim)(?![A-Za-z])"
    r"|\\%"
    r"|\\(?:text|mathrm|mathbf|mathsf)\{([^{}]*)\}"
    r"|[\^_]\{([^{}]*)\}"
    r"|\$",
    re.IGNORECASE,
)

Edit = tuple[int, int, str]


def marks(line: str, *, cell: bool = False) -> list[Edit]:
    """Return the edits that free a line of mark-up: a slice, and the sign that takes its place.

    A cell keeps its leading "-": there it means nothing to report.
    """
    edits: list[Edit] = []
    beginning = None if cell else _BEGINNING.match(line)
    if beginning:
        edits.append((0, beginning.end(), ""))
    if _HINT.search(line) is None:
        return edits
    one_dollar = line.count("$") == 1
    for mark in _MARK.finditer(line, beginning.end() if beginning else 0):
        group = mark.lastindex
        if group:
            edits.append((mark.start(), mark.start(group), ""))
            edits.append((mark.end(group), mark.end(), ""))
        elif not (one_dollar and mark.group() == "$"):
            edits.append((mark.start(), mark.end(), _SIGNS.get(mark.group().lower(), "")))
    return edits
