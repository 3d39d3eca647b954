# One door for people and for CI: every verb is here, and CI runs `make check`.
# Needed: Python 3.11 or later, make, and a way to the package index. No root, Docker, Kafka or Node.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
INSTALL := $(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes --requirement
WORKERS ?= 2

# Trust what the machine trusts, where it says so: companies inspect their traffic.
ifneq ($(wildcard /etc/ssl/certs/ca-certificates.crt),)
export UV_SYSTEM_CERTS ?= 1
endif

.DEFAULT_GOAL := help
.PHONY: help demo test check bench audit sbom format lock wheel clean

# Lists the verbs.
help:
	@awk '/^# /{said=substr($$0,3)} /^[a-z]+:/{split($$1,verb,":"); printf "make %-8s%s\n",verb[1],said}' Makefile

# Starts the demo company: makes the environment, starts everything, prints the address. Ctrl-C stops it.
demo: $(VENV)/run.stamp
	@$(BIN)/python -m services.host demo $(ARGS) || [ $$? -eq 130 ] # stopped by Ctrl-C, as meant

# Runs the whole suite, or what ARGS names: make test ARGS="tests/goals -k reworded"
test: $(VENV)/dev.stamp
	$(BIN)/python -m pytest --numprocesses $(WORKERS) --dist loadfile --no-loadscope-reorder $(ARGS)

# Everything that must hold before a change is taken: format, lint, types, who imports whom, tests.
check: $(VENV)/dev.stamp
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(MAKE) test

# Measures ours against a yardstick in the same run; some only: make bench ONLY=B1,B2
bench: $(VENV)/dev.stamp
	@$(BIN)/python -m bench $(if $(ONLY),--only $(ONLY)) $(ARGS)

# Puts the code into the house's form, and writes the pages that come from it.
format: $(VENV)/dev.stamp
	$(BIN)/ruff check --fix-only --quiet .
	$(BIN)/ruff format .
	$(BIN)/python -m docs.generators

# Asks the advisory database about every dependency; says so loudly where it cannot be asked.
audit: build/audit.stamp
	@requirements/audit.sh build/audit/bin/pip-audit build/audit.log

# Lists what runs besides our own code, with licences and hashes: build/sbom.json (CycloneDX).
sbom: $(VENV)/run.stamp
	@mkdir -p build
	@$(BIN)/python requirements/parts.py > build/sbom.json
	@echo "build/sbom.json"

# Renews the exact versions and their hashes from pyproject.toml (UPGRADE=--upgrade for newer ones).
lock: $(VENV)/uv.stamp
	$(LOCK) pyproject.toml --output-file requirements/run.txt
	$(LOCK) --constraint requirements/run.txt --group dev pyproject.toml --output-file requirements/dev.txt
	$(LOCK) requirements/uv.in --output-file requirements/uv.txt
	$(LOCK) requirements/audit.in --output-file requirements/audit.txt

# Builds the distribution into dist/.
wheel: $(VENV)/dev.stamp
	$(BIN)/python -m hatchling build --target wheel

# Removes what was made here, except the data folder.
clean:
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

LOCK := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" $(UPGRADE)

# The environment, made again only when a lock changed.
$(VENV)/python.stamp:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "Cairn needs Python 3.11 or later; name it so: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); \
	  echo "Python's venv module is missing here; on Debian and Ubuntu: apt-get install python3-venv"; exit 1; }
	@touch $@

$(VENV)/uv.stamp: requirements/uv.txt $(VENV)/python.stamp
	@echo "Making the environment in $(VENV) …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements/uv.txt
	@touch $@

$(VENV)/run.stamp: requirements/run.txt $(VENV)/uv.stamp
	@$(INSTALL) requirements/run.txt
	@touch $@

$(VENV)/dev.stamp: requirements/dev.txt $(VENV)/uv.stamp
	@$(INSTALL) requirements/dev.txt
	@touch $@ $(VENV)/run.stamp

build/audit.stamp: requirements/audit.txt $(VENV)/uv.stamp
	@$(BIN)/uv venv --quiet --clear --python $(BIN)/python build/audit
	@$(BIN)/uv pip install --quiet --python build/audit/bin/python --require-hashes --requirement requirements/audit.txt
	@touch $@
