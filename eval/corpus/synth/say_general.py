"""Sections on the general public budget (一般公共预算支出：总体、结构、具体、基本支出)."""

from decimal import Decimal
from typing import NamedTuple

from synth.books import PERSONNEL, PUBLIC, Books
from synth.codes import CLASS_NAMES, ECONOMY, NAMES, full_name
from synth.flows import ZERO, Item
from synth.phrases import Matter, against_budget, change, completion, moved, numbered, reason, share
from synth.say_totals import facts_of
from synth.teller import Teller, Token
from synth.words import USES

BUDGET_WORD = {"initial": "年初预算", "annual": "全年预算"}


def total_of(books: Books, tell: Teller) -> list[str]:
    """Tell the sum with its share of all expenditure and its change (总体情况)."""
    chance = tell.chance
    amount = books.all.general.spent
    value = tell.money(amount)
    subject = "一般公共预算财政拨款支出"
    tell.told[subject, "actual"] = value
    text = f"{tell.this()}{subject}{value}"
    if chance.odds(0.85):
        noun = chance.one(("本年支出合计", "本年支出合计", "总支出", "本年支出"))
        rate = tell.rate(amount, books.all.spent)
        tell.claim("share", subject, value=value, percent=rate)
        text += chance.one(
            (f"，占{noun}的{rate}", f"，占{noun}{rate}", f"，占{noun}的比重为{rate}")
        )
    base = tell.base()
    lead = f"{base}{subject}" if base.endswith("，") and chance.odds(0.7) else base
    said = moved(
        tell, Matter(subject, amount, books.prior.general, value), facts=facts_of(books), base=lead
    )
    return [f"{text}。{said}。"]


def classes_of(books: Books) -> list[tuple[str, str, Item]]:
    """List the classes with general public expenditure (类)."""
    found = ((code, name, books.under(code)) for code, name in CLASS_NAMES.items())
    return [(code, name, item) for code, name, item in found if item.general.spent]


def structure(books: Books, tell: Teller, *, uses: bool | None = None) -> list[str]:
    """Tell the classes with their shares (结构情况)."""
    chance = tell.chance
    amount = books.all.general.spent
    subject = "一般公共预算财政拨款支出"
    whole = tell.money(amount)
    mark = chance.one(("{n}（类）支出", "{n}（类）", "{n}", "{n}类", "{n}支出", "{n}（类）"))
    noun = chance.one(
        ("一般公共预算财政拨款支出", "总支出", "一般公共预算支出", "本年一般公共预算财政拨款支出")
    )
    uses = chance.odds(0.3) if uses is None else uses
    changes = chance.odds(0.15)
    parts: list[tuple[str, Token]] = []
    texts = []
    for code, name, item in classes_of(books):
        label = mark.format(n=name) if not (mark == "{n}支出" and name.endswith("支出")) else name
        value = tell.money(item.general.spent)
        text = f"{label}{value}{share(tell, Matter(name, item.general.spent, amount, value), noun)}"
        if changes:
            text += "，" + change(tell, Matter(name, item.general.spent, item.prior, value))
        if uses:
            kind = {"208": "social", "210": "health", "221": "housing"}.get(code, "project")
            text += f"{chance.one(('，主要用于', '。主要用于', '，用于'))}{chance.one(USES[kind])}"
        parts.append((name, value))
        texts.append(text)
    tell.total(subject, whole, parts)
    lead = f"{tell.this()}{subject}{whole}，{chance.one(('主要用于以下方面', '主要用于以下几个方面', '其中', '按功能分类'))}："
    if uses or chance.odds(0.3):
        return [lead, *(f"{numbered(tell, n)}{text}。" for n, text in enumerate(texts, 1))]
    return [lead + chance.one(("；", "；", tell.style.between)).join(texts) + "。"]


