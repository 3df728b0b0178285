"""Findings decided before (基线): what a file says is known, so that only what is new is shown.

A finding is recognised by its fingerprint within one unit's report of one year: the same words of two
units are two findings. It survives corrections elsewhere in the document.
"""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from gouji.model.report import DocumentInfo

BaselineStatus = Literal["known", "confirmed", "dismissed"]
"""已知 · 属实 · 不成立"""
Key = tuple[str, int, str]
"""Unit, fiscal year, fingerprint; "" and 0 where they are not known."""


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)


class BaselineEntry(_Frozen):
    """One finding that is known (基线条目)."""

    fingerprint: str
    entity: str | None = None
    fiscal_year: int | None = None
    rule: str
    message: str
    """As it was when it was noted: for people."""
    status: BaselineStatus
    reason: str = ""
    date: str = ""
    """When it was noted or changed, ISO 8601."""

    @property
    def key(self) -> Key:
        """What it is recognised by."""
        return (self.entity or "", self.fiscal_year or 0, self.fingerprint)


class Baseline(_Frozen):
    """The findings known (基线), ordered by unit, year, rule and fingerprint."""

    schema_: Literal["gouji.baseline/1"] = Field("gouji.baseline/1", alias="schema")
    entries: tuple[BaselineEntry, ...] = ()

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        use_attribute_docstrings=True,
        populate_by_name=True,
        json_schema_extra={"required": ["schema", "entries"]},
    )

    def by_key(self) -> dict[Key, BaselineEntry]:
        """Return the entries by what they are recognised by."""
        return {entry.key: entry for entry in self.entries}


def key_in(document: DocumentInfo, fingerprint: str) -> Key:
    """Return what a finding of a document is recognised by."""
    return (document.entity or "", document.fiscal_year or 0, fingerprint)


def ordered(entries: dict[Key, BaselineEntry]) -> Baseline:
    """Return a baseline whose order depends on the entries alone."""
    by_rule = sorted(
        entries.values(), key=lambda e: (e.entity or "", e.fiscal_year or 0, e.rule, e.fingerprint)
    )
    return Baseline(entries=tuple(by_rule))
