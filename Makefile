# Everything a newcomer types. Needs Python ≥ 3.11 and a package registry; `make` alone lists the targets.
.DEFAULT_GOAL := help
.PHONY: help run install services test lint format lock bench bench-forum bench-search soak
export PYTHON PORT DATA_DIR
BIN := .venv/bin
ARGS ?=

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 12

run: ## the demo city at http://localhost:8000 (PORT=…, DATA_DIR=…)
	@exec scripts/python scripts/run.py

install: ## .venv with everything that tests and linters need
	@scripts/python scripts/environment.py dev

services: ## a throw-away PostgreSQL, Redis and Elasticsearch for the tests that want real ones
	@scripts/services start

test: install ## the whole suite (ARGS=… goes to pytest)
	@scripts/browser
	@eval "$$(scripts/services env)"; exec $(BIN)/python -m pytest -n 2 $(ARGS)

lint: install ## style, layers, types, migrations, lock files
	@scripts/lint

format: install ## puts the style right where a tool can
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	$(BIN)/djade $$(git ls-files 'templates/*.html' 'templates/**/*.html')

lock: install ## requirements/*.txt anew from *.in
	@scripts/lock

bench: install ## load runs against real servers, as a table (ARGS="--sizes 1 --seconds 2")
	@scripts/services start >/dev/null
	@eval "$$(scripts/services env)"; exec $(BIN)/python bench/run.py $(ARGS)

bench-forum: install ## the board at 10⁴ to 10⁶ posts, as a table (ARGS="--sizes 10000")
	@scripts/services start >/dev/null
	@eval "$$(scripts/services env)"; exec $(BIN)/python -m bench.run_forum $(ARGS)

bench-search: install ## the search on SQLite, PostgreSQL and Elasticsearch, as tables (ARGS="--sqlite 10000 --postgres 0 --cluster 0")
	@scripts/services start >/dev/null
	@eval "$$(scripts/services env)"; exec $(BIN)/python -m bench.run_search $(ARGS)

soak: install ## the board under load while its processes are killed, then counted (ARGS="--seconds 60 --sqlite")
	@scripts/services start >/dev/null
	@eval "$$(scripts/services env)"; exec $(BIN)/python -m bench.soak_forum $(ARGS)
