"""The shape of one finished sample, and the glossary all samples share (样例与名词解释)."""

from collections.abc import Sequence
from dataclasses import dataclass

from blocks import Block, Contents, Cover, Heading, Paragraph, Table
from layout import Layout
from ledger import Ledger
from telling import Teller


@dataclass(frozen=True)
class Slip:
    """One planted slip: what is printed instead of what is true (植入的差错)."""

    kind: str
    section: str
    true: str
    printed: str
    note: str
    shows: str
    """The figures to name in the README: printed, then true."""


@dataclass(frozen=True, kw_only=True)
class Sample:
    """One disclosure before rendering (一份样例)."""

    slug: str
    summary: str
    """What the README says about it."""
    ledger: Ledger
    layout: Layout
    tables: tuple[Table, ...]
    teller: Teller
    blocks: tuple[Block, ...]
    slips: tuple[Slip, ...] = ()
    is_spaced: bool = False
    """Whether prose has spaces between Chinese characters and figures."""


def prose(*texts: str) -> list[Block]:
    """Make paragraphs."""
    return [Paragraph(text) for text in texts]


def section(title: str, *texts: str, level: int = 2) -> list[Block]:
    """Make a headed section."""
    return [Heading(title, level), *prose(*texts)]


def assemble(
    cover: Cover,
    parts: Sequence[tuple[str, Sequence[Block]]],
    tables: Sequence[Table],
    names: Sequence[str],
) -> tuple[Block, ...]:
    """Put cover, contents and parts in order; the tables stand under part two."""
    entries: list[Heading] = []
    body: list[Block] = []
    for number, (title, blocks) in enumerate(parts, 1):
        entries.append(Heading(title, 1))
        body += [Heading(title, 1), *blocks]
        if number == 2:
            entries += [Heading(name) for name in names]
            body += tables
        entries += [b for b in blocks if isinstance(b, Heading) and b.level == 2]
    return (cover, Contents(tuple(entries)), *body)


GLOSSARY = (
    "一、财政拨款收入：指从同级财政取得的各类财政拨款，按来源分为一般公共预算、政府性基金预算和国有资本经营预算三类。",
    "二、其他收入：指财政拨款、上级补助、事业、经营等收入之外取得的各项收入，例如存款利息。",
    "三、年初结转和结余：指上一年度没有用完、按规定留到本年度接着使用的资金。",
    "四、年末结转和结余：指到年底尚未支出、按规定留到下一年度使用的资金。",
    "五、基本支出：指为维持机构运转和完成日常工作而发生的支出，由人员经费和公用经费构成。",
    "六、项目支出：指基本支出以外，为完成特定任务或事业发展目标而安排的支出。",
    "七、“三公”经费：指用财政拨款开支的因公出国（境）费、公务用车购置及运行维护费和公务接待费。",
    "八、机关运行经费：指行政单位和参照公务员法管理的事业单位用一般公共预算安排的基本支出中的公用经费。",
)
"""Short explanations of terms (名词解释)."""
