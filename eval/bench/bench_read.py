"""Measures reading against its floor: PyMuPDF's words and drawings, once a page (读入性能).

    python eval/bench/bench_read.py FILE.pdf … [--rounds N] [--growth] [--memory]

Prints the median time of the floor, of reading, and their ratio; with --growth the time a page from
10 to 300 pages; with --memory the peak resident memory of a fresh process. Needs `src` on the path.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pymupdf

from gouji.read import read_document

if TYPE_CHECKING:
    from collections.abc import Callable

_GROWTH = (10, 30, 100, 300)
_KIB_PER_MIB = 1024


def floor(data: bytes) -> int:
    """Read every page's words and drawings, nothing else; return the number of pages."""
    with pymupdf.open(stream=data, filetype="pdf") as pdf:
        for page in pdf:
            page.get_text("words")
            page.get_cdrawings()
        return int(pdf.page_count)


def read(data: bytes) -> int:
    """Read the document; return the number of pages."""
    return len(read_document(data, name="bench").pages)


def seconds(work: Callable[[bytes], int], data: bytes) -> float:
    """Return the processor time of one call: other programs do not disturb it much."""
    start = time.process_time()
    work(data)
    return time.process_time() - start


def ratio(data: bytes, rounds: int) -> tuple[float, float, float]:
    """Return the median seconds of floor and read, and the median of their ratios, interleaved."""
    pairs = [(seconds(floor, data), seconds(read, data)) for _ in range(rounds)]
    floors, reads = zip(*pairs, strict=True)
    return (
        statistics.median(floors),
        statistics.median(reads),
        statistics.median([b / a for a, b in pairs]),
    )


def repeated(data: bytes, n_pages: int) -> bytes:
    """Return a PDF of `n_pages` made by repeating the document's pages."""
    with pymupdf.open(stream=data, filetype="pdf") as pdf, pymupdf.open() as out:
        while out.page_count < n_pages:
            last = min(pdf.page_count, n_pages - out.page_count) - 1
            out.insert_pdf(pdf, to_page=last)
        return bytes(out.tobytes())


def peak_mib(path: Path) -> float:
    """Return the peak resident memory of a fresh process that reads the file (Linux)."""
    program = (
        "import sys; from gouji.read import read_document; read_document(sys.argv[1]);"
        "print(*[line.split()[1] for line in open('/proc/self/status') if 'VmHWM' in line])"
    )
    done = subprocess.run(  # noqa: S603  our own interpreter and program
        [sys.executable, "-c", program, str(path)], check=True, capture_output=True, text=True
    )
    return int(done.stdout) / _KIB_PER_MIB


def main() -> None:
    """Parse the command line and print the measurements."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--growth", action="store_true")
    parser.add_argument("--memory", action="store_true")
    options = parser.parse_args()
    for path in options.files:
        data = path.read_bytes()
        pages = read(data)
        low, high, times = ratio(data, options.rounds)
        line = f"{path.name}: {pages} pages, floor {low * 1000 / pages:.2f} ms/page"
        line += f", read {high * 1000 / pages:.2f} ms/page, ratio {times:.2f}"
        if options.memory:
            line += f", peak {peak_mib(path):.0f} MiB"
        print(line)
        for n in _GROWTH if options.growth else ():
            low, high, times = ratio(repeated(data, n), 5)
            line = f"  {n} pages: floor {low * 1000 / n:.2f} ms/page"
            print(f"{line}, read {high * 1000 / n:.2f} ms/page, ratio {times:.2f}")


if __name__ == "__main__":
    main()
