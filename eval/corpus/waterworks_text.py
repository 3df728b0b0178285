"""Prose and planted slips of the first sample (区水务局：情况说明与植入的差错)."""

from blocks import Block, Cover
from classification import CLASSES
from ledger import Item, Ledger, PublicLine
from sample import GLOSSARY, Sample, Slip, assemble, prose, section
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
from telling import Teller, economic_names, item_name
from waterworks import ENTITY, LAYOUT, LEDGER, YEAR

OVERALL = "一、收入支出决算总体情况说明"
SPENDING = "三、支出决算情况说明"
GENERAL = "五、一般公共预算财政拨款支出决算情况说明"
TRAVEL = "九、财政拨款“三公”经费支出决算情况说明"
OPERATING = "十、机关运行经费支出说明"
PROCUREMENT = "十一、政府采购支出说明"
ASSETS = "十二、国有资产占用情况说明"


def overview() -> list[Block]:
    """Write part one: duties, offices, staff (概况)."""
    return [
        *section(
            "一、主要职责",
            "青屏区水务局是区政府工作部门，统一管理全区水资源、河道、供排水和防汛抗旱事务。"
            "主要承担以下工作：编制水务发展规划并组织实施；负责取水许可和节约用水管理；"
            "组织河堤、泵站、水闸等工程的建设和养护；承担汛期值守与险情处置；监督水土保持工作。",
        ),
        *section(
            "二、机构设置",
            "本局内设4个科室，分别是办公室、水资源科、工程建设科、防汛科；"
            "下设1个不独立核算的事业机构，即区水利工程养护所。本部门决算只包括局本级1个单位。",
        ),
        *section(
            "三、人员情况",
            "截至2024年12月31日，本局核定编制46名，其中行政编制18名、事业编制28名；"
            "在职人员43人，其中行政人员17人、事业人员26人；退休人员21人。",
        ),
    ]


def totals(ledger: Ledger, tell: Teller) -> list[Block]:
    """Write sections one to four (收支总体、收入、支出、财政拨款)."""
    prior = ledger.prior
    fiscal_in = ledger.sum(lambda i: i.from_fiscal)
    other = ledger.income - fiscal_in
    tell.parts(ledger.income, [fiscal_in, other])
    tell.parts(ledger.spent, [ledger.basic, ledger.project])
    general, fund = ledger.sum(lambda i: i.from_general), ledger.sum(lambda i: i.from_fund)
    return [
        *section(
            OVERALL,
            f"2024年度收、支总计均为{tell.money(ledger.total)}。与2023年度相比，收、支总计各"
            f"{tell.moved(ledger.total, prior.total)}，主要原因是堤防加固和防汛项目投入加大。",
        ),
        *section(
            "二、收入决算情况说明",
            f"2024年度收入合计{tell.money(ledger.income)}，与2023年度相比，"
            f"{tell.moved(ledger.income, prior.income)}。其中：财政拨款收入{tell.money(fiscal_in)}，"
            f"占本年收入{tell.share(fiscal_in, ledger.income)}；其他收入{tell.money(other)}，"
            f"占本年收入{tell.share(other, ledger.income)}。",
        ),
        *section(
            SPENDING,
            f"2024年度支出合计{tell.money(ledger.spent)}，与2023年度相比，"
            f"{tell.moved(ledger.spent, ledger.prior_spent)}。其中：基本支出{tell.money(ledger.basic)}，"
            f"占本年支出{tell.share(ledger.basic, ledger.spent)}；项目支出{tell.money(ledger.project)}，"
            f"占本年支出{tell.share(ledger.project, ledger.spent)}。",
        ),
        *section(
            "四、财政拨款收入支出决算总体情况说明",
            f"2024年度财政拨款收、支总计均为{tell.money(ledger.fiscal_total)}。与2023年度相比，"
            f"财政拨款收、支总计各{tell.moved(ledger.fiscal_total, prior.fiscal_total)}，"
            "主要原因是工程类项目的拨款增加。",
            f"2024年度财政拨款收入中，一般公共预算财政拨款收入{tell.money(general)}，比2023年度决算数"
            f"{tell.moved(general, prior.general_income)}；政府性基金预算财政拨款收入{tell.money(fund)}，"
            f"比2023年度决算数{tell.moved(fund, prior.fund_income)}。",
        ),
    ]


