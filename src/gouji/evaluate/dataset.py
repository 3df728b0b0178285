"""Datasets (评测集): a YAML card, documents, and whatever a person labelled of them.

A card lies beside its documents (`card.yaml`) or in a folder of cards; `root` says where its paths
start, and may name an environment variable: `root: ${GOUJI_CORPUS}`. See docs/evaluation.md.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from gouji.errors import InputError
from gouji.evaluate import gold
from gouji.evaluate.labels import Labels, Plant
from gouji.evaluate.planted import plants_of_line
from gouji.messages import N_

CARD = "card.yaml"
TRUTH = (".truth.json", ".json")
"""Endings of the file of labels beside a document."""
FOUND_IN_TRUTH = ("grids", "tables", "claims", "findings", "silent", "clean", "pictures")
DOCUMENTS = (".txt", ".pdf")

Json = Any
"""Parsed JSON or YAML."""


@dataclass(frozen=True, slots=True)
class Sample:
    """One document or passage to be answered (样本), with the sources of its labels."""

    id: str
    document: Path | None
    """A file; None for a passage."""
    passage: str = ""
    labels: dict[str, Json] = field(default_factory=dict)
    """Layer → labels, or the path of the file that holds them."""
    plants: tuple[Plant, ...] = ()
    clean: Path | None = None
    """The text its plants are made in, where that is not the document itself."""
    group: str = ""
    """Documents of one kind (a layout family, a format), for figures by group."""

    def text(self) -> str | None:
        """Return the text a person would paste; None for a PDF."""
        if self.document is None:
            return self.passage
        if self.document.suffix != ".txt":
            return None
        return self.document.read_bytes().decode("utf-8")

    def read(self) -> Labels:
        """Return everything known of the sample (读取标注)."""
        text = self.text() or ""
        return Labels(text=text, plants=self.plants) if self.plants else _labels(self.labels, text)


@dataclass(frozen=True, slots=True)
class Dataset:
    """A card and its samples (评测集)."""

    name: str
    about: str
    card: Path
    root: Path
    """Where the card's paths start."""
    samples: tuple[Sample, ...]

    def fingerprint(self) -> str:
        """Return a hash of every document and label: two runs with the same one are comparable."""
        digest = hashlib.sha256()
        for sample in sorted(self.samples, key=lambda s: s.id):
            digest.update(repr((sample.id, sample.passage, sample.plants)).encode())
            for path in (sample.document, sample.clean, *_files(sample.labels)):
                digest.update(b"\0" if path is None else _hash_of(path))
            digest.update(repr([v for v in sample.labels.values() if not _is_file(v)]).encode())
        return digest.hexdigest()[:12]


def load_dataset(path: Path) -> Dataset:
    """Read a dataset from its card, or from the folder that holds one (读取评测集)."""
    card = path / CARD if path.is_dir() else path
    if not card.is_file():
        raise InputError(
            N_("{path}: 没有找到评测集的 {file}；用 gouji eval init {path} 起草一份。"),
            path=path,
            file=CARD,
        )
    data = parse_yaml(card.read_text("utf-8"), card)
    if not isinstance(data, dict) or "name" not in data:
        raise InputError(N_("{card}: 评测集须是映射，至少写明 name。"), card=card)
    root = _root(str(data.get("root", ".")), card)
    samples = tuple(_samples(data, root, card))
    if not samples:
        raise InputError(N_("{card}: 在 {root} 下一个样本也没有找到。"), card=card, root=root)
    seen = {s.id for s in samples}
    if len(seen) < len(samples):
        raise InputError(N_("{card}: 有样本同名；每个样本的 id 须不同。"), card=card)
    return Dataset(data["name"], data.get("about", ""), card, root, samples)


def parse_yaml(text: str, path: Path) -> Json:
    """Read YAML; PyYAML comes with the `eval` extra."""
    try:
        import yaml  # noqa: PLC0415 (of the eval extra: gouji runs without)
    except ImportError as error:
        raise InputError(N_("评测需要 PyYAML：pip install 'gouji[eval]'。")) from error
    try:
        return yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise InputError(
            N_("{path}: 不是有效的 YAML（{why}）。"), path=path, why=" ".join(str(error).split())
        ) from error


def _root(text: str, card: Path) -> Path:
    def value(name: re.Match[str]) -> str:
        if not os.environ.get(name[1]):
            raise InputError(
                N_("{card}: 请设环境变量 {variable} 指明文档所在的目录。"),
                card=card,
                variable=name[1],
            )
        return os.environ[name[1]]

    root = card.parent / re.sub(r"\$\{(\w+)\}", value, text)
    if not root.is_dir():
        raise InputError(N_("{card}: 目录 {root} 不存在。"), card=card, root=root)
    return root


# --- samples ---------------------------------------------------------------------------------


def _samples(data: Json, root: Path, card: Path) -> Iterator[Sample]:
    known = {name: data[name] for name in ("clean",) if name in data}
    for entry in data.get("samples") or ():
        sample = _sample(entry, root, card)
        yield replace(sample, labels=known | sample.labels)
    for pattern in _listed(data.get("documents")):
        for sample in _beside(root, pattern):
            yield replace(sample, labels=known | sample.labels)
    for pattern in _listed(data.get("scans")):
        for document in sorted(root.glob(pattern)):
            name = document.relative_to(root).as_posix()
            yield Sample(name, document, labels={"pictures": "all"}, group="scan")
    for name in _listed(data.get("passages")):
        yield from _passages(root / name)
    for name in _listed(data.get("plants")):
        yield from _planted(root, card.parent / name)


