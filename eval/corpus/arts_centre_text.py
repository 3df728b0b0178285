"""Prose of the second sample (县文化馆：情况说明)."""

from arts_centre import ENTITY, LAYOUT, LEDGER, PRIOR_BUSINESS, REASONS, YEAR
from blocks import Block, Cover
from classification import CLASSES
from ledger import ZERO, Ledger, PublicLine, yuan
from sample import GLOSSARY, Sample, assemble, prose, section
from tables import (
    basic_by_economy,
    fiscal_summary,
    fund_by_function,
    general_by_function,
    income_by_function,
    spending_by_function,
    state_capital,
    summary,
    three_public,
)
from telling import Teller, economic_names

SILENT_CLASSES = ("201", "204", "206", "211", "213", "229")
"""Classes without money that the prose names all the same (列出但为零的类)."""


def overview() -> list[Block]:
    """Write part one (概况)."""
    return [
        *section(
            "一、单位职责",
            "禾溪县文化馆是县文化主管部门所属的公益一类事业单位，面向全县群众提供公共文化服务。主要做五件事：",
            "（一）组织群众性文艺演出、展览和节庆活动；",
            "（二）辅导乡镇文化站和业余文艺团队；",
            "（三）开办公益性艺术培训；",
            "（四）收集整理民间文艺资料；",
            "（五）管理馆舍和流动演出设备，按规定免费开放。",
        ),
        *section(
            "二、机构设置",
            "本馆内设3个部室，分别是综合部、活动部、培训部。没有下属单位。",
        ),
        *section(
            "三、人员情况",
            "本馆核定事业编制24名。截至2023年12月31日，在职人员22人，退休人员9人，遗属补助对象2人。",
        ),
    ]


def totals(ledger: Ledger, tell: Teller) -> list[Block]:
    """Write sections one to four (收支总体、收入、支出、财政拨款)."""
    prior, income, spent = ledger.prior, ledger.income, ledger.spent
    fiscal = ledger.sum(lambda i: i.from_fiscal)
    superior = ledger.sum(lambda i: i.superior_income)
    business = ledger.sum(lambda i: i.business_income)
    other = ledger.sum(lambda i: i.other_income)
    tell.parts(income, [fiscal, superior, business, other])
    tell.parts(spent, [ledger.basic, ledger.project])
    return [
        *section(
            "一、收入支出决算总体情况说明",
            f"2023年度收、支总计均为{tell.money(ledger.total)}。与上年度相比，收、支总计各"
            f"{tell.moved(ledger.total, prior.total)}，主要原因是馆舍维修项目已于上年完工。",
            f"收入总计中，使用非财政拨款结余{tell.money(ledger.surplus_used)}，"
            f"年初结转和结余{tell.money(ledger.opening.total)}；支出总计中，"
            f"结余分配{tell.money(ledger.distributed)}，年末结转和结余{tell.money(ledger.closing.total)}。",
        ),
        *section(
            "二、收入决算情况说明",
            f"2023年度收入合计{tell.money(income)}，其中：财政拨款收入{tell.money(fiscal)}，"
            f"占{tell.share(fiscal, income)}；上级补助收入{tell.money(superior)}，"
            f"占{tell.share(superior, income)}；事业收入{tell.money(business)}，"
            f"占{tell.share(business, income)}；其他收入{tell.money(other)}，占{tell.share(other, income)}。",
            f"上级补助收入{tell.money(superior)}，比上年{tell.moved(superior, ZERO)}。"
            f"事业收入{tell.money(business)}，比上年{tell.moved(business, PRIOR_BUSINESS)}，"
            "主要原因是收费培训班减少。",
        ),
        *section(
            "三、支出决算情况说明",
            f"2023年度支出合计{tell.money(spent)}，其中：基本支出{tell.money(ledger.basic)}，"
            f"占{tell.share(ledger.basic, spent)}；项目支出{tell.money(ledger.project)}，"
            f"占{tell.share(ledger.project, spent)}。",
        ),
        *section(
            "四、财政拨款收入支出决算总体情况说明",
            f"2023年度财政拨款收、支总计均为{tell.money(ledger.fiscal_total)}。与上年相比，各"
            f"{tell.moved(ledger.fiscal_total, prior.fiscal_total)}，主要原因同前。",
        ),
    ]


