"""Measures `gouji serve` under many uploads at once (网页性能).

    python eval/bench/bench_web.py FILE.pdf … [--uploads 20] [--jobs 1]

Starts a server of its own on this machine, hands in the files as many times as asked, all at once, and
asks for the list page over and over until every document is settled. Prints how long a list page takes
meanwhile (median, 95th percentile, worst), how long all documents take, the most memory server and
workers hold, and for each file how soon after its check the report page and its first page image are
there. The targets are 200 ms for the 95th percentile and 1 s for a report page of 30 pages.
"""

from __future__ import annotations

import argparse
import os
import re
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import httpx

_KIB_PER_MIB = 1024
_PAUSE = 0.02
_ADDRESS = re.compile(r"http://\S+/")


@contextmanager
def served(jobs: int) -> Iterator[tuple[str, int]]:
    """Serve from a folder that is thrown away; yield address and process."""
    with tempfile.TemporaryDirectory() as folder:
        flags = ["--port", "0", "--data", folder, "--jobs", str(jobs)]
        command = [sys.executable, "-c", "from gouji.cli import app; app()", "serve", *flags]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:  # noqa: S603 (gouji itself)
            said = server.stdout.readline() if server.stdout else ""
            found = _ADDRESS.search(said)
            if found is None:
                raise SystemExit(said or "the server did not start")
            try:
                yield found[0], server.pid
            finally:
                server.terminate()


def family(pid: int) -> Iterator[int]:
    """Yield a process and all that came from it."""
    yield pid
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text()
        threads = [p.name for p in Path(f"/proc/{pid}/task").iterdir()]
    except OSError:
        return
    for thread in threads:
        if thread != str(pid):
            try:
                children += Path(f"/proc/{pid}/task/{thread}/children").read_text()
            except OSError:
                continue
    for child in children.split():
        yield from family(int(child))


def private_memory(pid: int) -> int:
    """Return the memory a process shares with no other, in KiB."""
    try:
        rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
    except OSError:
        return 0
    return sum(int(n) for n in re.findall(r"^Private_\w+:\s+(\d+)", rollup, re.MULTILINE))


class Watch(threading.Thread):
    """Notes the most memory the server and all its processes hold."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.pid, self.server, self.all, self.ended = pid, 0, 0, threading.Event()

    def run(self) -> None:
        """Look every half second."""
        while not self.ended.wait(0.5):
            each = {pid: private_memory(pid) for pid in family(self.pid)}
            self.server = max(self.server, each.get(self.pid, 0))
            self.all = max(self.all, sum(each.values()))


def hand_in(base: str, file: Path, number: int) -> str:
    """Hand in one file and return its id."""
    with httpx.Client(base_url=base, timeout=120) as client:
        name = f"{number:02}-{file.name}"
        answer = client.post("/api/v1/documents", files={"file": (name, file.read_bytes())})
        answer.raise_for_status()
        return str(answer.json()["documents"][0]["id"])


def under_load(base: str, files: list[Path], uploads: int) -> None:
    """Hand everything in at once and time the list page until all is settled."""
    times: list[float] = []
    start = time.perf_counter()
    with ThreadPoolExecutor(uploads) as pool, httpx.Client(base_url=base, timeout=60) as client:
        client.get("/")
        sent = [pool.submit(hand_in, base, files[n % len(files)], n) for n in range(uploads)]
        unsettled = True
        while unsettled:
            before = time.perf_counter()
            client.get("/").raise_for_status()
            times.append(time.perf_counter() - before)
            counts = client.get("/api/v1/health").json()
            unsettled = not all(f.done() for f in sent) or counts["queued"] or counts["checking"]
            time.sleep(_PAUSE)
        took = time.perf_counter() - start
        ids = {future.result() for future in sent}
        listed = client.get("/api/v1/documents", params={"limit": 200}).json()["documents"]
    done = sum(d["state"] == "done" for d in listed if d["id"] in ids)
    p95 = statistics.quantiles(times, n=20)[-1]
    print(f"{uploads} uploads at once: {done} done of {len(ids)} in {took:.1f} s")
    print(
        f"list page meanwhile, {len(times)} times: median {statistics.median(times) * 1000:.0f} ms,"
        f" 95th percentile {p95 * 1000:.0f} ms, worst {max(times) * 1000:.0f} ms"
    )


def one_report(base: str, file: Path) -> None:
    """Time what a reviewer waits for after a check is done."""
    with httpx.Client(base_url=base, timeout=60) as client:
        id_ = hand_in(base, file, 99)
        while (status := client.get(f"/api/v1/documents/{id_}").json())["state"] != "done":
            if status["state"] == "failed":
                print(f"{file.name}: {status['failure']}")
                return
            time.sleep(0.005)
        start = time.perf_counter()
        page = client.get(f"/documents/{id_}")
        paged = time.perf_counter()
        client.get(f"/api/v1/documents/{id_}/pages/1/image").raise_for_status()
        drawn = time.perf_counter()
        print(
            f"{file.name}: {status['pages']} pages, checked {status['elapsed']:.2f} s after hand-in;"
            f" report page {paged - start:.3f} s ({len(page.content) // 1000} kB),"
            f" with its first page image {drawn - start:.3f} s"
        )


def main() -> None:
    """Run all measurements and print them."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--uploads", type=int, default=20)
    parser.add_argument("--jobs", type=int, default=1)
    given = parser.parse_args()
    print(f"{os.cpu_count()} processors, load {os.getloadavg()[0]:.1f} before")
    with served(given.jobs) as (base, pid):
        watch = Watch(pid)
        watch.start()
        under_load(base, given.files, given.uploads)
        for file in given.files:
            one_report(base, file)
        watch.ended.set()
        watch.join()
        print(
            f"private memory at most: server {watch.server / _KIB_PER_MIB:.0f} MiB,"
            f" with all its processes {watch.all / _KIB_PER_MIB:.0f} MiB"
        )


if __name__ == "__main__":
    main()
