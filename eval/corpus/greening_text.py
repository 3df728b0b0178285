"""Prose of the third sample, in the order Shanghai prints (区绿化市容局：情况说明)."""

from blocks import Block, Cover
from classification import CLASSES
from greening import ENTITY, LAYOUT, LEDGER, YEAR
from ledger import Item, Ledger, PublicLine, yuan
from sample import GLOSSARY, Sample, assemble, prose, section
from tables import (
    basic_by_economy,
    fiscal_summary,
    fund_by_function,
    general_by_function,
    income_by_function,
    spending_by_function,
    summary,
    three_public_interleaved,
)
from telling import Teller, economic_names, item_name

OTHER_SMALL_MEDIUM = "5214300.00"
"""Contracts outside the reserved part that went to 中小企业 (其他采购项目中由中小企业成交)."""


def overview() -> list[Block]:
    """Write part one (概况)."""
    return [
        *section(
            "一、主要职能",
            "映浦区绿化和市容管理局是主管全区绿化、林业、市容和环境卫生的政府工作部门。主要职能包括："
            "编制绿化林业和市容环卫的专业规划与年度计划；管理公共绿地、公益林和古树名木；"
            "统筹生活垃圾分类收运和道路保洁；监督户外设施和店招店牌的设置；指导街镇开展市容环境管理。",
        ),
        *section(
            "二、部门决算单位构成",
            f"纳入{ENTITY}2024年度部门决算编制范围的单位共3个，"
            "包括局本级1个行政单位和2个所属事业单位，分别是：",
            "1、映浦区绿化和市容管理局（本级）；",
            "2、映浦区环境卫生管理中心；",
            "3、映浦区绿化管理所。",
        ),
        *section(
            "三、人员情况",
            "截至2024年12月31日，本部门核定编制158名，其中行政编制34名、事业编制124名；"
            "实有在职人员149人，其中行政人员32人、事业人员117人。",
        ),
    ]


def totals(ledger: Ledger, tell: Teller) -> list[Block]:
    """Write sections one to four (收支总体、收入、支出、财政拨款)."""
    income, spent, prior = ledger.income, ledger.spent, ledger.prior
    fiscal = ledger.sum(lambda i: i.from_fiscal)
    other = ledger.sum(lambda i: i.other_income)
    tell.parts(income, [fiscal, other])
    tell.parts(spent, [ledger.basic, ledger.project])
    return [
        *section(
            "一、收入支出决算总体情况说明",
            f"{ENTITY}2024年度收入支出总计{tell.money(ledger.total)}。与2023年度相比，收入支出总计"
            f"{tell.moved(ledger.total, prior.total)}。主要原因：环卫作业经费和林地养护经费增加。",
        ),
        *section(
            "二、收入决算情况说明",
            f"本年收入合计{tell.money(income)}，其中：财政拨款收入{tell.money(fiscal)}，"
            f"占{tell.share(fiscal, income)}；其他收入{tell.money(other)}，占{tell.share(other, income)}。",
        ),
        *section(
            "三、支出决算情况说明",
            f"本年支出合计{tell.money(spent)}，其中：基本支出{tell.money(ledger.basic)}，"
            f"占{tell.share(ledger.basic, spent)}；项目支出{tell.money(ledger.project)}，"
            f"占{tell.share(ledger.project, spent)}。",
        ),
        *section(
            "四、财政拨款收入支出决算总体情况说明",
            f"{ENTITY}2024年度财政拨款收入支出总计{tell.money(ledger.fiscal_total)}。与2023年度相比，"
            f"财政拨款收入支出总计{tell.moved(ledger.fiscal_total, prior.fiscal_total)}。"
            "主要原因：一般公共预算安排的环卫和林业项目增加。",
        ),
    ]


