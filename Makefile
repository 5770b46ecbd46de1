# Everything runs from the checkout in .venv; the package itself is not installed.
SHELL := /bin/sh
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help demo setup test lint attack drill bench screenshots messages lock

# A machine without a UTF-8 locale must behave like any other.
export PYTHONUTF8 := 1
export LC_ALL := C.UTF-8

BIN := .venv/bin
FLASK := $(BIN)/flask --app wsgi
PYBABEL := $(BIN)/pybabel
TRANSLATIONS := pairing/translations

help: ## list these commands
	@sed -n 's/^\([a-z]*\):.*## /  make \1\t/p' Makefile | expand -t 20

demo: export PAIRING_SETTINGS := instance/demo.env
demo: .venv/.runtime ## serve the invented district on http://127.0.0.1:8000 (Ctrl-C ends it)
	@$(BIN)/python -m pairing.settings PAIRING_DEMO=1 PAIRING_HTTPS=0 DATABASE_URL=sqlite:///demo.sqlite \
	    PAIRING_SMTP_URL=smtp://127.0.0.1:2525 PAIRING_MAILBOX_DIR=instance/demo-mail
	$(FLASK) demo serve

setup: .venv/.runtime ## make settings with fresh secrets, the tables and the areas of 市南区, for real work
	@$(BIN)/python -m pairing.settings
	$(FLASK) db upgrade
	$(FLASK) areas import

test: .venv/.development ## run every test, on SQLite and on PostgreSQL, with a real browser
	@.ci/system-packages
	$(BIN)/python -m pytest -n 2 $(ARGS)

lint: .venv/.development ## check style, types, layers, templates and migrations
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/djlint --quiet --lint templates
	.ci/migrations-check

attack: .venv/.development ## hammer, fuzz, kill and restore at full size, on this machine only (hours)
	@.ci/system-packages
	$(BIN)/python -m tests.attack

drill: .venv/.development ## plant faults one at a time and see the tests turn red (an hour)
	@.ci/system-packages
	$(BIN)/python -m tests.attack.drill $(ARGS)

bench: .venv/.development ## print how long a matching run and the list pages take
	$(BIN)/python -m benchmarks

screenshots: .venv/.development ## take the pictures in docs/pictures anew
	@.ci/system-packages
	@ls /usr/lib/chromium/locales/zh-CN.pak >/dev/null 2>&1 || .ci/apt-install chromium-l10n
	$(BIN)/python -m pytest tests/browser/test_pictures.py -p no:randomly --pictures docs/pictures

messages: .venv/.development ## gather the texts, merge them into the catalogues, compile them
	$(PYBABEL) -q extract -F pyproject.toml -k _l -k lazy_gettext --sort-by-file --no-location --omit-header \
	    -o $(TRANSLATIONS)/messages.pot .
	$(PYBABEL) -q update -i $(TRANSLATIONS)/messages.pot -d $(TRANSLATIONS) --no-fuzzy-matching --ignore-obsolete
	$(PYBABEL) -q compile -d $(TRANSLATIONS) --statistics

UV_COMPILE := $(BIN)/uv pip compile pyproject.toml --extra postgres --extra server --extra demo \
	--universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --no-annotate --quiet
lock: .venv/.development ## pin the packages anew (UPGRADE=--upgrade takes newer ones)
	$(UV_COMPILE) $(UPGRADE) -o requirements.lock
	$(UV_COMPILE) $(UPGRADE) --group test --group lint --group lock -c requirements.lock -o requirements-dev.lock

.venv/.runtime: requirements.lock
	.ci/python-environment requirements.lock
	@touch $@

# The development lock holds the runtime lock's packages in the same versions, so both stamps are fresh after it.
.venv/.development: requirements.lock requirements-dev.lock
	.ci/python-environment requirements-dev.lock
	@touch $@ .venv/.runtime
