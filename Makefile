# make run    read raw/ and write output/
# make test   check style and run the tests
# make train  train the weights of models/ again from annotations/
# make lock   pin the newest releases that setup.cfg allows
# make clean  remove what building and testing left
# Needs Python 3.11 or newer; name another one with: make run PYTHON=python3.12

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
OLD := quidit needs Python 3.11 or newer: make PYTHON=python3.11
LOCK := $(BIN)/python -m uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --upgrade

.PHONY: run test train lock clean
.DELETE_ON_ERROR:

run: $(VENV)/run.stamp
	$(BIN)/quidit run raw -o output

test: $(VENV)/test.stamp
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/python -m pytest

train: $(VENV)/test.stamp
	$(BIN)/quidit train

$(VENV)/pip.stamp:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "$(OLD)")'
	$(PYTHON) -m venv $(VENV)
	@touch $@

# An editable install without isolation builds with the setuptools of the lock file.
$(VENV)/run.stamp: requirements.lock setup.cfg pyproject.toml | $(VENV)/pip.stamp
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/test.stamp: requirements-test.lock $(VENV)/run.stamp
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements-test.lock
	@touch $@

lock: | $(VENV)/pip.stamp
	$(BIN)/python -m pip install --quiet uv
	$(LOCK) setup.cfg --output-file requirements.lock
	$(LOCK) setup.cfg --extra test --constraint requirements.lock --output-file requirements-test.lock

clean:
	rm -rf build dist *.egg-info .pytest_cache .ruff_cache .mypy_cache .hypothesis
	find pipeline tests models -name __pycache__ -prune -exec rm -rf {} +
