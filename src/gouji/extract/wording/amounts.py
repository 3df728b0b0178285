"""Amounts and rates that lost their unit or per cent sign (缺单位、缺百分号)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from gouji.model.wording import Residue, ResidueKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gouji.extract.wording.scan import Prose

_NUMBER = r"\d+(?:,\d{3})*(?:\.\d+)?"
_DECIMAL = r"\d+(?:,\d{3})*\.\d{1,2}"
_MONEY = r"(?:支出|收入|经费|拨款|预算数?|决算数?|资金|金额|总计|合计|总额)"
_NO_UNIT = re.compile(
    rf"{_MONEY}(?:各|均|共|为|是|:|总额|总计|合计)*(?P<number>{_DECIMAL})"
    r"(?![\d.%‰])(?=主要|其中|用于|,其中|,占|,比|,较|,与|,完成|[;。])"
)
_SHORT_UNIT = re.compile(rf"{_MONEY}(?:为|共|共计|计)?(?P<number>{_NUMBER}万)(?=[(,。;、])")
_END = r"(?=[。;、)]|,(?!\d)|$)"
_SOME = r"(?!0+(?:\.0+)?(?![\d.]))"
"""Nought is nought with and without its sign."""
_MOVES = r"(?:增加|减少|增长|下降|上升|降低|提高)"
_NO_PERCENT = re.compile(
    rf"(?:增长|下降|上升|降低|减少率|(?:增长|下降|上升|降低)(?:率|幅度)|增幅|降幅)(?:了|为)?(?P<number>{_DECIMAL}){_END}"
    rf"|占(?:[^,。;:\d\n]{{0,16}}(?:的|比重?|比例))?(?:为)?(?P<share>{_DECIMAL}){_END}"
    r"|占[^,。;:\d\n]{1,16}(?:的|比重|比例)(?:为)?(?P<round>\d{1,3})(?=[。;)]|,(?!\d)|$)"
    rf"|(?<=元,)占(?:比重?为?)?(?P<part>{_SOME}\d{{1,3}}){_END}"
    rf"|(?<=元,)占[^,。;:\d\n]{{1,20}}(?:支出|收入|总额|合计|总计|经费)(?P<of>{_SOME}\d{{1,3}}(?:\.\d+)?){_END}"
    rf"|(?:完成(?:年初|全年|调整后?)?预算数?的?|(?:执行|到位|完成|支付)率(?:为|达|达到)?|幅度(?:为|达到?)?)"
    rf"(?P<completion>{_SOME}{_NUMBER}){_END}"
    rf"|(?:执行|为|是|达到?)[^,。;:\d\n]{{0,12}}[预决]算数?的(?P<base>{_SOME}{_NUMBER}){_END}"
    rf"|(?:(?<=[元人辆次])|(?<=[元人辆次][,、]))(?:同比|[较比]上年)?{_MOVES}(?:了|为)?(?P<rate>{_SOME}{_NUMBER}){_END}"
    rf"|(?<=%[和、及])(?P<last>{_SOME}{_NUMBER}){_END}",
    re.MULTILINE,
)
"""After an amount of change the rate of change is what is printed next: 减少 3.05 万元、下降 100."""
_NO_MEASURE = re.compile(
    rf"(?:同比|[较比][^,。;:\n]{{1,24}}?){_MOVES}了?(?P<number>{_SOME}{_NUMBER}){_END}",
    re.MULTILINE,
)
"""An amount or a rate, it cannot be told: 比上年预算执行数增加 2.54。"""
_STATED_UNIT = re.compile(r"单位[:为]")


def read_amounts(prose: Prose) -> Iterator[Residue]:
    """Yield numbers without unit or per cent sign (缺单位)."""
    for found in _NO_UNIT.finditer(prose.text):
        # "分别为 3.20、4.10 万元" and "(单位:万元)" give the unit elsewhere in the sentence.
        sentence = prose.sentence(found.start())
        if "分别" not in sentence and not _STATED_UNIT.search(sentence):
            yield _residue(prose, "no_unit", found, found["number"])
    for found in _SHORT_UNIT.finditer(prose.text):
        yield _residue(prose, "short_unit", found, found["number"])
    rates = list(_NO_PERCENT.finditer(prose.text))
    for found in rates:
        # "分别增长 3.20、4.10%" gives the sign last; after a sign in the list it is due.
        if found["last"] or "分别" not in prose.sentence(found.start()):
            number = next(text for text in found.groupdict().values() if text)
            yield _residue(prose, "no_percent", found, number)
    ends = {found.end() for found in rates}
    for found in _NO_MEASURE.finditer(prose.text):
        if found.end() not in ends and "分别" not in prose.sentence(found.start()):
            yield _residue(prose, "no_measure", found, found["number"])


def _residue(prose: Prose, kind: ResidueKind, found: re.Match[str], number: str) -> Residue:
    start, end = found.span()
    return Residue(kind, number, prose.place(start, end), prose.block(start))
