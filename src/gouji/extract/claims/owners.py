"""Whose money each paragraph speaks of, where a text speaks of several bodies (各部门的数).

News and joint notices print the same items of one body after the other; a report of one body names
only itself, and is left as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from gouji.model.document import Paragraph

_OWNER = re.compile(
    r"(?:^|。)[“\s]?(?:(?:19|20)\d\d年度?,?)?(?:其中,)?"
    r"(?P<name>[\u4e00-\u9fff]{1,16}?(?:部|局|委|厅|署|银行|法院|检察院))"
    r"(?=(?:19|20)\d\d年|去年|今年|\d{1,2}日|公布|公开|“?三公|公务)"
)
_NO_NAME = re.compile("本|我|该|各|全部|内部|干部|有关|部门|所属")


def owners_of(paragraphs: Iterable[Paragraph], entity: str) -> dict[int, str]:
    """Return block → the body last named at the start of a sentence; empty for a text of one body."""
    named: dict[int, str] = {}
    last = ""
    for paragraph in paragraphs:
        found = _OWNER.search(paragraph.text)
        if found is not None and not _NO_NAME.search(found["name"]):
            last = found["name"]
        if last:
            named[paragraph.index] = last
    names = set(named.values())
    apart = {n for n in names if n not in entity and not any(n != m and n in m for m in names)}
    return named if len(apart) > 1 else {}
