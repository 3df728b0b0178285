"""Which passages are shown to the semantic question: few, the telling ones, within a budget."""

from __future__ import annotations

import pytest

pytest.importorskip("jinja2", reason="the llm extra is not installed")

from gouji.extract.by_model.passages import Piece, chosen
from gouji.pipeline import extract_document

HEAD = """云岫市青屏区水务局2024年度部门决算
本年收入9.07万元，比上年减少0.71万元，下降7.26%。
"""
FILLER = "".join(f"第{n}项工作按照要求推进，有关人员参加了会议。\n" for n in range(200))
PLENTY = 10_000


def shown(text: str, budget: int = PLENTY) -> list[Piece]:
    return chosen(extract_document(HEAD + text), "hybrid", budget)


@pytest.mark.parametrize(
    ("text", "cue", "words"),
    [
        ("全部项目均按期完工。", "conclusion", ["全部项目均按期完工"]),
        ("会计账簿齐全，账实相符，收支真实。", "conclusion", ["账实相符"]),
        ("河道清淤项目因征地受阻，尚未开工。", "exception", ["尚未开工"]),
        ("2个项目评价结果为“差”。", "exception", ["2个项目评价结果为"]),
        ("培训费减少0.50万元，主要原因是增加了培训班次。", "crossed", ["培训费减少", "增加了培训班次"]),
        ("培训费减少0.50万元。主要原因是项目经费缩减。", "reason", ["培训费减少", "项目经费缩减"]),
        ("会议费减少0.50万元,因为会议次数有所增加,全年厉行节约。", "crossed", ["会议费减少", "次数有所增加"]),
        ("决算数大于预算数的主要原因：人员变动，减少人员经费。", "crossed", ["大于预算数", "减少人员经费"]),
        ("年终清算数据未清算完毕，部分尚待列支。", "exception", ["未清算完毕"]),
        ("检查中发现资金支付进度较慢。", "exception", ["进度较慢"]),
        ("各项资金根据进度及时支付。", "conclusion", ["及时支付"]),
        ("我校严格执行预算。", "own", ["我校严格执行预算"]),
        ("市水务局严格按照要求公开预算。", "own", ["市水务局严格按照要求"]),
        ("区水务中心按时报送材料。", "own", ["区水务中心按时"]),
        ("推进我市水务工作。", "level", ["推进我市水务工作"]),
        ("（根据项目实际情况自行设计完善）", "instruction", ["自行设计完善"]),
        ("公务接待费增长15%。\n压缩公用经费支出。", "thrift", ["公务接待费增长", "压缩公用经费支出"]),
        ("本单位不涉及国有资产管理。\n固定资产原值3.20万元。", "denied", ["不涉及国有资产", "固定资产原值"]),
        ("老党员、老干部补助发放。老党员、老干部慰问。老党员、老干部体检。\n老党员、老军人补助发放。", "numeral",
         ["老党员、老干部", "老党员、老军人"]),
        ("确保优抚对象生活水平不断提高。", "foreign", ["优抚对象"]),
        ("此三项可根据单位实际情况有选择地进行设置。", "instruction", ["可根据单位实际"]),
        ("经费来源主要由中央转移支付安排。", "level", ["转移支付"]),
        ("探索建立四级供水服务一体化格局。\n确保“三级”供水服务一体化可持续。", "numeral",
         ["四级供水服务一体化", "三级”供水服务一体化"]),
    ],
)  # fmt: skip
def test_what_may_be_wrong_is_shown_with_its_cue(text: str, cue: str, words: list[str]) -> None:
    pieces = [p for p in shown(FILLER + text) if cue in p.cues]
    for word in words:
        assert any(word.replace("”", '"') in p.text.replace("”", '"') for p in pieces), pieces


