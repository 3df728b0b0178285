"""Makes documents that belong together, clean or with one planted disagreement (成对的合成文件).

    python eval/corpus/pairs.py OUT --kind years --seeds 1-50             two years of one unit
    python eval/corpus/pairs.py OUT --kind budget --seeds 1-50 --plant    budget and final account
    python eval/corpus/pairs.py OUT --kind department --seeds 1-20 --pdf  a department and its units

Each seed gives a folder with the documents and `truth.json`. A clean pair comes from books that
follow each other in exact 元; a plant changes one figure on one side, consistently within its own
document, so that only the comparison can find it. `--kind restated` plants and says so in the text:
nothing above a note may be found.
"""

import argparse
import json
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

from blocks import Block, Cover, Heading, Paragraph
from generate import seeds_of
from synth.books import Books
from synth.budget import budget_of
from synth.chance import CENT, Chance
from synth.compose import Disclosure, compose
from synth.department import department
from synth.pages import print_document
from synth.paste import paste_of, to_text
from synth.teller import Claim
from synth.truth import unmark
from synth.years import SLIPS, Slip, two_years, wrong_value

KINDS = ("years", "budget", "department", "restated")
SAID = (
    "上年决算数已按本年口径进行了追溯调整，与上年公开数不同。",
    "说明：因机构改革，上年数据已作相应调整，与上年公开的决算数口径不一致。",
)
VISIBLE = Decimal(3000)
"""Bases that differ by more, in 元, differ beyond the rounding of 万元."""


@dataclass(frozen=True)
class Document:
    """One document of a group (一份文件)."""

    name: str
    blocks: tuple[Block, ...]

    def text(self) -> str:
        """Return it as a reader pastes it (粘贴文本)."""
        chance = Chance("paste", self.name)
        return unmark(to_text(self.blocks, paste_of(chance), chance))[0]


@dataclass(frozen=True)
class Group:
    """Documents that belong together, and what was planted (一组文件)."""

    kind: str
    seed: int
    documents: tuple[Document, ...]
    rule: str = ""
    """The rule that should speak; empty for a clean group."""
    plant: str = ""


def make(kind: str, seed: int, *, planted: bool = False) -> Group | None:
    """Make one group; None where nothing visible could be planted (成组)."""
    if kind == "restated":
        return _restated(seed)
    makers = {"years": _years, "budget": _budget, "department": _department}
    return makers[kind](seed, planted=planted)


# --- two years -------------------------------------------------------------------------------


def _years(seed: int, *, planted: bool, remark: str = "") -> Group | None:
    family, before, now = two_years(seed)
    chance = Chance("pair", seed)
    half = chance.one(("部门决算", "单位决算"))
    now = replace(now, entity=_rewritten(chance, now.entity))
    first = _document(compose(seed, family, before), half)
    if not planted:
        second = _document(compose(seed + 7919, family, now), half)
        return Group("years", seed, (first, second))
    clean = compose(seed + 7919, family, now)
    for slip in chance.shuffled(SLIPS):
        wrong = _slipped(chance, slip, now)
        if wrong is None or not _printed(first, slip.true(now)):
            continue
        made = compose(seed + 7919, family, wrong)
        opening = slip.name.startswith("opening")
        if not opening and not _says_other(made, clean, "prior", slip.words):
            continue
        second = _document(made, half)
        if remark:
            second = replace(second, blocks=_remarked(second.blocks, remark))
        rule = "XDC002" if opening else "XDC001"
        said = f"{slip.name}: {slip.true(now)} → {slip.true(wrong)}"
        return Group("years", seed, (first, second), rule, said)
    return None


def _slipped(chance: Chance, slip: Slip, now: Books) -> Books | None:
    try:
        return slip.change(now, wrong_value(chance, slip.true(now)))
    except ValueError:
        return None


def _rewritten(chance: Chance, entity: str) -> str:
    """Write the unit's name another way now and then: with its province, with odd spaces (异写)."""
    if chance.odds(0.2):
        return f"四川省{entity}"
    return entity


