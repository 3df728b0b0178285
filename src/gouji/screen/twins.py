"""Near-duplicates: the same text under two names, last year's text with this year's date (近似重复).

A text is cut into shingles of characters; what stays the same when only dates are changed is hashed
into a MinHash, and MinHashes that fall into one bucket are compared.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datasketch import LeanMinHash

    from gouji.screen.store import Listed

TwinKind = Literal["same_file", "same_text", "other_year", "other_unit"]
"""同一文件 · 文字相同 · 文字沿用、年度不同 · 文字相同、单位不同"""

PERMUTATIONS = 128
SHINGLE = 8
"""Characters of a shingle: long enough that the words every report shares weigh little beside figures."""
SAMPLE = 4
"""One shingle of so many is kept, the same ones in every text."""
_BASE = 0x9E3779B97F4A7C15
"""Odd, so that every character of a shingle counts."""
_DATED = re.compile(r"\s+|(?:19|20)\d\d(?=年|年度|[-./]|$)|\d{1,2}(?=月|日)|〔\d{4}〕")


ALIKE = 0.9
"""Share of shingles in common from which two texts count as one; two reports of one template, with
their own figures, have about a third in common."""


@dataclass(frozen=True, slots=True)
class Twins:
    """Documents whose text is nearly the same (近似重复)."""

    kind: TwinKind
    members: tuple[Listed, ...]
    likeness: float
    """Least share of shingles that a member has in common with the first."""


def signature_of(texts: Iterable[str]) -> bytes:
    """Return the MinHash of a document's text without its dates (文本指纹)."""
    import numpy as np  # noqa: PLC0415 (only workers pay for it)
    from datasketch import MinHash  # noqa: PLC0415

    text = _DATED.sub("", "".join(texts))
    codes = np.frombuffer(text.encode("utf-32-le", "replace"), dtype=np.uint32).astype(np.uint64)
    made = MinHash(num_perm=PERMUTATIONS, hashfunc=int)
    if len(codes) >= SHINGLE:
        windows = np.lib.stride_tricks.sliding_window_view(codes, SHINGLE)
        weights = np.array([_BASE**n % (1 << 64) for n in range(SHINGLE)], dtype=np.uint64)
        hashes = (windows * weights).sum(axis=1, dtype=np.uint64) >> np.uint64(32)
        made.update_batch(np.unique(hashes[hashes % SAMPLE == 0]).tolist())
    return bytes(made.hashvalues.astype("<u4").tobytes())


def twins(documents: Iterable[Listed], signatures: Iterable[tuple[int, bytes]]) -> list[Twins]:
    """Return the groups of documents that are nearly the same text, the largest first (近似重复)."""
    from datasketch import MinHashLSH  # noqa: PLC0415 (only where it is asked for)

    listed = {d.result_id: d for d in documents if d.status == "checked"}
    hashes = {i: _unpacked(packed) for i, packed in signatures if i in listed}
    index = MinHashLSH(threshold=ALIKE, num_perm=PERMUTATIONS)
    groups = _Groups()
    for result, made in hashes.items():
        if made.is_empty():
            continue
        for other in index.query(made):
            if made.jaccard(hashes[other]) >= ALIKE:
                groups.join(other, result)
        index.insert(result, made)
    found = [_twins([listed[i] for i in group], hashes) for group in groups.all()]
    return sorted(found, key=lambda g: (-len(g.members), g.members[0].location))


def _unpacked(packed: bytes) -> LeanMinHash:
    import numpy as np  # noqa: PLC0415 (only where it is asked for)
    from datasketch import LeanMinHash  # noqa: PLC0415

    values = np.frombuffer(packed, dtype="<u4")
    return LeanMinHash(seed=1, hashvalues=values, scheme="affine32")


def _twins(members: list[Listed], hashes: dict[int, LeanMinHash]) -> Twins:
    members = sorted(members, key=lambda d: (d.fiscal_year or 0, d.location))
    first = hashes[members[0].result_id]
    likeness = min(first.jaccard(hashes[d.result_id]) for d in members)
    return Twins(_kind(members), tuple(members), round(float(likeness), 3))


def _kind(members: list[Listed]) -> TwinKind:
    if len({d.sha256 for d in members}) == 1:
        return "same_file"
    if len({d.fiscal_year for d in members if d.fiscal_year}) > 1:
        return "other_year"
    return "other_unit" if len({d.entity for d in members if d.entity}) > 1 else "same_text"


class _Groups:
    """Joins pairs into groups (归组): union–find."""

    def __init__(self) -> None:
        self._above: dict[int, int] = {}

    def join(self, one: int, two: int) -> None:
        """Put two into one group."""
        self._above[self._top(two)] = self._top(one)

    def all(self) -> Iterator[list[int]]:
        """Yield the groups."""
        members: dict[int, list[int]] = defaultdict(list)
        for each in list(self._above):
            members[self._top(each)].append(each)
        yield from members.values()

    def _top(self, one: int) -> int:
        while self._above.setdefault(one, one) != one:
            one = self._above[one]
        return one
