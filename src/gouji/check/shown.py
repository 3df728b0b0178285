"""How arithmetic is written for a reader (算式)."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from gouji.check.bounds import half_up
from gouji.model.figure import Figure, Unit
from gouji.model.relation import Term


def plain(value: Fraction | Decimal, decimals: int) -> str:
    """Write a value with a fixed number of decimals, rounded half up."""
    if isinstance(value, Decimal):
        return f"{value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP):f}"
    rounded = half_up(value, decimals)
    return f"{Decimal(rounded.numerator) / Decimal(rounded.denominator):.{decimals}f}"


def exact(value: Decimal) -> str:
    """Write a Decimal in full, without exponent or needless zeros."""
    text = format(value.normalize(), "f")
    return "0" if text in ("-0", "") else text


def amount(figure: Figure) -> str:
    """Write a figure with its unit, as printed."""
    unit = figure.unit.name if figure.unit else ""
    return f"{figure.text}{unit}" if figure.text else f"0{unit}"


def common_unit(terms: Sequence[Term]) -> Unit | None:
    """Return the unit all terms share, or None when they differ (then base units are shown)."""
    units = {t.figure.unit for t in terms if not t.figure.blank}
    return units.pop() if len(units) == 1 else None


def in_unit(value: Decimal, unit: Unit | None) -> Decimal:
    """Convert a value in base units to a unit."""
    return value if unit is None else value / unit.factor


def chain(terms: Sequence[Term], unit: Unit | None) -> str:
    """Write a signed sum: 12.00+3.40−1.00."""
    pieces: list[str] = []
    for term in terms:
        if term.figure.blank and len(terms) > 1:
            continue
        number = term.figure.text if unit is not None else exact(term.figure.base)
        sign = "−" if term.sign < 0 else "+"
        pieces.append(number if not pieces and sign == "+" else sign + number)
    return "".join(pieces) or "0"


def decimals_of(terms: Sequence[Term]) -> int:
    """Return the finest printed decimals among terms."""
    return max((t.figure.decimals for t in terms if not t.figure.blank), default=0)
