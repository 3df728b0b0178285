"""Books and layout of the third sample: a municipal district's greening bureau (区绿化市容局，万元)."""

from layout import Layout
from ledger import Balance, Item, Ledger, PriorYear, Procurement, PublicLine, ThreePublic, yuan

ENTITY = "东屿市映浦区绿化和市容管理局"
YEAR = 2024

ECONOMIC_LINES = {
    "30101": yuan("5,218,640.00"),
    "30102": yuan("4,936,275.50"),
    "30103": yuan("1,326,400.00"),
    "30107": yuan("9,862,413.30"),
    "30108": yuan("2,684,310.40"),
    "30109": yuan("1,342,155.20"),
    "30110": yuan("1,609,543.03"),
    "30112": yuan("147,820.66"),
    "30113": yuan("2,873,512.00"),
    "30199": yuan("268,930.00"),
    "30302": yuan("601,205.60"),
    "30309": yuan("2,160.00"),
    "30399": yuan("36,800.00"),
    "30201": yuan("412,386.75"),
    "30202": yuan("58,210.00"),
    "30204": yuan("1,326.50"),
    "30205": yuan("96,417.38"),
    "30206": yuan("384,216.92"),
    "30207": yuan("172,638.44"),
    "30209": yuan("913,560.00"),
    "30211": yuan("63,487.20"),
    "30213": yuan("287,946.10"),
    "30215": yuan("12,600.00"),
    "30216": yuan("84,735.00"),
    "30217": yuan("6,842.00"),
    "30226": yuan("146,310.00"),
    "30227": yuan("218,000.00"),
    "30228": yuan("314,826.57"),
    "30229": yuan("402,190.00"),
    "30231": yuan("168,453.29"),
    "30239": yuan("536,280.00"),
    "30240": yuan("4,318.63"),
    "30299": yuan("79,215.84"),
    "31002": yuan("142,867.00"),
    "31003": yuan("38,400.00"),
}

ITEMS = (
    Item(
        code="2080501",
        basic=yuan("386,420.00"),
        initial=yuan("386,420.00"),
        use="机关退休人员的统筹外补贴",
    ),
    Item(
        code="2080502",
        basic=yuan("214,785.60"),
        initial=yuan("223,500.00"),
        use="所属事业单位退休人员的统筹外补贴",
        reason="两名退休人员年中转由社保发放",
    ),
    Item(
        code="2080505",
        basic=yuan("2,684,310.40"),
        initial=yuan("2,751,800.00"),
        use="在职人员基本养老保险的单位缴费",
        reason="在职人员减少",
    ),
    Item(
        code="2080506",
        basic=yuan("1,342,155.20"),
        initial=yuan("1,375,900.00"),
        use="在职人员职业年金的单位缴费",
        reason="在职人员减少",
    ),
    Item(
        code="2101101",
        basic=yuan("472,638.15"),
        initial=yuan("465,200.00"),
        use="机关人员基本医疗保险的单位缴费",
        reason="缴费基数上调",
    ),
    Item(
        code="2101102",
        basic=yuan("1,136,904.88"),
        initial=yuan("1,168,400.00"),
        use="所属事业单位人员基本医疗保险的单位缴费",
        reason="年中有人员调出",
    ),
    Item(
        code="2120101",
        basic=yuan("7,214,386.52"),
        initial=yuan("7,036,000.00"),
        use="局机关的人员支出和日常公用支出",
        reason="年内追加了上年度考核奖金",
    ),
    Item(
        code="2120102",
        project=yuan("1,586,240.30"),
        initial=yuan("1,720,000.00"),
        use="市容巡查、法律服务和信息系统维护",
        reason="信息系统维护合同价低于预算",
    ),
    Item(
        code="2120199",
        project=yuan("742,600.00"),
        use="店招店牌安全隐患整治",
        reason="该项任务为年中新增，经费由年中追加解决",
    ),
    Item(
        code="2120501",
        basic=yuan("9,126,480.37"),
        project=yuan("48,736,912.45"),
        own_project=yuan("41,200.00"),
        other_income=yuan("58,316.42"),
        initial=yuan("58,240,000.00"),
        use="道路清扫保洁、生活垃圾清运和环卫作业管理人员支出",
        reason="部分道路因施工封闭，保洁作业量减少",
    ),
    Item(
        code="2130204",
        basic=yuan("8,597,462.19"),
        initial=yuan("8,640,000.00"),
        use="绿化管理所人员支出和日常公用支出",
        reason="压减一般性支出",
    ),
    Item(
        code="2130205",
        project=yuan("5,218,430.66"),
        initial=yuan("4,960,000.00"),
        use="公益林养护和林地补种",
        reason="台风后追加了倒伏树木清理和补种经费",
    ),
    Item(
        code="2210201",
        basic=yuan("2,873,512.00"),
        initial=yuan("2,873,512.00"),
        use="在职人员住房公积金的单位缴存",
    ),
    Item(
        code="2210203",
        basic=yuan("1,406,338.00"),
        initial=yuan("1,432,000.00"),
        use="符合条件人员的购房补贴",
        reason="享受补贴的人员减少",
    ),
    Item(code="2120803", fund_project=yuan("6,482,350.00"), use="沿河公共绿地的新建"),
)

