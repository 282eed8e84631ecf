#!/bin/sh
# Checks ONNX files with the real onnx and onnxruntime, in an environment of
# their own. Needs python3 and the network.
#
#   client/modelfile/testdata/check.sh
set -eu
cd "$(dirname "$0")/.."
venv=$(mktemp -d)
trap 'rm -rf "$venv"' EXIT
python3 -m venv "$venv"
"$venv/bin/pip" install --quiet onnx==1.23.2 onnxruntime==1.32.0 numpy
ALAYA_ONNX_PYTHON=$venv/bin/python go test -count=1 -run ONNX -v .
