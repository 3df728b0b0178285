"""Performance tables in the published extraction: valid, and nothing the model holds is left out."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from gouji.extract import extract
from gouji.read import read_document
from gouji.report.extraction import to_json
from gouji.understand import understand

SAMPLES = Path("fixtures") / "documents" / "self-evaluation"


def _published(root: Path, name: str) -> dict[str, Any]:
    document = read_document(root / SAMPLES / name)
    shown: dict[str, Any] = json.loads(to_json(extract(document, understand(document))))
    return shown


@pytest.mark.parametrize("name", ["project.pdf", "overall.txt"])
def test_the_extraction_of_a_performance_report_fits_its_schema(name: str, root: Path) -> None:
    schema = json.loads((root / "schemas" / "extract.v1.schema.json").read_text("utf-8"))
    jsonschema.validate(_published(root, name), schema)


def test_a_project_table_is_published_with_targets_headings_and_names(root: Path) -> None:
    (table,) = _published(root, "project.pdf")["indicators"]
    assert (table["form"], table["implementer"]) == ("project", "滨溪县水文观测站")
    assert [row["key"] for row in table["budget"]] == ["total", "fiscal", "carried", "other"]
    assert table["headings"][0]["label"] == "成本指标(20分)"
    row = table["indicators"][1]
    assert (row["target"], row["typed_target"]["operator"]) == ("≤2.15万元/个", "at_most")
    assert (row["typed_target"]["value"]["value"], row["typed_target"]["per"]) == ("2.15", "个")
    assert row["typed_actual"]["value"]["unit"] == "万元"
    assert (table["weight"]["value"], table["score"]["value"]) == ("100", "99.80")


def test_an_overall_table_is_published_with_its_tasks_and_goal(root: Path) -> None:
    (table,) = _published(root, "overall.txt")["indicators"]
    assert [t["total"] for t in table["tasks"]] == [False] * 4 + [True]
    assert table["tasks"][0]["done"].startswith("维护断面")
    assert table["goal"].startswith("保障全县")
    assert table["outcome"].startswith("站网全年")