def general_budget(ledger: Ledger, tell: Teller) -> list[Block]:
    """Write section five: total, structure, items to 项 (一般公共预算支出)."""
    total, initial = ledger.general, ledger.sum(lambda i: i.initial)
    used = [(name, ledger.sum(lambda i: i.general, code)) for code, name in CLASSES]
    used = [(name, amount) for name, amount in used if amount]
    tell.parts(total, [amount for _, amount in used])
    structure = "；".join(
        f"{name}（类）{tell.money(amount)}，占{tell.share(amount, total)}" for name, amount in used
    )
    items = sorted((i for i in ledger.items if i.general), key=lambda i: i.code)
    order = "大于" if total > initial else "小于"
    return [
        *section("五、一般公共预算财政拨款支出决算情况说明"),
        *section(
            "（一）一般公共预算财政拨款支出决算总体情况",
            f"一般公共预算财政拨款支出{tell.money(total)}，占本年支出合计的{tell.share(total, ledger.spent)}。"
            f"与2023年度相比，一般公共预算财政拨款支出{tell.moved(total, ledger.prior_general)}。"
            "主要原因：环卫作业经费和林地养护经费增加。",
            level=3,
        ),
        *section(
            "（二）一般公共预算财政拨款支出决算结构情况",
            f"一般公共预算财政拨款支出{tell.money(total)}，主要用于以下方面：{structure}。",
            level=3,
        ),
        *section(
            "（三）一般公共预算财政拨款支出决算具体情况",
            f"一般公共预算财政拨款支出年初预算为{tell.money(initial)}，支出决算为{tell.money(total)}，"
            f"完成年初预算的{tell.share(total, initial)}。"
            f"决算数{order}预算数的主要原因：年中追加了店招店牌整治和林地补种等经费。其中：",
            *(item_line(n, item, tell) for n, item in enumerate(items, 1)),
            level=3,
        ),
    ]


def item_line(number: int, item: Item, tell: Teller) -> str:
    """Write one 项: use, initial budget, final figure, completion rate."""
    spent, budget = item.general, item.initial
    text = (
        f"{number}、{item_name(item.code)}。主要用于：{item.use}。"
        f"年初预算为{tell.money(budget)}，支出决算为{tell.money(spent)}"
    )
    if not budget:
        return (
            text
            + f"。年初未安排该项预算，完成率无可比性。决算数大于预算数的主要原因：{item.reason}。"
        )
    text += f"，完成年初预算的{tell.share(spent, budget)}。"
    if spent == budget:
        return text + "决算数同预算数持平。"
    order = "大于" if spent > budget else "小于"
    return text + f"决算数{order}预算数的主要原因：{item.reason}。"


def basic(ledger: Ledger, tell: Teller) -> list[Block]:
    """Write section six (基本支出)."""
    lines = ledger.economic
    tell.parts(ledger.basic, [ledger.personnel, ledger.public])
    return section(
        "六、一般公共预算财政拨款基本支出决算情况说明",
        f"一般公共预算财政拨款基本支出{tell.money(ledger.basic)}。其中："
        f"人员经费{tell.money(ledger.personnel)}，主要包括：{economic_names(lines, '301', '303')}；"
        f"公用经费{tell.money(ledger.public)}，主要包括：{economic_names(lines, '302', '310')}。",
    )


