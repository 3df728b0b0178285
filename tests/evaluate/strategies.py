"""Labels of invented documents (虚构的标注)."""

from __future__ import annotations

from hypothesis import strategies as st

from gouji.evaluate.labels import (
    CellLabel,
    FindingLabel,
    GridCell,
    GridText,
    Labels,
    Performance,
    PerformanceRow,
    Slots,
    TableLabel,
)

amounts = st.decimals(0, 99999, places=2).map(str)
kinds = st.sampled_from(["level", "change", "share", "completion", "sum", "zero"])


@st.composite
def claims(draw: st.DrawFn) -> tuple[Slots, ...]:
    """Draw claims that stand one after the other."""
    found = []
    for n in range(draw(st.integers(0, 8))):
        kind = draw(kinds)
        parts = tuple(draw(st.lists(amounts, min_size=2, max_size=4))) if kind == "sum" else ()
        found.append(
            Slots(
                type=kind,
                start=20 * n,
                end=20 * n + 15,
                value=None if kind == "zero" else draw(amounts),
                percent=draw(amounts) if kind in ("share", "completion", "change") else None,
                direction=draw(st.sampled_from(["up", "down"])) if kind == "change" else None,
                parts=parts,
                quote=f"第{n}句陈述的原文",
                id=f"c{n}",
            )
        )
    return tuple(found)


@st.composite
def tables(draw: st.DrawFn) -> tuple[TableLabel, ...]:
    """Draw tables of different kinds, cells of different rows."""
    names = draw(st.lists(st.sampled_from(["income", "expenditure"]), unique=True))
    return tuple(
        TableLabel(
            f"T{n}",
            kind,
            tuple(
                CellLabel(str(201 + row), column, "", draw(st.none() | amounts), f"科目{row}")
                for row in range(draw(st.integers(1, 4)))
                for column in ("合计", "基本支出")
            ),
        )
        for n, kind in enumerate(names)
    )


@st.composite
def grids(draw: st.DrawFn) -> tuple[GridText, ...]:
    """Draw grids whose texts differ from each other's."""
    listed = []
    for n in range(draw(st.integers(0, 3))):
        rows, cols = draw(st.integers(1, 4)), draw(st.integers(1, 4))
        cells = tuple(
            GridCell(r, c, f"表{n}行{r}栏{c}", 1, 1) for r in range(rows) for c in range(cols)
        )
        listed.append(GridText(rows, cols, cells, f"表{n}"))
    return tuple(listed)


@st.composite
def performances(draw: st.DrawFn) -> tuple[Performance, ...]:
    """Draw performance tables of different projects."""
    return tuple(
        Performance(
            f"P{n}",
            tuple(
                PerformanceRow(
                    "indicator",
                    f"指标{n}之{row}",
                    {"target": "≥95%", "actual": "96%", "weight": "10", "score": draw(amounts)},
                )
                for row in range(draw(st.integers(1, 4)))
            ),
            project=f"项目{n}",
        )
        for n in range(draw(st.integers(0, 3)))
    )


def findings(smallest: int = 0) -> st.SearchStrategy[tuple[FindingLabel, ...]]:
    """Draw known contradictions, each with its own quote."""
    return st.integers(smallest, 8).map(
        lambda n: tuple(
            FindingLabel(f"X{i}", (f"第{i}处互相矛盾的话",), "arithmetic", "CHG") for i in range(n)
        )
    )


labels = st.builds(
    Labels,
    grids=grids(),
    tables=tables(),
    performance=performances(),
    claims=claims(),
    findings=findings(),
    silent=st.just(()),
    text=st.sampled_from(["", "一句。" * 80]),
)