def general_budget(ledger: Ledger, tell: Teller) -> list[Block]:
    """Write section five: total, structure, classes with their budgets (一般公共预算支出)."""
    total = ledger.general
    used = [(name, ledger.sum(lambda i: i.general, code)) for code, name in CLASSES]
    used = [(name, amount) for name, amount in used if amount]
    tell.parts(total, [amount for _, amount in used])
    structure = "；".join(
        f"{name}{tell.money(amount)}，占{tell.share(amount, total)}" for name, amount in used
    )
    initial, adjusted = ledger.sum(lambda i: i.initial), ledger.sum(lambda i: i.adjusted)
    return [
        *section("五、一般公共预算财政拨款支出决算情况说明"),
        *section(
            "（一）一般公共预算财政拨款支出决算总体情况",
            f"2023年度一般公共预算财政拨款支出{tell.money(total)}，较上年决算数"
            f"{tell.moved(total, ledger.prior_general)}；占本年支出合计的{tell.share(total, ledger.spent)}。",
            level=3,
        ),
        *section(
            "（二）一般公共预算财政拨款支出决算结构情况",
            f"2023年度一般公共预算财政拨款支出{tell.money(total)}，主要用于以下方面：{structure}。",
            level=3,
        ),
        *section(
            "（三）一般公共预算财政拨款支出决算具体情况",
            f"2023年度一般公共预算财政拨款支出年初预算为{tell.money(initial)}，支出决算为{tell.money(total)}，"
            f"完成年初预算的{tell.share(total, initial)}；调整后的全年预算为{tell.money(adjusted)}，"
            f"完成全年预算的{tell.share(total, adjusted)}。其中：",
            *class_lines(ledger, tell),
            level=3,
        ),
    ]


def class_lines(ledger: Ledger, tell: Teller) -> list[str]:
    """Write one line a class, also for some classes without money."""
    lines: list[str] = []
    for code, name in CLASSES:
        budget, spent = ledger.sum(lambda i: i.initial, code), ledger.sum(lambda i: i.general, code)
        if not spent and code not in SILENT_CLASSES:
            continue
        text = (
            f"{len(lines) + 1}.{name}年初预算数为{tell.money(budget)}，"
            f"支出决算为{tell.money(spent)}，"
        )
        if not spent:
            text += "完成年初预算的0.0%。"
        elif not budget:
            text += f"年初预算基数为零，完成率不可比，决算数大于预算数的主要原因是{REASONS[code]}。"
        elif spent == budget:
            text += f"完成年初预算的{tell.share(spent, budget)}，决算数与预算数持平。"
        else:
            order = "大于" if spent > budget else "小于"
            text += (
                f"完成年初预算的{tell.share(spent, budget)}，"
                f"决算数{order}预算数的主要原因是{REASONS[code]}。"
            )
        lines.append(text)
    return lines


def basic_and_funds(ledger: Ledger, tell: Teller) -> list[Block]:
    """Write sections six to eight (基本支出、政府性基金、国有资本经营预算)."""
    lines, prior = ledger.economic, ledger.prior
    tell.parts(ledger.basic, [ledger.personnel, ledger.public])
    return [
        *section(
            "六、一般公共预算财政拨款基本支出决算情况说明",
            f"2023年度一般公共预算财政拨款基本支出{tell.money(ledger.basic)}。其中：",
            f"人员经费{tell.money(ledger.personnel)}，较上年决算数"
            f"{tell.moved(ledger.personnel, prior.personnel)}，主要原因是支付一次性抚恤金。"
            f"人员经费用途主要包括{economic_names(lines, '301', '303')}。",
            f"公用经费{tell.money(ledger.public)}，较上年决算数"
            f"{tell.moved(ledger.public, prior.public)}，主要原因是压减印刷和差旅开支。"
            f"公用经费用途主要包括{economic_names(lines, '302', '310')}。",
        ),
        *section(
            "七、政府性基金预算财政拨款收支决算情况说明",
            "本单位2023年度没有政府性基金预算财政拨款收入，也没有使用政府性基金预算安排的支出。",
        ),
        *section(
            "八、国有资本经营预算财政拨款支出情况说明",
            "本单位2023年度没有使用国有资本经营预算安排的支出。",
        ),
    ]


def two_bases(name: str, line: PublicLine, tell: Teller) -> str:
    """Compare one of the three with its budget and with last year."""
    over_budget = tell.rate_of(line.actual, line.budget)
    return (
        f"{name}全年预算数为{tell.money(line.budget)}，支出决算为{tell.money(line.actual)}，"
        f"完成全年预算的{tell.share(line.actual, line.budget)}。"
        f"决算数比全年预算数减少{tell.money(line.budget - line.actual)}，{over_budget}；"
        f"比上年决算数{tell.moved(line.actual, line.prior)}。"
    )


def three_public_expenses(ledger: Ledger, tell: Teller) -> list[Block]:
    """Write section nine (“三公”经费)."""
    three = ledger.three_public
    tell.parts(three.total.actual, [three.abroad.actual, three.cars.actual, three.reception.actual])
    return [
        *section("九、财政拨款“三公”经费支出决算情况说明"),
        *section(
            "（一）“三公”经费财政拨款支出总体情况说明",
            f"{two_bases('2023年度“三公”经费支出', three.total, tell)}"
            "主要原因是流动演出车外出次数减少。",
            level=3,
        ),
        *section(
            "（二）“三公”经费财政拨款支出决算具体情况说明",
            "1.因公出国（境）费用全年预算数为0.00万元，支出决算为0.00万元，与上年持平。",
            f"2.{two_bases('公务用车购置及运行维护费', three.cars, tell)}",
            "其中：公务用车购置费全年预算数为0.00万元，支出决算为0.00万元，与上年持平；"
            f"公务用车运行维护费全年预算数为{tell.money(three.running.budget)}，"
            f"支出决算为{tell.money(three.running.actual)}，"
            f"完成全年预算的{tell.share(three.running.actual, three.running.budget)}。",
            f"3.{two_bases('公务接待费', three.reception, tell)}",
            level=3,
        ),
        *section(
            "（三）“三公”经费财政拨款支出决算实物量情况",
            "2023年度本单位因公出国（境）团组0个，0人次；公务用车购置0辆，"
            f"公务用车保有量{three.cars_held}辆；国内公务接待{three.visits}批次，{three.guests}人次，"
            "其中外事接待0批次，0人次；国（境）外公务接待0批次，0人次。",
            level=3,
        ),
    ]


