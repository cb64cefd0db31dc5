# Everything that is done with this tree. Needs make and Python 3.11 or later, nothing else.

.DEFAULT_GOAL := help
.PHONY: help install cards run test cover check format bench calendar font lock clean

# The first of these that is Python 3.11 or later; PYTHON=… overrides.
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input
# Bytecode is written when a module is first used: the first page comes sooner.
INSTALL := $(PIP) install -qq --no-compile --no-build-isolation --require-hashes
LOCK := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-header --no-annotate --no-strip-extras --no-emit-index-url $(UPGRADE)
CODE := bot handlers nlu crm storage talk jobs sandbox tests benchmarks

help: ## this list
	@sed -n 's/^\([a-z]*\):.*## /\1	/p' $(MAKEFILE_LIST) | expand -t 10

$(VENV)/.venv: requirements-build.lock
	@test -n "$(PYTHON)" || { echo "Genjin needs Python 3.11 or later: install it, or say make PYTHON=/path/to/python" >&2; exit 1; }
	@echo "Making $(VENV) with $$($(PYTHON) --version)"
	@$(PYTHON) -m venv $(VENV) || { echo "No virtual environment could be made: on Debian, apt install python3-venv" >&2; exit 1; }
	@$(INSTALL) -r requirements-build.lock
	@touch $@

$(VENV)/.installed: $(VENV)/.venv requirements.lock pyproject.toml
	@echo "Installing what Genjin needs"
	@$(INSTALL) -r requirements.lock
	@# jieba's source makes Python warn while it is compiled: here, not when it is first used.
	@$(BIN)/python -W ignore -m compileall -q $(VENV)/lib/python3*/site-packages/jieba
	@$(PIP) install -qq --no-deps --no-index --no-build-isolation --editable .
	@touch $@

$(VENV)/.installed-dev: $(VENV)/.installed requirements-dev.lock
	@echo "Installing what its tests need"
	@$(INSTALL) -r requirements-dev.lock
	@touch $@

install: $(VENV)/.installed ## what Genjin needs, into .venv

cards: $(VENV)/.installed requirements-cards.lock ## what reads photos of business cards, into .venv
	@$(INSTALL) -r requirements-cards.lock

run: $(VENV)/.installed ## the bot: on Telegram with a token, else in a local chat on demo data
	@exec $(BIN)/genjin run

check: $(VENV)/.installed-dev ## lint, format, types, who imports whom
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache --no-logo

test: $(VENV)/.installed-dev check browser ## check, then all tests
	$(BIN)/pytest -n $(WORKERS) $(PYTEST)

cover: ## the tests, and which lines they did not reach
	@$(MAKE) test PYTEST="--cov --cov-report=term:skip-covered $(PYTEST)"

WORKERS ?= 2
.PHONY: browser
browser:
	@.ci/browser

format: $(VENV)/.installed-dev ## put the code into form
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(VENV)/.installed-dev ## the benchmarks, each in turn
	@set -e; for file in $$(grep -l 'python -m benchmarks' benchmarks/*.py); do \
		name=$$(basename $$file .py); echo "== $$name"; $(BIN)/python -m benchmarks.$$name; done

calendar: $(VENV)/.installed-dev ## the published Chinese working days anew, into crm/working_days.toml
	$(BIN)/python .ci/working_days.py

font: $(VENV)/.installed-dev ## the font of the charts anew, from FONT=…/NotoSansCJK-Regular.ttc
	$(BIN)/python .ci/font.py "$(FONT)"

lock: $(VENV)/.installed-dev ## the locks anew from pyproject.toml (UPGRADE=--upgrade: to the newest)
	$(LOCK) --group build -o requirements-build.lock > /dev/null
	$(LOCK) pyproject.toml --extra dev -o requirements-dev.lock > /dev/null
	$(LOCK) pyproject.toml -c requirements-dev.lock -o requirements.lock > /dev/null
	$(LOCK) pyproject.toml --extra cards -c requirements-dev.lock -o requirements-cards.lock > /dev/null

train: $(VENV)/.installed-dev ## the ranker's weights anew from tests/nlu/samples
	$(BIN)/python -m nlu.learn tests/nlu/samples

clean: ## remove .venv and caches, not data
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .coverage *.egg-info
