"""The one catalogue: every sentence gouji can say has its English, with the same fields.

`make golden` brings the file up to date: new sentences come in without English, for a person to
write, and sentences nobody says any more go.
"""

from __future__ import annotations

import ast
import os
import re
from collections.abc import Iterator
from pathlib import Path

from babel.messages.pofile import read_po
from jinja2 import Environment, nodes

from gouji.errors import InputError, Phrases
from gouji.messages import Catalogue, Saying, said_again
from gouji.pipeline import NOT_READ

HAN = re.compile(r"[\u4e00-\u9fff，。：；（）、「」]")
FIELD = re.compile(r"\{(\w+)\}")
SAYING = {"N_", "say"}
ENGLISH = "src/gouji/locale/en/LC_MESSAGES/gouji.po"
HEAD = """\
# English of gouji. A message id is the Chinese sentence; fields keep their names.
msgid ""
msgstr ""
"Language: en\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"""
SPOKEN_KEYWORDS = {"message", "hint", "reason"}


def sentences(root: Path) -> dict[str, str]:
    """Return every message id in the sources, with the file it stands in."""
    found: dict[str, str] = {}
    package = root / "src/gouji"
    for path in sorted(package.rglob("*.py")):
        in_rules = "check" in path.relative_to(package).parts  # a checkout may lie in any folder
        for sentence in _spoken(ast.parse(path.read_text("utf-8")), in_rules=in_rules):
            found.setdefault(sentence, path.name)
    for path in sorted(package.rglob("templates/**/*.html")):
        for sentence in _said_by_template(path.read_text("utf-8")):
            found.setdefault(sentence, path.name)
    return found


def _said_by_template(source: str) -> Iterator[str]:
    """Yield what a Jinja template says: the first argument of each `say("…")`."""
    for call in Environment(autoescape=True).parse(source).find_all(nodes.Call):
        if isinstance(call.node, nodes.Name) and call.node.name == "say" and call.args:
            first = call.args[0]
            if isinstance(first, nodes.Const) and HAN.search(first.value):
                yield first.value


def _spoken(tree: ast.AST, *, in_rules: bool) -> Iterator[str]:
    inside_f_strings = {
        id(part)
        for node in ast.walk(tree)
        if isinstance(node, ast.JoinedStr)
        for part in node.values
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            if name in SAYING and node.args:
                yield from _text(node.args[0])
            if in_rules:
                for keyword in node.keywords:
                    if keyword.arg in SPOKEN_KEYWORDS:
                        yield from _text(keyword.value)
        elif in_rules and isinstance(node, ast.Constant) and id(node) not in inside_f_strings:
            yield from (s for s in _text(node) if FIELD.search(s) and "\n" not in s)


def _text(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and HAN.search(node.value):
        yield node.value


def english(root: Path) -> dict[str, str]:
    with (root / ENGLISH).open("rb") as file:
        return {str(m.id): str(m.string) for m in read_po(file, locale="en") if m.id}


def write_english(root: Path, known: dict[str, str]) -> None:
    """Write the catalogue: the sentences of the sources, by file, with what English they have."""
    lines = [HEAD]
    previous = ""
    for sentence, file in sorted(sentences(root).items(), key=lambda item: item[1]):
        lines += [f"# {file}"] if file != previous else []
        lines += [f"msgid {_quoted(sentence)}", f"msgstr {_quoted(known.get(sentence, ''))}", ""]
        previous = file
    (root / ENGLISH).write_text("\n".join(lines), encoding="utf-8")


def _quoted(sentence: str) -> str:
    escaped = sentence.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def test_every_sentence_has_its_english(root: Path) -> None:
    if os.environ.get("GOUJI_UPDATE_GOLDEN"):
        write_english(root, english(root))
    known = english(root)
    missing = {s: file for s, file in sentences(root).items() if not known.get(s)}
    assert missing == {}


def test_a_translation_has_the_fields_of_its_sentence(root: Path) -> None:
    for sentence, translated in english(root).items():
        assert set(FIELD.findall(translated)) == set(FIELD.findall(sentence)), sentence


def test_the_catalogue_holds_no_sentence_nobody_says(root: Path) -> None:
    assert set(english(root)) <= sentences(root).keys()


def test_an_error_of_a_reader_is_a_sentence_of_the_catalogue(root: Path) -> None:
    """A sentence put together where it is raised could be said in one language only."""
    bare = [
        f"{path.name}:{call.lineno}"
        for path in sorted((root / "src/gouji").rglob("*.py"))
        for call in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(call, ast.Call)
        and getattr(call.func, "id", "") in {"InputError", "GoneError"}
        and isinstance(call.args[0], ast.JoinedStr | ast.Constant)
    ]
    assert bare == []


def test_a_sentence_kept_with_its_words_is_said_in_any_language() -> None:
    notes = Phrases([("第 {pages} 页没有文字层（图片），未能读取。", {"pages": "3"})])
    error = InputError(NOT_READ, name="a.pdf", notes=notes)
    kept = Saying.of(error).record()
    assert said_again(kept, "", Catalogue()) == str(error)
    assert said_again(kept, "", Catalogue("en")) == error.said(Catalogue("en"))
    assert "Page 3 has no text layer" in error.said(Catalogue("en"))
    assert not HAN.search(error.said(Catalogue("en")))


def test_a_sentence_kept_without_its_words_stays_as_it_was_said() -> None:
    assert said_again(None, "读取失败 {a}", Catalogue("en")) == "读取失败 {a}"


def test_chinese_is_the_sentence_itself_with_its_fields() -> None:
    assert Catalogue()("第 {n} 页", n=3) == "第 3 页"


def test_a_sentence_the_catalogue_lacks_is_said_in_chinese() -> None:
    assert Catalogue("en")("没有译文的 {name}", name="句子") == "没有译文的 句子"


def test_a_field_nobody_filled_stays_visible_and_braces_of_a_document_are_harmless() -> None:
    assert Catalogue()("{a} 与 {b}", a="{c}") == "{c} 与 {b}"
