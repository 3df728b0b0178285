"""Who reads in a run (读取者): the rules alone, or a language model beside or instead of them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from gouji.check.cascade import run_cascade
from gouji.check.rule import Rule
from gouji.check.run import CRASHED, Ledger, run_rules
from gouji.errors import InputError
from gouji.llm.options import ModelOptions
from gouji.messages import N_
from gouji.model.disclosure import Disclosure
from gouji.model.reading import Engine

if TYPE_CHECKING:
    from gouji.llm.chat import Chat


@dataclass(frozen=True, slots=True)
class Reader:
    """An engine and its model (引擎与模型); plain data, so that it goes to other processes."""

    engine: Engine = "rules"
    options: ModelOptions | None = None

    @property
    def name(self) -> str:
        """Name it in the name of a file: hybrid-local, rules."""
        model = re.sub(r"[^\w.-]+", "-", self.options.model) if self.options else ""
        return f"{self.engine}-{model}" if model else self.engine

    def require(self) -> None:
        """Refuse an engine without its model, and a model that cannot be set up, before any sample."""
        if self.options is None and self.engine != "rules":
            raise InputError(
                N_("--engine {engine} 需要用 --model 指定语言模型。"), engine=self.engine
            )
        if self.options is not None and self.engine == "rules":
            raise InputError(
                N_("--engine rules 不用语言模型；请去掉 --model，或改用 hybrid、llm。")
            )
        if self.options is not None:
            _chat(self.options)

    def read(self, disclosure: Disclosure, rules: tuple[Rule, ...]) -> tuple[Disclosure, Ledger]:
        """Return what is read and judged of a disclosure, as `gouji check` does it."""
        if self.options is None:
            return disclosure, run_rules(disclosure, rules, strict=True)
        from gouji.extract.by_model import read_further  # noqa: PLC0415 (only with a model)

        further = read_further(disclosure, _chat(self.options).for_document(), self.engine)
        if self.engine == "llm":
            return further, run_rules(further, rules, strict=True)
        ledger = run_cascade(disclosure, further, rules)
        crashed = [e for e in ledger.skipped if e.reason.startswith(CRASHED)]
        if crashed:
            raise InputError(
                N_("规则 {code} 出错：{why}"), code=crashed[0].rule.code, why=crashed[0].reason
            )
        return further, ledger


RULES = Reader()


@lru_cache(maxsize=1)
def _chat(options: ModelOptions) -> Chat:
    """Return the client of a model, one for all documents of a process."""
    from gouji.llm.chat import Chat  # noqa: PLC0415 (only with a model)

    return Chat(options)
