"""AUROC of PyOD's ECOD and isolation forest on the tables of core/quality/outlier.

    python -m venv /tmp/outliers && /tmp/outliers/bin/pip install pyod==3.6.7
    mkdir -p /tmp/tables
    ALAYA_DATA=... go test ./core/quality/outlier -run Reference -v -args -write /tmp/tables
    /tmp/outliers/bin/python bench/quality/outliers.py /tmp/tables

The Go test prints its own figures on the same tables and fails where they are
further than .001 (ECOD) or .01 (the mean of sixty forests) from PyOD's. A forest
depends on its seed, so many are averaged on both sides; the spread of one is
printed.
"""

import pathlib
import sys

import numpy as np
from pyod.models.ecod import ECOD
from pyod.models.iforest import IForest
from sklearn.metrics import roc_auc_score

print("table\trows\tECOD\tforest\tforest sd")
for path in sorted(pathlib.Path(sys.argv[1]).glob("*.tsv")):
    table = np.loadtxt(path, delimiter="\t")
    x, odd = table[:, :-1], table[:, -1]
    ecod = roc_auc_score(odd, ECOD().fit(x).decision_scores_)
    forests = [
        roc_auc_score(odd, IForest(n_estimators=100, random_state=seed).fit(x).decision_scores_)
        for seed in range(100)
    ]
    print(f"{path.stem}\t{len(x)}\t{ecod:.4f}\t{np.mean(forests):.4f}\t{np.std(forests):.4f}")
