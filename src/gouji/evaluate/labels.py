"""What a person says of a document, and what an engine answers, in the same terms (标注与应答).

Both sides are plain and JSON-able: an `Answer` in a log can be rescored years later without running
anything, and a label scored against itself must give 1.0 everywhere.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

# --- grids and tables ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell as printed (单元格): position, spans, text."""

    row: int
    col: int
    text: str
    rowspan: int = 1
    colspan: int = 1


@dataclass(frozen=True, slots=True)
class GridText:
    """A table as printed (表格), its name aside."""

    n_rows: int
    n_cols: int
    cells: tuple[GridCell, ...]
    title: str = ""
    pages: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class BoundRow:
    """A row of a recognised table (行): its figures by column; None for an empty cell."""

    key: str
    side: str
    label: str
    figures: dict[str, str | None]


@dataclass(frozen=True, slots=True)
class BoundTable:
    """A recognised published table (已识别的表)."""

    kind: str
    empty: bool
    rows: tuple[BoundRow, ...]


@dataclass(frozen=True, slots=True)
class CellLabel:
    """One labelled cell (单元格标注): where it is to be found, what it prints, None for empty."""

    key: str
    column: str
    side: str
    value: str | None
    label: str = ""
    """The row's name, to tell rows of one printed code apart."""
    uncertain: bool = False


@dataclass(frozen=True, slots=True)
class TableLabel:
    """A labelled published table (决算表标注)."""

    id: str
    kind: str
    cells: tuple[CellLabel, ...]
    damaged: bool = False
    """Its rows were inferred by the annotator: it counts only if a table was bound."""


# --- performance tables ----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PerformanceRow:
    """One row of a performance table (指标行、资金行、任务行): its cells by name, as printed."""

    kind: Literal["indicator", "money", "task"]
    name: str
    cells: dict[str, str | None]
    lines: tuple[int, int] = (0, 0)
    """First and last line in pasted text; (0, 0) where there are none."""


@dataclass(frozen=True, slots=True)
class Performance:
    """A performance self-evaluation or score table (绩效自评表、评分表)."""

    id: str
    rows: tuple[PerformanceRow, ...]
    lines: tuple[int, int] = (0, 0)
    """First and last line in pasted text; (0, 0) where there are none."""
    project: str = ""


# --- claims ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Slots:
    """What a statement says (陈述的各项)."""

    type: str
    start: int
    end: int
    value: str | None = None
    change: str | None = None
    percent: str | None = None
    direction: str | None = None
    parts: tuple[str, ...] = ()
    quote: str = ""
    id: str = ""
    loose: frozenset[str] = frozenset()
    """Slots that may stay empty: their number is printed elsewhere."""
    page: int | None = None
    optional: bool = False
    """A label that may be read or not: it counts on neither side."""


# --- findings --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class FindingLabel:
    """A known contradiction, or a passage that must stay silent (发现标注)."""

    id: str
    quotes: tuple[str, ...]
    judged_by: str = ""
    family: str = ""
    disputed: bool = False


@dataclass(frozen=True, slots=True)
class Spot:
    """A quoted place (出处)."""

    quote: str
    start: int
    end: int
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """A reported finding (发现)."""

    id: str
    rule: str
    grade: str
    severity: str
    confidence: str
    message: str
    evidence: tuple[Spot, ...]
    fingerprint: str = ""
    cluster: str | None = None
    suggestions: tuple[str, ...] = ()

    @property
    def loud(self) -> bool:
        """Whether it weighs more than a note (高于提示)."""
        return self.severity != "note"


@dataclass(frozen=True, slots=True)
class Standing:
    """A finding of the document before anything was planted in it (原有发现)."""

    rule: str
    spans: tuple[tuple[int, int], ...]


Where = tuple[int | None, int, int]
"""Page (None in pasted text), and characters of the page's text."""

# --- planted defects -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Edit:
    """A replacement in pasted text (改动): characters `start … end` become `text`."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Plant:
    """A named defect planted in a clean text (植入的差错), or a control that must stay silent."""

    id: str
    kind: str
    edits: tuple[Edit, ...]
    cascade: tuple[tuple[int, int], ...] = ()
    """Spans, in the clean text, of every figure tied to the changed ones by a relation it breaks."""
    rules: tuple[str, ...] = ()
    """Rules whose relations it breaks in the clean ledger; empty for defects of wording."""
    quote: str = ""
    """The changed passage, for a reader."""
    control: bool = False
    quiet: bool = False
    """A slip of form that contradicts no figure: a note is enough."""


# --- both sides ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Labels:
    """Everything known of one document (标注); None where nobody labelled that layer."""

    grids: tuple[GridText, ...] | None = None
    tables: tuple[TableLabel, ...] | None = None
    performance: tuple[Performance, ...] | None = None
    claims: tuple[Slots, ...] | None = None
    findings: tuple[FindingLabel, ...] | None = None
    silent: tuple[FindingLabel, ...] | None = None
    clean: bool = False
    """Known to hold no contradiction: every error-grade finding is false."""
    consistent: bool | None = None
    """For a single passage: whether it is consistent; None where that cannot be decided."""
    pictures: tuple[int, ...] | Literal["all"] = ()
    """Pages that are pictures without text (扫描页): nothing can be said of them but that."""
    plants: tuple[Plant, ...] = ()
    """Defects planted in it: then nothing else is labelled."""
    text: str = ""
    """The document's text, where it is text: sentences are cut from it."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What one answer cost (代价): zero calls, tokens and money for rules."""

    seconds: float
    memory_mb: float
    calls: int = 0
    tokens: int = 0
    """Sent and received."""
    money: float = 0.0
    """At the prices given; 0 without prices."""
    cached: int = 0
    """Answers taken from the cache, for which nothing was sent."""
    failed: int = 0
    """Calls without a usable answer: the rules' reading stands there."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What an engine said of one document (应答), and what it cost."""

    grids: tuple[GridText, ...] = ()
    tables: tuple[BoundTable, ...] = ()
    performance: tuple[Performance, ...] = ()
    claims: tuple[Slots, ...] = ()
    findings: tuple[Found, ...] = ()
    standing: tuple[Standing, ...] = ()
    """What was found in the document before a defect was planted."""
    places: tuple[tuple[Where, ...], ...] = ()
    """For each plant of a PDF, where its changes and its cascade are printed; a text's follow from its edits."""
    coverage: dict[str, int] = field(default_factory=dict)
    grades: dict[str, int] = field(default_factory=dict)
    unread: tuple[str, ...] = ()
    """What the report says could not be read, in its sentences."""
    cost: Cost | None = None
    error: str = ""
    """Why the engine gave no answer (unreadable, refused), in one sentence."""
