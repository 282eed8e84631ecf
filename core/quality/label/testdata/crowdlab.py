"""What cleanlab says of a made-up crowd with a model, for the tests of CrowdLab.

    pip install cleanlab==2.9.0
    python3 crowdlab.py       # rewrites crowdlab_answers.tsv, _model.tsv, _want.tsv
"""

import pathlib

import numpy as np
import pandas as pd
from cleanlab import multiannotator as ma

HERE = pathlib.Path(__file__).parent
TASKS, WORKERS, LABELS = 60, 9, ["ant", "bee", "cat"]


def simulate():
    """One to four answers per task, of workers of mixed skill, and a fair model."""
    draw = np.random.default_rng(5)
    truth = draw.integers(0, 3, TASKS)
    skill = draw.uniform(0.4, 0.95, WORKERS)
    answers = np.full((TASKS, WORKERS), np.nan)
    for i in range(TASKS):
        for j in draw.choice(WORKERS, draw.integers(1, 5), replace=False):
            answers[i, j] = truth[i] if draw.random() < skill[j] else draw.integers(0, 3)
    model = draw.dirichlet(np.ones(3), TASKS) + 1.2 * np.eye(3)[truth] * (draw.random((TASKS, 1)) < 0.8)
    return answers, np.round(model / model.sum(axis=1, keepdims=True), 6)


def write(name, header, rows):
    lines = ["\t".join(map(str, row)) for row in [header, *rows]]
    (HERE / f"crowdlab_{name}.tsv").write_text("\n".join(lines) + "\n")


def main():
    answers, model = simulate()
    model /= model.sum(axis=1, keepdims=True)
    counts = (~np.isnan(answers)).sum(axis=1)
    vote = ma.get_majority_vote_label(pd.DataFrame(answers), model, verbose=False)
    _, _, posterior, model_weight, weights = ma._get_consensus_stats(answers, model, counts, vote, verbose=False)
    # cleanlab weighs anew by these labels; CrowdLab keeps the weights it has
    labels = posterior.argmax(axis=1)
    workers = ma._get_annotator_quality(answers, posterior, labels, counts, None, model_weight, weights)
    write("answers", ["task", "worker", "label"],
          [(f"t{i:02}", f"w{j}", LABELS[int(answers[i, j])])
           for i in range(TASKS) for j in range(WORKERS) if answers[i, j] == answers[i, j]])
    write("model", ["task", *LABELS], [(f"t{i:02}", *map(float, row)) for i, row in enumerate(model)])
    rows = [("weight", "model", float(model_weight))]
    for j in range(WORKERS):
        rows += [("weight", f"w{j}", float(weights[j])), ("worker", f"w{j}", float(workers[j]))]
    for i in range(TASKS):
        rows += [("label", f"t{i:02}", LABELS[labels[i]]), ("quality", f"t{i:02}", float(posterior[i].max()))]
    write("want", ["what", "of", "value"], rows)


main()
