"""Books and layout of the second sample: a county arts centre, in 元 (县文化馆，元)."""

from layout import Layout
from ledger import Balance, Item, Ledger, PriorYear, Procurement, PublicLine, ThreePublic, yuan

ENTITY = "禾溪县文化馆"
YEAR = 2023

ECONOMIC_LINES = {
    "30101": yuan("1,126,480.00"),
    "30102": yuan("214,308.00"),
    "30107": yuan("984,726.50"),
    "30108": yuan("389,142.24"),
    "30109": yuan("194,571.12"),
    "30110": yuan("170,249.73"),
    "30112": yuan("21,886.47"),
    "30113": yuan("318,960.00"),
    "30199": yuan("14,400.00"),
    "30304": yuan("81,235.50"),
    "30305": yuan("46,872.00"),
    "30309": yuan("720.00"),
    "30201": yuan("52,316.80"),
    "30202": yuan("8,940.00"),
    "30205": yuan("3,617.25"),
    "30206": yuan("28,764.39"),
    "30207": yuan("9,482.16"),
    "30209": yuan("36,000.00"),
    "30211": yuan("21,475.50"),
    "30213": yuan("17,230.00"),
    "30216": yuan("6,800.00"),
    "30217": yuan("1,860.00"),
    "30226": yuan("19,600.00"),
    "30228": yuan("32,418.75"),
    "30229": yuan("26,510.00"),
    "30231": yuan("16,704.35"),
    "30240": yuan("512.08"),
    "30299": yuan("5,946.00"),
    "31002": yuan("12,599.00"),
}

ITEMS = (
    Item(
        code="2050803",
        project=yuan("21,480.00"),
        adjusted=yuan("21,480.00"),
        reason="年中追加了基层文艺骨干培训经费",
    ),
    Item(
        code="2070109",
        basic=yuan("2,663,297.25"),
        project=yuan("862,413.57"),
        general_income=yuan("3,509,061.25"),
        own_project=yuan("401,652.30"),
        business_income=yuan("386,240.00"),
        other_income=yuan("1,263.48"),
        initial=yuan("3,468,000.00"),
        adjusted=yuan("3,620,000.00"),
    ),
    Item(
        code="2070111",
        project=yuan("238,600.00"),
        own_project=yuan("52,180.00"),
        superior_income=yuan("60,000.00"),
        initial=yuan("300,000.00"),
        adjusted=yuan("238,600.00"),
    ),
    Item(
        code="2070199",
        project=yuan("95,870.00"),
        initial=yuan("120,000.00"),
        adjusted=yuan("95,870.00"),
    ),
    Item(
        code="2080502",
        basic=yuan("46,872.00"),
        initial=yuan("46,872.00"),
        adjusted=yuan("46,872.00"),
    ),
    Item(
        code="2080505",
        basic=yuan("389,142.24"),
        initial=yuan("402,600.00"),
        adjusted=yuan("389,142.24"),
    ),
    Item(
        code="2080506",
        basic=yuan("194,571.12"),
        initial=yuan("201,300.00"),
        adjusted=yuan("194,571.12"),
    ),
    Item(code="2080801", basic=yuan("81,235.50"), adjusted=yuan("81,235.50")),
    Item(
        code="2101102",
        basic=yuan("170,249.73"),
        initial=yuan("176,140.00"),
        adjusted=yuan("170,249.73"),
    ),
    Item(
        code="2210201",
        basic=yuan("318,960.00"),
        initial=yuan("318,960.00"),
        adjusted=yuan("318,960.00"),
    ),
)

REASONS = {
    "205": "年中追加了基层文艺骨干培训经费",
    "207": "馆外大型展演减少场次，支出低于年初安排",
    "208": "年内发生一次性抚恤金支出",
    "210": "缴费人数比年初减少一人",
}
"""Why a class departs from its initial budget (决算数与年初预算数的差异原因)."""

PRIOR_BUSINESS = yuan("511,325.40")
"""Income from professional activity of the year before (上年事业收入)."""

LEDGER = Ledger(
    items=ITEMS,
    economic=ECONOMIC_LINES,
    opening=Balance(general=yuan("104,300.00"), own=yuan("31,526.80")),
    surplus_used=yuan("12,000.00"),
    distributed=yuan("3,150.00"),
    prior=PriorYear(
        opening=Balance(general=yuan("156,200.00"), own=yuan("18,904.25")),
        general_income=yuan("6,012,480.35"),
        own_income=yuan("512,870.66"),
        personnel=yuan("3,480,118.20"),
        public=yuan("341,065.47"),
    ),
    three_public=ThreePublic(
        running=PublicLine(
            budget=yuan("25,000.00"), actual=yuan("16,704.35"), prior=yuan("19,852.40")
        ),
        reception=PublicLine(
            budget=yuan("5,000.00"), actual=yuan("1,860.00"), prior=yuan("2,430.00")
        ),
        cars_held=1,
        visits=4,
        guests=31,
    ),
    procurement=Procurement(
        goods=yuan("128,640.00"),
        works=yuan("0.00"),
        services=yuan("236,500.00"),
        small_medium=yuan("365,140.00"),
        small_micro=yuan("219,800.00"),
    ),
)


def _above(layout: Layout, key: str) -> tuple[str, ...]:
    return (f"公开{key}表", f"部门：{layout.entity}", f"金额单位：{layout.unit}")


LAYOUT = Layout(
    entity=ENTITY,
    year=YEAR,
    unit="元",
    above=_above,
    title=lambda _, name: name,
    spare_row=True,
    nil_items="0.00",
    nil_lines="0.00",
    code_head="科目代码",
    notes={
        "01": (
            "注：1.本表汇总反映本年度各项收入、支出以及年末结转和结余。",
            "2.金额按四舍五入保留两位小数，个别合计数与分项之和可能有尾差。",
        ),
        "02": ("注：本表按功能分类反映本年度取得的收入。",),
        "03": ("注：本表按功能分类反映本年度发生的支出。",),
        "04": ("注：本表汇总反映本年度财政拨款的收入、支出以及年末结转和结余。",),
        "05": ("注：本表按功能分类反映本年度一般公共预算财政拨款支出。",),
        "06": ("注：本表按经济分类反映本年度一般公共预算财政拨款基本支出。",),
        "07": (
            "注：本表反映本年度政府性基金预算财政拨款的收入、支出及结转和结余。",
            f"说明：本单位{YEAR}年度没有政府性基金预算财政拨款收入，也没有相应支出，故本表无数据。",
        ),
        "08": (
            "注：本表反映本年度国有资本经营预算财政拨款的支出。",
            f"说明：本单位{YEAR}年度没有国有资本经营预算财政拨款支出，故本表无数据。",
        ),
        "09": (
            (
                "注：本表反映本年度“三公”经费的预算和决算。预算数为调整后的全年预算数，"
                "决算数含当年财政拨款和以前年度结转资金安排的支出。"
            ),
        ),
    },
    wide=frozenset({"02", "03", "07", "08", "09"}),
    tall=frozenset({"02", "03", "05", "06"}),
)
