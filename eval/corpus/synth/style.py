"""How one office writes: numbers, words and marks, chosen once a document (行文习惯)."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

from synth.chance import Chance


@dataclass(frozen=True, kw_only=True)
class Style:
    """Habits of one document; lists are drawn from sentence by sentence."""

    unit: Literal["元", "万元"]
    commas: bool
    decimals: Literal["two", "trim", "mixed"]
    rate_places: int
    rate_trim: bool
    spaced: bool
    half: bool
    """Whether punctuation is half-width (半角标点)."""
    quotes: tuple[str, str]
    prior: tuple[str, ...]
    """Words for the base of a change, with {p} for the year before."""
    up: tuple[str, ...]
    down: tuple[str, ...]
    rate_up: tuple[str, ...]
    rate_down: tuple[str, ...]
    flat: tuple[str, ...]
    because: tuple[str, ...]
    share: tuple[str, ...]
    nil_rate: tuple[str, ...]
    of_year: tuple[str, ...]
    """{y} patterns that open a sentence: 2023年度, 2023年, 本年度."""
    includes: tuple[str, ...]
    between: str
    """Mark between listed parts (分项之间的标点)."""
    numbering: str
    """How items are numbered: 1. 1、 （1） ① or none."""

    def amount(self, value: Decimal, chance: Chance) -> str:
        """Print an amount in the prose's unit, half up (四舍五入)."""
        scaled = value / 10000 if self.unit == "万元" else value
        text = format(scaled.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP), "f")
        trims = self.decimals == "trim" or (self.decimals == "mixed" and chance.odds(0.35))
        if trims:
            text = text.rstrip("0").rstrip(".")
        if self.commas:
            whole, point, rest = text.partition(".")
            text = f"{int(whole):,}{point}{rest}"
        return text

    def percent(self, part: Decimal, whole: Decimal) -> str:
        """Print part ÷ whole in per cent, half up, without the sign."""
        step = Decimal(1).scaleb(-self.rate_places)
        text = format((part * 100 / whole).quantize(step, rounding=ROUND_HALF_UP), "f")
        return text.rstrip("0").rstrip(".") if self.rate_trim and "." in text else text


PRIOR = (
    "与{p}年度相比，", "比上年", "较上年", "较上年度", "比{p}年度", "较{p}年决算数", "同比", "与上年度相比，",
    "较上年决算数", "比上年度决算数", "与{p}年相比，", "比上一年度", "较{p}年", "与上年相比，", "较上年同期",
    "与{p}年决算数相比，", "比去年", "与上年对比，",
)  # fmt: skip
UP = ("增加", "增加", "增长", "上升", "增加了")
DOWN = ("减少", "减少", "下降", "降低", "减少了", "压减")
RATE_UP = (
    "，增长{r}", "，增长{r}", "，增长率{r}", "，上升{r}", "，增幅{r}", "，增幅为{r}", "，增长了{r}",
    "（增长{r}）", "，增长率为{r}", "、增长{r}", "，增加{r}",
)  # fmt: skip
RATE_DOWN = (
    "，下降{r}", "，下降{r}", "，下降率{r}", "，降低{r}", "，降幅{r}", "，降幅为{r}", "，下降了{r}",
    "（下降{r}）", "，减少{r}", "、下降{r}", "，下降幅度{r}",
)  # fmt: skip
FLAT = (
    "与上年持平", "较上年无增减变化", "与上年度持平", "与{p}年度持平", "与上年相比无变化", "同比持平",
    "较上年持平", "与上年决算数持平", "与上年一致",
)  # fmt: skip
BECAUSE = (
    "，主要原因是{r}", "，主要原因：{r}", "，主要是{r}", "。主要原因是{r}", "，原因是{r}", "，主要原因为{r}",
    "。主要原因：{r}", "，主要是因为{r}", "，主要系{r}所致", "。变动原因：{r}", "，主要是由于{r}",
)  # fmt: skip
SHARE = (
    "，占{w}的{r}", "，占{w}{r}", "，占{r}", "，占比{r}", "，占{w}的比重为{r}", "，所占比例为{r}",
    "，占{w}比例为{r}", "（占{w}的{r}）", "，占比为{r}", "，占{w}的比例为{r}",
)  # fmt: skip
NIL_RATE = (
    "，上年基数为零，增减率不可比", "，因上年无该项支出，增长率无可比性", "，上年为0，不计算增减率", "", "",
    "（上年基数为0，不可比）", "，上年同期无此项支出",
)  # fmt: skip


def style_of(chance: Chance, *, unit: Literal["元", "万元"] = "万元") -> Style:
    """Choose the habits of one document."""
    pairs = [chance.count(0, len(RATE_UP) - 1) for _ in range(2)]
    return Style(
        unit=unit,
        commas=chance.odds(0.3),
        decimals=chance.one(("two", "two", "trim", "mixed")),
        rate_places=chance.one((2, 2, 2, 1)),
        rate_trim=chance.odds(0.35),
        spaced=chance.odds(0.35),
        half=chance.odds(0.15),
        quotes=chance.one((("“", "”"), ("“", "”"), ("“", "”"), ('"', '"'), ("「", "」"))),
        prior=tuple(chance.one(PRIOR) for _ in range(2)),
        up=tuple(chance.one(UP) for _ in range(2)),
        down=tuple(chance.one(DOWN) for _ in range(2)),
        rate_up=tuple(RATE_UP[at] for at in pairs),
        rate_down=tuple(RATE_DOWN[at] for at in pairs),
        flat=tuple(chance.one(FLAT) for _ in range(2)),
        because=tuple(chance.one(BECAUSE) for _ in range(2)),
        share=tuple(chance.one(SHARE) for _ in range(2)),
        nil_rate=tuple(chance.one(NIL_RATE) for _ in range(2)),
        of_year=chance.one((("{y}年度",), ("{y}年度", "{y}年"), ("{y}年",))),
        includes=chance.one((("其中：",), ("其中：", "，其中"), ("其中：", "包括："))),
        between=chance.one(("；", "；", "，", "、")),
        numbering=chance.one(("{n}.", "{n}、", "（{n}）", "({n})", "{c}", "{n}．")),
    )
