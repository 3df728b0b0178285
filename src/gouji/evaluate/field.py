"""The field trip (实地测量): run gouji over a corpus and print the table of figures.

`python -m gouji.evaluate.field CORPUS` reads the corpus folder described in docs/field-notes.md.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from rich.console import Console
from rich.table import Table as Grid

from gouji.evaluate import gold_claims, gold_tables
from gouji.evaluate.gold_findings import decidable, load_labels, score_findings
from gouji.evaluate.gold_sentences import score_passages
from gouji.pipeline import check_document, extract_document

SEEDS = {"A": "000_", "C": "002_", "E": "004_"}


def main(corpus: Path, console: Console) -> int:
    """Print every figure with its denominator, then every failing case."""
    if not (corpus / "gold").is_dir():
        console.print(f"没有找到语料目录 {corpus}/gold", style="red")
        return 2
    table = Grid("对象", "指标", "结果", "要求", title="gouji 实地测量")
    details: list[str] = []
    _passages(corpus, table, details)
    _findings(corpus, table, details)
    _claims(corpus, table, details)
    _tables(corpus, table, details)
    _real(corpus, table, details)
    console.print(table)
    for line in details:
        console.print(line, markup=False, highlight=False, soft_wrap=True)
    return 0


def _share(part: int, whole: int) -> str:
    return f"{part}/{whole} = {100 * part / whole:.1f}%" if whole else "0/0"


def _passages(corpus: Path, table: Grid, details: list[str]) -> None:
    scores = score_passages(corpus / "gold" / "sentences.jsonl")
    wrong = [s for s in scores if s.consistent is False]
    sound = [s for s in scores if s.consistent is True]
    table.add_row(
        "sentences", "不一致者被指出", _share(sum(s.flagged for s in wrong), len(wrong)), "≥95%"
    )
    table.add_row(
        "sentences",
        "一致者被误报（高于提示）",
        _share(sum(s.alarmed for s in sound), len(sound)),
        "0",
    )
    details += [f"漏报 {s.id}: {s.text[:80]}" for s in wrong if not s.flagged]
    for score in sound:
        details += [
            f"误报 {score.id} {f.rule} {f.grade}: {f.message}"
            for f in score.findings
            if f.severity != "note"
        ]


def _findings(corpus: Path, table: Grid, details: list[str]) -> None:
    found = total = 0
    for letter, path in _seeds(corpus):
        report = check_document(path)
        labels, silent = load_labels(corpus / "gold" / "findings" / f"{letter}.yaml")
        score = score_findings(letter, report, labels, silent)
        countable = decidable(labels)
        hit = sum(1 for x in countable if x.id in score.found)
        found, total = found + hit, total + len(countable)
        table.add_row(f"findings {letter}", "标注被发现", _share(hit, len(countable)), "≥85%")
        table.add_row(
            f"findings {letter}", "静默段落被打扰", _share(len(score.disturbed), score.silent), "0"
        )
        details += [
            f"未发现 {x.id} [{x.judged_by}/{x.family}] {x.quotes[0][:50]}" for x in score.missed
        ]
        details += [f"打扰 {a} ← {b}" for a, b in score.disturbed]
        details += [
            f"标注外 {letter} {f.id} {f.rule} {f.severity}/{f.grade}: {f.message}"
            for f in score.unlabelled
        ]
    table.add_row("findings A+C+E", "标注被发现", _share(found, total), "≥85%")


def _claims(corpus: Path, table: Grid, details: list[str]) -> None:
    for letter, path in _seeds(corpus):
        disclosure = extract_document(path)
        labels = gold_claims.read_labels(corpus / "gold" / "claims" / f"{letter}.jsonl")
        score = gold_claims.compare(labels, disclosure.claims)
        found = len(score.found)
        unread = sum(n.use == "unread" for n in disclosure.numbers)
        table.add_row(f"claims {letter}", "准确率", _share(found, found + len(score.extra)), "≥95%")
        table.add_row(
            f"claims {letter}", "召回率", _share(found, found + len(score.missed)), "≥95%"
        )
        table.add_row(
            f"claims {letter}", "未读数字", _share(unread, len(disclosure.numbers)), "≤5%"
        )
        details += gold_claims.report(letter, score, disclosure.numbers).splitlines()


def _tables(corpus: Path, table: Grid, details: list[str]) -> None:
    for letter, path in _seeds(corpus):
        labels = gold_tables.load(corpus / "gold" / "tables" / f"{letter}.json")
        score = gold_tables.score(labels, extract_document(path).tables)
        table.add_row(f"tables {letter}", "单元格正确", _share(score.right, score.total), "≥99%")
        details += [f"{letter} 缺表 {name}" for name in score.missing_tables]
        details += [f"{letter} {m.table} {m.cell} 读作 {m.got}" for m in score.misses]


def _seeds(corpus: Path) -> Iterator[tuple[str, Path]]:
    for letter, prefix in SEEDS.items():
        (path,) = (corpus / "seeds").glob(f"{prefix}*.txt")
        yield letter, path


def _real(corpus: Path, table: Grid, details: list[str]) -> None:
    for path in sorted((corpus / "real").glob("*.pdf")):
        report = check_document(path)
        counts = {
            s: sum(f.severity == s for f in report.findings) for s in ("error", "warning", "note")
        }
        table.add_row(
            path.stem,
            "错误/疑点/提示",
            f"{counts['error']}/{counts['warning']}/{counts['note']}"
            f"  核对成立 {report.summary.holds + report.summary.holds_by_rounding}",
            "逐条阅读",
        )
        details += [
            f"{path.stem} {f.id} {f.rule} {f.severity}/{f.grade}: {f.message}"
            for f in report.findings
            if f.severity != "note"
        ]


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Console(width=140)))
