"""Near-duplicates: the same text under two names, last year's text with this year's date (近似重复).

A text is cut into shingles of characters; what stays the same when only dates are changed is hashed
into a MinHash, and MinHashes that fall into one bucket are compared.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

PERMUTATIONS = 128
SHINGLE = 8
"""Characters of a shingle: long enough that the words every report shares weigh little beside figures."""
SAMPLE = 4
"""One shingle of so many is kept, the same ones in every text."""
_BASE = 0x9E3779B97F4A7C15
"""Odd, so that every character of a shingle counts."""
_DATED = re.compile(r"\s+|(?:19|20)\d\d(?=年|年度|[-./]|$)|\d{1,2}(?=月|日)|〔\d{4}〕")


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
