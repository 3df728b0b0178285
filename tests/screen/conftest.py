"""Stores to test on: SQLite always, PostgreSQL where GOUJI_TEST_POSTGRES names a server."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, make_url, text

from gouji.screen.store import Store

POSTGRES = "GOUJI_TEST_POSTGRES"


@pytest.fixture
def postgres_url() -> Iterator[str]:
    """Return the URL of an empty database of its own, or skip."""
    server = os.environ.get(POSTGRES)
    if not server:
        pytest.skip(f"set {POSTGRES} to a PostgreSQL URL to run this test on it")
    name = f"gouji_{secrets.token_hex(6)}"
    url = make_url(server).set(drivername="postgresql+psycopg")
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f'CREATE DATABASE "{name}"'))
    try:
        yield url.set(database=name).render_as_string(hide_password=False)
    finally:
        with engine.connect() as connection:
            connection.execute(text(f'DROP DATABASE "{name}" WITH (FORCE)'))
        engine.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def store_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Return the URL of a store that does not exist yet, of each kind."""
    if request.param == "postgresql":
        url: str = request.getfixturevalue("postgres_url")
        return url
    return str(tmp_path / "store.db")


@pytest.fixture
def store(store_url: str) -> Iterator[Store]:
    """Return an empty store of each kind."""
    with Store.open(store_url) as opened:
        yield opened
