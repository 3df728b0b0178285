# One environment, made when first needed; see CONTRIBUTING.md.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SAMPLE := fixtures/documents/wanyuan-faulty/report.pdf

.DEFAULT_GOAL := help
.PHONY: help demo test lint types layers tests field gate baseline screenshots bench docs golden build clean local-model eval-local

help: ## show the targets
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/make \1\t\2/p' $(MAKEFILE_LIST)

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "gouji needs Python 3.11 or newer: make PYTHON=/path/to/python3.11 …" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.gouji: pyproject.toml $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

$(VENV)/.dev: pyproject.toml $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@ $(VENV)/.gouji

demo: $(VENV)/.gouji ## install into .venv and check a sample report
	@$(BIN)/gouji check $(SAMPLE) --fail-on never

test: lint types layers tests ## everything CI asks: lint, format, types, layers, tests

lint: $(VENV)/.dev ## ruff: rules and format
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.dev ## mypy --strict
	$(BIN)/mypy

layers: $(VENV)/.dev ## import-linter: imports run one way only
	$(BIN)/lint-imports

tests: $(VENV)/.dev ## pytest; set GOUJI_CORPUS to run the tests on real documents too
	$(BIN)/pytest

field: $(VENV)/.dev ## score gouji on labelled real documents: make field CORPUS=dir
	@test -n "$(CORPUS)" || { echo "name the corpus: make field CORPUS=dir" >&2; exit 2; }
	@$(BIN)/python -m gouji.evaluate.field "$(CORPUS)"

gate: $(VENV)/.dev ## refuse a change that makes a watched figure of eval/baseline.json worse
	@rm -rf build/synthetic
	@$(BIN)/python eval/corpus/generate.py build/synthetic --seeds 901-916
	@GOUJI_SYNTHETIC=$(CURDIR)/build/synthetic $(BIN)/gouji eval gate

baseline: $(VENV)/.dev ## measure anew what the gate compares with; a commit that does so says why
	@rm -rf build/synthetic
	@$(BIN)/python eval/corpus/generate.py build/synthetic --seeds 901-916
	@GOUJI_SYNTHETIC=$(CURDIR)/build/synthetic $(BIN)/gouji eval gate \
		--update eval/datasets/fixtures.yaml --update eval/datasets/plants.yaml --update eval/datasets/synthetic.yaml

screenshots: $(VENV)/.dev ## take the pictures of docs/images anew (needs chromium and a CJK font)
	@$(BIN)/python docs/images/take.py

bench: $(VENV)/.dev ## time gouji beside PyMuPDF: make bench [FILES="a.pdf b.pdf"]
	@$(BIN)/python eval/bench/bench_check.py $(or $(FILES),$(wildcard fixtures/documents/*/report.pdf))

docs: $(VENV)/.dev ## regenerate docs/rules/ and schemas/ from the code
	$(BIN)/gouji rules --markdown docs/rules
	$(BIN)/python -m gouji.report.schemas schemas

golden: $(VENV)/.dev ## rewrite golden files and README examples, bring the catalogue up to date
	GOUJI_UPDATE_GOLDEN=1 $(BIN)/pytest --quiet tests/golden tests/report tests/test_docs.py

LOCAL ?= .local-model
MODEL ?= qwen-coder-1.5b

local-model: $(VENV)/.dev ## fetch and verify a small model, build its server (1.1 GB, 7 minutes)
	$(BIN)/python eval/llm/fetch_model.py $(MODEL) $(LOCAL)/$(MODEL).gguf
	PYTHON=$(BIN)/python eval/llm/build_server.sh $(LOCAL)

eval-local: $(VENV)/.dev ## engines rules, hybrid and llm side by side with the local model (MINUTES=50)
	$(BIN)/python eval/corpus/generate.py build/local --seeds 9001-9008
	$(BIN)/python eval/llm/eval_local.py --server $(LOCAL)/llama-server --model $(LOCAL)/$(MODEL).gguf \
		--minutes $(or $(MINUTES),50) $(if $(KEPT),--kept) --synthetic build/local \
		$(if $(GOUJI_CORPUS),--corpus $(GOUJI_CORPUS)) --write docs/benchmarks.md

build: $(VENV)/.dev ## build the wheel and the source archive into dist/
	rm -rf dist
	$(BIN)/hatchling build

clean: ## remove what make made, .venv included
	rm -rf $(VENV) dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
