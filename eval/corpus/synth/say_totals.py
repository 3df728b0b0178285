"""Sections on all money and on appropriations (收支总体、收入、支出、财政拨款收支总体)."""

from decimal import Decimal

from synth.books import Books
from synth.flows import ZERO
from synth.phrases import Fact, Matter, change, moved, numbered, share
from synth.teller import Teller, Token

Line = tuple[str, Decimal, Decimal]
"""Name, this year, the year before."""


def facts_of(books: Books) -> list[Fact]:
    """Changes a reason may name: personnel, operating part, projects (可作原因的增减)."""
    prior = books.prior
    return [
        ("人员经费", books.personnel - prior.personnel),
        ("公用经费", books.public - prior.public),
        ("项目支出", books.all.project - prior.project),
    ]


def incomes(books: Books, *, split: bool) -> list[Line]:
    """List the sources of income; `split` names the three budgets (收入构成)."""
    now, before = books.all, books.prior
    rows: list[Line] = [("财政拨款收入", now.fiscal_income, before.fiscal_income)]
    if split:
        rows = [
            ("一般公共预算财政拨款收入", now.general.income, before.general_income),
            ("政府性基金预算财政拨款收入", now.fund.income, before.fund_income),
            ("国有资本经营预算财政拨款收入", now.capital.income, before.capital_income),
        ]
    own, then = now.own, before.own
    return [
        *rows,
        ("上级补助收入", own.superior, then.superior),
        ("事业收入", own.business, then.business),
        ("经营收入", own.trading, then.trading),
        ("附属单位上缴收入", own.affiliated, then.affiliated),
        ("其他收入", own.other, then.other),
    ]


def outlays(books: Books) -> list[Line]:
    """List the kinds of expenditure (支出构成)."""
    now, before = books.all, books.prior
    return [
        ("基本支出", now.basic, before.basic),
        ("项目支出", now.project, before.project),
        ("上缴上级支出", now.own.upward, before.own.upward),
        ("经营支出", now.own.traded, before.own.traded),
        ("对附属单位补助支出", now.own.downward, before.own.downward),
    ]


def composition(
    tell: Teller, subject: str, lines: list[Line], whole: tuple[Decimal, Token]
) -> list[str]:
    """List parts with their shares, in one sentence or as numbered lines (构成)."""
    chance, style = tell.chance, tell.style
    shown = lines if chance.odds(0.4) else [line for line in lines if line[1]] or lines[:1]
    noun = chance.one((subject, f"本年{subject[-4:-2]}", f"{subject}"))
    changes = chance.odds(0.2)
    parts, texts = [], []
    for name, now, before in shown:
        value = tell.money(now)
        text = f"{name}{value}{share(tell, Matter(name, now, whole[0], value), noun)}"
        if changes and (now or before):
            text += "，" + change(tell, Matter(name, now, before, value))
        parts.append((name, value))
        texts.append(text)
    tell.total(subject, whole[1], parts)
    if chance.odds(0.25):
        lead = chance.one(("其中：", "具体构成如下：", "包括：", "具体情况如下："))
        return [lead, *(f"{numbered(tell, n)}{text}。" for n, text in enumerate(texts, 1))]
    mark = "；" if changes or chance.odds(0.7) else style.between
    lead = chance.one(
        ("，其中：", "，其中：", "，包括：", "。其中：", "，由以下部分构成：", "，其中，")
    )
    return [lead + mark.join(texts) + "。"]


def joined(lead: str, rest: list[str]) -> list[str]:
    """Join a sentence with its list, which may go on in lines of its own."""
    first = rest[0]
    if len(rest) == 1:
        return [lead + first]
    return [f"{lead}，{first}", *rest[1:]]


def overall(books: Books, tell: Teller) -> list[str]:
    """Write the section on all money (收入支出总体情况)."""
    chance, prior = tell.chance, books.prior
    way = chance.count(0, 6)
    facts = facts_of(books)
    if way == 6:
        return [_paired(books, tell)]
    if way <= 1:
        value = tell.money(books.total)
        even = chance.one(("收、支总计均为", "收入、支出总计均为", "收支总计", "收入支出总计"))
        noun = chance.one(("收、支总计", "收支总计", "收入、支出总计"))
        each = chance.one(("各", "均", "分别")) if even[-1] == "为" else ""
        base = tell.base()
        said = moved(tell, Matter(noun, books.total, prior.total, value), each=each, facts=facts,
            base=f"{base}{noun}" if base.endswith("，") else base,
        )  # fmt: skip
        stop = chance.one(("。", "，"))
        return [f"{tell.this()}{even}{value}{stop}{said}。"]
    if way == 2:
        first, second = tell.money(books.total), tell.money(books.total)
        said = moved(tell, Matter("收支总计", books.total, prior.total, second), facts=facts)
        return [f"{tell.this()}收入总计{first}，支出总计{second}。收支{said}。"]
    if way == 3:
        value = tell.money(books.total)
        parts = [
            ("本年收入合计", books.all.income),
            ("使用非财政拨款结余", books.surplus_used),
            ("年初结转和结余", books.opening.total),
        ]
        told = [(name, tell.money(amount)) for name, amount in parts]
        tell.total("收入总计", value, told)
        text = chance.one(("；", "，", "、")).join(f"{name}{token}" for name, token in told)
        said = moved(tell, Matter("收入总计", books.total, prior.total, value), facts=facts)
        closing = _closing_side(books, tell)
        return [f"{tell.this()}收入总计{value}，其中：{text}。收入总计{said}。", closing]
    first = tell.money(books.total)
    said = moved(tell, Matter("收入总计", books.total, prior.total, first), facts=facts)
    second = tell.money(books.total)
    other = moved(tell, Matter("支出总计", books.total, prior.total, second), facts=facts)
    return [f"{tell.this()}收入总计{first}，{said}。", f"{tell.this()}支出总计{second}，{other}。"]


