"""Writes figures into prose and remembers every claim made with them (行文中的数字与断言).

A printed number carries invisible marks until the text is written out; by them the truth knows
where each number stands, whatever is done to spaces and punctuation meanwhile.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from synth.chance import Chance
from synth.style import Style

FIRST_MARK = 0xF0000
CLOSE = "\ue000"


class Token(str):
    """A printed number within its marks, with its unit behind (带标记的数字)."""

    __slots__ = ("id", "printed")
    id: int
    printed: str

    @classmethod
    def of(cls, number: int, printed: str, tail: str = "") -> "Token":
        """Wrap a printed number; `tail` is its unit or sign."""
        token = cls(f"{chr(FIRST_MARK + number)}{printed}{CLOSE}{tail}")
        token.id = number
        token.printed = printed
        return token


@dataclass(frozen=True, kw_only=True)
class Number:
    """A number of the prose (数字)."""

    id: int
    printed: str
    unit: str
    ignored: bool = False


@dataclass(frozen=True, kw_only=True)
class Claim:
    """A statement with its numbers by role (断言)."""

    type: str
    subject: str
    direction: str | None = None
    base_kind: str | None = None
    roles: Mapping[str, int] = field(default_factory=dict)
    parts: tuple[tuple[str, int], ...] = ()
    unit: str | None = None


Span = tuple[Fraction, Fraction]


def span(printed: str) -> Span:
    """Give the half-unit interval of a printed figure (半单位区间)."""
    digits = printed.replace(",", "")
    half = Fraction(1, 2 * 10 ** len(digits.partition(".")[2]))
    return Fraction(digits) - half, Fraction(digits) + half


@dataclass
class Teller:
    """Prints numbers and keeps what is claimed with them."""

    style: Style
    chance: Chance
    year: int
    numbers: list[Number] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    told: dict[tuple[str, str], Token] = field(default_factory=dict)
    """Numbers other sentences refer to, by subject and measure."""

    # --- numbers -----------------------------------------------------------------------------

    def money(self, amount: Decimal, *, ignored: bool = False, unit: str = "") -> Token:
        """Print an amount with the prose's unit."""
        printed = self.style.amount(amount, self.chance)
        return self._token(printed, unit or self.style.unit, ignored=ignored)

    def count(self, number: int, unit: str, *, ignored: bool = False) -> Token:
        """Print a count with its measure word."""
        return self._token(str(number), unit, ignored=ignored)

    def rate(self, part: Decimal, whole: Decimal, *, ignored: bool = False) -> Token:
        """Print part ÷ whole with the sign %."""
        return self._token(self.style.percent(part, whole), "%", ignored=ignored)

    def plain(self, printed: str, unit: str, *, ignored: bool = False) -> Token:
        """Print a number as given."""
        return self._token(printed, unit, ignored=ignored)

    def note(self, phrase: str) -> Token:
        """Mark words without a number, so that a claim can point at them (无数字的陈述)."""
        return self._token(phrase, "", ignored=True)

    def _token(self, printed: str, unit: str, *, ignored: bool) -> Token:
        number = Number(id=len(self.numbers), printed=printed, unit=unit, ignored=ignored)
        self.numbers.append(number)
        return Token.of(number.id, printed, unit)

    # --- claims ------------------------------------------------------------------------------

    def claim(self, kind: str, subject: str, **said: object) -> None:
        """Remember a claim; Token arguments become roles."""
        roles = {name: value.id for name, value in said.items() if isinstance(value, Token)}
        parts = said.pop("parts", ())
        rest = {k: v for k, v in said.items() if v is not None and not isinstance(v, Token)}
        listed = tuple((name, token.id) for name, token in parts)  # type: ignore[attr-defined]
        self.claims.append(Claim(type=kind, subject=subject, roles=roles, parts=listed, **rest))  # type: ignore[arg-type]

    def total(
        self,
        subject: str,
        whole: Token,
        parts: Sequence[tuple[str, Token]],
        *,
        implied: bool = False,
    ) -> None:
        """Remember that parts make up a total (其中); `implied` when no word says so."""
        if len(parts) > 1:
            kind = "implied_sum" if implied else "sum"
            self.claim(kind, subject, total=whole, parts=tuple(parts))

    # --- words -------------------------------------------------------------------------------

    def this(self) -> str:
        """Name the year: 2023年度."""
        return self.chance.one(self.style.of_year).format(y=self.year)

    def base(self) -> str:
        """Name what a change is measured against: 比上年."""
        return self.chance.one(self.style.prior).format(p=self.year - 1)

    def why(self, reason: str) -> str:
        """Give a reason (主要原因)."""
        return self.chance.one(self.style.because).format(r=reason)

    def levels(self) -> list[Claim]:
        """Give the claim every number makes that takes part in no other (数额)."""
        used = {
            at for c in self.claims for role, at in c.roles.items() if not _is_free(c.type, role)
        }
        return [
            Claim(type="level", subject="", roles={"value": number.id}, unit=number.unit)
            for number in self.numbers
            if number.id not in used and not number.ignored and number.unit != "%"
        ]

    # --- audit -------------------------------------------------------------------------------

    def audit(self) -> None:
        """Fail unless honest rounding explains every claim (断言可由四舍五入解释)."""
        for claim in self.claims:
            if not self._feasible(claim):
                printed = {name: self.numbers[at].printed for name, at in claim.roles.items()}
                parts = [self.numbers[at].printed for _, at in claim.parts]
                raise ValueError(f"断言不成立：{claim.type} {claim.subject} {printed} {parts}")

    def _feasible(self, claim: Claim) -> bool:
        spans = {name: span(self.numbers[at].printed) for name, at in claim.roles.items()
                 if self.numbers[at].printed.replace(",", "").replace(".", "").isdigit()}  # fmt: skip
        if claim.type.endswith("sum"):
            parts = [span(counted(self.numbers[at].printed)) for _, at in claim.parts]
            low, high = sum(p[0] for p in parts), sum(p[1] for p in parts)
            return low <= spans["total"][1] and spans["total"][0] <= high
        if claim.type == "change" and {"value", "change", "percent"} <= spans.keys():
            return _change_holds(spans, claim.direction == "up")
        whole = spans.get("base")
        if claim.type in ("share", "completion") and whole and {"value", "percent"} <= spans.keys():
            part, rate = spans["value"], spans["percent"]
            return part[0] * 100 <= rate[1] * whole[1] and rate[0] * whole[0] <= part[1] * 100
        return True


def counted(printed: str) -> str:
    """Give the value of a part; a name in a list counts one (名单中的一项)."""
    return printed if printed[0].isdigit() else "1"


def _is_free(kind: str, role: str) -> bool:
    """Tell whether a number in this role still states its level (另作数额陈述)."""
    if kind in ("completion", "share"):
        return role == "base"
    if kind == "difference":
        return role == "value"
    return kind.endswith("sum")


def _change_holds(spans: Mapping[str, Span], grows: bool) -> bool:  # noqa: FBT001  # one sign
    sign = -1 if grows else 1
    corners = [(c, v + sign * c) for c in spans["change"] for v in spans["value"]]
    if any(prior <= 0 for _, prior in corners):
        return True
    rates = [100 * c / prior for c, prior in corners]
    return min(rates) <= spans["percent"][1] and spans["percent"][0] <= max(rates)
