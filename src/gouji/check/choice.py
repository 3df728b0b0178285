"""Choosing among readings that are all fair (多种读法).

Where a noun may mean several wholes (项目支出总额 of all funds or of the general public budget), the
statement is only contradicted if no reading fits.
"""

from __future__ import annotations

from collections.abc import Sequence

from gouji.check.judge import judge
from gouji.model.relation import AnyRelation

RANK = {
    "holds": 0,
    "holds_by_rounding": 1,
    "no_power": 2,
    "not_checked": 3,
    "last_digit": 4,
    "doubtful": 5,
    "broken": 6,
    "gross": 7,
}


def first_that_holds(relations: Sequence[AnyRelation]) -> AnyRelation:
    """Return the relation with the mildest grade, the first among equals."""
    return min(relations, key=lambda r: RANK[judge(r).grade])
