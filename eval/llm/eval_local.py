"""Runs a real small model on this machine through the cascade and prints it beside the rules (本地模型评测).

    python eval/llm/eval_local.py --server BIN --model FILE.gguf [--minutes 50] [--kept]
        [--corpus DIR] [--synthetic DIR] [--write docs/benchmarks.md]

What is asked stands in `local_sets.py`. Reports and passages are all read by rules and hybrid; what is
left of the time goes in equal parts to the sets that engine "llm" reads too, case by case: every row of
a set is of the same cases, and their number stands in its name. Answers are kept beside the model: a
run that was stopped, or one after a change of the guard, goes on where the last one ended; with --kept
nothing is asked and no server started. It ends with code 1 if hybrid is worse than the rules in any
figure.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections import Counter
from contextlib import nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from local_server import PORT, llama_server, serving  # beside this script
from local_sets import Case, Set, sets

from gouji.evaluate.scorers.scored import Ratio, Scored, total
from gouji.llm.chat import Chat
from gouji.llm.options import ModelOptions
from gouji.pipeline import examine

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gouji.model.examined import Examined
    from gouji.model.reading import Engine

ADDRESS = f"http://127.0.0.1:{PORT}/v1"
MARK = "<!-- local model -->"
MORE_IS_BETTER = (
    "claims.precision", "claims.recall", "findings.precision", "findings.recall", "passages.flagged",
    "odd.read", "odd.planted", "untitled.named",
)  # fmt: skip
LESS_IS_BETTER = (
    "findings.disturbed", "passages.alarmed", "clean.errors", "clean.warnings", "odd.false",
    "untitled.misnamed", "untitled.alarmed",
)  # fmt: skip
SHOWN = (*MORE_IS_BETTER, *LESS_IS_BETTER)


@dataclass
class Row:
    """One engine over one set (一行)."""

    name: str
    engine: Engine
    scores: list[Scored] = field(default_factory=list)
    seconds: float = 0
    use: Counter[str] = field(default_factory=Counter)

    @property
    def figures(self) -> dict[str, Ratio]:
        """The figures over all cases."""
        return total(self.scores)

    def cells(self) -> list[str]:
        """Return the table's cells."""
        figures = self.figures
        counted = [figures.get(name) for name in SHOWN]
        shown = ["" if c is None else f"{c[0]:.0f}/{c[1]:.0f}" for c in counted]
        tail = [str(self.use[k]) for k in ("foreign", "accepted")]
        return [f"{self.name} ({len(self.scores)})", self.engine, *shown, *tail]

    def told(self) -> str:
        """Return the row for the terminal, with what only this run took."""
        drops = ", ".join(f"{k[5:]} {n}" for k, n in sorted(self.use.items()) if k[:5] == "drop.")
        spent = f"{self.use['calls']} calls, {self.use['cached']} kept, {self.use['tokens']} tokens"
        return "\t".join(
            [*self.cells(), spent, f"{self.seconds:.0f} s", f"dropped: {drops or '-'}"]
        )


class Bench:
    """Asks engines about sets (评测台)."""

    def __init__(self, chat: Chat) -> None:
        self._chat = chat

    def rows(self, asked: Set, until: float) -> list[Row]:
        """Return a row an engine over the cases there was time for, at least one."""
        rows = [Row(asked.name, engine) for engine in asked.engines]
        for n, case in enumerate(asked.cases):
            if n and asked.is_timed and time.monotonic() > until:
                break
            if not self._ask(rows, case):
                break
            print(f"{asked.name}: {n + 1} of {len(asked.cases)}", file=sys.stderr, flush=True)
        return rows

    def _ask(self, rows: Sequence[Row], case: Case) -> bool:
        """Add a case to every row; False where answers that would have to be asked for are missing."""
        made = []
        for row in rows:
            begun = time.monotonic()
            model = None if row.engine == "rules" else self._chat.for_document()
            made.append(examine(case.text, name="sample.txt", model=model, engine=row.engine))
            row.seconds += time.monotonic() - begun
        if any(m.report.model_use and "budget" in m.report.model_use.failures for m in made):
            return False
        for row, examined in zip(rows, made, strict=True):
            self._add(row, case, examined)
        return True

    def _add(self, row: Row, case: Case, made: Examined) -> None:
        row.scores.append(case.score(made))
        evidence = [e for f in made.report.findings for e in f.evidence]
        row.use["foreign"] += sum(case.text[e.start : e.end] != e.quote for e in evidence)
        use = made.report.model_use
        if use is not None:
            row.use.update(calls=use.calls, cached=use.cached, tokens=use.input_tokens)
            row.use["accepted"] += sum(use.accepted.values())
            row.use.update({f"drop.{reason}": n for reason, n in use.dropped.items()})
            row.use.update({f"drop.failed {reason}": n for reason, n in use.failures.items()})


