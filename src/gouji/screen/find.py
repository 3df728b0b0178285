"""Finds the documents to screen (查找文档): folders, globs, archives, URLs, and manifests.

What cannot be a document is counted, not silently passed over; an archive that breaks the limits is
a row with its reason.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from glob import glob, has_magic
from pathlib import Path

from gouji.errors import InputError
from gouji.messages import N_
from gouji.screen.archives import is_archive, within
from gouji.screen.manifest import MANIFESTS, listed_in
from gouji.screen.outcome import Failed, Submission
from gouji.screen.sources import is_url, name_of

_KINDS = "pdf,txt,docx,doc,wps,ofd,rtf,xlsx,xls,et,htm,html,mht,zip,rar,7z"
DOCUMENTS = frozenset(f".{kind}" for kind in _KINDS.split(","))
"""Suffixes of what may be a report, read by gouji or not: the others in a folder are no documents."""


@dataclass(slots=True)
class Found:
    """What was found (查找结果)."""

    documents: list[Submission] = field(default_factory=list)
    refused: list[tuple[Submission, Failed]] = field(default_factory=list)
    """What never reaches a worker, with its reason."""
    others: int = 0
    """Files in folders that are no documents."""
    old: int = 0
    """Documents not changed since the date asked for."""


def find(places: Iterable[str], since: datetime | None = None) -> Found:
    """Return the documents of these places, each once, in the order given (查找)."""
    found = Found()
    seen: set[str] = set()
    for place in places:
        for submission, refused in _at(place, found):
            if submission.location in seen:
                continue
            seen.add(submission.location)
            if _is_old(submission, since):
                found.old += 1
            elif refused is not None:
                found.refused.append((submission, refused))
            else:
                found.documents.append(submission)
    return found


Each = tuple[Submission, Failed | None]


def _at(place: str, found: Found) -> Iterator[Each]:
    if is_url(place):
        yield from ((s, None) for s in _remote(place))
        return
    path = Path(place)
    if path.is_dir():
        yield from _folder(path, found)
    elif path.suffix.lower() in MANIFESTS and path.is_file():
        for submission in listed_in(path):
            yield _sized(submission), None
    elif path.is_file():
        yield from _file(path)
    elif has_magic(place):
        matches = sorted(glob(place, recursive=True))  # noqa: PTH207 (absolute patterns, too)
        if not matches:
            raise InputError(N_("{place}：没有符合的文件；请检查通配符。"), place=place)
        for match in map(Path, matches):
            if match.is_file():
                yield from _file(match)
    else:
        raise InputError(
            N_("{place}：找不到；请给出文件、文件夹、通配符、清单（CSV、JSONL）或网址。"),
            place=place,
        )


def _folder(path: Path, found: Found) -> Iterator[Each]:
    try:
        inside = sorted(p for p in path.rglob("*") if not _is_hidden(p, path))
    except OSError as error:
        raise InputError(
            N_("{path}：无法打开（{why}）；请检查权限。"), path=error.filename, why=error.strerror
        ) from error
    for file in inside:
        if not file.is_file():
            continue
        if file.suffix.lower() in DOCUMENTS:
            yield from _file(file)
        else:
            found.others += 1


def _is_hidden(path: Path, root: Path) -> bool:
    return any(part.startswith((".", "~$", "__MACOSX")) for part in path.relative_to(root).parts)


def _file(path: Path) -> Iterator[Each]:
    if path.suffix.lower() == ".zip" and is_archive(path):
        yield from within(path)
    else:
        yield local(path), None


def local(path: Path) -> Submission:
    """Return a file as a submission that knows its size and when it changed (本地文件)."""
    return _sized(Submission(str(path.absolute()), name=path.name))


def _sized(submission: Submission) -> Submission:
    if is_url(submission.location):
        return submission
    try:
        told = Path(submission.location).stat()
    except (OSError, ValueError):
        return submission  # the worker will say that it is gone
    return replace(submission, size=told.st_size, modified=told.st_mtime_ns)


def _is_old(submission: Submission, since: datetime | None) -> bool:
    if since is None or submission.modified is None:
        return False
    return submission.modified < since.timestamp() * 1e9


def _remote(url: str) -> Iterator[Submission]:
    """Expand a URL with wildcards, or of a folder (ending in /), by fsspec."""
    if not has_magic(url) and not url.endswith("/"):
        yield Submission(url, name=name_of(url))
        return
    import fsspec  # noqa: PLC0415 (only for URLs)

    try:
        system, path = fsspec.core.url_to_fs(url)
        found = system.find(path) if url.endswith("/") else system.glob(path)
    except Exception as error:  # each file system has errors of its own
        raise InputError(
            N_("{url}：列不出文件（{why}）；请检查地址和 fsspec 组件。"), url=url, why=error
        ) from error
    for name in sorted(found):
        if Path(name).suffix.lower() in DOCUMENTS:
            yield Submission(system.unstrip_protocol(name), name=name_of(name))
