"""The words of statements (用词): directions, bases, measures, copulas, boundaries.

Everything here is a small pattern matched at the end, or the start, of a short stretch of text
(a clause), so every match is linear and cheap.
"""

from __future__ import annotations

import re
from typing import Literal

from gouji.model.claim import Base, Direction, Measure

_UP = "增加|(?<![稳促保])增长|上升|(?<![稳促保])增收|增支|净增|提高|上涨|递增|增幅|增速|攀升|扩大|多支出|多收入|增(?=了?$)|调增|追加"
_DOWN = "减少|下降|降低|减收|减支|净减|压减|缩减|压缩|核减|下滑|回落|收窄|降幅|减幅|少支出|少收入|节约|节省|减(?=了?$)|降(?=了?$)|调减"
_BARE = "了|支出|额|数|金额|率|幅度|幅|为|约|达到|达|近|:|的"
_OPTION = r"(?:\((?:增加|减少|增长|下降|上升|降低)\)|/(?:增加|减少|增长|下降|上升|降低))?"
DIRECTION = re.compile(rf"(?:(?P<up>{_UP})|(?P<down>{_DOWN}))(?P<option>{_OPTION})(?:{_BARE})*$")
"""A direction word right before a number: 减少、下降(增长)、增幅为."""
NEUTRAL_RATE = re.compile(r"(?:增减率|变动率|变化率|增减变动率|变动幅度|增减幅度)(?:为|约|是|:)*$")
FOLLOWED_BY_DIRECTION = re.compile(
    rf"(?:的)?[,]?(?:共|各|均|分别)?(?:{_UP}|{_DOWN}|(?:基本|大致)?(?:持平|无增减|无变化|没有变化|无变动|不变|相同|一致|相等))"
)

_YEAR = r"(?:19|20)\d\d年?度?"
_WHEN = rf"上一?年度?|上一度|去年|前年|上期|同期|往年|{_YEAR}(?:\([^()]{{1,8}}\))?"
_WHAT = (
    r"(?:年初|全年|调整后?|调整)?预算(?:总额|安排|数字|数|额)?|(?:支出|收入)?决算(?:支出)?(?:总额|数字|数|额)?|"
    r"累计|同期|同口径|支出(?:总额|数|额)?|收入(?:总额|数|额)?|执行数|实际|实绩|水平|数字|数|总额|相比|相较|对比|比较|比|的|度|年末|年初|同类|期末|期初"
)
BASE = re.compile(
    rf"(?P<verb>相较于|相较|相比于|对比|较|比|与|同|和|跟)(?P<when>{_WHEN})?(?P<what>(?:{_WHAT})*)"
    r"(?P<comma>,)?(?:各|共|分别|均|都|略有?|大幅|有所|小幅|基本|均有|净)*"
)
"""A base phrase: 较上年决算数、与2023年度相比、比年初预算数、同比."""
SAME_PERIOD = re.compile(
    r"同比(?:上年度?|去年)?|环比|^[,;。\s]*(?:两者|前后)?(?:对比|相比)(?=[增减上下降提净]|$)"
)
_BUDGET_KINDS: tuple[
    tuple[str, Literal["initial_budget", "annual_budget", "adjusted_budget"]], ...
] = (
    ("年初预算", "initial_budget"),
    ("初预算", "initial_budget"),
    ("全年预算", "annual_budget"),
    ("调整后", "adjusted_budget"),
    ("调整预算", "adjusted_budget"),
    ("变动预算", "adjusted_budget"),
)
_YEAR_DIGITS = re.compile(r"(?:19|20)\d\d")