def three_public_expenses(ledger: Ledger, tell: Teller) -> list[Block]:
    """Write section seven (“三公”经费)."""
    three = ledger.three_public
    named = (
        ("因公出国（境）费", three.abroad),
        ("公务用车购置及运行维护费", three.cars),
        ("公务接待费", three.reception),
    )
    total = three.total
    tell.parts(total.actual, [line.actual for _, line in named])

    def against_budget(name: str, line: PublicLine) -> str:
        rate = tell.share(line.actual, line.budget)
        return f"{name}支出决算为{tell.money(line.actual)}，完成预算的{rate}"

    def against_last_year(name: str, line: PublicLine) -> str:
        return f"{name}支出决算{tell.moved(line.actual, line.prior)}"

    def within_total(name: str, line: PublicLine) -> str:
        return f"{name}支出决算{tell.money(line.actual)}，占{tell.share(line.actual, total.actual)}"

    return [
        *section("七、财政拨款“三公”经费支出决算情况说明"),
        *section(
            "（一）“三公”经费财政拨款支出决算总体情况说明",
            f"“三公”经费财政拨款支出年初预算为{tell.money(total.budget)}，"
            f"支出决算为{tell.money(total.actual)}，完成预算的{tell.share(total.actual, total.budget)}，其中："
            + "；".join(against_budget(*pair) for pair in named)
            + "。决算数小于预算数的主要原因：压缩出访天数，减少公务接待，从严控制车辆运行开支。",
            "2024年度“三公”经费财政拨款支出决算数比2023年度"
            f"{tell.moved(total.actual, total.prior)}，其中："
            + "；".join(against_last_year(*pair) for pair in named)
            + "。",
            level=3,
        ),
        *section(
            "（二）“三公”经费财政拨款支出决算具体情况说明",
            "“三公”经费财政拨款支出决算中，"
            + "；".join(within_total(*pair) for pair in named)
            + "。具体情况如下：",
            f"1、因公出国（境）费支出{tell.money(three.abroad.actual)}。"
            "全年安排因公出国（境）团组1个、累计2人次。",
            f"2、公务用车购置及运行维护费支出{tell.money(three.cars.actual)}。其中：",
            "公务用车购置支出0.00万元，全年没有购置公务用车。",
            f"公务用车运行维护支出{tell.money(three.running.actual)}，主要用于巡查车辆的燃料、保险和维修。"
            f"2024年末，本部门开支财政拨款的公务用车保有量为{three.cars_held}辆。",
            f"3、公务接待费支出{tell.money(three.reception.actual)}。其中：国内公务接待支出"
            f"{tell.money(three.reception.actual)}，接待{three.visits}批次、{three.guests}人次；"
            "没有接待外宾。",
            level=3,
        ),
    ]


def funds(ledger: Ledger, tell: Teller) -> list[Block]:
    """Write sections eight and nine (政府性基金、国有资本经营预算)."""
    item = next(i for i in ledger.items if i.fund_project)
    return [
        *section(
            "八、政府性基金预算财政拨款收入支出决算情况说明",
            f"{ENTITY}2024年度政府性基金预算财政拨款年初结转和结余{tell.money(ledger.opening.fund)}，"
            f"本年收入{tell.money(item.from_fund)}，本年支出{tell.money(ledger.fund)}，"
            f"年末结转和结余{tell.money(ledger.closing.fund)}。与2023年度相比，政府性基金预算财政拨款支出"
            f"{tell.moved(ledger.fund, ledger.prior_fund)}。支出具体用于：{item_name(item.code)}"
            f"{tell.money(ledger.fund)}，主要用于{item.use}。",
        ),
        *section(
            "九、国有资本经营预算财政拨款收入支出决算情况说明",
            f"{ENTITY}2024年度没有国有资本经营预算财政拨款收入和支出。",
        ),
    ]


def performance() -> list[Block]:
    """Write section ten (预算绩效管理)."""
    return section(
        "十、预算绩效管理情况",
        f"{ENTITY}2024年度预算绩效管理工作开展情况如下：制度建设方面，修订了本部门项目绩效管理办法，"
        "把绩效目标审核放在项目入库之前。全过程管理方面，编报绩效目标的2024年度项目32个，"
        "涉及预算金额6486.50万元；开展绩效跟踪的2024年度项目32个，涉及预算金额6486.50万元；"
        "开展绩效自评的2024年度项目32个，涉及预算金额6486.50万元，平均得分94.17分。"
        "其中，绩效评级为“优”的项目29个，绩效评级为“良”的项目3个，"
        "绩效评级为“合格”的项目0个，绩效评级为“不合格”的项目0个。",
    )


