# Each target sets up what it needs; a second run finds it done. Settings come from the environment, as in
# `PORT=8001 make serve`; README.md lists them.

PYTHON ?= $(or $(shell command -v python3.11),python3)
BIN := .venv/bin
BROWSER_PACKAGES := chromium fonts-noto-core fonts-noto-cjk

.PHONY: serve test check bench tour guide lock browser

serve: .venv/site.stamp
	@$(BIN)/python manage.py serve

# By file, since the tests of a file may share what is slow to make; the longest files first (tests/conftest.py).
test: .venv/tools.stamp browser
	$(BIN)/pytest -n 2 --dist loadfile --no-loadscope-reorder

# The last line is with the settings of a site that has a public name.
check: export SECRET_KEY := this-key-signs-nothing-and-is-only-for-the-checks-of-this-target
check: .venv/tools.stamp
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	find templates -name '*.html' -exec $(BIN)/djade --check --target-version 5.2 {} +
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -W 'ignore:Got an error checking:RuntimeWarning' manage.py makemigrations --check --dry-run
	ALLOWED_HOSTS=news.example.org $(BIN)/python manage.py check --deploy --fail-level WARNING

bench: .venv/tools.stamp
	@for benchmark in $(filter-out %/__init__.py,$(wildcard benchmarks/*.py)); do \
		echo "$$benchmark"; $(BIN)/python "$$benchmark" || exit 1; done

# The pictures of docs/tour, from a site of their own.
tour: .venv/tools.stamp browser
	$(BIN)/python demo/pictures.py

# The pictures of docs/editor-guide, from a newsroom of their own.
guide: .venv/tools.stamp browser
	$(BIN)/python -m demo.guide

# After a change of requirements*.in: resolve them again, with hashes.
lock: .venv/tools.stamp
	CUSTOM_COMPILE_COMMAND='make lock' $(BIN)/pip-compile $(LOCK) --output-file requirements.txt requirements.in
	CUSTOM_COMPILE_COMMAND='make lock' $(BIN)/pip-compile $(LOCK) --output-file requirements-dev.txt requirements-dev.in
LOCK := --quiet --generate-hashes --strip-extras --allow-unsafe --no-emit-options

.venv/site.stamp: requirements.txt
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed: make PYTHON=/path/to/python3.11" if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements.txt
	@touch $@

.venv/tools.stamp: requirements-dev.txt .venv/site.stamp
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements-dev.txt
	@touch $@

# Chromium and fonts for every script that the pages show; from Debian's packages, as root or by sudo.
browser:
	@if command -v chromium >/dev/null && { ! command -v dpkg >/dev/null || dpkg -s $(BROWSER_PACKAGES) >/dev/null 2>&1; }; then \
		exit 0; \
	fi; \
	if ! command -v apt-get >/dev/null; then \
		echo "The browser tests need Chromium: install it so that 'chromium' is on the PATH." >&2; \
	elif [ "$$(id -u)" = 0 ]; then \
		apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends $(BROWSER_PACKAGES) >/dev/null; \
	elif sudo -n true 2>/dev/null; then \
		sudo -n apt-get -qq update && sudo -n DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends $(BROWSER_PACKAGES) >/dev/null; \
	else \
		echo "The browser tests need Chromium, and only root can install it: sudo apt-get install $(BROWSER_PACKAGES)" >&2; \
	fi
