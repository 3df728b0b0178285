"""Measures the cascade with models that follow a script, and what it sends (级联评测).

    python eval/llm/cascade.py [--documents 200] [--real DIR …]

For each document of the folders, the tokens hybrid sends beside those of the whole document sent once,
and how the shares are spread. Then the documents in thirty odd wordings (`odd.py`), by the rules and by
hybrid with a model that answers rightly: statements read with their exact figures, planted errors
found, false findings.
"""

from __future__ import annotations

import argparse
import json
import re
import statistics
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from odd import Odd, Truth, documents, perfect, quoting_liar  # beside this script

from gouji import check_document, extract_document
from gouji.errors import InputError
from gouji.extract.by_model import read_further
from gouji.extract.by_model.openness import parts_of
from gouji.llm.answers import wire_schema
from gouji.llm.port import tokens_of
from gouji.llm.scripted import Scripted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from gouji.llm.port import Port, Request
    from gouji.model.disclosure import Disclosure
    from gouji.model.report import Report

MOST = 0.15
NOTHING: dict[str, dict[str, Any]] = {
    "claims": {"claims": []},
    "semantic": {"pairs": []},
    "subjects": {"subjects": []},
    "tables": {"table": None},
    "indicators": {"rows": []},
}


def read_rightly(truth: Truth, disclosure: Disclosure) -> bool:
    """Tell whether a claim of the right type holds exactly the figures of a statement."""
    wanted = sorted(truth.figures)
    return any(
        claim.type == truth.wording.kind and sorted(f.text for f, _ in parts_of(claim)) == wanted
        for claim in disclosure.claims
    )


def found(truth: Truth, report: Report, text: str) -> bool:
    """Tell whether a finding of arithmetic quotes a statement."""
    start = text.index(truth.sentence)
    stop = start + len(truth.sentence)
    return any(
        finding.rule[:3] in ("CHG", "SHR", "CMP", "SUM")
        and any(start <= e.start and e.end <= stop for e in finding.evidence)
        for finding in report.findings
    )


def measure(odds: list[Odd], model: Port | None) -> dict[str, tuple[int, int]]:
    """Return hits and totals: claims read, planted errors found, right statements found fault with."""
    claims = planted = false = truths = wrong = 0
    for odd in odds:
        disclosure = extract_document(odd.text)
        if model is not None:
            disclosure = read_further(disclosure, model, "hybrid")
        report = check_document(odd.text, model=model)
        for truth in odd.truths:
            truths += 1
            wrong += truth.wrong
            claims += read_rightly(truth, disclosure)
            hit = found(truth, report, odd.text)
            planted += hit and truth.wrong
            false += hit and not truth.wrong
    return {
        "claims": (claims, truths),
        "planted": (planted, wrong),
        "false": (false, truths - wrong),
    }


@dataclass(frozen=True)
class Sent:
    """What hybrid sends of one document, in tokens (用量)."""

    words: int
    """Instructions, examples and passages."""
    schemas: int
    """The shapes of the answers, which hosted models count too and servers with a grammar do not."""
    whole: int
    """All text of the document, sent once without a word of instruction."""
    calls: int

    @property
    def share(self) -> float:
        """Words sent for one of the document's."""
        return self.words / self.whole if self.whole else 0.0


def sent(path: Path) -> Sent | None:
    """Return what hybrid sends of a document to a model that has something to say; None if unreadable."""
    model = Scripted(talkative)
    try:
        disclosure = extract_document(path)
    except InputError:
        return None
    read_further(disclosure, model, "hybrid")
    document = disclosure.document
    whole = [p.text for p in document.paragraphs]
    whole += [f"{c.text} " for g in document.grids for c in g.cells]
    shapes = [json.dumps(wire_schema(r.answer), separators=(",", ":")) for r in model.asked]
    return Sent(
        sum(r.size for r in model.asked),
        sum(tokens_of(shape) for shape in shapes),
        sum(tokens_of(text) for text in whole),
        len(model.asked),
    )


_MARKED = re.compile(r"^\*(L\d+): (.*)$", re.MULTILINE)
_NUMBER = re.compile(r"([\u4e00-\u9fff]{2,6})([\d.,]+(?:万元|元|%)?)⟦(n\d+)⟧")


def talkative(request: Request) -> dict[str, Any]:
    """Take every number asked about for the amount of the words before it: more is asked then."""
    if request.prompt.task != "claims":
        return NOTHING[request.prompt.task]
    said = [
        {"line": line, "kind": "level", "subject": words, "value": {"id": id_, "text": printed}}
        for line, text in _MARKED.findall(request.user)
        for words, printed, id_ in _NUMBER.findall(text)
    ]
    return {"claims": said}


def shares(paths: Iterable[Path]) -> Iterator[str]:
    """Yield a line a document, and how they are spread."""
    every = [s for s in map(sent, sorted(paths)) if s is not None and s.whole]
    for one in every:
        yield (
            f"{one.words:6d} of {one.whole:6d} tokens, {one.share:6.1%}"
            f"  {one.calls} calls, shapes {one.schemas}"
        )
    words, whole = sum(s.words for s in every), sum(s.whole for s in every)
    if whole:
        spread = sorted(s.share for s in every)
        few = sum(share <= MOST for share in spread)
        yield f"{words:6d} of {whole:6d} tokens, {words / whole:6.1%}  all {len(every)} documents"
        yield f"shapes {sum(s.schemas for s in every)}, calls {sum(s.calls for s in every)}"
        yield (
            f"median {statistics.median(spread):.1%}, highest {spread[-1]:.1%}; "
            f"at most {MOST:.0%}: {few} of {len(every)}"
        )


def reports(folders: Iterable[Path]) -> list[Path]:
    """Return the documents of some folders."""
    return [p for f in folders for p in f.rglob("*") if p.suffix in (".pdf", ".txt")]


def main() -> None:
    """Print both measures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--documents", type=int, default=200)
    parser.add_argument("--real", type=Path, nargs="+")
    given = parser.parse_args()
    if given.real:
        print("sent by hybrid, of the whole document:", *shares(reports(given.real)), sep="\n  ")
    odds = list(documents(given.documents))
    engines = (
        ("rules", None),
        ("hybrid, right answers", Scripted(perfect)),
        ("hybrid, real quotes in roles drawn by chance", Scripted(quoting_liar(5))),
    )
    for name, model in engines:
        counts = measure(odds, model)
        print(
            name,
            *(f"{k} {a}/{b} = {a / max(b, 1):.3f}" for k, (a, b) in counts.items()),
            sep="\n  ",
        )


if __name__ == "__main__":
    main()
