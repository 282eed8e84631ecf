# Alaya. `make help` explains the targets; CI runs the same ones.

BIN     := $(CURDIR)/.bin
VERSION := $(shell git describe --tags --always --dirty 2>/dev/null || echo unknown)
PKGS    ?= ./...
TESTFLAGS ?=
ARGS    ?=

# One static binary: nothing we build needs C.
export CGO_ENABLED := 0

# The pinned tools. A tool is rebuilt when its version here changes.
BUF       := $(BIN)/.buf-v1.75.0
GOCOSMOS  := $(BIN)/.protoc-gen-gocosmos-v1.7.2
GRPCGW    := $(BIN)/.protoc-gen-grpc-gateway-v1.16.0
OPENAPI   := $(BIN)/.protoc-gen-openapiv2-v2.30.0
GOLANGCI  := $(BIN)/.golangci-lint-v2.13.2
NODE      := portal/web/node_modules/.package-lock.json
GENTOOLS  := $(BUF) $(GOCOSMOS) $(GRPCGW) $(OPENAPI)

.DEFAULT_GOAL := help
# Sources of the portal, for its stamp. Where there is no Node the binary is
# built without it, and says so in the browser.
NPM     := $(shell command -v npm 2>/dev/null)
PAGES   := $(shell find portal/web gen/ts -name node_modules -prune -o -type f -print 2>/dev/null)

.PHONY: help build portal test test-go test-portal test-e2e lint gen demo up bench bench-quality bench-models

help: ## show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-13s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

build: portal ## compile bin/alaya, the one binary, with the portal if Node is there
	go build -ldflags '-s -w -X github.com/cosmos/cosmos-sdk/version.Name=alaya -X github.com/cosmos/cosmos-sdk/version.AppName=alaya -X github.com/cosmos/cosmos-sdk/version.Version=$(VERSION)' -o bin/alaya ./cmd/alaya

portal: $(if $(NPM),portal/dist/index.html) ## build the portal into portal/dist; needs Node 20

portal/dist/index.html: $(PAGES) $(NODE)
	cd portal/web && npm run --silent build
	@touch portal/dist/.keep $@

test: test-go test-portal ## run all tests but those in a browser

test-go: ## run the Go tests; PKGS=./core/... and TESTFLAGS='-run X' narrow it
	@go test $(TESTFLAGS) $(PKGS)

test-portal: $(NODE) ## run the tests of the portal's own code
	cd portal/web && npx vitest run

test-e2e: build ## tell stories to a browser on a real node; installs Chromium if it may
	scripts/chromium.sh
	npm ci --prefix test/e2e --no-audit --no-fund
	npm test --prefix test/e2e

lint: $(GOLANGCI) $(GENTOOLS) third_party $(NODE) ## check Go, TypeScript, determinism, proto, and that gen/ is fresh
	scripts/gen.sh check
	$(BIN)/buf lint proto
	$(BIN)/golangci-lint run $(PKGS)
	go run ./internal/determinism/check -test=false ./core/... ./chain/...
	cd portal/web && npx tsc --noEmit && npx eslint .

gen: $(GENTOOLS) third_party $(NODE) ## generate gen/ and the OpenAPI document from proto/
	scripts/gen.sh

demo: build ## run the whole way of data on a throw-away node; ARGS='--json r.json'
	bin/alaya demo $(ARGS)

up: build ## start one node with everything and a small world to try it in
	bin/alaya up --sample $(ARGS)

bench: build ## run the campaign benchmark; ARGS='--items 200000'
	bin/alaya bench campaign $(ARGS)

bench-quality: build $(BIN)/.peers ## run the quality engine beside its peers; ARGS='--only speed'
	$(BIN)/peers/bin/python bench/quality/run.py $(ARGS)

bench-models: ## measure models and write bench/models/README.md; ARGS='-only reviews'
	go run ./bench/models -write bench/models/README.md $(ARGS)

$(BIN)/.peers: bench/quality/requirements.txt
	python3 -m venv $(BIN)/peers
	$(BIN)/peers/bin/pip install --quiet -r bench/quality/requirements.txt
	@touch $@

# --- tools -------------------------------------------------------------------

# install PACKAGE puts a tool into .bin/, at the version its stamp is named for.
define install
	@mkdir -p $(BIN)
	GOBIN=$(BIN) go install $(1)@$(lastword $(subst -, ,$@))
	@touch $@
endef

$(BUF):
	$(call install,github.com/bufbuild/buf/cmd/buf)
$(GOCOSMOS):
	$(call install,github.com/cosmos/gogoproto/protoc-gen-gocosmos)
$(GRPCGW):
	$(call install,github.com/grpc-ecosystem/grpc-gateway/protoc-gen-grpc-gateway)
$(OPENAPI):
	$(call install,github.com/grpc-ecosystem/grpc-gateway/v2/protoc-gen-openapiv2)
$(GOLANGCI):
	$(call install,github.com/golangci/golangci-lint/v2/cmd/golangci-lint)

# Not npm ci: it refuses a lock without the builds for other platforms that the
# registry at hand did not have.
$(NODE): portal/web/package-lock.json
	npm install --prefix portal/web --no-save --no-audit --no-fund
	@touch $@

third_party: scripts/third_party.sh
	scripts/third_party.sh
	@touch third_party
