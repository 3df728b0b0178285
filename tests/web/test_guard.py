"""Who may ask what: hosts, other web sites, forms, the token, sizes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import httpx
import pytest

from gouji.errors import InputError
from gouji.web.options import ServeOptions, validated
from tests.web.conftest import TEXT, Server, Serving, Visitor

TOKEN = "correct-horse-battery"  # noqa: S105 (made up)
GUARDED = {"GOUJI_TOKEN": TOKEN}


@pytest.fixture(scope="module")
def guarded_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    server = Server(tmp_path_factory.mktemp("guarded") / "data", "--host", "0.0.0.0", **GUARDED)  # noqa: S104 (what is tested)
    yield server
    server.stop()


@pytest.fixture
def guarded(guarded_server: Server, loopback: None) -> Iterator[Visitor]:
    del loopback
    visiting = Visitor(guarded_server)
    yield visiting
    visiting.close()


# --- on this machine -------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path", ["/", "/login", "/nothing", "/api/v1/documents", "/static/gouji.css"]
)
def test_every_answer_lets_a_browser_run_only_our_own_files(visitor: Visitor, path: str) -> None:
    headers = visitor.http.get(path).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"


def test_no_page_has_an_inline_script_or_style_or_an_outside_resource(
    visitor: Visitor, sample: bytes
) -> None:
    id_ = visitor.hand_in(sample)
    visitor.settled(id_)
    pages = ["/", "/about/api", "/nothing", f"/documents/{id_}", f"/documents/{id_}/delete"]
    pages += [f"/documents/{id_}/{name}" for name in ("coverage", "checks", "new-version")]
    for path in pages:
        page = visitor.http.get(path).text
        assert not re.search(r"<script(?![^>]*\bsrc=)", page), path
        assert not re.search(r"<style|\sstyle=|\son\w+=", page), path
        assert not re.search(r"""(?:src|href|action)=["']?(?:https?:)?//""", page), path


def test_the_cookie_is_kept_from_scripts_and_other_sites(visitor: Visitor) -> None:
    cookie = visitor.http.get("/").headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8600", "192.0.2.7", "", "[::1"])
def test_a_foreign_host_name_is_refused(visitor: Visitor, host: str) -> None:
    for path in ("/", "/api/v1/documents"):
        answer = visitor.program.get(path, headers={"host": host})
        assert answer.status_code in (400, 421)


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "http://evil.example"},
        {"origin": "null"},
        {"sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors"},
        {"sec-fetch-site": "same-site", "sec-fetch-mode": "cors"},
    ],
)
def test_what_another_site_has_a_browser_send_changes_nothing(
    visitor: Visitor, headers: dict[str, str]
) -> None:
    total = visitor.program.get("/api/v1/documents").json()["total"]
    answer = visitor.program.post("/api/v1/texts", json={"text": TEXT}, headers=headers)
    assert answer.status_code == 403
    assert visitor.http.post("/documents", data={"text": TEXT}, headers=headers).status_code == 403
    assert visitor.program.get("/api/v1/documents").json()["total"] == total


def test_a_form_without_the_token_of_its_page_is_refused(visitor: Visitor) -> None:
    visitor.token()
    for given in ("", "0" * 64):
        answer = visitor.http.post("/documents", data={"form_token": given, "text": TEXT})
        assert answer.status_code == 403
        assert "页面已过期" in answer.text


def test_a_script_of_our_pages_must_show_the_token_too(visitor: Visitor) -> None:
    token = visitor.token()
    answer = visitor.http.post("/api/v1/texts", json={"text": TEXT})
    assert answer.status_code == 403
    shown = {"x-csrf-token": token}
    assert visitor.http.post("/api/v1/texts", json={"text": TEXT}, headers=shown).status_code == 202


# --- content ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("空.pdf", b"", "空的"),
        ("a.pdf", b"PK\x03\x04 really a docx", "Word"),
        ("b.pdf", b"%PDF-1.7\nnot really", "已损坏"),
        ("c.txt", bytes(range(256)) * 20, "既不是 PDF"),
        ("d.txt", b"\x89PNG\r\n\x1a\n", "图片"),
    ],
)
def test_content_decides_not_the_name_and_the_sentence_says_why(
    visitor: Visitor, name: str, data: bytes, says: str
) -> None:
    answer = visitor.program.post("/api/v1/documents", files={"file": (name, data)})
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert says in answer.json()["detail"]
    english = {"accept-language": "en"}
    answer = visitor.program.post(
        "/api/v1/documents", files={"file": (name, data)}, headers=english
    )
    assert not re.search("[\u4e00-\u9fff]", answer.json()["detail"].replace(name, ""))
    page = visitor.submit("/documents", files={"file": (name, data)})
    assert page.status_code == 422
    assert says in page.text


def test_a_name_is_shown_and_never_a_path(visitor: Visitor, sample: bytes) -> None:
    name = "../../etc/\u202epasswd<script>alert(1)</script>.pdf"
    id_ = visitor.hand_in(sample, name)
    status = visitor.settled(id_)
    assert status["name"] == "script>.pdf"
    named = visitor.paste(TEXT, name="<img src=x onerror=alert(1)>\u202e\x00.txt")
    visitor.settled(named)
    page = visitor.http.get("/").text
    assert "<img src=x" not in page
    assert "&lt;img src=x onerror=alert(1)&gt;.txt" in page
    files = {path.name for path in (visitor.server.data / "originals").iterdir()}
    assert id_ in files
    assert all(re.fullmatch(r"[\w-]{22}", name) for name in files)


