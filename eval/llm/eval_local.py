"""Runs a real small model on this machine through the cascade and prints it beside the rules (本地模型评测).

    python eval/llm/eval_local.py --server BIN --model FILE.gguf [--documents 6] [--passages 24]
        [--corpus DIR] [--synthetic DIR] [--write docs/benchmarks.md]

Four sets: documents in thirty odd wordings (`odd.py`), synthetic reports known to be clean, and, where
a corpus is given, its labelled reports and passages. Engine "llm" reads every sentence and a small
model takes ten seconds over one, so it is asked of the odd documents and of some passages only. The
server listens on loopback and is ended by its own process. Answers are kept beside the model: a
second run, after a change of the guard, asks nothing. Figures are honest; the model is weak.
"""

from __future__ import annotations

import argparse
import os
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from cascade import found, read_rightly  # beside this script
from odd import Odd, documents

from gouji.errors import InputError
from gouji.evaluate.answers import answer_of
from gouji.evaluate.dataset import Sample, load_dataset
from gouji.evaluate.scorers import score
from gouji.evaluate.scorers.scored import Scored, total
from gouji.llm.chat import Chat
from gouji.llm.options import ModelOptions
from gouji.pipeline import examine

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from gouji.model.examined import Examined
    from gouji.model.reading import Engine

START = 120
CONTEXT = 8192
PORT = 18117
"""Kept from run to run where it is free: the server's address is part of a cached answer's key."""
MARK = "<!-- local model -->"
DATASETS = Path(__file__).parents[1] / "datasets"
SHOWN = (
    "claims.precision", "claims.recall", "findings.precision", "findings.recall", "findings.disturbed",
    "passages.flagged", "passages.alarmed", "clean.errors", "clean.warnings",
    "odd.read", "odd.planted", "odd.false",
)  # fmt: skip
ASKED: tuple[Engine, ...] = ("rules", "hybrid", "llm")


@contextmanager
def serving(server: Path, model: Path) -> Iterator[str]:
    """Serve a model while the block runs; yield its base URL."""
    port = free_port()
    command = [str(server), "-m", str(model), "--host", "127.0.0.1", "--port", str(port)]
    command += ["-c", str(CONTEXT), "-np", "1", "-t", str(os.cpu_count() or 2), "-fa", "on"]
    command += ["-cram", "256", "-a", "local", "--no-ui", "--offline"]
    environment = {**os.environ, "OMP_WAIT_POLICY": "PASSIVE"}  # else any other process stalls it
    process = subprocess.Popen(  # noqa: S603 (the server named on the command line)
        command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        wait_for(f"http://127.0.0.1:{port}/health", process)
        yield f"http://127.0.0.1:{port}/v1"
    finally:
        process.terminate()
        process.wait()


def free_port() -> int:
    """Return the usual port, or another where that is taken."""
    for wanted in (PORT, 0):
        with socket.socket() as free:
            free.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # a run has just ended
            try:
                free.bind(("127.0.0.1", wanted))
            except OSError:
                continue
            port: int = free.getsockname()[1]
            return port
    raise SystemExit("no free port")


def wait_for(url: str, process: subprocess.Popen[bytes]) -> None:
    """Wait until a server is healthy: 503 while it loads its model."""
    for _ in range(START * 2):
        if process.poll() is not None:
            raise SystemExit(f"the server ended with code {process.returncode}")
        try:
            with urllib.request.urlopen(url, timeout=2):  # noqa: S310 (our own server on loopback)
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.5)
    raise SystemExit("the server did not become healthy")


@dataclass
class Row:
    """One engine over one set (一行)."""

    name: str
    engine: str
    figures: dict[str, tuple[float, float]]
    seconds: float
    use: Counter[str] = field(default_factory=Counter)

    def cells(self) -> list[str]:
        """Return the table's cells."""
        counted = [self.figures.get(name) for name in SHOWN]
        shown = ["" if c is None else f"{c[0]:.0f}/{c[1]:.0f}" for c in counted]
        drops = ", ".join(f"{k[5:]} {n}" for k, n in sorted(self.use.items()) if k[:5] == "drop.")
        tail = [str(self.use[k]) for k in ("foreign", "accepted", "tokens")]
        return [self.name, self.engine, *shown, *tail, drops, f"{self.seconds:.0f}"]


