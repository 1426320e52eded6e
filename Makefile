# The only commands to learn. Needs Python 3.11 or newer, make and a package index.
PYTHON ?= python3
BIN := .venv/bin
ARGS ?=

.PHONY: run guide test pages recipes fuzz lint docs messages bench clean

run: .venv/.run  ## the main job on the example owner; ARGS="check linkedin --in DE" for your own
ifeq ($(strip $(ARGS)),)
	@$(BIN)/withhold check --owner examples/owner.toml
	@echo
	@$(BIN)/withhold plan --owner examples/owner.toml
else
	@$(BIN)/withhold $(ARGS)
endif

guide: .venv/.guide  ## the guide as a folder of plain files, build/guide; ARGS="--url https://..."
	$(BIN)/withhold guide build/guide $(ARGS)

test: .venv/.dev  ## all tests but the long ones; of the recipes a sample of 60 runs
	$(BIN)/python -m pytest -n 3 --dist loadfile -m "not long and not matrix" $(ARGS)

pages: .venv/.dev  ## what takes long: every page in a browser (axe, reflow, looks), kills, a Spark cluster; part of CI
	$(BIN)/python -m pytest -n 3 --dist loadfile -m long $(ARGS)

# Most of a run is waiting for pages, so there are more workers than processors.
recipes: .venv/.dev  ## every recipe with every variant of its page, 300 mutants, the window; part of CI
	$(BIN)/python -m pytest -n 6 --dist worksteal tests/recipes tests/browser $(ARGS)

fuzz: .venv/.dev  ## 10,000 mutations of every made archive, in two processes; ARGS="500 --only facebook" for some
	$(BIN)/python -m tests.archives.fuzz $(ARGS)

lint: .venv/.dev  ## ruff, mypy --strict, import contracts, knowledge, docs in step
	$(BIN)/ruff check src tests bench docs
	$(BIN)/ruff format --check src tests bench docs
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/withhold knowledge lint
	$(BIN)/python docs/generate.py --check
	$(BIN)/python docs/messages.py --check

docs: .venv/.dev  ## writes docs/reference and knowledge/schema from the code
	$(BIN)/python docs/generate.py

messages: .venv/.dev  ## brings the guide's messages, src/withhold/faces/guide/locale, in step with templates and code
	$(BIN)/python docs/messages.py

bench: .venv/.dev  ## speed and size, each against its yardstick, both sides in one run; FULL=1 at full size
	$(BIN)/python bench/start.py
	$(BIN)/python bench/check.py
	$(BIN)/python bench/robots.py
	$(BIN)/python bench/robots_parquet.py
	$(BIN)/python bench/guide.py
	$(BIN)/python bench/watch.py
	$(BIN)/python bench/hosts.py
	$(BIN)/python bench/recipes.py --every 5
	$(BIN)/python bench/policies.py --no-misses
	$(BIN)/python bench/exports.py $(if $(FULL),--full)
	$(BIN)/python bench/web.py $(if $(FULL),--full)
	$(BIN)/python bench/logs.py $(if $(FULL),--full)
	$(BIN)/python bench/corpus.py $(if $(FULL),--full)
	$(BIN)/python bench/survey.py $(if $(FULL),--full)

.venv/.run: pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit("withhold needs Python 3.11 or newer: make PYTHON=python3.12 ..." if sys.version_info < (3, 11) else 0)'
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -e .
	@touch $@

.venv/.guide: .venv/.run
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -e ".[guide]"
	@touch $@

.venv/.dev: .venv/.run
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -e ".[dev]"
	@touch $@

clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis dist build
