# The one command surface, for people and machines alike. `make help` lists it.
.DEFAULT_GOAL := help
.PHONY: help run test format fuzz test-pdf bench screenshots bundle lock clean ready

python := .venv/bin/python
lock := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --no-header --no-annotate

help: ## Show this list
	@sed -nE 's/^([a-z-]+):.*## (.*)/make \1\t\2/p' Makefile | expand -t 20

run: ## Open the program; ARGS="list VAULT" runs a command instead
	@tools/bootstrap requirements.lock
	@$(python) -m retention_desktop $(ARGS)

test: ready ## Check format, style, types, layers, then run the tests
	$(python) -m ruff format --check .
	$(python) -m ruff check .
	$(python) -m mypy
	.venv/bin/lint-imports
	$(python) -m pytest --numprocesses 3 $(ARGS)

format: ready ## Put the code into its one format and mend what ruff can
	$(python) -m ruff check --fix .
	$(python) -m ruff format .

fuzz: ready ## Mutate thousands of packs and try to import each
	RETENTION_LONG=1 $(python) -m pytest tests/toolkit/test_pack_fuzz.py $(ARGS)

test-pdf: ready ## Show veraPDF every kind of PDF, hostile texts, and page ends at every place
	RETENTION_LONG=1 $(python) -m pytest tests/sharing/pdf $(ARGS)

bench: ready ## Measure speed, each figure against a floor of the same run
	$(python) tools/bench.py $(ARGS)

screenshots: ready ## Draw every screen from sample data into docs/screenshots
	$(python) tools/screenshots.py $(ARGS)

bundle: ## Make the folder dist/retention-desktop, which runs without Python
	@tools/bootstrap requirements-dev.lock binutils libpython3-dev
	$(python) -m PyInstaller --noconfirm --log-level WARN build.spec
	dist/retention-desktop/retention-desktop self-test

lock: ## Lock what pyproject.toml asks for (needs uv); ARGS=--upgrade takes newer versions
	$(lock) $(ARGS) --group build pyproject.toml --output-file requirements.lock
	$(lock) $(ARGS) --group dev pyproject.toml --output-file requirements-dev.lock

clean: ## Remove everything that can be made again
	rm -rf .venv build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -prune -exec rm -rf {} +

ready:
	@tools/bootstrap requirements-dev.lock
