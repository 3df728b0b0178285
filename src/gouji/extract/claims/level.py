"""Amounts and counts of a subject (数额): "本年收入合计 450.81 万元", "公务用车保有量 3 辆"."""

from __future__ import annotations

import re
from dataclasses import replace

from gouji.extract import subjects
from gouji.extract.claims import words
from gouji.extract.claims.mentions import Mention
from gouji.extract.claims.passage import Amount, Draft, Passage, clean_noun, inherit
from gouji.extract.claims.procurement import awarded
from gouji.extract.vocabulary import item as item_of
from gouji.model.claim import Level, Measure, Subject

_AFTER = re.compile(r"[^,。;:、()]{1,24}")
_MIDDLE_YEAR = re.compile(r"^.*?((?:19|20)\d\d)年度?(?:末|底|全年|本级)?(?=.{2})")
_YEAR_IN = re.compile(r"((?:19|20)\d\d)年")
_OPENS_WITH = re.compile(
    r"\s?(?:\(?[一二三四五六七八九十\d]{1,3}[、.)]\s?)?((?:19|20)\d\d)年度?(?!\d|末|底|初)"
)
_TOTAL_ONLY = re.compile(r"(?:以上|各项|总)?(?:合计|共计|总计|总额)(?:支出|收入|金额)?")
_ONLY_AMOUNT = re.compile(r"^[、,]?(?:金额|资金|总额)(?:为|共|共计|约|:)*$")
_KINDS = re.compile("接待|用车|出国|会议|培训")
"""What counts and amounts of the public expenses are told of."""
_IN_ALL = re.compile(r",?(?:共计?|合计|总计)(?:支出|花费|金额)?(?:为|约)?")
_CAME_TO = re.compile(r",?(?:为|达到?|(?:增|减|升|降)(?:至|到))")
_YEAR_TAIL = re.compile(r"(?:19|20)\d\d年度?$")
_YEAR_WORD = re.compile(r"(?:19|20)\d\d年度?")
_RECEIVED = re.compile(r"到位|下拨|拨付|下达")
_CHANGES = re.compile(r"增加|减少|增长|下降|压减|节约|扣除|剔除|追加|调[增减]|收回|新增|结余资金")
_PATH = re.compile(r"^.*\(\d{0,3}(?:类|款|项)\)")
"""A classification path: its names may hold any word (水资源节约管理与保护)."""
_BEHEADED = re.compile(r"[\d,.]+\s?[百千万亿]*元[,、](?=[^。]*\d)")
"""A paragraph whose first words are an amount: the sentence it ends was cut off."""
_ADDED = re.compile(r"(?:^|[,;。])\s?(?:再)?加(?:上)?(?![强大快急深班工])[^,;。]{2,40}\d")
_TOTALS = ("总计", "合计", "总收入", "总支出")
_PAIR = re.compile(r"^(.*?)(收入?)[、和与及](支出?)(.*)$")
_BARE = {
    "支出": "本年支出合计",
    "总支出": "本年支出合计",
    "收入": "本年收入合计",
    "总收入": "本年收入合计",
}
_SPLIT = re.compile(r"[、和与及]")
_MONEY_NOUN = re.compile(
    r"(?:支出|收入|经费|费|费用|预算|决算|资金|金额|合计|总计|结余|补助|拨款|总额)(?:数|额)?(?:为|是|:|共|共计|约|达)*$"
)


def names_money(clause: str) -> bool:
    """Tell a clause that ends with a noun of money: 公用经费支出:, 决算数为."""
    return _MONEY_NOUN.search(clause) is not None


def read(passage: Passage, mention: Mention) -> bool:
    """Take a quantity as the amount of its subject; False for a bare number of no noun."""
    if mention.unit is None and not names_money(mention.clause):
        return False
    counted = mention.dimension not in ("money", "")
    subject, meaning, named, start = _subject(passage, mention, counted=counted)
    if _is_open(passage, mention, subject):
        subject = replace(subject, item=None, cells=())
    reason = passage.in_reason(mention.start)
    if named:
        passage.groups += 1
    amount = Amount(
        mention,
        subject,
        meaning,
        start,
        passage.block,
        passage.sentence_at(mention.start),
        passage.groups,
        named,
        reason=reason,
        passage=passage,
    )
    passage.amounts.append(amount)
    passage.about = None
    if not reason and (not counted or passage.current is None):
        passage.current = subject
    return True


def read_cell(passage: Passage, mention: Mention) -> None:
    """Take the first number of a table's row printed as text: which column it is of is unsaid."""
    if mention.gap.isspace() or not read(passage, mention):
        return
    amount = passage.amounts[-1]
    amount.subject = replace(amount.subject, measure="other", cells=())
    passage.current = None


