"""Runs one peer on one table, in a process of its own, so that its time and
memory can be measured: peer.py PEER METHOD ANSWERS OUT [EXTRA].

Writes task, label as TSV to OUT; the last line of standard output is JSON with
the CPU seconds of the method alone, without start, reading and writing.
"""

import json
import sys
import time
import warnings

import pandas as pd

warnings.filterwarnings("ignore")


def crowdkit(method, answers):
    """A categorical or textual aggregator of crowd-kit, at its defaults."""
    from crowdkit import aggregation

    frame = answers.drop_duplicates(["task", "worker"])
    name, _, argument = method.partition(":")
    options = {}
    if argument:
        options = {"n_iter": int(argument), "tol": 0}
    if name in ("TextRASA", "TextHRRASA"):
        options = {"encoder": encoder(frame)}
        frame = frame.rename(columns={"label": "text"})
    if name == "ROVER":
        options = {"tokenizer": lambda text: text.split(" "), "detokenizer": " ".join}
        frame = frame.rename(columns={"label": "text"})
    model = getattr(aggregation, name)(**options)
    began = time.process_time()
    if name == "OneCoinDawidSkene":  # its fit_predict passes arguments its fit does not take
        labels = model.fit(frame).labels_
    elif name in ("TextRASA", "TextHRRASA"):
        labels = model.fit_predict(frame, None)["text"]
    else:
        labels = model.fit_predict(frame)
    return labels, time.process_time() - began


def encoder(frame):
    """TF-IDF of character n-grams: an encoder that needs no download. The
    published figures rest on a neural one."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    model = TfidfVectorizer(analyzer="char_wb", ngram_range=(1, 4), max_features=2000)
    model.fit(frame["label"])
    return lambda text: model.transform([text]).toarray()[0]


def mean(_, answers):
    """The plain mean of numbers."""
    frame = answers.drop_duplicates(["task", "worker"])
    began = time.process_time()
    labels = frame.groupby("task")["label"].apply(lambda x: x.astype(float).mean())
    return labels, time.process_time() - began


def crowdlab(_, answers, predictions):
    """CROWDLAB of cleanlab; predictions hold task and a column per class."""
    from cleanlab.multiannotator import get_label_quality_multiannotator

    probabilities = pd.read_csv(predictions, sep="\t", dtype={"task": str}).set_index("task")
    classes = list(probabilities.columns)
    frame = answers.drop_duplicates(["task", "worker"])
    table = frame.pivot(index="task", columns="worker", values="label")
    table = table.replace({name: i for i, name in enumerate(classes)}).astype(float)
    began = time.process_time()
    result = get_label_quality_multiannotator(
        table, probabilities.loc[table.index].to_numpy(), verbose=False)["label_quality"]
    spent = time.process_time() - began
    labels = pd.Series([classes[int(k)] for k in result["consensus_label"]], index=table.index)
    labels.attrs["confidence"] = list(result["consensus_quality_score"])
    return labels, spent


def ranking(method, answers):
    """Bradley-Terry of crowd-kit."""
    from crowdkit import aggregation

    model = getattr(aggregation, method)(n_iter=100)
    began = time.process_time()
    scores = model.fit_predict(answers)
    return scores, time.process_time() - began


def segmentation(method, answers):
    """Masks by crowd-kit, from and to runs."""
    import numpy
    from crowdkit import aggregation

    def pixels(text):
        parts = json.loads(text)
        inside = numpy.repeat([k % 2 == 1 for k in range(len(parts["counts"]))], parts["counts"])
        return inside.reshape(parts["size"][::-1]).T

    def runs(mask):
        flat = numpy.concatenate([[False], mask.T.ravel(), [not mask.T.ravel()[-1]]])
        ends = numpy.flatnonzero(flat[1:] != flat[:-1])
        return json.dumps({"size": list(mask.shape), "counts": [int(n) for n in numpy.diff(numpy.concatenate([[0], ends]))]}, separators=(",", ":"))

    frame = answers.assign(segmentation=[pixels(text) for text in answers["label"]])[["task", "worker", "segmentation"]]
    model = getattr(aggregation, method)()
    began = time.process_time()
    found = model.fit_predict(frame)
    spent = time.process_time() - began
    return found.apply(runs), spent


PEERS = {"ranking": ranking, "segmentation": segmentation, "crowdkit": crowdkit, "mean": mean, "crowdlab": crowdlab}


def main():
    peer, method, path, out, *extra = sys.argv[1:]
    answers = pd.read_csv(path, sep="\t", dtype=str, quoting=3, keep_default_na=False)
    labels, spent = PEERS[peer](method, answers, *extra)
    with open(out, "w", encoding="utf-8") as file:
        sure = labels.attrs.get("confidence")
        file.write("task\tlabel\tconfidence\n" if sure else "task\tlabel\n")
        for i, (task, label) in enumerate(labels.items()):
            file.write(f"{task}\t{' '.join(str(label).split())}" + (f"\t{sure[i]:.6f}" if sure else "") + "\n")
    print(json.dumps({"cpu": spent}))


if __name__ == "__main__":
    main()
