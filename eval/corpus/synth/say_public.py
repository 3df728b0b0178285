"""Sections on the three public expenses and on the other two budgets (“三公”经费、政府性基金、国有资本)."""

from collections.abc import Mapping
from decimal import Decimal

from synth.books import Books, Spend
from synth.chance import CENT
from synth.codes import full_name
from synth.flows import ZERO, Flow
from synth.phrases import Matter, against_budget, change, completion, moved, numbered, twice
from synth.teller import Teller, Token
from synth.words import LESS_PUBLIC, MORE_PUBLIC, USES

ABROAD = "因公出国（境）费"
CARS = "公务用车购置及运行维护费"
GUESTS = "公务接待费"
BUYING = "公务用车购置费"
RUNNING = "公务用车运行维护费"
WORDS = {"initial": "年初预算", "annual": "全年预算"}


def funds(books: Books, tell: Teller, noun: str) -> list[str]:
    """Tell what a budget other than the general one brought and cost, or deny it (政府性基金、国资)."""
    chance = tell.chance
    is_fund = noun == "政府性基金预算"
    flow = books.all.fund if is_fund else books.all.capital
    subject = f"{noun}财政拨款"
    if flow == Flow():
        return [_nil_budget(tell, books, noun)]
    way = chance.count(0, 3)
    lines = [i for i in books.items if (i.fund if is_fund else i.capital).spent]
    if way == 0 or not is_fund:
        spent = tell.money(flow.spent)
        text = f"{tell.this()}{subject}支出{spent}"
        before = books.prior.fund if is_fund else books.prior.capital
        if chance.odds(0.6):
            text += "，" + moved(tell, Matter(f"{subject}支出", flow.spent, before, spent))
        return [text + "。"]
    opening, income, spent = (
        tell.money(flow.opening),
        tell.money(flow.income),
        tell.money(flow.spent),
    )
    inner = ""
    if way == 1 and not flow.basic:
        part = tell.money(flow.project)
        tell.total("本年支出", spent, [("项目支出", part)])
        inner = f"（其中：项目支出{part}）"
    text = (
        f"{tell.this()}{subject}年初结转和结余{opening}，本年收入{income}，本年支出{spent}{inner}，"
        f"年末结转和结余{tell.money(flow.closing)}。"
    )
    details = []
    told: list[tuple[str, Token]] = []
    for at, item in enumerate(lines, 1):
        name, amount = full_name(item.code), item.fund.spent
        value = tell.money(amount)
        line = f"{numbered(tell, at)}{name}支出决算为{value}"
        if way == 2:
            base = tell.money(item.fund_annual)
            line += f"，全年预算{base}"
            line += completion(
                tell, Matter(name, amount, item.fund_annual, value, base), "全年预算"
            )
        told.append((name, value))
        details.append(f"{line}，主要用于{chance.one(USES['project'])}。")
    tell.total(f"{subject}支出", spent, told, implied=True)
    return [f"{text}具体支出情况：", *details] if chance.odds(0.6) else [text]


def _nil_budget(tell: Teller, books: Books, noun: str) -> str:
    """Deny a budget, in many forms (无…)."""
    year, short = tell.year, books.short
    kind = chance_noun(tell, noun)
    words = (
        f"{short}{year}年度无{kind}收入支出",
        f"{year}年度{short}未发生{kind}支出", f"{short}本年度无{kind}收支", f"{year}年度没有{kind}支出",
        f"本年度不涉及{kind}收支",
    )  # fmt: skip
    if tell.chance.odds(0.15):
        zeros = [tell.money(ZERO) for _ in range(3)]
        return f"{year}年度{noun}财政拨款本年收入{zeros[0]}，本年支出{zeros[1]}，年末结转和结余{zeros[2]}。"
    pairs = (
        (f"{short}没有{noun}财政拨款收入", f"也没有使用{noun}安排的支出"),
        (f"{short}{year}年无{kind}收入", f"也无{kind}支出"),
    )
    said = tell.chance.one(pairs) if tell.chance.odds(0.3) else (tell.chance.one(words),)
    marks = [tell.note(text) for text in said]
    for mark in marks:
        tell.claim("zero", noun, mark=mark)
    return f"{'，'.join(marks)}。"


