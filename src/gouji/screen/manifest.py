"""Manifests (清单): documents listed in a CSV or JSONL file, with the unit and the year they are of."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from gouji.errors import InputError
from gouji.messages import N_
from gouji.screen.outcome import Submission
from gouji.screen.sources import is_url, name_of

MANIFESTS = frozenset([".csv", ".jsonl", ".ndjson"])
_LOCATION = ("url", "path", "location", "file", "链接", "网址", "地址", "路径", "文件")
_ENTITY = ("unit", "entity", "department", "单位", "单位名称", "部门", "部门名称")
_YEAR = ("year", "fiscal_year", "年度", "年份", "决算年度")
_NAME = ("name", "title", "名称", "标题", "文件名")
_FIRST_YEAR, _LAST_YEAR = 1980, 2100


def listed_in(manifest: Path) -> Iterator[Submission]:
    """Yield the documents of a manifest; paths count from its folder (清单).

    Columns, in English or Chinese: url or path, unit, year, name. Raises `InputError` that names the
    row which cannot be understood, before anything is checked.
    """
    rows = _csv(manifest) if manifest.suffix.lower() == ".csv" else _jsonl(manifest)
    for number, row in rows:
        yield _submission(row, manifest, number)


def _csv(manifest: Path) -> Iterator[tuple[int, Mapping[str, object]]]:
    reader = csv.DictReader(_text(manifest).splitlines())
    names = {(name or "").strip().lower() for name in reader.fieldnames or ()}
    if not names & set(_LOCATION):
        raise InputError(
            N_("{manifest}：清单的第一行须有 url 或 path（链接、路径）一栏。"), manifest=manifest
        )
    for row in reader:
        if any(value for value in row.values() if isinstance(value, str) and value.strip()):
            yield reader.line_num, {(k or "").strip().lower(): v for k, v in row.items()}


def _jsonl(manifest: Path) -> Iterator[tuple[int, Mapping[str, object]]]:
    for number, line in enumerate(_text(manifest).splitlines(), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except json.JSONDecodeError as error:
            raise InputError(
                N_("{manifest} 第 {number} 行：不是 JSON（{why}）。"),
                manifest=manifest,
                number=number,
                why=error.msg,
            ) from error
        if not isinstance(row, dict):
            raise InputError(
                N_("{manifest} 第 {number} 行：应是一个 JSON 对象。"),
                manifest=manifest,
                number=number,
            )
        yield number, {str(k).strip().lower(): v for k, v in row.items()}


def _text(manifest: Path) -> str:
    try:
        data = manifest.read_bytes()
    except OSError as error:
        raise InputError(
            N_("{manifest}：无法打开（{why}）。"), manifest=manifest, why=error.strerror
        ) from error
    for encoding in ("utf-8-sig", "gb18030"):  # Excel in China writes the latter
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise InputError(
        N_("{manifest}：既不是 UTF-8 也不是 GB 18030 编码；请另存为 UTF-8。"), manifest=manifest
    )


def _submission(row: Mapping[str, object], manifest: Path, number: int) -> Submission:
    location = _first(row, _LOCATION)
    if not location:
        raise InputError(
            N_("{manifest} 第 {number} 行：没有 url 或 path。"), manifest=manifest, number=number
        )
    if not is_url(location):
        location = str((manifest.parent / location).absolute())
    return Submission(
        location,
        name=_first(row, _NAME) or name_of(location),
        entity=_first(row, _ENTITY),
        fiscal_year=_year(_first(row, _YEAR), manifest, number),
    )


def _year(text: str | None, manifest: Path, number: int) -> int | None:
    if text is None:
        return None
    digits = text.removesuffix("年度").removesuffix("年").removesuffix(".0")
    if digits.isascii() and digits.isdigit() and _FIRST_YEAR <= int(digits) <= _LAST_YEAR:
        return int(digits)
    raise InputError(
        N_("{manifest} 第 {number} 行：年度应是四位数字：{text}"),
        manifest=manifest,
        number=number,
        text=text,
    )


def _first(row: Mapping[str, object], names: Iterable[str]) -> str | None:
    for name in names:
        value = row.get(name)
        if value is not None and str(value).strip():
            return str(value).strip()
    return None
