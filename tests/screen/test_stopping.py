"""A stop halves nothing (停止): what is stored is counted before the run ends."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from gouji.screen import local
from gouji.screen.find import find
from gouji.screen.local import Order, Tally, plan, screen
from gouji.screen.stopping import ASKED, stoppable, undivided
from gouji.screen.store import Store
from tests.screen.made import CLEAN


@pytest.fixture(autouse=True)
def at_a_terminal() -> Iterator[None]:
    """A job in the background inherits an ignored SIGINT, a terminal does not."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.parametrize("sign", ASKED)
def test_a_stop_ends_what_may_be_divided_at_once(sign: signal.Signals) -> None:
    done = []

    def work() -> None:
        signal.raise_signal(sign)
        done.append("after")

    with pytest.raises(KeyboardInterrupt), stoppable():
        work()
    assert not done


@pytest.mark.parametrize("sign", ASKED)
def test_a_stop_waits_for_what_is_undivided(sign: signal.Signals) -> None:
    done = []

    def work() -> None:
        with undivided():
            signal.raise_signal(sign)
            done.append("within")
        done.append("after")

    with pytest.raises(KeyboardInterrupt), stoppable():
        work()
    assert done == ["within"]


def test_an_error_within_goes_its_own_way_and_leaves_no_stop_behind() -> None:
    def work() -> None:
        with undivided():
            signal.raise_signal(signal.SIGINT)
            raise ValueError("own")

    with pytest.raises(ValueError, match="own"), stoppable():
        work()
    with stoppable(), undivided():
        pass


def test_what_the_shell_told_to_ignore_stays_ignored() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with stoppable():
        signal.raise_signal(signal.SIGINT)
    assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN


def test_handlers_are_as_before_afterwards() -> None:
    before = [signal.getsignal(sign) for sign in ASKED]
    with stoppable():
        assert [signal.getsignal(sign) for sign in ASKED] != before
    assert [signal.getsignal(sign) for sign in ASKED] == before


def test_a_stop_between_storing_and_counting_counts_what_is_stored(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(3):
        (tmp_path / f"{number}.txt").write_text(
            CLEAN.replace("档案馆", f"第{number}档案馆"), "utf-8"
        )
    stored = local.keep

    def keep_and_stop(*words: object) -> None:
        stored(*words)  # type: ignore[arg-type]
        signal.raise_signal(signal.SIGINT)

    monkeypatch.setattr(local, "keep", keep_and_stop)
    tally, order = Tally(), Order()
    with Store.open(str(tmp_path / "s.db")) as store:
        todo = plan(store, find([str(tmp_path / "*.txt")], None), order)
        with pytest.raises(KeyboardInterrupt), stoppable():
            screen(store, todo, order, tally, lambda _document, _outcome: None)
        assert len(list(store.documents())) == tally.done == 1