def _is_open(passage: Passage, mention: Mention, subject: Subject) -> bool:
    """Tell an amount that an item's name does not identify.

    A total after an addition holds more than the item (加上级补助收入…,收入总计…); in a paragraph that
    begins inside a sentence (…万元,项目支出0元) what is spoken of stands before it.
    """
    begins = passage.ends[s - 1] + 1 if (s := passage.sentence_at(mention.start)) else 0
    first = passage.topic is None or mention.index == 0
    if s == 0 and first and _BEHEADED.match(passage.text):
        return True
    summed = subject.text.endswith(_TOTALS) and not (subject.item or "").endswith(_TOTALS)
    return summed and _ADDED.search(passage.text[begins : mention.clause_from]) is not None


def _subject(
    passage: Passage, mention: Mention, *, counted: bool
) -> tuple[Subject, subjects.Meaning, bool, int]:
    """Return subject, meaning, whether the clause names it, and where the statement begins."""
    unit = mention.unit_name if counted else ""
    body = words.COPULA.sub("", mention.clause)
    measure, body = words.measure_of(body)
    body = words.COPULA.sub("", body)
    noun = clean_noun(words.after_opener(body), passage.entity)
    year = _year(passage, mention)
    noun = _after_year(noun, counted=counted)
    if measure is None and noun.endswith("总预算"):
        measure = "budget"
    default: Measure = "other" if counted or passage.in_reason(mention.start) else "final"
    if default == "final" and passage.budgeting and measure is None:
        default = "budget"
    chosen: Measure = measure or default
    if _RECEIVED.search(body):
        chosen = "other"
    if (award := awarded(passage.text, mention.clause_from, noun)) is not None:
        noun = award
    start = mention.start - len(mention.clause) + max(mention.clause.find(noun), 0)
    if passage.says_nothing(noun, unit):
        return _inherited(passage, mention, chosen, unit)
    changed = _CHANGES.search(_PATH.sub("", noun)) is not None
    if changed or (passage.in_reason(mention.start) and not counted):
        chosen = "other"
    subject, meaning = passage.subject(noun, chosen, unit, year)
    if noun in _BARE and meaning.item is None:
        meaning = subjects.Meaning(item_of(_BARE[noun]), _BARE[noun], "other", sure=False)
    if changed:
        subject = Subject(noun, None, subject.scope, "other", year)
    return subject, meaning, True, start


def _after_year(noun: str, *, counted: bool) -> str:
    """Drop what stands before a year inside the phrase: X局2024年度收入总计."""
    rest = _MIDDLE_YEAR.sub("", _YEAR_TAIL.sub("", noun))
    if counted and words.GENERIC.fullmatch(rest):
        return _YEAR_WORD.sub("", noun)
    return rest


def _year(passage: Passage, mention: Mention) -> int | None:
    """Return the year a figure is of, where it is not the fiscal year.

    The sentence's year goes on for its parts: 2021年度三公经费20万元,其中:接待费12万元.
    """
    sentence = passage.sentence_at(mention.start)
    begins = passage.ends[sentence - 1] + 1 if sentence else 0
    opened = _OPENS_WITH.match(passage.text, begins)
    found = _YEAR_IN.findall(mention.clause)
    if not found and opened and (passage.year is None or passage.year[1] != sentence):
        found = [opened[1]]
    if found:
        passage.year = (int(found[-1]), sentence)
    elif passage.year and passage.year[1] != sentence:
        goes_on = passage.year[1] == sentence - 1 and "其中" in mention.gap
        passage.year = (passage.year[0], sentence) if goes_on else None
    if passage.year is None or passage.fiscal_year in (None, passage.year[0]):
        return None
    return passage.year[0]


def _inherited(
    passage: Passage, mention: Mention, measure: Measure, unit: str
) -> tuple[Subject, subjects.Meaning, bool, int]:
    """The clause only repeats "spent" or "final": the subject is the one spoken of."""
    start = mention.clause_from
    last = passage.amounts[-1] if passage.amounts else None
    if unit:
        return _counted(passage, mention, last, measure, unit)
    compared = passage.noun_before_base(mention.gap)
    if compared:
        subject, meaning = passage.subject(compared, measure)
        return subject, meaning, True, start
    current = passage.current or passage.topic
    if (changed := _of_change(passage, mention, measure)) is not None:
        return changed, subjects.Meaning(None, "", changed.scope), True, start
    if last is not None and _of_counted(passage, mention, last):
        subject = Subject(last.subject.text, None, last.subject.scope, "other")
        return subject, subjects.Meaning(None, "", last.meaning.scope), True, start
    total = _TOTAL_ONLY.fullmatch(words.COPULA.sub("", mention.clause))
    if total and last is not None and last.sentence == passage.sentence_at(mention.start):
        subject = Subject(total[0], None, last.subject.scope, measure)
        return subject, subjects.Meaning(None, "", last.meaning.scope), True, start
    if current is None or _is_other_side(mention, current):
        text = words.COPULA.sub("", mention.clause).strip("“\"'( ,、:;")
        whole = _BARE.get(clean_noun(text, passage.entity))
        if whole:
            meaning = subjects.Meaning(item_of(whole), whole, "other", sure=False)
            return Subject(text, None, "other", measure), meaning, True, start
        subject, meaning = passage.subject("", measure)
        return Subject(text, None, meaning.scope, measure), meaning, True, start
    current = replace(current, year=_year(passage, mention))
    same = last is not None and last.subject.text == current.text
    path = current.item if "/" in (current.item or "") else None
    meaning = (
        subjects.Meaning(None, path, current.scope)
        if path
        else subjects.resolve(current.text, passage.section)
    )
    return inherit(current, measure, meaning), meaning, not same, start


