"""Kills a screen with SIGKILL at random moments, resumes, and compares with an unbroken run (中断续查).

    python eval/bench/bench_kill.py FOLDER [--kills 20] [--store postgresql://…/{name}] [--seed 1]

Each trial has a store of its own: run, kill at a random moment after so many documents as were drawn
(none to all but one), run again to the end, compare row by row. Exit code 1 if a single row differs.
"""

import argparse
import os
import secrets
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from random import Random

from same_rows import differences
from sqlalchemy import Engine, create_engine, make_url, text
from sqlalchemy.exc import DBAPIError

from gouji.screen.store import Store

DOCUMENT = 0.3
"""Seconds of a document or two: a kill falls anywhere within what is under way."""
COMMAND = "from gouji.cli import app; app()"


@contextmanager
def fresh(server: str, folder: str) -> Iterator[str]:
    """Yield the URL of a store that does not exist yet."""
    if not server:
        yield f"{folder}/{secrets.token_hex(6)}.db"
        return
    name = f"gouji_{secrets.token_hex(6)}"
    url = make_url(server).set(drivername="postgresql+psycopg")
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f'CREATE DATABASE "{name}"'))
    yield url.set(database=name).render_as_string(hide_password=False)
    with engine.connect() as connection:
        connection.execute(text(f'DROP DATABASE "{name}" WITH (FORCE)'))
    engine.dispose()


def start(folder: str, url: str) -> subprocess.Popen[bytes]:
    """Start a screen as a user does."""
    words = ["screen", folder, "--store", url, "--jobs", "2", "--quiet", "--top", "0"]
    return subprocess.Popen(  # noqa: S603 (gouji itself)
        [sys.executable, "-c", COMMAND, *words], stderr=subprocess.PIPE, start_new_session=True
    )


def finish(program: subprocess.Popen[bytes]) -> None:
    """Let a screen run to its end."""
    _, error = program.communicate()
    if program.returncode:
        sys.exit(f"the screen ended with {program.returncode}: {error.decode()}")


def rows(engine: Engine) -> int:
    """Return how many documents a store holds, also before it is made."""
    try:
        with engine.connect() as connection:
            return connection.scalar(text("SELECT count(*) FROM documents")) or 0
    except DBAPIError:
        return 0


def trial(folder: str, url: str, wanted: int, wait: float) -> int:
    """Kill one run so many documents and seconds on, and run again; return how many were there."""
    engine = create_engine(url if "://" in url else f"sqlite:///{url}")
    program = start(folder, url)
    while rows(engine) < wanted and program.poll() is None:
        time.sleep(0.005)
    time.sleep(wait)
    os.kill(program.pid, signal.SIGKILL)
    program.communicate()
    there = rows(engine)
    engine.dispose()
    finish(start(folder, url))
    return there


def main() -> int:
    """Run the trials and say what came of them."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder")
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--store", default="", help="a PostgreSQL server; SQLite by default")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    random, moments, worst = Random(options.seed), [], []  # noqa: S311 (no secret: trials must repeat)
    with (
        tempfile.TemporaryDirectory() as scratch,
        fresh(options.store, scratch) as unbroken,
        Store.open(unbroken) as whole,
    ):
        finish(start(options.folder, unbroken))
        total = len(list(whole.documents()))
        for _ in range(options.kills):
            with fresh(options.store, scratch) as url:
                wait = random.uniform(0, DOCUMENT)
                there = trial(options.folder, url, random.randrange(total), wait)
                moments.append(there)
                with Store.open(url) as store:
                    worst += differences(whole, store)
    within = sum(0 < there < total for there in moments)
    print(
        f"{options.kills} kills in a run of {total} documents, {within} of them with some done and "
        f"some not, after {sorted(moments)}: "
        f"rows that differ {len(worst)}"
    )
    for difference in worst[:5]:
        print(repr(difference)[:1000])
    return int(bool(worst))


if __name__ == "__main__":
    sys.exit(main())
