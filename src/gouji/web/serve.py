"""Runs the server (运行服务): opens the port, says where it is, ends cleanly."""

from __future__ import annotations

import fcntl
import logging
import os
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import uvicorn

from gouji.errors import InputError
from gouji.messages import N_, Catalogue
from gouji.screen.store import Store
from gouji.web.app import create_app
from gouji.web.options import ServeOptions, validated

PORT_TAKEN = N_("{host}:{port} 打不开（{why}）；请用 --port 换一个端口，或停掉占用它的程序。")
ALREADY_SERVED = N_("{folder} 正由另一个 gouji serve 使用；请停掉它，或用 --data 换一个目录。")
BAD_FOLDER = N_("{folder} 不能用作数据目录（{why}）；请用 --data 换一个目录。")
LISTENING = N_("gouji 在 {url} 上等候；按 Ctrl+C 结束。数据存放在 {folder}。")
ENDING_SECONDS = 5


def serve(options: ServeOptions, tell: Callable[[str], None]) -> None:
    """Serve until told to end (服务); `tell` is given the one line that says where.

    Raises `InputError` when the options, the port or the data folder cannot be used.
    """
    options = validated(options)
    say = Catalogue(options.lang)
    with _own_folder(options.data, say), _listening(options, say) as listener:
        Store.open(
            options.store_url
        ).close()  # what is wrong with it is said before the server starts
        app = create_app(options)
        host, port = listener.getsockname()[:2]
        shown = f"[{host}]" if ":" in host else host
        config = uvicorn.Config(
            app,
            access_log=False,  # addresses hold the ids of documents
            server_header=False,
            log_level=logging.WARNING,
            lifespan="on",
            ws="none",
            timeout_graceful_shutdown=ENDING_SECONDS,
        )
        server = _Server(config)
        server.when_ready = lambda: tell(
            say(LISTENING, url=f"http://{shown}:{port}/", folder=options.data)
        )
        with suppress(KeyboardInterrupt):  # Ctrl+C is how it is meant to end
            server.run(sockets=[listener])


class _Server(uvicorn.Server):
    """Says when it is ready to answer."""

    when_ready: Callable[[], None]

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self.when_ready()


@contextmanager
def _own_folder(folder: Path, say: Catalogue) -> Iterator[None]:
    """Make the data folder and hold it against a second server."""
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle = os.open(folder / "lock", os.O_CREAT | os.O_RDWR, 0o600)
    except OSError as error:
        raise InputError(say(BAD_FOLDER, folder=folder, why=error.strerror)) from error
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise InputError(say(ALREADY_SERVED, folder=folder)) from error
        yield
    finally:
        os.close(handle)


@contextmanager
def _listening(options: ServeOptions, say: Catalogue) -> Iterator[socket.socket]:
    family = socket.AF_INET6 if ":" in options.host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((options.host.strip("[]"), options.port))
            listener.listen(128)
        except (OSError, OverflowError) as error:
            why = getattr(error, "strerror", None) or str(error)
            words = {"host": options.host, "port": options.port, "why": why}
            raise InputError(say(PORT_TAKEN, **words)) from error
        yield listener
    finally:
        listener.close()
