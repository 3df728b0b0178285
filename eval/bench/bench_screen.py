"""Measures a screen of many documents: rate, processor time, memory, hostile files (筛查性能).

    python eval/corpus/generate.py OUT --seeds 1001-3000
    python eval/bench/bench_screen.py OUT [--jobs 2] [--limit 2000] [--hostile 5] [--store URL]

Prints the rate of `check_document` in one process, measured before and after the job; of the whole job
the documents a second, as a share of so many single processes (by the clock: keep the machine quiet),
and the processor seconds a document, all processes counted, beside the bare ones; the memory of all processes (proportional set size) at each tenth; the cost of a
document early and late. With --hostile so many in a hundred files are hostile.
"""

import argparse
import os
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from itertools import cycle
from pathlib import Path
from statistics import mean

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.screen import hostile

from gouji import check_document
from gouji.screen.find import find
from gouji.screen.limits import MIB, Limits
from gouji.screen.local import Order, Tally, plan, screen
from gouji.screen.outcome import Checked, Options, Outcome, Submission
from gouji.screen.store import Store
from gouji.screen.worker import examine_one

SAMPLE = 200
"""Documents that the bare rate is measured on."""
_TICKS = os.sysconf("SC_CLK_TCK")


def below(pid: int) -> list[int]:
    """Return a process and all below it."""
    found = [pid]
    for parent in found:
        for task in Path(f"/proc/{parent}/task").glob("*/children"):
            found += map(int, task.read_text().split())
    return found


def processor() -> float:
    """Return the processor seconds of this program, its workers and those that ended."""
    total = 0
    for pid in below(os.getpid()):
        try:
            told = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        total += sum(map(int, told[11:15])) if pid != os.getpid() else sum(map(int, told[11:13]))
    return total / _TICKS


def memory() -> float:
    """Return the MiB all processes hold, what they share counted once."""
    total = 0
    for pid in below(os.getpid()):
        try:
            lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
        except OSError:
            continue
        total += next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return total / 1024


def function(texts: Sequence[Path]) -> float:
    """Return the processor seconds a document of the per-document function in this process."""
    for path in texts[:3]:
        examine_one(Submission(str(path)), Options(), Limits())
    begun = time.process_time()
    for path in texts:
        examine_one(Submission(str(path)), Options(), Limits())
    return (time.process_time() - begun) / len(texts)


def bare(texts: Sequence[Path]) -> tuple[float, float]:
    """Return the processor and the clock's seconds a document of `check_document` in this process."""
    for path in texts[:3]:
        check_document(path)
    begun, at = time.process_time(), time.perf_counter()
    for path in texts:
        check_document(path)
    spent, passed = time.process_time() - begun, time.perf_counter() - at
    return spent / len(texts), passed / len(texts)


class Watch:
    """Hears of every outcome; measures at each tenth."""

    def __init__(self, total: int) -> None:
        self.total = total
        self.memory: list[float] = []
        self.costs: list[float] = []
        self.done = 0
        self.reasons: Counter[str] = Counter()

    def hear(self, document: Submission, outcome: Outcome) -> None:
        """Note one outcome."""
        del document
        self.done += 1
        if isinstance(outcome, Checked):
            self.costs.append(outcome.cost.cpu)
        else:
            self.reasons[getattr(outcome, "reason", "unchanged")] += 1
        if self.done % max(1, self.total // 10) == 0:
            self.memory.append(memory())


def spoil(documents: list[Submission], percent: float, folder: Path) -> None:
    """Put hostile documents among the others, evenly."""
    files = {
        "bomb.pdf": hostile.memory_bomb(),
        "hang.pdf": hostile.endless(),
        "empty.pdf": b"",
        "picture.pdf": b"\x89PNG\r\n\x1a\n" + bytes(64),
        "cut.pdf": b"%PDF-1.7\nnothing more",
        "locked.pdf": hostile.locked(),
        "crash.pdf": b"",
    }
    step = round(100 / percent)
    kinds = cycle(files)
    for at in range(0, len(documents), step):
        kind = next(kinds)
        path = folder / f"{at:05}-{kind}"
        path.write_bytes(files[kind])
        data = hostile.Crashing(b"%PDF-1.7") if kind == "crash.pdf" else None
        documents.insert(at, Submission(str(path), data=data))


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--limit", type=int)
    parser.add_argument("--hostile", type=float, default=0)
    parser.add_argument("--store", default="")
    options = parser.parse_args()
    limits = Limits(seconds=20, memory=512 * MIB) if options.hostile else Limits()
    order = Order(jobs=options.jobs, limits=limits)
    found = find([str(options.folder)])
    found.documents = found.documents[: options.limit]
    texts = [Path(d.location) for d in found.documents]
    sample = texts[:: max(1, len(texts) // SAMPLE)]
    before, one = bare(sample), function(sample)
    with tempfile.TemporaryDirectory() as scratch:
        if options.hostile:
            spoil(found.documents, options.hostile, Path(scratch))
        watch = Watch(len(found.documents))
        with Store.open(options.store or f"{scratch}/store.db") as store:
            todo, tally = plan(store, found, order), Tally()
            used, begun = processor(), time.perf_counter()
            screen(store, todo, order, tally, watch.hear)
            seconds = time.perf_counter() - begun
            used = processor() - used
            rows = len(list(store.documents()))
    alone, clock = (mean(pair) for pair in zip(before, bare(sample), strict=True))
    one = (one + function(sample)) / 2
    rate = watch.done / seconds
    each, tenth = used / watch.done, max(1, len(watch.costs) // 10)
    print(
        f"{watch.done} documents, {rows} rows, {seconds:.0f} s, {rate:.1f}/s, "
        f"jobs {options.jobs}: {rate * clock / options.jobs:.2f} of {options.jobs} single processes of "
        f"{1 / clock:.2f}/s; CPU a document: check_document {alone * 1000:.0f} ms, "
        f"per-document function {one * 1000:.0f} ms, whole job {each * 1000:.0f} ms "
        f"(ratios {alone / each:.2f} and {one / each:.2f}); "
        f"worker's own first tenth {mean(watch.costs[:tenth]) * 1000:.0f} ms, "
        f"last tenth {mean(watch.costs[-tenth:]) * 1000:.0f} ms; "
        f"memory MiB {', '.join(f'{m:.0f}' for m in watch.memory)}; "
        f"processes left beside fork server and tracker {len(below(os.getpid())) - 3}; failures {dict(watch.reasons)}"
    )
    return int(rows != watch.done)


if __name__ == "__main__":
    sys.exit(main())
