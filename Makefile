# The habits of this project; `make help` lists them. Everything lies in .venv, node_modules and
# DATA_DIR (var), nothing outside the checkout.

# The first that really runs: a version manager may put names on PATH that only say "not installed".
PYTHON ?= $(shell for v in 3.12 3.11 3.13 3; do \
    p=$$(command -v python$$v) && $$p -c '' 2>/dev/null && echo $$p && break; done)
PY := .venv/bin/python
PORT ?= 8000
DATA_DIR ?= var
export PORT DATA_DIR
# Where it is set (containers), each of the many Pythons of a site and its tests would compile anew.
unexport PYTHONDONTWRITEBYTECODE

# setpriv: the site stops with make, even when make is killed with -9.
GUARD := setpriv --pdeathsig TERM
PACKAGES := libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 gettext poppler-utils chromium

.DEFAULT_GOAL := help
.PHONY: help setup system-packages run seed demo backup restore screenshots test test-fast test-browser test-all bench \
        lint types format check

help:  ## List the commands
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1|\2/p' Makefile | column -t -s '|'

# --- environment ---------------------------------------------------------------------------------

setup: system-packages .venv/installed node_modules/.installed  ## Environment, packages, browser files

system-packages:
	@PACKAGES="$(PACKAGES)" sh .ci/system-packages

.venv/bin/uv:
	@test ! -L .venv || { echo ".venv is a link to where nothing is installed: remove it (rm .venv)"; exit 1; }
	@test -n "$(PYTHON)" && $(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or later is needed: install it, or name it (make $(MAKECMDGOALS) PYTHON=/path/to/python3)"; exit 1; }
	$(PYTHON) -m venv .venv
	$(PY) -m pip install --quiet --disable-pip-version-check uv

.venv/installed: requirements.txt | .venv/bin/uv
	@sh .ci/install-into $@ $< .venv/bin/uv pip install --quiet --compile-bytecode --python $(PY) --require-hashes -r $<

node_modules/.installed: package-lock.json package.json | .venv/bin/uv
	@PY=$(PY) sh .ci/install-into $@ $< sh .ci/npm ci --ignore-scripts --no-audit --no-fund --loglevel=error

# --- running -------------------------------------------------------------------------------------

run: setup  ## Everything, in the foreground; PORT=8000 DATA_DIR=var DEMO=1; Ctrl-C stops it
	@exec $(GUARD) $(PY) -m volunteer_network.startup

seed: setup  ## Fill an empty database with the demo country: ARGS="--activities 1000000"
	@DEMO=1 $(PY) manage.py prepare --verbosity 0
	@DEMO=1 $(PY) manage.py seed_demo $(ARGS)

demo: seed  ## The same as seed

backup: setup  ## Database and files into one archive, without the keys: TO=path (DATA_DIR/backups)
	@$(GUARD) $(PY) -m volunteer_network.startup backup $(if $(TO),"$(TO)")

restore: setup  ## Bring an archive back while the site is stopped: FROM=path
	@$(GUARD) $(PY) -m volunteer_network.startup restore "$(FROM)"

screenshots: setup  ## Take the pictures of the README anew, from a demo country of their own
	@$(GUARD) $(PY) -m tests.screenshots

# --- checking ------------------------------------------------------------------------------------

# Worksteal: who is done takes over half of what the other has left, so that both end together.
PYTEST := $(PY) -m pytest -n 2 --dist worksteal -q

# Browser tests run in processes of their own: beside Playwright's loop Django keeps a thread's
# connections in another place, and one opened before could not be closed to copy its database.
test: setup lint types  ## All that must hold before a commit lands: about 15 minutes
	@$(PYTEST) -m "not long and not browser"
	@$(PYTEST) -m "browser and not long"

test-fast: setup  ## Unit and architecture tests only
	@$(PYTEST) -m "not long and not browser"

test-browser: setup  ## Journeys in Chromium only
	@$(PYTEST) -m "browser and not long"

test-all: setup lint types  ## With the long ones: kills, restarts, fuzzing
	@$(PYTEST) -m "not browser"
	@$(PYTEST) -m browser

bench: setup  ## Benchmarks, as ratios of one run
	@$(PY) -m tests.bench

lint: setup  ## ruff, djlint, import contracts, missing migrations, deployment checks
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/djlint --lint --quiet templates
	.venv/bin/lint-imports --no-cache
	@sh .ci/with-keys sh .ci/django-checks

types: setup  ## mypy --strict
	@sh .ci/with-keys .venv/bin/mypy volunteer_network mentors seminars reports

format: setup  ## Let ruff mend what it can
	.venv/bin/ruff check --fix-only --quiet .
	.venv/bin/ruff format .

check: test  ## As the build server does
