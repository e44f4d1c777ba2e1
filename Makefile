# The commands people and CI share. `make help` lists them.
PYTHON ?= python3
PY := .venv/bin/python
export PORT ?= 8000
.DEFAULT_GOAL := help
.PHONY: help run test test-distributed test-cluster check lint format types bench backup restore reset lock

help:  ## list the commands
	@awk -F':.*## ' '/^[a-z-]+:.*## / {printf "  make %-18s %s\n", $$1, $$2}' $(MAKEFILE_LIST)
	@echo "  .venv/bin/python manage.py help      every other command, e.g. api_token, load_sample, remove_sample, reindex"

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed; this is " + sys.version.split()[0] + ". Try: make PYTHON=python3.12 " )'
	@echo "  Making a virtual environment in .venv …"
	@$(PYTHON) -m venv .venv

# Pinned and hashed; --no-deps because the lock is complete, so nothing is resolved a second time.
.venv/installed: requirements.txt | .venv/bin/python
	@echo "  Installing the portal's packages (once) …"
	@$(PY) -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements.txt
	@touch $@

.venv/installed-dev: requirements-dev.txt requirements.txt | .venv/bin/python
	@echo "  Installing the portal's and the tests' packages (once) …"
	@$(PY) -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements-dev.txt
	@touch $@ .venv/installed

run: .venv/installed  ## start the portal: web server, worker and clock (PORT=8000, SAMPLE=0 for an empty one)
	@$(PY) -m portal.supervisor

test: .venv/installed-dev  ## the whole test suite on the embedded engines (ARGS="tests/search -k khmer" for a part)
	@$(PY) -m pytest -n auto --dist loadgroup $(ARGS)

test-distributed: .venv/installed-dev  ## the suite but the browser journeys on DATABASE_URL and ELASTICSEARCH_URL
	@test -n "$$DATABASE_URL" || { echo "Set DATABASE_URL=postgres://…"; exit 1; }
	@test -n "$$ELASTICSEARCH_URL" || { echo "Set ELASTICSEARCH_URL=http://…"; exit 1; }
	@$(PY) -m pytest -n auto --dist loadgroup -m "not journey" $(ARGS)

# A command PORT DATA_DIR [KEY=VALUE …] that runs an Elasticsearch node in the foreground.
test-cluster: export ELASTICSEARCH_COMMAND ?= ../shared/elasticsearch/elasticsearch
test-cluster: .venv/installed-dev  ## before a release: three Elasticsearch nodes, one killed under load
	@test -x "$$ELASTICSEARCH_COMMAND" || { echo "Set ELASTICSEARCH_COMMAND to a command that starts a node: PORT DATA_DIR [KEY=VALUE …]"; exit 1; }
	@$(PY) -m pytest -m cluster --timeout 600 tests/search/test_cluster.py $(ARGS)

check: lint types  ## everything that needs no test run: lint, types, imports, migrations, catalogues, templates
	@$(PY) manage.py check --fail-level WARNING
	@SITE_URL=https://portal.example $(PY) manage.py check --deploy --fail-level WARNING
	@$(PY) manage.py makemigrations --check --dry-run
	@$(PY) manage.py check_catalogues
	@.venv/bin/lint-imports

lint: .venv/installed-dev  ## ruff, templates
	@.venv/bin/ruff check .
	@.venv/bin/ruff format --check .
	@.venv/bin/djhtml --check --tabwidth 2 $$(git ls-files '*.html')
	@.venv/bin/curlylint $$(git ls-files '*.html')

format: .venv/installed-dev  ## put code and templates into the project's form
	@.venv/bin/ruff check --fix --quiet .
	@.venv/bin/ruff format .
	@.venv/bin/djhtml --tabwidth 2 $$(git ls-files '*.html')

types: .venv/installed-dev  ## mypy, strict on pure and service code
	@.venv/bin/mypy

# The last two ask a running portal; fill.py and upload.py write into one and are run by hand.
bench: .venv/installed-dev  ## the measurements of docs/benchmarks.md (start the portal first: pages and API are asked too)
	@for name in validate text search tables pages api; do echo "== benchmarks/$$name.py"; $(PY) benchmarks/$$name.py || exit 1; done

backup: .venv/installed  ## keep database and files in var/backups/ (FILE=… to choose the place)
	@$(PY) manage.py backup $(FILE)

restore: .venv/installed  ## bring a backup back: make restore FILE=var/backups/….tar
	@$(PY) manage.py restore $(FILE)

reset:  ## throw away everything under var/ but the backups, and start over
	@find "$${VAR_DIR:-var}" -mindepth 1 -maxdepth 1 ! -name backups -exec rm -rf {} + 2>/dev/null || true
	@echo "Empty again. make run starts over."

lock:  ## resolve pyproject.toml anew into the two lock files (needs uv)
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate pyproject.toml -o requirements.txt
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate -c requirements.txt pyproject.toml --group dev -o requirements-dev.txt
