"""Opens a store (打开存储): the engine of its database, and the schema brought up to date."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, SQLAlchemyError

from gouji.errors import InputError
from gouji.messages import N_

if TYPE_CHECKING:
    from sqlite3 import Connection as SqliteConnection

MIGRATIONS = Path(__file__).with_name("migrations")
BUSY = 60_000
"""Milliseconds that a writer waits for another one of the same SQLite file."""
_LOCK = 4_074_126_517
"""Names the migration lock among PostgreSQL's advisory locks."""
_POSTGRES = ("postgres", "postgresql")


def open_engine(url: str) -> Engine:
    """Return the engine of a store whose schema is this version's (打开).

    `url` is a file of SQLite (a path or `sqlite:///…`) or `postgresql://…`. Raises `InputError` when
    it cannot be opened or was made by a later version.
    """
    parsed = _parsed(url)
    shown = parsed.render_as_string(hide_password=True)
    sqlite = parsed.get_backend_name() == "sqlite"
    options: dict[str, Any] = {} if sqlite else {"pool_pre_ping": True}
    try:
        engine = create_engine(parsed, **options)
    except (NoSuchModuleError, ModuleNotFoundError) as error:
        raise InputError(
            N_("{shown}：不支持这种数据库；请用 SQLite 文件或 postgresql:// 地址。"), shown=shown
        ) from error
    if sqlite:
        event.listen(engine, "connect", _set_up_sqlite)
        event.listen(engine, "begin", _begin_immediately)
    try:
        with engine.begin() as connection:
            _migrate(connection, shown)
    except SQLAlchemyError as error:
        engine.dispose()
        cause = str(getattr(error, "orig", None) or error).strip().splitlines()[0]
        raise InputError(
            N_("{shown}：打不开存储（{cause}）；请检查地址、权限和服务。"), shown=shown, cause=cause
        ) from error
    except InputError:
        engine.dispose()
        raise
    return engine


def _parsed(url: str) -> URL:
    if "://" not in url:
        path = Path(url)
        if path.is_dir():
            raise InputError(
                N_("{url}：是文件夹；存储须是一个文件，如 {example}。"),
                url=url,
                example=path / "gouji.db",
            )
        if not path.absolute().parent.is_dir():
            raise InputError(N_("{url}：所在文件夹不存在；请先建好。"), url=url)
        return URL.create("sqlite+pysqlite", database=str(path))
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise InputError(N_("{url}：不是数据库地址。"), url=url.rpartition("@")[2]) from error
    if parsed.drivername in _POSTGRES:
        return parsed.set(drivername="postgresql+psycopg")
    return parsed


def _set_up_sqlite(connection: SqliteConnection, _record: object) -> None:
    """Let readers and one writer work at once; survive kill -9; hold foreign keys."""
    connection.isolation_level = None  # SQLAlchemy's own BEGIN, below, is the only one
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout={BUSY}")
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=NORMAL")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.close()


def _begin_immediately(connection: Connection) -> None:
    """Take the write lock at once: a reader that turns writer midway could not wait for it."""
    read_only = connection.get_execution_options().get("gouji_read_only", False)
    connection.exec_driver_sql("BEGIN" if read_only else "BEGIN IMMEDIATE")


# --- migrations ------------------------------------------------------------------------------


def configuration(connection: Connection) -> Config:
    """Return Alembic's configuration for a connection (迁移配置)."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def _migrate(connection: Connection, shown: str) -> None:
    """Bring the schema up to date; two programs that open a store at once do it one after the other."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
    config = configuration(connection)
    script = ScriptDirectory.from_config(config)
    current = MigrationContext.configure(connection).get_current_revision()
    if current == script.get_current_head():
        return
    known = {revision.revision for revision in script.walk_revisions()}
    if current is not None and current not in known:
        raise InputError(
            N_("{shown}：存储由更新版本的 gouji 建立（{current}）；请升级 gouji。"),
            shown=shown,
            current=current,
        )
    command.upgrade(config, "head")
