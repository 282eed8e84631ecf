#!/usr/bin/env bash
# Generates gen/ and gateway/openapi/ from proto/, and gen/ts/api.ts from the
# gateway's OpenAPI document.
#   scripts/gen.sh        replaces the two folders, each in one move
#   scripts/gen.sh check  fails if what is committed differs
set -euo pipefail
cd "$(dirname "$0")/.."

export PATH="$PWD/.bin:$PATH"
out=$(mktemp -d "$PWD/.bin/gen.XXXXXX")
trap 'rm -rf "$out"' EXIT

mkdir -p "$out/gen" "$out/gateway/openapi"
if [ -n "$(find proto -name '*.proto' 2>/dev/null)" ]; then
  buf generate proto -o "$out"
  buf generate --template buf.gen.ts.yaml -o "$out"
fi
go run ./gateway/describe >"$out/api.json"
portal/web/node_modules/.bin/openapi-typescript "$out/api.json" -o "$out/gen/ts/api.ts" >"$out/log" 2>&1 ||
  { cat "$out/log" >&2; exit 1; }

for dir in gen gateway/openapi; do
  if [ "${1:-}" = check ]; then
    mkdir -p "$dir"
    diff -r -q "$dir" "$out/$dir" || {
      echo "$dir is stale: run 'make gen' and commit the result" >&2
      exit 1
    }
    continue
  fi
  rm -rf "$dir"
  mkdir -p "$(dirname "$dir")"
  mv "$out/$dir" "$dir"
done
