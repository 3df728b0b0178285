"""What a server is started with, checked once (启动选项)."""

from __future__ import annotations

import ipaddress
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from gouji.errors import InputError
from gouji.messages import N_, Catalogue, Language

MIB = 1 << 20
SHORTEST_TOKEN = 16
"""Characters of a token: fewer can be guessed."""
DAY = 86_400.0


@dataclass(frozen=True, slots=True)
class Allowance:
    """What visitors may ask of a server (收件限额)."""

    file_bytes: int = 64 * MIB
    """Largest file, and largest pasted text in UTF-8."""
    files: int = 50
    """Files in one upload."""
    upload_bytes: int = 512 * MIB
    """Largest upload, all its files together."""
    waiting: int = 500
    """Documents that may wait to be checked."""
    burst: int = 120
    """Documents that may be handed in at once …"""
    per_minute: float = 60.0
    """… and how many a minute after that."""
    image_cache: int = 512 * MIB
    """Page images kept on disk."""


@dataclass(frozen=True, slots=True)
class ServeOptions:
    """How `gouji serve` runs (服务选项)."""

    data: Path
    """Folder of originals, page images and, by default, the store."""
    host: str = "127.0.0.1"
    port: int = 8600
    store: str | None = None
    """URL of the store; None keeps SQLite in `data`."""
    lang: Language = "zh"
    """Of pages and reports where a visitor asks for none."""
    keep_days: float = 0.0
    """Days after which a document is deleted with everything about it; 0 keeps it until asked."""
    jobs: int = 1
    """Documents checked at once."""
    token: str | None = field(default=None, repr=False)
    names: frozenset[str] = frozenset()
    """Further host names a visitor may use, e.g. that of a proxy."""
    allowance: Allowance = Allowance()

    @property
    def store_url(self) -> str:
        """Return where the store is (存储地址)."""
        return self.store or str(self.data / "gouji.db")

    @property
    def is_open(self) -> bool:
        """Tell whether the server asks nobody for a token (无需口令)."""
        return self.token is None


NEEDS_TOKEN = N_(
    "--host {host} 会让别的机器连到本服务：请同时在环境变量 GOUJI_TOKEN 中设一个口令"
    "（至少 {least} 个字符），或只在本机使用。"
)
SHORT_TOKEN = N_("GOUJI_TOKEN 只有 {count} 个字符；请设至少 {least} 个字符的随机口令。")
BAD_TOKEN = N_("GOUJI_TOKEN 只能用可见的 ASCII 字符，不含空格。")


def validated(options: ServeOptions, environment: Mapping[str, str] = os.environ) -> ServeOptions:
    """Return the options with what the environment adds, or refuse them (校验选项).

    Raises `InputError` when the server would listen beyond this machine without a token.
    """
    say = Catalogue(options.lang)
    token = environment.get("GOUJI_TOKEN", "") or None
    if token is None and not _is_loopback(options.host):
        raise InputError(say(NEEDS_TOKEN, host=options.host, least=SHORTEST_TOKEN))
    if token is not None and not all("!" <= character <= "~" for character in token):
        raise InputError(say(BAD_TOKEN))
    if token is not None and len(token) < SHORTEST_TOKEN:
        raise InputError(say(SHORT_TOKEN, count=len(token), least=SHORTEST_TOKEN))
    names = environment.get("GOUJI_HOSTS", "").lower().replace(",", " ").split()
    return ServeOptions(
        data=options.data,
        host=options.host,
        port=options.port,
        store=options.store,
        lang=options.lang,
        keep_days=options.keep_days,
        jobs=options.jobs,
        token=token,
        names=options.names | frozenset(names),
        allowance=options.allowance,
    )


def _is_loopback(host: str) -> bool:
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def usual_jobs() -> int:
    """Return how many documents are checked at once unless said otherwise: half the processors (并发数)."""
    return max(1, (os.cpu_count() or 2) // 2)


def data_folder(environment: Mapping[str, str] = os.environ) -> Path:
    """Return where a user's documents are kept unless said otherwise (默认数据目录)."""
    base = environment.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
    return Path(base) / "gouji"
