"""What stands around the account: cover, duties, glossary (概况与名词解释)."""

from blocks import Block, Heading, Paragraph
from sample import GLOSSARY, prose

from synth.books import Books
from synth.chance import Chance
from synth.teller import Teller


def duties(books: Books, tell: Teller) -> list[Block]:
    """Write part one: duties, offices, staff (部门概况)."""
    chance = tell.chance
    posts, serving, retired = (tell.count(n, "人") for n in books.staff)
    named = [(name, tell.note(name)) for name in books.offices]
    offices = "、".join(token for _, token in named)
    count = tell.count(len(books.offices), "个")
    tell.total("内设机构", count, named, implied=True)
    tasks = (
        f"贯彻执行国家和上级关于{books.duty}的方针政策和法律法规",
        f"拟订{books.place}{books.duty}的规划、计划并组织实施",
        f"负责{books.duty}的日常工作和统计分析",
        "指导基层开展业务工作，组织干部培训",
        "承办上级交办的其他任务",
    )
    if chance.odds(0.5):
        told = [f"（{'一二三四五'[n]}）{task}。" for n, task in enumerate(tasks)]
    else:
        told = [f"{books.entity}的主要职责是：{'；'.join(tasks)}。"]
    inside = chance.one(
        (
            f"{books.entity}内设{count}机构，分别是：{offices}。",
            f"{books.short}设{offices}等{count}内设机构。",
            f"内设机构{count}，包括{offices}。",
        )
    )
    staff = chance.one(
        (
            f"核定编制{posts}，年末实有在职人员{serving}，退休人员{retired}。",
            f"截至{books.year}年底，{books.short}编制{posts}，在职{serving}，离退休{retired}。",
        )
    )
    return [
        Heading(chance.one(("一、主要职责", "一、部门职责", "一、职能简介"))),
        *prose(*told),
        Heading(chance.one(("二、机构设置", "二、机构设置情况", "二、部门决算单位构成"))),
        *prose(inside, staff),
    ]


def glossary(chance: Chance) -> list[Block]:
    """Write the glossary (名词解释)."""
    return [Paragraph(text) for text in GLOSSARY[: chance.count(4, len(GLOSSARY))]]
