"""Measures what the semantic question can find: labelled slips, by a model that answers rightly (语义评测).

    python eval/llm/meanings.py SEEDS_DIR FINDINGS_DIR

FINDINGS_DIR holds X.yaml, SEEDS_DIR the text of each X (its n-th file in order of name is the n-th
letter). The model knows the labels and nothing else: it names two passages of an entry where both
are on the sheet it is shown, so that what is missed is missed by the choice of passages. An entry is
found where a SEM warning holds two quotes of it, or one and the line that says whose report it is.
"""

from __future__ import annotations

import itertools
import re
import string
import sys
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml
from cascade import NOTHING, reports, shares  # beside this script

from gouji import check_document
from gouji.llm.scripted import Scripted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gouji.llm.port import Request
    from gouji.model.report import Finding

KINDS = {
    "conclusion": "overreach",
    "restatement": "contradiction",
    "list-vs-table": "contradiction",
    "template-residue": "foreign_text",
    "reason": "reason",
}
LEAST = 4
_LINE = re.compile(r"^(L\d+): (?:〔.*?〕)?(.*)$", re.MULTILINE)
_CLAUSE = re.compile(r"[\t,，。;；、:：]")


def plain(text: str) -> str:
    """Return a text normalised, without white space."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


@dataclass(frozen=True)
class Entry:
    """A labelled slip of meaning (标注)."""

    id: str
    kind: str
    quotes: tuple[str, ...]
    disputed: bool

    def clauses(self) -> list[list[str]]:
        """Return the clauses of each quote, the longest first."""
        made = [[plain(c) for c in _CLAUSE.split(q)] for q in self.quotes]
        return [sorted((c for c in q if len(c) >= LEAST), key=len, reverse=True) for q in made]


def entries(path: Path) -> list[Entry]:
    """Return the entries of a file that need reading."""
    return [
        Entry(e["id"], KINDS[e["family"]], tuple(e["quotes"]), bool(e.get("disputed")))
        for e in yaml.safe_load(path.read_text("utf-8"))["findings"]
        if e.get("judged_by") == "semantic"
    ]


def passages(entry: Entry, lines: list[tuple[str, str]]) -> Iterator[dict[str, str]]:
    """Yield a passage for each quote of an entry: its longest clause that is on the sheet."""
    for clauses in entry.clauses():
        shown = ((line, c) for c in clauses for line, text in lines if c in plain(text))
        for line, clause in shown:
            yield {"line": line, "quote": clause}
            break


def nearest(found: list[dict[str, str]]) -> tuple[dict[str, str], dict[str, str]]:
    """Return the two passages that speak most of the same thing."""
    one, two = max(
        itertools.combinations(found, 2),
        key=lambda p: len(
            set(itertools.pairwise(p[0]["quote"])) & set(itertools.pairwise(p[1]["quote"]))
        ),
    )
    return one, two


def answer(request: Request, known: list[Entry]) -> dict[str, Any]:
    """Answer by the labels what the sheet lets one see."""
    if request.prompt.task != "semantic":
        return NOTHING[request.prompt.task]
    lines = _LINE.findall(request.user)
    entity = re.search(r"公开单位: (.+)", request.user)
    pairs = []
    for entry in known:
        found = list(passages(entry, lines))
        if len(found) == 1 and len(entry.quotes) == 1 and entity:
            named = [(line, text) for line, text in lines if entity[1] in text]
            found += [{"line": line, "quote": entity[1]} for line, _ in named[:1]]
        if len(found) > 1:
            said = {"kind": entry.kind, "why": "前后不符。"}
            first, second = (
                nearest(found) if entry.kind == "contradiction" else (found[0], found[-1])
            )
            pairs.append({**said, "first": first, "second": second})
    return {"pairs": pairs}


def is_found(entry: Entry, findings: list[Finding]) -> bool:
    """Tell whether a warning quotes an entry twice, or once beside the unit's name."""
    need = min(2, len(entry.quotes))
    for finding in findings:
        quotes = [plain(e.quote) for e in finding.evidence if e.role in ("first", "second")]
        hit = sum(any(q in plain(quote) for q in quotes) for quote in entry.quotes)
        if len(set(quotes)) > 1 and hit >= need and finding.severity == "warning":
            return True
    return False


def main() -> None:
    """Print what is found of each file, and what was sent."""
    seeds = sorted(Path(sys.argv[1]).glob("*.txt"))
    counts = [0, 0, 0, 0]
    for path in sorted(Path(sys.argv[2]).glob("*.yaml")):
        known = entries(path)
        source = seeds[string.ascii_uppercase.index(path.stem)]
        model = Scripted(lambda r, known=known: answer(r, known))  # type: ignore[misc]
        report = check_document(source, model=model)
        findings = [f for f in report.findings if f.rule.startswith("SEM")]
        for entry in known:
            hit = is_found(entry, findings)
            counts[2 * entry.disputed] += hit
            counts[2 * entry.disputed + 1] += 1
            print(f"{entry.id:8} {'found' if hit else 'MISSED'}{' (disputed)' * entry.disputed}")
        print(
            f"{path.stem}: {len(findings)} SEM findings, dropped {dict(report.model_use.dropped)}"
        )
    print("found {}/{}, disputed {}/{}".format(*counts))
    print(
        "sent by hybrid, of the whole document:", *shares(reports([Path(sys.argv[1])])), sep="\n  "
    )


if __name__ == "__main__":
    main()