def _printed(document: Document, amount: Decimal) -> bool:
    """Tell whether a document prints an amount, in 元 or 万元 (已印出)."""
    text = document.text().replace(",", "").replace("，", "").replace(" ", "")
    wan = (amount / 10000).quantize(CENT, rounding=ROUND_HALF_UP)
    return not amount or f"{wan:.2f}" in text or f"{amount:.2f}" in text


def _says_other(made: Disclosure, clean: Disclosure, base: str, words: tuple[str, ...]) -> bool:
    """Tell whether a document tells another base than the clean one, figures and all (已写明)."""
    ours, theirs = _bases(made, base), _bases(clean, base)
    for subject, amounts in ours.items():
        if subject in theirs:
            if all(abs(a - b) > VISIBLE for a in amounts for b in theirs[subject]):
                return True
        elif any(word in subject for word in words):
            return True
    return False


def _bases(made: Disclosure, base: str) -> dict[str, list[Decimal]]:
    """Return what base each claim tells or implies, by subject, in 元 (所述基数)."""
    found: dict[str, list[Decimal]] = {}
    prose = "".join(b.text for b in made.blocks if isinstance(b, Paragraph))
    printed = unmark(prose)[1]
    for claim in made.teller.claims:
        if any(at not in printed for at in claim.roles.values()):
            continue  # composed, but left out of the text
        budgeted = base == "budget" and claim.type in ("completion", "difference")
        if (claim.base_kind == base or budgeted) and "value" in claim.roles:
            amount = _base(made, claim)
            if amount is not None:
                found.setdefault(claim.subject, []).append(amount)
    return found


def _base(made: Disclosure, claim: Claim) -> Decimal | None:
    numbers = made.teller.numbers
    told = {
        role: Decimal(numbers[at].printed.replace(",", ""))
        * (10000 if numbers[at].unit == "万元" else 1)
        for role, at in claim.roles.items()
        if role != "mark"
    }
    if "base" in told:
        return told["base"]
    moved = told.get("change", told.get("amount"))
    if moved is not None:
        return told["value"] - moved if claim.direction == "up" else told["value"] + moved
    return told["value"] if claim.type == "flat" else None


def _remarked(blocks: tuple[Block, ...], remark: str) -> tuple[Block, ...]:
    """Say in the account itself that last year's figures are not those published (口径说明)."""
    at = next(
        i for i, b in enumerate(blocks)
        if isinstance(b, Heading) and b.level == 1 and "情况说明" in b.text
    )  # fmt: skip
    return (*blocks[: at + 1], Paragraph(remark), *blocks[at + 1 :])


def _restated(seed: int) -> Group | None:
    """Plant, and say that last year was restated: a report that explains itself."""
    group = _years(seed, planted=True, remark=Chance("remark", seed).one(SAID))
    return None if group is None else replace(group, kind="restated", rule="")


# --- budget and final account ----------------------------------------------------------------


def _budget(seed: int, *, planted: bool) -> Group | None:
    family, _, books = two_years(seed)
    chance = Chance("budget pair", seed)
    made = compose(seed, family, books)
    final = _document(made, "部门决算")
    if not planted:
        return Group("budget", seed, (_budget_document(books, seed), final))
    for _ in range(12):
        other, said = _other_budget(chance, books)
        if not _says_other(compose(seed, family, other), made, "budget", ()):
            continue
        return Group("budget", seed, (_budget_document(other, seed), final), "XDC003", said)
    return None


def _other_budget(chance: Chance, books: Books) -> tuple[Books, str]:
    """Change one initial budget: of an item, or of one of the three public expenses (年初预算)."""
    if chance.odds(0.3):
        field = chance.one(("running", "reception"))
        spend = getattr(books.three, field)
        wrong = replace(spend, initial=wrong_value(chance, spend.initial))
        said = f"{field}: {spend.initial} → {wrong.initial}"
        return replace(books, three=replace(books.three, **{field: wrong})), said
    item = chance.one([i for i in books.items if i.initial])
    changed = replace(item, initial=wrong_value(chance, item.initial))
    items = tuple(changed if i is item else i for i in books.items)
    return replace(books, items=items), f"{item.code}: {item.initial} → {changed.initial}"


