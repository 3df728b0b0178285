"""JSON Schemas of what gouji publishes (模式), generated from the models by `make docs`.

Version 1 is frozen: a change of a published model that is no pure addition makes version 2.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Literal

from pydantic import BaseModel

from gouji.llm.answers import ANSWERS
from gouji.llm.answers import schema_text as answer_schema
from gouji.model.baseline import Baseline
from gouji.model.report import Report
from gouji.report.extracted import Extraction

PUBLISHED: dict[str, type[BaseModel]] = {
    "report.v1": Report,
    "extract.v1": Extraction,
    "baseline.v1": Baseline,
}
WRITTEN_BY_HAND: tuple[type[BaseModel], ...] = (Baseline,)
"""What people may write too: fields that have a default may be left out."""


def schema_text(model: type[BaseModel]) -> str:
    """Return a model's schema as it is committed under schemas/."""
    mode: Literal["validation", "serialization"] = (
        "validation" if model in WRITTEN_BY_HAND else "serialization"
    )
    schema = model.model_json_schema(by_alias=True, mode=mode)
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


def write_schemas(folder: Path) -> None:
    """Write every published schema into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, model in PUBLISHED.items():
        (folder / f"{name}.schema.json").write_text(schema_text(model), encoding="utf-8")
    (folder / "llm").mkdir(exist_ok=True)
    for task in ANSWERS:
        (folder / "llm" / f"{task}.schema.json").write_text(answer_schema(task), encoding="utf-8")


if __name__ == "__main__":
    write_schemas(Path(sys.argv[1]))
