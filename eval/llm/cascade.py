"""Measures the cascade with models that follow a script, and what it sends (级联评测).

    python eval/llm/cascade.py [--documents 200] [--real DIR]

First the documents in thirty odd wordings (`odd.py`), by the rules and by hybrid with a model that
answers rightly: statements read with their exact figures, planted errors found, false findings. Then,
for each PDF of DIR, the tokens hybrid sends beside those of the whole document sent once.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from odd import Odd, Truth, documents, perfect, quoting_liar  # beside this script

from gouji import check_document, extract_document
from gouji.errors import InputError
from gouji.extract.by_model import read_further
from gouji.extract.by_model.openness import parts_of
from gouji.llm.port import tokens_of
from gouji.llm.scripted import Scripted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gouji.llm.port import Port
    from gouji.model.disclosure import Disclosure
    from gouji.model.report import Report

NOTHING = {
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


def sent(path: Path) -> tuple[int, int] | None:
    """Return the tokens hybrid sends of a document, and those of all its text."""
    model = Scripted(lambda r: NOTHING[r.prompt.task])
    try:
        disclosure = extract_document(path)
    except InputError:
        return None
    read_further(disclosure, model, "hybrid")
    document = disclosure.document
    whole = [p.text for p in document.paragraphs]
    whole += [f"{c.text} " for g in document.grids for c in g.cells]
    return sum(r.size for r in model.asked), sum(tokens_of(text) for text in whole)


def shares(folder: Path) -> Iterator[str]:
    """Yield a line a document, and the sum."""
    total = [0, 0]
    for path in sorted(p for p in folder.rglob("*") if p.suffix in (".pdf", ".txt")):
        counted = sent(path)
        if counted is not None:
            total = [a + b for a, b in zip(total, counted, strict=True)]
            yield f"{counted[0]:7d} of {counted[1]:7d} tokens, {counted[0] / counted[1]:6.1%}"
    if total[1]:
        yield f"{total[0]:7d} of {total[1]:7d} tokens, {total[0] / total[1]:6.1%}  all"


def main() -> None:
    """Print both measures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--documents", type=int, default=200)
    parser.add_argument("--real", type=Path)
    given = parser.parse_args()
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
    if given.real:
        print("sent by hybrid, of the whole document:", *shares(given.real), sep="\n  ")


if __name__ == "__main__":
    main()
