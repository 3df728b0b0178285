"""A server that is killed loses nothing; a worker that dies costs one document."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.web.conftest import TEXT, Server, Serving, Visitor

Visit = Callable[..., Visitor]


def _children(pid: int) -> Iterator[int]:
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            stat = path.read_text("utf-8", "replace")
        except OSError:
            continue
        if int(stat.rpartition(")")[2].split()[1]) == pid:
            yield int(path.parent.name)


def _descendants(pid: int) -> set[int]:
    found = set(_children(pid))
    for child in list(found):
        found |= _descendants(child)
    return found


def _is_alive(pid: int) -> bool:
    try:
        stat = Path(f"/proc/{pid}/stat").read_text("utf-8", "replace")
    except OSError:
        return False
    return stat.rpartition(")")[2].split()[0] != "Z"


def _gone(pids: set[int], seconds: float = 15.0) -> bool:
    until = time.monotonic() + seconds
    while any(_is_alive(pid) for pid in pids) and time.monotonic() < until:
        time.sleep(0.1)
    return not any(_is_alive(pid) for pid in pids)


def test_a_server_killed_amid_uploads_loses_no_report_and_checks_the_rest_after_its_start(
    serve: Serving, visit: Visit, sample: bytes
) -> None:
    server = serve()
    guest = visit(server)
    first = guest.hand_in(sample, "先查完的.pdf")
    guest.settled(first)
    finding = guest.report(first)["findings"][0]["fingerprint"]
    decided = {"status": "confirmed"}
    guest.program.put(f"/api/v1/documents/{first}/decisions/{finding}", json=decided)
    ids = [guest.hand_in(sample, f"{n}.pdf") for n in range(8)]
    server.kill()
    server.start()
    again = visit(server)
    listed = again.program.get("/api/v1/documents").json()
    assert {d["id"] for d in listed["documents"]} == {first, *ids}
    kept = again.report(first)
    assert len(kept["findings"]) == 14
    assert kept["findings"][0]["decision"]["status"] == "confirmed"
    for id_ in ids:
        assert again.settled(id_)["state"] == "done"
        assert len(again.report(id_)["findings"]) == 14


def test_no_process_outlives_a_server_however_it_ends(
    serve: Serving, visit: Visit, sample: bytes
) -> None:
    for end in (Server.stop, Server.kill):
        server = serve()
        guest = visit(server)
        guest.settled(guest.hand_in(sample))
        processes = _descendants(server.pid) | {server.pid}
        assert len(processes) > 2
        end(server)
        assert _gone(processes)


def test_a_worker_killed_at_its_work_costs_one_document_which_says_so(
    serve: Serving, visit: Visit
) -> None:
    server = serve()
    guest = visit(server)
    guest.settled(guest.paste(TEXT))
    before = _descendants(server.pid)
    large = guest.paste((TEXT + "收入9.07万元。\n") * 20_000)
    small = guest.paste(TEXT)
    until = time.monotonic() + 10
    while guest.program.get(f"/api/v1/documents/{large}").json()["state"] != "checking":
        assert time.monotonic() < until
    time.sleep(0.3)
    busiest = max(before, key=_processor_time)
    os.kill(busiest, signal.SIGKILL)
    lost = guest.settled(large)
    assert lost["state"] == "failed"
    assert lost["failure"].endswith("。")
    assert lost["reason"] in ("memory", "crash")
    page = guest.http.get(f"/documents/{large}").text
    assert lost["failure"] in page
    assert guest.settled(small)["state"] == "done"


def _processor_time(pid: int) -> int:
    try:
        stat = Path(f"/proc/{pid}/stat").read_text("utf-8", "replace")
    except OSError:
        return 0
    fields = stat.rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12])


def test_what_was_kept_long_enough_is_deleted(serve: Serving, visit: Visit, sample: bytes) -> None:
    server = serve("--keep", "0.00001")
    guest = visit(server)
    id_ = guest.hand_in(sample)
    status = guest.settled(id_)
    assert status["deleted_after"] is not None
    time.sleep(1)
    server.stop()
    server.start()
    again = visit(server)
    until = time.monotonic() + 20
    while again.program.get("/api/v1/documents").json()["total"]:
        assert time.monotonic() < until
        time.sleep(0.1)
    assert again.program.get(f"/api/v1/documents/{id_}").status_code == 404
    assert list((server.data / "originals").iterdir()) == []


def test_a_store_that_cannot_be_opened_is_one_sentence(tmp_path: Path, loopback: None) -> None:
    del loopback
    for name, *flags in (("a", "--store", "/nowhere/x.db"), ("b", "--data", "/proc/nowhere")):
        with pytest.raises(AssertionError) as refused:
            Server(tmp_path / name, *flags)
        said = str(refused.value).strip()
        assert said.endswith("。")
        assert "\n" not in said


def test_two_servers_do_not_share_a_folder(serve: Serving) -> None:
    server = serve()
    with pytest.raises(AssertionError, match="另一个 gouji serve"):
        Server(server.data)


def test_a_log_holds_no_text_and_no_name_of_a_document(
    serve: Serving, visit: Visit, sample: bytes
) -> None:
    server = serve()
    guest = visit(server)
    guest.settled(guest.hand_in(sample, "机密单位.pdf"))
    guest.settled(guest.paste("<绝密>" + TEXT, name="机密文本"))
    guest.program.post("/api/v1/texts", content=b'{"text": "\xff\xfe')
    server.stop()
    assert "密" not in server.log.read_text("utf-8")
