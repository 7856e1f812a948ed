# Two commands: `make demo` shows Gabare, `make test` checks all of it. The rest is for those who build it.
SHELL := /bin/bash
PYTHON ?= $(shell command -v python3.11 || command -v python3)
DATA_DIR ?= var
PORT ?= 8000
export DATA_DIR PORT
BIN := .venv/bin
# An installation is done once for each content of the lock it comes from.
digest = $(shell cat $(1) pyproject.toml | sha256sum | cut -c1-16)
BASE := .venv/base-$(call digest,requirements/base.txt)
TEST := .venv/test-$(call digest,requirements/test.txt)
NODE := tests/browser/node_modules/installed-$(call digest,tests/browser/package-lock.json)

.PHONY: help demo test check format messages bench pictures lock clean
help:
	@echo "make demo      sert la démonstration sur http://127.0.0.1:$(PORT) · serves the demonstration"
	@echo "make test      toutes les vérifications · every check"
	@echo "make check     les vérifications rapides · the fast checks"
	@echo "make format    met en forme · formats"
	@echo "make messages  extrait et compile les traductions · extracts and compiles translations"
	@echo "make bench     mesure, et écrit docs/performance.md · measures"
	@echo "make pictures  refait docs/pictures · makes the pictures again"
	@echo "make lock      refait les verrous de requirements · makes the locks again"

demo: $(BASE)
	@.ci/packages libmagic
	@$(BIN)/gabare prepare
	@exec $(BIN)/gabare demo

test: $(TEST) $(NODE)
	@.ci/packages libmagic chromium java gettext
	@.ci/checks all

check: $(TEST)
	@.ci/packages libmagic gettext
	@.ci/checks fast

format: $(TEST)
	$(BIN)/ruff check --fix --quiet .
	$(BIN)/ruff format .
	find gabare -name '*.html' -print0 | xargs -0 -r $(BIN)/djade --target-version 5.2

messages: $(TEST)
	@.ci/packages gettext
	@$(BIN)/python -m tests.messages

bench: $(TEST)
	@.ci/packages libmagic wrk
	@$(BIN)/python -m bench

pictures: $(TEST)
	@.ci/packages libmagic chromium
	@$(BIN)/python -m tests.journeys.pictures

lock: $(TEST)
	$(BIN)/python -m pip install --quiet uv
	for name in base test; do $(BIN)/uv pip compile --quiet --upgrade --python-version 3.11 \
	  --universal --generate-hashes --no-emit-index-url --no-annotate --no-header \
	  requirements/$$name.in -o requirements/$$name.txt; done

clean:
	rm -rf .venv tests/browser/node_modules

$(BASE):
	@.ci/install base $@

$(TEST):
	@.ci/install test $@

$(NODE):
	@.ci/packages node
	@cd tests/browser && npm ci --no-audit --no-fund --loglevel=error
	@touch $@
