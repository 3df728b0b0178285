"""Claims of real reports against their labels (GOUJI_CORPUS)."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from gouji.evaluate.answers import slots_of
from gouji.evaluate.dataset import read_lines
from gouji.evaluate.gold import claims as labels_of
from gouji.evaluate.scorers.claims import compare, line_of
from gouji.extract.claims import read_claims
from gouji.model.claim import PrintedNumber
from gouji.read import read_document
from gouji.understand import understand

SEEDS = {"A": "000_*.txt", "C": "002_*.txt", "E": "004_*.txt"}
FLOOR = 0.95
MOST_UNREAD = 0.05


def unread_share(numbers: Sequence[PrintedNumber]) -> float:
    return sum(n.use == "unread" for n in numbers) / max(1, len(numbers))


@pytest.mark.parametrize("name", sorted(SEEDS))
def test_claims_agree_with_the_labels(corpus: Path, name: str) -> None:
    document = read_document(next((corpus / "seeds").glob(SEEDS[name])))
    claims, numbers = read_claims(document, understand(document))
    labels = labels_of(read_lines(corpus / "gold" / "claims" / f"{name}.jsonl"))
    match = compare(labels, [s for c in claims if (s := slots_of(c)) is not None])
    wrong = [line_of(s) for s in (*match.missed, *match.extra)]
    found = len(match.found)
    assert found >= FLOOR * (found + len(match.extra)), wrong
    assert found >= FLOOR * (found + len(match.missed)), wrong
    assert unread_share(numbers) <= MOST_UNREAD


def test_hardly_a_number_of_a_published_report_stays_unread(corpus: Path) -> None:
    for path in sorted((corpus / "real").glob("2024-决算-*.pdf")):
        document = read_document(path)
        _, numbers = read_claims(document, understand(document))
        assert unread_share(numbers) <= MOST_UNREAD, path.name
