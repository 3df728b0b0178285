"""Clauses with figures: changes, shares, completion, differences (带数字的分句)."""

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from synth.flows import ZERO
from synth.teller import Teller, Token
from synth.words import DOWN_REASONS, UP_REASONS

COMPLETION = (
    "，完成{w}的{r}", "，完成{w}的{r}", "，完成{w}{r}", "，为{w}的{r}", "，完成{w}数的{r}", "，预算完成率{r}",
    "，预算执行率为{r}", "，占{w}的{r}", "，执行率{r}", "，完成率为{r}", "，预算完成率为{r}", "，执行{w}的{r}",
)  # fmt: skip
EVEN = (
    "决算数与{w}数持平", "决算数等于{w}数", "与{w}持平", "决算数与{w}数一致", "决算数与{w}数相同",
)  # fmt: skip
MORE = ("大于", "大于", "高于", "多于", "超过")
LESS = ("小于", "小于", "低于", "少于")
DIFFERS = ("差异原因：{r}", "预决算差异主要原因是{r}", "主要原因是{r}", "与预算数差异的原因：{r}")
CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
Fact = tuple[str, Decimal]
"""A component and its change, for reasons that name figures (人员经费, +123000.00)."""


def numbered(tell: Teller, at: int) -> str:
    """Number a line the way the document does (序号)."""
    return tell.style.numbering.format(n=at, c=CIRCLED[(at - 1) % 20])


class Matter(NamedTuple):
    """An amount beside another, with their printed numbers (两数关系)."""

    subject: str
    amount: Decimal
    other: Decimal
    """The prior year, the budget or the whole."""
    value: Token | None = None
    base: Token | None = None


def change(tell: Teller, it: Matter, *, each: str = "", base: str | None = None) -> str:
    """Tell a rise or fall against the prior year with amount and rate (增减额与增减率)."""
    if it.amount == it.other:
        return flat(tell, it.subject, value=it.value)
    grows = it.amount > it.other
    style, chance = tell.style, tell.chance
    lead = tell.base() if base is None else base
    if base is None and not each and chance.odds(0.12):
        return _from_base(tell, it)
    verb = chance.one(style.up if grows else style.down)
    said = tell.money(abs(it.amount - it.other))
    direction = "up" if grows else "down"
    if it.other == ZERO:
        tell.claim(
            "change", it.subject, value=it.value, change=said, direction=direction,
            base_kind="prior",
        )  # fmt: skip
        return f"{lead}{each}{verb}{said}{chance.one(style.nil_rate)}"
    rate = tell.rate(abs(it.amount - it.other), it.other)
    tell.claim(
        "change", it.subject, value=it.value, change=said, percent=rate, direction=direction,
        base_kind="prior",
    )  # fmt: skip
    tail = chance.one(style.rate_up if grows else style.rate_down)
    if each and chance.odds(0.5) and tail[:3] in ("，增长", "，下降", "，上升", "，降低"):
        tail = f"，{each}{tail[1:]}"
    return f"{lead}{each}{verb}{said}{tail.format(r=rate)}"


def _from_base(tell: Teller, it: Matter) -> str:
    """Tell a change with the prior year's figure printed: 较上年的X减少Y (写明基数)."""
    chance, grows = tell.chance, it.amount > it.other
    before, said = tell.money(it.other), tell.money(abs(it.amount - it.other))
    roles = {"value": it.value, "change": said, "base": before}
    rate = ""
    if it.other:
        roles["percent"] = tell.rate(abs(it.amount - it.other), it.other)
        rate = f"，{'增长' if grows else '下降'}{roles['percent']}"
    tell.claim(
        "change", it.subject, direction="up" if grows else "down", base_kind="prior", **roles
    )
    verb = "增加" if grows else "减少"
    last = tell.year - 1
    return chance.one(
        (
            f"较上年的{before}{verb}{said}{rate}", f"比{last}年的{before}{verb}{said}{rate}",
            f"较{last}年度决算数{before}{verb}{said}{rate}", f"上年决算数为{before}，同比{verb}{said}{rate}",
        )
    )  # fmt: skip


def twice(tell: Teller, it: Matter, prior: Matter, word: str) -> str:
    """Tell two changes in one sentence, against the budget and the prior year (两个基数)."""
    texts = []
    for one, lead, kind in ((it, f"较{word}数", "budget"), (prior, "较上年决算数", "prior")):
        if one.amount == one.other or not one.other:
            continue
        grows = one.amount > one.other
        said = tell.money(abs(one.amount - one.other))
        rate = tell.rate(abs(one.amount - one.other), one.other)
        tell.claim(
            "change", one.subject, value=one.value, change=said, percent=rate,
            direction="up" if grows else "down", base_kind=kind,
        )  # fmt: skip
        words = ("增加", "增长") if grows else ("减少", "下降")
        texts.append(f"{lead}{words[0]}{said}，{words[1]}{rate}")
    return tell.chance.one(("，", "；")).join(texts)


def flat(tell: Teller, subject: str, *, value: Token | None = None) -> str:
    """Say that nothing changed (持平)."""
    words = tell.chance.one(tell.style.flat).format(p=tell.year - 1)
    if tell.chance.odds(0.12) and value is not None:
        said = tell.money(ZERO)
        rate = tell.plain("0" if tell.style.rate_trim else "0.00", "%")
        word, tail = tell.chance.one((("增加", "增长"), ("减少", "下降")))
        tell.claim(
            "change", subject, value=value, change=said, percent=rate,
            direction="up" if word == "增加" else "down", base_kind="prior",
        )  # fmt: skip
        return f"{tell.base()}{word}{said}，{tail}{rate}"
    mark = tell.note(words)
    tell.claim("flat", subject, value=value, mark=mark, direction="flat", base_kind="prior")
    return str(mark)


