"""Names for what rules ask for (规则所需): one alias a table, resolved by the runner."""

from __future__ import annotations

from typing import Annotated

from gouji.model.tables import Table

IncomeExpenditureSummary = Annotated[Table, "income_expenditure_summary"]
"""公开01 收入支出决算总表."""
Income = Annotated[Table, "income"]
"""公开02 收入决算表."""
Expenditure = Annotated[Table, "expenditure"]
"""公开03 支出决算表."""
AppropriationSummary = Annotated[Table, "appropriation_summary"]
"""公开04 财政拨款收入支出决算总表."""
GeneralPublicExpenditure = Annotated[Table, "general_public_expenditure"]
"""公开05 一般公共预算财政拨款支出决算表."""
BasicExpenditure = Annotated[Table, "basic_expenditure"]
"""公开06 一般公共预算财政拨款基本支出决算表."""
GovernmentFund = Annotated[Table, "government_fund"]
"""公开07 政府性基金预算财政拨款收入支出决算表."""
StateCapital = Annotated[Table, "state_capital"]
"""公开08 国有资本经营预算财政拨款支出决算表."""
ThreePublic = Annotated[Table, "three_public"]
"""公开09 财政拨款“三公”经费支出决算表."""
AppropriationExpenditure = Annotated[Table, "appropriation_expenditure"]
"""财政拨款支出预算表（按功能分类）."""
AppropriationBasic = Annotated[Table, "appropriation_basic"]
"""财政拨款基本支出预算表（按经济分类）."""
OperatingExpenses = Annotated[Table, "operating_expenses"]
"""机关运行经费支出预算表."""
Procurement = Annotated[Table, "procurement"]
"""政府采购支出预算表."""
StateAssets = Annotated[Table, "state_assets"]
"""公开10 国有资产占用情况表."""
