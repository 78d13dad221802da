# Every command of this project. `make` alone lists them.
# Each command sets up what it needs: the virtual environment in .venv, and missing Debian packages.

.DEFAULT_GOAL := help
.PHONY: help build serve check schema messages release test fuzz bench offline handbook lock

BIN := .venv/bin

# A build of the same commit gives the same bytes.
export SOURCE_DATE_EPOCH ?= $(shell git log -1 --format=%ct 2>/dev/null || date +%s)
# Hide the theme's advertisement of another generator.
export NO_MKDOCS_2_WARNING := 1
# Without a UTF-8 locale, Python cannot start in a folder with letters like ŷ in its name.
export LC_ALL := C.UTF-8

help:
	@awk -F ':.*##' '/^[a-z]+:.*##/ { printf "make %-9s%s\n", $$1, $$2 }' Makefile

build: .venv/build  ## build the site into site/; if anything goes wrong, the last good site stays
	@$(BIN)/python -m generator build
	@echo "Built: open site/index.html"

serve: .venv/build  ## show the site at http://127.0.0.1:8000 while you edit; SITE_LANGUAGE=cy for the Welsh one
	$(BIN)/python -m mkdocs serve --livereload

check: .venv/build  ## print every mistake in journeys/, in a second
	@$(BIN)/python -m generator check

schema: .venv/build  ## update what text editors suggest, after a change of ids or of the model
	@$(BIN)/python -m generator schema

messages: .venv/build  ## update the catalogue of the Welsh labels, after a change of the English ones
	@$(BIN)/pybabel -q extract -F pyproject.toml -k plurals:1,2 -k translate_to:2 --add-location=file -o .venv/messages.pot .
	@$(BIN)/pybabel -q update -i .venv/messages.pot -o generator/locales/cy.po -l cy --width=100 \
	  --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date

release: .venv/build  ## record journeys/ as the published edition; from then on its addresses stay
	@$(BIN)/python -m generator check && $(BIN)/python -m generator release

test: .venv/test .venv/handbook .venv/dictionary browser  ## run all tests
	$(BIN)/ruff check
	$(BIN)/pytest -n auto --dist worksteal

EXAMPLES := 1000
fuzz: .venv/test  ## try thousands of made-up files and guidances for minutes; EXAMPLES=5000 takes longer
	EXAMPLES=$(EXAMPLES) $(BIN)/pytest --hypothesis-profile=fuzz --hypothesis-show-statistics \
	  tests/generator/test_any_file.py tests/generator/test_protected.py tests/site/test_any_guidance.py

bench: .venv/zensical browser  ## compare the speed of builds with other site generators, for half an hour
	PYTHONPATH=tests $(BIN)/python tests/bench

offline: .venv/handbook  ## put documents and a zip file with the whole site into dist/; then build offers them
	@$(BIN)/python -m generator offline

handbook: .venv/handbook  ## write the handbook and the handouts as PDF into dist/; then build offers them
	@$(BIN)/python -m generator handbook

lock: .venv/test  ## pin the newest allowed version of every package
	$(BIN)/uv pip compile --upgrade --quiet --universal --python-version 3.11 --generate-hashes pyproject.toml -o requirements.txt
	$(BIN)/uv pip compile --upgrade --quiet --universal --python-version 3.11 --generate-hashes --extra test -c requirements.txt pyproject.toml -o tests/requirements.txt
	$(BIN)/uv pip compile --upgrade --quiet --universal --python-version 3.11 --generate-hashes --extra handbook -c requirements.txt pyproject.toml -o generator/exports/requirements.txt
	echo zensical | $(BIN)/uv pip compile --upgrade --quiet --universal --python-version 3.11 --generate-hashes - -o tests/bench/requirements.txt

# --- Set-up ------------------------------------------------------------------------------------------------------

# The first Python that is new enough.
PYTHON = $(firstword $(foreach python,python3 python3.14 python3.13 python3.12 python3.11,$(shell \
  $(python) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $(python))))

# Install a Debian package as root, or with sudo if that needs no password. Otherwise print what to type.
debian = echo "Installing the Debian package $(1)"; \
  if [ "$$(id -u)" = 0 ]; then as=""; elif sudo -n true 2>/dev/null; then as="sudo -n"; \
  else echo "An administrator is needed. Type this, then try again: sudo apt-get install $(1)"; exit 1; fi; \
  { $$as apt-get -q update && $$as env DEBIAN_FRONTEND=noninteractive apt-get -q -y install $(1); } >.venv.log 2>&1 \
  || { cat .venv.log; exit 1; }; rm -f .venv.log

.venv/bin/python:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or later is needed. Type: sudo apt-get install python3"; exit 1; }
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || { $(call debian,$(PYTHON)-venv); }
	@rm -rf .venv && $(PYTHON) -m venv .venv

.venv/build: requirements.txt pyproject.toml .venv/bin/python
	@echo "Installing what the build needs into .venv"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

.venv/test: tests/requirements.txt .venv/build
	@echo "Installing what the tests need into .venv"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r tests/requirements.txt
	@touch $@

.venv/handbook: generator/exports/requirements.txt .venv/build
	@echo "Installing what the handbook needs into .venv"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r generator/exports/requirements.txt
	@touch $@

# The Welsh dictionary that the spelling test uses. No Python package has it.
.venv/dictionary: .venv/test
	@echo "Installing the Welsh dictionary that the tests need into .venv"
	@$(BIN)/npm pack --silent --pack-destination .venv dictionary-cy@2.0.0 >/dev/null
	@echo "028a5da0e0facfffce1eed4ed767b357f426dfe70b917729fbbebd1bea89c69a  .venv/dictionary-cy-2.0.0.tgz" | sha256sum --check --quiet
	@mkdir -p $@ && tar -xzf .venv/dictionary-cy-2.0.0.tgz -C $@ --strip-components 1 && touch $@

# Zensical has an environment of its own, because it needs other versions of packages that the project uses.
.venv/zensical: tests/bench/requirements.txt .venv/test
	@rm -rf $@ && $(BIN)/python -m venv $@
	@$@/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r tests/bench/requirements.txt
	@touch $@

# A library that Playwright's driver needs, Debian's Firefox, and its Chromium without a window, which is twice as fast as
# the other. Ubuntu has browsers only as snaps, so there we install Playwright's own.
.PHONY: browser
browser: .venv/test
	@$(BIN)/playwright --version >/dev/null 2>&1 || { $(call debian,libatomic1); }
	@command -v chromium-headless-shell >/dev/null || ls "$$HOME"/.cache/ms-playwright/chromium-* >/dev/null 2>&1 || \
	if apt-get -q update >/dev/null 2>&1; apt-cache policy chromium-headless-shell 2>/dev/null | grep -q 'Candidate: [0-9]'; \
	then $(call debian,chromium-headless-shell); \
	else command -v chromium >/dev/null || $(BIN)/playwright install --with-deps chromium || \
	{ echo "An administrator is needed. Type: sudo $(BIN)/playwright install-deps chromium"; exit 1; }; fi
	@command -v firefox-esr >/dev/null || ls "$$HOME"/.cache/ms-playwright/firefox-* >/dev/null 2>&1 || \
	if apt-get -q update >/dev/null 2>&1; apt-cache policy firefox-esr 2>/dev/null | grep -q 'Candidate: [0-9]'; \
	then $(call debian,firefox-esr); \
	else $(BIN)/playwright install --with-deps firefox || \
	{ echo "An administrator is needed. Type: sudo $(BIN)/playwright install-deps firefox"; exit 1; }; fi
