"""Grammars of wording report what is printed, where it is printed, and nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gouji.extract.wording import read_wording
from gouji.extract.wording.names import divisions_of
from gouji.extract.wording.ordinals import number_of
from gouji.model.wording import Wording
from gouji.read import read_text
from gouji.understand import understand


def wording_of(text: str) -> Wording:
    document = read_text(text, "test")
    return read_wording(document, understand(document))


def kinds_of(text: str) -> list[tuple[str, str]]:
    return [(r.kind, r.place.quote) for r in wording_of(text).residues]


@pytest.mark.parametrize(
    ("text", "kind", "quote"),
    [
        ("项目支出 5.00 万元，占 10.00%……（不涉及的不列）。", "instruction", "不涉及的不列"),
        ("绩效目标（请根据实际情况修改）完成。", "instruction", "（请根据实际情况修改）"),
        ("比上年增加（减少）3.00 万元。", "option", "增加（减少）"),
        ("决算数小于/大于预算数。", "option", "小于/大于"),
        ("云岭县ＸＸ局负责实施。", "placeholder", "ＸＸ"),
        ("公用经费占基本支出预算%。", "blank", "占基本支出预算%"),
        ("（十八）其他专用名词。", "placeholder", "其他专用名词"),
        ("一、收入 PAGEREF _Toc123 3", "field_code", "PAGEREF"),
        ("支出决算为 2.00 万元,。", "punctuation", " 2.00 万元,。"),
        ("各镇按《办法》的通知》执行。", "bracket", "各镇按《办法》的通知》"),
        ("任务和和要求应具体。", "slip", "任务和和要求应具体"),
        ("工作已完成。根据单位内部控制制度体系。", "unfinished", "根据单位内部控制制度体系。"),
        ("与上年持平，主要原因是压减开支。", "idle_reason", "持平，主要原因是压减开支"),
        ("公用经费支出：23.45主要用于办公费。", "no_unit", "支出：23.45"),
        ("公务接待支出 0.39 万（含外宾）。", "short_unit", "支出 0.39 万"),
        ("收入增加 3.00 万元，增长 12.08。", "no_percent", "增长 12.08"),
    ],
)
def test_a_residue_is_read_with_the_place_it_is_printed_at(
    text: str, kind: str, quote: str
) -> None:
    found = [q.strip() for k, q in kinds_of(text) if k == kind]
    assert quote.strip() in found


@pytest.mark.parametrize(
    "text",
    [
        "收入（支出）总计 10.00 万元，增加（减少）额见附表。",
        "我部门（单位）组织开展绩效自评，涉及项目 3 个。",
        "本年度没有政府性基金收入和支出，故本表无数据。",
        "单位负责人（签字）：________ 日期：____年__月__日",
        "联系电话：138****1234，网址 www.xx.example.cn。",
        "企业填写问卷（共填写 120 份），满意度 96.50%。",
        "为实现目的的需要，普及、推广节水知识，参与与否自愿。",
        "基本支出、项目支出分别为 310.25、120.40 万元。",
        "与上年持平，主要原因是人员没有增加。",
        "按照规定执行相关制度。根据上级要求制定方案。",
        "除上述“上级补助收入”、“事业收入”、“经营收入”等以外的收入。",
        "1)加强巡查；2)落实责任（含镇村两级）。",
        "“三公”经费支出 5.00 万元。其中：公务接待费 1.00 万元，占 20.00%。",
        "2024年参保 95.72 万人，医疗机构 34 家。",
    ],
)
def test_lawful_wording_leaves_no_residue(text: str) -> None:
    assert kinds_of(text) == []


@pytest.mark.parametrize(
    ("numeral", "value"),
    [("一", 1), ("十", 10), ("十二", 12), ("二十", 20), ("二十六", 26), ("12", 12), ("一一", 0)],
)
def test_a_numeral_has_one_value(numeral: str, value: int) -> None:
    assert number_of(numeral) == value


def test_ordinals_keep_style_number_and_what_follows() -> None:
    text = "一、基本情况\n（一）项目概况\n本项目为延续项目：1.修渠；2.清淤。\n（二）结论"
    found = [(o.style, o.number, o.where, o.after) for o in wording_of(text).ordinals]
    assert found == [
        ("chinese", 1, "head", "ordinal"),
        ("paren", 1, "head", "text"),
        ("digit", 1, "inline", "ordinal"),
        ("digit", 2, "inline", "ordinal"),
        ("paren", 2, "head", "none"),
    ]


@pytest.mark.parametrize("text", ["1.5万元", "2024.05", "3:1、2:1两种比例"])
def test_a_decimal_and_a_ratio_are_no_ordinals(text: str) -> None:
    assert wording_of(f"补助标准为{text}。").ordinals == ()


def test_a_document_number_has_issuer_title_and_day_of_issue() -> None:
    text = "根据《关于加强节水工作的通知》（云水字〔2024〕7 号）要求办理。"
    (number,) = wording_of(text).document_numbers
    assert (number.key, number.brackets) == (("云水字", 2024, 7), "〔〕")
    assert number.title == "关于加强节水工作的通知"
    dated = wording_of("按照云财农[2024]18号文件（2024年3月15日印发）执行。").document_numbers[0]
    assert str(dated.issued) == "2024年3月15日"


def test_the_day_of_another_document_is_not_its_day_of_issue() -> None:
    text = "根据云财农〔2022〕18号，2024年3月15日印发的《实施细则》另有规定。"
    assert wording_of(text).document_numbers[0].issued is None


@pytest.mark.parametrize(
    ("name", "divisions"),
    [
        ("青禾市云岭区水务局", ("青禾市", "云岭区")),
        ("中共上海市普陀区委社会工作部", ("上海市", "普陀区")),
        ("江西省九江市武宁县第一中学", ("江西省", "九江市", "武宁县")),
        ("武汉市城市管理执法委员会", ("武汉市",)),
        ("惠州市惠城区统计局", ("惠州市", "惠城区")),
        ("苏州工业园区管委会", ()),
    ],
)
def test_a_unit_name_is_divided_into_its_places(name: str, divisions: tuple[str, ...]) -> None:
    assert divisions_of(name) == divisions


@given(
    st.text(
        alphabet="一二万元支出增加减少(（)）《》,，。;；:：、.0123456789年月日XX号〔〕\n\t 我局县政府"
    )
)
def test_any_text_is_read_and_every_quote_is_in_it(text: str) -> None:
    """No grammar fails on any text, and no finding quotes what is not printed."""
    if not text.strip():
        return
    wording = wording_of(text)
    for residue in wording.residues:
        assert text[residue.place.start : residue.place.end] == residue.place.quote
    for ordinal in wording.ordinals:
        assert ordinal.place.quote in text


@given(st.text(alphabet="修渠清淤节水宣传检查验收管护巡查", min_size=5, max_size=20))
def test_any_phrase_printed_twice_in_a_row_is_found(phrase: str) -> None:
    """A doubled phrase is found whatever its length, unless it repeats within itself."""
    if len(set(phrase)) <= len(phrase) // 2 or (phrase * 2).find(phrase, 1) != len(phrase):
        return
    assert any(k == "doubled" for k, _ in kinds_of(f"今年主要，{phrase}{phrase}等工作。"))
