"""ZIP archives (压缩包): their entries are read one by one, never unpacked to disk.

An archive is hostile until read: entries, their sizes and how far they expand are limited before a
single one is opened, and whoever reads an entry stops at the limit, whatever the archive tells.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from gouji.messages import N_, Catalogue, Saying
from gouji.screen.outcome import Failed, Reason, Submission
from gouji.screen.sources import INSIDE

MOST_ENTRIES = 20_000
LARGEST_RATIO = 200
"""Times that an entry may expand; reports expand two to ten times."""
SMALL = 1 << 20
"""Bytes up to which no ratio is asked for: short texts compress well."""
_UTF8 = 0x800
_ENCRYPTED = 0x1
_NESTED = (".zip", ".rar", ".7z", ".gz", ".tar", ".bz2", ".xz")
_HIDDEN = (".", "~$", "__MACOSX")

NO_ARCHIVE = N_("{name}：压缩包已损坏，打不开（{error}）；请重新下载。")
TOO_MANY = N_("{name}：压缩包里有 {entries} 项，超过 {limit} 项的上限，没有读取。")
EXPANDS = N_("{name}：解压后是压缩前的 {ratio} 倍，超过 {limit} 倍的上限，没有读取。")
LOCKED = N_("{name}：压缩包里的这一项有密码；请先解压再读。")
NESTED = N_("{name}：压缩包里还有压缩包，不再展开；请先解压。")


def is_archive(path: Path) -> bool:
    """Tell a ZIP archive by its content (是否压缩包); a broken one counts by its first bytes."""
    try:
        with path.open("rb") as file:
            return file.read(2) == b"PK"
    except OSError:
        return False


def within(path: Path) -> Iterator[tuple[Submission, Failed | None]]:
    """Yield the entries of an archive, and why one cannot be read (压缩包内文件)."""
    told = path.stat()
    whole = Submission(
        str(path.absolute()), name=path.name, size=told.st_size, modified=told.st_mtime_ns
    )
    say = Catalogue()
    try:
        with zipfile.ZipFile(path) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
    except (OSError, zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        broken = Saying(NO_ARCHIVE, {"name": path.name, "error": str(error)})
        yield whole, Failed.told("unreadable", broken, say)
        return
    if len(entries) > MOST_ENTRIES:
        count = {"name": path.name, "entries": len(entries), "limit": MOST_ENTRIES}
        yield whole, Failed.told("too_large", Saying(TOO_MANY, count), say)
        return
    for entry in entries:
        shown = _name(entry)
        if not any(part.startswith(_HIDDEN) for part in PurePosixPath(shown).parts):
            submission = Submission(
                f"{whole.location}{INSIDE}{entry.filename}",
                name=PurePosixPath(shown).name,
                size=entry.file_size,
                modified=told.st_mtime_ns,
            )
            yield submission, _refusal(entry, shown, say)


def _refusal(entry: zipfile.ZipInfo, shown: str, say: Catalogue) -> Failed | None:
    reason: Reason = "unreadable"
    if entry.flag_bits & _ENCRYPTED:
        return Failed.told(reason, Saying(LOCKED, {"name": shown}), say)
    if shown.lower().endswith(_NESTED):
        return Failed.told(reason, Saying(NESTED, {"name": shown}), say)
    ratio = entry.file_size // max(entry.compress_size, 1)
    if entry.file_size > SMALL and ratio > LARGEST_RATIO:
        expands = Saying(EXPANDS, {"name": shown, "ratio": ratio, "limit": LARGEST_RATIO})
        return Failed.told("too_large", expands, say)
    return None


def _name(entry: zipfile.ZipInfo) -> str:
    """Return an entry's name as its author wrote it: archivers in China write GBK unmarked."""
    if entry.flag_bits & _UTF8:
        return entry.filename
    try:
        return entry.filename.encode("cp437").decode("gb18030")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return entry.filename
