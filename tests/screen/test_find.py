"""Folders, globs, manifests and archives become documents; what is refused has its reason."""

from __future__ import annotations

import json
import os
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest

from gouji.errors import InputError
from gouji.screen import archives
from gouji.screen.find import find
from gouji.screen.limits import Limits
from gouji.screen.outcome import Checked, Failed, Options
from gouji.screen.worker import examine_one
from tests.screen.made import CLEAN


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    inside = tmp_path / "报告" / "2024"
    inside.mkdir(parents=True)
    for name in ("甲.txt", "乙.PDF", "notes.json", ".hidden.txt", "~$丙.docx"):
        (inside / name).write_text(CLEAN, "utf-8")
    (tmp_path / "丁.txt").write_text(CLEAN, "utf-8")
    return tmp_path


def names(found: list[str]) -> set[str]:
    return {Path(location).name for location in found}


def test_a_folder_gives_its_documents_and_counts_the_rest(folder: Path) -> None:
    found = find([str(folder)])
    assert names([d.location for d in found.documents]) == {"甲.txt", "乙.PDF", "丁.txt"}
    assert found.others == 1
    assert all(Path(d.location).is_absolute() for d in found.documents)


def test_a_document_named_twice_is_found_once(folder: Path) -> None:
    found = find([str(folder), str(folder / "**" / "*.txt"), str(folder / "丁.txt")])
    assert len(found.documents) == 3


def test_a_pattern_without_a_match_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="没有符合的文件"):
        find([str(tmp_path / "*.pdf")])
    with pytest.raises(InputError, match="找不到"):
        find([str(tmp_path / "none")])


def test_since_leaves_out_what_is_older(folder: Path) -> None:
    old = folder / "丁.txt"
    moment = datetime(2020, 5, 1, tzinfo=UTC).timestamp()
    os.utime(old, (moment, moment))
    found = find([str(folder)], since=datetime(2021, 1, 1, tzinfo=UTC))
    assert names([d.location for d in found.documents]) == {"甲.txt", "乙.PDF"}
    assert found.old == 1


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_csv_manifest_tells_place_unit_and_year(tmp_path: Path, encoding: str) -> None:
    manifest = tmp_path / "清单.csv"
    manifest.write_text(
        "单位,年度,链接\n水务局,2024年,甲.txt\n\n教育局,2023,https://example.org/b.pdf\n", encoding
    )
    first, second = find([str(manifest)]).documents
    assert first.location == str(tmp_path / "甲.txt")
    assert (first.entity, first.fiscal_year, first.name) == ("水务局", 2024, "甲.txt")
    assert second.location == "https://example.org/b.pdf"
    assert (second.entity, second.fiscal_year, second.name) == ("教育局", 2023, "b.pdf")


def test_a_jsonl_manifest_tells_the_same(tmp_path: Path) -> None:
    manifest = tmp_path / "list.jsonl"
    row = {"path": "甲.txt", "unit": "水务局", "year": 2024, "name": "水务局决算"}
    manifest.write_text(json.dumps(row) + "\n", "utf-8")
    (only,) = find([str(manifest)]).documents
    assert (only.entity, only.fiscal_year, only.name) == ("水务局", 2024, "水务局决算")


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("a.csv", "unit,year\n甲,2024\n", "第一行"),
        ("a.csv", "url,year\n,2024\n", "第 2 行：没有 url"),
        ("a.csv", "url,year\na.pdf,24\n", "第 2 行：年度"),
        ("a.jsonl", "{}\n", "第 1 行：没有 url"),
        ("a.jsonl", "[1]\n", "第 1 行：应是一个 JSON 对象"),
        ("a.jsonl", "{\n", "第 1 行：不是 JSON"),
    ],
)
def test_a_manifest_that_cannot_be_understood_names_the_row(
    tmp_path: Path, name: str, text: str, says: str
) -> None:
    (tmp_path / name).write_text(text, "utf-8")
    with pytest.raises(InputError, match=says):
        find([str(tmp_path / name)])


def test_a_url_with_a_pattern_is_expanded_by_its_file_system(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt", "c.json"):
        (tmp_path / name).write_text(CLEAN, "utf-8")
    for url in (f"file://{tmp_path}/*.txt", f"file://{tmp_path}/"):
        found = find([url]).documents
        assert [Path(d.location).name for d in found] == ["a.txt", "b.txt"]
        outcome = examine_one(found[0], Options(), Limits())
        assert isinstance(outcome, Checked)


def archive(path: Path, entries: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in entries.items():
            made.writestr(name, data)
    return path


def test_the_entries_of_an_archive_are_documents(tmp_path: Path) -> None:
    path = archive(tmp_path / "a.zip", {"甲局/报告.txt": CLEAN.encode(), "__MACOSX/._x": b"-"})
    (entry,) = find([str(path)]).documents
    assert entry.location == f"{path}!/甲局/报告.txt"
    assert entry.name == "报告.txt"
    outcome = examine_one(entry, Options(), Limits())
    assert isinstance(outcome, Checked)


def test_names_written_in_gbk_without_a_mark_are_read(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as made:
        made.writestr("AAAA.txt", CLEAN.encode())
    data = path.read_bytes().replace(b"AAAA.txt", "甲乙".encode("gb18030") + b".txt")
    path.write_bytes(data)
    (entry,) = find([str(path)]).documents
    assert entry.name == "甲乙.txt"
    assert isinstance(examine_one(entry, Options(), Limits()), Checked)


def test_an_archive_that_expands_too_far_is_refused_unread(tmp_path: Path) -> None:
    path = archive(tmp_path / "a.zip", {"bomb.txt": bytes(4 << 20), "good.txt": CLEAN.encode()})
    found = find([str(path)])
    assert [d.name for d in found.documents] == ["good.txt"]
    ((_, failed),) = found.refused
    assert failed.reason == "too_large"
    assert "倍" in failed.sentence


def test_an_entry_that_hides_its_size_stops_at_the_limit(tmp_path: Path) -> None:
    path = archive(tmp_path / "a.zip", {"a.txt": os.urandom(3 << 20)})
    (entry,) = find([str(path)]).documents
    outcome = examine_one(entry, Options(), Limits(file_size=1 << 20))
    assert isinstance(outcome, Failed)
    assert outcome.reason == "too_large"


def test_archives_that_cannot_be_read_are_rows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inner = archive(tmp_path / "inner.zip", {"a.txt": b"x"}).read_bytes()
    nested = archive(tmp_path / "nested.zip", {"inner.zip": inner})
    broken = tmp_path / "broken.zip"
    broken.write_bytes(b"PK\x03\x04" + bytes(100))
    many = archive(tmp_path / "many.zip", {f"{n}.txt": b"x" for n in range(9)})
    monkeypatch.setattr(archives, "MOST_ENTRIES", 8)
    found = find([str(nested), str(broken), str(many)])
    assert found.documents == []
    assert [failed.reason for _, failed in found.refused] == [
        "unreadable",
        "unreadable",
        "too_large",
    ]
