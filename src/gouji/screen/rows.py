"""What the store keeps of a report beside its JSON: rows to sort and to count by (存储行)."""

from __future__ import annotations

import json
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import suppress

from gouji.model.document import Page
from gouji.model.examined import Examined, PrintedFate
from gouji.model.place import Box
from gouji.model.report import Finding, Report
from gouji.report.colouring import leaves_of
from gouji.report.page_images import PageImages, page_images
from gouji.screen.fact import Fact
from gouji.screen.facts_record import fact_from, record_of
from gouji.screen.outcome import FactRow, FindingRow, NumberSpan, PageText, QuoteSpan
from gouji.screen.profile import Profile, profile_from, profile_record

HEAD = 4096
"""Bytes unpacked at a time for a profile."""
_BEFORE = '{"profile":'
LEVEL = 3
"""Of compression: reports and facts shrink to a tenth; more costs time and saves little."""


def finding_row(finding: Finding) -> FindingRow:
    """Return a finding as one row (发现行)."""
    return FindingRow(
        finding.id,
        finding.fingerprint,
        finding.rule,
        finding.name,
        finding.grade,
        finding.severity,
        finding.confidence,
        finding.message,
        next((e.page for e in finding.evidence if e.page is not None), None),
        finding.cluster,
    )


def verdict_rows(report: Report) -> tuple[tuple[str, str, int], ...]:
    """Count the ledger by rule and grade (核对计数)."""
    counts = Counter((check.rule, check.grade) for check in report.checks)
    return tuple((rule, grade, n) for (rule, grade), n in sorted(counts.items()))


def told_rows(profile: Profile, facts: tuple[Fact, ...]) -> tuple[tuple[FactRow, ...], bytes]:
    """Return what a document tells other documents (概况与事实): rows to list, and all of it.

    The second is for `told_from`. Each fact is written out once for both.
    """
    records = [record_of(fact) for fact in facts]
    rows = tuple(FactRow(**{name: r[name] for name in FactRow._fields}) for r in records)
    whole = {"profile": profile_record(profile), "facts": records}
    text = json.dumps(whole, ensure_ascii=False, separators=(",", ":"))
    return rows, zlib.compress(text.encode("utf-8", "replace"), LEVEL)


def told_from(content: bytes) -> tuple[Profile, tuple[Fact, ...]]:
    """Return profile and facts as `told_rows` wrote them (概况与事实)."""
    record = json.loads(zlib.decompress(content))
    return profile_from(record["profile"]), tuple(fact_from(f) for f in record["facts"])


def profile_in(content: bytes) -> Profile:
    """Return the profile alone: it stands first, so the facts need not be unpacked (概况)."""
    unpacking, taken = zlib.decompressobj(), b""
    while not unpacking.eof:
        more = unpacking.decompress(unpacking.unconsumed_tail or content, HEAD)
        content = b""
        taken += more
        text = taken.decode("utf-8", "ignore").removeprefix(_BEFORE)
        with suppress(json.JSONDecodeError):
            return profile_from(json.JSONDecoder().raw_decode(text)[0])
    return told_from(content)[0]


def page_texts(examined: Examined, source: bytes) -> tuple[PageText, ...]:
    """Return the text of each page with its numbers and quotes, and where they stand (页面文字)."""
    fates: dict[int | None, list[PrintedFate]] = defaultdict(list)
    for fate in examined.fates:
        fates[fate.place.page].append(fate)
    quotes: dict[int | None, set[tuple[int, int]]] = defaultdict(set)
    for finding in examined.report.findings:
        for item in finding.evidence:
            quotes[item.page].add((item.start, item.end))
    pages = examined.disclosure.document.pages
    with page_images(source) as images:
        return tuple(
            PageText(
                page.number,
                page.text,
                page.width,
                page.height,
                tuple(_numbers(images, page, fates[page.number])),
                tuple(
                    QuoteSpan(start, end, _boxes(images, page, start, end))
                    for start, end in sorted(quotes[page.number])
                ),
                leaf,
            )
            for page, leaf in zip(pages, leaves_of(examined), strict=True)
        )


def _numbers(
    images: PageImages | None, page: Page, fates: list[PrintedFate]
) -> Iterator[NumberSpan]:
    for fate in sorted(fates, key=lambda f: (f.place.start, f.place.end)):
        start, end = fate.place.start, fate.place.end
        yield NumberSpan(start, end, fate.fate, _boxes(images, page, start, end))


def _boxes(images: PageImages | None, page: Page, start: int, end: int) -> tuple[Box, ...]:
    return images.boxes(page, start, end) if images is not None else ()
