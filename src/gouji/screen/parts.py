"""Parquet parts (分片): outcomes as a cluster writes them and `gouji screen collect` loads them.

A part is written whole or not at all, under a name that follows from the documents in it, so that a
batch done twice, after a node was lost, leaves one part. The columns are plain: any tool that reads
Parquet can work on them. Nothing in a part is ever run; numbers of documents are strings.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from gouji.errors import InputError
from gouji.messages import N_
from gouji.model.report import Coverage, DocumentInfo, Summary
from gouji.screen.fingerprint import engine_fingerprint
from gouji.screen.outcome import (
    Checked,
    Cost,
    FactRow,
    Failed,
    FindingRow,
    Options,
    Outcome,
    Submission,
    Unchanged,
)
from gouji.screen.store import Standing

if TYPE_CHECKING:
    import pyarrow as pa

SUFFIX = ".parquet"
_STANDING = ("location", "sha256", "size", "modified", "engine", "status", "reason", "options_key")


@dataclass(frozen=True, slots=True)
class Part:
    """One outcome as a part holds it (分片中的一行)."""

    submission: Submission
    outcome: Checked | Failed
    options_key: str
    engine: str


def part_name(documents: Sequence[Submission], options: Options) -> str:
    """Return the name of the part these documents fill (分片文件名)."""
    digest = hashlib.sha256(f"{options.key} {engine_fingerprint()}".encode())
    for document in documents:
        told = (document.location, document.size, document.modified, document.known)
        digest.update(json.dumps(told).encode())
    return f"part-{digest.hexdigest()[:20]}{SUFFIX}"


def write_part(
    folder: str, name: str, done: Iterable[tuple[Submission, Outcome]], options: Options
) -> None:
    """Write outcomes as one part; what is unchanged is in an earlier one (写分片)."""
    import fsspec  # noqa: PLC0415 (only for parts)
    import pyarrow as pa  # noqa: PLC0415
    from pyarrow import parquet  # noqa: PLC0415

    rows = [_row(s, o, options) for s, o in done if not isinstance(o, Unchanged)]
    table = pa.Table.from_pylist(rows, schema=_schema())
    system, path = fsspec.core.url_to_fs(folder)
    system.makedirs(path, exist_ok=True)
    sink = pa.BufferOutputStream()
    parquet.write_table(table, sink, compression="zstd")
    draft, target = f"{path}/.{name}.draft", f"{path}/{name}"
    content = sink.getvalue().to_pybytes()
    if "file" in _protocols(system):
        system.pipe_file(draft, content)
        system.mv(draft, target)
    else:
        system.pipe_file(target, content)  # an object store shows an object whole or not at all


def read_parts(places: Iterable[str]) -> Iterator[Part]:
    """Yield the outcomes of parts: files, folders, or URLs of either (读分片)."""
    for table in _tables(places, None):
        for batch in table.to_batches(max_chunksize=64):
            for row in batch.to_pylist():
                yield _part(row)


def standing_in(folder: str, options: Options) -> dict[str, Standing]:
    """Return what the parts of a folder tell of each location (现状)."""
    found: dict[str, Standing] = {}
    for table in _tables([folder], _STANDING, missing_ok=True):
        for row in table.to_pylist():
            if row.pop("options_key") == options.key:
                found[row["location"]] = Standing(
                    row["sha256"],
                    row["size"],
                    row["modified"],
                    row["engine"],
                    row["status"] == "failed",
                    row["reason"],
                )
    return found


def _protocols(system: Any) -> tuple[str, ...]:  # noqa: ANN401 (an fsspec file system)
    protocol = system.protocol
    return (protocol,) if isinstance(protocol, str) else tuple(protocol)


def _tables(
    places: Iterable[str], columns: Sequence[str] | None, *, missing_ok: bool = False
) -> Iterator[pa.Table]:
    import fsspec  # noqa: PLC0415 (only for parts)
    import pyarrow as pa  # noqa: PLC0415
    from pyarrow import parquet  # noqa: PLC0415

    for place in places:
        system, path = fsspec.core.url_to_fs(place)
        if system.isdir(path):
            files = sorted(
                (system.info(f).get("mtime") or 0, f) for f in system.glob(f"{path}/*{SUFFIX}")
            )
        elif system.exists(path):
            files = [(0, path)]
        elif missing_ok:
            continue
        else:
            raise InputError(N_("{place}：找不到分片；请给出 --parts 所用的文件夹。"), place=place)
        for _, file in files:
            try:
                with system.open(file, "rb") as opened:
                    yield parquet.read_table(opened, columns=columns and list(columns))
            except (pa.ArrowInvalid, KeyError, OSError) as error:
                raise InputError(
                    N_("{file}：不是 gouji 的结果分片（{why}）。"), file=file, why=error
                ) from error


# --- rows ------------------------------------------------------------------------------------


def _schema() -> pa.Schema:
    import pyarrow as pa  # noqa: PLC0415

    text, number, whole = pa.string(), pa.float64(), pa.int64()
    kinds = {"page": whole, "year": whole, "own_year": whole, "count": whole}

    def rows(names: Iterable[str]) -> pa.DataType:
        return pa.list_(pa.struct([(name, kinds.get(name, text)) for name in names]))

    return pa.schema(
        [
            ("location", text),
            ("name", text),
            ("told_entity", text),
            ("told_year", whole),
            ("size", whole),
            ("modified", whole),
            ("options_key", text),
            ("engine", text),
            ("status", text),
            ("reason", text),
            ("sentence", text),
            ("saying", text),
            ("sha256", text),
            ("seconds", number),
            ("cpu_seconds", number),
            ("memory", whole),
            ("rules_fingerprint", text),
            ("document", text),
            ("summary", text),
            ("coverage", text),
            ("findings", rows(FindingRow._fields)),
            ("verdicts", rows(("rule", "grade", "count"))),
            ("facts", rows(FactRow._fields)),
            ("signature", pa.binary()),
            ("report_json", pa.binary()),
            ("told_json", pa.binary()),
        ]
    )


def _row(submission: Submission, outcome: Checked | Failed, options: Options) -> dict[str, Any]:
    cost = outcome.cost
    row: dict[str, Any] = {
        "location": submission.location,
        "name": submission.name,
        "told_entity": submission.entity,
        "told_year": submission.fiscal_year,
        "size": submission.size,
        "modified": submission.modified,
        "options_key": options.key,
        "engine": engine_fingerprint(),
        "sha256": outcome.sha256,
    }
    if cost is not None:
        row |= {"seconds": cost.seconds, "cpu_seconds": cost.cpu, "memory": cost.memory}
    if isinstance(outcome, Failed):
        told = {"sentence": outcome.sentence, "saying": outcome.saying}
        return row | {"status": "failed", "reason": outcome.reason, **told}
    return row | {
        "status": "checked",
        "rules_fingerprint": outcome.rules_fingerprint,
        "document": outcome.document.model_dump_json(),
        "summary": outcome.summary.model_dump_json(),
        "coverage": outcome.coverage.model_dump_json(),
        "findings": [finding._asdict() for finding in outcome.findings],
        "verdicts": [{"rule": r, "grade": g, "count": n} for r, g, n in outcome.verdicts],
        "facts": [fact._asdict() for fact in outcome.facts],
        "signature": outcome.signature,
        "report_json": outcome.report_json,
        "told_json": outcome.told_json,
    }


def _part(row: dict[str, Any]) -> Part:
    submission = Submission(
        row["location"],
        name=row["name"],
        entity=row["told_entity"],
        fiscal_year=row["told_year"],
        size=row["size"],
        modified=row["modified"],
    )
    cost = None
    if row["seconds"] is not None:
        cost = Cost(row["seconds"], row["cpu_seconds"], row["memory"])
    outcome: Checked | Failed
    if row["status"] == "failed":
        outcome = Failed(row["reason"], row["sentence"], row["sha256"], cost, row.get("saying"))
    else:
        outcome = Checked(
            sha256=row["sha256"],
            rules_fingerprint=row["rules_fingerprint"],
            document=DocumentInfo.model_validate_json(row["document"]),
            summary=Summary.model_validate_json(row["summary"]),
            coverage=Coverage.model_validate_json(row["coverage"]),
            report_json=row["report_json"],
            findings=tuple(FindingRow(**finding) for finding in row["findings"]),
            verdicts=tuple((v["rule"], v["grade"], v["count"]) for v in row["verdicts"]),
            facts=tuple(FactRow(**fact) for fact in row["facts"]),
            told_json=row["told_json"],
            signature=row["signature"],
            cost=cost or Cost(0.0, 0.0, 0),
        )
    return Part(submission, outcome, row["options_key"], row["engine"])
