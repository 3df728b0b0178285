"""Headings divide a report; contents and attached reports are told from its body (章节)."""

from __future__ import annotations

from gouji.model.outline import Outline, Section
from gouji.read import read_text
from gouji.understand import understand

REPORT = """南屏县文化馆2024年度部门决算

目录

第一部分 南屏县文化馆概况

一、主要职责

第二部分 2024年度部门决算表

一、收入支出决算总表

第三部分 2024年度部门决算情况说明

一、收入支出决算总体情况说明

二、收入决算情况说明

第四部分 名词解释

第五部分 附件

第一部分 南屏县文化馆概况

一、主要职责

组织群众文化活动,辅导基层文化骨干。

第二部分 2024年度部门决算表

第三部分 2024年度部门决算情况说明

一、收入支出决算总体情况说明

2024年度收、支总计均为10.00万元。

二、收入决算情况说明

本年收入合计9.00万元。

五、一般公共预算财政拨款支出决算情况说明

(一)一般公共预算财政拨款支出决算总体情况

一般公共预算财政拨款支出8.00万元。

(三)一般公共预算财政拨款支出决算具体情况

1.文化旅游体育与传媒支出(类)年初预算为8.00万元,支出决算为8.00万元。

九、其他重要事项的情况说明

(一)机关运行经费支出情况

本单位无机关运行经费支出。

第四部分 名词解释

一、政府性基金:指依法征收的专项资金。

二、“三公”经费:指出国、车辆和接待的费用。

第五部分 附件

群众文化活动项目绩效自评报告

一、基本情况

项目预算2.00万元。
"""


def outline() -> Outline:
    return understand(read_text(REPORT, "paste"))


def section(title: str, *, last: bool = True) -> Section:
    found = [s for s in outline().sections if s.title == title]
    return found[-1 if last else 0]


def test_the_contents_are_not_the_body() -> None:
    contents = section("目录")
    assert contents.kind == "contents"
    assert [s.title for s in outline().sections].count("名词解释") == 1
    assert section("名词解释").first > contents.last


def test_sections_have_kind_depth_ordinal_and_extent() -> None:
    income = section("收入决算情况说明")
    assert (income.kind, income.depth, income.ordinal) == ("income", 2, "二、")
    assert income.last == income.first + 1
    assert section("收入支出决算总体情况说明").kind == "totals"
    assert section("机关运行经费支出情况").kind == "operating"


def test_subsections_keep_to_their_parent() -> None:
    found = outline()
    parts = section("一般公共预算财政拨款支出决算具体情况")
    assert found.section_kind_of(parts.last) == "general_public"


def test_glossary_entries_have_no_kind_of_their_own() -> None:
    found = outline()
    glossary = section("名词解释")
    assert found.section_kind_of(glossary.first + 1) == "glossary"
    assert found.section_kind_of(glossary.first + 2) == "glossary"


def test_attached_reports_begin_at_their_part() -> None:
    found = outline()
    assert found.attachments_from == section("附件").first
    assert found.section_kind_of(found.sections[-1].last) == "attachment"


def test_tables_numbered_as_attachments_are_the_reports_own() -> None:
    text = REPORT.partition("第五部分 附件\n\n群众")[0] + (
        "附件1:收入支出决算总表\n\n附件2:整体支出自评报告\n\n附件1\n\n收入支出决算总表\n\n单位:元\n\n"
        "项目\t金额\t项目\t金额\n总计\t1.00\t总计\t1.00\n\n"
        "附件2\n\n南屏县文化馆整体支出绩效自评报告\n\n一、部门概况\n\n在职人员3人。"
    )
    document = read_text(text, "paste")
    found = understand(document)
    assert found.attachments_from is not None
    following = document.blocks[found.attachments_from + 1]
    assert getattr(following, "text", "") == "南屏县文化馆整体支出绩效自评报告"
