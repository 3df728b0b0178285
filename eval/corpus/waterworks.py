"""Books and layout of the first sample: a district water bureau, in 万元 (区水务局，万元)."""

from layout import Layout
from ledger import Balance, Item, Ledger, PriorYear, Procurement, PublicLine, ThreePublic, yuan

ENTITY = "云岫市青屏区水务局"
YEAR = 2024

ECONOMIC_LINES = {
    "30101": yuan("1,862,417.00"),
    "30102": yuan("1,734,905.60"),
    "30103": yuan("1,208,336.00"),
    "30107": yuan("903,572.40"),
    "30108": yuan("689,214.72"),
    "30109": yuan("344,607.36"),
    "30110": yuan("327,376.99"),
    "30111": yuan("118,452.30"),
    "30112": yuan("41,863.25"),
    "30113": yuan("742,688.00"),
    "30199": yuan("56,200.00"),
    "30302": yuan("214,960.00"),
    "30305": yuan("38,400.00"),
    "30309": yuan("5,160.00"),
    "30201": yuan("186,327.45"),
    "30202": yuan("24,680.00"),
    "30205": yuan("9,736.18"),
    "30206": yuan("61,405.77"),
    "30207": yuan("47,218.90"),
    "30209": yuan("132,000.00"),
    "30211": yuan("94,583.60"),
    "30213": yuan("58,914.00"),
    "30216": yuan("12,760.00"),
    "30217": yuan("13,852.00"),
    "30226": yuan("75,300.00"),
    "30228": yuan("87,446.31"),
    "30229": yuan("63,180.00"),
    "30231": yuan("118,906.27"),
    "30239": yuan("306,240.00"),
    "30299": yuan("41,327.52"),
    "31002": yuan("68,450.00"),
}

ITEMS = (
    Item(
        code="2080501",
        basic=yuan("214,960.00"),
        initial=yuan("208,800.00"),
        adjusted=yuan("214,960.00"),
        reason="年内新增一名退休人员，相应补发退休补贴",
    ),
    Item(
        code="2080505",
        basic=yuan("689,214.72"),
        initial=yuan("702,500.00"),
        adjusted=yuan("689,214.72"),
        reason="两名职工年中调出，单位缴费相应减少",
    ),
    Item(
        code="2080506",
        basic=yuan("344,607.36"),
        initial=yuan("351,250.00"),
        adjusted=yuan("344,607.36"),
        reason="缴费人数减少",
    ),
    Item(
        code="2101101",
        basic=yuan("327,376.99"),
        initial=yuan("327,376.99"),
        adjusted=yuan("327,376.99"),
    ),
    Item(
        code="2101103",
        basic=yuan("118,452.30"),
        initial=yuan("121,700.00"),
        adjusted=yuan("118,452.30"),
        reason="按实际参保人数结算",
    ),
    Item(
        code="2130301",
        basic=yuan("7,253,182.25"),
        initial=yuan("6,984,300.00"),
        adjusted=yuan("7,305,600.00"),
        reason="追加了上年度考核奖金和工资正常晋档所需经费",
    ),
    Item(
        code="2130305",
        project=yuan("8,416,935.00"),
        general_income=yuan("7,900,000.00"),
        initial=yuan("7,500,000.00"),
        adjusted=yuan("8,987,642.31"),
        reason="动用上年结转资金支付河堤除险加固工程进度款",
    ),
    Item(
        code="2130306",
        project=yuan("2,573,840.66"),
        initial=yuan("2,650,000.00"),
        adjusted=yuan("2,650,000.00"),
        reason="泵站电费按实结算，低于预计",
    ),
    Item(
        code="2130311",
        project=yuan("764,218.40"),
        initial=yuan("830,000.00"),
        adjusted=yuan("800,000.00"),
        reason="节水型单位创建的部分服务合同按进度付款",
    ),
    Item(
        code="2130314",
        project=yuan("1,396,527.85"),
        initial=yuan("980,000.00"),
        adjusted=yuan("1,420,000.00"),
        reason="汛期追加了抢险物资和应急值守经费",
    ),
    Item(code="2130399", own_project=yuan("98,410.00"), other_income=yuan("126,873.54")),
    Item(
        code="2210201",
        basic=yuan("742,688.00"),
        initial=yuan("742,688.00"),
        adjusted=yuan("742,688.00"),
    ),
    Item(
        code="2120803",
        fund_project=yuan("3,250,468.12"),
        fund_income=yuan("3,500,000.00"),
    ),
)

