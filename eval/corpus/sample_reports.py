"""Makes the sample disclosures of fixtures/documents: text, PDF and README (生成样例决算).

    python eval/corpus/sample_reports.py            all samples
    python eval/corpus/sample_reports.py --text     without the PDF

Every figure comes from an exact ledger in 元. Before anything is written, all relations are
recomputed from the printed cells and all printed rates from the printed amounts; then the planted
slips are applied, each of which must find its place exactly once.
"""

import argparse
from pathlib import Path

import arts_centre_text
import greening_text
import waterworks_text
from audit import check_tables
from blocks import Block, Paragraph, edit_paragraph
from render import spaced, to_html, to_pdf, to_text
from sample import Sample

FOLDER = Path(__file__).resolve().parents[2] / "fixtures" / "documents"


def verify(sample: Sample) -> None:
    """Recompute the sample before slips: tables against tables, claims against their figures."""
    tables = {table.key: table for table in sample.tables}
    check_tables(tables, numbered=sample.layout.numbered)
    prose = "\n".join(block.text for block in sample.blocks if isinstance(block, Paragraph))
    sample.teller.audit(prose)


def with_slips(sample: Sample) -> list[Block]:
    """Apply the planted slips and the spacing of the prose."""
    blocks = list(sample.blocks)
    for slip in sample.slips:
        blocks = edit_paragraph(blocks, slip.section, slip.true, slip.printed)
    return spaced(blocks) if sample.is_spaced else blocks


def readme(sample: Sample) -> str:
    """Write the README of one sample."""
    lines = [
        f"# {sample.slug}",
        "",
        f"{sample.summary}。",
        (
            f"`report.txt` 是粘贴用的文本，`report.pdf` 是同一内容的版式文件。单位“{sample.layout.entity}”"
            "及全部数字均为虚构，由 `eval/corpus/sample_reports.py` 从一套精确到分的账目生成。"
        ),
    ]
    if not sample.slips:
        lines.append("没有植入差错：所有勾稽关系在四舍五入范围内成立，检查结果应为空。")
        return "\n".join(lines) + "\n"
    lines += ["除下列差错外，其余数字全部平衡：", ""]
    for number, slip in enumerate(sample.slips, 1):
        lines.append(f"{number}. {slip.kind}（{slip.section}）：印作 {slip.shows}；{slip.note}。")
    return "\n".join(lines) + "\n"


def write(sample: Sample, *, pdf: bool) -> None:
    """Verify one sample and write its folder."""
    verify(sample)
    folder = FOLDER / sample.slug
    folder.mkdir(parents=True, exist_ok=True)
    blocks = with_slips(sample)
    (folder / "report.txt").write_text(to_text(blocks), encoding="utf-8")
    (folder / "README.md").write_text(readme(sample), encoding="utf-8")
    if pdf:
        title = f"{sample.layout.entity}{sample.layout.year}年度决算"
        to_pdf(to_html(blocks, title), folder / "report.pdf")


def main() -> None:
    """Make all samples."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--text", action="store_true", help="write text and README only")
    options = parser.parse_args()
    for build in (waterworks_text.build, arts_centre_text.build, greening_text.build):
        write(build(), pdf=not options.text)


if __name__ == "__main__":
    main()
