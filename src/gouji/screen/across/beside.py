"""One report with what another document says against it (对照核查): `gouji check THIS --previous LAST`.

The user says that the documents belong together; the names must still not contradict it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from gouji.check.judge import FAILING
from gouji.check.rule import Rule
from gouji.check.run import Judged
from gouji.check.telling.grouping import CONFIDENCE_ORDER
from gouji.check.telling.reasons import say_reason
from gouji.check.telling.weight import GRADE_ORDER
from gouji.errors import InputError
from gouji.messages import N_, Catalogue
from gouji.model.examined import Examined
from gouji.model.finding import SEVERITY_ORDER
from gouji.model.report import Check, Finding, Report, Summary
from gouji.pipeline import examine
from gouji.screen.across.compare import judge_group, tell_group
from gouji.screen.across.guide import Signpost
from gouji.screen.across.pairs import BudgetPair, BudgetYears, YearPair
from gouji.screen.across.paper import Paper, paper_of
from gouji.screen.across.rulebook import across_cards, selected
from gouji.screen.entities import parse_name

Rules = tuple[Rule, ...] | None
"""The rules to use; None for all."""
THIS, OTHER = "this", "other"
_ID = re.compile(r"(?<![A-Za-z0-9])F\d+(?!\d)")
OTHER_UNIT = N_("{name}：单位是“{theirs}”，与所核查的“{ours}”不是同一个名称，不能比对。")
OTHER_KIND = N_("{name}：不是决算公开，不能作为上年文件；预算公开请用 --budget。")
NO_BUDGET = N_("{name}：不是预算公开；上年的决算公开请用 --previous。")
NO_LAST_BUDGET = N_("{name}：不是预算公开，不能作为上年预算。")
OTHER_YEAR = N_("{name}：年度是 {theirs}，应为 {wanted}，不能比对。")
NO_FINAL = N_("{name}：不是写明年度的决算公开，没有可比对的内容。")
COMPARED = N_("与《{name}》比对 {count} 项，不一致 {failed} 处。文件内部：{headline}")


def beside(
    result: Examined,
    others: tuple[Path | None, Path | None],
    codes: Sequence[Sequence[str]],
    say: Catalogue,
) -> Examined:
    """Hold a report against last year's and against its budget, where their files are given (对照).

    `codes` are the rules selected and ignored; a selection that names no rule across documents leaves
    all of them on, as the other document is given to be held against.
    """
    previous, budget = others
    wanted, unwanted = codes
    rules = selected(unwanted, wanted)
    if previous is not None:
        result = with_previous(result, examine(previous, lang=say.language), say, rules)
    if budget is not None:
        result = with_budget(result, examine(budget, lang=say.language), say, rules)
    return result


def with_previous(
    examined: Examined, previous: Examined, say: Catalogue, rules: Rules = None
) -> Examined:
    """Return a report with what it says against last year's of its kind (对照上年决算、上年预算).

    Raises `InputError` where the other document is not of that kind and the year before, or another
    unit's.
    """
    kinds = ("final_accounts", "budget")
    this, last = _papers(examined, previous, say, kinds)
    planned = this.profile.kind == "budget"
    if last.profile.kind != this.profile.kind:
        raise InputError(say(NO_LAST_BUDGET if planned else OTHER_KIND, name=last.title))
    _require(last, (this.profile.year or 0) - 1, say)
    unit = this.entity or ""
    pair = BudgetYears(unit, this, last) if planned else YearPair(unit, this, last)
    return _with(examined, pair, (say, rules))


def with_budget(
    examined: Examined, budget: Examined, say: Catalogue, rules: Rules = None
) -> Examined:
    """Return a report with what it says against the budget of its year (对照预算公开).

    Raises `InputError` where the other document is no budget of that year, or another unit's.
    """
    this, plan = _papers(examined, budget, say)
    if plan.profile.kind != "budget":
        raise InputError(say(NO_BUDGET, name=plan.title))
    _require(plan, this.profile.year or 0, say)
    return _with(examined, BudgetPair(this.entity or "", this, plan), (say, rules))


def _papers(
    examined: Examined,
    other: Examined,
    say: Catalogue,
    kinds: tuple[str, ...] = ("final_accounts",),
) -> tuple[Paper, Paper]:
    this, that = paper_of(examined, THIS), paper_of(other, OTHER)
    if this.profile.kind not in kinds or this.profile.year is None:
        raise InputError(say(NO_FINAL, name=this.title))
    if this.title == that.title:
        that = replace(that, title=f"{that.title}（{that.profile.year}）")
    ours, theirs = this.entity, that.entity
    if ours and theirs and not _may_be_one(ours, theirs):
        raise InputError(say(OTHER_UNIT, name=that.title, ours=ours, theirs=theirs))
    return this, that


def _may_be_one(one: str, other: str) -> bool:
    """Tell whether two names can be one unit: the user vouches for what the names leave open."""
    ours, theirs = parse_name(one), parse_name(other)
    known = {ours.core, *ours.former}, {theirs.core, *theirs.former}
    if known[0] & known[1]:
        return True
    return ours.core.endswith(theirs.core) or theirs.core.endswith(ours.core)


def _require(other: Paper, wanted: int, say: Catalogue) -> None:
    if other.profile.year != wanted:
        theirs = other.profile.year or "?"
        raise InputError(say(OTHER_YEAR, name=other.title, theirs=theirs, wanted=wanted))


def _with(
    examined: Examined, group: YearPair | BudgetYears | BudgetPair, told: tuple[Catalogue, Rules]
) -> Examined:
    say, rules = told
    judged = tuple(judge_group(group, rules))
    more = tuple(across.finding for across in tell_group(group, judged, say, own=THIS))
    report = examined.report
    update = {
        "findings": _numbered((*report.findings, *more)),
        "checks": (*report.checks, *checks_of(judged, say)),
        "summary": _summary(report, group, judged, say),
    }
    rules_known = tuple(dict.fromkeys((*examined.rules, *across_cards())))
    return replace(examined, report=report.model_copy(update=update), rules=rules_known)


def checks_of(judged: tuple[Judged, ...], say: Catalogue, own: str = THIS) -> tuple[Check, ...]:
    """Return verdicts as lines of a report's ledger, evidence in document `own` not named (台账)."""
    guide = Signpost(say, own)
    return tuple(
        Check(
            rule=entry.rule.code,
            grade=entry.verdict.grade,
            reason=say_reason(entry.verdict.reason, say),
            evidence=tuple(guide.of_relation(entry.verdict.relation)),
        )
        for entry in judged
    )


