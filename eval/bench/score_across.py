"""Scores the checks across documents on synthetic groups (跨文件核对的召回与误报).

    python eval/bench/score_across.py --clean 5001-5120 --planted 6001-6220

Every group comes from books that follow each other in exact 元 (`eval/corpus/pairs.py`). A planted
group differs from a clean one by one figure on one side, so whatever is found in it is the plant;
whatever is found in a clean group is false. `--pdf` reads every document from a printed PDF.
"""

import argparse
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "corpus"))

from generate import seeds_of
from pairs import Group, make
from synth.pages import print_document

from gouji.pipeline import examine
from gouji.screen.across.compare import Compared, compare
from gouji.screen.across.paper import Paper, paper_of

SHARES = {"years": 0.5, "budget": 0.3, "department": 0.2}
"""What part of the seeds makes which kind of group."""


def kind_of(seed: int) -> str:
    """Return the kind of group a seed makes: five of ten years, three budget, two department."""
    at, sofar = (seed % 10) / 10, 0.0
    for kind, share in SHARES.items():
        sofar += share
        if at < sofar - 1e-9:
            return kind
    return "years"


def papers_of(group: Group, *, pdf: bool) -> list[Paper]:
    """Read a group's documents as a user would hand them in (读入)."""
    made: list[Paper] = []
    for document in group.documents:
        identity = f"{group.kind}-{document.name}"
        if not pdf:
            made.append(paper_of(examine(document.text(), name=f"{document.name}.txt"), identity))
            continue
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / f"{document.name}.pdf"
            print_document(document.blocks, path, document.name)
            made.append(paper_of(examine(path), identity))
    return made


class Tally:
    """Counts over groups (计数)."""

    def __init__(self) -> None:
        self.groups: Counter[str] = Counter()
        self.documents = 0
        self.silent: Counter[str] = Counter()
        self.found: Counter[str] = Counter()
        self.weighty: Counter[str] = Counter()
        self.false: list[str] = []
        self.missed: list[str] = []
        self.verdicts: Counter[tuple[str, str]] = Counter()
        self.unpaired = 0

    def add(self, group: Group, result: Compared) -> None:
        """Count one group's result."""
        self.groups[group.kind] += 1
        self.documents += len(group.documents)
        self.unpaired += result.groups == 0
        for rule, grade, number in result.verdicts:
            self.verdicts[rule, grade] += number
        severities = {a.finding.severity for a in result.findings}
        right = [a for a in result.findings if a.finding.rule == group.rule]
        if not group.rule:
            said = [a for a in result.findings if group.kind != "restated" or _weighty(a)]
            self.silent[group.kind] += not said
            self.false += [f"{group.kind} {group.seed}: {a.finding.message}" for a in said]
            return
        self.found[group.kind] += bool(right)
        self.weighty[group.kind] += bool(severities & {"error", "warning"})
        if not right:
            self.missed.append(f"{group.kind} {group.seed} {group.plant}")


def _weighty(across: object) -> bool:
    return across.finding.severity != "note"  # type: ignore[attr-defined]  # an Across


def run(kinds: Iterable[tuple[str, int]], *, planted: bool, pdf: bool) -> Tally:
    """Make, read and compare each group (逐组)."""
    tally = Tally()
    for kind, seed in kinds:
        group = make(kind, seed, planted=planted)
        if group is not None:
            tally.add(group, compare(papers_of(group, pdf=pdf)))
    return tally


def show(title: str, tally: Tally, *, planted: bool) -> None:
    """Print one table of results (结果表)."""
    print(f"\n{title}: {sum(tally.groups.values())} groups, {tally.documents} documents")
    for kind, number in sorted(tally.groups.items()):
        if planted:
            hit, heavy = tally.found[kind], tally.weighty[kind]
            print(
                f"  {kind:<11} found {hit}/{number}  ({hit / number:.1%}); error or warning {heavy}"
            )
        else:
            print(f"  {kind:<11} silent {tally.silent[kind]}/{number}")
    if planted:
        hit, number = sum(tally.found.values()), sum(tally.groups.values())
        print(f"  all         found {hit}/{number}  ({hit / max(1, number):.1%})")
    verdicts = sorted(tally.verdicts.items())
    print("  verdicts   ", ", ".join(f"{r} {g} {n}" for (r, g), n in verdicts))
    print("  not paired ", tally.unpaired)
    for line in (*tally.false, *tally.missed):
        print("  !", line)


def main() -> None:
    """Score clean, planted and restated groups."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--clean", default="5001-5120")
    parser.add_argument("--planted", default="6001-6240")
    parser.add_argument("--restated", default="7001-7040")
    parser.add_argument("--pdf", action="store_true", help="print each document and read the PDF")
    options = parser.parse_args()
    clean = run(((kind_of(s), s) for s in seeds_of(options.clean)), planted=False, pdf=options.pdf)
    show("clean", clean, planted=False)
    told = run(((kind_of(s), s) for s in seeds_of(options.planted)), planted=True, pdf=options.pdf)
    show("planted", told, planted=True)
    said = run((("restated", s) for s in seeds_of(options.restated)), planted=True, pdf=options.pdf)
    show("restated, and says so", said, planted=False)
    failed = (
        clean.false or said.false or sum(told.found.values()) < 0.95 * sum(told.groups.values())
    )
    raise SystemExit(1 if failed else 0)


if __name__ == "__main__":
    main()
