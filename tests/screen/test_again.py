"""What a store's comparisons say of one document is told from its side, in its reader's language."""

from __future__ import annotations

from gouji.messages import Catalogue
from gouji.screen.across.again import among, groups_with, told_to
from gouji.screen.across.run import compare_store
from gouji.screen.store import Store
from gouji.screen.store.across import numbers_of
from tests.screen.made import checked
from tests.screen.test_across import before, now
from tests.screen.test_across_store import OPTIONS, put


def test_each_document_hears_of_the_other_and_keeps_its_own_numbers(store: Store) -> None:
    put(store, before(), "决算.txt")
    put(store, now(), "另存/决算.txt")
    compare_store(store, OPTIONS.key)
    earlier, later = checked(before(), "决算.txt"), checked(now(), "决算.txt")
    assert numbers_of(store, OPTIONS.key, [earlier.sha256, later.sha256]) == {
        earlier.sha256: 1,
        later.sha256: 1,
    }
    told = {}
    for outcome in (earlier, later):
        (placed,) = groups_with(store, OPTIONS.key, outcome.sha256)
        (said,) = [told_to(placed, Catalogue())]
        whole = among(outcome.report, [said], Catalogue())
        own, across = whole.findings[:-1], whole.findings[-1]
        assert own == outcome.report.findings
        assert across.id == "X1"
        assert len(whole.checks) == len(outcome.report.checks) + len(said.checks)
        assert said.counted >= said.failed == 1
        told[outcome.sha256] = across
    names = [{e.document for e in each.evidence} for each in told.values()]
    assert names == [{None, "决算.txt（2023）"}, {None, "决算.txt（2022）"}]
    assert len({each.fingerprint for each in told.values()}) == 1


def test_what_is_told_in_english_has_the_same_fingerprint(store: Store) -> None:
    put(store, before(), "2022.txt")
    put(store, now(), "2023.txt")
    compare_store(store, OPTIONS.key)
    (placed,) = groups_with(store, OPTIONS.key, checked(now()).sha256)
    chinese, english = (told_to(placed, Catalogue(lang)).findings[0] for lang in ("zh", "en"))
    assert chinese.fingerprint == english.fingerprint
    assert chinese.message != english.message


def test_a_document_that_was_compared_with_nothing_has_a_report_as_it_was(store: Store) -> None:
    put(store, now(), "2023.txt")
    compare_store(store, OPTIONS.key)
    outcome = checked(now())
    assert groups_with(store, OPTIONS.key, outcome.sha256) == ()
    assert among(outcome.report, [], Catalogue()) == outcome.report