def measured(bench: Bench, every: Sequence[Set], minutes: float) -> Iterator[Row]:
    """Yield every row; timed sets share evenly what the others leave of the time."""
    ends = time.monotonic() + 60 * minutes
    timed = sum(asked.is_timed for asked in every)
    for asked in every:
        now = time.monotonic()
        until = now + max(0.0, ends - now) / max(1, timed)
        timed -= asked.is_timed
        for row in bench.rows(asked, until):
            print(row.told(), flush=True)
            yield row


def worse(rows: Sequence[Row]) -> Iterator[str]:
    """Yield every figure in which hybrid is worse than the rules alone."""
    rules = {row.name: row.figures for row in rows if row.engine == "rules"}
    for row in rows:
        if row.engine != "hybrid":
            continue
        for name, (part, whole) in row.figures.items():
            sign = (name in MORE_IS_BETTER) - (name in LESS_IS_BETTER)
            before = rules[row.name].get(name)
            if before is not None and sign * (part * before[1] - before[0] * whole) < 0:
                yield f"{row.name}: {name} {part:.0f}/{whole:.0f}, rules {before[0]:.0f}/{before[1]:.0f}"
        if row.use["foreign"]:
            yield f"{row.name}: {row.use['foreign']} quotes that are not printed"


def table(rows: Sequence[Row]) -> str:
    """Return the rows as Markdown, for each set one table with the figures it has."""
    head = ["set", "engine", *SHOWN, "not printed", "answers used"]
    tables = []
    for name in dict.fromkeys(row.name for row in rows):
        lines = [row.cells() for row in rows if row.name == name]
        kept = [i for i in range(len(head)) if any(line[i] for line in lines)]
        body = [head, ["---"] * len(head), *lines]
        tables.append("\n".join("| " + " | ".join(x[i] for i in kept) + " |" for x in body))
    return "\n\n".join(tables)


def write(path: Path, text: str) -> None:
    """Put the tables between the marks of a page."""
    head = path.read_text("utf-8") if path.exists() else "# Benchmarks\n"
    head, mark, tail = head.partition(MARK)
    after = tail.split(MARK, 1)[-1] if mark else "\n"
    path.write_text(f"{head.rstrip()}\n\n{MARK}\n{text}\n{MARK}{after}", encoding="utf-8")


def main() -> None:
    """Print, and write where asked, the tables of engines."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--server", type=Path, required=True)
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--minutes", type=float, default=50)
    parser.add_argument("--kept", action="store_true")
    parser.add_argument("--corpus", type=Path)
    parser.add_argument("--synthetic", type=Path)
    parser.add_argument("--write", type=Path)
    given = parser.parse_args()
    if not (given.server.exists() and given.model.exists()):
        raise SystemExit("skipped: no server or no model; run `make local-model`")
    os.environ["GOUJI_CACHE"] = str(given.model.parent / "answers")
    options = ModelOptions(
        "local", ADDRESS, concurrency=1, timeout=1800, deadline=7200, retries=0,
        max_calls=0 if given.kept else None,
    )  # fmt: skip
    with nullcontext() if given.kept else serving(llama_server(given.server, given.model)):
        chat = Chat(options)
        asked = list(sets(given.corpus, given.synthetic))
        rows = list(measured(Bench(chat), asked, given.minutes))
    text = table(rows)
    print(text)
    if given.write:
        write(given.write, text)
    found = list(worse(rows))
    if found:
        raise SystemExit("hybrid is worse than the rules:\n" + "\n".join(found))


if __name__ == "__main__":
    main()
