"""How well performance tables are read and checked, against the labels (绩效部分的评测).

`python -m gouji.evaluate.gold_indicators CORPUS` prints, for each labelled document, the share of
indicator fields and budget figures that are right, which labelled findings of the performance part
are found by an overlapping quote, and which passages labelled silent carry more than a note.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from gouji.model.document import Document
from gouji.model.figure import PERCENT, Figure
from gouji.model.indicators import Indicator, SelfEvaluation

KINDS = ("project_self_evaluation", "overall_self_evaluation", "evaluation_scores")
_FIELDS = ("target", "actual", "weight", "score")
_MONEY = {
    "年初预算数": "initial",
    "全年预算数": "annual",
    "全年执行数": "executed",
    "分值": "weight",
    "执行率": "rate",
    "得分": "score",
}
_TASK = {
    "预算数": "budget",
    "其中:财政拨款(预算)": "budget_fiscal",
    "执行数": "executed",
    "其中:财政拨款(执行)": "executed_fiscal",
}
_LONG = 20


@dataclass
class Tally:
    """Right and wrong fields of one document (字段对错)."""

    right: int = 0
    wrong: list[str] = field(default_factory=list)

    def add(self, expected: str | None, found: str | None, where: str) -> None:
        """Count one field."""
        if agree(expected, found):
            self.right += 1
        else:
            self.wrong.append(f"{where}: {expected!r} read as {found!r}")

    @property
    def share(self) -> str:
        """The share right, in per cent."""
        total = self.right + len(self.wrong)
        return f"{self.right}/{total}" + (f" = {100 * self.right / total:.1f}%" if total else "")


def agree(expected: str | None, found: str | None) -> bool:
    """Tell whether two prints of a field are the same but for white space, signs and long wording."""
    one, two = _plain(expected), _plain(found)
    if one == two:
        return True
    if len(one) > _LONG and len(two) > _LONG:
        numbers = re.findall(r"\d+(?:\.\d+)?", one)
        if numbers:
            return numbers == re.findall(r"\d+(?:\.\d+)?", two)
        return one[:8] == two[:8]
    return bool(one) and one.rstrip("…") == two[: len(one.rstrip("…"))] and "…" in (expected or "")


def _plain(text: str | None) -> str:
    words = re.sub(r"\s+|</?\w+>", "", text or "")
    words = words.replace("(", "(").replace("—", "-")
    return re.sub(r"[,。;,;]$", "", words)


def measure_tables(
    document: Document, tables: tuple[SelfEvaluation, ...], gold: Any
) -> tuple[Tally, Tally]:  # noqa: ANN401 (JSON)
    """Return (indicator fields, budget figures) of one document against its labels."""
    fields, money = Tally(), Tally()
    text = document.pages[0].text
    for labelled in gold:
        if labelled["kind"] not in KINDS:
            continue
        table = _table_at(text, tables, labelled)
        for row in labelled["cells"]["indicators"]:
            _row(text, table, labelled, row, fields)
        _money_rows(table, labelled, money)
    return fields, money


def _line(text: str, at: int) -> int:
    return text.count("\n", 0, at) + 1


def _table_at(
    text: str, tables: tuple[SelfEvaluation, ...], labelled: Any
) -> SelfEvaluation | None:  # noqa: ANN401
    return next(
        (
            t
            for t in tables
            if labelled["start_line"] <= _line(text, t.place.start) <= labelled["end_line"]
        ),
        None,
    )


def _row(text: str, table: SelfEvaluation | None, labelled: Any, row: Any, tally: Tally) -> None:  # noqa: ANN401
    found = None if table is None else _indicator_at(text, table, row)
    where = f"{labelled['id']} L{row['line']}"
    for name in _FIELDS:
        expected = row.get("weight_printed") if name == "weight" else None
        expected = expected or row[name]
        shown = None if found is None else _shown(found, name, expected)
        tally.add(expected, shown, f"{where} {name}")


def _indicator_at(text: str, table: SelfEvaluation, row: Any) -> Indicator | None:  # noqa: ANN401
    lines = row.get("lines") or [row["line"], row["line"]]
    for indicator in table.indicators:
        first, last = _line(text, indicator.place.start), _line(text, indicator.place.end)
        if first <= row["line"] <= last or lines[0] <= first <= lines[-1]:
            return indicator
    return None


def _shown(indicator: Indicator, name: str, expected: str | None) -> str | None:
    if name == "target":
        ladder = indicator.ladder.text if indicator.ladder else None
        target = indicator.target.text if indicator.target else None
        return ladder if ladder and agree(expected, ladder) else target
    if name == "actual":
        return indicator.actual.text if indicator.actual else None
    return printed(indicator.weight if name == "weight" else indicator.score)


def printed(figure: Figure | None) -> str | None:
    """Return a figure as printed, its per cent sign included."""
    if figure is None or figure.blank:
        return None
    sign = "%" if figure.unit is not None and figure.unit.name == PERCENT.name else ""
    return figure.text + sign


def _money_rows(table: SelfEvaluation | None, labelled: Any, tally: Tally) -> None:  # noqa: ANN401
    cells = labelled["cells"]
    for n, (label, row) in enumerate((cells.get("预算") or {}).items()):
        found = table.budget[n].figures if table and n < len(table.budget) else {}
        for name, expected in row.items():
            figure = found.get(_MONEY[name])  # type: ignore[call-overload]  # keys of the labels
            shown = printed(figure)
            if shown and not (expected or "").endswith("%"):
                shown = shown.rstrip("%")
            tally.add(
                None if expected == "-" else expected, shown, f"{labelled['id']} {label} {name}"
            )
    for task in cells.get("tasks", ()):
        same = next((t for t in table.tasks if t.name == task["任务名称"]), None) if table else None
        for name, key in _TASK.items():
            shown = printed(getattr(same, key)) if same else None
            tally.add(task[name], shown, f"{labelled['id']} {task['任务名称']} {name}")


def read_gold(corpus: Path) -> Iterator[tuple[str, str, Any]]:
    """Yield (letter, text, labels) for each labelled document of a corpus."""
    for path in sorted((corpus / "gold" / "tables").glob("*.json")):
        letter = path.stem
        ordinal = f"{'ABCDE'.index(letter):03d}"
        source = next((corpus / "seeds").glob(f"{ordinal}_*.txt"))
        yield letter, source.read_bytes().decode("utf-8"), json.loads(path.read_text("utf-8"))


def main(corpus: Path) -> None:
    """Print the figures of every labelled document."""
    from gouji.extract.indicators import read_indicators  # noqa: PLC0415
    from gouji.read.text import read_text  # noqa: PLC0415
    from gouji.understand import understand  # noqa: PLC0415

    for letter, text, gold in read_gold(corpus):
        document = read_text(text, letter)
        tables, _ = read_indicators(document, understand(document))
        fields, money = measure_tables(document, tables, gold)
        print(f"{letter}: fields {fields.share}, money {money.share}")  # noqa: T201
        for wrong in (*fields.wrong, *money.wrong):
            print("   ", wrong)  # noqa: T201


if __name__ == "__main__":
    main(Path(sys.argv[1]))
