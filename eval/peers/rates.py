"""Checks rates with a fixed tolerance, as simpler tools do (同类做法：固定 0.5 个百分点).

    python eval/peers/rates.py DATASET [--tolerance 0.5]

DATASET holds planted defects (`gouji eval plant`). The baseline reads the same statements as gouji and
differs only in judging: it recomputes a rate from the printed figures and reports it when it is off by
more than the tolerance. Printed: what each finds of the planted rates, and how often each speaks up
about controls, which only rounding explains.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

from gouji.evaluate.dataset import Sample, load_dataset
from gouji.evaluate.edits import changed, edited
from gouji.evaluate.engine import answer
from gouji.evaluate.labels import Plant
from gouji.evaluate.scorers import score
from gouji.evaluate.scorers.quotes import meets
from gouji.model.claim import AnyClaim, Change, Completion, Share
from gouji.model.figure import Figure
from gouji.pipeline import extract_document

RATES = (
    "complement",
    "current_base",
    "direction_flipped",
    "rate_copied",
    "shares_swapped",
    "wrong_denominator",
)
CONTROLS = ("last_place_nudged", "rate_rounded", "separators_added", "zeros_dropped")


def naive(text: str, tolerance: Decimal) -> Iterator[AnyClaim]:
    """Yield the statements whose rate is off by more than the tolerance."""
    for claim in extract_document(text.encode()).claims:
        told = _rate(claim)
        if told is not None and abs(told[0] - told[1]) > tolerance:
            yield claim


def _rate(claim: AnyClaim) -> tuple[Decimal, Decimal] | None:
    """Return (printed, recomputed) in per cent; None where it cannot be recomputed."""
    match claim:
        case Change(value=value, change=change, rate=rate, direction=direction):
            if value is None or change is None or rate is None:
                return None
            prior = value.base - change.base if direction == "up" else value.base + change.base
            return _against(rate, change.base, prior)
        case Share(value=value, percent=percent, whole=whole):
            if value is None or whole is None:
                return None
            return _against(percent, value.base, whole.base)
        case Completion(value=value, percent=percent, base=base):
            if value is None or percent is None or base.figure is None:
                return None
            return _against(percent, value.base, base.figure.base)
        case _:
            return None


def _against(printed: Figure, part: Decimal, whole: Decimal) -> tuple[Decimal, Decimal] | None:
    return (printed.base, 100 * part / whole) if whole else None


def speaks_up(sample: Sample, plant: Plant, tolerance: Decimal) -> tuple[bool, bool]:
    """Return whether (the baseline, gouji) reports something new at a plant's place."""
    text = sample.text() or ""
    before = {c.place.quote for c in naive(text, tolerance)}
    spans = changed(plant.edits)
    after = naive(edited(text, plant.edits), tolerance)
    base = any(
        meets((c.place.start, c.place.end), span)
        for c in after
        if c.place.quote not in before
        for span in spans
    )
    ratios = score(sample.read(), answer(sample)).ratios
    part, _ = ratios["controls.alarms" if plant.control else "plants.found"]
    return base, bool(part)


def main() -> None:
    """Print a table for docs/benchmarks.md."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("dataset", type=Path)
    parser.add_argument("--tolerance", type=Decimal, default=Decimal("0.5"))
    options = parser.parse_args()
    counts: Counter[tuple[str, str]] = Counter()
    for sample in load_dataset(options.dataset).samples:
        if len(sample.plants) != 1 or sample.plants[0].kind not in (*RATES, *CONTROLS):
            continue
        plant = sample.plants[0]
        base, ours = speaks_up(sample, plant, options.tolerance)
        counts.update(
            {(plant.kind, "all"): 1, (plant.kind, "base"): base, (plant.kind, "ours"): ours}
        )
    print(f"| kind | planted | fixed {options.tolerance} points | gouji |\n|---|---|---|---|")
    for kind in (*RATES, *CONTROLS):
        if total := counts[kind, "all"]:
            print(f"| {kind} | {total} | {counts[kind, 'base']} | {counts[kind, 'ours']} |")


if __name__ == "__main__":
    main()