def _paired(books: Books, tell: Teller) -> str:
    """Tell both sides in pairs: 分别为A和B，…分别增加a和b (成对表述)."""
    amount, before = books.total, books.prior.total
    first, second = tell.money(amount), tell.money(amount)
    lead = f"{tell.this()}收入总计和支出总计分别为{first}和{second}"
    if amount == before or not before:
        return lead + "。"
    up = amount > before
    gap = abs(amount - before)
    texts = []
    for value, name in ((first, "收入总计"), (second, "支出总计")):
        said, rate = tell.money(gap), tell.rate(gap, before)
        tell.claim(
            "change", name, value=value, change=said, percent=rate,
            direction="up" if up else "down", base_kind="prior",
        )  # fmt: skip
        texts.append((said, rate))
    words = ("增加", "增长") if up else ("减少", "下降")
    changes, rates = ("和".join(str(t[at]) for t in texts) for at in (0, 1))
    return f"{lead}，与上年相比分别{words[0]}{changes}，分别{words[1]}{rates}。"


def _closing_side(books: Books, tell: Teller) -> str:
    parts = [
        ("本年支出合计", books.all.spent),
        ("结余分配", books.distributed),
        ("年末结转和结余", books.closing.total),
    ]
    value = tell.money(books.total)
    told = [(name, tell.money(amount)) for name, amount in parts]
    tell.total("支出总计", value, told)
    text = "，".join(f"{name}{token}" for name, token in told)
    return f"{tell.this()}支出总计{value}，包括：{text}。"


def income(books: Books, tell: Teller) -> list[str]:
    """Write the section on income (收入决算)."""
    chance = tell.chance
    amount, before = books.all.income, books.prior.income
    value = tell.money(amount)
    subject = chance.one(("本年收入合计", "收入合计", "本年收入合计"))
    lead = f"{tell.this()}{subject}{value}"
    if chance.odds(0.45):
        lead += "，" + moved(tell, Matter(subject, amount, before, value), facts=())
    if "主要" in lead or "原因" in lead:
        lead += "。"
    lines = incomes(books, split=chance.odds(0.35))
    rest = composition(tell, "本年收入合计", lines, (amount, value))
    if lead.endswith("。"):
        rest[0] = rest[0].lstrip("，。")
        return [lead + rest[0], *rest[1:]]
    return joined(lead, rest)


def spending(books: Books, tell: Teller) -> list[str]:
    """Write the section on expenditure (支出决算)."""
    chance = tell.chance
    amount, before = books.all.spent, books.prior.spent
    value = tell.money(amount)
    subject = chance.one(("本年支出合计", "支出合计", "本年支出合计"))
    lead = f"{tell.this()}{subject}{value}"
    if chance.odds(0.45):
        lead += "，" + moved(tell, Matter(subject, amount, before, value), facts=facts_of(books))
    if "原因" in lead or "主要" in lead or "变动" in lead:
        lead += "。"
    rest = composition(tell, "本年支出合计", outlays(books), (amount, value))
    if lead.endswith("。"):
        rest[0] = rest[0].lstrip("，。")
        return [lead + rest[0], *rest[1:]]
    return joined(lead, rest)


def fiscal(books: Books, tell: Teller) -> list[str]:
    """Write the section on appropriations as a whole (财政拨款收入支出总体情况)."""
    chance, prior = tell.chance, books.prior
    value = tell.money(books.fiscal_total)
    noun = chance.one(("财政拨款收、支总计", "财政拨款收入、支出总计", "财政拨款收支总计"))
    even = chance.one((f"{noun}均为", f"{noun}", f"{noun}各为"))
    base = tell.base()
    said = moved(tell, Matter(noun, books.fiscal_total, prior.fiscal_total, value),
        each=chance.one(("各", "")), facts=facts_of(books),
        base=f"{base}{noun}" if base.endswith("，") and chance.odds(0.7) else base,
    )  # fmt: skip
    texts = [f"{tell.this()}{even}{value}。{said}。"]
    if chance.odds(0.35):
        texts.append(_fiscal_income(books, tell))
    return texts


def _fiscal_income(books: Books, tell: Teller) -> str:
    """Tell the income of each budget with its change (各预算收入)."""
    lines = [
        (name.removesuffix("收入"), now, before)
        for name, now, before in incomes(books, split=True)[:3]
    ]
    shown = [line for line in lines if line[1] or line[2]]
    texts = []
    for name, now, before in shown:
        value = tell.money(now)
        told = change(tell, Matter(f"{name}收入", now, before, value))
        texts.append(f"{name}收入{value}，{told}")
    text = f"{tell.this()}财政拨款收入中，{'；'.join(texts)}"
    if books.opening.fiscal != ZERO and tell.chance.odds(0.6):
        text += f"。此外，年初财政拨款结转和结余{tell.money(books.opening.fiscal)}"
    return text + "。"
