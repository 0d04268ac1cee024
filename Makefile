# Two commands are enough: `make run` and `make test`. `make help` names the rest.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install -qq --disable-pip-version-check --require-hashes --no-deps
LOCK := uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --no-header

# The stamp carries a sum of what .venv is made from: who changes that, moves the folder or has a new
# Python gets a new .venv, with nothing left over in it.
MADE := $(VENV)/.made-$(shell { echo "$(CURDIR)"; $(PYTHON) -V 2>&1; cat requirements/web.txt requirements/dev.txt; } | cksum | cut -d ' ' -f 1)
WEB := $(VENV)/.web
DEV := $(VENV)/.dev

# More than four processes spend longer on their databases than they save.
PYTEST := $(BIN)/pytest -q -n auto --maxprocesses 4 --dist worksteal
CHROMIUM := $(shell command -v chromium || command -v chromium-browser || command -v google-chrome)

.PHONY: help run test check lint bench lock clean env
.DEFAULT_GOAL := help

help: ## Name what make can do here
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-7s %s\n", $$1, $$2 }' Makefile
	@echo "PORT (8000) says where to serve, HEDGEROW_HOME (./var) where everything is kept."

run: $(WEB) ## Build what is needed, fill the example, and serve it on this computer
	@$(BIN)/hedgerow serve --prepare

test: $(DEV) ## Run every test; those in a browser where Chromium is found
	$(PYTEST)
ifneq ($(CHROMIUM)$(CI),)
	$(PYTEST) tests/browser
else
	@echo "The browser tests were left out: there is no Chromium here (Debian: apt-get install chromium)."
endif

check: lint test ## Lint, types, import contracts, migrations, then every test

# Asking about settings and migrations makes a home; not the one where something is kept.
lint: export HEDGEROW_HOME := $(CURDIR)/$(VENV)/home
lint: $(DEV)
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/django-admin makemigrations --check --dry-run --settings hedgerow.settings

bench: $(DEV) ## Measure pages against a bare page of the same rows
	$(BIN)/python -m benchmarks

env: $(WEB) ## Only build the environment that it runs in

lock: $(MADE) ## Choose newer packages and write their sums down
	$(PIP) -r requirements/uv.txt
	cd requirements && for part in "web --override left-out.in" dev uv "bench --override left-out.in"; do set -- $$part; name=$$1; shift; \
	  ../$(BIN)/$(LOCK) "$$@" $$name.in -o $$name.txt > /dev/null || exit 1; done

clean: ## Remove what make built; what you entered stays
	rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
	find hedgerow tests -name __pycache__ -type d -prune -exec rm -rf {} +

$(MADE):
	@command -v $(PYTHON) > /dev/null || { \
	  echo "Hedgerow needs Python 3.11 or newer, and there is no '$(PYTHON)' here. Install Python, then run make again."; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "Hedgerow needs Python 3.11 or newer; '$(PYTHON)' is $$($(PYTHON) -V 2>&1)."; \
	  echo "If a newer one is installed under another name, say so: make run PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2> /dev/null || { \
	  echo "Python is here, but not the part that makes environments. On Debian or Ubuntu install it with"; \
	  echo "    apt-get install python3-venv"; \
	  echo "(as root, or with sudo before it), then run make again."; exit 1; }
	@echo "Building the environment in $(VENV) (once)."
	@$(PYTHON) -m venv --clear $(VENV)
	@$(BIN)/python -c 'import sysconfig, pathlib; pathlib.Path(sysconfig.get_path("purelib"), "hedgerow.pth").write_text("$(CURDIR)\n")'
	@printf '%s\n' '#!/bin/sh' 'here=$$(dirname "$$(readlink -f "$$0")")' 'exec "$$here/python" -P -m hedgerow.cli "$$@"' > $(BIN)/hedgerow
	@chmod +x $(BIN)/hedgerow
	@touch $@

$(WEB): $(MADE)
	@echo "Installing the packages Hedgerow runs on."
	@$(PIP) -r requirements/web.txt
	@touch $@

$(DEV): $(WEB)
	@echo "Installing the tools for testing."
	@$(PIP) -r requirements/dev.txt
	@touch $@