def chance_noun(tell: Teller, noun: str) -> str:
    """Name a budget in one of its forms."""
    return tell.chance.one((f"{noun}财政拨款", noun, f"{noun}财政拨款安排的"))


def three_overall(books: Books, tell: Teller, measure: str, *, parts: bool) -> list[str]:
    """Tell the three public expenses together (总体情况)."""
    chance, three = tell.chance, books.three
    left, right = tell.style.quotes
    name = f"{left}三公{right}经费"
    every = three.all
    if every == Spend():
        words = (
            f"{books.short}{tell.year}年度无{name}支出", f"{tell.year}年度未发生{name}财政拨款支出",
            f"{books.short}没有{name}预算，也没有发生{name}支出", f"{tell.year}年度无财政拨款{name}支出",
        )  # fmt: skip
        said = tell.note(chance.one(words))
        tell.claim("zero", "三公经费", mark=said)
        return [f"{said}。"]
    budget = getattr(every, measure)
    word = WORDS[measure]
    base, value = tell.money(budget), tell.money(every.actual)
    tell.told["三公", measure], tell.told["三公", "actual"] = base, value
    subject = f"{name}财政拨款支出"
    done = completion(tell, Matter("三公经费", every.actual, budget, value, base), word)
    text = chance.one(
        (
            f"{tell.this()}{subject}{word}为{base}，支出决算为{value}{done}",
            f"{tell.this()}{subject}{word}数{base}，决算数{value}{done}",
            f"{tell.this()}财政拨款{name}支出决算数为{value}，{word}数为{base}{done}",
        )
    )
    up = every.actual > every.prior
    if chance.odds(0.12):
        matters = (
            Matter("三公经费", every.actual, budget, value),
            Matter("三公经费", every.actual, every.prior, value),
        )
        both = twice(tell, *matters, word)
        text += f"，{both}" if both else ""
    elif chance.odds(0.75):
        said = change(tell, Matter("三公经费", every.actual, every.prior, value))
        text += f"，{said}"
        if every.actual != every.prior and chance.odds(0.7):
            text += tell.why(_cause(tell, "", up=up))
    elif every.actual != budget:
        text += against_budget(tell, Matter("三公经费", every.actual, budget, value), word, _cause(tell, "", up=every.actual > budget),
        )  # fmt: skip
    if not parts:
        return [text + "。"]
    return [text + "。", _parts(books, tell, value)]


def _parts(books: Books, tell: Teller, whole: Token) -> str:
    """Tell the three parts with shares (分项构成)."""
    chance, three = tell.chance, books.three
    rows = [(ABROAD, three.abroad), (CARS, three.cars), (GUESTS, three.reception)]
    if chance.odds(0.3):
        rows = [rows[0], rows[2], rows[1]]
    told, texts = [], []
    shares = three.all.actual and chance.odds(0.7)
    for name, spend in rows:
        value = tell.money(spend.actual)
        text = f"{name}支出决算{value}"
        if name == CARS and spend.actual and chance.odds(0.5):
            inner = [
                ("公务用车购置费", three.purchase.actual),
                ("公务用车运行维护费", three.running.actual),
            ]
            said = [(n, tell.money(v)) for n, v in inner]
            tell.total(CARS, value, said)
            text += f"（其中：{'、'.join(f'{n}{token}' for n, token in said)}）"
            shares_here = False
        else:
            shares_here = shares
        if shares_here:
            rate = tell.rate(spend.actual, three.all.actual)
            tell.claim("share", name, value=value, percent=rate)
            text += f"，占{rate}"
        told.append((name, value))
        texts.append(text)
    tell.total("三公经费", whole, told)
    lead = chance.one(("其中：", f"{tell.this()}“三公”经费支出中，", "其中，"))
    return lead + "；".join(texts) + "。"


