# make demo   opens the program on the sample shop
# make test   runs all tests
# Both make the environment in .venv first, if it is not there yet. Needs Python 3.11 or newer, and make.

PYTHON ?= python3
VENV   ?= .venv
TESTS  ?= tests
JOBS   ?= 2
TORTURE ?= whole

BIN     := $(VENV)/bin
RUNTIME := $(VENV)/.runtime
DEV     := $(VENV)/.dev
LOCALES := src/aftersales_tui/i18n/locales
PO      := $(wildcard $(LOCALES)/*/LC_MESSAGES/*.po)
MO      := $(PO:.po=.mo)

.PHONY: help demo test torture snapshots lint format types layers docs docs-check catalogues messages bench ci clean

help:
	@sed -n 's/^# make /make /p' Makefile
	@echo "also: torture snapshots lint format types layers docs docs-check catalogues messages bench ci clean"

demo: $(RUNTIME) $(MO)
	@$(BIN)/aftersales demo

test: $(DEV) $(MO)
	$(BIN)/python -m pytest -q -n $(JOBS) --dist worksteal -m "not torture" $(TESTS)

# kills, pulled plugs, eight processes at once, rotten bytes: what the shop file survives. Needs strace (Linux).
# TORTURE=bounded is what a continuous check has time for
torture: $(DEV) $(MO)
	TORTURE=$(TORTURE) $(BIN)/python -m pytest -q -s -m torture tests/faults

# draws the agreed screens in tests/tui/snapshots anew; look at the difference before it is committed
snapshots: $(DEV) $(MO)
	SNAPSHOTS=write $(BIN)/python -m pytest -q tests/tui/snapshots

lint: $(DEV)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

format: $(DEV)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

types: $(DEV)
	$(BIN)/mypy

layers: $(DEV)
	$(BIN)/lint-imports --no-logo

# writes docs/keys.md and docs/cli.md from the program
docs: $(RUNTIME) $(MO)
	$(BIN)/python tools/docs.py

# fails when they no longer say what the program does
docs-check: $(RUNTIME) $(MO)
	$(BIN)/python tools/docs.py --check

catalogues: $(MO)

# brings the Chinese catalogue up to date with the strings in the source
messages: $(RUNTIME)
	$(BIN)/python tools/catalogues.py update

# prints one JSON object; measures the installed wheel
bench: $(DEV) $(MO)
	$(BIN)/python tests/benchmarks/run.py

ci: test lint types layers docs-check

clean:
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis $(MO)

$(LOCALES)/%.mo: $(LOCALES)/%.po | $(RUNTIME)
	@$(BIN)/python tools/catalogues.py compile

# The first Python of at least 3.11 makes the environment: the one asked for, else a newer one beside it.
$(BIN)/python:
	@for python in "$(PYTHON)" python3.14 python3.13 python3.12 python3.11; do \
	    if "$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
	        echo "Making $(VENV) with $$("$$python" --version) …"; \
	        exec "$$python" -m venv $(VENV); \
	    fi; \
	done; \
	echo "Python 3.11 or newer is needed; name it with: make PYTHON=/path/to/python3.11" >&2; exit 1

$(RUNTIME): pyproject.toml hatch_build.py | $(BIN)/python
	@echo "Installing the program …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

$(DEV): pyproject.toml hatch_build.py | $(BIN)/python
	@echo "Installing the program and the tools of its developers …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable ".[dev]"
	@touch $(RUNTIME) $@