class Bench:
    """Asks engines about sets (评测台)."""

    def __init__(self, chat: Chat) -> None:
        self._chat = chat

    def samples(
        self, name: str, samples: Sequence[Sample], engines: Iterable[Engine]
    ) -> Iterator[Row]:
        """Yield a row an engine over labelled samples."""
        for engine in engines:
            begun, use, scores = time.monotonic(), Counter[str](), []
            for sample in samples:
                text = sample.text()
                assert text is not None  # noqa: S101 (texts only: quotes are compared)
                made = self._examined(text, engine, use)
                scores.append(score(sample.read(), answer_of(made.disclosure, made.report)))
            seconds = time.monotonic() - begun
            yield Row(f"{name} ({len(samples)})", engine, total(scores), seconds, use)

    def odd(self, odds: Sequence[Odd], engines: Iterable[Engine]) -> Iterator[Row]:
        """Yield a row an engine over documents in odd wordings."""
        for engine in engines:
            begun, use, scored = time.monotonic(), Counter[str](), Scored()
            for odd in odds:
                made = self._examined(odd.text, engine, use)
                for truth in odd.truths:
                    hit = found(truth, made.report, odd.text)
                    scored.add("odd.read", read_rightly(truth, made.disclosure))
                    scored.add("odd.planted" if truth.wrong else "odd.false", hit)
            seconds = time.monotonic() - begun
            yield Row(f"odd wordings ({len(odds)})", engine, scored.ratios, seconds, use)

    def _examined(self, text: str, engine: Engine, use: Counter[str]) -> Examined:
        model = None if engine == "rules" else self._chat.for_document()
        made = examine(text, name="sample.txt", model=model, engine=engine)
        printed = [
            (text[e.start : e.end], e.quote) for f in made.report.findings for e in f.evidence
        ]
        use["foreign"] += sum(a != b for a, b in printed)
        if made.report.model_use is not None:
            said = made.report.model_use
            use["tokens"] += said.input_tokens
            use["accepted"] += sum(said.accepted.values())
            use.update({f"drop.{reason}": n for reason, n in said.dropped.items()})
            use.update({f"drop.failed {reason}": n for reason, n in said.failures.items()})
        return made


def rows(bench: Bench, given: argparse.Namespace) -> Iterator[Row]:
    """Yield every row, the quickest sets first."""
    if given.corpus:
        os.environ["GOUJI_CORPUS"] = str(given.corpus)
        passages = [s for s in load_dataset(DATASETS / "passages.yaml").samples if is_fiscal(s)]
        yield from bench.samples("passages", passages, ("rules", "hybrid"))
    yield from bench.odd(list(documents(given.documents)), ASKED)
    if given.corpus:
        reports = load_dataset(DATASETS / "seeds.yaml").samples
        yield from bench.samples("labelled reports", reports, ("rules", "hybrid"))
    if given.synthetic:
        os.environ["GOUJI_SYNTHETIC"] = str(given.synthetic)
        clean = load_dataset(DATASETS / "synthetic.yaml").samples
        yield from bench.samples("clean synthetic reports", clean, ("rules", "hybrid"))
    if given.corpus:
        some = passages[:: max(1, len(passages) // given.passages)][: given.passages]
        yield from bench.samples("some passages", some, ASKED)


def is_fiscal(sample: Sample) -> bool:
    """Tell a passage that gouji takes for a report at all."""
    try:
        examine(sample.text() or "", name="sample.txt")
    except InputError:
        return False
    return True


def table(made: Sequence[Row]) -> str:
    """Return the rows as a Markdown table without the figures no row has."""
    head = [
        "set",
        "engine",
        *SHOWN,
        "not printed",
        "answers used",
        "tokens sent",
        "dropped",
        "seconds",
    ]
    lines = [row.cells() for row in made]
    untold = ("tokens sent", "dropped", "seconds")  # of this run: an answer kept costs nothing
    kept = [i for i, name in enumerate(head) if name not in untold and any(x[i] for x in lines)]
    body = [head, ["---"] * len(head), *lines]
    return "\n".join("| " + " | ".join(line[i] for i in kept) + " |" for line in body)


def main() -> None:
    """Print, and write where asked, the table of engines."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--server", type=Path, required=True)
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--documents", type=int, default=6)
    parser.add_argument("--passages", type=int, default=24)
    parser.add_argument("--corpus", type=Path)
    parser.add_argument("--synthetic", type=Path)
    parser.add_argument("--write", type=Path)
    given = parser.parse_args()
    if not (given.server.exists() and given.model.exists()):
        raise SystemExit("skipped: no server or no model; run `make local-model`")
    os.environ["GOUJI_CACHE"] = str(given.server.parent / "answers")
    with serving(given.server, given.model) as url:
        options = ModelOptions("local", url, concurrency=1, timeout=300, deadline=3600)
        made = []
        for row in rows(Bench(Chat(options)), given):
            made.append(row)
            print("\t".join(row.cells()), flush=True)
    text = table(made)
    print(text)
    if given.write:
        head = given.write.read_text("utf-8") if given.write.exists() else "# Benchmarks\n"
        head, mark, tail = head.partition(MARK)
        after = tail.split(MARK, 1)[-1] if mark else "\n"
        given.write.write_text(
            f"{head.rstrip()}\n\n{MARK}\n{text}\n{MARK}{after}", encoding="utf-8"
        )


if __name__ == "__main__":
    main()
