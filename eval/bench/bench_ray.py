"""Screens a folder on a Ray cluster of three nodes, loses one midway, and compares with one machine.

    python eval/bench/bench_ray.py FOLDER [--limit 500] [--no-loss]

Prints one line; exit code 1 if a single row differs.
"""

import argparse
import logging
import os
import sys
import tempfile
import threading
import time
from pathlib import Path

os.environ.setdefault("RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO", "0")
os.environ.setdefault("RAY_DISABLE_IMPORT_WARNING", "1")

import ray
from ray.cluster_utils import Cluster
from same_rows import differences

from gouji.screen import local, on_ray
from gouji.screen.collect import collect
from gouji.screen.find import find
from gouji.screen.local import Order, Tally
from gouji.screen.store import Store

STORE_BYTES = 100 * 1024 * 1024


def nothing(*_: object) -> None:
    """Hear of an outcome and do nothing."""


def on_cluster(found: object, order: Order, parts: str, *, lose: bool) -> tuple[Tally, bool]:
    """Screen on three nodes of one processor each; lose the last once some parts are there."""
    node = {"num_cpus": 1, "object_store_memory": STORE_BYTES}
    cluster = Cluster(initialize_head=True, head_node_args={**node, "include_dashboard": False})
    others = [cluster.add_node(**node) for _ in range(2)]
    ray.init(address=cluster.address, log_to_driver=False, logging_level=logging.ERROR)
    lost = threading.Event()

    def lose_one() -> None:
        while not list(Path(parts).glob("*.parquet")):
            time.sleep(0.05)
        cluster.remove_node(others[-1], allow_graceful=False)
        lost.set()

    if lose:
        threading.Thread(target=lose_one, daemon=True).start()
    tally = Tally()
    todo = on_ray.plan(parts, found, order)
    on_ray.screen(todo, order, parts, tally, nothing)
    ray.shutdown()
    cluster.shutdown()
    return tally, lost.is_set()


def main() -> int:
    """Run both, compare, and say so."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder")
    parser.add_argument("--limit", type=int, default=500)
    parser.add_argument("--no-loss", action="store_true", help="let every node live")
    parser.add_argument("--batch", type=int, default=on_ray.BATCH, help="documents of a task")
    options = parser.parse_args()
    on_ray.BATCH = options.batch
    order = Order(jobs=2, limit=options.limit)
    found = find([options.folder])
    with tempfile.TemporaryDirectory() as scratch:
        Path(scratch, "parts").mkdir()
        begun = time.perf_counter()
        tally, lost = on_cluster(found, order, f"{scratch}/parts", lose=not options.no_loss)
        on_ray_seconds = time.perf_counter() - begun
        begun = time.perf_counter()
        with Store.open(f"{scratch}/ray.db") as one, Store.open(f"{scratch}/local.db") as two:
            collect(one, [f"{scratch}/parts"], nothing)
            collected = time.perf_counter() - begun
            local.screen(two, local.plan(two, found, order), order, Tally(), nothing)
            differ = differences(one, two)
    print(
        f"documents {tally.done}, node lost {lost}, rows that differ {len(differ)}, "
        f"cluster {on_ray_seconds:.0f} s, collect {collected:.0f} s"
    )
    for difference in differ:
        print(repr(difference)[:2000])
    return int(bool(differ) or lost == options.no_loss)


if __name__ == "__main__":
    sys.exit(main())
