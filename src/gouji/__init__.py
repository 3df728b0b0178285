"""gouji (勾稽) checks published Chinese final accounts for statements that cannot both be true.

>>> report = gouji.check_document("report.pdf")
>>> report.summary.headline
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gouji.errors import GoujiError, InputError
    from gouji.model.disclosure import Disclosure
    from gouji.model.report import Evidence, Finding, Report
    from gouji.pipeline import check_document, extract_document

__version__ = "0.1.0"

__all__ = [
    "Disclosure",
    "Evidence",
    "Finding",
    "GoujiError",
    "InputError",
    "Report",
    "check_document",
    "extract_document",
]

_HOME = {
    "Disclosure": "gouji.model.disclosure",
    "Evidence": "gouji.model.report",
    "Finding": "gouji.model.report",
    "GoujiError": "gouji.errors",
    "InputError": "gouji.errors",
    "Report": "gouji.model.report",
    "check_document": "gouji.pipeline",
    "extract_document": "gouji.pipeline",
}


def __getattr__(name: str) -> object:
    """Import a public name when it is first asked for, so that `gouji --help` stays fast."""
    if name not in _HOME:
        raise AttributeError(f"module 'gouji' has no attribute {name!r}")
    from importlib import import_module  # noqa: PLC0415 (only when a name is asked for)

    return getattr(import_module(_HOME[name]), name)