def general_budget(ledger: Ledger, tell: Teller) -> list[Block]:
    """Write section five: total, structure, items to 项 (一般公共预算支出)."""
    total = ledger.general
    used = [(name, ledger.sum(lambda i: i.general, code)) for code, name in CLASSES]
    used = [(name, amount) for name, amount in used if amount]
    tell.parts(total, [amount for _, amount in used])
    lines = (
        f"{n}. {name}类支出{tell.money(amount)}，占{tell.share(amount, total)}"
        for n, (name, amount) in enumerate(used, 1)
    )
    structure = "；".join(lines)
    initial, adjusted = ledger.sum(lambda i: i.initial), ledger.sum(lambda i: i.adjusted)
    return [
        *section(GENERAL),
        *section(
            "（一）一般公共预算财政拨款支出决算总体情况",
            f"2024年度一般公共预算财政拨款支出{tell.money(total)}，占本年支出合计的"
            f"{tell.share(total, ledger.spent)}。与2023年度相比，一般公共预算财政拨款支出"
            f"{tell.moved(total, ledger.prior_general)}，主要原因是水利工程建设支出增加。",
            level=3,
        ),
        *section(
            "（二）一般公共预算财政拨款支出决算结构情况",
            f"2024年度一般公共预算财政拨款支出{tell.money(total)}，主要用于以下方面：{structure}。",
            level=3,
        ),
        *section(
            "（三）一般公共预算财政拨款支出决算具体情况",
            f"2024年度一般公共预算财政拨款支出年初预算为{tell.money(initial)}，"
            f"全年预算为{tell.money(adjusted)}，支出决算为{tell.money(total)}，"
            f"完成年初预算的{tell.share(total, initial)}。其中：",
            *(item_line(n, item, tell) for n, item in enumerate(general_items(ledger), 1)),
            level=3,
        ),
    ]


def general_items(ledger: Ledger) -> list[Item]:
    """List the items paid from the general public budget, by code."""
    return sorted((i for i in ledger.items if i.general), key=lambda i: i.code)


def item_line(number: int, item: Item, tell: Teller) -> str:
    """Write one 项 with its budget, final figure and completion rate."""
    spent = item.general
    text = (
        f"{number}. {item_name(item.code)}年初预算为{tell.money(item.initial)}，"
        f"支出决算为{tell.money(spent)}，完成年初预算的{tell.share(spent, item.initial)}，"
    )
    if spent == item.initial:
        return text + "决算数与年初预算数持平。"
    order = "大于" if spent > item.initial else "小于"
    return text + f"决算数{order}年初预算数的主要原因是{item.reason}。"


def basic_and_funds(ledger: Ledger, tell: Teller) -> list[Block]:
    """Write sections six to eight (基本支出、政府性基金、国有资本经营预算)."""
    lines = ledger.economic
    tell.parts(ledger.basic, [ledger.personnel, ledger.public])
    fund_in = ledger.sum(lambda i: i.from_fund)
    fund_item = next(i for i in ledger.items if i.fund_project)
    return [
        *section(
            "六、一般公共预算财政拨款基本支出决算情况说明",
            f"2024年度一般公共预算财政拨款基本支出{tell.money(ledger.basic)}，其中：",
            f"人员经费{tell.money(ledger.personnel)}，主要包括：{economic_names(lines, '301', '303')}。",
            f"公用经费{tell.money(ledger.public)}，主要包括：{economic_names(lines, '302', '310')}。",
        ),
        *section(
            "七、政府性基金预算财政拨款收入支出决算情况说明",
            f"2024年度政府性基金预算财政拨款年初结转和结余{tell.money(ledger.opening.fund)}，"
            f"本年收入{tell.money(fund_in)}，本年支出{tell.money(ledger.fund)}，"
            f"年末结转和结余{tell.money(ledger.closing.fund)}。具体支出情况为：",
            f"{item_name(fund_item.code)}支出决算为{tell.money(ledger.fund)}，"
            "主要用于城区河道排水口改造。",
        ),
        *section(
            "八、国有资本经营预算财政拨款支出决算情况说明",
            "本单位2024年度没有国有资本经营预算财政拨款支出。",
        ),
    ]


def travel_line(name: str, line: PublicLine, tell: Teller) -> str:
    """Write budget, final figure, completion rate and change of one of the three."""
    return (
        f"{name}全年预算数为{tell.money(line.budget)}，支出决算为{tell.money(line.actual)}，"
        f"完成全年预算的{tell.share(line.actual, line.budget)}，"
        f"较上年{tell.moved(line.actual, line.prior)}"
    )


