"""Sections on operating expenses, procurement, assets and performance (其他重要事项)."""

from decimal import Decimal

from synth.books import Books
from synth.flows import total
from synth.grids_performance import points
from synth.phrases import Matter, moved, numbered
from synth.teller import Teller
from synth.words import CARS, USES


def operating(books: Books, tell: Teller) -> list[str]:
    """Tell or deny operating expenses of government bodies (机关运行经费)."""
    chance, prior = tell.chance, books.prior
    if not books.operating:
        words = (
            f"{books.short}{tell.year}年度无机关运行经费支出", f"{books.short}不在机关运行经费统计范围之内",
            f"{books.short}为事业单位，没有机关运行经费", f"{tell.year}年度{books.short}未发生机关运行经费支出",
        )  # fmt: skip
        said = tell.note(chance.one(words))
        if "统计范围" not in said:
            tell.claim("zero", "机关运行经费", mark=said)
        return [f"{said}。"]
    value = tell.money(books.operating)
    subject = chance.one(("机关运行经费支出", "机关运行经费", "机关运行经费支出决算"))
    said = moved(tell, Matter("机关运行经费", books.operating, prior.operating, value),
        facts=[("公用经费", books.public - prior.public)] if chance.odds(0.5) else (),
    )  # fmt: skip
    text = f"{tell.this()}{subject}{value}，{said}。"
    if chance.odds(0.3):
        text += f"主要用于{chance.one(USES['office'])}。"
    return [text]


def procurement(books: Books, tell: Teller) -> list[str]:
    """Tell government procurement and what small firms got of it (政府采购)."""
    chance, bought = tell.chance, books.procurement
    everything = bought.total
    if not everything:
        words = (
            f"{books.short}{tell.year}年度无政府采购支出", f"{tell.year}年度未发生政府采购支出",
            f"{books.short}本年度没有政府采购支出",
        )  # fmt: skip
        said = tell.note(chance.one(words))
        tell.claim("zero", "政府采购支出", mark=said)
        return [f"{said}。"]
    value = tell.money(everything)
    rows = _kinds(books)
    form = chance.one(("政府采购{n}支出", "{n}支出", "{n}类采购支出", "{n}采购金额"))
    told = [(form.format(n=name), tell.money(amount)) for name, amount in rows]
    tell.total("政府采购支出总额", value, told)
    text = f"{tell.this()}政府采购支出总额{value}，其中："
    text += chance.one(("、", "，", "；")).join(f"{name}{token}" for name, token in told)
    if chance.odds(0.15):
        return [text + "。"]
    return [f"{text}。{_small_firms(books, tell, value)}"]


def _small_firms(books: Books, tell: Teller, whole: object) -> str:
    chance, bought = tell.chance, books.procurement
    medium = tell.money(bought.small_medium)
    rate = tell.rate(bought.small_medium, bought.total)
    tell.claim("share", "授予中小企业合同金额", value=medium, percent=rate, base=whole)
    noun = chance.one(("政府采购支出总额", "政府采购支出", "采购总额"))
    text = f"授予中小企业合同金额{medium}，占{noun}的{rate}"
    if chance.odds(0.15):
        return text + "。"
    micro = tell.money(bought.small_micro)
    of_total = chance.odds(0.5) or not bought.small_medium
    base = bought.total if of_total else bought.small_medium
    share = tell.rate(bought.small_micro, base)
    tell.claim("share", "授予小微企业合同金额", value=micro, percent=share)
    noun = noun if of_total else "授予中小企业合同金额"
    dot = chance.one(("，其中：", "；其中：", "。其中，", "，其中"))
    text += f"{dot}授予小微企业合同金额{micro}，占{noun}的{share}"
    if bought.small_medium == bought.total and chance.odds(0.5):
        text += "。" + "，".join(_kind_rate(tell, *kind) for kind in _kinds(books))
    return text + "。"


def _kinds(books: Books) -> tuple[tuple[str, Decimal], ...]:
    bought = books.procurement
    return (("货物", bought.goods), ("工程", bought.works), ("服务", bought.services))


def _kind_rate(tell: Teller, name: str, amount: Decimal) -> str:
    """Tell the share of small firms in one kind of procurement: all of it, or 0% of none."""
    rate = tell.rate(amount, amount) if amount else tell.plain("0", "%")
    tell.claim("share", f"{name}采购授予中小企业合同金额", percent=rate)
    return f"{name}采购授予中小企业合同金额占{name}支出金额的{rate}"