def _cause(tell: Teller, name: str, *, up: bool) -> str:
    """Give a cause that fits the expense and the sign (原因)."""
    causes = MORE_PUBLIC if up else LESS_PUBLIC
    return tell.chance.one(causes.get(name, causes[""]))


def _line(tell: Teller, name: str, spend: Spend, measure: str) -> str:
    """Tell budget, final figure, completion and change of one expense (一项)."""
    chance = tell.chance
    word, budget = WORDS[measure], getattr(spend, measure)
    value = tell.money(spend.actual)
    tell.told[name, "actual"] = value
    text = f"{name}支出{value}"
    if chance.odds(0.6):
        base = tell.money(budget)
        tell.told[name, measure] = base
        done = completion(tell, Matter(name, spend.actual, budget, value, base), word)
        text = f"{name}{word}为{base}，支出决算为{value}{done}"
    if chance.odds(0.12):
        parts = (
            Matter(name, spend.actual, budget, value),
            Matter(name, spend.actual, spend.prior, value),
        )
        both = twice(tell, *parts, word)
        text += f"，{both}" if both else ""
    elif chance.odds(0.7):
        up = spend.actual > spend.prior
        text += "，" + change(tell, Matter(name, spend.actual, spend.prior, value))
        if spend.actual != spend.prior and chance.odds(0.6):
            text += tell.why(_cause(tell, name, up=up))
    elif spend.actual != budget and chance.odds(0.4):
        cause = _cause(tell, name, up=spend.actual > budget)
        text += against_budget(tell, Matter(name, spend.actual, budget, value), word, cause)
    return text


def _nil(tell: Teller, name: str) -> str:
    year = tell.year
    words = (
        f"{year}年度未发生{name}支出",
        f"无{name}支出",
        f"本年度没有{name}支出",
        f"{year}年无{name}",
    )
    said = tell.note(tell.chance.one(words))
    tell.claim("zero", name, mark=said)
    return str(said)


def three_details(books: Books, tell: Teller, measure: str) -> list[str]:
    """Tell each of the three with its counts (具体情况)."""
    chance, three = tell.chance, books.three
    nils = chance.odds(0.5)
    first = _abroad(books, tell, measure, nils=nils)
    second = _cars(books, tell, measure, nils=nils)
    third = _guests(books, tell, measure, nils=nils)
    if three.all == Spend() and chance.odds(0.6):
        return []
    groups = [first, second, third]
    lines = {ABROAD: three.abroad, CARS: three.cars, GUESTS: three.reception}
    lines |= {BUYING: three.purchase, RUNNING: three.running}
    for kind in (measure, "actual"):
        amounts = {name: getattr(spend, kind) for name, spend in lines.items()}
        _implied(tell, "三公", {name: amounts[name] for name in (ABROAD, CARS, GUESTS)}, kind)
        _implied(tell, CARS, {name: amounts[name] for name in (BUYING, RUNNING)}, kind)
    return [
        f"{numbered(tell, at)}{text}" if n == 0 else text
        for at, group in enumerate(groups, 1)
        for n, text in enumerate(group)
    ]


def _implied(tell: Teller, whole: str, parts: Mapping[str, Decimal], measure: str) -> None:
    """Remember the sums that paragraphs make without saying so; zero parts may be unsaid (未明言的其中)."""
    told = [(name, tell.told[name, measure]) for name in parts if (name, measure) in tell.told]
    if (whole, measure) in tell.told:
        everything = tell.told[whole, measure]
        if all((name, measure) in tell.told or not amount for name, amount in parts.items()):
            tell.total(whole, everything, told, implied=True)


def _abroad(books: Books, tell: Teller, measure: str, *, nils: bool) -> list[str]:
    three, chance = books.three, tell.chance
    if three.abroad == Spend() and nils:
        return [_nil(tell, ABROAD) + "。"]
    text = _line(tell, ABROAD, three.abroad, measure)
    groups, people = tell.count(three.groups, "个"), tell.count(three.travellers, "人次")
    counts = chance.one(
        (
            f"全年安排因公出国（境）团组{groups}，累计{people}",
            f"全年使用财政拨款安排因公出国（境）团组{groups}、{people}",
            f"因公出国（境）团组数{groups}，因公出国（境）{people}",
        )
    )
    return [f"{text}。{counts}。"]


