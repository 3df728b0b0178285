"""Runs, comparisons and the gate, by the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from gouji.cli import app

SOUND = "2024年度收入合计 9.07 万元，比上年减少 0.71 万元，下降 7.26%。"
WRONG = "2024年度收入合计 9.07 万元，比上年减少 0.71 万元，下降 7.83%。"


def gouji(*words: object) -> Result:
    return CliRunner().invoke(app, ["eval", *map(str, words)])


@pytest.fixture
def dataset(tmp_path: Path) -> Path:
    """Return three passages: two sound, one wrong, all judged right."""
    lines = [
        {"id": "sound", "text": SOUND, "consistent": True},
        {"id": "other", "text": SOUND.replace("收入", "支出"), "consistent": True},
        {"id": "wrong", "text": WRONG, "consistent": False},
    ]
    folder = tmp_path / "set"
    folder.mkdir()
    (folder / "p.jsonl").write_text("\n".join(map(json.dumps, lines)), "utf-8")
    (folder / "card.yaml").write_text("name: t\npassages: p.jsonl\n", "utf-8")
    return folder


@pytest.fixture
def log(dataset: Path, tmp_path: Path) -> Path:
    path = tmp_path / "a.jsonl"
    done = gouji("run", dataset, "-o", path)
    assert done.exit_code == 0, done.output
    return path


def summary(log: Path) -> dict[str, dict[str, float]]:
    figures: dict[str, dict[str, float]] = json.loads(
        log.with_suffix(".summary.json").read_text("utf-8")
    )["figures"]
    return figures


def test_a_run_says_what_it_ran_and_keeps_every_answer(log: Path) -> None:
    header, *answers = map(json.loads, log.read_text("utf-8").splitlines())
    assert {"fingerprint", "revision", "version", "rules", "prompts"} <= header["header"].keys()
    assert {a["sample"] for a in answers} == {"sound", "other", "wrong"}
    figures = summary(log)
    assert figures["passages.flagged"]["value"] == 1
    assert figures["passages.alarmed"]["value"] == 0
    assert figures["cost.calls"]["part"] == 0


def test_a_stopped_run_is_taken_up_where_it_ended(dataset: Path, log: Path) -> None:
    whole = log.read_text("utf-8").splitlines(keepends=True)
    log.write_text("".join(whole[:2]) + whole[2][:40], "utf-8")
    assert gouji("run", dataset, "-o", log).exit_code == 0
    again = log.read_text("utf-8").splitlines(keepends=True)
    assert again[:2] == whole[:2]
    assert len(again) == len(whole)


def test_two_processes_answer_as_one(dataset: Path, log: Path, tmp_path: Path) -> None:
    other = tmp_path / "b.jsonl"
    assert gouji("run", dataset, "-o", other, "--jobs", 2).exit_code == 0
    watched = ("passages.flagged", "passages.alarmed", "answered")
    assert [summary(log)[n] for n in watched] == [summary(other)[n] for n in watched]


def test_a_log_of_other_data_is_not_continued(dataset: Path, log: Path) -> None:
    (dataset / "p.jsonl").write_text(json.dumps({"id": "new", "text": SOUND}), "utf-8")
    refused = gouji("run", dataset, "-o", log)
    assert refused.exit_code == 2
    assert "另一次运行" in refused.output


def test_corrected_labels_count_without_a_new_run(dataset: Path, log: Path) -> None:
    text = (dataset / "p.jsonl").read_text("utf-8").replace("false", "true")
    (dataset / "p.jsonl").write_text(text, "utf-8")
    assert gouji("score", log).exit_code == 0
    assert summary(log)["passages.alarmed"]["part"] == 1


@pytest.mark.parametrize("engine", ["hybrid", "llm"])
def test_an_engine_that_does_not_exist_is_refused_in_one_sentence(
    dataset: Path, engine: str
) -> None:
    refused = gouji("run", dataset, "--engine", engine)
    assert refused.exit_code == 2
    assert refused.output.count("\n") == 1


def test_a_comparison_names_the_samples_that_changed(log: Path, tmp_path: Path) -> None:
    worse = tmp_path / "b.jsonl"
    lines = [json.loads(line) for line in log.read_text("utf-8").splitlines()]
    for line in lines[1:]:
        line["answer"].pop("findings", None)
    worse.write_text("\n".join(json.dumps(x, ensure_ascii=False) for x in lines), "utf-8")
    page = tmp_path / "c.html"
    done = gouji("compare", log, worse, "--html", page)
    assert done.exit_code == 0, done.output
    assert "3 个样本，其中 1 个有变化" in done.output
    assert "漏报" in done.output
    html = page.read_text("utf-8")
    assert "<svg" in html
    assert "<script" not in html
    assert "http" not in html


def test_the_gate_lets_the_same_pass_and_refuses_a_drop(dataset: Path, tmp_path: Path) -> None:
    baseline = tmp_path / "baseline.json"
    gate = ("gate", "--baseline", baseline, "--jobs", 1)
    assert gouji(*gate, "--update", dataset).exit_code == 0
    assert gouji(*gate).exit_code == 0
    kept = baseline.read_text("utf-8")
    baseline.write_text(kept.replace('"sound": [0', '"sound": [-1'), "utf-8")
    refused = gouji(*gate)
    assert refused.exit_code == 1
    assert "变差" in refused.output


def test_a_gate_on_other_data_asks_for_a_new_baseline(dataset: Path, tmp_path: Path) -> None:
    baseline = tmp_path / "baseline.json"
    gate = ("gate", "--baseline", baseline, "--jobs", 1)
    assert gouji(*gate, "--update", dataset).exit_code == 0
    (dataset / "p.jsonl").write_text(json.dumps({"id": "new", "text": SOUND}), "utf-8")
    refused = gouji(*gate)
    assert refused.exit_code == 2
    assert "--update" in refused.output


def test_planting_needs_a_clean_text(dataset: Path, tmp_path: Path) -> None:
    refused = gouji("plant", dataset, "-o", tmp_path / "plants.yaml")
    assert refused.exit_code == 2


def test_planted_defects_are_a_dataset_of_their_own(root: Path, tmp_path: Path) -> None:
    folder = tmp_path / "clean"
    folder.mkdir()
    text = (root / "fixtures/documents/yuan-clean/report.txt").read_bytes()
    (folder / "a.txt").write_bytes(text)
    (folder / "card.yaml").write_text('name: c\ndocuments: "*.txt"\nclean: true\n', "utf-8")
    plants = tmp_path / "plants.yaml"
    assert gouji("plant", folder, "-o", plants, "--per-kind", 1).exit_code == 0
    log = tmp_path / "plants-run.jsonl"
    done = gouji("run", plants, "-o", log, "--jobs", 2)
    assert done.exit_code == 0, done.output
    assert summary(log)["plants.found"]["value"] >= 0.8
    assert summary(log)["controls.errors"]["value"] == 0
    (folder / "a.txt").write_bytes(text + b" ")
    refused = gouji("run", plants, "-o", tmp_path / "other.jsonl")
    assert refused.exit_code == 2
    assert "gouji eval plant" in refused.output
