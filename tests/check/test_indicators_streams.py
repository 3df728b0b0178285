"""Forms whose cells ran together in copying: rows are found again, and nothing is alleged."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from gouji.check.judge import FAILING
from gouji.check.rule import all_rules
from gouji.check.run import run_rules
from gouji.extract import extract
from gouji.model.disclosure import Disclosure
from gouji.model.document import Grid
from gouji.pipeline import examine
from gouji.read import read_text
from gouji.understand import understand

FOLDER = Path(__file__).parents[2] / "fixtures" / "indicators"
FORMS: dict[str, dict[str, Any]] = {
    name: form
    for file in ("layouts", "provinces", "pasted")
    for name, form in yaml.safe_load((FOLDER / f"{file}.yaml").read_text("utf-8")).items()
}
NOT_READ = {
    "standards_for_targets", "transfer_payment_without_scores", "chongqing_without_levels",
    "shanghai_weights_on_all_levels", "henan_overall_with_yearly_duties", "second_level_without_third",
    "tiers_in_five_grades", "guangdong_name_and_weight_of_each_level", "sign_number_unit_without_heads",
    "one_indicator",
}  # fmt: skip
"""Forms whose rows do not show once their cells ran together."""
READ = [name for name in FORMS if name not in NOT_READ]
MINE = [r for r in all_rules() if r.code[:3] in ("IND", "DEF")]
BREAKS = [
    pytest.param(FORMS[name]["text"], *broken, id=f"{name}-{n}")
    for name in READ
    for n, broken in enumerate(FORMS[name].get("breaks", ()), 1)
]
SEPARATORS = pytest.mark.parametrize("between", ["\n", " ", " |\n"])


def _run_together(text: str, between: str) -> str:
    cells = [cell.replace(" ", "") for cell in re.split(r"[\t\n|]", text) if cell.strip()]
    return between.join(cells) + "\n"


def _checked(text: str) -> tuple[Disclosure, list[str]]:
    document = read_text(text, "pasted")
    disclosure = extract(document, understand(document))
    ledger = run_rules(disclosure, MINE)
    return disclosure, [j.rule.code for j in ledger.judged if j.verdict.grade in FAILING]


@SEPARATORS
@pytest.mark.parametrize("name", FORMS)
def test_a_balanced_form_stays_silent_when_its_cells_ran_together(name: str, between: str) -> None:
    """Whatever of the form is found again, nothing is alleged that the form does not say."""
    assert _checked(_run_together(FORMS[name]["text"], between))[1] == []


@SEPARATORS
@pytest.mark.parametrize("name", READ)
def test_the_rows_of_a_form_are_found_again(name: str, between: str) -> None:
    """One cell a line, spaces, or pipes at the ends of lines: weights and scores are the form's."""
    disclosure, _ = _checked(_run_together(FORMS[name]["text"], between))
    (table,) = disclosure.indicators
    assert [i.weight.text if i.weight else None for i in table.indicators] == FORMS[name]["weights"]
    assert [i.score.text if i.score else None for i in table.indicators] == FORMS[name]["scores"]


@pytest.mark.parametrize(("text", "old", "new", "rules"), BREAKS)
def test_a_changed_figure_fails_no_other_rule_than_in_the_table(
    text: str, old: str, new: str, rules: list[str]
) -> None:
    failing = _checked(_run_together(text.replace(old, new), "\n"))[1]
    assert set(failing) <= set(rules)


def test_a_form_without_even_spaces_is_said_to_be_unread() -> None:
    """Nothing of it is read as prose: no statement, and a reason in the reader's words."""
    glued = _run_together(FORMS["units_written_out"]["text"], "").replace("=", "")
    report = examine(glued, name="粘贴").report
    assert report.findings == ()
    assert any("单元格连成一片" in check.reason for check in report.checks)
    assert report.coverage.checked == 0


def test_a_cell_of_such_a_form_is_named_by_its_line_alone() -> None:
    """What was one row of sixty cells has no row and no column a reader could find."""
    text = _run_together(FORMS["units_written_out"]["text"], "\n").replace(
        "公众满意度", "……\n公众满意度"
    )
    (finding,) = (f for f in examine(text, name="粘贴").report.findings if f.rule == "RES009")
    assert "栏" not in finding.message


def test_what_stands_around_a_form_stays_prose() -> None:
    """The form is one grid between two paragraphs; every cell knows where it is printed."""
    form = _run_together(FORMS["units_written_out"]["text"], " ").strip()
    text = f"本单位组织了自评。{form}\n以上为自评情况。\n"
    document = read_text(text, "pasted")
    (grid,) = (b for b in document.blocks if isinstance(b, Grid))
    assert len(document.blocks) > len([grid])
    assert all(text[c.place.start : c.place.end] == c.place.quote for c in grid.cells)
    assert document.blocks[-1] is not grid


def test_money_of_one_form_is_not_held_against_the_rows_of_another() -> None:
    """Where a total stands between 项目名称 and the head, the money belongs to another form."""
    form = FORMS["units_written_out"]["text"]
    first, second = form.split("绩效指标\t", 1)
    torn = first.replace("89.974\t10", "8.974\t10") + "总分\t100\t100\n绩效指标\t" + second
    disclosure, failing = _checked(_run_together(torn, "\n"))
    assert failing == []
    assert [t.budget for t in disclosure.indicators] == [()]


def test_a_form_most_of_whose_rows_did_not_come_out_alleges_nothing() -> None:
    """Where a third of the rows lack a value, none of them is judged."""
    rows = (
        FORMS["units_written_out"]["text"].replace("≥50个\t50\t", "50\t").replace("100\t20", "20")
    )
    disclosure, failing = _checked(
        _run_together(rows.replace("≥90百分比\t95", "≥90百分比\t85"), "\n")
    )
    assert all(row.shaky for table in disclosure.indicators for row in table.indicators)
    assert failing == []
