"""Reads the bytes a location names, within the limits (取文件).

A location is a path, an fsspec URL (`s3://…`, `https://…`), or `archive.zip!/entry`.
"""

from __future__ import annotations

import zipfile
from pathlib import Path, PurePosixPath
from typing import BinaryIO, cast

from gouji.errors import GoujiError, InputError
from gouji.messages import N_
from gouji.screen.limits import MIB
from gouji.screen.outcome import Submission

INSIDE = "!/"
"""Stands between an archive and its entry."""

NOT_THERE = N_("{name}：找不到文件；请检查路径。")
NO_ACCESS = N_("{name}：无法打开（{error}）；请检查文件和权限。")
NOT_FETCHED = N_("{name}：取不到（{error}）；请检查地址和网络。")
NO_PROTOCOL = N_("{name}：不支持这种地址，或缺少读取它的 fsspec 组件（{error}）。")
BAD_ENTRY = N_("{name}：压缩包里的这一项读不出来（{error}）。")


class GoneError(InputError):
    """The location cannot be opened (取不到)."""


class TooLargeError(GoujiError):
    """The file is larger than the limit (过大)."""


def name_of(location: str) -> str:
    """Return what a report calls a location: its last part (文件名)."""
    return PurePosixPath(location.replace("\\", "/")).name or location


def is_url(location: str) -> bool:
    """Tell an fsspec URL from a path (是否网址)."""
    scheme, mark, _ = location.partition("://")
    return bool(mark) and scheme.replace("+", "").isalnum()


def read(submission: Submission, limit: int) -> bytes:
    """Return the document; raise `GoneError` or `TooLargeError` (读取)."""
    if submission.data is not None:
        if len(submission.data) > limit:
            raise TooLargeError
        return submission.data
    location = submission.location
    if INSIDE in location:
        return _entry(location, limit)
    if is_url(location):
        return _fetched(location, limit)
    try:
        with Path(location).open("rb") as file:
            return _bounded(file, limit)
    except FileNotFoundError as error:
        raise GoneError(NOT_THERE, name=location) from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise GoneError(NO_ACCESS, name=location, error=reason) from error


def _bounded(file: BinaryIO, limit: int) -> bytes:
    """Read a file to its end, but never more than the limit."""
    data = file.read(min(limit, MIB) + 1)
    if len(data) <= MIB:
        if len(data) > limit:
            raise TooLargeError
        return data
    parts, total = [data], len(data)
    while part := file.read(MIB):
        total += len(part)
        if total > limit:
            raise TooLargeError
        parts.append(part)
    return b"".join(parts)


def _entry(location: str, limit: int) -> bytes:
    archive, _, entry = location.partition(INSIDE)
    try:
        with zipfile.ZipFile(archive) as opened, opened.open(entry) as file:
            return _bounded(cast("BinaryIO", file), limit)
    except (OSError, zipfile.BadZipFile, KeyError, RuntimeError, NotImplementedError) as error:
        raise GoneError(BAD_ENTRY, name=location, error=error) from error


def _fetched(location: str, limit: int) -> bytes:
    import fsspec  # noqa: PLC0415 (only for a URL)

    try:
        with fsspec.open(location, "rb") as file:
            return _bounded(file, limit)
    except (ImportError, ValueError) as error:
        raise GoneError(NO_PROTOCOL, name=location, error=error) from error
    except TooLargeError:
        raise
    except Exception as error:  # each file system has errors of its own
        raise GoneError(NOT_FETCHED, name=location, error=str(error) or repr(error)) from error
