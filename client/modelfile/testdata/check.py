"""Runs an ONNX file and compares it with what Go expects of it.

    python3 check.py model.onnx cases.json
"""
import json
import sys

import numpy as np
import onnx
import onnxruntime

path, cases = sys.argv[1:]
model = onnx.load(path)
onnx.checker.check_model(model, full_check=True)
session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
names = [o.name for o in session.get_outputs()]
features = onnx.numpy_helper.to_array(model.graph.initializer[0]).shape[0]
for case in json.load(open(cases)):
    indices = np.array(case["indices"], dtype=np.int64)
    values = np.array(case.get("values") or [1 << 20] * len(indices), dtype=np.float64) / (1 << 20)
    if session.get_inputs()[0].name == "x":
        x = np.zeros((1, features))
        x[0, indices] = values
        out = {n: v[0] for n, v in zip(names, session.run(None, {"x": x}))}
    else:
        out = dict(zip(names, session.run(None, {"indices": indices, "values": values})))
    want = np.array(case["scores"]) / (1 << 20)
    slack = len(indices) / (1 << 20)
    assert np.allclose(out["scores"], want, rtol=0, atol=slack), (out["scores"], want)
    if "label" in out:
        best = np.sort(want)
        assert best[-1] - best[-2] <= slack or out["label"] == case["class"], (out["label"], case)
        assert abs(out["probabilities"].sum() - 1) < 1e-9, out["probabilities"]