_TOTALLED = re.compile(r"(?:决算|预算)(总计|合计)")
_SIDED = re.compile(r"(?:决算|预算)(支出|收入)")
_FUND = "(?<!公共)(?<!基金)(?<!经营)(?<!资本)(?<!支出总)(?<!收支总)(?<!收入总)"
"""预算 in 一般公共预算 or 收支总预算 names money or a total, not a measure."""
MEASURE = re.compile(
    r"(?:(?P<initial_budget>年初部门预算|年初批复预算|年初安排预算|年初预算|初始预算)"
    r"|(?P<annual_budget>全年预算)"
    r"|(?P<adjusted_budget>调整后的?全年预算|调整后的?年?预算|调整预算|变动预算|调整后)"
    r"|(?P<prior>(?:上年度?|去年)(?:支出|收入)?(?:决算|执行|完成))"
    r"|(?P<final>决算(?:支出|收入)?|(?:实际|全年|累计|总|预算)?(?:支出执行|支出完成|执行|完成))"
    rf"|(?P<budget>{_FUND}预算(?:安排|支出|收入)?))"
    r"(?:总额|总数|数字|数|额|金额|合计|共计|总计)?(?:安排|为|是|:|共|\)|约|达到|达)*$"
)
"""The measure word a clause ends with: 年初预算数为、支出决算、全年执行数."""
COPULA = re.compile(
    r"(?:分别为|分别是|各为|各是|均为|都为|约为|达到|共计|累计|总共|为|是|约|达|共|均|各|(?<![总合累小])计|:|=|≥|≤|>|<|\+|了|有|[“”\"'(]|近|超过|逾|不足|近似|高达|仅|仅为|其中|\*)+$"
)
GENERIC = re.compile(
    r"(?:全年|当年|年度|本年度?|本期|实际|累计|共计?|合计|总计|总共|预计|已经?|共|完成|发生|支出|开支|支付|使用|执行|数|额|总额|金额|总数|情况|为|年|度|该项|本项|项目|费用|到位)*"
)
"""What is left of a clause that only repeats "spent": the subject is the one before."""
CONNECTOR = re.compile(
    r"^(?:其中|包括|其余|另外?|此外|同时|以及|并且?|即|如|分别(?:为|是)|具体(?:为|是|包括)|(?:主要)?原因(?:是|为|:)+|主要(?:是|为|包括|有|用于)|\((?:单位|部门|本级|本部)\)|是|和|与|及|以|含|由|有|按|从|对(?!个人|附属|企业|社会|民间)|因(?!公)|在(?![职编岗册校建])|为"
    r"|[一二三四五六七八九十]是|[一二三四五六七八九十]、|第[一二三四五六七八九十],?|\(?[一二三四五六七八九十]+\)|\(?\d{1,2}[.、)](?!\d)|[-·●•◆①-⑳,、;:。!?)”’'\s])+"
)
TIME = re.compile(
    r"^(?:截[至止]?(?:到)?)?(?:(?:19|20)\d\d|\d\d)年(?:度|末|底|初|全年|\d{1,2}月(?:\d{1,2}日|底|末|份)?)*(?:[,、]|$)?"
    r"|^(?:本年度?|当年度?|全年|年内|本年内|年末|年底|本期|期末|今年)(?=[^初预决收支度结])"
)
OWNER = re.compile(
    r"^(?:我|本|该)(?:部门|单位|局|委|办|中心|院|校|镇|乡|街道|所|站|厅|处|市|县|区|省|系统|级)+(?:\((?:单位|部门|本级|含[^()]{1,12})\))?(?:本级|机关(?!运行|运转|事业)|所属[^,;。]{0,14}?单位)?"
)
REASON = re.compile(
    r"(?:主要)?(?:的)?(?:变动|增减|增加|减少|增长|下降|差异|变化|持平|上升)?(?:的)?(?:主要)?(?:原因|原由)(?:是|为|在于|主要是|主要为|:|分析|有|,)*|主要(?:是)?:?(?:由于|因为|因(?!公)|无(?!形|偿)|没有|未)|主要系|系因|要原因是|^由于"
)
DIFFERENCE = re.compile(
    r"(?P<left>(?:支出|收入|实际)?(?:决算数?|支出数?|执行数|决算支出|决算金额))"
    r"(?P<word>大于|高于|超过|多于|小于|低于|少于|等于)(?P<right>(?:年初|全年|调整后?的?)?预算(?:数|金额)?)"
)
FLAT = re.compile(
    r"(?P<about>基本|大致|大体|总体)?(?:(?:上|保持)?(?:持平)|无增减变化|无增减变动|无增减|无变化|没有变化|无变动|没有增减变化|未发生变化|不变|相同|零增长|一致|相等)"
)
OPENER = re.compile(
    r"^.*(?:主要(?:包括|用于|是|为)|具体(?:包括|为|是)|其中|包括|用于(?:开支)?)(?:开支|支付)?(?=.)"
)
"""What opens a list inside a clause: 机关运行经费主要用于开支办公费."""
_RANK = re.compile(r"\(\d{0,3}(?:类|款|项)\)")
_WINDOW = 200
_HARD = "。;,:!?"


