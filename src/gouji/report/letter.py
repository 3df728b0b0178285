"""The query letter to the unit (核查函): a draft on one page, with neutral questions and their places.

It asks and does not judge: the findings lose their verdict, and what a reviewer dismissed is left out.
Number, dates, contact and seal stay open. What does not fit on the page follows as an annex.
"""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx import Document
from docx.document import Document as Docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from gouji.messages import N_, Catalogue
from gouji.model.examined import Examined
from gouji.model.report import DocumentInfo
from gouji.report.labels import KINDS
from gouji.report.legible import one_line
from gouji.report.questions import Letter, Question, letter_of

BODY = "FangSong"
BODY_EAST_ASIAN = "仿宋"
HEAD_EAST_ASIAN = "黑体"
SIZE = Pt(10.5)
PITCH = Pt(16.5)
"""Distance of the lines."""
LINES = 31
"""Lines for the questions on the first page."""
ANNEX_WIDTHS = (Mm(14), Mm(144))
MADE = datetime(2000, 1, 1)  # noqa: DTZ001 (python-docx writes naive times; the day of making would differ from run to run)
ZIP_TIME = (1980, 1, 1, 0, 0, 0)


def render(examined: Examined, _source: bytes, say: Catalogue) -> bytes:
    """Return the letter as .docx; the same findings give the same bytes."""
    report = examined.report
    letter = letter_of(report, say, LINES)
    docx = _paper(say)
    _opening(docx, report.document, say)
    _body(docx, letter, say)
    _closing(docx, say)
    if letter.annex:
        _annex(docx, letter, say)
    return _packed(docx)


def _paper(say: Catalogue) -> Docx:
    """Return an empty A4 page with our type."""
    docx = Document()
    section = docx.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(26)
    section.top_margin, section.bottom_margin = Mm(20), Mm(15)
    style: Any = docx.styles["Normal"]  # python-docx does not type styles by name
    style.font.name, style.font.size = BODY, SIZE
    _east_asian(style.font, BODY_EAST_ASIAN)
    style.paragraph_format.space_after = Pt(0)
    style.paragraph_format.line_spacing = PITCH
    properties = docx.core_properties
    properties.author, properties.title = "gouji", say(N_("核查函（草稿）"))
    properties.created = properties.modified = MADE
    properties.comments = ""
    header = section.header.paragraphs[0]
    _run(header, say(N_("草稿：由核对程序据公开文本生成，发出前请人工复核")), grey=True)
    header.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    return docx


def _east_asian(font: Any, name: str) -> None:  # noqa: ANN401 (python-docx has no word for it)
    """Set the typeface of Chinese characters, which Word keeps apart from that of Latin ones."""
    font.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), name)


def _run(paragraph: Paragraph, text: str, *, grey: bool = False) -> None:
    run = paragraph.add_run(one_line(text))
    if grey:
        run.font.size, run.font.color.rgb = Pt(9), RGBColor(0x76, 0x76, 0x76)


def _paragraph(docx: Docx, text: str, *, indent: bool = True) -> Paragraph:
    paragraph = docx.add_paragraph()
    if indent:
        paragraph.paragraph_format.first_line_indent = SIZE * 2
    paragraph.add_run(text)
    return paragraph


