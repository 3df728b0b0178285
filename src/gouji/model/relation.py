"""What must hold between figures (勾稽关系). A rule states relations; only `check.judge` grades them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from gouji.model.figure import Figure
from gouji.model.place import Place


@dataclass(frozen=True, slots=True)
class Term:
    """A figure in its role (项): `name` says what it is in the reader's words, `sign` is +1 or -1."""

    figure: Figure
    role: str
    """total, part, value, prior, change, rate, whole, budget, percent, same, other, limit."""
    name: str
    sign: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """What every relation has (关系): the subject in the reader's words and where it was stated."""

    subject: str
    told_in: Place | None = None
    """The clause or cell that makes the statement; the first figure's place where None."""
    hint: str = ""
    """A note for the reader of the finding: another reading that would fit (data of the rule)."""
    severe: bool = True
    """False where the relation is usual but not certain: never more than a warning."""
    minor: bool = False
    """True where the relation is loose: never more than a note."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sum(Relation):
    """`total` equals the signed sum of `parts` (合计等于分项之和)."""

    total: Term
    parts: tuple[Term, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Equal(Relation):
    """Two prints of one quantity agree (同一数应一致)."""

    left: Term
    right: Term


@dataclass(frozen=True, slots=True, kw_only=True)
class AtMost(Relation):
    """The sum of `parts` does not exceed `whole` (部分不超过整体)."""

    parts: tuple[Term, ...]
    whole: Term


@dataclass(frozen=True, slots=True, kw_only=True)
class Ratio(Relation):
    """`percent` = Σ part ÷ Σ whole × 100 (占比、完成率). `others` are denominators a writer may have meant."""

    percent: Term
    part: tuple[Term, ...]
    whole: tuple[Term, ...]
    others: tuple[Term, ...] = ()
    siblings: tuple[Term, ...] = ()
    """Rates of the items beside, which may have changed places with this one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeRate(Relation):
    """`rate` follows from the current value and the change (增减率 = 增减额 ÷ 上年数).

    `direction` is +1 for a rise and -1 for a fall. `prior`, where printed too, is intersected with
    the prior implied by value and change.
    """

    value: Term
    change: Term
    rate: Term
    direction: int
    prior: Term | None = None
    others: tuple[Term, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PriorRate(Relation):
    """`rate` follows from the current and the prior value, no amount printed (增减率 = 现值÷基数−1)."""

    value: Term
    prior: Term
    rate: Term
    direction: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Direction(Relation):
    """`larger` is at least (or, when strict, more than) `smaller` (方向词与数字一致)."""

    larger: Term
    smaller: Term
    strict: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Breach(Relation):
    """A violation that is seen, not computed (文字性问题): pattern, date, name, missing part."""

    grade: Literal["gross", "broken", "doubtful", "last_digit"]
    message: str
    """A message id of the catalogue, with `{name}` fields filled from `words`."""
    words: dict[str, str]
    evidence: tuple[tuple[str, Place], ...]
    """(role, place): at least one; two where two statements contradict each other."""
    habitual: bool = False
    """A slip of form that a writer may repeat throughout: many of them are one finding."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Upheld(Relation):
    """A pattern rule looked at something and found nothing wrong (通过): kept in the ledger."""

    evidence: tuple[tuple[str, Place], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NotChecked(Relation):
    """A relation that could have been stated but for a missing or ambiguous figure (未核对)."""

    reason: str
    evidence: tuple[tuple[str, Place], ...] = ()


AnyRelation = (
    Sum | Equal | AtMost | Ratio | ChangeRate | PriorRate | Direction | Breach | Upheld | NotChecked
)
