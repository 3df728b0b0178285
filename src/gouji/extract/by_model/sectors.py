"""Words that betray the field a text was written for (行业用语): pasted text names another's people.

Only words a unit of another field has no cause to print; neighbours that share people are one field.
"""

from __future__ import annotations

import re

FIELDS: dict[str, tuple[str, str]] = {
    "education": (
        "教育|学校|中学|小学|幼儿|学院|大学",
        "在校(?:学)?生|学生|幼儿|师生|教师队伍|教学",
    ),
    "health": (
        "卫生|健康|医院|疾控|妇幼|医疗|医保",
        "患者|住院|诊疗|临床|医护|参保|慢病|接种|孕产妇",
    ),
    "veterans": ("退役军人|优抚|双拥|荣军", "优抚对象|退役军人|退役士兵|军烈属|烈士|复员"),
    "relief": (
        "民政|残疾|残联|救助|福利|养老|医疗保障|医保|乡村振兴|街道|镇|乡",
        "低保(?:户|对象)|特困(?:人员|供养)|孤儿|殡葬|婚姻登记|五保|留守儿童",
    ),
    "labour": ("人力资源|人社|社会保险|社保|就业", "劳动争议|农民工工资|技能鉴定|高校毕业生就业"),
    "water": ("水利|水务|河|湖|排水", "河道|灌溉|灌区|水库|堤防|防汛|水土保持"),
    "farming": (
        "农业|农村|畜牧|林业|粮|乡村振兴|街道|镇|乡",
        "高标准农田|农机|种粮|动物防疫|病虫害|退耕还林|造林",
    ),
    "building": (
        "住房|城乡建设|住建|城管|规划|房|街道|镇|乡",
        "棚户区|公租房|廉租房|物业小区|市政道路|路灯",
    ),
    "roads": ("交通|公路|运输|港|街道|镇|乡", "农村公路|养护里程|客运|治超|桥梁"),
    "justice": (
        "公安|法院|检察|司法|监狱|戒毒",
        "罪犯|戒毒人员|社区矫正|侦查|庭审|执行案件|诉讼当事人",
    ),
    "culture": ("文化|旅游|体育|图书|博物|广电|文旅", "文物保护|非遗|图书借阅|展陈|景区|运动员"),
    "climate": ("生态|环境|环保", "排污|污染源|空气质量监测|秸秆禁烧"),
    "safety": ("应急|消防|安监|地震", "尾矿库|森林防火|消防救援|矿山"),
}
"""Field → words of a unit's name, words of the field's own texts."""


def foreign_to(entity: str) -> re.Pattern[str] | None:
    """Return the words of the fields a unit is not of; None where its own field is not known."""
    if not any(re.search(names, entity) for names, _ in FIELDS.values()):
        return None
    others = [words for names, words in FIELDS.values() if not re.search(names, entity)]
    return re.compile("|".join(others)) if others else None