def _numbered(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Return findings worst first, each with its number; those of one document keep their order."""

    def rank(finding: Finding) -> tuple[int, int, int]:
        severity = SEVERITY_ORDER[finding.severity]
        return (severity, GRADE_ORDER[finding.grade], CONFIDENCE_ORDER[finding.confidence])

    ordered = sorted(findings, key=rank)
    renamed = {f.id: f"F{at}" for at, f in enumerate(ordered, 1) if f.id}
    return tuple(
        finding.model_copy(
            update={
                "id": f"F{at}",
                "suggestions": tuple(_renamed(s, renamed) for s in finding.suggestions),
            }
        )
        for at, finding in enumerate(ordered, 1)
    )


def _renamed(text: str, ids: dict[str, str]) -> str:
    """Return a suggestion that names findings with their new numbers (F2、F5 的矛盾同时消除)."""
    return _ID.sub(lambda found: ids.get(found[0], found[0]), text)


def _summary(
    report: Report,
    group: YearPair | BudgetYears | BudgetPair,
    judged: tuple[Judged, ...],
    say: Catalogue,
) -> Summary:
    grades = Counter(entry.verdict.grade for entry in judged)
    summary = report.summary
    other = group.budget if isinstance(group, BudgetPair) else group.before
    counted: dict[str, object] = {
        str(grade): getattr(summary, grade) + n for grade, n in grades.items()
    }
    headline = say(
        COMPARED,
        headline=summary.headline,
        name=other.title,
        count=sum(n for grade, n in grades.items() if grade != "not_checked"),
        failed=sum(n for grade, n in grades.items() if grade in FAILING),
    )
    return summary.model_copy(update={**counted, "headline": headline})