def _listed(entry: Json) -> list[str]:
    return [] if entry is None else [entry] if isinstance(entry, str) else list(entry)


def _sample(entry: Json, root: Path, card: Path) -> Sample:
    try:
        name, document = str(entry["id"]), str(entry["document"])
    except (KeyError, TypeError) as error:
        raise InputError(
            N_("{card}: 每个样本须写明 id 与 document：{entry}。"),
            card=card,
            entry=repr(entry),
        ) from error
    found = sorted(root.glob(document))
    if len(found) != 1:
        raise InputError(
            N_("{card}: 样本 {name} 的 {document} 应恰好对应一个文件，找到 {count} 个。"),
            card=card,
            name=name,
            document=document,
            count=len(found),
        )
    labels = {
        layer: root / value if isinstance(value, str) else value
        for layer, value in (entry.get("labels") or {}).items()
    }
    return Sample(name, found[0], labels=labels, group=entry.get("group", ""))


def _beside(root: Path, pattern: str) -> Iterator[Sample]:
    """Yield the documents of a pattern, with the labels beside them where there are any."""
    for document in sorted(p for p in root.glob(pattern) if p.suffix in DOCUMENTS):
        name = document.relative_to(root).as_posix()
        truth = _truth_of(document)
        group = _group(truth) if truth else ""
        labels: dict[str, Json] = {"truth": truth} if truth else {}
        yield Sample(name, document, labels=labels, group=group or document.suffix[1:])


def _truth_of(document: Path) -> Path | None:
    beside = (document.with_name(document.stem + ending) for ending in TRUTH)
    return next((p for p in beside if p.is_file()), None)


def _group(truth: Path) -> str:
    labels = _loaded(truth)
    return str(labels.get("group") or labels.get("family") or "")


def _passages(path: Path) -> Iterator[Sample]:
    """Yield one sample for each line of a file of passages."""
    for entry in read_lines(path):
        context = entry.get("context")
        text = f"{context}\n{entry['text']}" if context else entry["text"]
        yield Sample(str(entry["id"]), None, text, {"consistent": entry.get("consistent")})


def _planted(root: Path, path: Path) -> Iterator[Sample]:
    """Yield one sample for each line of a file written by `gouji eval plant`."""
    for entry in read_lines(path):
        clean = root / entry["document"]
        if not clean.is_file() or hash_of(clean) != entry["sha256"]:
            raise InputError(
                N_("{path}: {document} 已改动或不存在；请重新运行 gouji eval plant。"),
                path=path,
                document=entry["document"],
            )
        plants = plants_of_line(entry)
        group = plants[0].kind if len(plants) == 1 else f"一份{len(plants)}处"
        if printed := entry.get("printed"):
            yield Sample(
                entry["id"], path.parent / printed, plants=plants, clean=clean, group=group
            )
        else:
            yield Sample(entry["id"], clean, plants=plants, group=group)


def read_lines(path: Path) -> Iterator[Json]:
    """Yield the objects of a JSONL file."""
    if not path.is_file():
        raise InputError(N_("{path}: 没有这个文件。"), path=path)
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if not line.strip():
            continue
        try:
            yield json.loads(line)
        except ValueError as error:
            raise InputError(
                N_("{path} 第 {number} 行: 不是有效的 JSON。"), path=path, number=number
            ) from error


# --- labels ----------------------------------------------------------------------------------


def _labels(sources: dict[str, Json], text: str) -> Labels:
    layers = {name: _loaded(value) for name, value in sources.items()}
    if isinstance(truth := layers.pop("truth", None), dict):
        if "draft" in truth:
            raise InputError(
                N_("{truth}: 仍是草稿，逐项核对后删去 draft 一行才能用于评测。"),
                truth=sources["truth"],
            )
        layers |= {name: truth[name] for name in FOUND_IN_TRUTH if name in truth}
    findings, silent = layers.get("findings"), layers.get("silent")
    if isinstance(findings, dict):  # one file of both, as in gold/findings/A.yaml
        findings, silent = findings["findings"], findings.get("silent", silent)
    tables = layers.get("tables")
    return Labels(
        grids=None if layers.get("grids") is None else gold.grids(layers["grids"]),
        tables=None if tables is None else gold.tables(tables),
        performance=None if tables is None else gold.performances(tables),
        claims=None if layers.get("claims") is None else gold.claims(layers["claims"]),
        findings=None if findings is None else gold.findings(findings),
        silent=None if silent is None else gold.findings(silent),
        clean=bool(layers.get("clean")),
        pictures="all" if layers.get("pictures") == "all" else tuple(layers.get("pictures") or ()),
        consistent=layers.get("consistent"),
        text=text,
    )


def _is_file(value: Json) -> bool:
    return isinstance(value, Path)


def _loaded(value: Json) -> Json:
    """Return labels, read from their file where they stand in one."""
    if not isinstance(value, Path):
        return value
    if not value.is_file():
        raise InputError(N_("{value}: 没有这个标注文件。"), value=value)
    if value.suffix == ".jsonl":
        return list(read_lines(value))
    if value.suffix in (".yaml", ".yml"):
        return parse_yaml(value.read_text("utf-8"), value)
    try:
        return json.loads(value.read_text("utf-8"))
    except ValueError as error:
        raise InputError(N_("{value}: 不是有效的 JSON。"), value=value) from error


def _files(labels: dict[str, Json]) -> Iterator[Path]:
    yield from (v for v in labels.values() if isinstance(v, Path))


def hash_of(path: Path) -> str:
    """Return the SHA-256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _hash_of(path: Path) -> bytes:
    return hash_of(path).encode()