def _cars(books: Books, tell: Teller, measure: str, *, nils: bool) -> list[str]:
    three, chance = books.three, tell.chance
    if three.cars == Spend() and nils:
        return [_nil(tell, CARS) + "。"]
    lead = _line(tell, CARS, three.cars, measure)
    if three.purchase == Spend() and nils:
        buy = _nil(tell, "公务用车购置费")
    else:
        buy = _line(tell, "公务用车购置费", three.purchase, measure)
        bought = tell.count(three.bought, "辆")
        buy += chance.one(
            (
                f"，全年购置公务用车{bought}",
                f"。全年按规定更新购置公务用车{bought}",
                f"，购置数{bought}",
            )
        )
    run = _line(tell, "公务用车运行维护费", three.running, measure)
    if three.running.actual:
        run += f"，主要用于{chance.one(USES['car'])}"
    held = tell.count(three.held, "辆")
    own = chance.one(
        (
            f"年末公务用车保有量为{held}", f"截至{tell.year}年12月31日，开支财政拨款的公务用车保有量{held}",
            f"期末使用财政拨款负担费用的公务用车保有量{held}",
        )
    )  # fmt: skip
    if chance.odds(0.5):
        return [f"{lead}。其中：", f"{buy}。", f"{run}。{own}。"]
    return [f"{lead}。其中：{buy}；{run}。{own}。"]


def _guests(books: Books, tell: Teller, measure: str, *, nils: bool) -> list[str]:
    three, chance = books.three, tell.chance
    if three.reception == Spend() and nils:
        return [_nil(tell, GUESTS) + "。"]
    text = _line(tell, GUESTS, three.reception, measure)
    if three.reception.actual and chance.odds(0.6):
        text += f"，主要用于{chance.one(USES['guest'])}"
    visits, guests = tell.count(three.visits, "批次"), tell.count(three.guests, "人次")
    counts = chance.one(
        (
            f"国内公务接待{visits}、{guests}",
            f"全年国内公务接待{visits}，接待{guests}",
            f"共接待国内来访团组{visits}，来访{guests}",
        )
    )
    if three.reception.actual and chance.odds(0.4):
        home, abroad = tell.money(three.reception.actual), tell.money(ZERO)
        parts = [("国内接待费", home), ("国（境）外接待费", abroad)]
        tell.total(GUESTS, tell.told[GUESTS, "actual"], parts)
        counts = f"其中：国内接待费支出{home}，{counts}；国（境）外接待费支出{abroad}"
    elif three.foreign and chance.odds(0.5):
        counts += f"，其中：外事接待费支出{tell.money(three.foreign)}"
    visits = tell.count(three.foreign_visits, "批次")
    guests = tell.count(three.foreign_guests, "人次")
    lead = chance.one(("，其中外事接待", "。外事接待"))
    return [f"{text}。{counts}{lead}{visits}、{guests}。"]


def meetings(books: Books, tell: Teller) -> list[str]:
    """Tell meeting and training expenses, which some places publish beside (会议费、培训费)."""
    texts = []
    for name, spend in (("培训费", books.three.training), ("会议费", books.three.meeting)):
        if spend == Spend() and tell.chance.odds(0.7):
            texts.append(_nil(tell, name) + "。")
        else:
            texts.append(f"{tell.this()}{_line(tell, name, spend, 'annual')}。")
    return texts


def averages(books: Books, tell: Teller) -> list[str]:
    """Tell averages a head and a car (人均、车均)."""
    three = books.three
    if not three.guests or not three.held or tell.style.unit != "万元":
        return []
    each = tell.money(three.running.actual / three.held)
    head = (three.reception.actual / three.guests).quantize(CENT)
    return [
        (
            f"{tell.this()}人均接待费{tell.plain(str(head), '元')}，车均购置费"
            f"{tell.money(three.purchase.actual / max(three.bought, 1))}，车均维护费{each}。"
        )
    ]
