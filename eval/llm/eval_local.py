"""Runs a real small model on this machine through the cascade and prints it beside the rules (本地模型评测).

    python eval/llm/eval_local.py --server BIN --model FILE.gguf [--documents 10] [--write docs/benchmarks.md]

The server listens on loopback, on a free port, and is ended by its own process. The documents are
those of `odd.py`, so no right answer is known to the rules; figures are honest, the model is weak.
"""

from __future__ import annotations

import argparse
import os
import socket
import subprocess
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from cascade import found, read_rightly  # beside this script
from odd import Odd, documents

from gouji import check_document, extract_document
from gouji.extract.by_model import read_further
from gouji.llm.chat import Chat
from gouji.llm.options import ModelOptions

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gouji.model.reading import Engine

START = 120
CONTEXT = 8192
MARK = "<!-- local model -->"


@contextmanager
def serving(server: Path, model: Path) -> Iterator[str]:
    """Serve a model while the block runs; yield its base URL."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
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


def wait_for(url: str, process: subprocess.Popen[bytes]) -> None:
    """Wait until a server is healthy."""
    for _ in range(START * 2):
        if process.poll() is not None:
            raise SystemExit(f"the server ended with code {process.returncode}")
        try:
            with urllib.request.urlopen(url, timeout=2):  # noqa: S310 (our own server on loopback)
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.5)
    raise SystemExit("the server did not become healthy")


def row(name: str, odds: list[Odd], engine: Engine, chat: Chat | None) -> str:
    """Return one line of the table: an engine's figures over all documents."""
    claims = planted = false = errors = invented = tokens = 0
    begun = time.monotonic()
    truths = [t for o in odds for t in o.truths]
    for odd in odds:
        disclosure = extract_document(odd.text)
        model = chat.for_document() if chat else None
        if model is not None:
            disclosure = read_further(disclosure, model, engine)
        report = check_document(
            odd.text, model=chat.for_document() if chat else None, engine=engine
        )
        tokens += disclosure.reading.input_tokens if disclosure.reading else 0
        for truth in odd.truths:
            hit = found(truth, report, odd.text)
            claims += read_rightly(truth, disclosure)
            planted += hit and truth.wrong
            false += hit and not truth.wrong
            errors += (
                sum(f.severity == "error" for f in report.findings) and hit and not truth.wrong
            )
        invented += sum(
            odd.text[e.start : e.end] != e.quote for f in report.findings for e in f.evidence
        )
    wrong = sum(t.wrong for t in truths)
    seconds = time.monotonic() - begun
    return (
        f"| {name} | {claims}/{len(truths)} | {planted}/{wrong} | {false} | {errors} | {invented} "
        f"| {tokens} | {seconds:.0f} |"
    )


def main() -> None:
    """Print, and write where asked, the table of engines."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--server", type=Path, required=True)
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--documents", type=int, default=10)
    parser.add_argument("--write", type=Path)
    given = parser.parse_args()
    if not (given.server.exists() and given.model.exists()):
        raise SystemExit("skipped: no server or no model; run `make local-model`")
    odds = list(documents(given.documents))
    lines = [
        (
            "| engine | statements read | planted errors found | false findings | of them errors "
            "| numbers not printed | tokens sent | seconds |"
        ),
        "|---|---|---|---|---|---|---|---|",
        row("rules", odds, "rules", None),
    ]
    with serving(given.server, given.model) as url:
        options = ModelOptions("local", url, concurrency=1, timeout=300, deadline=3600)
        chat = Chat(options)
        lines += [row(e, odds, e, chat) for e in ("hybrid", "llm")]
    table = "\n".join(lines)
    print(table)
    if given.write:
        head = given.write.read_text("utf-8") if given.write.exists() else "# Benchmarks\n"
        head = head.split(MARK)[0].rstrip("\n")
        text = (
            f"{head}\n\n{MARK}\n## {given.model.stem}, {given.documents} documents in odd wordings"
        )
        given.write.write_text(f"{text}\n\n{table}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
