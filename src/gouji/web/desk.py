"""What a visitor can have done with a document (窗口): the same for pages and for programs."""

from __future__ import annotations

import hashlib
import logging
import re
import threading
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import PurePosixPath
from typing import Annotated

from fastapi import Depends
from starlette.requests import Request

from gouji.errors import Phrases
from gouji.messages import N_, Catalogue, Language, phrases_of
from gouji.model.report import Decision, Report
from gouji.read.source import glance, is_pdf
from gouji.report.formats import FORMATS, Format
from gouji.screen.outcome import Checked, Failed, Outcome
from gouji.web import errands, problems
from gouji.web.entry import Entry, State
from gouji.web.errands import ErrandError, Errands, Order
from gouji.web.neighbours import Neighbours
from gouji.web.options import ServeOptions
from gouji.web.pace import Pace
from gouji.web.problems import Refusal
from gouji.web.runner import Runner
from gouji.web.shelf import Shelf
from gouji.web.vault import ID, Vault, new_id

log = logging.getLogger("gouji.web")

PASTED = N_("粘贴文本")
LONGEST_NAME = 200
TOO_LARGE = N_("{name}：超过单份 {limit} MB 的上限；请拆分后再交。")
EMPTY_TEXT = N_("没有文字：请先粘贴报告的文字。")
UNKNOWN_CORRECTED = N_("找不到所更正的文档 {id}：编号有误，或已被删除。")
DANGEROUS = N_("{name}：打开时出错，已拒收；文件可能损坏或含有恶意内容。")
NO_FORMAT = N_("没有 {format} 格式；可用的格式：{formats}。")
NEEDS_REASON = N_("请写明驳回的理由。")
NOTHING_DECIDED = N_("请选择确认或驳回，或写一条批注。")
WORKER_FAILED = N_("这份文档现在读不出来：{sentence}")
_HALF_CHARACTER = re.compile("[\ud800-\udfff]")
_UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
"""Unicode categories with no place in a name: control, direction marks, halves of characters."""
_LATER = 30


@dataclass(frozen=True, slots=True)
class Upload:
    """A file or a text as it came (来件)."""

    name: str
    data: bytes


