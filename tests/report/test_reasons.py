"""Why something was not checked reads as a sentence."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from gouji.check.telling.notices import FORMS, recognised
from gouji.check.telling.reasons import say_reason
from gouji.messages import Catalogue


@pytest.mark.parametrize(
    ("reason", "sentence"),
    [
        ("", ""),
        ("missing_table:income", "没有找到“收入决算表”"),
        ("table_twice:income", "“收入决算表”不止一张，无法确定以哪张为准"),
        ("no_claims:change", "正文中没有增减陈述"),
        ("misread:split_digits", "数字可能没有读对：数字中间有空格"),
        ("shaky_table:各行宽度不一", "表格的行列不可靠：各行宽度不一"),
        ("项目支出绩效自评表:rows_in_doubt:2", "项目支出绩效自评表：有些行可能没有读对"),
        ("《收入决算表》:列数不对", "《收入决算表》:列数不对"),
        ("规则自己的一句话", "规则自己的一句话"),
    ],
)
def test_a_reason_is_a_sentence(reason: str, sentence: str) -> None:
    assert say_reason(reason, Catalogue()) == sentence


@pytest.mark.parametrize(
    ("reason", "sentence"),
    [
        (
            "《收入决算表》:表头栏目无法识别",
            "“收入决算表”: the columns of its heading were not recognised",
        ),
        ("《支出决算表》只见表名,表格内容无法读取", "of “支出决算表” only the title is there"),
        ("编码“20805”的上级科目没有读到", "the item above code “20805” was not read"),
        ("第 3、4 页没有文字层（图片），未能读取。", "Page 3、4 has no text layer"),
        (
            "shaky_table:“合计”等3处与栏目对不上,未采用；表样未识别",
            "“合计” and others, 3 in all, fit no column and were not used; its layout",
        ),
        ("shaky_table:4行中有3行分项与合计不符,栏目位置不可信", "in 3 of 4 rows the parts do not"),
        ("收入决算表没有读到 2080505", "in 收入决算表 2080505 was not read"),
    ],
)
def test_a_notice_of_an_earlier_stage_is_recognised_and_said_in_english(
    reason: str, sentence: str
) -> None:
    assert sentence in say_reason(reason, Catalogue("en"))


def test_every_notice_of_an_earlier_stage_has_a_form(root: Path) -> None:
    """What reading and the tables say in Chinese is recognised, so that it can be said in English."""
    problems = [
        source
        for name in ("extract/bind.py", "extract/tables_*.py", "read/pdf.py")
        for path in sorted((root / "src/gouji").glob(name))
        for source in _notices(ast.parse(path.read_text("utf-8")))
    ]
    problems += [
        _filled(text)
        for name in ("check/codes.py", "check/entries.py")
        for text in ast.walk(ast.parse((root / "src/gouji" / name).read_text("utf-8")))
        if isinstance(text, ast.JoinedStr) and re.search("[\u4e00-\u9fff]", ast.unparse(text))
    ]
    assert len(problems) >= 15
    assert [p for p in problems if recognised(p)[0] not in FORMS] == []


def _notices(tree: ast.AST) -> Iterator[str]:
    """Yield what is appended to a list of problems or notes, fields filled with a word."""
    for call in ast.walk(tree):
        if not isinstance(call, ast.Call) or getattr(call.func, "attr", "") != "append":
            continue
        target = getattr(call.func, "value", None)
        named = getattr(target, "attr", getattr(target, "id", ""))
        said = call.args[0]
        if named not in {"problems", "notes"}:
            continue
        if isinstance(said, ast.BinOp):
            said = ast.JoinedStr([said.left, ast.FormattedValue(said.right, -1)])
        if isinstance(said, ast.Constant):
            yield str(said.value)
        elif isinstance(said, ast.JoinedStr):
            yield _filled(said)


def _filled(said: ast.JoinedStr) -> str:
    parts = said.values
    return "".join(str(p.value) if isinstance(p, ast.Constant) else "词" for p in parts)
