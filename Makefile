# `make demo` and `make test` do all the set-up they need. Nothing here needs root, Docker or a running service.
PYTHON ?= $(shell for python in python3.13 python3.12 python3.11 python3; do \
	$$python -c 'import sys, venv, ensurepip; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' 2>/dev/null \
	&& echo $$python && break; done)
BIN := .venv/bin
READY := .venv/ready
PACKAGES := -p shopify_bot -p classifier -p webhooks -m worker -m wsgi
# The tests wait for processes more than they compute.
WORKERS ?= 3
PRODUCTS ?= 40
PORT ?= 8000
CATALOGUE ?=
ONCE ?=

export PYTHONUNBUFFERED := 1

.PHONY: setup demo test lint types unit e2e screenshots schema-check bench messages clean

setup: $(READY)

$(READY): pyproject.toml constraints.txt
	@test -n "$(PYTHON)" || { echo "shopify-bot needs Python 3.11, 3.12 or 3.13 with venv."; exit 1; }
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[test]'
	@touch $(READY)

demo: $(READY)
	@$(BIN)/shopify-bot demo --port $(PORT) --products $(PRODUCTS) \
		$(if $(CATALOGUE),--catalogue $(CATALOGUE)) $(if $(ONCE),--once)

test: lint types unit

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(READY)
	$(BIN)/mypy $(PACKAGES)

unit: $(READY)
	$(BIN)/pytest --numprocesses $(WORKERS) --dist loadfile --cov --cov-report=term:skip-covered --durations=10

# In a real browser, which is not needed for anything else: CHROMIUM names it.
e2e: $(READY)
	$(BIN)/pytest tests/e2e --capture=no --timeout=600

# The pictures in docs/pages.
screenshots: $(READY)
	$(BIN)/python -m tests.e2e.screenshots

# Holds our operations and the local store's schema against Shopify's own, which is fetched and not kept.
schema-check: $(READY)
	@folder=$$(mktemp -d) && trap 'rm -rf "$$folder"' EXIT \
	&& npm pack --silent --pack-destination "$$folder" @shopify/dev-mcp@1.16.0 >/dev/null \
	&& tar -xzf "$$folder"/*.tgz -C "$$folder" package/dist/data/admin_2026-10.json.gz \
	&& SHOPIFY_SCHEMA_JSON="$$folder/package/dist/data/admin_2026-10.json.gz" \
		$(BIN)/pytest -q tests/devstore/test_schema_is_subset.py tests/bot/test_operations.py

# Brings the translations up to date with the texts in the code; those that are new are left empty.
PYBABEL := $(BIN)/pybabel --quiet
messages: $(READY)
	@texts=$$(mktemp) && trap 'rm -f "$$texts"' EXIT \
	&& $(PYBABEL) extract --mapping=pyproject.toml --keywords=marked --no-wrap --omit-header --sort-output \
		--add-location=file --output="$$texts" shopify_bot \
	&& $(PYBABEL) update --input-file="$$texts" --output-file=shopify_bot/review/locales/fr.po --locale=fr \
		--no-wrap --no-fuzzy-matching --ignore-obsolete --omit-header

bench: $(READY)
	$(BIN)/python benchmarks/web_start.py

clean:
	rm -rf .venv .coverage .mypy_cache .ruff_cache .pytest_cache
