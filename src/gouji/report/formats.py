"""The formats a report is written in (报告格式): the only place that knows them.

A format is one line of `FORMATS`: its name, the suffix of its files, its media type, a title for
people, and the module of this package that writes it. That module has one public function

    def render(examined: Examined, source: bytes, say: Catalogue) -> bytes

where `examined` is everything known of the document (`gouji.model.examined`), `source` are the bytes
it was read from, and `say` speaks the reader's language. It raises `InputError`, one clear sentence,
where a document cannot be written so (pasted text as PDF). A module loads when its format is asked
for, so a heavy import costs nobody else. The command line (`gouji check --format`), the web page and
the API all write through here:

    from gouji.report.formats import format_of

    wanted = format_of("json")
    data = wanted.written(examined, source, say)
    wanted.file_name(examined.report)  # "report-核查.json"; media type: wanted.media_type
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from importlib import import_module
from pathlib import PurePath
from typing import TYPE_CHECKING, Protocol, cast

from gouji.errors import InputError
from gouji.messages import N_, Catalogue

if TYPE_CHECKING:  # pydantic models load slowly; `gouji --help` needs the names alone
    from gouji.model.examined import Examined
    from gouji.model.report import Report

_UNFIT = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*\u202a-\u202e\u2066-\u2069]+')
"""What no file name holds: separators, control characters, marks that turn the writing round."""
LONGEST_NAME = 80


class _Reporter(Protocol):
    """A module of this package that writes one format."""

    def render(self, examined: Examined, source: bytes, say: Catalogue) -> bytes:
        """Return the report in this format."""
        ...


@dataclass(frozen=True, slots=True)
class Format:
    """One format of the report (报告格式)."""

    name: str
    suffix: str
    media_type: str
    title: str
    """A message id: what a button says."""
    module: str
    """Module of `gouji.report` that writes it."""
    binary: bool = False
    """True where a terminal cannot show it."""
    ending: str = "核查"
    """What follows the document's name in the name of the file."""

    def written(self, examined: Examined, source: bytes, say: Catalogue) -> bytes:
        """Return the report in this format; `source` are the bytes the document was read from."""
        reporter = cast("_Reporter", import_module(f"gouji.report.{self.module}"))
        return reporter.render(examined, source, say)

    def file_name(self, report: Report) -> str:
        """Return a name for the file: that of the document, cleaned, with an ending of ours."""
        stem = _UNFIT.sub("_", PurePath(report.document.name).stem)[:LONGEST_NAME].strip(" .")
        return f"{stem or 'report'}-{self.ending}{self.suffix}"


_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

_ALL = (
    Format("text", ".txt", "text/plain; charset=utf-8", N_("文本"), "console"),
    Format("json", ".json", "application/json", N_("JSON 数据"), "json"),
    Format("markdown", ".md", "text/markdown; charset=utf-8", N_("Markdown 文档"), "markdown"),
    Format("html", ".html", "text/html; charset=utf-8", N_("网页报告"), "html"),
    Format("pdf", ".pdf", "application/pdf", N_("带批注的 PDF"), "annotated", binary=True),
    Format("xlsx", ".xlsx", _XLSX, N_("Excel 工作簿"), "xlsx", binary=True),
    Format("letter", ".docx", _DOCX, N_("核查函"), "letter", binary=True, ending="核查函"),
    Format("sarif", ".sarif", "application/sarif+json", N_("SARIF 结果"), "sarif"),
    Format(
        "sarif-ledger",
        ".sarif",
        "application/sarif+json",
        N_("SARIF 台账，含通过的核对"),
        "sarif_ledger",
        ending="核对台账",
    ),
)
FORMATS: dict[str, Format] = {f.name: f for f in _ALL}
"""Every format by name, in the order a person is offered them."""
_SUFFIXES = {f.suffix: f.name for f in reversed(_ALL)}
"""The first format of a suffix is the one it stands for."""


def format_of(name: str) -> Format:
    """Return the format of a name; raises `InputError` where there is none."""
    if name not in FORMATS:
        raise InputError(
            N_("没有 {name} 格式；可用的格式：{formats}。"), name=name, formats="、".join(FORMATS)
        )
    return FORMATS[name]


def format_for(name: str | None, output: PurePath | None) -> Format:
    """Return the format asked for; without a name the one of the file's suffix, else text."""
    if name is not None:
        return format_of(name)
    suffix = output.suffix.lower() if output is not None else ""
    return FORMATS[_SUFFIXES.get(suffix, "text")]
