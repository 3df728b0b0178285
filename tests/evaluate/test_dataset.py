"""Cards and labels: what is read, and what is refused in one sentence."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from gouji.errors import InputError
from gouji.evaluate.dataset import load_dataset
from gouji.evaluate.draft import init
from gouji.evaluate.gold import grids

TEXT = "2024年度收入合计 9.07 万元，比上年减少 0.71 万元，下降 7.26%。"


def card(folder: Path, text: str) -> Path:
    path = folder / "card.yaml"
    path.write_text(text, "utf-8")
    return path


@pytest.mark.parametrize("name", ["fixtures"])
def test_the_cards_of_the_repository_load(root: Path, name: str) -> None:
    dataset = load_dataset(root / "eval/datasets" / f"{name}.yaml")
    assert dataset.samples
    assert all(s.read() for s in dataset.samples)


def test_labels_stand_beside_the_documents_of_a_pattern(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    (tmp_path / "b.txt").write_text(TEXT, "utf-8")
    truth = {"clean": True, "group": "town", "findings": [{"id": "X", "quotes": ["矛盾"]}]}
    (tmp_path / "a.truth.json").write_text(json.dumps(truth), "utf-8")
    card(tmp_path, 'name: t\ndocuments: "*.txt"\n')
    one, two = load_dataset(tmp_path).samples
    assert (one.id, one.group, one.read().clean) == ("a.txt", "town", True)
    assert one.read().findings is not None
    assert (two.group, two.read().clean, two.read().findings) == ("txt", False, None)


def test_passages_stand_behind_their_context(tmp_path: Path) -> None:
    lines = [{"id": "1", "text": "下降 7.26%。", "context": "收入。", "consistent": False}]
    (tmp_path / "p.jsonl").write_text("\n".join(map(json.dumps, lines)), "utf-8")
    card(tmp_path, "name: t\npassages: p.jsonl\n")
    (sample,) = load_dataset(tmp_path).samples
    assert sample.text() == "收入。\n下降 7.26%。"
    assert sample.read().consistent is False


def test_a_changed_label_changes_the_fingerprint(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    card(tmp_path, 'name: t\ndocuments: "*.txt"\n')
    before = load_dataset(tmp_path).fingerprint()
    assert load_dataset(tmp_path).fingerprint() == before
    (tmp_path / "a.truth.json").write_text('{"clean": true}', "utf-8")
    assert load_dataset(tmp_path).fingerprint() != before


def test_rows_with_spans_become_placed_cells() -> None:
    rows = [
        [{"text": "项目", "rowspan": 2}, {"text": "金额", "colspan": 2}],
        [{"text": "收入"}, {"text": "支出"}],
    ]
    (grid,) = grids([{"cells": rows, "title": "表"}])
    assert (grid.n_rows, grid.n_cols) == (2, 3)
    assert [(c.row, c.col) for c in grid.cells] == [(0, 0), (0, 1), (1, 1), (1, 2)]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("[]", "须是映射"),
        ("name: [", "YAML"),
        ("name: t\nroot: ${GOUJI_NOWHERE}\n", "GOUJI_NOWHERE"),
        ("name: t\nroot: gone\n", "不存在"),
        ('name: t\ndocuments: "*.txt"\n', "一个样本也没有"),
        ("name: t\nsamples: [{id: a}]\n", "id 与 document"),
        ("name: t\nsamples: [{id: a, document: gone.txt}]\n", "恰好对应一个文件"),
        ("name: t\npassages: gone.jsonl\n", "没有这个文件"),
    ],
)
def test_a_card_that_makes_no_sense_is_refused(tmp_path: Path, text: str, sentence: str) -> None:
    card(tmp_path, text)
    with pytest.raises(InputError, match=sentence):
        load_dataset(tmp_path)


def test_a_folder_without_a_card_says_how_to_get_one(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="gouji eval init"):
        load_dataset(tmp_path)


def test_a_draft_must_be_corrected_before_it_counts(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    (draft,) = init(tmp_path)
    assert init(tmp_path) == []
    with pytest.raises(InputError, match="仍是草稿"):
        load_dataset(tmp_path).samples[0].read()
    labels = json.loads(draft.read_text("utf-8"))
    del labels["draft"]
    draft.write_text(json.dumps(labels), "utf-8")
    assert load_dataset(tmp_path).samples[0].read().claims
