"""Measures checking a whole document against its floor: PyMuPDF's words and drawings (核查性能).

    python eval/bench/bench_check.py FILE.pdf … [--rounds N] [--growth]

For each file: processor time of the floor and of `check_document`, interleaved in one process, their
ratio, and the peak memory of a fresh process; with --growth the time a page from 10 to 300 pages.
At the end the wall time of `gouji --help`. The targets are 3 times the floor for a 30-page report,
250 MiB, linear growth, and 0.4 s.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import time
from pathlib import Path

from bench_read import floor, repeated, seconds  # beside this script

from gouji import check_document

_GROWTH = (10, 30, 100, 300)
_KIB_PER_MIB = 1024


def check(data: bytes) -> int:
    """Check the document and serialise the report; return the number of findings."""
    report = check_document(data, name="bench.pdf")
    report.model_dump_json(by_alias=True)
    return len(report.findings)


def measured(data: bytes, rounds: int) -> tuple[float, float, float]:
    """Return the median seconds of floor and check, and the median of their ratios."""
    pairs = [(seconds(floor, data), seconds(check, data)) for _ in range(rounds)]
    floors, checks = zip(*pairs, strict=True)
    ratios = [b / a for a, b in pairs]
    return statistics.median(floors), statistics.median(checks), statistics.median(ratios)


def peak_mib(path: Path) -> float:
    """Return the peak resident memory of a fresh process that checks the file (Linux)."""
    program = (
        "import sys; from gouji import check_document; from pathlib import Path;"
        "check_document(Path(sys.argv[1])).model_dump_json();"
        "print(*[line.split()[1] for line in open('/proc/self/status') if 'VmHWM' in line])"
    )
    done = subprocess.run(  # noqa: S603 (our own interpreter and program)
        [sys.executable, "-c", program, str(path)], check=True, capture_output=True, text=True
    )
    return int(done.stdout) / _KIB_PER_MIB


def help_seconds(rounds: int = 5) -> float:
    """Return the median wall time of `gouji --help` in a fresh process."""
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        command = [sys.executable, "-c", "from gouji.cli import app; app()", "--help"]
        subprocess.run(command, check=True, capture_output=True)  # noqa: S603 (as above)
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def main() -> None:
    """Parse the command line and print the measurements."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--growth", action="store_true")
    options = parser.parse_args()
    for path in options.files:
        data = path.read_bytes()
        pages = floor(data)
        check(data)  # imports and caches are paid once
        low, high, times = measured(data, options.rounds)
        print(
            f"{path.parent.name}/{path.name}: {pages} pages, floor {low * 1000:.0f} ms, "
            f"check {high * 1000:.0f} ms, ratio {times:.2f}, peak {peak_mib(path):.0f} MiB"
        )
        for n in _GROWTH if options.growth else ():
            low, high, times = measured(repeated(data, n), 3)
            print(f"  {n} pages: check {high * 1000 / n:.2f} ms/page, ratio {times:.2f}")
    print(f"gouji --help: {help_seconds():.2f} s")


if __name__ == "__main__":
    main()
