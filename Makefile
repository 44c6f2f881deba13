# gongkai: the commands a newcomer needs. `make` alone lists them.
SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes
# Two workers: the reference machine has two cores.
WORKERS ?= 2

.DEFAULT_GOAL := help
.PHONY: help setup dev demo test check bench bundle screenshots system docs lock

help:  ## list the commands
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-11s %s\n", $$1, $$2}'

$(VENV)/.run: requirements/run.txt requirements/build.txt pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Installing what gongkai needs into $(VENV) …"
	@$(PIP) -r requirements/build.txt -r requirements/run.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --no-index -e .
	@touch $@

$(VENV)/.dev: $(VENV)/.run requirements/dev.txt
	@echo "Installing the tools for tests and checks into $(VENV) …"
	@$(PIP) -r requirements/dev.txt
	@touch $@

setup: $(VENV)/.run  ## make .venv with the command .venv/bin/gongkai (no root needed)
dev: $(VENV)/.dev

demo: setup  ## build the sample district and serve it on 127.0.0.1:8000
	@$(BIN)/gongkai demo

test: dev  ## run all tests on SQLite and, where it is installed, PostgreSQL
	@$(BIN)/python tools/run_tests.py --workers $(WORKERS)

check: dev  ## format, lint, types, architecture contracts, migrations
	@$(BIN)/python tools/run_checks.py

bench: dev  ## measure, ten to twenty minutes; figures belong in docs/reference/benchmarks.md
	@$(BIN)/python tools/run_bench.py

bundle: setup  ## pack everything into one archive that installs without network
	@$(BIN)/python tools/make_bundle.py

screenshots: dev  ## make the pictures of the docs anew, from a sample of their own
	@$(BIN)/python tools/make_screenshots.py

system:  ## install from apt what the tests need (root)
	@bash tools/system.sh

docs: dev  ## write the generated reference pages anew
	@$(BIN)/python tools/write_docs.py

lock: dev  ## pin the dependencies anew, with hashes
	@$(BIN)/python tools/lock.py