LEDGER = Ledger(
    items=ITEMS,
    economic=ECONOMIC_LINES,
    opening=Balance(general=yuan("1,087,642.31"), fund=yuan("412,350.00"), own=yuan("35,206.18")),
    prior=PriorYear(
        opening=Balance(general=yuan("905,318.22"), fund=yuan("286,400.00"), own=yuan("22,640.00")),
        general_income=yuan("19,847,206.45"),
        fund_income=yuan("2,600,000.00"),
        own_income=yuan("104,262.70"),
        personnel=yuan("8,051,462.17"),
        public=yuan("1,325,870.44"),
        operating=yuan("1,325,870.44"),
    ),
    three_public=ThreePublic(
        purchase=PublicLine(budget=yuan("200,000.00"), actual=yuan("189,600.00")),
        running=PublicLine(
            budget=yuan("260,000.00"), actual=yuan("243,718.65"), prior=yuan("251,306.40")
        ),
        reception=PublicLine(
            budget=yuan("30,000.00"), actual=yuan("21,436.00"), prior=yuan("24,890.00")
        ),
        cars_bought=1,
        cars_held=7,
        visits=19,
        guests=163,
    ),
    procurement=Procurement(
        goods=yuan("463,825.00"),
        works=yuan("5,218,340.00"),
        services=yuan("1,047,260.50"),
        small_medium=yuan("5,684,112.50"),
        small_micro=yuan("3,127,486.00"),
    ),
    operating=yuan("1,402,328.00"),
)


def _above(layout: Layout, key: str) -> tuple[str, ...]:
    return (
        f"公开{key}表",
        f"单位：{layout.entity}",
        f"{layout.year}年度",
        f"金额单位：{layout.unit}",
    )


LAYOUT = Layout(
    entity=ENTITY,
    year=YEAR,
    unit="万元",
    above=_above,
    title=lambda layout, name: f"{layout.year}年度{name}",
    code_head="功能分类科目编码",
    notes={
        "01": (
            "注：1. 本表反映本年度全部收入、支出和年末结转结余的总体情况。",
            "2. 本套报表以万元为单位，由元换算而来，可能存在尾数误差。",
        ),
        "02": ("注：本表反映本年度取得的各项收入。",),
        "03": ("注：本表反映本年度发生的各项支出。",),
        "04": ("注：本表反映本年度三类财政拨款的总收支和年末结转结余情况。",),
        "05": ("注：本表反映本年度一般公共预算财政拨款支出情况。",),
        "06": ("注：本表反映本年度一般公共预算财政拨款基本支出的明细情况。",),
        "07": ("注：本表反映本年度政府性基金预算财政拨款收入、支出及结转和结余情况。",),
        "08": (
            "注：本表反映本年度国有资本经营预算财政拨款支出情况。",
            f"本单位{YEAR}年度没有国有资本经营预算财政拨款支出，故本表为空。",
        ),
        "09": (
            (
                "注：预算数为“三公”经费全年预算数，即按规定程序调整后的预算数；"
                "决算数包括当年财政拨款和以前年度结转资金安排的实际支出。"
            ),
        ),
    },
    wide=frozenset({"02", "03", "07", "08", "09"}),
    tall=frozenset({"02", "03", "05", "06"}),
)
