"""The published schemas are frozen: what the models generate is what is committed."""

from __future__ import annotations

from pathlib import Path

import pytest

from gouji.report.schemas import PUBLISHED, schema_text


@pytest.mark.parametrize("name", PUBLISHED)
def test_the_committed_schema_is_what_the_models_say(name: str, root: Path) -> None:
    """If this fails on purpose, a reader's parser breaks too: make version 2 instead."""
    committed = (root / "schemas" / f"{name}.schema.json").read_text(encoding="utf-8")
    assert committed == schema_text(PUBLISHED[name])
