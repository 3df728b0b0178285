"""From an upload to a file with decisions in it, by pages and by API."""

from __future__ import annotations

import json
from typing import Any

from tests.web.conftest import TEXT, Visitor


def _first(report: dict[str, Any]) -> str:
    return str(report["findings"][0]["fingerprint"])


def test_a_pdf_uploaded_by_form_becomes_a_report_page_with_its_marks(
    visitor: Visitor, sample: bytes
) -> None:
    answer = visitor.submit("/documents", files={"file": ("万源.pdf", sample)})
    assert answer.status_code == 303
    path = answer.headers["location"]
    status = visitor.settled(path.rsplit("/", 1)[1])
    assert (status["state"], status["pages"], status["errors"]) == ("done", 12, 12)
    page = visitor.http.get(path)
    assert page.status_code == 200
    assert "CHG001" in page.text
    assert "data-marked" in page.text
    assert 'class="figure error"' in visitor.http.get(f"{path}/boxes").text
    assert len(page.content) < 100_000


def test_pasted_text_becomes_a_report_with_its_finding(visitor: Visitor) -> None:
    answer = visitor.submit("/documents", text=TEXT)
    assert answer.status_code == 303
    id_ = answer.headers["location"].rsplit("/", 1)[1]
    visitor.settled(id_)
    assert visitor.report(id_)["findings"][0]["rule"] == "CHG001"
    assert "7.83%" in visitor.http.get(f"/documents/{id_}").text


def test_many_files_at_once_are_taken_and_the_unreadable_one_is_named(
    visitor: Visitor, sample: bytes
) -> None:
    given = {"a.pdf": sample, "b.docx": b"PK\x03\x04", "c.txt": TEXT.encode()}
    files = [("file", item) for item in [*given.items(), ("b.docx", b"")]]
    answer = visitor.program.post("/api/v1/documents", files=files)
    assert answer.status_code == 202
    taken = answer.json()
    assert [d["name"] for d in taken["documents"]] == ["a.pdf", "c.txt"]
    assert [r["name"] for r in taken["refused"]] == ["b.docx", "b.docx"]
    assert "Word" in taken["refused"][0]["detail"]
    assert all(visitor.settled(d["id"])["state"] == "done" for d in taken["documents"])


def test_a_dismissal_needs_a_reason_and_survives_a_new_check(
    visitor: Visitor, sample: bytes
) -> None:
    id_ = visitor.hand_in(sample)
    visitor.settled(id_)
    finding = _first(visitor.report(id_))
    path = f"/documents/{id_}/decisions/{finding}"
    assert visitor.submit(path, status="dismissed", reason=" ").status_code == 422
    answer = visitor.submit(path, status="dismissed", reason="口径不同")
    assert answer.headers["location"] == f"/documents/{id_}?from={finding}#f-{finding}"
    assert visitor.submit(f"/documents/{id_}/check").status_code == 303
    visitor.settled(id_)
    decision = visitor.report(id_)["findings"][0]["decision"]
    assert (decision["status"], decision["reason"]) == ("dismissed", "口径不同")
    assert decision["at"].endswith("+00:00")


def test_a_corrected_version_inherits_decisions_about_what_did_not_change(visitor: Visitor) -> None:
    first = visitor.paste(TEXT)
    visitor.settled(first)
    finding = _first(visitor.report(first))
    decided = {"status": "confirmed", "comment": "已去函"}
    path = f"/api/v1/documents/{first}/decisions/{finding}"
    assert visitor.program.put(path, json=decided).status_code == 200
    stranger = visitor.paste(TEXT + "\n支出8万元。")
    corrected = visitor.paste(TEXT + "\n支出8万元。", corrects=first)
    for id_ in (stranger, corrected):
        visitor.settled(id_)
    assert visitor.report(stranger)["findings"][0]["decision"] is None
    assert visitor.report(corrected)["findings"][0]["decision"]["comment"] == "已去函"


def test_another_edition_of_the_same_units_report_inherits_without_being_told(
    visitor: Visitor, sample: bytes
) -> None:
    first = visitor.hand_in(sample)
    visitor.settled(first)
    finding = visitor.report(first)["findings"][-1]["fingerprint"]
    path = f"/api/v1/documents/{first}/decisions/{finding}"
    visitor.program.put(path, json={"status": "confirmed"})
    edition = visitor.hand_in(sample + b"\n% saved again\n")
    visitor.settled(edition)
    again = visitor.program.get(f"/api/v1/documents/{edition}/decisions/{finding}").json()
    assert again["status"] == "confirmed"