def against_prior(books: Books, tell: Teller) -> list[str]:
    """Tell each class with its share and its change (各类的占比与增减)."""
    chance = tell.chance
    amount = books.all.general.spent
    texts = [f"{tell.this()}一般公共预算财政拨款支出主要用于以下几个方面："]
    parts: list[tuple[str, Token]] = []
    for at, (_, name, item) in enumerate(classes_of(books), 1):
        value = tell.money(item.general.spent)
        rate = tell.rate(item.general.spent, amount)
        tell.claim("share", name, value=value, percent=rate)
        gap = against_budget(tell, Matter(name, item.general.spent, item.initial, value), "年初预算", reason(tell, up=item.general.spent > item.initial),
        )  # fmt: skip
        if chance.odds(0.4):
            gap = "，" + moved(tell, Matter(name, item.general.spent, item.prior, value))
        parts.append((name, value))
        texts.append(f"{numbered(tell, at)}{name}{value}，占{rate}{gap}。")
    if whole := tell.told.get(("一般公共预算财政拨款支出", "actual")):
        tell.total("一般公共预算财政拨款支出", whole, parts, implied=True)
    return texts


def specifics(books: Books, tell: Teller, measure: str) -> list[str]:
    """Tell budget, final figure and completion of each item (具体情况)."""
    chance = tell.chance
    word = BUDGET_WORD[measure]
    said_word = word if measure == "initial" or chance.odds(0.6) else "预算"
    everything = books.all
    budget = getattr(everything, measure)
    base, value = tell.money(budget), tell.money(everything.general.spent)
    subject = "一般公共预算财政拨款支出"
    done = completion(
        tell, Matter(subject, everything.general.spent, budget, value, base), said_word
    )
    dot = chance.one(("。其中：", "。其中：", "，其中：", "。具体情况如下："))
    lead = chance.one(
        (
            f"{tell.this()}{subject}{word}为{base}，支出决算为{value}{done}{dot}",
            f"{tell.this()}{subject}{word}{base}，决算数{value}{done}{dot}",
            f"{tell.this()}{subject}决算数为{value}，{word}数为{base}{done}{dot}",
            f"{tell.this()}{subject}{word}数{base}，支出决算{value}{done}{dot}",
        )
    )
    texts = [lead]
    by_class = chance.odds(0.25)
    form = chance.count(0, 4)
    sums: tuple[list[tuple[str, Token]], ...] = ([], [])
    for at, (name, item) in enumerate(_lines(books, by_class=by_class), 1):
        line, told = _item_line(tell, Line(name, item, measure), form)
        texts.append(f"{numbered(tell, at)}{line}")
        for parts, token in zip(sums, told, strict=True):
            parts.append((name, token))
    tell.total(f"{subject}{word}", base, sums[0])
    tell.total(subject, value, sums[1])
    return texts


def _lines(books: Books, *, by_class: bool) -> list[tuple[str, Item]]:
    if by_class:
        return [(f"{name}（类）", item) for _, name, item in classes_of(books)]
    found = [item for item in books.items if item.general.spent or item.initial]
    return [(full_name(item.code), item) for item in found]


class Line(NamedTuple):
    """One line of the specifics (一个科目)."""

    name: str
    item: Item
    measure: str


def _item_line(tell: Teller, line: Line, form: int) -> tuple[str, tuple[Token, Token]]:
    """Tell one item; give its budget and its final figure too."""
    chance = tell.chance
    name, item, measure = line
    word = BUDGET_WORD[measure]
    spent, budget = item.general.spent, getattr(item, measure)
    base, value = tell.money(budget), tell.money(spent)
    done = completion(tell, Matter(name, spent, budget, value, base), word)
    lead = (
        f"{name}{word}为{base}，支出决算为{value}{done}",
        f"{name}。{word}为{base}，支出决算为{value}{done}",
        f"{name}{word}数{base}，决算数{value}{done}",
        f"{name}支出决算为{value}，{word}数{base}{done}",
        f"{name}：{word}{base}，支出决算{value}{done}",
    )[form]
    if chance.odds(0.2):
        lead += f"。主要用于{chance.one(USES['project'])}"
    if spent != budget or chance.odds(0.6):
        cause = reason(tell, up=spent > budget)
        lead += against_budget(tell, Matter(name, spent, budget, value), word, cause)
    return lead + "。", (base, value)


