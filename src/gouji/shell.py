"""How a command ends (命令的收尾): one sentence, an exit code, a file written whole."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import wraps
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import NoReturn, ParamSpec

import typer

from gouji.errors import InputError
from gouji.messages import N_, Catalogue
from gouji.settings import Settings

P = ParamSpec("P")
FAULT = N_("gouji 内部出错，请报告（设 GOUJI_DEBUG=1 可看详情）：{error}")


def guarded(command: Callable[P, None]) -> Callable[P, None]:
    """Turn every failure of a command into one sentence and an exit code."""

    @wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            command(*args, **kwargs)
        except InputError as error:
            fail(error.said(_catalogue(kwargs)), 2)
        except BrokenPipeError:
            _close_quietly()
        except typer.Exit:
            raise
        except Exception as error:
            if Settings.from_environment().debug:
                raise
            fail(_catalogue(kwargs)(FAULT, error=repr(error)), 3)

    return run


def _catalogue(given: Mapping[str, object]) -> Catalogue:
    """Return the language of a command's errors: its --lang, else the environment's."""
    return Catalogue("en" if given.get("lang", Settings.from_environment().lang) == "en" else "zh")


def write(data: str | bytes, output: Path | None) -> None:
    """Write to standard output, or to a file at once and whole."""
    data = data.encode() if isinstance(data, str) else data
    if output is None:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return
    try:
        with NamedTemporaryFile("wb", dir=output.parent, prefix=".gouji-", delete=False) as draft:
            draft.write(data)
        Path(draft.name).chmod(0o666 & ~_umask())
        Path(draft.name).replace(output)
    except OSError as error:
        with suppress(UnboundLocalError, OSError):
            Path(draft.name).unlink()
        raise InputError(
            N_("{output}: 写不进去（{why}）。"), output=output, why=error.strerror
        ) from error


def fail(sentence: str, code: int) -> NoReturn:
    """End with one sentence on standard error."""
    typer.echo(" ".join(sentence.split()), err=True)
    raise typer.Exit(code)


def _umask() -> int:
    """Return the mask of new files: a report is as readable as any other file the user makes."""
    mask = os.umask(0o077)
    os.umask(mask)
    return mask


def _close_quietly() -> None:
    """Let go of a reader that stopped reading (head, less) without a complaint."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