@pytest.mark.parametrize(
    "text",
    [
        "2024年度收、支总计均为9.07万元。",
        "专户资金收入0万元，与上年数一致。",
        "全部符合得5分，有1项不符扣2分。",
        "绩效评级为“不合格”的项目0个。",
        "偏差原因分析及改进措施。",
        "预算调整率=(预算调整数/预算数)×100%，因不可抗力产生的调整除外。",
        "确保河道安全度汛。",
        "我局严格执行预算。",
        "区水务局严格按照要求公开预算。",
        "填报日期:",
        "力争全部项目按期完工。",
        "没有出现截留、挤占等情况。\n支出20.00万元。",
        "公务接待费增长15%。",
        "压缩公用经费支出。",
        "结转和结余:指以前年度尚未完成、结转到本年按有关规定继续使用的资金。",
    ],
)
def test_what_says_nothing_is_not_shown(text: str) -> None:
    assert [p.text for p in shown(text) if "identity" not in p.cues] == []


def test_an_item_denied_and_named_is_shown_with_the_head_of_its_list() -> None:
    text = (
        "公用经费3.60万元，主要包括：办公费、印刷费、因公出国（境）费用、公务接待费。\n"
        "本单位当年无因公出国（境）费。\n"
    )
    named = {p.text: p for p in shown(text) if "denied" in p.cues}
    assert "本单位当年无因公出国(境)费。" in named
    assert "公用经费3.60万元" in named["因公出国(境)费用"].label


def test_text_pasted_from_another_attached_report_is_shown_with_what_its_own_is_about() -> None:
    body = "".join(f"第{n}条按照规定推进有关事项并形成记录。\n" for n in range(14))
    text = (
        "管网维护项目支出绩效自评报告\n管网维护项目当年拨款20.00万元。\n" + body
        + "前期准备制定征兵宣传计划并开展征兵动员。\n"
        "征兵宣传项目支出绩效自评报告\n征兵宣传项目当年拨款10.00万元。\n" + body.replace("第", "其")
        + "前期准备制定征兵宣传计划并开展征兵动员。\n征兵宣传覆盖全区。征兵宣传进校园。征兵宣传进社区。\n"
    )  # fmt: skip
    pieces = [p.text for p in shown(text) if "pasted" in p.cues]
    assert pieces == [
        "管网维护项目当年拨款20.00万元。",
        "前期准备制定征兵宣传计划并开展征兵动员。",
    ]


def test_the_budget_is_kept_and_the_telling_come_first() -> None:
    many = "".join(f"{word}服务水平良好。\n" for word in ("甲类", "乙类", "丙类", "丁类", "戊类"))
    pieces = shown(many + "河道清淤因征地受阻，尚未开工。", budget=50)
    assert sum(p.size for p in pieces) <= 50
    assert any("exception" in p.cues for p in pieces)
    assert not all("良好" in p.text for p in pieces)


def test_some_of_each_kind_come_before_more_of_any() -> None:
    many = "".join(f"{word}项目因征地受阻，尚未开工。\n" for word in "甲乙丙丁戊己庚辛壬癸")
    told = "全部项目均按期完工。\n培训费减少0.50万元，主要原因是增加了培训班次。\n"
    cues = {cue for p in shown(many + told, budget=120) for cue in p.cues}
    assert {"exception", "conclusion", "crossed"} <= cues


def test_duties_of_a_unit_are_not_shown_and_what_an_overview_reports_is() -> None:
    text = (
        "一、部门概况\n（一）主要职能。\n1.负责全部河道的管理，协调未完成事项。\n"
        "（二）资金使用管理情况\n全部项目均按期完工。\n"
    )
    assert [p.text for p in shown(text) if "identity" not in p.cues] == ["全部项目均按期完工。"]


def test_a_clause_within_a_longer_passage_is_shown_once() -> None:
    pieces = [p.text for p in shown("本单位不涉及国有资产，均按期完成。\n固定资产原值3.20万元。")]
    assert sum("不涉及国有资产" in text for text in pieces) == 1


def test_no_text_is_shown_twice() -> None:
    pieces = shown("全部项目均按期完工。\n" * 5 + "1个项目全部完工。\n2个项目全部完工。\n")
    assert len(pieces) == 3
