"""Whatever is handed in, reading ends in a document or in one clear sentence."""

from __future__ import annotations

import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from gouji.errors import InputError
from gouji.read import pdf as pdf_module
from gouji.read import read_document, source
from tests.read.drawn import MUPDF, Page, pdf, prose, say, table

ROWS = [["项目", "行次", "金额"], ["合计", "1", "10.00"]]
WHOLE = pdf(lambda page: table(page, ROWS), lambda page: prose(page, 100, "注：本表反映收入。"))


def refusal(data: bytes | Path | str) -> str:
    with pytest.raises(InputError) as caught:
        read_document(data)
    message = str(caught.value)
    assert "\n" not in message
    assert message.endswith(("。", "."))
    return message


def test_a_missing_file_a_folder_and_an_empty_file_are_named(tmp_path: Path) -> None:
    empty = tmp_path / "空.pdf"
    empty.write_bytes(b"")
    assert "找不到文件" in refusal(tmp_path / "无.pdf")
    assert "文件夹" in refusal(str(tmp_path))
    assert "空.pdf" in refusal(empty)
    assert "0 字节" in refusal(b"")
    assert "无法打开" in refusal("a\0b")


def test_text_named_pdf_is_read_as_text(tmp_path: Path) -> None:
    path = tmp_path / "report.pdf"
    path.write_text("本年收入 10 万元。", encoding="utf-8")
    document = read_document(path)
    assert (document.name, document.source) == ("report.pdf", "text")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16"])
def test_text_is_read_in_the_usual_encodings(encoding: str) -> None:
    document = read_document("本年收入\r\n10 万元。".encode(encoding), name="a.txt")
    assert document.pages[0].text == "本年收入\r\n10 万元。"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"PK\x03\x04rest", "Word"),
        (b"\xd0\xcf\x11\xe0rest", "旧版 Word"),
        (b"\x89PNG\r\n", "图片"),
        (b"\n<!DOCTYPE html><p>x", "网页"),
        (b"\x00\x01\x02\x03" * 40, "既不是 PDF"),
        (b"\xff\xfe\x00", "既不是 PDF"),
    ],
)
def test_other_files_are_refused_with_what_to_do(data: bytes, said: str) -> None:
    assert said in refusal(data)


def test_a_pdf_is_known_by_its_content_with_some_bytes_before_it() -> None:
    assert read_document(b"\r\n\x00junk\n" + WHOLE, name="x").source == "pdf"


def test_an_encrypted_pdf_is_refused() -> None:
    document = MUPDF.open(stream=WHOLE, filetype="pdf")
    locked = document.tobytes(encryption=MUPDF.PDF_ENCRYPT_AES_256, user_pw="1", owner_pw="2")
    assert "密码" in refusal(bytes(locked))


def test_a_pdf_that_only_its_owner_may_change_is_read() -> None:
    document = MUPDF.open(stream=WHOLE, filetype="pdf")
    locked = document.tobytes(encryption=MUPDF.PDF_ENCRYPT_AES_256, owner_pw="2")
    assert len(read_document(bytes(locked)).grids) == 1


def test_a_truncated_pdf_that_can_be_repaired_is_read_with_a_note() -> None:
    document = read_document(WHOLE[: WHOLE.rindex(b"xref")])
    assert len(document.grids) == 1
    assert "修复" in document.notes[0]


def test_a_pdf_damaged_beyond_repair_is_refused() -> None:
    refusal(WHOLE[:200])
    refusal(b"%PDF-1.7\n" + b"\x00" * 100)
    refusal(b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 1 0 R>>endobj\ntrailer<</Root 1 0 R>>")


def _scanned(page: Page) -> None:
    picture = MUPDF.Pixmap(MUPDF.csRGB, MUPDF.IRect(0, 0, 60, 80))
    picture.clear_with(200)
    page.insert_image(page.rect, pixmap=picture)


def test_a_scan_is_refused_and_says_that_it_needs_text_recognition() -> None:
    assert "OCR" in refusal(pdf(_scanned, _scanned))


def test_pages_without_a_text_layer_are_named_in_a_note() -> None:
    def stamped(page: Page) -> None:
        _scanned(page)
        say(page, 290, 815, "- 3 -")

    document = read_document(pdf(lambda page: table(page, ROWS), _scanned, stamped))
    assert "第 2、3 页" in document.notes[0]
    assert len(document.pages) == 3


def test_an_empty_page_is_no_scan() -> None:
    assert read_document(pdf(lambda page: table(page, ROWS), lambda _: None)).notes == ()


def test_limits_on_size_and_pages_are_kept(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(WHOLE)
    monkeypatch.setattr(source, "MAX_BYTES", 100)
    assert "上限" in refusal(path)
    assert "上限" in refusal(WHOLE)
    monkeypatch.undo()
    monkeypatch.setattr(pdf_module, "MAX_PAGES", 1)
    assert "2 页" in refusal(WHOLE)


def test_mupdf_says_nothing_on_the_standard_streams(capfd: pytest.CaptureFixture[str]) -> None:
    read_document(WHOLE[: WHOLE.rindex(b"xref")])
    refusal(WHOLE[:300])
    assert capfd.readouterr() == ("", "")


def test_reading_text_does_not_load_the_pdf_engine() -> None:
    program = (
        "import sys; from gouji.read import read_document, read_text;"
        "read_text('本年收入', 'a'); read_document('收入 1 万元。'.encode());"
        "sys.exit('pymupdf' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program], check=False)
    assert done.returncode == 0


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=400) | st.binary(max_size=400).map(lambda tail: b"%PDF-1.7\n" + tail))
@example(b"%PDF")
@example(b"\x80")
def test_random_bytes_raise_only_input_errors(data: bytes) -> None:
    with suppress(InputError):
        assert read_document(data).pages


@settings(max_examples=200, deadline=None)
@given(st.integers(0, len(WHOLE) - 1), st.integers(0, 255), st.integers(0, len(WHOLE)))
def test_a_pdf_with_a_byte_changed_or_its_tail_cut_raises_only_input_errors(
    at: int, byte: int, end: int
) -> None:
    for data in (WHOLE[:at] + bytes([byte]) + WHOLE[at + 1 :], WHOLE[:end]):
        with suppress(InputError):
            read_document(data)
