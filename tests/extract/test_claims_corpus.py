"""Claims of real reports against their labels (GOUJI_CORPUS)."""

from __future__ import annotations

from pathlib import Path

import pytest

from gouji.evaluate.gold_claims import compare, read_labels, report, unread_share
from gouji.extract.claims import read_claims
from gouji.read import read_document
from gouji.understand import understand

SEEDS = {"A": "000_*.txt", "C": "002_*.txt", "E": "004_*.txt"}
FLOOR = 0.95
MOST_UNREAD = 0.05


@pytest.mark.parametrize("name", sorted(SEEDS))
def test_claims_agree_with_the_labels(corpus: Path, name: str) -> None:
    document = read_document(next((corpus / "seeds").glob(SEEDS[name])))
    claims, numbers = read_claims(document, understand(document))
    score = compare(read_labels(corpus / "gold" / "claims" / f"{name}.jsonl"), claims)
    account = report(name, score, numbers)
    assert score.precision >= FLOOR, account
    assert score.recall >= FLOOR, account
    assert unread_share(numbers) <= MOST_UNREAD, account


def test_hardly_a_number_of_a_published_report_stays_unread(corpus: Path) -> None:
    for path in sorted((corpus / "real").glob("2024-决算-*.pdf")):
        document = read_document(path)
        _, numbers = read_claims(document, understand(document))
        assert unread_share(numbers) <= MOST_UNREAD, path.name