def other_matters(ledger: Ledger, tell: Teller) -> list[Block]:
    """Write section eleven (机关运行经费、政府采购、国有资产)."""
    bought = ledger.procurement
    other = yuan(OTHER_SMALL_MEDIUM)
    small_medium = bought.small_medium + other
    tell.parts(bought.total, [bought.goods, bought.works, bought.services])
    tell.parts(small_medium, [bought.small_medium, other])
    return [
        *section("十一、其他重要事项的情况说明"),
        *section(
            "（一）机关运行经费支出情况",
            f"机关运行经费支出{tell.money(ledger.operating)}，比2023年度"
            f"{tell.moved(ledger.operating, ledger.prior.operating)}。主要原因：办公用品集中采购，单价下降。"
            "所属2个事业单位不在机关运行经费的统计范围内。",
            level=3,
        ),
        *section(
            "（二）政府采购支出情况",
            f"{ENTITY}2024年度政府采购金额（以合同签订为准）为{tell.money(bought.total)}，"
            f"其中：货物采购金额{tell.money(bought.goods)}、工程采购金额{tell.money(bought.works)}、"
            f"服务采购金额{tell.money(bought.services)}。",
            f"授予中小企业合同金额{tell.money(small_medium)}，占政府采购金额的"
            f"{tell.share(small_medium, bought.total)}。其中：在面向中小企业预留的采购项目中，"
            f"由中小企业成交的采购金额{tell.money(bought.small_medium)}；"
            f"在其他采购项目中，由中小企业成交的采购金额{tell.money(other)}。"
            f"授予小微企业合同金额{tell.money(bought.small_micro)}，占政府采购金额的"
            f"{tell.share(bought.small_micro, bought.total)}。",
            level=3,
        ),
        *section(
            "（三）国有资产占有使用情况说明",
            f"截至2024年12月31日，{ENTITY}共有车辆18辆，其中：机要通信用车1辆、应急保障用车3辆、"
            "执法执勤用车4辆、特种专业技术用车8辆、其他用车2辆。"
            "单价100万元（含）以上设备（不含车辆）2台（套）。",
            level=3,
        ),
    ]


def build() -> Sample:
    """Assemble the third sample."""
    ledger, tell = LEDGER, Teller(prior="上年度")
    lanes = (("301", "303"), ("302", "310"))
    capital = "国有资本经营预算财政拨款收入支出决算表"
    tables = (
        summary(ledger, LAYOUT),
        income_by_function(ledger, LAYOUT),
        spending_by_function(ledger, LAYOUT),
        fiscal_summary(ledger, LAYOUT),
        general_by_function(ledger, LAYOUT),
        basic_by_economy(ledger, LAYOUT, lanes, "一般公共预算财政拨款基本支出决算表"),
        three_public_interleaved(ledger, LAYOUT),
        fund_by_function(ledger, LAYOUT, "08", "政府性基金预算财政拨款收入支出决算表"),
        fund_by_function(ledger, LAYOUT, "09", capital),
    )
    account = (
        totals(ledger, tell)
        + general_budget(ledger, tell)
        + basic(ledger, tell)
        + three_public_expenses(ledger, tell)
        + funds(ledger, tell)
        + performance()
        + other_matters(ledger, tell)
    )
    parts = (
        (f"第一部分 {ENTITY}概况", overview()),
        (f"第二部分 {ENTITY}{YEAR}年度部门决算表", ()),
        (f"第三部分 {ENTITY}{YEAR}年度部门决算情况说明", account),
        ("第四部分 名词解释", prose(*GLOSSARY)),
    )
    numbered = [f"{'一二三四五六七八九'[n]}、{t.title}" for n, t in enumerate(tables)]
    return Sample(
        slug="shanghai-style-clean",
        summary="市辖区部门 2024 年度决算，上海版式：没有行次，“三公”表排第七且预算数与决算数相间，"
        "05 表合计在末行，06 表两栏，表与正文均以万元为单位",
        ledger=ledger,
        layout=LAYOUT,
        tables=tables,
        teller=tell,
        blocks=assemble(
            Cover((ENTITY, f"{YEAR}年度部门决算"), "2025年8月"), parts, tables, numbered
        ),
    )
