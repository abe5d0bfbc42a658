# One word for each habit; `.ci/run` calls the same words. Needs make and Python 3.11 to 3.13, nothing else.

VENV := .venv
PYTHON := $(VENV)/bin/python
PIP := $(PYTHON) -m pip --disable-pip-version-check install --require-hashes
CORES := $(shell getconf _NPROCESSORS_ONLN)
BARE := -p no:cacheprovider -p no:logging -p no:doctest -p no:junitxml -p no:faulthandler -p no:unraisableexception -p no:threadexception

# What is imported is compiled once, whatever the shell says.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help install dev-install run test long core language oracle fuzz-policy lint messages lock lock-is-current screenshots chromium mail-servers gettext bench

help: ## say what the words are
	@sed -n 's/^\([a-z%-]*\):.*## \(.*\)/  make \1	\2/p' Makefile | expand -t 24

install: $(VENV)/has-run.stamp ## the environment alone, in .venv, from the lock

run: install ## the whole desk with demo data, on http://127.0.0.1:8000 (PORT=… for another port); Ctrl-C ends it
	@$(VENV)/bin/watchkeeper serve --demo --end-with-parent

test: dev-install chromium mail-servers ## the whole suite, browser tests included, but for what takes minutes
	@$(PYTHON) -m pytest -n $(CORES) --dist worksteal -m "not long"

long: dev-install chromium mail-servers ## what takes minutes: the stories, mailboxes and mail servers of the tests, every page for every role by axe and in German, properties on many more cases, kills under load
	@PATIENCE=4 $(PYTHON) -m pytest -n $(CORES) --dist load -m "long or property" -s

core: dev-install ## the examples of the rules alone, in about two seconds
	@PYTEST_DISABLE_PLUGIN_AUTOLOAD=1 $(PYTHON) -m pytest $(BARE) tests/core/test_*.py

language: dev-install ## the examples of what a policy file says and is read as
	@PYTEST_DISABLE_PLUGIN_AUTOLOAD=1 $(PYTHON) -m pytest $(BARE) tests/core/language

lint: dev-install lock-is-current gettext ## style, types, the direction of imports, whether the lock is current and all is translated
	$(VENV)/bin/ruff check
	$(VENV)/bin/ruff format --check
	$(VENV)/bin/mypy
	$(VENV)/bin/lint-imports
	$(PYTHON) translations/catalogues.py check

messages: dev-install gettext ## gather the words of pages and mails for translators, and compile what they translated
	@$(PYTHON) translations/catalogues.py gather

lock: dev-install ## pin again what pyproject.toml asks for; what is pinned stays while it fits
	@requirements/compile requirements

lock-is-current: dev-install
	@requirements/check

oracle: dev-install ## the clock against its oracle in a million cases, which takes half an hour
	@ORACLE_CASES=1000000 $(PYTHON) -m pytest -p no:django tests/core/properties/test_clock_oracle.py

fuzz-policy: dev-install ## 20,000 damaged and invented policy files without a traceback, and other long tries
	@FUZZED_FILES=20000 PATIENCE=30 $(PYTHON) -m pytest -p no:django -s $(addprefix tests/core/properties/test_, \
		policy_file_fuzzed.py writing.py editing.py rehearsal.py)

screenshots: dev-install chromium ## every page of the demo in both themes and on a phone, below build/screenshots
	@rm -rf build/screenshots
	@$(PYTHON) -m pytest tests/pages/take_screenshots.py

bench: bench-clock bench-replay bench-startup bench-watch bench-pages bench-mail bench-what_if bench-insight ## every figure the documents quote

bench-%: $(VENV)/has-bench.stamp ## one of them: clock (beside its peers), replay, startup, watch (50,000 open incidents), pages, mail, what_if, insight (reports over a million incidents)
	@$(PYTHON) -m bench.$*

dev-install: $(VENV)/has-dev.stamp ## the same with what tests and lint need

$(VENV)/made.stamp:
	@requirements/make-venv $(VENV)
	@touch $@

# The project itself is linked, not copied, and takes nothing from anywhere: its builder is in the lock.
$(VENV)/has-run.stamp: requirements/run.lock pyproject.toml $(VENV)/made.stamp
	$(PIP) -r requirements/run.lock
	$(PYTHON) -m pip --disable-pip-version-check install --quiet --no-deps --no-build-isolation --editable .
	$(PYTHON) -m compileall -q src
	@touch $@

$(VENV)/has-dev.stamp: requirements/dev.lock $(VENV)/has-run.stamp
	$(PIP) -r requirements/dev.lock
	@touch $@

$(VENV)/has-bench.stamp: requirements/bench.lock $(VENV)/has-dev.stamp
	$(PIP) -r requirements/bench.lock
	@touch $@

chromium:
	@requirements/see-to-chromium

mail-servers:
	@requirements/see-to-mail-servers

gettext:
	@requirements/see-to-gettext
