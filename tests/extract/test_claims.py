"""Each grammar of claims has cases in fixtures/claims/<grammar>.yaml: pasted text and its claims.

A case names the claims that must come out, each by the fields it cares about, in printed order.
Types named there may not come out more often; types under `none` may not come out at all.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml

from gouji.extract import claims_of
from gouji.extract.claims import read_claims
from gouji.model.claim import AnyClaim
from gouji.model.figure import Figure
from gouji.model.outline import Outline
from gouji.read import read_text

FIXTURES = Path(__file__).parents[2] / "fixtures" / "claims"
CASES: list[tuple[str, dict[str, Any]]] = [
    (f"{path.stem}-{name}", case)
    for path in sorted(FIXTURES.glob("*.yaml"))
    for name, case in yaml.safe_load(path.read_text(encoding="utf-8")).items()
    if name != "grammar"
]
SORTED_CASES = [(name, case) for name, case in CASES if "others" in case]


def _printed(value: object) -> object:
    """Return a field as a fixture writes it: figures by their text."""
    if isinstance(value, Figure):
        return value.text
    if isinstance(value, tuple):
        return [_printed(v[0] if isinstance(v, tuple) else getattr(v, "figure", v)) for v in value]
    return value


def _flat(claim: AnyClaim) -> dict[str, object]:
    fields = {name: getattr(claim, name) for name in claim.__dataclass_fields__}
    said = {name: _printed(value) for name, value in fields.items()}
    subject = claim.subject
    said.update(subject=subject.text, item=subject.item, measure=subject.measure, year=subject.year)
    base = fields.get("base")
    if base is not None:
        said.update(base=base.kind, base_value=_printed(base.figure), base_year=base.year)
    percent, value = fields.get("percent"), fields.get("value")
    if isinstance(percent, Figure):
        said["percent_unit"] = percent.unit.name if percent.unit else None
    if isinstance(value, Figure):
        said["unit"] = value.unit.name if value.unit else None
    return said


@pytest.mark.parametrize("case", [c for _, c in CASES], ids=[n for n, _ in CASES])
def test_a_text_states_the_claims_it_should(case: dict[str, Any]) -> None:
    said = [_flat(c) for c in claims_of(read_text(case["text"], name="case"))]
    wanted = case.get("claims", [])
    left = list(said)
    for claim in wanted:
        fits = [s for s in left if all(s.get(k) == v for k, v in claim.items())]
        assert fits, (claim, [s for s in said if s["type"] == claim["type"]])
        left.remove(fits[0])
    counts = Counter(s["type"] for s in said)
    for kind, number in Counter(c["type"] for c in wanted).items():
        if kind != "level" or len(wanted) == number:
            assert counts[kind] == number, (kind, [s for s in said if s["type"] == kind])
    for kind in case.get("none", []):
        assert counts[kind] == 0, kind


@pytest.mark.parametrize("case", [c for _, c in SORTED_CASES], ids=[n for n, _ in SORTED_CASES])
def test_numbers_that_are_no_quantities_say_why(case: dict[str, Any]) -> None:
    outline = Outline("other", None, None, None, None, (), ())
    _, numbers = read_claims(read_text(case["text"], name="case"), outline)
    for text, reason in case["others"].items():
        found = [n for n in numbers if n.place.quote == text]
        assert found
        assert {n.reason for n in found} == {reason}


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("林业部门19日公布了经费情况。", "date"),
        ("2019下半年调出。", "year"),
        ("电子邮箱：hello@163.com", "code"),
        ("通过“832”平台采购。", "name"),
        ("2031年度部门决算", "year"),
        ("截至2031年12月31日", "date"),
        ("根据示财〔2031〕8号通知", "doc_number"),
        ("公开03表", "table_number"),
        ("附件2", "attachment_number"),
        ("图1:收支情况", "figure_number"),
        ("3.其他说明", "ordinal"),
        ("2080505机关事业单位基本养老保险缴费支出", "code"),
        ("印发《办法(第2版)2031》的通知", "name"),
    ],
)
def test_a_number_that_is_no_quantity_makes_no_claim(text: str, reason: str) -> None:
    outline = Outline("other", None, None, None, None, (), ())
    claims, numbers = read_claims(read_text(text, name="case"), outline)
    assert claims == ()
    assert {n.use for n in numbers} == {"not_a_quantity"}
    assert reason in {n.reason for n in numbers}


def test_every_number_of_the_prose_is_accounted_for_once() -> None:
    """Claimed, no quantity, or unread: nothing disappears (数字去向)."""
    text = "一、收入情况\n\n2031年度收入总计50.00万元,比上年增加2.00万元,增长4.17%。见附件1,共3页。"
    outline = Outline("other", None, None, 2031, None, (), ())
    document = read_text(text, name="case")
    claims, numbers = read_claims(document, outline)
    assert [n.place.quote for n in numbers] == ["2031", "50.00", "2.00", "4.17", "1", "3"]
    ids = {c.id for c in claims}
    assert all(set(n.claims) <= ids for n in numbers)
    assert all(bool(n.claims) == (n.use == "claimed") for n in numbers)


def test_places_quote_the_source() -> None:
    text = "本年收入合计 50.00 万元，比上年增加 2.00 万元，增长 4.17%。"
    (claim,) = claims_of(read_text(text, name="case"))
    assert text[claim.place.start : claim.place.end] == claim.place.quote
    assert claim.place.quote.startswith("本年收入合计")


@pytest.mark.parametrize(
    "piece",
    ["与上年", "1万元", "增长5%,", "(", "其中:甲1万元、", "比上年减少1万元,下降2%,", "主要包括"],
)
def test_a_hostile_paragraph_is_read_to_its_end(piece: str) -> None:
    """No pattern backtracks without end on a long line (防止灾难性回溯)."""
    claims_of(read_text(piece * 3000, name="case"))


@pytest.mark.parametrize(
    "text",
    [
        "发布于20.05.2016，今年1-4月支出情况如下。",
        "2014年05月28日 06:01 发布。",
        "连续3年开展3-6岁儿童保教工作。",
    ],
)
def test_dates_times_and_spans_of_years_are_no_quantities(text: str) -> None:
    document = read_text(text, "日期")
    _, numbers = read_claims(document, Outline("other", None, None, 2016, None, (), ()))
    assert {n.use for n in numbers} == {"not_a_quantity"}
