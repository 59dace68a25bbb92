# Two commands are enough: `make` starts zonemap, `make test` checks everything. `make help` lists the rest.
# Needs Python 3.11 or newer and make. tools/prepare.py does the installing and tells what it did in .cache/.

SHELL := /bin/sh
unexport PYTHONDONTWRITEBYTECODE # nothing is compiled while installing: the first start does, for those after it
VENV_PYTHON := .venv/bin/python
# The Python to build .venv with: the first that is new enough.
PYTHON ?= $(shell for it in python3 python3.14 python3.13 python3.12 python3.11; do \
	"$$it" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo "$$it" && exit; done; echo python3)
LOCKING = .cache/lock/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--custom-compile-command "make lock" $(if $(UPGRADE),--upgrade)

.DEFAULT_GOAL := run
.PHONY: run test lint types layers check long mutate faults fuzz load bench postgresql ifc ocr server sso cipher screenshots lock sbom audit clean help

run: ## start zonemap on this computer, with a sample clinic (another port: PORT=8001 make)
	@"$(PYTHON)" tools/prepare.py run
	@$(if $(PORT),ZONEMAP_PORT="$(PORT)" )exec $(VENV_PYTHON) -m zonemap serve --sample

test: ready-for-tests lint types layers check ## check everything: style, types, layers, tests, journeys in a browser

.PHONY: ready-for-tests
ready-for-tests:
	@"$(PYTHON)" tools/prepare.py test
	@"$(PYTHON)" tools/browser.py
	@"$(PYTHON)" tools/provider.py

lint: ready-for-tests
	$(VENV_PYTHON) -m ruff check
	$(VENV_PYTHON) -m ruff format --check

types: ready-for-tests
	$(VENV_PYTHON) -m mypy -n 2

layers: ready-for-tests
	.venv/bin/lint-imports --no-logo

check: ready-for-tests
	$(VENV_PYTHON) -m pytest -n 3 --dist loadfile --no-loadscope-reorder -m "not long"

long: ready-for-tests ## the tests that take too long for every day
	$(VENV_PYTHON) -m pytest -m long

mutate: ready-for-tests ## change the rules one small thing at a time; which changes does no test find? (some: ONLY="access notes")
	test -x .cache/mutate/bin/cosmic-ray || { "$(PYTHON)" -m venv .cache/mutate && .cache/mutate/bin/python -m pip install -q "cosmic-ray>=8.7,<9"; }
	$(VENV_PYTHON) tools/mutate.py $(ONLY)

faults: ready-for-tests ## kill zonemap in everything that it writes, 500 times each (some: ONLY="visit or backup")
	$(VENV_PYTHON) -m pytest -rP -m "long or not long" tests/faults tests/storage/test_kill.py $(if $(ONLY),-k "$(ONLY)")

fuzz: ready-for-tests ## look for files that break a parser (longer: SECONDS_EACH=600; some: ONLY="pdf dxf"; see hostile/fuzz.py)
	test -x .cache/fuzz/bin/python || "$(PYTHON)" -m venv .cache/fuzz
	.cache/fuzz/bin/python -c 'import atheris' 2>/dev/null || .cache/fuzz/bin/python -m pip install -q "atheris>=3,<4"
	$(VENV_PYTHON) -m hostile fuzz $(if $(SECONDS_EACH),--seconds $(SECONDS_EACH)) $(ONLY)

load: ready-for-tests ## 200 clerks, 20 who save and 5 packs at once, on both databases; a flood (for hours: SOAK=minutes make load)
	@if [ -n "$(SOAK)" ]; then exec $(VENV_PYTHON) -m bench.load --soak "$(SOAK)" --share "$(or $(SHARE),0.25)"; fi; \
	for it in "" "--postgresql" "--flood" "--flood --postgresql"; do $(VENV_PYTHON) -m bench.load $$it || exit 1; done

bench: ## measure the slow parts, each against something everybody knows
	@"$(PYTHON)" tools/prepare.py test
	@$(VENV_PYTHON) -m bench

postgresql: ## add the driver for a PostgreSQL database (see ZONEMAP_DATABASE_URL)
	@"$(PYTHON)" tools/prepare.py run
	@"$(PYTHON)" tools/prepare.py postgresql

ifc: ## add what reads building models (IFC); 211 MB
	@"$(PYTHON)" tools/prepare.py run
	@"$(PYTHON)" tools/prepare.py ifc

ocr: ## add what reads room numbers from scans; 130 MB
	@"$(PYTHON)" tools/prepare.py run
	@"$(PYTHON)" tools/prepare.py ocr

server: ## add gunicorn, for a server (see docs/running.md)
	@"$(PYTHON)" tools/prepare.py run
	@"$(PYTHON)" tools/prepare.py server

sso: ## add what signs people in by the organization's own accounts (see docs/running.md)
	@"$(PYTHON)" tools/prepare.py run
	@"$(PYTHON)" tools/prepare.py sso

cipher: ## add what keeps the database encrypted (see docs/running.md)
	@"$(PYTHON)" tools/prepare.py run
	@"$(PYTHON)" tools/prepare.py cipher

screenshots: ready-for-tests ## make the pictures of the guide again, from the real pages
	$(VENV_PYTHON) tools/screenshots.py

lock: ## pin every dependency again, with hashes and without addresses (newer versions: UPGRADE=1 make lock)
	test -x .cache/lock/bin/uv || { "$(PYTHON)" -m venv .cache/lock && .cache/lock/bin/python -m pip install -q uv; }
	$(LOCKING) pyproject.toml --all-extras --group build -o requirements-dev.lock
	$(LOCKING) pyproject.toml --constraint requirements-dev.lock --group build -o requirements.lock
	$(LOCKING) --constraint requirements-dev.lock --group postgresql -o requirements-postgresql.lock
	$(LOCKING) --constraint requirements-dev.lock --group ifc -o requirements-ifc.lock
	$(LOCKING) --constraint requirements-dev.lock --group ocr -o requirements-ocr.lock
	$(LOCKING) --constraint requirements-dev.lock --group server -o requirements-server.lock
	$(LOCKING) --constraint requirements-dev.lock --group sso -o requirements-sso.lock
	$(LOCKING) --constraint requirements-dev.lock --group cipher -o requirements-cipher.lock
	$(LOCKING) --group node -o requirements-node.lock

sbom: ready-for-tests ## write what zonemap is made of again: docs/sbom.json and docs/licences.md
	$(VENV_PYTHON) tools/sbom.py

audit: ready-for-tests ## ask PyPI and npm whether a library is known to be vulnerable
	test -x .cache/audit/bin/pip-audit || { "$(PYTHON)" -m venv .cache/audit && .cache/audit/bin/python -m pip install -q "pip-audit>=2.10,<3" "cyclonedx-python-lib[json-validation]>=11"; }
	.cache/audit/bin/python tools/sbom_schema.py
	$(VENV_PYTHON) tools/audit.py

clean: ## remove everything that was built or installed here; your data stays
	rm -rf .venv .cache .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache static/dist static/src/node_modules

help: ## this list
	@sed -n 's/^\([a-z]*\):[^#]*## /\1	/p' Makefile | while IFS='	' read -r name what; do printf 'make %-12s %s\n' "$$name" "$$what"; done