def three_public_expenses(ledger: Ledger, tell: Teller) -> list[Block]:
    """Write section nine (“三公”经费)."""
    three = ledger.three_public
    tell.parts(three.total.actual, [three.abroad.actual, three.cars.actual, three.reception.actual])
    tell.parts(three.cars.actual, [three.purchase.actual, three.running.actual])
    return [
        *section(TRAVEL),
        *section(
            "（一）“三公”经费财政拨款支出决算总体情况",
            f"{travel_line('2024年度“三公”经费财政拨款支出', three.total, tell)}，"
            "主要原因是报废更新了一辆防汛抢险用车。",
            level=3,
        ),
        *section(
            "（二）“三公”经费财政拨款支出决算具体情况",
            "1. 因公出国（境）费全年预算数为0.00万元，支出决算为0.00万元。"
            "全年安排出国（境）团组0个、0人次。",
            f"2. {travel_line('公务用车购置及运行维护费', three.cars, tell)}。其中：",
            f"{travel_line('公务用车购置费', three.purchase, tell)}，"
            f"全年购置公务用车{three.cars_bought}辆。",
            f"{travel_line('公务用车运行维护费', three.running, tell)}，主要用于车辆燃料、维修、保险和过路过桥。"
            f"年末财政拨款开支的公务用车保有量为{three.cars_held}辆。",
            f"3. {travel_line('公务接待费', three.reception, tell)}。"
            f"全年国内公务接待{three.visits}批次、{three.guests}人次，没有外事接待。",
            level=3,
        ),
    ]


def other_matters(ledger: Ledger, tell: Teller) -> list[Block]:
    """Write sections ten to thirteen (机关运行经费、政府采购、国有资产、预算绩效)."""
    bought = ledger.procurement
    tell.parts(bought.total, [bought.goods, bought.works, bought.services])
    project = ledger.sum(lambda i: i.project)
    small_share = tell.share(bought.small_medium, bought.total)
    micro_share = tell.share(bought.small_micro, bought.small_medium)
    return [
        *section(
            OPERATING,
            f"2024年度机关运行经费支出{tell.money(ledger.operating)}，比2023年度"
            f"{tell.moved(ledger.operating, ledger.prior.operating)}，主要原因是办公楼物业服务重新签约。",
        ),
        *section(
            PROCUREMENT,
            f"2024年度政府采购支出总额{tell.money(bought.total)}，其中："
            f"政府采购货物支出{tell.money(bought.goods)}、政府采购工程支出{tell.money(bought.works)}、"
            f"政府采购服务支出{tell.money(bought.services)}。"
            f"授予中小企业合同金额{tell.money(bought.small_medium)}，占政府采购支出总额的{small_share}；"
            f"其中授予小微企业合同金额{tell.money(bought.small_micro)}，"
            f"占授予中小企业合同金额的{micro_share}。",
        ),
        *section(
            ASSETS,
            "截至2024年12月31日，本单位共有车辆7辆，其中：机要通信用车1辆、应急保障用车4辆、"
            "特种专业技术用车2辆；单价100万元（含）以上的设备（不含车辆）1台（套）。",
        ),
        *section("十三、预算绩效情况说明"),
        *section(
            "（一）预算绩效管理工作开展情况",
            "按照预算绩效管理要求，本单位对2024年度一般公共预算项目支出全部开展绩效自评，"
            f"共涉及项目6个，资金{tell.money(project)}，"
            f"占一般公共预算项目支出总额的{tell.share(project, project)}。",
            level=3,
        ),
        *section(
            "（二）绩效自评结果",
            "6个项目中，自评等级为优的4个、良的2个，平均得分92.35分。"
            "从自评情况看，工程类项目按期完成，节水宣传项目的合同付款偏慢，下一步将提前编排采购进度。",
            level=3,
        ),
    ]