def names_of(books: Books, groups: tuple[str, ...], *, brackets: bool = True) -> str:
    """List the economic lines that carry money (有支出的经济分类款级科目)."""
    codes = sorted(c for c, v in books.economic.items() if c[:3] in groups and v)
    names = [ECONOMY[code] for code in codes]
    return "、".join(names if brackets else [n.replace("（境）", "") for n in names])


def basic(books: Books, tell: Teller) -> list[str]:
    """Tell personnel and operating parts of basic expenditure (基本支出)."""
    chance = tell.chance
    amount = books.all.general.basic
    whole = tell.money(amount)
    lead = f"{tell.this()}一般公共预算财政拨款基本支出{whole}"
    way = chance.count(0, 5)
    if way == 5:
        return _by_group(books, tell, lead, whole)
    parts, texts = [], []
    rows = (
        ("人员经费", books.personnel, books.prior.personnel, PERSONNEL),
        ("公用经费", books.public, books.prior.public, PUBLIC),
    )
    stop = chance.one(("。", "；"))
    listing = chance.one(
        ("，主要包括：{n}", "，主要包括{n}", "，主要用于：{n}", "。主要包括：{n}", "，包括{n}")
    )
    listing += chance.one(("", "", "等", "等支出"))
    changes = chance.odds(0.25)
    for name, now, before, groups in rows:
        value = tell.money(now)
        text = f"{name}{value}"
        if way in (2, 3):
            rate = tell.rate(now, amount)
            tell.claim("share", name, value=value, percent=rate)
            text += f"，占基本支出的{rate}"
        if changes:
            text += "，" + change(tell, Matter(name, now, before, value))
        if way == 4:
            text += _amounts(books, tell, value, name, groups)
        else:
            text += listing.format(n=names_of(books, groups))
        parts.append((name, value))
        texts.append(text)
    tell.total("一般公共预算财政拨款基本支出", whole, parts)
    dot = chance.one(("，其中：", "。其中：", "，其中，", "，包括"))
    if chance.odds(0.5):
        return [f"{lead}{dot}", *(f"{text}。" for text in texts)]
    return [f"{lead}{dot}{stop.join(texts)}。"]


def _amounts(books: Books, tell: Teller, total: Token, name: str, groups: tuple[str, ...]) -> str:
    """List the economic lines with their amounts (列出各款金额)."""
    codes = sorted(c for c, v in books.economic.items() if c[:3] in groups and v)
    parts = [(ECONOMY[code], tell.money(books.economic[code])) for code in codes]
    tell.total(name, total, parts)
    return "，其中：" + "、".join(f"{n}{token}" for n, token in parts)


def _by_group(books: Books, tell: Teller, lead: str, whole: Token) -> list[str]:
    """Tell basic expenditure by economic group with changes (按经济分类类级)."""
    groups = {
        "301": "工资福利支出",
        "302": "商品和服务支出",
        "303": "对个人和家庭补助支出",
        "310": "资本性支出",
    }
    parts, texts = [], []
    for at, (code, name) in enumerate(groups.items(), 1):
        now, before = books.group([code]), books.prior.groups.get(code, ZERO)
        value = tell.money(now)
        parts.append((name, value))
        said = moved(tell, Matter(name, now, before, value))
        texts.append(f"{numbered(tell, at)}{name}{value}，{said}。")
    tell.total("一般公共预算财政拨款基本支出", whole, parts)
    return [f"{lead}，其中：", *texts]


def projects_of(books: Books, tell: Teller) -> list[str]:
    """Tell project expenditure of the general public budget (项目支出)."""
    amount: Decimal = books.all.general.project
    if not amount or tell.chance.odds(0.6):
        return []
    value = tell.money(amount)
    return [
        f"{tell.this()}一般公共预算财政拨款项目支出{value}，主要用于{tell.chance.one(USES['project'])}。"
    ]


def item_label(code: str) -> str:
    """Name an item by its own name only (科目名称)."""
    return NAMES[code]