def _of_change(passage: Passage, mention: Mention, measure: Measure) -> Subject | None:
    """What a change came to is of what changed: …,结转下年减少133万元,为115055万元."""
    if _CAME_TO.fullmatch(mention.clause) is None or not mention.index or not passage.open:
        return None
    draft, before = passage.open[0], passage.mentions[mention.index - 1]
    if draft.fields.get("change") is not before or draft.of is not None:
        return None
    return replace(draft.subject, measure=measure, cells=(), item=None)


def _is_other_side(mention: Mention, current: Subject) -> bool:
    """Tell expenditure told after an income, or the reverse: …收入5万元,支出3万元."""
    side = next((s for s in ("收入", "支出") if mention.clause.lstrip(",").startswith(s)), "")
    other = {"收入": "支出", "支出": "收入"}.get(side)
    return other is not None and current.text.endswith(other)


def _of_counted(passage: Passage, mention: Mention, last: Amount) -> bool:
    """Tell an amount of the things just counted: 轿车1辆、金额12万元."""
    counted = last.named and last.mention.dimension == "count"
    here = last.sentence == passage.sentence_at(mention.start)
    if not counted or not here:
        return False
    if _ONLY_AMOUNT.search(mention.clause) is not None:
        return True
    spoken = passage.current.text if passage.current else ""
    thing, money = _KINDS.findall(last.subject.text), _KINDS.findall(spoken)
    another = bool(thing and money) and not set(thing) & set(money)
    return another and _IN_ALL.fullmatch(mention.clause) is not None


def _counted(
    passage: Passage, mention: Mention, last: Amount | None, measure: Measure, unit: str
) -> tuple[Subject, subjects.Meaning, bool, int]:
    """A count whose noun stands after it (6个项目…) or is the one before (累计0人次)."""
    after = _AFTER.match(passage.text, mention.stop)
    if after and mention.dimension != "score" and not mention.clause.startswith(("累计", "共")):
        subject, meaning = passage.subject(after[0], measure, unit)
        return subject, meaning, True, mention.clause_from
    about = last.subject.text if last else (passage.current.text if passage.current else "")
    subject, meaning = passage.subject(about, measure, unit)
    return subject, meaning, True, mention.clause_from


def split_pair(noun: str, count: int) -> list[str]:
    """Return the names a joint noun stands for: 收、支总计 → 收入总计, 支出总计."""
    pair = _PAIR.match(noun)
    if pair and count == 2:  # noqa: PLR2004  # income and expenditure
        head, tail = pair[1], pair[4]
        return [f"{head}收入{tail}", f"{head}支出{tail}"]
    names = _SPLIT.split(noun)
    return names if len(names) == count and all(len(n) > 1 for n in names) else []


def distribute(passage: Passage) -> None:
    """Give the numbers of a run their own subjects: 收、支总计各是A,B (分别)."""
    run: list[Amount] = []
    for amount in [*passage.amounts, None]:
        if amount is not None and amount.mention.elided and run:
            run.append(amount)
            continue
        if len(run) > 1:
            _rename(passage, run)
        run = [amount] if amount is not None else []


def _rename(passage: Passage, run: list[Amount]) -> None:
    names = split_pair(run[0].subject.text, len(run))
    for name, amount in zip(names, run, strict=False):
        subject, meaning = passage.subject(name, run[0].subject.measure)
        for draft in passage.drafts:
            if draft.of is amount:
                draft.subject = subject
        amount.subject, amount.meaning = subject, meaning
        passage.groups += 1
        amount.group, amount.named = passage.groups, True


def finish(passage: Passage) -> None:
    """State every amount that no other statement has stated (数额)."""
    for amount in passage.amounts:
        if amount.home is not None:
            continue
        draft: Draft = passage.draft(Level, "level", amount.subject, (amount.start, amount.stop))
        draft.fields["value"] = amount.mention
        draft.uses(amount.mention)
        draft.of = amount
        amount.home = draft
