# The only commands to learn. Needs Python 3.11 or newer, make and a package index.
PYTHON ?= python3
BIN := .venv/bin
ARGS ?=
TURN ?= 600
unexport PYTHONDONTWRITEBYTECODE  # thousands of processes are started: none shall compile all anew

.PHONY: run guide test pages recipes fuzz mutants faults lint docs messages bench app clean

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

fuzz: .venv/.dev  ## every reader under atheris, two at a time, 10 minutes each; TURN=60 ARGS="--only robots" for some
	$(BIN)/python -m tests.fuzz --seconds $(TURN) $(ARGS)

mutants: .venv/.dev  ## 10,000 mutations of every made archive, in two processes; ARGS="500 --only facebook" for some
	$(BIN)/python -m tests.archives.fuzz $(ARGS)

faults: .venv/.dev  ## 1,000 kills, a full disk, jumps of the clock, two at once: what was lost or doubled; ARGS="--kills 60"
	$(BIN)/python -m tests.faults $(ARGS)

lint: .venv/.dev  ## ruff, mypy --strict, import contracts, knowledge, docs in step
	$(BIN)/ruff check src tests bench docs packaging
	$(BIN)/ruff format --check src tests bench docs packaging
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/withhold knowledge lint
	$(BIN)/python docs/generate.py --check
	$(BIN)/python docs/messages.py --check
	$(BIN)/python docs/picture.py --check
	$(BIN)/python packaging/man.py --check
	$(BIN)/python packaging/codeowners.py --check

docs: .venv/.dev  ## writes docs/reference, knowledge/schema, pages for man and CODEOWNERS from the code
	$(BIN)/python docs/generate.py
	$(BIN)/python docs/picture.py
	$(BIN)/python packaging/man.py
	$(BIN)/python packaging/codeowners.py

messages: .venv/.dev  ## brings the guide's messages, src/withhold/faces/guide/locale, in step with templates and code
	$(BIN)/python docs/messages.py

bench: .venv/.dev  ## speed and size, each against its yardstick, into docs/reference/performance.md; FULL=1 at full size
	$(BIN)/python -m bench $(if $(FULL),--full) $(ARGS)

app: .venv/.dev  ## the application for this system, with Python inside, build/app
	$(BIN)/python packaging/app/build.py $(ARGS)

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
