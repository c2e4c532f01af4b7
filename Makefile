# Everything starts here: `make help`. Each target makes what it needs, once.

SHELL := /bin/bash
.SHELLFLAGS := -eo pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

PYTHON ?= python3
BIN := .venv/bin
UV := $(shell command -v uv 2>/dev/null)
# An environment made by uv carries no pip; one made by Python does. All is compiled once, else every import would be:
# by uv as it installs, after pip on all cores.
INSTALL := $(if $(UV),$(UV) pip install --quiet --compile-bytecode --python $(BIN)/python,$(BIN)/python -m pip install --quiet --no-compile)
# A folder of raw files, if there is one: the tables are then made from them again and compared with data/.
MIRROR ?= $(or $(HEDGING_MIRROR),$(wildcard ../shared/sources))
# One kernel serves a whole notebook in nbval: cells of one file must not be dealt to two workers.
BESIDE := -n 2 --dist loadfile
# Plugins of the tests that notebooks do not need, and that each of three processes would load; and one that they do.
LEAN := -p no:hypothesispytest -p no:anyio -p no:platformdirs -p hedging.press.quiet

.PHONY: help book watch test refresh sweep ingest bench lint lock author clean

help: ## show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

book: .venv/ready ## run the chapters that have changed and make the pages in _build/html
	@$(BIN)/hedging build

watch: .venv/ready ## serve the book; build what depends on each file that is saved, and let the browser follow
	@$(BIN)/hedging watch

test: book ## build the book, make the tables again (if MIRROR has the raw files), then every test, and nbval
	$(if $(MIRROR),$(BIN)/hedging ingest --check --mirror $(MIRROR))
	$(BIN)/python -m pytest $(BESIDE) tests
	$(BIN)/hedging warm -- $(BIN)/python -m pytest $(BESIDE) $(LEAN) --nbval notebooks

refresh: .venv/ready ## run the notebooks and rewrite the outputs that are tracked
	@$(BIN)/hedging refresh

sweep: .venv/ready ## put the question of any-state to every state, and write sweeps/every-state.csv (some minutes)
	@$(BIN)/hedging sweep any-state --grid sweeps/every-state.yml
	@$(BIN)/hedging states

ingest: .venv/ready ## make the tables in data/ from their raw sources (MIRROR=folder of raw files)
	@$(BIN)/hedging ingest $(if $(MIRROR),--mirror $(MIRROR))

bench: .venv/ready ## measure everything that benchmarks/README.md tells (an hour)
	@$(INSTALL) nbmake==1.5.5  # one of the tools that ours are compared with; the book does not need it
	@for one in runners sweep pages chapters tables multiverse; do $(BIN)/python benchmarks/$$one.py; done

lint: .venv/ready ## style of the code
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

lock: ## write requirements.lock anew from requirements.in (needs uv)
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate --no-header \
		--no-emit-index-url --no-emit-find-links requirements.in -o requirements.lock

author: .venv/ready ## add JupyterLab, which the build does without: it would slow every import
	$(INSTALL) 'jupyterlab>=4'

clean: ## remove all that is built; data, notebooks and environment stay
	rm -rf _build book/chapters book/_static/charts

.venv/ready: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "This book needs Python 3.11 or newer; $(PYTHON) is $$($(PYTHON) --version 2>&1)."; \
		echo "Name another one: make PYTHON=python3.12 ..."; exit 1; } >&2
	@test -x $(BIN)/python || $(if $(UV),$(UV) venv --quiet --python $(PYTHON) .venv,$(PYTHON) -m venv .venv)
	@echo "installing what requirements.lock pins (once; a few minutes at most)"
	@$(INSTALL) --require-hashes -r requirements.lock
	@$(INSTALL) --no-deps --no-build-isolation -e .
	@$(if $(UV),,$(BIN)/python -m compileall -qq -j 0 .venv/lib || true)  # some packages carry files for other Pythons
	@$(BIN)/python -m compileall -q hedging  # even where Python is told to write no bytecode as it goes
	@touch $@