def share(tell: Teller, it: Matter, noun: str) -> str:
    """Tell what share a part has of a whole (占比); the clause starts with its own comma."""
    if it.other == ZERO:
        return ""
    rate = tell.rate(it.amount, it.other)
    tell.claim("share", it.subject, value=it.value, percent=rate, base=it.base, base_kind="whole")
    return tell.chance.one(tell.style.share).format(w=noun, r=rate)


def completion(tell: Teller, it: Matter, word: str) -> str:
    """Tell how much of a budget was executed (完成率)."""
    if it.other == ZERO:
        if it.amount == ZERO and tell.chance.odds(0.4):
            rate = tell.plain(tell.chance.one(("0", "0.00")), "%")
            tell.claim("completion", it.subject, value=it.value, base=it.base, percent=rate)
            return f"，完成{word}的{rate}"
        nil = f"，{word}数为{tell.plain('0', '')}，无法计算完成率" if tell.chance.odds(0.25) else ""
        return nil or tell.chance.one(("", "", f"，{word}未安排"))
    rate = tell.rate(it.amount, it.other)
    tell.claim("completion", it.subject, value=it.value, base=it.base, percent=rate)
    return tell.chance.one(COMPLETION).format(w=word, r=rate)


def against_budget(tell: Teller, it: Matter, word: str, cause: str = "") -> str:
    """Compare the final figure with the budget, in words or amounts (决算数与预算数之差)."""
    chance = tell.chance
    if it.amount == it.other:
        mark = tell.note(chance.one(EVEN).format(w=word))
        kind = "difference" if "等于" in mark else "flat"
        tell.claim(
            kind, it.subject, value=it.value, mark=mark, direction="flat", base_kind="budget"
        )
        return f"，{mark}"
    more = it.amount > it.other
    way = chance.count(0, 4)
    if way <= 1 or (way >= 3 and it.other == ZERO):
        mark = tell.note(f"决算数{chance.one(MORE if more else LESS)}{word}数")
        direction = "up" if more else "down"
        tell.claim("difference", it.subject, value=it.value, mark=mark, direction=direction)
        return f"，{mark}的主要原因是{cause}" if cause else f"，{mark}"
    if way == 2:
        return f"，{chance.one(DIFFERS).format(r=cause)}" if cause else ""
    text = _gap(tell, it, word, with_rate=way == 3)
    return f"{text}，主要原因是{cause}" if cause else text


def _gap(tell: Teller, it: Matter, word: str, *, with_rate: bool) -> str:
    """Tell by how much the final figure departs from the budget (差额)."""
    more = it.amount > it.other
    gap = tell.money(abs(it.amount - it.other))
    direction = "up" if more else "down"
    if with_rate:
        rate = tell.rate(abs(it.amount - it.other), it.other)
        tell.claim(
            "change", it.subject, value=it.value, change=gap, percent=rate, direction=direction,
            base_kind="budget",
        )  # fmt: skip
        words = ("增加", "增长") if more else ("减少", "下降")
        return f"，较{word}数{words[0]}{gap}，{words[1]}{rate}"
    tell.claim(
        "difference", it.subject, value=it.value, amount=gap, direction=direction,
        base_kind="budget",
    )  # fmt: skip
    verb = tell.chance.one(("增加", "超支") if more else ("减少", "节约"))
    return f"，比{word}数{verb}{gap}"


def reason(tell: Teller, *, up: bool, facts: Sequence[Fact] = ()) -> str:
    """Give a cause that fits the sign, now and then with figures of other subjects (原因)."""
    chance = tell.chance
    words = chance.one(UP_REASONS if up else DOWN_REASONS)
    fitting = [(name, gap) for name, gap in facts if gap and (gap > 0) == up]
    if not fitting or not chance.odds(0.35):
        return words
    if len(facts) > 1 and chance.odds(0.3):
        return _several(tell, words, facts)
    name, gap = chance.one(fitting)
    said = tell.money(abs(gap))
    tell.claim("change", name, change=said, direction="up" if up else "down", base_kind="prior")
    told = f"{'增加' if up else '减少'}{said}"
    return chance.one((f"{name}{told}", f"{words}，{name}较上年{told}", f"{words}，{name}{told}"))


def _several(tell: Teller, words: str, facts: Sequence[Fact]) -> str:
    """Explain a change by the changes of its parts, up and down (分项增减)."""
    texts = []
    for name, gap in facts:
        if not gap:
            continue
        said = tell.money(abs(gap))
        verb = "增加" if gap > 0 else "减少"
        tell.claim(
            "change", name, change=said, direction="up" if gap > 0 else "down", base_kind="prior"
        )
        texts.append(f"{name}{verb}{said}")
    return tell.chance.one(
        (f"{words}，其中：{'，'.join(texts)}", "、".join(texts), "，".join(texts))
    )


def moved(
    tell: Teller, it: Matter, *, each: str = "", facts: Sequence[Fact] = (), base: str | None = None
) -> str:
    """Tell a change with, mostly, its reason (增减及原因)."""
    said = change(tell, it, each=each, base=base)
    if it.amount == it.other or tell.chance.odds(0.2):
        return said
    return said + tell.why(reason(tell, up=it.amount > it.other, facts=facts))
