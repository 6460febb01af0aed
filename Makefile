# Everything you can do here; `make` alone lists it. Only Python (3.11 or newer), pip, make and git are needed:
# uv is put into .uv/ when it is not on the machine, and everything else into .venv/.
.DEFAULT_GOAL := help
PYTHON ?= python3
UV := $(shell command -v uv 2>/dev/null || echo .uv/bin/uv)
IN := $(UV) run --frozen --no-sync
ARGS ?=

help: ## list what can be done
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: .venv/ready ## open a local workspace in the browser with the bot at work in it (ARGS="--no-browser --port 8123")
	@$(IN) python -m bot demo $(ARGS)

test: .venv/ready ## run the tests (ARGS="-k blocker")
	@$(IN) pytest -n auto $(ARGS)

check: .venv/ready ## lint, format, types, playbook and manifest
	@$(IN) ruff check .
	@$(IN) ruff format --check .
	@$(IN) mypy
	@$(IN) python -m bot check --files

run: .venv/ready ## work on the real Slack of .env
	@$(IN) python -m bot run $(ARGS)

bench: .venv/ready ## measure the ratios of CONTRIBUTING.md, each against its baseline in the same run
	@$(IN) python -m benchmarks $(ARGS)

words: .venv/ready ## bring the catalogues up to date with every sentence people read, and count what waits for a translation
	@$(IN) python -m playbook.tongue_collect

screenshots: .venv/ready ## take the pictures of README.md anew from the running demo (needs Chromium)
	@$(IN) python -m docs.screenshots

.venv/ready: pyproject.toml uv.lock | $(UV)
	@$(UV) sync --frozen --quiet
	@touch $@

.uv/bin/uv:
	@$(PYTHON) -m pip install --quiet --disable-pip-version-check --root-user-action=ignore --target .uv uv

.PHONY: help demo test check run bench words screenshots