class Desk:
    """Takes documents in and gives out what is known of them (窗口)."""

    def __init__(self, options: ServeOptions, shelf: Shelf, vault: Vault, runner: Runner) -> None:
        self.options = options
        self.shelf = shelf
        self.vault = vault
        self.runner = runner
        self.errands = Errands()
        self.neighbours = Neighbours(shelf, self.errands, options.lang, options.store_url)
        allowance = options.allowance
        self._pace = Pace(allowance.burst, allowance.per_minute)
        self._taking_in = threading.BoundedSemaphore(4)

    # --- taking in ---------------------------------------------------------------------------

    def admit(self, count: int) -> None:
        """Let so many documents in, or refuse them all for now (放行)."""
        waiting = self.shelf.counts()["queued"]
        if waiting + count > max(self.options.allowance.waiting, count):
            raise _later(problems.QUEUE_FULL, _LATER, count=waiting)
        if seconds := self._pace.wait_for(count):
            raise _later(problems.TOO_MANY_DOCUMENTS, int(seconds) + 1)

    def take_in(self, upload: Upload, corrects: str | None = None) -> Entry:
        """Look at a document, keep it and queue it (收件); raises `InputError` or `Refusal`."""
        earlier = self._corrected(corrects)
        name = clean_name(upload.name)
        limit = self.options.allowance.file_bytes
        if len(upload.data) > limit:
            raise Refusal(413, TOO_LARGE, name=name, limit=limit >> 20)
        self._look_at(upload.data, name)
        sha256 = hashlib.sha256(upload.data).hexdigest()
        entry = Entry(
            id=new_id(),
            name=name,
            sha256=sha256,
            size=len(upload.data),
            source="pdf" if is_pdf(upload.data) else "text",
            state="queued",
            submitted_at=datetime.now(UTC),
            lineage=earlier.lineage if earlier else f"sha256:{sha256}",
            corrects=earlier.id if earlier else None,
        )
        with self._taking_in:
            self.vault.put(entry.id, upload.data)
        try:
            self.shelf.add(entry)
        except BaseException:
            self.vault.remove(entry.id)
            raise
        self.runner.call()
        return self.shelf.entry(entry.id) or entry

    def take_in_text(self, text: str, name: str, corrects: str | None, say: Catalogue) -> Entry:
        """Take in pasted text (收文本)."""
        if not text.strip():
            raise Refusal(422, EMPTY_TEXT)
        data = _HALF_CHARACTER.sub("\ufffd", text).encode()
        return self.take_in(Upload(name.strip() or say(PASTED), data), corrects)

    def check_again(self, entry: Entry) -> None:
        """Queue a document once more (重新核查)."""
        self.admit(1)
        if not self.shelf.check_again(entry.id):
            raise Refusal(409, problems.IN_PROGRESS)
        self.runner.call()

    def _look_at(self, data: bytes, name: str) -> None:
        """Refuse what cannot be read; even opening a PDF is left to a bounded process."""
        if not is_pdf(data):
            glance(data, name)
            return
        try:
            self.errands.run(glance, data, name)
        except ErrandError as error:
            raise Refusal(422, DANGEROUS, name=name) from error

    def _corrected(self, id: str | None) -> Entry | None:  # noqa: A002 (the word for it)
        if not id:
            return None
        found = self.shelf.entry(id) if ID.match(id) else None
        if found is None:
            raise Refusal(422, UNKNOWN_CORRECTED, id=clean_name(id))
        return found

    # --- giving out --------------------------------------------------------------------------

    def entry(self, id: str) -> Entry:  # noqa: A002 (the word for it)
        """Return a document, or refuse with 404 (送审件)."""
        found = self.shelf.entry(id) if ID.match(id) else None
        if found is None:
            raise Refusal(404, problems.NOT_FOUND)
        return self._with_step(found)

    def entries(
        self, state: State | None = None, words: str = "", *, limit: int = 50, offset: int = 0
    ) -> tuple[int, list[Entry]]:
        """Return how many documents match, and a page of them with how far each is (列表)."""
        total, found = self.shelf.entries(state, words, limit=limit, offset=offset)
        return total, [self._with_step(entry) for entry in found]

    def _with_step(self, entry: Entry) -> Entry:
        step = self.runner.step(entry) if entry.state == "checking" else None
        return replace(entry, step=step) if step else entry

    def settled(self, id: str) -> Entry:  # noqa: A002 (the word for it)
        """Return a document that was checked, or refuse with 404 or 409 (已核查的送审件)."""
        entry = self.entry(id)
        if entry.state == "failed":
            why = phrases_of(entry.saying, entry.sentence)
            raise Refusal(409, problems.HAS_FAILED, sentence=why)
        if entry.state != "done":
            raise Refusal(409, problems.NOT_DONE)
        return entry

    def report(self, entry: Entry, lang: Language) -> Report:
        """Return a report with its decisions and what other documents say against it (报告).

        In a language it was not told in it is told anew.
        """
        return self.neighbours.with_findings(self.own_report(entry, lang), entry, lang)

    def own_report(self, entry: Entry, lang: Language) -> Report:
        """Return what was found within a document itself (文件内部的报告)."""
        kept = self.shelf.report(entry, lang)
        if kept is not None:
            return kept
        outcome = self.runner.retell(entry, lang)
        if not isinstance(outcome, Checked):
            raise Refusal(409, WORKER_FAILED, sentence=_why(outcome))
        self.shelf.keep_retold(self.runner.submission(entry), outcome, lang)
        return outcome.report.decided(self.shelf.decisions(entry))

    def deleted_after(self, entry: Entry) -> datetime | None:
        """Return when a document will be deleted by itself (到期时间)."""
        days = self.options.keep_days
        return entry.submitted_at + timedelta(days=days) if days else None

    def picture(self, entry: Entry, index: int, zoom: str) -> bytes:
        """Return a page as PNG, drawn when first asked for (页面图像)."""
        key = f"{index}@{zoom}"
        path = self.vault.image(entry.id, key)
        try:
            return path.read_bytes()
        except FileNotFoundError:
            data = self._drawn(entry, index, float(zoom))
        self.vault.keep_image(entry.id, key, data)
        if self.shelf.entry(entry.id) is None:  # deleted meanwhile
            self.vault.remove(entry.id)
        return data

    def _drawn(self, entry: Entry, index: int, zoom: float) -> bytes:
        if entry.source != "pdf":
            raise Refusal(404, problems.NO_PICTURE)
        sizes = self.shelf.page_sizes(entry.id)
        if not 0 < index <= len(sizes):
            raise Refusal(404, problems.NO_PAGE, n=index, count=len(sizes))
        area = max(1.0, sizes[index - 1].width * sizes[index - 1].height)
        scale = min(zoom, (errands.LARGEST_PICTURE / area) ** 0.5)
        try:
            data = self.errands.run(errands.draw, self.vault.original(entry.id), index, scale)
        except FileNotFoundError as error:
            raise Refusal(404, problems.NOT_FOUND) from error
        except ErrandError as error:
            raise Refusal(422, problems.UNDRAWABLE, n=index, sentence=error.phrases) from error
        if data is None:
            damaged = Phrases([(errands.NOT_DRAWN, {})])
            raise Refusal(422, problems.UNDRAWABLE, n=index, sentence=damaged)
        return data

    def exported(self, entry: Entry, format: str, lang: Language) -> tuple[Format, str, bytes]:  # noqa: A002 (the word for it)
        """Return a report in a format, its decisions in it, with a file name (导出)."""
        if format not in FORMATS:
            names = "、".join(FORMATS)
            raise Refusal(404, NO_FORMAT, format=clean_name(format), formats=names)
        wanted = FORMATS[format]
        report = self.report(entry, lang)
        order = Order(self.vault.original(entry.id), entry.name, format, lang, report)
        try:
            data = self.errands.run(errands.export, order)
        except FileNotFoundError as error:
            raise Refusal(404, problems.NOT_FOUND) from error
        except ErrandError as error:
            raise Refusal(422, WORKER_FAILED, sentence=error.phrases) from error
        return wanted, wanted.file_name(report), data

    # --- review ------------------------------------------------------------------------------

    def decisions(self, entry: Entry) -> Mapping[str, Decision]:
        """Return the decisions that apply to a document's findings (复核意见)."""
        findings = self._kept(entry).findings
        return {f.fingerprint: f.decision for f in findings if f.decision is not None}

    def decide(self, entry: Entry, fingerprint: str, decision: Decision) -> Decision:
        """Keep what a reviewer decides about a finding (复核)."""
        self._require_finding(entry, fingerprint)
        cleaned = decision.model_copy(
            update={
                "reason": clean_words(decision.reason),
                "comment": clean_words(decision.comment),
                "by": clean_name(decision.by, or_else=""),
                "at": "",
            }
        )
        if cleaned.status == "dismissed" and not cleaned.reason:
            raise Refusal(422, NEEDS_REASON)
        if cleaned.status is None and not cleaned.comment:
            raise Refusal(422, NOTHING_DECIDED)
        return self.shelf.decide(self._scope(entry, fingerprint), fingerprint, cleaned)

    def undecide(self, entry: Entry, fingerprint: str) -> None:
        """Take a decision back (撤销)."""
        self._require_finding(entry, fingerprint)
        if not self.shelf.undecide(self._scope(entry, fingerprint), fingerprint):
            raise Refusal(404, problems.NO_DECISION)

    def _scope(self, entry: Entry, fingerprint: str) -> str:
        """Return within what a decision counts: a finding across documents is that of one of them."""
        return self.neighbours.scope_of(entry, fingerprint) or entry.lineage

    def _require_finding(self, entry: Entry, fingerprint: str) -> None:
        if all(f.fingerprint != fingerprint for f in self._kept(entry).findings):
            raise Refusal(404, problems.NO_FINDING, fingerprint=clean_name(fingerprint))

    def _kept(self, entry: Entry) -> Report:
        return self.report(entry, self.options.lang)

    # --- going -------------------------------------------------------------------------------

    def delete(self, id: str) -> None:  # noqa: A002 (the word for it)
        """Delete a document and everything about it (删除)."""
        self.entry(id)
        self.shelf.delete(id)
        self.vault.remove(id)
        self.neighbours.call()

    def tidy(self) -> int:
        """Delete what was kept long enough, and files of no document; return how many (清理)."""
        gone: list[str] = []
        if self.options.keep_days:
            moment = datetime.now(UTC) - timedelta(days=self.options.keep_days)
            gone = self.shelf.settled_before(moment)
        for each in gone:
            self.shelf.delete(each)
            self.vault.remove(each)
        return len(gone)

    def close(self) -> None:
        """End all processes (关闭)."""
        self.runner.stop()
        self.neighbours.stop()
        self.errands.close()


def desk_of(request: Request) -> Desk:
    """Return the desk of the application."""
    desk: Desk = request.app.state.desk
    return desk


AtDesk = Annotated[Desk, Depends(desk_of)]


def clean_name(name: str, or_else: str = "-") -> str:
    """Return a name fit to be shown (名称): its last part, without marks nobody sees."""
    last = PurePosixPath(name.replace("\\", "/")).name
    seen = "".join(c for c in last if unicodedata.category(c) not in _UNSEEN)
    return unicodedata.normalize("NFC", seen).strip()[:LONGEST_NAME].strip() or or_else


def clean_words(text: str) -> str:
    """Return a reviewer's words without control characters, lines kept (批语)."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = (c for c in lines if c in "\n\t" or unicodedata.category(c) not in {"Cc", "Cs"})
    return "".join(kept).strip()


def _why(outcome: Outcome) -> Phrases:
    """Return why a check came to nothing, to be said in any language."""
    return (
        phrases_of(outcome.saying, outcome.sentence) if isinstance(outcome, Failed) else Phrases()
    )


def _later(sentence: str, seconds: int, **words: object) -> Refusal:
    headers = {"retry-after": str(seconds)}
    return Refusal(429, sentence, headers=headers, seconds=seconds, **words)