def after_opener(clause: str) -> str:
    """Return what stands after an opener; names inside a classification path hold none (用于…的支出)."""
    rank = _RANK.search(clause)
    found = OPENER.match(clause if rank is None else clause[: rank.start()])
    return clause[found.end() :] if found else clause


def direction_of(match: re.Match[str]) -> Direction:
    """Return up or down for a match of DIRECTION."""
    return "up" if match["up"] else "down"


def budget_kind(
    text: str,
) -> Literal["initial_budget", "annual_budget", "adjusted_budget", "budget"]:
    """Return which budget the words name (年初、全年、调整后), "budget" when they do not say."""
    for words, kind in _BUDGET_KINDS:
        if words in text:
            return kind
    return "budget"


def base_of(
    match: re.Match[str], fiscal_year: int | None, *, budgeting: bool = False
) -> Base | None:
    """Return the base a matched phrase names; None when the words compare nothing (比 alone)."""
    when, what = match["when"] or "", match["what"] or ""
    text = match[0].strip(",")
    if not when and what.startswith(("年初", "期初")) and "预算" not in what:
        return Base("named", text)
    if not when and "预算" not in what and "同期" not in what and "上年" not in what:
        return None
    found = _YEAR_DIGITS.search(when)
    year = int(found[0]) if found else None
    if "预算" in what and "执行" not in what:
        in_year = year is None or fiscal_year is None
        if "年初预算" in what and in_year and not when.startswith(("上", "去")):
            return Base("initial_budget", text, year)
        if not when or (year is not None and year == fiscal_year):
            return Base(budget_kind(what), text)
        return Base("prior_year" if budgeting else "named", text, year)
    if year is not None and fiscal_year is not None and year != fiscal_year - 1:
        return Base("named", text, year)
    if when in ("前年", "往年"):
        return Base("named", text)
    return Base("prior_year", text, year)


def measure_of(clause: str) -> tuple[Measure | None, str]:
    """Split the measure word off a clause's end: (measure, what stands before it)."""
    found = MEASURE.search(clause)
    if found is None:
        return None, clause
    kind: Measure = found.lastgroup  # type: ignore[assignment]  # group names are measures
    head = clause[: found.start()]
    total = _TOTALLED.match(found[0])
    if total and head.endswith(("收入", "支出", "收支", "收、支")):
        return kind, head + total[1]
    side = _SIDED.match(found[0])
    return kind, head + side[1] if side and head.endswith(("拨款", "预算", "基金")) else head


def clause_before(text: str, at: int, marks: str = "。;,:") -> int:
    """Return where the clause that ends at an offset begins; a clause is never very long."""
    first = max(0, at - _WINDOW)
    return max(first, *(text.rfind(c, first, at) + 1 for c in marks))


def clause_start(gap: str) -> int:
    """Return where the last clause of a gap between two numbers begins."""
    at = max(gap.rfind(c) for c in _HARD) + 1
    if gap.startswith("、"):
        at = max(at, 1)
    depth_open = gap.rfind("(")
    if depth_open >= at and ")" not in gap[depth_open:]:
        at = depth_open + 1
    elif ")" in gap[at:] and "(" not in gap[at:].split(")", 1)[0]:
        at += gap[at:].index(")") + 1
    return at
