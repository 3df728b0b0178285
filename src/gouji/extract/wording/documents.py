"""Numbers of official documents with their titles and days of issue (文号)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from gouji.model.wording import DocumentNumber, IssueDate

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gouji.extract.wording.scan import Prose

_NUMBER = re.compile(
    r"(?P<open>[\[(〔【「„﹝])(?P<year>(?:19|20)\d{2})(?P<close>[\])〕】」‟﹞])\s?第?(?P<serial>\d{1,4})号"
)
_ISSUER = re.compile(r"[\u4e00-\u9fff]{2,16}$")
_LEAD = re.compile(
    r".*(?:根据|按照|依据|依照|执行|贯彻|落实|印发|转发|下发|以及|参照|遵照|通过|收到|关于|《|文件|的通知"
    r"|据|照|及|和|与|以|见|按|由|的|为|厅|法院|局|政府)"
)
_ISSUED = re.compile(
    r"(?:\([^()《》\d]{0,12}|(?<=号)(?:文件?)?已?于)"
    r"(?P<year>(?:19|20)\d{2})年(?P<month>\d{1,2})月(?P<day>\d{1,2})日"
    r"(?:正式)?(?:印发|下发|下达|发布|发文|签发|出台)"
)
"""In brackets after the number, or 某号文件于…印发; a date further off may be another document's."""
_TITLE_AFTER = re.compile(
    r"文?(?P<title>关于[^。;,、《》()〔〕\[\]]{4,70}?的(?:通知|批复|意见|办法|函|报告|决定|方案|公告))"
)
_FARTHEST = 90
_SHORTEST_ISSUER, _LONGEST_ISSUER = 2, 16


def read_document_numbers(prose: Prose) -> Iterator[DocumentNumber]:
    """Yield every document number with the title beside it and its day of issue (文号)."""
    if "号" not in prose.text:
        return
    matches = list(_NUMBER.finditer(prose.text))
    for i, found in enumerate(matches):
        before = _ISSUER.search(prose.text, max(0, found.start() - _LONGEST_ISSUER), found.start())
        if before is None:
            continue
        issuer = _LEAD.sub("", before[0])
        if len(issuer) < _SHORTEST_ISSUER:
            issuer = before[0]
        start = found.start() - len(issuer)
        line_start, line_end = prose.line(start)
        following = matches[i + 1].start() if i + 1 < len(matches) else line_end
        until = min(line_end, following, found.end() + _FARTHEST)
        title = _title_after(prose.text, found.end()) or _title_before(
            prose.text, line_start, start
        )
        yield DocumentNumber(
            issuer=issuer,
            year=int(found["year"]),
            serial=int(found["serial"]),
            brackets=found["open"] + found["close"],
            place=prose.place(start, found.end()),
            block=prose.block(start),
            title=prose.text[slice(*title)] if title else "",
            title_place=prose.place(*title) if title else None,
            issued=_issued(prose, found.end() - 1, until),
        )


def _title_after(text: str, at: int) -> tuple[int, int] | None:
    found = _TITLE_AFTER.match(text, at)
    return found.span("title") if found else None


def _title_before(text: str, line_start: int, at: int) -> tuple[int, int] | None:
    """Return the title in 《》 right before "(某财〔2024〕1号)"."""
    if text[at - 2 : at] != "》(" or at - 2 < line_start:
        return None
    depth = 0
    for i in range(at - 2, max(line_start, at - _FARTHEST) - 1, -1):
        depth += (text[i] == "》") - (text[i] == "《")
        if depth == 0:
            return i + 1, at - 2
    return None


def _issued(prose: Prose, start: int, until: int) -> IssueDate | None:
    found = _ISSUED.search(prose.text, start, until)
    if found is None:
        return None
    return IssueDate(
        int(found["year"]), int(found["month"]), int(found["day"]),
        prose.place(found.start("year"), found.end()),
    )  # fmt: skip