def _budget_document(books: Books, seed: int) -> Document:
    return Document(f"{seed}-{books.year}-预算", budget_of(books, seed))


# --- a department and its units --------------------------------------------------------------


def _department(seed: int, *, planted: bool) -> Group | None:
    family, whole, units = department(seed)
    chance = Chance("members", seed)
    rule = said = ""
    if planted:
        at = chance.count(0, len(units) - 1)
        wrong = _spent_more(chance, units[at])
        units = (*units[:at], wrong, *units[at + 1 :])
        rule, said = "XDC004", wrong.entity
    top = _document(compose(seed, family, whole), "部门决算")
    names = [unit.entity for unit in units]
    listed = [f"纳入{whole.entity}{whole.year}年度部门决算编制范围的单位共{len(names)}个，包括："]
    listed += [f"{n}.{name}" for n, name in enumerate(names, 1)]
    top = replace(top, blocks=_listed(top.blocks, listed))
    below = [
        _document(compose(seed * 10 + n, family, unit), "单位决算")
        for n, unit in enumerate(units, 1)
    ]
    return Group("department", seed, (top, *below), rule, said)


def _spent_more(chance: Chance, books: Books) -> Books:
    """Change what a unit spent on one project, income with it (单位数与部门数不一)."""
    item = chance.one([i for i in books.items if i.general.spent])
    gap = chance.near(item.general.spent, 0.05, 0.4) + Decimal(9000)
    flow = replace(
        item.general, project=item.general.project + gap, income=item.general.income + gap
    )
    items = tuple(replace(i, general=flow) if i is item else i for i in books.items)
    return replace(books, items=items)


def _listed(blocks: tuple[Block, ...], lines: list[str]) -> tuple[Block, ...]:
    """Put the list of units under the heading on organisation (单位构成)."""
    at = next(
        i for i, b in enumerate(blocks)
        if isinstance(b, Heading) and b.text.startswith("二、") and i > 1
    )  # fmt: skip
    return (*blocks[: at + 1], *(Paragraph(line) for line in lines), *blocks[at + 1 :])


# --- documents -------------------------------------------------------------------------------


def _document(made: Disclosure, half: str) -> Document:
    """Name a disclosure and fix on its cover whose account it is (部门、单位)."""
    blocks = tuple(
        replace(b, lines=tuple(_half(line, half) for line in b.lines))
        if isinstance(b, Cover)
        else b
        for b in made.blocks
    )
    return Document(f"{made.seed}-{made.books.year}-{made.family.name}", blocks)


def _half(line: str, half: str) -> str:
    return line.replace("部门决算", half).replace("单位决算", half)


def main() -> None:
    """Make the groups asked for."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("out", type=Path)
    parser.add_argument("--kind", choices=KINDS, default="years")
    parser.add_argument("--seeds", default="1-50", help="1-50 or 3,5,9-12")
    parser.add_argument("--plant", action="store_true", help="plant one disagreement in each")
    parser.add_argument("--pdf", action="store_true", help="also print ruled PDFs")
    options = parser.parse_args()
    for seed in seeds_of(options.seeds):
        group = make(options.kind, seed, planted=options.plant)
        if group is None:
            continue
        folder = options.out / f"{seed:05d}-{options.kind}"
        folder.mkdir(parents=True, exist_ok=True)
        for document in group.documents:
            (folder / f"{document.name}.txt").write_text(document.text(), encoding="utf-8")
            if options.pdf:
                print_document(document.blocks, folder / f"{document.name}.pdf", document.name)
        truth = {"kind": group.kind, "rule": group.rule, "plant": group.plant}
        (folder / "truth.json").write_text(json.dumps(truth, ensure_ascii=False), encoding="utf-8")


if __name__ == "__main__":
    main()
