"""Labels are the same words wherever a closed set is named."""

from __future__ import annotations

from gouji.check import rule
from gouji.report.labels import FAMILIES, READING
from gouji.screen.across import rule as across


def test_every_family_has_the_name_its_registry_gives_it() -> None:
    named = {code: name for code, name in FAMILIES.items() if code != READING}
    assert named == rule.FAMILIES | across.FAMILIES
