"""The log of a run (运行记录): one header, then one line a sample, whole answers included.

A log can be scored again without running anything: answers stand in it, labels are read from the
dataset its header names.
"""

from __future__ import annotations

import hashlib
import json
import os
import platform
import subprocess
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import IO

from pydantic import TypeAdapter, ValidationError

from gouji import __version__
from gouji.check.findings import rules_fingerprint
from gouji.errors import InputError
from gouji.evaluate.dataset import Dataset, load_dataset
from gouji.evaluate.labels import Answer
from gouji.evaluate.reader import Reader
from gouji.llm.options import ModelOptions
from gouji.messages import N_

LOG = "gouji.eval/1"
_ANSWER = TypeAdapter(Answer)


@dataclass(frozen=True, slots=True)
class Header:
    """What was run (运行说明): dataset, engine, versions, revision, prompts."""

    dataset: str
    card: str
    fingerprint: str
    """Of every document and label."""
    engine: str
    model: str | None
    version: str
    code: str
    """Hash of the program's sources, evaluation aside."""
    rules: str
    revision: str
    """Git revision, `+` where files were changed; empty outside a checkout."""
    python: str
    pymupdf: str
    prompts: dict[str, str] = field(default_factory=dict)
    """Prompt → its version and the hashes of its file and of its answer's schema; empty without a model."""
    settings: dict[str, str] = field(default_factory=dict)
    """How the model was asked: prices and limits, never a key or an address."""
    schema: str = LOG

    def comparable(self, other: Header) -> bool:
        """Tell whether answers of two runs may stand in one log."""
        names = ("fingerprint", "engine", "model", "code", "prompts")
        return all(getattr(self, n) == getattr(other, n) for n in names)


@dataclass(frozen=True, slots=True)
class Log:
    """A log as read (运行记录)."""

    path: Path
    header: Header
    answers: dict[str, Answer]
    """Sample → answer."""

    def dataset(self) -> Dataset:
        """Return the dataset that was run; its labels may have been corrected since."""
        card = Path(self.header.card)
        return load_dataset(card if card.is_absolute() else self.path.parent / card)


def header_of(dataset: Dataset, reader: Reader, log: Path) -> Header:
    """Return the header of a run that starts now."""
    asked = reader.options
    return Header(
        dataset=dataset.name,
        card=os.path.relpath(dataset.card, log.parent),
        fingerprint=dataset.fingerprint(),
        engine=reader.engine,
        model=asked.model if asked else None,
        version=__version__,
        code=code_fingerprint(),
        rules=rules_fingerprint(),
        revision=revision(),
        python=platform.python_version(),
        pymupdf=version("pymupdf"),
        prompts=_prompts() if asked else {},
        settings=_settings(asked) if asked else {},
    )


def _prompts() -> dict[str, str]:
    from gouji.llm.prompts import TASKS, prompt_file  # noqa: PLC0415 (only where a model is asked)

    prompts = {task: prompt_file(task).prompt for task in TASKS}
    return {t: f"{p.version} {p.sha256[:12]} {p.schema_sha256[:12]}" for t, p in prompts.items()}


def _settings(options: ModelOptions) -> dict[str, str]:
    kept = {k: v for k, v in asdict(options).items() if k not in ("model", "base_url")}
    kept["price"] = "/".join(map(str, options.price))
    return {name: str(value) for name, value in kept.items()}


@cache
def code_fingerprint() -> str:
    """Return a hash of every source that can change an answer."""
    digest = hashlib.sha256()
    for name, source in sorted(_sources(files("gouji"), "")):
        if not name.startswith("evaluate/"):
            digest.update(name.encode() + b"\0" + source + b"\0")
    return digest.hexdigest()[:12]


def _sources(folder: Traversable, prefix: str) -> Iterator[tuple[str, bytes]]:
    for entry in folder.iterdir():
        if entry.is_dir():
            yield from _sources(entry, f"{prefix}{entry.name}/")
        elif entry.name.endswith((".py", ".json", ".md")):
            yield f"{prefix}{entry.name}", entry.read_bytes()


def revision() -> str:
    """Return the git revision of the checkout gouji runs from; empty where there is none."""
    folder = Path(__file__).resolve().parent

    def git(*words: str) -> str:
        done = subprocess.run(  # noqa: S603 (fixed words)
            ["git", "-C", str(folder), *words],  # noqa: S607 (the user's own git)
            capture_output=True,
            text=True,
            check=False,
        )
        return done.stdout.strip() if done.returncode == 0 else ""

    try:
        named = git("rev-parse", "--short=12", "HEAD")
        return named + ("+" if named and git("status", "--porcelain", "--", ".") else "")
    except OSError:
        return ""


# --- writing and reading ---------------------------------------------------------------------


def write_header(file: IO[str], header: Header) -> None:
    """Write the first line."""
    file.write(json.dumps({"header": asdict(header)}, ensure_ascii=False) + "\n")
    file.flush()


def write_answer(file: IO[str], sample: str, answer: Answer) -> None:
    """Write one answer, at once and whole, so that a run can be taken up again."""
    said = _ANSWER.dump_json(answer, exclude_defaults=True).decode()
    file.write(f'{{"sample": {json.dumps(sample, ensure_ascii=False)}, "answer": {said}}}\n')
    file.flush()


def read_log(path: Path) -> Log:
    """Read a log; a last line that was cut off is left out."""
    if not path.is_file():
        raise InputError(N_("{path}: 没有这个运行记录。"), path=path)
    header: Header | None = None
    answers: dict[str, Answer] = {}
    lines = path.read_text("utf-8").splitlines()
    for number, line in enumerate(lines, 1):
        try:
            entry = json.loads(line)
            if "header" in entry:
                header = Header(**entry["header"])
            else:
                answers[entry["sample"]] = _ANSWER.validate_python(entry["answer"])
        except (ValueError, TypeError, KeyError, ValidationError) as error:
            if number == len(lines):
                break
            raise InputError(
                N_("{path} 第 {number} 行: 不是 gouji eval 的运行记录。"), path=path, number=number
            ) from error
    if header is None:
        raise InputError(N_("{path}: 不是 gouji eval 的运行记录（没有首行）。"), path=path)
    return Log(path, header, answers)
