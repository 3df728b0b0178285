"""What the documents promise is there: commands, links, pages, examples."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from gouji.check.rule import all_rules
from gouji.cli import app
from gouji.report import catalogue
from gouji.screen.across.rulebook import across_rules

ROOT = Path(__file__).resolve().parents[1]
READMES = ("README.md", "README.zh-CN.md")
PAGES = sorted(
    p.relative_to(ROOT).as_posix()
    for folder in (ROOT, ROOT / "docs", ROOT / "fixtures", ROOT / "eval", ROOT / "prompts")
    for p in (folder.glob("*.md") if folder == ROOT else folder.rglob("*.md"))
)
RULES = (*all_rules(), *across_rules())


@pytest.mark.parametrize("page", PAGES)
def test_every_link_of_a_page_leads_somewhere(page: str) -> None:
    path = ROOT / page
    links = re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", path.read_text("utf-8"))
    broken = [link for link in links if "://" not in link and not (path.parent / link).exists()]
    assert broken == []


@pytest.mark.parametrize("readme", READMES)
def test_every_make_target_of_a_readme_exists(readme: str) -> None:
    targets = set(re.findall(r"^(\w+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    named = set(re.findall(r"`?make (\w+)", (ROOT / readme).read_text("utf-8")))
    assert {"demo", "test"} <= named <= targets


@pytest.mark.parametrize("readme", READMES)
def test_every_command_and_flag_of_a_readme_exists(readme: str) -> None:
    text = (ROOT / readme).read_text("utf-8")
    commands = set(re.findall(r"\bgouji (check|extract|rules|schema|[a-z]+)\b(?= |`)", text))
    known = {"check", "extract", "rules", "schema"}
    assert known <= commands
    helps = "".join(
        CliRunner().invoke(app, [*c, "--help"], env={"COLUMNS": "200"}).stdout
        for c in ([], ["screen", "run"], *([name] for name in known))
    )
    assert all(flag in helps for flag in set(re.findall(r"`(--[a-z-]+)", text)))


EXAMPLE = re.compile(r"(<!-- example: (\S+) -->\n```text\n)(.*?)(```)", re.DOTALL)


def example_of(printed: str) -> str:
    """Return what a README shows of an output: the head, F1, one joint suggestion, the last lines."""
    head, *findings, coverage = printed.strip("\n").split("\n\n")
    joint = next(f for f in findings[1:] if "的矛盾同时消除" in f)
    skipped = "……" if findings.index(joint) > 1 else ""
    return "\n\n".join(p for p in (head, findings[0], skipped, joint, "……", coverage) if p) + "\n"


@pytest.mark.parametrize("readme", READMES)
def test_the_example_of_a_readme_is_what_gouji_prints(readme: str) -> None:
    """GOUJI_UPDATE_GOLDEN=1 writes it."""
    path = ROOT / readme
    text = path.read_text("utf-8")
    found = EXAMPLE.search(text)
    assert found is not None
    printed = CliRunner().invoke(app, ["check", str(ROOT / found[2])]).stdout
    if os.environ.get("GOUJI_UPDATE_GOLDEN"):
        path.write_text(
            text[: found.start(3)] + example_of(printed) + text[found.end(3) :], "utf-8"
        )
        found = EXAMPLE.search(path.read_text("utf-8"))
    assert found is not None
    assert found[3] == example_of(printed)


def test_the_two_readmes_have_the_same_parts() -> None:
    shapes = []
    for readme in READMES:
        text = (ROOT / readme).read_text("utf-8")
        shapes.append(
            [len(re.findall(p, text, re.MULTILINE)) for p in (r"^## ", r"^```", r"^\| ", r"^- ")]
        )
    assert shapes[0] == shapes[1]


@pytest.mark.parametrize("rule", RULES, ids=lambda r: r.code)
def test_every_rule_has_the_page_its_docstrings_make(rule: catalogue.RuleInfo) -> None:
    page = ROOT / "docs/rules" / f"{rule.code}.md"
    assert page.exists(), "run `make docs`"
    assert page.read_text("utf-8") == catalogue.page(rule), "run `make docs`"


def test_there_is_no_page_of_a_rule_that_is_gone() -> None:
    pages = {p.stem for p in (ROOT / "docs/rules").glob("*.md")} - {"README"}
    assert pages == {rule.code for rule in RULES}


@pytest.mark.parametrize("rule", RULES, ids=lambda r: r.code)
def test_every_rule_explains_itself(rule: catalogue.RuleInfo) -> None:
    for heading in catalogue.HEADINGS:
        assert f"\n{heading}\n" in rule.doc, f"{rule.code} has no part {heading!r}"


def test_the_licence_is_the_whole_official_text() -> None:
    text = (ROOT / "LICENSE").read_text("utf-8")
    assert "GNU AFFERO GENERAL PUBLIC LICENSE" in text
    assert len(text.splitlines()) == 661
