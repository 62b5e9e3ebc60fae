# Signpost's habits, one recipe each. `make help` lists them.
SHELL := /bin/bash
.DEFAULT_GOAL := help
VENV := .venv
BIN := $(VENV)/bin
export RASA_TELEMETRY_ENABLED := false
export HF_HUB_OFFLINE := 1

.PHONY: help install run test lint bench lock clean

help: ## list these recipes
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)/  make \1\t\2/' | expand -t 20

install: ## get everything that is needed, start nothing
	@scripts/install

run: install ## start Signpost and print the address to chat at
	@exec $(BIN)/signpost up

test: install ## every test: unit, contract, conversation, browser
	@scripts/install-browser
	@$(BIN)/python -m pytest

lint: install ## ruff, and mypy over our own code
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

bench: install ## measure against the bot that `rasa init` makes; writes docs/benchmarks.md
	@$(BIN)/python -m bench

lock: install ## resolve the dependencies again and write requirements.txt and requirements-torch.txt
	@scripts/lock

clean: ## remove what was built: environment, model, index, database
	rm -rf $(VENV) var .rasa