LEDGER = Ledger(
    items=ITEMS,
    economic=ECONOMIC_LINES,
    opening=Balance(own=yuan("12,480.15")),
    prior=PriorYear(
        opening=Balance(own=yuan("9,624.80")),
        general_income=yuan("86,942,175.34"),
        fund_income=yuan("7,215,600.00"),
        own_income=yuan("43,718.35"),
        personnel=yuan("30,614,820.55"),
        public=yuan("4,682,139.27"),
        operating=yuan("1,532,718.60"),
    ),
    three_public=ThreePublic(
        abroad=PublicLine(
            budget=yuan("60,000.00"), actual=yuan("41,836.50"), prior=yuan("52,310.00")
        ),
        running=PublicLine(
            budget=yuan("240,000.00"), actual=yuan("205,318.74"), prior=yuan("221,604.18")
        ),
        reception=PublicLine(
            budget=yuan("30,000.00"), actual=yuan("12,470.00"), prior=yuan("15,236.00")
        ),
        cars_held=10,
        visits=12,
        guests=96,
    ),
    procurement=Procurement(
        goods=yuan("1,284,630.00"),
        works=yuan("8,426,500.00"),
        services=yuan("36,718,240.50"),
        small_medium=yuan("28,430,600.00"),
        small_micro=yuan("9,318,750.00"),
    ),
    operating=yuan("1,486,320.45"),
)


LAYOUT = Layout(
    entity=ENTITY,
    year=YEAR,
    unit="万元",
    above=lambda _, __: ("单位：万元",),
    title=lambda _, name: name,
    numbered=False,
    commas=False,
    nil_lines="0.00",
    total_last_in_05=True,
    code_head="功能分类科目编码",
    surplus="使用非财政拨款结余",
    notes={
        "01": ("注：本表反映本部门2024年度收入、支出和年末结转结余的总体情况。",),
        "02": ("注：本表反映本部门2024年度各项收入情况。",),
        "03": ("注：本表反映本部门2024年度各项支出情况。",),
        "04": ("注：本表反映本部门2024年度财政拨款收入、支出和结转结余的总体情况。",),
        "05": ("注：本表反映本部门2024年度一般公共预算财政拨款支出情况。",),
        "06": ("注：本表反映本部门2024年度一般公共预算财政拨款基本支出明细情况。",),
        "07": ("注：本表反映本部门2024年度“三公”经费的预算数和决算数。",),
        "08": ("注：本表反映本部门2024年度政府性基金预算财政拨款的收入、支出及结转和结余情况。",),
        "09": (
            "注：本表反映本部门2024年度国有资本经营预算财政拨款的收入、支出及结转和结余情况。",
            f"说明：{ENTITY}2024年度没有国有资本经营预算财政拨款收入和支出，故本表无数据。",
        ),
    },
    wide=frozenset({"02", "03", "07", "08", "09"}),
    tall=frozenset({"02", "03", "04", "05"}),
)
