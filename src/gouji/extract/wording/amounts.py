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
_NO_PERCENT = re.compile(
    rf"(?:增长|下降|上升|降低|减少率|(?:增长|下降|上升|降低)(?:率|幅度)|增幅|降幅)(?:了|为)?(?P<number>{_DECIMAL})(?=[。;、)]|,(?!\d)|$)"
    rf"|占(?:[^,。;:\d\n]{{0,16}}(?:的|比重?|比例))?(?:为)?(?P<share>{_DECIMAL})(?=[。;、)]|,(?!\d)|$)"
    r"|占[^,。;:\d\n]{1,16}(?:的|比重|比例)(?:为)?(?P<round>\d{1,3})(?=[。;)]|,(?!\d)|$)"
    rf"|(?:完成(?:年初|全年|调整后?)?预算数?的?|(?:执行|到位|完成|支付)率(?:为|达|达到)?)"
    rf"(?P<completion>{_NUMBER})(?=[。;、)]|,(?!\d)|$)",
    re.MULTILINE,
)
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
    for found in _NO_PERCENT.finditer(prose.text):
        if "分别" not in prose.sentence(found.start()):
            number = next(text for text in found.groupdict().values() if text)
            yield _residue(prose, "no_percent", found, number)


def _residue(prose: Prose, kind: ResidueKind, found: re.Match[str], number: str) -> Residue:
    start, end = found.span()
    return Residue(kind, number, prose.place(start, end), prose.block(start))