def test_every_export_carries_the_decisions(visitor: Visitor, sample: bytes) -> None:
    id_ = visitor.hand_in(sample)
    visitor.settled(id_)
    finding = _first(visitor.report(id_))
    path = f"/api/v1/documents/{id_}/decisions/{finding}"
    visitor.program.put(path, json={"status": "dismissed", "reason": "理由写在这里"})
    offered = visitor.program.get(f"/api/v1/documents/{id_}/exports").json()
    assert {"json", "markdown", "text"} <= {each["name"] for each in offered}
    for each in offered:
        answer = visitor.program.get(each["href"])
        assert answer.status_code == 200, answer.text
        assert answer.headers["content-disposition"].startswith("attachment; filename*=UTF-8''")
        if each["name"] == "json":
            report = json.loads(answer.content)
            assert report["findings"][0]["decision"]["reason"] == "理由写在这里"


def test_a_decision_can_be_taken_back(visitor: Visitor) -> None:
    id_ = visitor.paste(TEXT + "\n收入合计9.07万元。")
    visitor.settled(id_)
    path = f"/api/v1/documents/{id_}/decisions/{_first(visitor.report(id_))}"
    assert visitor.program.delete(path).status_code == 404
    visitor.program.put(path, json={"comment": "再看"})
    assert visitor.program.get(path).json()["status"] is None
    assert visitor.program.delete(path).status_code == 204
    assert visitor.program.get(path).status_code == 404


def test_the_report_is_told_in_english_with_the_same_fingerprints(
    visitor: Visitor, sample: bytes
) -> None:
    id_ = visitor.hand_in(sample)
    visitor.settled(id_)
    chinese = visitor.report(id_)
    english = visitor.report(id_, **{"accept-language": "en-GB,en;q=0.9,zh;q=0.2"})
    assert "cannot" in english["summary"]["headline"]
    assert [f["fingerprint"] for f in english["findings"]] == [
        f["fingerprint"] for f in chinese["findings"]
    ]


def test_a_page_tells_what_became_of_each_of_its_numbers(visitor: Visitor, sample: bytes) -> None:
    id_ = visitor.hand_in(sample)
    visitor.settled(id_)
    sizes = visitor.program.get(f"/api/v1/documents/{id_}/pages").json()
    assert [size["number"] for size in sizes] == list(range(1, 13))
    page = visitor.program.get(f"/api/v1/documents/{id_}/pages/10").json()
    quoted = {page["text"][n["start"] : n["end"]] for n in page["numbers"]}
    assert "2,748.71" in quoted
    assert visitor.program.get(f"/api/v1/documents/{id_}/pages/13").status_code == 404


def test_a_page_image_is_drawn_once_and_confirmed_by_its_tag(
    visitor: Visitor, sample: bytes
) -> None:
    id_ = visitor.hand_in(sample)
    visitor.settled(id_)
    path = f"/api/v1/documents/{id_}/pages/1/image"
    image = visitor.program.get(path)
    assert image.content.startswith(b"\x89PNG")
    assert [p.name for p in (visitor.server.data / "images" / id_).iterdir()] == ["1@1.5.png"]
    tag = {"if-none-match": image.headers["etag"]}
    assert visitor.program.get(path, headers=tag).status_code == 304
    assert visitor.program.get(path, params={"zoom": "7"}).status_code == 422


def test_deleting_a_document_leaves_nothing_of_it(visitor: Visitor, sample: bytes) -> None:
    data = sample.replace(b"%%EOF", b"% unlike the others\n%%EOF")
    id_ = visitor.hand_in(data, "要删除的.pdf")
    visitor.settled(id_)
    visitor.program.get(f"/api/v1/documents/{id_}/pages/1/image")
    assert visitor.submit(f"/documents/{id_}/delete").status_code == 303
    for path in ("", "/report", "/pages/1/image", "/original", "/decisions"):
        assert visitor.program.get(f"/api/v1/documents/{id_}{path}").status_code == 404
    left = [p for p in visitor.server.data.rglob("*") if id_ in p.name]
    assert left == []
    assert "要删除的" not in visitor.http.get("/").text
