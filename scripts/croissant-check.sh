#!/usr/bin/env bash
# Validates the croissant.json of delivered folders with mlcroissant and reads
# all their records, which checks the SHA-256 of the files they come from.
#   scripts/croissant-check.sh FOLDER...
set -euo pipefail

version=1.1.0
venv="$(cd "$(dirname "$0")/.." && pwd)/.bin/venv"
stamp="$venv/.mlcroissant-$version"

if [ ! -e "$stamp" ]; then
  python3 -m venv --clear "$venv"
  "$venv/bin/pip" install --quiet --disable-pip-version-check "mlcroissant[parquet]==$version"
  touch "$stamp"
fi

for folder in "$@"; do
  (cd "$folder" && "$venv/bin/python" - "$folder" <<'EOF')
import logging
import sys

import mlcroissant

warnings = []


class Collect(logging.Handler):
    def emit(self, record):
        if record.levelno >= logging.WARNING:
            warnings.append(record.getMessage())


logging.getLogger("absl").addHandler(Collect())
dataset = mlcroissant.Dataset("croissant.json")
counts = {}
for record_set in dataset.metadata.record_sets:
    rows = list(dataset.records(record_set.uuid))
    if not rows:
        sys.exit(f"{sys.argv[1]}: record set {record_set.uuid} is empty")
    counts[record_set.uuid] = len(rows)
if warnings:
    sys.exit(f"{sys.argv[1]}: " + "\n".join(warnings))
print(f"{sys.argv[1]}: croissant ok, records {counts}")
EOF
done
