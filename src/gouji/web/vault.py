"""The files of a server: originals and page images, under random ids (库房).

No name a visitor gives ever becomes part of a path: ids are made here and looked at before use.
"""

from __future__ import annotations

import os
import re
import secrets
import shutil
import threading
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

ID = re.compile(r"[A-Za-z0-9_-]{22}\Z")
ID_PATTERN = r"^[A-Za-z0-9_-]{22}$"
_SECRET = 32
_OWNER_ONLY = 0o600


def new_id() -> str:
    """Return a fresh id: 128 random bits, 22 characters (编号)."""
    return secrets.token_urlsafe(16)


class Vault:
    """A folder that only this user can look into (库房)."""

    def __init__(self, folder: Path, image_cache: int) -> None:
        self.folder = folder
        self._originals = folder / "originals"
        self._images = folder / "images"
        self._image_cache = image_cache
        self._sweeping = threading.Lock()
        for each in (folder, self._originals, self._images):
            each.mkdir(parents=True, exist_ok=True, mode=0o700)

    def secret(self) -> bytes:
        """Return the key that signs sessions, made at the first start (签名密钥)."""
        path = self.folder / "secret"
        with suppress(FileExistsError):
            handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, _OWNER_ONLY)
            with os.fdopen(handle, "wb") as file:
                file.write(secrets.token_bytes(_SECRET))
        return path.read_bytes()

    # --- originals ---------------------------------------------------------------------------

    def put(self, id: str, data: bytes) -> None:  # noqa: A002 (the word for it)
        """Keep an original, whole or not at all (收存)."""
        path = self.original(id)
        draft = path.with_suffix(".part")
        handle = os.open(draft, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, _OWNER_ONLY)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)

    def original(self, id: str) -> Path:  # noqa: A002 (the word for it)
        """Return where an original lies (原件)."""
        return self._originals / _checked(id)

    def remove(self, id: str) -> None:  # noqa: A002 (the word for it)
        """Delete an original and its page images (销毁)."""
        self.original(id).unlink(missing_ok=True)
        self.original(id).with_suffix(".part").unlink(missing_ok=True)
        shutil.rmtree(self._images / _checked(id), ignore_errors=True)

    def remove_strays(self, known: Iterable[str]) -> int:
        """Delete what belongs to no document any more, and return how many (清理)."""
        keep = set(known)
        found = [path.name.removesuffix(".part") for path in self._originals.iterdir()]
        found += [path.name for path in self._images.iterdir()]
        strays = {name for name in found if ID.match(name) and name not in keep}
        for name in strays:
            self.remove(name)
        for path in self._originals.glob("*.part"):
            path.unlink(missing_ok=True)
        return len(strays)

    # --- page images -------------------------------------------------------------------------

    def image(self, id: str, key: str) -> Path:  # noqa: A002 (the word for it)
        """Return where a page image lies or would lie (页面图像)."""
        return self._images / _checked(id) / f"{key}.png"

    def keep_image(self, id: str, key: str, data: bytes) -> None:  # noqa: A002 (the word for it)
        """Keep a page image, and let the oldest ones go when there are too many."""
        path = self.image(id, key)
        path.parent.mkdir(mode=0o700, exist_ok=True)
        draft = path.with_name(f".{secrets.token_hex(8)}")
        draft.write_bytes(data)
        draft.replace(path)
        self._sweep()

    def _sweep(self) -> None:
        if not self._sweeping.acquire(blocking=False):
            return
        try:
            kept = sorted(self._kept_images(), reverse=True)
            room = self._image_cache
            for _, size, path in kept:
                room -= size
                if room < 0:
                    path.unlink(missing_ok=True)
        finally:
            self._sweeping.release()

    def _kept_images(self) -> Iterator[tuple[float, int, Path]]:
        for path in self._images.glob("*/*.png"):
            with suppress(FileNotFoundError):
                stat = path.stat()
                yield stat.st_mtime, stat.st_size, path


def _checked(id: str) -> str:  # noqa: A002 (the word for it)
    if not ID.match(id):
        raise ValueError("no id of this server")
    return id
