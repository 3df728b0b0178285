"""Bands a report prints count before the usual ones (自定等级分档)."""

from __future__ import annotations

import pytest

from gouji.pipeline import examine

HEAD = "区图书馆2024年度项目支出绩效自评报告\n\n一、评价结论\n\n"
OWN = "评价等级分为四档：95（含）-100分为优，85（含）-95分为良，70（含）-85分为中，70分以下为差。"
USUAL = "评价等级：优（90-100分）、良（80-89分）、中（60-79分）、差（60分以下）。"


def _rules(text: str) -> list[str]:
    return [f.rule for f in examine(HEAD + text + "\n", name="粘贴").report.findings]


@pytest.mark.parametrize(
    ("said", "rules"),
    [
        (OWN + "项目综合得分93分，评价等级为良。", []),
        (OWN + "项目综合得分93分，评价等级为优。", ["IND029"]),
        (OWN + "项目综合得分95分，评价等级为优。", []),
        (USUAL + "项目综合得分89.5分，评价等级为良。", []),
        (USUAL + "项目综合得分88.5分，评价等级为优。", ["IND029"]),
        ("项目综合得分88.5分，评价等级为优。", ["IND029"]),
        ("项目自评得分99分，自评结果为合格。", []),
        ("项目自评得分52分，自评结果为合格。", ["IND029"]),
    ],
)
def test_a_grade_is_held_against_the_bands_of_its_report(said: str, rules: list[str]) -> None:
    assert _rules(said) == rules


def test_one_grade_alone_is_no_scale() -> None:
    """A threshold named for one grade leaves the usual bands in force."""
    assert _rules("服务满意度90分以上为优。项目综合得分85分，评价等级为优。") == ["IND029"]