def _opening(docx: Docx, document: DocumentInfo, say: Catalogue) -> None:
    title = docx.add_paragraph()
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    title.paragraph_format.line_spacing = Pt(28)
    kind = say(KINDS.get(document.kind, document.kind))
    year = say(N_("{year} 年度"), year=document.fiscal_year) if document.fiscal_year else ""
    between = "" if say.language == "zh" else " "
    run = title.add_run(
        say(
            N_("关于核实{what}有关数据的函"),
            what=one_line(between.join(x for x in (year, kind) if x)),
        )
    )
    run.font.size, run.bold = Pt(16), True
    run.font.name = BODY
    _east_asian(run.font, HEAD_EAST_ASIAN)
    number = _paragraph(docx, say(N_("〔　　　　〕　　　号")), indent=False)
    number.alignment = WD_ALIGN_PARAGRAPH.CENTER
    entity = one_line(document.entity) if document.entity else "　" * 12
    addressee = _paragraph(docx, say(N_("{entity}："), entity=entity), indent=False)
    addressee.paragraph_format.space_before = Pt(6)
    pages = say(N_("，共 {n} 页"), n=document.pages) if document.pages else ""
    _paragraph(
        docx,
        say(
            N_(
                "我们阅读了贵单位公开的文本（{name}{pages}），其中下列数字或表述之间不一致。"
                "请对照原始资料逐项核实，于　　　　年　　月　　日前书面说明；如需更正，请一并告知更正后的数字和公开时间。"
            ),
            name=one_line(document.name)[:60],
            pages=pages,
        ),
    )


def _body(docx: Docx, letter: Letter, say: Catalogue) -> None:
    if not letter.questions and not letter.annex:
        _paragraph(docx, say(N_("没有需要请贵单位核实的事项，本函不必发出。")))
    for question in letter.questions:
        _question(docx, question, say)
    if letter.annex:
        _paragraph(docx, say(N_("其余 {n} 处见附表。"), n=letter.left))


def _question(docx: Docx, question: Question, say: Catalogue) -> None:
    """Write one question; several statements of one cause stand below each other."""
    if len(question.statements) == 1:
        (only,) = question.statements
        _paragraph(docx, say(N_("{n}．{what}。请核实并说明。"), n=question.number, what=only))
        return
    _paragraph(
        docx, say(N_("{n}．以下各处可能出于同一数字，请一并核实并说明："), n=question.number)
    )
    *before, last = question.statements
    for number, statement in enumerate(before, 1):
        _paragraph(docx, say(N_("（{n}）{what}；"), n=number, what=statement))
    _paragraph(docx, say(N_("（{n}）{what}。"), n=len(before) + 1, what=last))


def _closing(docx: Docx, say: Catalogue) -> None:
    closing = _paragraph(
        docx, say(N_("以上仅据公开文本提出，不涉及对有关事项的评价。特此致函，请予支持。"))
    )
    closing.paragraph_format.space_before = Pt(6)
    _paragraph(docx, say(N_("联系人：　　　　　　　　电话：　　　　　　　　邮箱：")))
    for text in (N_("（发函单位盖章）　　　　"), N_("　　　　年　　月　　日　　　　")):
        line = _paragraph(docx, say(text), indent=False)
        line.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        line.paragraph_format.space_before = Pt(6)


def _annex(docx: Docx, letter: Letter, say: Catalogue) -> None:
    """Append what did not fit, on pages of its own."""
    head = docx.add_paragraph()
    head.paragraph_format.page_break_before = True
    head.add_run(say(N_("附表：其余请核实的事项"))).bold = True
    table = docx.add_table(rows=1, cols=2, style="Table Grid")
    table.autofit = False
    for cell, text in zip(table.rows[0].cells, (N_("序号"), N_("事项")), strict=True):
        cell.paragraphs[0].add_run(say(text)).bold = True
    for question in letter.annex:
        for statement in question.statements:
            cells = table.add_row().cells
            cells[0].text = str(question.number)
            cells[1].text = say(N_("{what}。"), what=statement)
    for column, width in zip(table.columns, ANNEX_WIDTHS, strict=True):
        column.width = width
        for cell in column.cells:
            cell.width = width


def _packed(docx: Docx) -> bytes:
    """Return the file with no time of writing in it."""
    written, packed = BytesIO(), BytesIO()
    docx.save(written)
    with ZipFile(written) as source, ZipFile(packed, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            entry = ZipInfo(name, ZIP_TIME)
            entry.compress_type = ZIP_DEFLATED
            target.writestr(entry, source.read(name))
    return packed.getvalue()
