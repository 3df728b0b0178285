"""Exports a store (导出): as Parquet, CSV or one Excel workbook, for whatever one likes to work with.

Every row names its document by location. Text from documents never becomes a formula: cells of a
workbook are written as text, and in CSV a text that begins like a formula gets a leading '.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, closing
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from sqlalchemy import BigInteger, ColumnElement, Float, Integer, Select, and_, select

from gouji.errors import InputError
from gouji.messages import N_
from gouji.screen.store import Store
from gouji.screen.store import tables as t

if TYPE_CHECKING:
    import pyarrow as pa

Format = Literal["parquet", "csv", "xlsx"]
CHUNK = 5_000
MOST_ROWS = 1_048_575
"""Rows of an Excel sheet below its head."""
_INNER = frozenset(["id", "result_id", "document_id", "run_id", "signature"])
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_AMOUNTS = frozenset(["value", "low", "high"])
"""Numbers kept as text, which may begin with a minus and be nothing else."""
TABLES = ("documents", "findings", "across", "verdicts", "facts", "decisions")


def query(name: str) -> Select[tuple[Any, ...]]:
    """Ask for all rows of one exported table, by location (导出查询)."""
    if name == "decisions":
        return select(t.decisions).order_by(t.decisions.c.scope, t.decisions.c.fingerprint)
    if name == "across":
        return _across()
    d, r = t.documents.c, t.results.c
    if name == "documents":
        own = [c for c in (*t.documents.c, *t.results.c) if _is_told(c)]
        named = {c.name: c for c in own}  # the result's hash is the one of the content checked
        return select(*named.values()).join(t.results).order_by(d.location, r.options_key)
    table = t.metadata.tables[name]
    who = [d.location, d.entity.label("document_entity"), d.fiscal_year, r.options_key]
    columns = [*who, *(c for c in table.c if c.name not in _INNER)]
    if name == "findings":
        columns += [t.decisions.c.status.label("decision"), t.decisions.c.reason]
    wanted = select(*columns).select_from(table).join(t.results).join(t.documents)
    if name == "findings":
        decided = and_(
            t.decisions.c.scope == r.scope, t.decisions.c.fingerprint == table.c.fingerprint
        )
        wanted = wanted.outerjoin(t.decisions, decided)
    order = [c for c in table.primary_key if c.name != "result_id"]
    return wanted.order_by(d.location, r.options_key, *order)


def _across() -> Select[tuple[Any, ...]]:
    """Ask for the findings about several documents, with the locations of the first two (跨文件发现)."""
    first, second = (t.comparison_documents.alias() for _ in range(2))
    stating, other = (t.documents.alias() for _ in range(2))
    c, a = t.comparisons.c, t.across.c
    decided = and_(
        t.decisions.c.scope == t.results.c.scope, t.decisions.c.fingerprint == a.fingerprint
    )
    plain = [one for one in a if one.name not in ("comparison_id", "position", "content")]
    return (
        select(
            stating.c.location,
            other.c.location.label("other_location"),
            *(c.unit, c.year, c.kind, c.options_key),
            *plain,
            *(t.decisions.c.status.label("decision"), t.decisions.c.reason),
        )
        .select_from(t.across)
        .join(t.comparisons)
        .join(first, and_(first.c.comparison_id == c.id, first.c.position == 0))
        .join(second, and_(second.c.comparison_id == c.id, second.c.position == 1))
        .join(stating, stating.c.id == first.c.document_id)
        .join(other, other.c.id == second.c.document_id)
        .join(
            t.results,
            and_(t.results.c.document_id == stating.c.id, t.results.c.options_key == c.options_key),
        )
        .outerjoin(t.decisions, decided)
        .order_by(c.unit, c.year, a.comparison_id, a.position)
    )


def rows(store: Store, name: str) -> Iterator[Mapping[str, Any]]:
    """Yield all rows of one exported table (导出行)."""
    with store.reading() as connection:
        found = connection.execute(query(name).execution_options(yield_per=CHUNK))
        for row in found.mappings():
            yield dict(row)


def export(store: Store, form: Format, output: Path) -> dict[str, int]:
    """Write the store to a folder (Parquet, CSV) or a workbook (导出); return rows by table."""
    try:
        if form == "xlsx":
            return _workbook(store, output)
        output.mkdir(parents=True, exist_ok=True)
        write = _parquet if form == "parquet" else _csv
        return {name: write(store, name, output / f"{name}.{form}") for name in TABLES}
    except OSError as error:
        raise InputError(
            N_("{output}：写不进去（{why}）。"), output=output, why=error.strerror or error
        ) from error


def _is_told(column: ColumnElement[Any]) -> bool:
    return getattr(column, "name", "") not in _INNER


def _columns(name: str) -> list[tuple[str, type]]:
    """Return the columns of an exported table with their Python types."""
    return [(c.name, _type(c)) for c in query(name).selected_columns]


def _type(column: ColumnElement[Any]) -> type:
    kind = column.type
    if isinstance(kind, t.Moment):
        return datetime
    if isinstance(kind, Integer | BigInteger):
        return int
    return float if isinstance(kind, Float) else str


# --- Parquet ---------------------------------------------------------------------------------


def _parquet(store: Store, name: str, path: Path) -> int:
    import pyarrow as pa  # noqa: PLC0415 (only where it is asked for)
    from pyarrow import parquet  # noqa: PLC0415

    kinds = {int: pa.int64(), float: pa.float64(), datetime: pa.timestamp("us", tz="UTC")}
    schema = pa.schema([(n, kinds.get(kind, pa.string())) for n, kind in _columns(name)])
    count = 0
    with parquet.ParquetWriter(path, schema, compression="zstd") as writer:
        for chunk in _chunks(rows(store, name)):
            count += len(chunk)
            writer.write_table(_table(chunk, schema))
    return count


def _table(chunk: Sequence[Mapping[str, Any]], schema: pa.Schema) -> pa.Table:
    import pyarrow as pa  # noqa: PLC0415 (only where it is asked for)

    return pa.Table.from_pylist(chunk, schema=schema)


def _chunks(found: Iterator[Mapping[str, Any]]) -> Iterator[list[Mapping[str, Any]]]:
    chunk: list[Mapping[str, Any]] = []
    for row in found:
        chunk.append(row)
        if len(chunk) == CHUNK:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


# --- CSV -------------------------------------------------------------------------------------


def _csv(store: Store, name: str, path: Path) -> int:
    names = [n for n, _ in _columns(name)]
    count = 0
    with path.open("w", encoding="utf-8-sig", newline="") as file:  # Excel needs the mark
        writer = csv.writer(file)
        writer.writerow(names)
        for row in rows(store, name):
            writer.writerow([_plain(n, row[n]) for n in names])
            count += 1
    return count


def _plain(name: str, value: Any) -> Any:  # noqa: ANN401 (whatever a column holds)
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    if isinstance(value, str) and name not in _AMOUNTS and value.startswith(_FORMULA):
        return f"'{value}"
    return value


# --- Excel -----------------------------------------------------------------------------------


def _workbook(store: Store, path: Path) -> dict[str, int]:
    """Write one workbook; facts, by the hundred a document, are left to the other formats."""
    import xlsxwriter  # noqa: PLC0415 (only where it is asked for)

    if not path.parent.is_dir():
        raise InputError(N_("{path}：所在文件夹不存在；请先建好。"), path=path)
    options = {"constant_memory": True, "strings_to_urls": False, "strings_to_formulas": False}
    opened: AbstractContextManager[Any] = closing(xlsxwriter.Workbook(str(path), options))
    with opened as book:
        bold, moment = (
            book.add_format({"bold": True}),
            book.add_format({"num_format": "yyyy-mm-dd hh:mm"}),
        )
        counts = {}
        for name in TABLES:
            if name != "facts":
                write = _writer(book.add_worksheet(name), bold, moment)
                counts[name] = _sheet(store, name, write)
    return counts


Write = Callable[[int, int, Any], None]


def _writer(sheet: Any, bold: Any, moment: Any) -> Write:  # noqa: ANN401 (xlsxwriter has no types)
    sheet.freeze_panes(1, 1)

    def write(row: int, column: int, value: Any) -> None:  # noqa: ANN401 (whatever a column holds)
        if row == 0:
            sheet.write_string(row, column, value, bold)
        elif isinstance(value, datetime):
            sheet.write_datetime(row, column, value.replace(tzinfo=None), moment)
        elif isinstance(value, str):
            sheet.write_string(row, column, value[:32_767])
        elif value is not None:
            sheet.write_number(row, column, value)

    return write


def _sheet(store: Store, name: str, write: Write) -> int:
    names = [n for n, _ in _columns(name)]
    for column, title in enumerate(names):
        write(0, column, title)
    count = 0
    for count, row in enumerate(rows(store, name), 1):
        if count > MOST_ROWS:
            raise InputError(
                N_("{name} 超过 Excel 一张表的 {limit} 行；请用 --format parquet 或 csv。"),
                name=name,
                limit=MOST_ROWS,
            )
        for column, title in enumerate(names):
            write(count, column, row[title])
    return count
