"""A document out to harm its reader: markup, formulas, hidden marks, control characters, endless lines."""

from __future__ import annotations

from dataclasses import replace

from gouji.check.findings import examined
from gouji.check.judge import judge
from gouji.check.run import Judged, Ledger
from gouji.messages import Catalogue, Language
from gouji.model.claim import PrintedNumber
from gouji.model.document import Cell, Grid, Page
from gouji.model.examined import Examined
from gouji.model.place import CellRef, Place
from gouji.model.relation import AnyRelation, Breach
from tests.report.handmade import disclosure, rule

SCRIPT = "<script>alert(1)</script>"
FORMULA = "=cmd|' /C calc'!A0"
TURNED = "金额\u202e00.001\u202c元"
CONTROL = "响铃\x07转义\x1b[31m红\x00\ufffe"
ENDLESS = "长" * 10_000_000
STRINGS = (SCRIPT, FORMULA, "@SUM(A1)", "+1+cmd()", "-2+3", "\t=1+1", "＝1+1", TURNED, CONTROL)


def hostile(lang: Language = "zh", *, endless: bool = False) -> Examined:
    """Return an examined text whose quotes, cells, numbers, name and entity are all hostile."""
    strings = (*STRINGS, ENDLESS) if endless else STRINGS
    text, places = "", []
    for string in strings:
        start = len(text)
        text += string + "\n"
        places.append(Place(string, start, start + len(string)))
    relations: list[AnyRelation] = [
        Breach(
            subject="",
            grade="broken",
            message="写作“{quote}”",
            words={"quote": place.quote},
            evidence=(("statement", place),),
        )
        for place in places
    ]
    cells = tuple(
        Cell(n, 0, place.quote, replace(place, cell=CellRef("g1", n, 0)))
        for n, place in enumerate(places)
    )
    plain = disclosure()
    document = replace(
        plain.document,
        name=f"{SCRIPT}.txt",
        pages=(Page(None, text),),
        blocks=(Grid("g1", len(cells), 1, cells),),
    )
    of = replace(
        plain,
        document=document,
        outline=replace(plain.outline, entity=FORMULA, grids=()),
        numbers=tuple(PrintedNumber(place, 0, "unread") for place in places),
    )
    ledger = Ledger(tuple(Judged(rule("RES001"), judge(r)) for r in relations), ())
    return examined(of, ledger, (), Catalogue(lang))