def slips(ledger: Ledger, tell: Teller) -> tuple[Slip, ...]:
    """Plant the slips; each printed figure is computed the way a hurried writer would."""
    total, prior = ledger.total, ledger.prior.total
    rise = total - prior
    right, wrong = tell.percent(rise, prior), tell.percent(rise, total)
    basic = tell.percent(ledger.basic, ledger.spent)
    project = tell.percent(ledger.project, ledger.spent)
    shares = "，占本年支出{}；项目支出" + tell.money(ledger.project) + "，占本年支出{}"
    general = ledger.general
    initial, adjusted = ledger.sum(lambda i: i.initial), ledger.sum(lambda i: i.adjusted)
    of_initial, of_adjusted = tell.percent(general, initial), tell.percent(general, adjusted)
    social = tell.bare(ledger.sum(lambda i: i.general, "208"))
    swapped = social[0] + social[2] + social[1] + social[3:]
    three = ledger.three_public
    running, purchase = tell.money(three.running.actual), tell.money(three.purchase.actual)
    budget = f"公务用车运行维护费全年预算数为{tell.money(three.running.budget)}，支出决算为"
    services = tell.money(ledger.procurement.services)
    short = tell.money(ledger.procurement.services - 120000)
    return (
        Slip("增减率以本年数为基数", OVERALL, f"增长{right}", f"增长{wrong}",
             "增减额除以了本年总计，而不是上年总计", f"{wrong}，应为 {right}"),
        Slip("两项占比互换", SPENDING, shares.format(basic, project),
             shares.format(project, basic), "基本支出与项目支出的占比对调",
             f"基本 {project}、项目 {basic}，应为 {basic}、{project}"),
        Slip("正文与表数字颠倒", GENERAL, f"社会保障和就业支出类支出{social}",
             f"社会保障和就业支出类支出{swapped}", "（二）结构情况，与 04、05 表及占比、合计都不符",
             f"{swapped} 万元，应为 {social} 万元"),
        Slip("完成率分母用错", GENERAL, f"支出决算为{tell.money(general)}，完成年初预算的{of_initial}",
             f"支出决算为{tell.money(general)}，完成年初预算的{of_adjusted}",
             "（三）首段，说的是年初预算，除的是全年预算", f"{of_adjusted}，应为 {of_initial}"),
        Slip("照抄上一行", TRAVEL, budget + running, budget + purchase,
             "（二）公务用车运行维护费的决算数抄了购置费，与 09 表及同句完成率、增减率不符",
             f"{purchase}，应为 {running}"),
        Slip("模板选项未删", OPERATING, "比2023年度增加", "比2023年度增加（减少）",
             "模板的二选一没有删去", "增加（减少），应为 增加"),
        Slip("分项之和不等于总额", PROCUREMENT, f"政府采购服务支出{services}",
             f"政府采购服务支出{short}", "货物、工程、服务之和比总额少 12.00 万元",
             f"{short}，应为 {services}"),
        Slip("年份未更新", ASSETS, "截至2024年12月31日", "截至2023年12月31日",
             "沿用了上年的截止日期", "2023 年，应为 2024 年"),
    )  # fmt: skip


def build() -> Sample:
    """Assemble the first sample; the slips are applied when it is rendered."""
    ledger, tell = LEDGER, Teller(commas=True, rate_places=1, prior="上年")
    lanes = (("301", "303"), ("302",), ("310",))
    funds = "政府性基金预算财政拨款收入支出决算表"
    tables = (
        summary(ledger, LAYOUT),
        income_by_function(ledger, LAYOUT),
        spending_by_function(ledger, LAYOUT),
        fiscal_summary(ledger, LAYOUT),
        general_by_function(ledger, LAYOUT),
        basic_by_economy(ledger, LAYOUT, lanes, "一般公共预算财政拨款基本支出决算明细表"),
        fund_by_function(ledger, LAYOUT, "07", funds),
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
        (f"第一部分 {ENTITY}概况", overview()),
        (f"第二部分 {YEAR}年度部门决算表", ()),
        (f"第三部分 {YEAR}年度部门决算情况说明", account),
        ("第四部分 名词解释", prose(*GLOSSARY)),
    )
    names = [table.title.removeprefix(f"{YEAR}年度") for table in tables]
    numbered = [f"{'一二三四五六七八九'[n]}、{name}" for n, name in enumerate(names)]
    return Sample(
        slug="wanyuan-faulty",
        summary="区级部门 2024 年度决算，全国通用版式，表与正文均以万元为单位，植入 8 处差错",
        ledger=ledger,
        layout=LAYOUT,
        tables=tables,
        teller=tell,
        blocks=assemble(
            Cover((f"{YEAR}年度", f"{ENTITY}", "部门决算"), "2025年9月"), parts, tables, numbered
        ),
        slips=slips(ledger, tell),
        is_spaced=True,
    )
