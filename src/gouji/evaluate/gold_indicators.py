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

from gouji.evaluate.gold_findings import overlaps
from gouji.extract.indicators import read_indicators
from gouji.model.document import Document
from gouji.model.figure import PERCENT, Figure
from gouji.model.indicators import Indicator, SelfEvaluation
from gouji.model.report import Finding
from gouji.pipeline import check_document
from gouji.read import read_text
from gouji.understand import understand

Json = Any
"""Parsed JSON or YAML of the labels."""

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
    document: Document, tables: tuple[SelfEvaluation, ...], gold: Json
) -> tuple[Tally, Tally]:
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
    text: str, tables: tuple[SelfEvaluation, ...], labelled: Json
) -> SelfEvaluation | None:
    return next(
        (
            t
            for t in tables
            if labelled["start_line"] <= _line(text, t.place.start) <= labelled["end_line"]
        ),
        None,
    )


def _row(text: str, table: SelfEvaluation | None, labelled: Json, row: Json, tally: Tally) -> None:
    found = None if table is None else _indicator_at(text, table, row)
    where = f"{labelled['id']} L{row['line']}"
    for name in _FIELDS:
        expected = row.get("weight_printed") if name == "weight" else None
        expected = expected or row[name]
        shown = None if found is None else _shown(found, name, expected)
        tally.add(expected, shown, f"{where} {name}")


def _indicator_at(text: str, table: SelfEvaluation, row: Json) -> Indicator | None:
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


def _money_rows(table: SelfEvaluation | None, labelled: Json, tally: Tally) -> None:
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


def read_gold(corpus: Path) -> Iterator[tuple[str, str, Json]]:
    """Yield (letter, text, labels) for each labelled document of a corpus."""
    for path in sorted((corpus / "gold" / "tables").glob("*.json")):
        letter = path.stem
        text = _source(corpus, letter).read_bytes().decode("utf-8")
        yield letter, text, json.loads(path.read_text("utf-8"))


def _source(corpus: Path, letter: str) -> Path:
    """Return the document of a letter: A is 000_…, B is 001_…."""
    return next((corpus / "seeds").glob(f"{'ABCDE'.index(letter):03d}_*.txt"))


# --- findings --------------------------------------------------------------------------------

JUDGED_BY = frozenset({"score", "arithmetic", "count"})
PART = {"A": 484, "C": 600, "E": 600}
"""First line of the performance part of each labelled document."""
PROSE = frozenset({"C-R13a", "C-R13b", "C-R14a", "C-R14b", "C-X2"})
"""Labels that stand in the performance part but compare prose with the money tables."""


@dataclass(frozen=True, slots=True)
class FindingTally:
    """Labelled findings of the performance part, found or missed (发现)."""

    found: tuple[str, ...]
    missed: tuple[str, ...]
    disturbed: tuple[str, ...]
    unlabelled: tuple[str, ...]


def measure_findings(letter: str, source: Path, labels: Path) -> FindingTally:
    """Check a document by the IND and DEF rules alone and compare with its labels."""
    import yaml  # noqa: PLC0415 (a development dependency)

    data = yaml.safe_load(labels.read_text("utf-8"))
    report = check_document(source, select=("IND", "DEF"))
    due = [
        x
        for x in data["findings"]
        if x["judged_by"] in JUDGED_BY
        and x["line"] >= PART[letter]
        and x["id"] not in PROSE
        and "disputed" not in x
    ]
    seen = {x["id"] for x in data["findings"] if _seen(x, report.findings)}
    above = [f for f in report.findings if f.severity != "note"]
    matched = {f.id for f in above if any(_meets(x, f) for x in data["findings"])}
    return FindingTally(
        found=tuple(x["id"] for x in due if x["id"] in seen),
        missed=tuple(x["id"] for x in due if x["id"] not in seen),
        disturbed=tuple(
            f"{x['id']} by {f.rule}"
            for x in data["silent"]
            for f in above
            if f.id not in matched
            and all(any(overlaps(e.quote, str(q)) for q in x["quotes"]) for e in f.evidence)
        ),
        unlabelled=tuple(f"{f.rule} {f.message}" for f in above if f.id not in matched),
    )


def _seen(label: Json, findings: tuple[Finding, ...]) -> bool:
    return any(_meets(label, f) for f in findings)


def _meets(label: Json, finding: Finding) -> bool:
    return any(overlaps(e.quote, str(q)) for e in finding.evidence for q in label["quotes"])


def main(corpus: Path) -> None:
    """Print the figures of every labelled document."""
    for letter, text, gold in read_gold(corpus):
        document = read_text(text, letter)
        tables, _ = read_indicators(document, understand(document))
        fields, money = measure_tables(document, tables, gold)
        source = _source(corpus, letter)
        findings = measure_findings(letter, source, corpus / "gold" / "findings" / f"{letter}.yaml")
        due = len(findings.found) + len(findings.missed)
        lines = [
            f"{letter}: fields {fields.share}, money {money.share}",
            f"    findings {len(findings.found)}/{due}",
            *(f"    {wrong}" for wrong in (*fields.wrong, *money.wrong)),
            *(f"    missed {x}" for x in findings.missed),
            *(f"    disturbed {x}" for x in findings.disturbed),
            *(f"    not labelled: {x}" for x in findings.unlabelled),
        ]
        print("\n".join(lines))  # noqa: T201 (a script prints)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