def other_matters(ledger: Ledger, tell: Teller) -> list[Block]:
    """Write sections ten to thirteen (机关运行经费、政府采购、国有资产、预算绩效)."""
    bought = ledger.procurement
    tell.parts(bought.total, [bought.goods, bought.works, bought.services])
    rated = ledger.sum(lambda i: i.project) - ledger.sum(lambda i: i.project, "2070199")
    opening_hall = ledger.sum(lambda i: i.project, "2070109")
    hall_budget = yuan("900,000.00")
    return [
        *section(
            "十、机关运行经费支出情况说明",
            "本单位是公益一类事业单位，不在机关运行经费的统计范围内，2023年度没有机关运行经费支出。",
        ),
        *section(
            "十一、政府采购支出情况说明",
            f"2023年度本单位政府采购支出合计{tell.money(bought.total)}，其中：政府采购货物支出"
            f"{tell.money(bought.goods)}、政府采购工程支出{tell.money(bought.works)}、"
            f"政府采购服务支出{tell.money(bought.services)}。"
            f"授予中小企业合同金额{tell.money(bought.small_medium)}，"
            f"占政府采购支出总额的{tell.share(bought.small_medium, bought.total)}，"
            f"其中：授予小微企业合同金额{tell.money(bought.small_micro)}，"
            f"占政府采购支出总额的{tell.share(bought.small_micro, bought.total)}。",
        ),
        *section(
            "十二、国有资产占用情况说明",
            "截至2023年12月31日，本单位共有车辆1辆，其中：主要领导干部用车0辆、机要通信用车0辆、"
            "应急保障用车0辆、执法执勤用车0辆、特种专业技术用车1辆、离退休干部用车0辆、其他用车0辆。"
            "单价100万元（含）以上设备0台（套）。",
        ),
        *section(
            "十三、预算绩效情况说明",
            "本单位对2023年度4个项目开展了绩效自评，"
            f"涉及一般公共预算项目资金{tell.money(rated)}，占一般公共预算项目支出总额的"
            f"{tell.share(rated, ledger.sum(lambda i: i.project))}。"
            "自评结果为优的项目3个、良的项目1个，没有评为中或差的项目，平均得分93.60分。",
            f"其中，群众文化活动项目全年预算数为{tell.money(hall_budget)}，执行数为{tell.money(opening_hall)}，"
            f"预算执行率为{tell.share(opening_hall, hall_budget)}。全年办演出46场、展览8期，"
            "存在的不足是乡镇专场安排偏少，下一步将把演出场次向边远乡镇倾斜。",
        ),
    ]


def build() -> Sample:
    """Assemble the second sample."""
    ledger, tell = LEDGER, Teller()
    lanes = (("301", "303"), ("302",), ("307", "310", "399"))
    tables = (
        summary(ledger, LAYOUT),
        income_by_function(ledger, LAYOUT),
        spending_by_function(ledger, LAYOUT),
        fiscal_summary(ledger, LAYOUT),
        general_by_function(ledger, LAYOUT),
        basic_by_economy(ledger, LAYOUT, lanes, "一般公共预算财政拨款基本支出决算明细表"),
        fund_by_function(ledger, LAYOUT, "07", "政府性基金预算财政拨款收入支出决算表"),
        state_capital(LAYOUT),
        three_public(ledger, LAYOUT),
    )
    account = (
        totals(ledger, tell)
        + general_budget(ledger, tell)
        + basic_and_funds(ledger, tell)
        + three_public_expenses(ledger, tell)
        + other_matters(ledger, tell)
    )
    parts = (
        ("第一部分 单位概况", overview()),
        (f"第二部分 {YEAR}年度单位决算表", ()),
        (f"第三部分 {YEAR}年度单位决算情况说明", account),
        ("第四部分 名词解释", prose(*GLOSSARY)),
    )
    numbered = [f"{'一二三四五六七八九'[n]}、{t.title}" for n, t in enumerate(tables)]
    return Sample(
        slug="yuan-clean",
        summary="县级事业单位 2023 年度决算，全国通用版式，表以元、正文以万元为单位，"
        "因此正文有 0.01 万元的尾差",
        ledger=ledger,
        layout=LAYOUT,
        tables=tables,
        teller=tell,
        blocks=assemble(
            Cover((f"{YEAR}年度", ENTITY, "单位决算"), "2024年10月"), parts, tables, numbered
        ),
    )
