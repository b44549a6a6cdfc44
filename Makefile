# The only entrance: `make` lists every command.
SHELL := /bin/bash
.DEFAULT_GOAL := help
PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
export PATH := $(CURDIR)/.venv/bin:$(PATH)
export PYTHONUTF8 := 1
PIP := $(BIN)/python -m pip --disable-pip-version-check -q
FRONTEND := $(shell find frontend -type f -not -path '*/node_modules/*' 2>/dev/null)
DIST := src/khcn/ui/static/ui/dist/manifest.json
FONTS := src/khcn/kernel/documents/fonts/.built
CATALOGUES := $(shell find src/khcn -path '*/LC_MESSAGES/django.po')
WORDS := src/khcn/locale/en/LC_MESSAGES/django.mo
one ?=

.PHONY: help setup demo run check fix test scenarios browser soak bench packages postgresql postgresql-stop clean assets

help: ## liệt kê các lệnh
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 18

# The locks name every package: --no-deps keeps an older pip from preferring a newer release for an extra (coverage[toml]).
.venv/.runtime: requirements.lock pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(PIP) install --no-deps --require-hashes -r requirements.lock
	$(PIP) install --no-deps --no-build-isolation -e .
	touch $@

.venv/.dev: .venv/.runtime requirements-dev.lock
	$(PIP) install --no-deps --require-hashes -r requirements-dev.lock
	$(PIP) check
	touch $@

frontend/node_modules/.installed: frontend/package-lock.json .venv/.runtime
	npm ci --prefix frontend --no-audit --no-fund --loglevel=error
	touch $@

$(DIST): $(FRONTEND) src/khcn/ui/icons.json frontend/node_modules/.installed
	npm run --silent build --prefix frontend

$(FONTS): frontend/node_modules/.installed
	$(BIN)/python -m khcn.kernel.documents.fonts frontend/node_modules/@fontsource/tinos/files src/khcn/kernel/documents/fonts
	touch $@

$(WORDS): $(CATALOGUES) .venv/.runtime
	$(BIN)/python -m khcn.language.catalogues compile
	touch $@

assets: $(DIST) $(FONTS) $(WORDS) ## dựng giao diện, phông chữ và lời tiếng Anh

var/.demo: .venv/.runtime $(DIST) $(FONTS) $(shell find src/khcn -name '*.csv' -o -path '*/migrations/*.py' 2>/dev/null)
	$(BIN)/khcn demo
	touch $@

setup: .venv/.runtime assets var/.demo ## môi trường .venv, giao diện, cơ sở dữ liệu minh hoạ

demo: setup ## như setup

run: setup ## chạy tại http://127.0.0.1:8000
	@$(BIN)/khcn demo
	@$(BIN)/khcn serve

packages: ## gói hệ thống mà kiểm thử cần: PostgreSQL, Chromium
	@scripts/system_packages.sh

postgresql: packages ## PostgreSQL dùng một lần cho kiểm thử
	@scripts/postgresql.sh start

postgresql-stop:
	@scripts/postgresql.sh stop

check: .venv/.dev ## mọi phép kiểm tĩnh, không sửa gì
	@scripts/check.sh

fix: .venv/.dev ## định dạng, sắp xếp, sinh lại docs/reference và danh mục lời
	$(BIN)/ruff check --fix -q src tests scripts benchmarks || true
	$(BIN)/ruff format -q src tests scripts benchmarks
	$(BIN)/djlint --reformat --quiet src || true
	$(BIN)/khcn reference docs/reference
	$(BIN)/python -m khcn.language.catalogues update

test: .venv/.dev assets packages ## mọi kiểm thử; make test one=đường/dẫn chạy một phần
ifneq ($(one),)
	$(BIN)/pytest -q $(one)
else
	@scripts/test.sh
endif

scenarios: .venv/.dev assets ## các câu chuyện của Sở
	$(BIN)/pytest -q tests/scenarios

browser: .venv/.dev assets packages ## các câu chuyện ấy trên trình duyệt thật
	$(BIN)/pytest -q tests/browser

soak: .venv/.dev assets packages ## chạy dài: tắt đột ngột, tải, dữ liệu lạ
	@scripts/soak.sh

bench: .venv/.dev ## so tốc độ, in tỷ lệ
	@for file in benchmarks/*.py; do $(BIN)/python $$file || exit 1; done

clean:
	rm -rf .venv var build src/khcn/ui/static/ui/dist frontend/node_modules
