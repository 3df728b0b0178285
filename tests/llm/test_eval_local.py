"""The evaluation of a local model: rows of the same cases, told beside each other, and what is worse named."""

from __future__ import annotations

import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

pytest.importorskip("langchain_openai", reason="the llm extra is not installed")

from gouji.evaluate.scorers.scored import Scored
from gouji.llm.scripted import Scripted

FOLDER = Path(__file__).resolve().parents[2] / "eval"
sys.path.insert(0, str(FOLDER / "llm"))
eval_local = import_module("eval_local")
local_sets = import_module("local_sets")
odd = import_module("odd")


class Chat:
    """A model that reads the odd wordings rightly, as the evaluation asks for one."""

    def for_document(self) -> Scripted:
        return Scripted(odd.perfect)


@pytest.fixture(scope="module")
def rows() -> list[object]:
    (asked,) = local_sets.sets(None, None)
    return list(eval_local.measured(eval_local.Bench(Chat()), [asked], minutes=0))


def test_a_set_out_of_time_is_of_one_case_for_every_engine(rows: list[object]) -> None:
    told = [(row.name, row.engine, len(row.scores)) for row in rows]  # type: ignore[attr-defined]
    assert told == [("odd wordings", engine, 1) for engine in ("rules", "hybrid", "llm")]
    assert [row.figures["odd.read"] for row in rows] == [(0, 12), (12, 12), (12, 12)]  # type: ignore[attr-defined]


def test_the_page_holds_the_new_tables_between_its_marks(
    rows: list[object], tmp_path: Path
) -> None:
    page = tmp_path / "page.md"
    page.write_text(f"# A\n\n{eval_local.MARK}\nold\n{eval_local.MARK}\n\nafter\n", "utf-8")
    eval_local.write(page, eval_local.table(rows))
    told = page.read_text("utf-8")
    assert "| odd wordings (1) | hybrid | 12/12 |" in told
    assert "old" not in told
    assert told.endswith(f"{eval_local.MARK}\n\nafter\n")
    eval_local.write(page, "again")
    assert page.read_text("utf-8").count(eval_local.MARK) == 2


@pytest.mark.parametrize(
    ("name", "rules", "hybrid", "is_worse"),
    [
        ("claims.recall", (9, 10), (8, 10), True),
        ("claims.recall", (9, 10), (18, 20), False),
        ("clean.errors", (0, 8), (1, 8), True),
        ("odd.false", (1, 8), (0, 8), False),
    ],
)
def test_a_figure_that_is_worse_with_the_model_is_named(
    name: str, rules: tuple[int, int], hybrid: tuple[int, int], *, is_worse: bool
) -> None:
    made = [
        eval_local.Row("set", engine, [Scored({name: figure})])
        for engine, figure in (("rules", rules), ("hybrid", hybrid))
    ]
    assert [name in said for said in eval_local.worse(made)] == [True] * is_worse


def test_quotes_that_are_not_printed_are_named() -> None:
    row = eval_local.Row("set", "hybrid", [Scored()])
    row.use["foreign"] = 1
    rules = eval_local.Row("set", "rules", [Scored()])
    assert "not printed" in next(eval_local.worse([rules, row]))


def test_untitled_tables_are_known_to_us_and_not_to_the_rules(tmp_path: Path) -> None:
    """Reports of the generator, their titles taken off."""
    generator = FOLDER / "corpus" / "generate.py"
    subprocess.run(
        [sys.executable, str(generator), str(tmp_path), "--seeds", "9001"], check=True, timeout=120
    )
    *_, tables = local_sets.sets(None, tmp_path)
    (case,) = tables.cases
    figures = case.score(local_sets.examine(case.text, name="x.txt")).ratios
    assert figures["untitled.named"] == (0, 10)
    assert figures["untitled.misnamed"] == (0, 10)
    assert figures["untitled.alarmed"] == (0, 1)