def test_hostile_text_shows_as_text(visitor: Visitor) -> None:
    hostile = "<script>alert(1)</script>=cmd|' /C calc'!A0\u202e"
    id_ = visitor.paste(f"{hostile}\n{TEXT}\n")
    assert visitor.settled(id_)["state"] == "done"
    for path in ("", "/coverage"):
        page = visitor.http.get(f"/documents/{id_}{path}").text
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert(" in page


def test_a_body_beyond_the_limit_is_refused_with_its_sentence(visitor: Visitor) -> None:
    path = "/api/v1/documents/AAAAAAAAAAAAAAAAAAAAAA/decisions/abc"
    answer = visitor.program.put(path, content=b"x" * (1 << 20) + b"x")
    assert answer.status_code == 413
    assert answer.json()["detail"] == "上传的内容超过 1 MB 的上限；请分几次上传。"

    def stream() -> Iterator[bytes]:
        for _ in range(40):
            yield b"x" * 65_536

    answer = visitor.program.put(path, content=stream())
    assert answer.status_code == 413
    assert "1 MB" in answer.json()["detail"]


def test_a_file_beyond_the_limit_is_refused_and_the_server_goes_on(visitor: Visitor) -> None:
    large = TEXT.encode() + b"\n" * (64 << 20)
    answer = visitor.program.post("/api/v1/documents", files={"file": ("大.txt", large)})
    assert answer.status_code == 413
    assert "64 MB" in answer.json()["detail"]
    assert visitor.program.get("/api/v1/health").status_code == 200


def test_too_many_files_at_once_are_refused(visitor: Visitor) -> None:
    files = [("file", (f"{n}.txt", b"1")) for n in range(51)]
    answer = visitor.program.post("/api/v1/documents", files=files)
    assert answer.status_code == 400
    assert "50" in answer.json()["detail"]


# --- beyond this machine ---------------------------------------------------------------------


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.5", "gouji.example"])  # noqa: S104 (what is tested)
def test_listening_beyond_this_machine_needs_a_token(
    tmp_path_factory: pytest.TempPathFactory, host: str
) -> None:
    options = ServeOptions(tmp_path_factory.getbasetemp(), host)
    with pytest.raises(InputError, match="GOUJI_TOKEN"):
        validated(options, {})
    with pytest.raises(InputError, match="16"):
        validated(options, {"GOUJI_TOKEN": "short"})
    assert validated(options, GUARDED).token == TOKEN


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1", "127.0.0.9"])
def test_this_machine_alone_needs_none(tmp_path_factory: pytest.TempPathFactory, host: str) -> None:
    assert validated(ServeOptions(tmp_path_factory.getbasetemp(), host), {}).is_open


def test_a_stranger_is_sent_to_the_login_and_a_program_gets_401(guarded: Visitor) -> None:
    answer = guarded.program.get("/")
    assert (answer.status_code, answer.headers["location"]) == (303, "/login")
    for path in ("/api/v1/documents", "/api/v1/openapi.json", "/api/v1/health"):
        answer = guarded.program.get(path)
        assert answer.status_code == 401
        assert answer.headers["www-authenticate"] == "Bearer"
    assert guarded.submit_to_login("wrong").status_code == 401


def test_the_token_opens_the_api_and_the_login_opens_the_pages(guarded: Visitor) -> None:
    known = {"authorization": f"Bearer {TOKEN}"}
    assert guarded.program.get("/api/v1/documents", headers=known).status_code == 200
    assert guarded.submit_to_login(TOKEN).headers["location"] == "/"
    assert guarded.http.get("/").status_code == 200
    assert guarded.http.get("/api/v1/documents").status_code == 200
    assert guarded.submit("/documents", text=TEXT).status_code == 303
    assert guarded.submit("/logout").headers["location"] == "/login"
    assert guarded.http.get("/api/v1/documents").status_code == 401


def test_a_cookie_of_somebody_without_the_token_opens_nothing(guarded: Visitor) -> None:
    guarded.http.get("/login")
    assert guarded.http.get("/api/v1/documents").status_code == 401
    cookie = guarded.http.cookies["gouji_session"]
    id_, issued, _, signature = cookie.split(".")
    forged = {"cookie": f"gouji_session={id_}.{issued}.1.{signature}"}
    assert guarded.program.get("/api/v1/documents", headers=forged).status_code == 401


def test_who_guesses_tokens_has_to_wait(serve: Serving, visit: Callable[..., Visitor]) -> None:
    guest = visit(serve(**GUARDED))
    answers = [_guess(guest.program, n) for n in range(14)]
    assert answers[0].status_code == 401
    assert answers[-1].status_code == 429
    assert int(answers[-1].headers["retry-after"]) >= 1
    known = {"authorization": f"Bearer {TOKEN}"}
    assert guest.program.get("/api/v1/health", headers=known).status_code == 200


def _guess(client: httpx.Client, n: int) -> httpx.Response:
    return client.get("/api/v1/health", headers={"authorization": f"Bearer guess-number-{n:06}"})
