"""How much a server takes in, and what it keeps."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path

import httpx
import pytest

from gouji.web.app import create_app
from gouji.web.options import Allowance, ServeOptions
from gouji.web.pace import Pace
from gouji.web.session import LIFETIME, Sessions
from gouji.web.vault import Vault, new_id
from tests.web.conftest import TEXT

BASE = "http://127.0.0.1"
Asking = Callable[[httpx.AsyncClient], Awaitable[None]]


def within(folder: Path, allowance: Allowance, asking: Asking) -> None:
    """Ask an application of this process that takes in no more than allowed."""

    async def run() -> None:
        app = create_app(ServeOptions(folder, allowance=allowance))
        transport = httpx.ASGITransport(app)
        async with (
            app.router.lifespan_context(app),
            httpx.AsyncClient(transport=transport, base_url=BASE) as client,
        ):
            await asking(client)

    asyncio.run(run())


def test_who_hands_in_too_fast_is_told_when_to_come_again(tmp_path: Path) -> None:
    async def asking(client: httpx.AsyncClient) -> None:
        answers = [await client.post("/api/v1/texts", json={"text": TEXT}) for _ in range(4)]
        assert [answer.status_code for answer in answers] == [202, 202, 202, 429]
        assert 1 <= int(answers[-1].headers["retry-after"]) <= 60
        assert answers[-1].json()["detail"].startswith("提交得太快")

    within(tmp_path, replace(Allowance(), burst=3, per_minute=1.0), asking)


def test_a_queue_that_is_full_takes_no_more(tmp_path: Path) -> None:
    async def asking(client: httpx.AsyncClient) -> None:
        slow = (TEXT + "收入9.07万元。\n") * 3000
        answers = [await client.post("/api/v1/texts", json={"text": slow}) for _ in range(5)]
        assert answers[0].status_code == 202
        assert answers[-1].status_code == 429
        assert "排队" in answers[-1].json()["detail"]

    within(tmp_path, replace(Allowance(), waiting=1), asking)


def test_a_file_larger_than_allowed_is_named(tmp_path: Path) -> None:
    async def asking(client: httpx.AsyncClient) -> None:
        files = {"file": ("大.txt", b"1" * 3_000_000)}
        answer = await client.post("/api/v1/documents", files=files)
        assert answer.status_code == 413
        assert answer.json()["detail"] == "大.txt：超过单份 2 MB 的上限；请拆分后再交。"

    within(tmp_path, replace(Allowance(), file_bytes=2 << 20), asking)


# --- pace ------------------------------------------------------------------------------------


def test_a_pace_grants_a_burst_and_then_one_by_one() -> None:
    now = [0.0]
    pace = Pace(3, 60.0, lambda: now[0])
    assert [pace.wait_for() for _ in range(3)] == [0.0] * 3
    assert pace.wait_for() == pytest.approx(1.0)
    now[0] = 1.0
    assert pace.wait_for() == 0.0
    assert pace.wait_for() > 0.0


def test_more_than_a_burst_is_granted_when_rested_and_leaves_a_debt() -> None:
    now = [0.0]
    pace = Pace(3, 60.0, lambda: now[0])
    assert pace.wait_for(5) == 0.0
    assert pace.wait_for() == pytest.approx(3.0)


# --- sessions --------------------------------------------------------------------------------


def test_a_session_ends_with_its_time_and_with_its_token() -> None:
    now = [1000.0]
    sessions = Sessions(b"key", "token", lambda: now[0])
    session = sessions.issue(knows_token=True)
    cookie = sessions.cookie(session)
    assert sessions.recognise(cookie) == session
    assert Sessions(b"key", "another", lambda: now[0]).recognise(cookie) is None
    assert Sessions(b"other", "token", lambda: now[0]).recognise(cookie) is None
    now[0] += LIFETIME
    assert sessions.recognise(cookie) is None


@pytest.mark.parametrize("cookie", ["", "a", "a.b.c.d", "a.1.0.é", "a.1.2.d", "....", "a.9" * 4000])
def test_what_is_no_cookie_of_ours_is_nobody(cookie: str) -> None:
    assert Sessions(b"key", None).recognise(cookie) is None


def test_the_token_of_a_form_serves_its_own_session_only() -> None:
    sessions = Sessions(b"key", None)
    mine, other = sessions.issue(), sessions.issue()
    assert sessions.is_form_token(mine, sessions.form_token(mine))
    assert not sessions.is_form_token(other, sessions.form_token(mine))
    assert not sessions.is_form_token(None, sessions.form_token(mine))


# --- files -----------------------------------------------------------------------------------


def test_the_oldest_page_images_go_when_there_are_too_many(tmp_path: Path) -> None:
    vault = Vault(tmp_path, image_cache=2500)
    ids = [new_id() for _ in range(4)]
    for age, id_ in enumerate(ids):
        vault.keep_image(id_, "1@1.5", b"x" * 1000)
        path = vault.image(id_, "1@1.5")
        if path.exists():
            os.utime(path, (age, age))
    kept = [id_ for id_ in ids if vault.image(id_, "1@1.5").exists()]
    assert kept == ids[-2:]


def test_files_of_no_document_are_swept_at_the_start(tmp_path: Path) -> None:
    vault = Vault(tmp_path, image_cache=1)
    known, stray = new_id(), new_id()
    for id_ in (known, stray):
        vault.put(id_, b"data")
    assert vault.remove_strays([known]) == 1
    assert [p.name for p in (tmp_path / "originals").iterdir()] == [known]


@pytest.mark.parametrize("id_", ["..", "../../etc/passwd", "", "a" * 21, "a" * 23, "a/" * 11])
def test_what_is_no_id_never_becomes_a_path(tmp_path: Path, id_: str) -> None:
    vault = Vault(tmp_path, image_cache=1)
    with pytest.raises(ValueError, match="no id"):
        vault.original(id_)


def test_nobody_else_may_look_into_the_folder(tmp_path: Path) -> None:
    vault = Vault(tmp_path / "data", image_cache=1)
    id_ = new_id()
    vault.put(id_, b"data")
    vault.secret()
    assert (tmp_path / "data").stat().st_mode & 0o077 == 0
    assert vault.original(id_).stat().st_mode & 0o077 == 0
    assert (tmp_path / "data" / "secret").stat().st_mode & 0o077 == 0
