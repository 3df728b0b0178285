"""Whatever stands in a grid, binding answers; it never raises (任意表格不崩溃)."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from gouji.extract.bind import bind_tables
from gouji.model.tables import MODELS
from gouji.read import read_text
from gouji.understand import understand

WORDS = st.sampled_from(
    [
        *("", "", "合计", "项目", "栏次", "类", "款", "项", "科目编码", "科目名称", "小计", "总计"),
        *(
            "本年支出合计",
            "本年收入合计",
            "基本支出",
            "项目支出",
            "财政拨款收入",
            "本年支出",
            "金额",
        ),
        *("201", "20101", "2010101", "301", "30101", "302", "01", "208050", "1", "2", "3", "33"),
        *("1.00", "2.5", "3, 20", "4. 56", "7.00 8.00", "-", "—", "1,234.50", "12.3%", "…"),
        *("一、教育支出", "二、其他收入", "结余分配", "年末结转和结余", "人员经费合计", "公用经"),
        *(
            "费合计",
            "因公出国(境)费",
            "公务接待费",
            "公务用车购置费",
            "预算数",
            "决算数",
            "年初预算数",
        ),
        *("一、“三公”经费支出", "车辆数合计", "注:说明", "201一般公共服务支出", "其中:省级补助"),
    ]
)
GRIDS = st.lists(st.lists(WORDS, min_size=2, max_size=9), min_size=1, max_size=9)


@settings(max_examples=300, deadline=None)
@given(GRIDS, st.sampled_from(MODELS))
def test_any_grid_under_any_title_binds_without_raising(
    rows: list[list[str]], model: object
) -> None:
    """Each figure bound also names the cell it came from, inside the grid."""
    name = getattr(model, "name", "")
    text = f"南屏县文化馆2024年度部门决算\n\n{name}\n\n单位:万元\n\n"
    text += "\n".join("\t".join(row) for row in rows)
    document = read_text(text, "paste")
    tables, _ = bind_tables(document, understand(document))
    grids = {grid.id: grid for grid in document.grids}
    for table in tables:
        for row in table.rows:
            assert row.key
            assert set(row.figures) <= set(table.columns)
            for figure in row.figures.values():
                cell = figure.place.cell
                assert cell is not None
                assert cell.row < grids[cell.grid].n_rows
                assert cell.col < grids[cell.grid].n_cols
