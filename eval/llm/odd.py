"""Documents in wordings the grammars do not know (陌生措辞), with their truth and a model that reads them.

Thirty wordings of our own; figures are invented by a seeded generator, one statement in five is made
wrong. `perfect` answers as a careful person would, from the sheet it is shown and nothing else.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from gouji.llm.port import Request

CENT = Decimal("0.01")
HUNDRED = Decimal(100)
SUBJECTS = (
    "培训费", "会议费", "差旅费", "办公费", "印刷费", "维修费", "水利项目", "绿化养护", "社区食堂", "档案整理", "设备更新", "河道清淤",
)  # fmt: skip


@dataclass(frozen=True)
class Wording:
    """One odd wording (措辞): slots S subject, v value, b base, c change, r rate, p and q parts."""

    kind: str
    text: str
    cue: str = ""
    direction: str = "none"
    base: str = "unknown"
    whole_name: str = ""
    parts: tuple[str, ...] = ()


def _change(text: str, cue: str, direction: str) -> Wording:
    return Wording("change", text, cue, direction, "prior_year")


def _completion(text: str, cue: str, base: str = "initial_budget") -> Wording:
    return Wording("completion", text, cue, base=base)


WORDINGS = (
    _change("{S}{v}万元，较之上一年多花了{c}万元，涨了{r}%。", "多花了", "up"),
    _change("{S}{v}万元，同上年一比缩水{c}万元，跌去{r}%。", "缩水", "down"),
    _change("{S}今年{v}万元，去年到今年往上走了{c}万元，涨幅{r}%。", "往上走了", "up"),
    _change("{S}花掉{v}万元，对照上一年省出{c}万元，收窄了{r}%。", "省出", "down"),
    _change("{S}共{v}万元，上年之后又添了{c}万元，抬高了{r}%。", "添了", "up"),
    _change("{S}只用{v}万元，去年相比之下退了{c}万元，退幅{r}%。", "退了", "down"),
    _change("{S}落到{v}万元，从上年掉下来{c}万元，掉了{r}%。", "掉下来", "down"),
    _change("{S}升到{v}万元，从上年爬上去{c}万元，爬了{r}%。", "爬上去", "up"),
    _change("{S}{v}万元，往年口径里多出来{c}万元，多出{r}%。", "多出来", "up"),
    _change("{S}{v}万元，上一年的盘子里少掉{c}万元，少掉{r}%。", "少掉", "down"),
    _change("{S}总共{v}万元，一年之间膨胀了{c}万元，也就是上年的{r}%。", "膨胀了", "up"),
    _change("{S}总共{v}万元，一年之间瘦身{c}万元，也就是去年的{r}%。", "瘦身", "down"),
    Wording("share", "{S}{v}万元，在{W}{b}万元里头有{r}%。", "里头有", whole_name="全部开销"),
    Wording("share", "{S}{v}万元，{W}{b}万元当中分到{r}%。", "当中分到", whole_name="总盘子"),
    Wording("share", "{W}{b}万元，{S}{v}万元便拿走了{r}%。", "便拿走了", whole_name="各项开销"),
    Wording("share", "{S}{v}万元，切走了{W}{b}万元里面的{r}%。", "里面的", whole_name="全年开销"),
    Wording("share", "{W}{b}万元之中，{S}{v}万元，得了{r}%。", "得了", whole_name="整块资金"),
    _completion("年初给{S}排了{b}万元，到年底用掉{v}万元，用掉了{r}%。", "用掉了"),
    _completion("{S}年初盘子{b}万元，实打实花去{v}万元，花去了{r}%。", "花去了"),
    _completion("{S}年初拨到{b}万元，落地{v}万元，落地了{r}%。", "落地了"),
    _completion("{S}年初划出{b}万元，兑付{v}万元，兑付到{r}%。", "兑付到"),
    _completion("{S}年初安下{b}万元，办成{v}万元，办成了{r}%。", "办成了"),
    _completion("{S}年初摆出{b}万元，消化{v}万元，消化了{r}%。", "消化了"),
    Wording("difference", "{S}{v}万元，比盘子{b}万元少花了{c}万元。", "少花了", "down", "budget"),
    Wording("difference", "{S}{v}万元，比盘子{b}万元多花了{c}万元。", "多花了", "up", "budget"),
    Wording("difference", "{S}{v}万元，比盘子{b}万元剩下了{c}万元。", "剩下了", "down", "budget"),
    Wording("breakdown", "{S}{v}万元，里头人工{p}万元、材料{q}万元。", parts=("人工", "材料")),
    Wording("breakdown", "{S}{v}万元，拆开来看，运费{p}万元、工料{q}万元。", parts=("运费", "工料")),
    Wording("breakdown", "{S}{v}万元，由场租{p}万元、布展{q}万元凑成。", parts=("场租", "布展")),
    Wording("breakdown", "{S}{v}万元，掰成两块：上半年{p}万元、下半年{q}万元。", parts=("上半年", "下半年")),
)  # fmt: skip


@dataclass(frozen=True)
class Truth:
    """A statement as it was made (真值)."""

    wording: Wording
    sentence: str
    figures: tuple[str, ...]
    """Printed numbers, in printed order."""
    wrong: bool


@dataclass(frozen=True)
class Odd:
    """One document and its truth (题目)."""

    text: str
    truths: tuple[Truth, ...]


def documents(count: int, seed: int = 20261122, size: int = 12) -> Iterator[Odd]:
    """Yield documents of odd sentences, the wordings in turn."""
    chance = random.Random(seed)  # noqa: S311 (invented figures, no secrets)
    turn = 0
    for _ in range(count):
        truths: list[Truth] = []
        for subject in chance.sample(SUBJECTS, size):
            truths.append(_truth(WORDINGS[turn % len(WORDINGS)], subject, chance))
            turn += 1
        body = "\n".join(t.sentence for t in truths)
        yield Odd(f"某某县水务局2024年度部门决算\n{body}\n", tuple(truths))


def _truth(wording: Wording, subject: str, chance: random.Random) -> Truth:
    wrong = chance.random() < 0.2
    values = {k: _plain(v) for k, v in _figures(wording, chance, wrong=wrong).items()}
    sentence = wording.text.format(S=subject, W=wording.whole_name, **values)
    return Truth(wording, sentence, tuple(re.findall(r"\d+\.\d\d", sentence)), wrong)


def _figures(wording: Wording, chance: random.Random, *, wrong: bool) -> dict[str, Decimal]:
    base = Decimal(chance.randint(20_000, 900_000)) / HUNDRED
    part = (base * chance.randint(15, 85) / HUNDRED).quantize(CENT)
    off = Decimal(chance.randint(3, 9)) if wrong else Decimal(0)
    if wording.kind == "change":
        change = (base * chance.randint(5, 40) / HUNDRED).quantize(CENT)
        value = base + change if wording.direction == "up" else base - change
        rate = _rate(change, base) + off
        return {"v": value, "c": change, "r": rate}
    if wording.kind == "difference":
        value = part if wording.direction == "down" else base + part
        return {"v": value, "b": base, "c": abs(base - value) + off}
    if wording.kind == "breakdown":
        return {"v": base + off, "p": part, "q": base - part}
    return {"v": part, "b": base, "r": _rate(part, base) + off}


def _rate(part: Decimal, whole: Decimal) -> Decimal:
    return (part * HUNDRED / whole).quantize(CENT, ROUND_HALF_UP)


def _plain(value: Decimal) -> str:
    return f"{value:.2f}"


# --- a model that reads them -----------------------------------------------------------------

_LINE = re.compile(r"^\*(L\d+): (.*)$", re.MULTILINE)
_NORMAL = str.maketrans("，：", ",:")
_SLOT = re.compile(r"\\\{(\w)\\\}(万元|%)?")


def _pattern(wording: Wording) -> re.Pattern[str]:
    escaped = re.escape(wording.text.replace("{W}", wording.whole_name).translate(_NORMAL))
    return re.compile(
        _SLOT.sub(
            lambda m: (
                r"(?P<S>[\u4e00-\u9fff]+?)"
                if m[1] == "S"
                else rf"(?P<{m[1]}>[\d.]+{m[2] or ''})⟦(?P<{m[1]}id>n\d+)⟧"
            ),
            escaped,
        )
    )


_PATTERNS = tuple((w, _pattern(w)) for w in WORDINGS)


def perfect(request: Request) -> dict[str, Any]:
    """Answer a request about odd sentences rightly; find nothing in any other."""
    task = request.prompt.task
    if task != "claims":
        return {"semantic": {"pairs": []}, "subjects": {"subjects": []}}[task]
    claims = [
        _said(line, wording, found)
        for line, text in _LINE.findall(request.user)
        for wording, pattern in _PATTERNS
        if (found := pattern.fullmatch(text))
    ]
    return {"claims": claims}


def _said(line: str, wording: Wording, found: re.Match[str]) -> dict[str, Any]:
    slots = found.groupdict()

    def number(slot: str) -> dict[str, str] | None:
        return {"id": slots[f"{slot}id"], "text": slots[slot]} if slot in slots else None

    parts = [
        {"name": name, "number": number(slot)}
        for name, slot in zip(wording.parts, "pq", strict=False)
    ]
    share = wording.kind == "share"
    return {
        "line": line,
        "kind": wording.kind,
        "subject": slots["S"],
        "cue": wording.cue,
        "direction": wording.direction,
        "base": wording.base,
        "value": number("v"),
        "base_value": None if share else number("b"),
        "whole": number("b") if share else None,
        "whole_name": wording.whole_name,
        "change": number("c"),
        "rate": number("r"),
        "parts": parts,
    }


# --- a model that quotes rightly and means nothing -------------------------------------------

_NUMBER = re.compile(r"([\d.]+(?:万元|%))⟦(n\d+)⟧")
_KINDS = ("change", "share", "completion", "difference", "breakdown", "level", "flat")
_ROLES = ("value", "change", "rate", "base_value", "whole")


def quoting_liar(seed: int) -> Callable[[Request], dict[str, Any]]:
    """Return the worst model: every id and quote is real, every kind and role is drawn by chance."""
    chance = random.Random(seed)  # noqa: S311 (no secrets)

    def answer(request: Request) -> dict[str, Any]:
        if request.prompt.task != "claims":
            return perfect(request)
        return {"claims": [_lie(line, text, chance) for line, text in _LINE.findall(request.user)]}

    return answer


def _lie(line: str, text: str, chance: random.Random) -> dict[str, Any]:
    numbers = [{"id": id_, "text": printed} for printed, id_ in _NUMBER.findall(text)]
    chance.shuffle(numbers)
    plain = re.sub(r"⟦n\d+⟧", "", text)
    at = chance.randint(0, max(0, len(plain) - 4))
    said: dict[str, Any] = {
        "line": line,
        "kind": chance.choice(_KINDS),
        "subject": plain[:3],
        "cue": plain[at : at + 3],
        "direction": chance.choice(("up", "down")),
        "base": "prior_year",
    }
    said |= zip(chance.sample(_ROLES, len(_ROLES)), numbers, strict=False)
    if said["kind"] == "breakdown":
        said["parts"] = [{"name": plain[:2], "number": n} for n in numbers[1:]]
    return said
