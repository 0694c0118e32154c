# Thông Suốt. `make` lists what there is; everything else stands in config/ and tests/.
PYTHON ?= python3
VENV := .venv/bin

.DEFAULT_GOAL := help
.PHONY: help setup run test check bench accuracy format backup restore

help: ## List every target
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)/  make \1\t\2/' | expand -t 16

setup: ## Prepare .venv, front-end files and fonts; start nothing
	@$(PYTHON) -m config.setup

run: setup ## Start everything with the demonstration province (PORT=8001 for another port); Ctrl-C stops it
	@DEMO=1 exec setpriv --pdeathsig TERM $(VENV)/python -m config.run

backup: ## Back up database and files into one archive (also while it runs) and prove that it can be restored
	@exec $(VENV)/python manage.py backup make

restore: ## Restore FILE=…; the product must be stopped; REPLACE=1 puts aside the data that are there
	@exec $(VENV)/python manage.py backup restore $(FILE) $(if $(REPLACE),--replace)

test: ## Run every test on SQLite and on a private PostgreSQL, with the quick gate first
	@$(PYTHON) -m config.setup --tests
	@exec $(VENV)/python -m tests.run

check: ## The quick gate: formatting, lint, import contracts, templates, Django checks, missing migrations
	@$(PYTHON) -m config.setup --tests
	@exec $(VENV)/python -m tests.check

bench: ## Measure the bars of docs/ and write bench/latest.json
	@$(PYTHON) -m config.setup --tests
	@exec $(VENV)/python -m bench

accuracy: ## Read the real papers beside the project and compare each field with what a person read
	@$(PYTHON) -m config.setup --tests
	@exec $(VENV)/python -m bench.accuracy

format: ## Format the code and mend what lint can mend
	@$(PYTHON) -m config.setup --tests
	@$(VENV)/ruff format .
	@$(VENV)/ruff check --fix .
