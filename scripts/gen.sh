#!/usr/bin/env bash
# Generates gen/ and gateway/openapi/ from proto/.
#   scripts/gen.sh        replaces the two folders, each in one move
#   scripts/gen.sh check  fails if what is committed differs from proto/
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