def assets(books: Books, tell: Teller) -> list[str]:
    """Tell vehicles by kind and large equipment (国有资产占用)."""
    chance = tell.chance
    number = sum(books.cars)
    date = f"{chance.one(('截至', '截止'))}{tell.year}年12月31日，"
    if not number and not books.equipment and chance.odds(0.6):
        said = tell.note(chance.one((f"{books.short}无车辆", f"{books.short}没有公务用车")))
        tell.claim("zero", "车辆", mark=said)
        return [
            f"{date}{said}，{chance.one(('无单价100万元以上设备', '也没有单价100万元（含）以上设备'))}。"
        ]
    value = tell.count(number, "辆")
    listed = [(n, c) for n, c in zip(CARS, books.cars, strict=True) if c] or [(CARS[-1], 0)]
    if chance.odds(0.5):
        listed = list(zip(CARS, books.cars, strict=True))
    told = [(name, tell.count(amount, "辆")) for name, amount in listed]
    tell.total("车辆", value, told)
    mark = chance.one(("、", "，", "；"))
    text = (
        f"{date}{books.short}共有车辆{value}，其中：{mark.join(f'{n}{token}' for n, token in told)}"
    )
    if books.cars[-1] and chance.odds(0.6):
        text += f"，其他用车主要是{chance.one(('下乡用车', '业务保障用车', '应急值守用车'))}"
    unit = chance.one(("台（套）", "台", "台（件）"))
    machines = tell.count(books.equipment, unit)
    kind = chance.one(
        (
            "单价100万元（含）以上设备（不含车辆）",
            "单价100万元以上的设备",
            "单位价值100万元以上专用设备",
        )
    )
    return [f"{text}；{kind}{machines}。"]


def performance(books: Books, tell: Teller) -> list[str]:
    """Tell how many projects were assessed, their money and grades (预算绩效)."""
    chance, projects = tell.chance, books.projects
    if not projects:
        return [f"{books.short}{tell.year}年度没有列入绩效自评的项目。"]
    number = tell.count(len(projects), "个")
    money = total(p.spent for p in projects)
    value = tell.money(money)
    rate = tell.rate(money, books.all.general.project)
    tell.claim("share", "绩效自评资金", value=value, percent=rate)
    text = (
        f"根据预算绩效管理要求，{books.short}组织对{tell.year}年度一般公共预算项目支出全面开展绩效自评，"
        f"共涉及项目{number}，资金{value}，占一般公共预算项目支出总额的{rate}。"
    )
    if chance.odds(0.5):
        text += _grades(books, tell, number)
    texts = [text]
    if chance.odds(0.3):
        value = tell.money(books.all.general.spent)
        texts.append(
            f"组织开展部门整体支出绩效评价，涉及一般公共预算支出{value}，"
            f"政府性基金预算支出{tell.money(books.all.fund.spent)}。"
        )
    if chance.odds(0.5):
        texts += _reviews(books, tell)
    return texts


def grade_of(score: Decimal) -> str:
    """Give the grade of a score (等级)."""
    return "优" if score >= 90 else "良" if score >= 80 else "中" if score >= 60 else "差"


def _grades(books: Books, tell: Teller, number: object) -> str:
    chance = tell.chance
    grades = [grade_of(p.score) for p in books.projects]
    told = [(g, tell.count(grades.count(g), "个")) for g in "优良中差" if g in grades]
    tell.total("绩效自评项目", number, told)  # type: ignore[arg-type]
    form = chance.one(("评价等级为“{g}”的项目{n}", "自评结果为“{g}”的{n}", "{g}等次项目{n}"))
    return "其中，" + "，".join(form.format(g=g, n=n) for g, n in told) + "。"


def _reviews(books: Books, tell: Teller) -> list[str]:
    """Sum projects up one by one (项目自评综述)."""
    texts = []
    for at, project in enumerate(books.projects[:4], 1):
        base, value = tell.money(project.annual), tell.money(project.spent)
        rate = tell.rate(project.spent, project.annual)
        tell.claim("completion", project.name, value=value, base=base, percent=rate)
        score = tell.plain(points(project.score), "分")
        tell.claim("score", project.name, value=score)
        texts.append(
            f"{numbered(tell, at)}{project.name}项目绩效自评综述：项目全年预算数为{base}，执行数为{value}，"
            f"完成预算的{rate}，自评得分{score}。"
        )
    return texts
