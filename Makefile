# Videothek: every command works on a fresh machine that has Python 3.11+ and make.
#
#   make run     build what is missing and serve the page with a sign-in link
#   make test    everything: checks, backend on both databases, page, browser

SHELL := /bin/bash
.DEFAULT_GOAL := help

VENV := backend/.venv
PY := $(VENV)/bin/python
NODE := scripts/with-node
PAGE_SOURCES := $(shell find frontend/src frontend/public frontend/index.html frontend/vite.config.ts -type f 2>/dev/null)
DEMO_PORT ?= 8000

.PHONY: help build run demo test installed test-backend test-page check e2e bench faults crash hostile fuzz audit lock openapi screenshots clean

help:
	@sed -n '3,4p' Makefile | sed 's/^# *//'
	@echo "make demo    the same on a stand-in for YouTube: a hundred links, no internet needed"
	@echo "make build   backend/.venv with the videothek command, and the built page"
	@echo "make check   lint, types, contracts        make e2e    browser tests"
	@echo "make bench   measurements                  make faults every kind of trouble, as a table"
	@echo "make crash   fifty kills on each database while a thousand videos are imported"
	@echo "make hostile a thousand odd requests to every operation of the API"
	@echo "make fuzz    odd bytes for all readers      make audit  known holes in what is used"
	@echo "make lock    renew both lock files"

$(VENV)/.runtime: backend/requirements.lock backend/pyproject.toml
	@echo "· Python: making backend/.venv"
	@[ -x $(PY) ] || "$$(scripts/find-python)" -m venv $(VENV)
	@$(PY) -m pip install --quiet --disable-pip-version-check -r backend/requirements.lock
	@$(PY) -m pip install --quiet --disable-pip-version-check --no-deps -e backend
	@touch $@

$(VENV)/.development: backend/requirements-dev.lock $(VENV)/.runtime
	@echo "· Python: adding the tools for tests and checks"
	@$(PY) -m pip install --quiet --disable-pip-version-check -r backend/requirements-dev.lock
	@touch $@

frontend/node_modules/.installed: frontend/package-lock.json frontend/package.json
	@echo "· Page: installing npm packages"
	@cd frontend && ../$(NODE) npm ci --no-audit --no-fund --loglevel=error
	@touch $@

frontend/dist/.built: frontend/node_modules/.installed $(PAGE_SOURCES)
	@echo "· Page: building"
	@cd frontend && ../$(NODE) npm run --silent build
	@touch $@

build: $(VENV)/.runtime frontend/dist/.built

# Ctrl-C is how it ends, and no error.
run: build
	@$(VENV)/bin/videothek serve || test $$? -eq 130

demo: build
	@$(PY) -m standin.demo --port $(DEMO_PORT)

test: installed
	@$(MAKE) --no-print-directory -j2 --output-sync=target check test-page
	@$(MAKE) --no-print-directory test-backend e2e
	@echo "· All green."

# Side by side: each waits mostly for downloads.
installed:
	@$(MAKE) --no-print-directory -j2 $(VENV)/.development frontend/dist/.built

test-backend: $(VENV)/.development
	@scripts/ensure-postgres
	@echo "· Backend: tests on SQLite and PostgreSQL"
	@cd backend && TMPDIR="$$(../scripts/quick-directory)" .venv/bin/python -m pytest -q -rs -n 4 --dist worksteal

test-page: frontend/node_modules/.installed
	@echo "· Page: unit tests"
	@cd frontend && ../$(NODE) npm test --silent

e2e: build $(VENV)/.development
	@echo "· Browser: the real page, the real application, the stand-in"
	@browser=$$(scripts/find-browser) && cd frontend && export VIDEOTHEK_CHROMIUM="$$browser" TMPDIR="$$(../scripts/quick-directory)" && \
		../$(NODE) npx playwright test --project=page --project=app --workers=2 && \
		../$(NODE) npx playwright test --project=patient --workers=2 && ../$(NODE) npx playwright test --project=timed

check: $(VENV)/.development frontend/node_modules/.installed
	@echo "· Checks: ruff, mypy, import contracts"
	@cd backend && .venv/bin/ruff check --quiet . ../benchmarks && .venv/bin/ruff format --check --quiet . ../benchmarks
	@cd backend && .venv/bin/mypy
	@cd backend && .venv/bin/lint-imports --no-cache
	@echo "· Checks: the OpenAPI document is up to date"
	@cd backend && .venv/bin/videothek openapi | diff -q - ../frontend/openapi.json >/dev/null || { echo "frontend/openapi.json is stale: run make openapi"; exit 1; }
	@echo "· Checks: biome, types and boundaries of the page"
	@cd frontend && ../$(NODE) npm run --silent check && ../$(NODE) npm run --silent gen:api:check

openapi: $(VENV)/.development frontend/node_modules/.installed
	@cd backend && .venv/bin/videothek openapi > ../frontend/openapi.json
	@cd frontend && ../$(NODE) npm run --silent gen:api

bench: $(VENV)/.development
	@scripts/ensure-postgres
	@$(PY) -m benchmarks

faults: $(VENV)/.development
	@$(PY) -m benchmarks faults

# CRASH="--kills 5 --videos 100 --seed 4 --database sqlite" makes another run.
crash: $(VENV)/.development
	@scripts/ensure-postgres
	@cd backend && .venv/bin/python -m tests.crash $(CRASH)

# HOSTILE="--cases 100 --seed 4 --only lists" makes another run.
hostile: $(VENV)/.development
	@cd backend && .venv/bin/python -m tests.hostile $(HOSTILE)

# The fuzzer is no part of the development environment: decision 0021.
FUZZ_SECONDS ?= 600
FUZZ_TARGETS ?= $(notdir $(wildcard backend/fuzz/corpus/*))
FUZZ_PACKAGES := .build/fuzz-packages

$(FUZZ_PACKAGES)/.installed: backend/requirements-fuzz.lock $(VENV)/.development
	@$(PY) -m pip install --quiet --disable-pip-version-check --no-deps --upgrade --target $(FUZZ_PACKAGES) -r backend/requirements-fuzz.lock
	@touch $@

fuzz: $(FUZZ_PACKAGES)/.installed
	@cd backend && for target in $(FUZZ_TARGETS); do \
		echo "· $$target: $(FUZZ_SECONDS) s"; \
		PYTHONPATH="$$PWD:$$PWD/../$(FUZZ_PACKAGES)" .venv/bin/python -m fuzz $$target --seconds $(FUZZ_SECONDS) || exit 1; \
	done

# Needs the lists of known holes, which are on the internet; CI does without them.
audit: $(VENV)/.development frontend/node_modules/.installed
	@scripts/audit

screenshots: build
	@browser=$$(scripts/find-browser) && cd frontend && VIDEOTHEK_CHROMIUM="$$browser" ../$(NODE) npm run --silent screenshots

lock: $(VENV)/.development
	@$(PY) -m pip install --quiet --disable-pip-version-check uv
	@cd backend && .venv/bin/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-header pyproject.toml -o requirements.lock
	@cd backend && .venv/bin/uv pip compile --quiet --upgrade --universal --python-version 3.11 --group pyproject.toml:dev --generate-hashes --no-header -c requirements.lock pyproject.toml -o requirements-dev.lock
	@cd backend && .venv/bin/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-header --no-annotate requirements-fuzz.in -o requirements-fuzz.lock
	@cd frontend && ../$(NODE) npm install --package-lock-only --no-audit --no-fund

clean:
	@rm -rf $(VENV) .build frontend/node_modules frontend/dist
