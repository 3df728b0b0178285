"""SIGKILL at any moment loses nothing and doubles nothing: a second run ends as an unbroken one."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import make_url

from tests.screen.made import CLEAN, FAULTY


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_a_screen_killed_and_resumed_has_the_rows_of_an_unbroken_one(
    kind: str, request: pytest.FixtureRequest, root: Path, tmp_path: Path
) -> None:
    server = []
    if kind == "postgresql":
        url = make_url(request.getfixturevalue("postgres_url"))
        server = ["--store", url.render_as_string(hide_password=False)]
    folder = tmp_path / "docs"
    folder.mkdir()
    for number in range(24):
        text = (FAULTY if number % 3 == 0 else CLEAN).replace("档案馆", f"第{number}档案馆")
        (folder / f"{number:02}.txt").write_text(text, "utf-8")
    script = root / "eval" / "bench" / "bench_kill.py"
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(p for p in sys.path if p)}
    done = subprocess.run(
        [sys.executable, script, folder, "--kills", "2", *server],
        capture_output=True,
        text=True,
        check=False,
        env=environment,
        timeout=300,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "rows that differ 0" in done.stdout
