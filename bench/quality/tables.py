"""The tables of README.md: each function measures, and returns Markdown."""

import csv
import hashlib
import pathlib
import random
import re
import sys

import generated
from measure import run

HERE = pathlib.Path(__file__).parent
SETS = ["bluebird", "rte", "CF", "SP_amt", "D_Product", "D_PosSent", "S_Rel", "S_Adult"]
PEERS = ["MajorityVote", "Wawa", "DawidSkene", "OneCoinDawidSkene", "ZeroBasedSkill", "KOS", "MMSR", "MACE", "GLAD"]


class Bench:
    """Where things are, and how long a peer may take."""

    def __init__(self, alaya, data, work, patience):
        self.alaya, self.data, self.work, self.patience = alaya, pathlib.Path(data), pathlib.Path(work), patience

    def answers(self, name):
        return self.data / "crowd" / name / "answers.tsv"

    def gold(self, name):
        return self.data / "crowd" / name / "gold.tsv"

    def aggregate(self, answers, out, *options):
        done = run(self.alaya, "quality", "aggregate", answers, "-o", out, "--output", "json", *options)
        if not done.ok:
            raise SystemExit(f"aggregate {answers}: {done.error}")
        return done

    def evaluate(self, labels, gold, *options):
        done = run(self.alaya, "quality", "evaluate", labels, gold, *options)
        if not done.ok:
            raise SystemExit(f"evaluate {labels}: {done.error}")
        return done.json

    def peer(self, peer, method, answers, out, *extra, times=1):
        return run(sys.executable, HERE / "peer.py", peer, method, answers, out, *extra, seconds=self.patience * times)

    def path(self, name):
        return self.work / name


def table(head, rows):
    """Markdown, numbers to the right."""
    lines = ["| " + " | ".join(head) + " |", "|---|" + "---:|" * (len(head) - 1)]
    return "\n".join(lines + ["| " + " | ".join(str(cell) for cell in row) + " |" for row in rows]) + "\n"


def share(x):
    return "–" if x is None else f"{x:.4f}".lstrip("0") if x < 1 else f"{x:.4f}"


def rows_of(path):
    with open(path, encoding="utf-8") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def write_rows(path, head, rows):
    with open(path, "w", encoding="utf-8") as file:
        file.write("\t".join(head) + "\n")
        file.writelines("\t".join(row) + "\n" for row in rows)


def draw(*words):
    """A number from 0 to 1 that depends on the words alone."""
    return int.from_bytes(hashlib.sha256("/".join(map(str, words)).encode()).digest()[:8], "big") / 2**64


def accuracy(b):
    """Labels without gold on public sets, beside every categorical method of
    crowd-kit that ends in time."""
    rows, means = [], {}
    for name in SETS:
        out = b.path("labels.tsv")
        done = b.aggregate(b.answers(name), out, "--kind", "choice")
        ours = b.evaluate(out, b.gold(name), "--kind", "choice")
        peers = {}
        for peer in PEERS:
            ran = b.peer("crowdkit", peer, b.answers(name), out)
            peers[peer] = b.evaluate(out, b.gold(name), "--kind", "choice")["accuracy"] if ran.ok else None
        best = max(x for x in peers.values() if x is not None)
        rows.append([name, ours["scored"], share(ours["accuracy"]), done.json["method"], share(best), f"{100 * (ours['accuracy'] - best):+.2f}"]
                    + [share(peers[peer]) for peer in PEERS])
        for key, value in dict(peers, ours=ours["accuracy"], best=best).items():
            means.setdefault(key, []).append(value)
    mean = {key: sum(v) / len(v) if None not in v else None for key, v in means.items()}
    rows.append(["**mean**", "", f"**{share(mean['ours'])}**", "", share(mean["best"]), f"{100 * (mean['ours'] - mean['best']):+.2f}"]
                + [share(mean[peer]) for peer in PEERS])
    return table(["set", "scored", "alaya auto", "chosen", "best of crowd-kit", "points"] + PEERS, rows)


def other_kinds(b):
    """Numbers by mean absolute error, texts by word error rate."""
    rows = []
    out = b.path("labels.tsv")
    done = b.aggregate(b.answers("N_Emotion"), out)
    ours = b.evaluate(out, b.gold("N_Emotion"))
    b.peer("mean", "mean", b.answers("N_Emotion"), out)
    rows.append(["N_Emotion", "MAE", f"{ours['mae']:.3f}", done.json["method"], f"{b.evaluate(out, b.gold('N_Emotion'))['mae']:.3f} (mean)"])
    for name in ["CrowdSpeech_test-clean", "CrowdWSA_J1", "CrowdWSA_T1"]:
        done = b.aggregate(b.answers(name), out)
        ours = b.evaluate(out, b.gold(name), "--kind", "text")
        peers = {}
        for peer in ["ROVER", "TextRASA", "TextHRRASA"]:
            if b.peer("crowdkit", peer, b.answers(name), out, times=5).ok:
                peers[peer] = b.evaluate(out, b.gold(name), "--kind", "text")["wer"]
        best = min(peers, key=peers.get)
        rows.append([name, "WER", share(ours["wer"]), done.json["method"], f"{share(peers[best])} ({best})"])
    return table(["set", "measure", "alaya auto", "chosen", "best of crowd-kit"], rows)


def made_up(b):
    """Kinds without a public set: made up, beside the baseline and crowd-kit."""
    rows = []
    source, gold, out = b.path("made_up.tsv"), b.path("made_up_gold.tsv"), b.path("labels.tsv")
    for kind, measure, head, ours, peer, theirs in [
        ("pairs", "spearman", ["worker", "left", "right", "label"], ["bt", "noisy"], "ranking", ["BradleyTerry", "NoisyBradleyTerry"]),
        ("spans", "f1", ["task", "worker", "label"], ["majority", "hmm", "bsc"], "", []),
        ("masks", "mean_iou", ["task", "worker", "label"], ["majority", "weighted", "em"], "segmentation",
         ["SegmentationMajorityVote", "SegmentationRASA", "SegmentationEM"]),
    ]:
        answers, truth = getattr(generated, kind)()
        write_rows(source, head, answers)
        write_rows(gold, ["task", "gold"], truth)
        figures = []
        for method in ["auto"] + ours:
            b.aggregate(source, out, "--method", method, "--kind", kind)
            figures.append(f"{method} {share(b.evaluate(out, gold, '--kind', kind)[measure])}")
        beside = []
        for method in theirs:
            done = b.peer(peer, method, source, out)
            beside.append(f"{method} " + (share(b.evaluate(out, gold, "--kind", kind)[measure]) if done.ok else "–"))
        rows.append([kind, measure, len(answers), "; ".join(figures), "; ".join(beside) or "has none"])
    return table(["kind", "measure", "answers", "alaya", "crowd-kit"], rows)


def speed(b, answers=1_000_000):
    """Ten steps of Dawid-Skene, alone and with reading and writing."""
    source, gold, out = b.path("synthetic.tsv"), b.path("synthetic_gold.tsv"), b.path("labels.tsv")
    run(b.alaya, "quality", "bench", "--answers", answers, "--write", source, "--write-gold", gold)
    theirs = run(sys.executable, HERE / "peer.py", "crowdkit", "DawidSkene:10", source, out)
    theirs_right = b.evaluate(out, gold, "--kind", "choice")["accuracy"]
    own = run(b.alaya, "quality", "bench", "--answers", answers, "--iterations", 10, "--output", "json")
    whole = b.aggregate(source, out, "--method", "dsmap", "--kind", "choice")
    alone = own.json["label_cpu_s"]
    rows = [
        ["crowd-kit DawidSkene", f"{theirs.last['cpu']:.2f}", f"{theirs.cpu:.1f}", f"{answers * 10 / theirs.last['cpu'] / 1e6:.2f}", theirs.peak, share(theirs_right)],
        ["alaya Dawid-Skene", f"{alone:.2f}", f"{whole.cpu:.1f}", f"{answers * 10 / alone / 1e6:.2f}", own.json["peak_mib"], share(own.json["accuracy"])],
        ["**ratio**", f"**{theirs.last['cpu'] / alone:.1f} ×**", f"{theirs.cpu / whole.cpu:.1f} ×", "", f"{theirs.peak / own.json['peak_mib']:.1f} ×", ""],
    ]
    return table(["engine", "method, CPU s", "whole command, CPU s", "million answer-iterations per CPU s", "peak MiB", "accuracy"], rows)


def scaling(b, sizes):
    """Time and memory by the number of answers, as a table and a plot."""
    rows, points = [], []
    for n in sizes:
        done = run(b.alaya, "quality", "bench", "--answers", n, "--iterations", 10, "--output", "json", seconds=7200)
        if not done.ok:
            raise SystemExit(f"bench of {n} answers: {done.error}")
        v = done.json
        rows.append([f"{n:,}", f"{v['order_cpu_s']:.2f}", f"{v['label_cpu_s']:.2f}", f"{v['answer_iterations_per_cpu_s'] / 1e6:.2f}", v["peak_mib"], f"{v['bytes_per_answer']:.0f}"])
        points.append((n, v["order_cpu_s"] + v["label_cpu_s"]))
    (HERE / "scaling.svg").write_text(plot(points), encoding="utf-8")
    return table(["answers", "in order, CPU s", "ten steps, CPU s", "million answer-iterations per CPU s", "peak MiB", "bytes per answer"], rows) + \
        "\n![CPU seconds by answers](scaling.svg)\n"


def plot(points):
    """Both axes logarithmic; the dashed line is what linear would be."""
    from math import log10

    x0, x1 = log10(points[0][0]), log10(points[-1][0])
    low = min(min(log10(max(t, 1e-3)) for _, t in points), log10(points[-1][1] * points[0][0] / points[-1][0]))
    high = max(log10(max(t, 1e-3)) for _, t in points)
    px = lambda n: 60 + (log10(n) - x0) / (x1 - x0) * 400
    py = lambda t: 220 - (log10(max(t, 1e-3)) - low) / (high - low) * 190
    n, t = points[-1]
    linear = [(m, t * m / n) for m, _ in points]
    path = lambda list: " ".join(f"{px(a):.1f},{py(c):.1f}" for a, c in list)
    dots = "".join(f'<circle cx="{px(a):.1f}" cy="{py(c):.1f}" r="4" fill="#2563c9"><title>{a:,} answers: {c:.2f} CPU s</title></circle>'
                   f'<text x="{px(a):.1f}" y="{py(c) - 9:.1f}" text-anchor="middle">{c:.3g} s</text>'
                   f'<text x="{px(a):.1f}" y="245" text-anchor="middle">{a / 1e6:g} M</text>' for a, c in points)
    return (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 500 275" font-family="system-ui,sans-serif" font-size="12" fill="#5a6577">'
            f'<rect width="500" height="275" fill="#fff"/><line x1="50" y1="228" x2="470" y2="228" stroke="#5a6577"/>'
            f'<polyline points="{path(linear)}" fill="none" stroke="#5a6577" stroke-dasharray="4 4"/>'
            f'<polyline points="{path(points)}" fill="none" stroke="#2563c9" stroke-width="2"/>{dots}'
            f'<text x="260" y="266" text-anchor="middle">answers, ten steps of Dawid-Skene; dashed: linear</text><text x="8" y="14">CPU s</text></svg>\n')


def rings(b):
    """Workers who copy one random key, injected into recorded answers; each
    answers 30 % of the tasks. A twentieth of the gold is given."""
    rows = []
    out, workers, mixed, given, rest = (b.path(n) for n in ("labels.tsv", "workers.tsv", "mixed.tsv", "given.tsv", "rest.tsv"))
    for name in ["rte", "D_PosSent"]:
        answers = [[r["task"], r["worker"], r["label"]] for r in rows_of(b.answers(name))]
        honest = len({a[1] for a in answers})
        gold = [[r["task"], r["gold"]] for r in rows_of(b.gold(name))]
        split_gold(gold, .05, name, given, rest)
        for size in [0, 5, 10, 20]:
            write_rows(mixed, ["task", "worker", "label"], answers + ring(answers, size))
            right = []
            for options in [[], ["--gold", given]]:
                b.aggregate(mixed, out, "--workers", workers, "--kind", "choice", *options)
                right.append(b.evaluate(out, rest, "--kind", "choice")["accuracy"])
            flags = {r["worker"]: set(r["flags"].split(";")) for r in rows_of(workers)}
            members = [f for w, f in flags.items() if w.startswith("ring")]
            others = [f for w, f in flags.items() if not w.startswith("ring")]
            failed = sum("dropped" in f for f in others)
            if size == 0:
                free, usual = right[1], failed
            rows.append([name, size, share(right[0]), share(right[1]), f"{100 * (right[1] - free):+.2f}",
                         f"{sum(bool(f & {'ring', 'pair', 'dropped'}) for f in members)} of {size}",
                         f"{100 * sum(bool(f & {'ring', 'pair'}) for f in others) / honest:.1f} %", f"{100 * (failed - usual) / honest:+.1f} %"])
    return table(["set", "ring", "without gold", "with 5 % gold", "points against no ring", "ring found", "others taken for a ring", "others failed by gold, more than without"], rows)


def ring(answers, size):
    """Answers of workers who give one random key to 30 % of the tasks."""
    labels = sorted({a[2] for a in answers})
    tasks = sorted({a[0] for a in answers})
    rows = []
    for j in range(size):
        for task in tasks:
            if draw("ring", j, task) < .3:
                rows.append([task, f"ring{j}", labels[int(draw("key", task) * len(labels))]])
    return rows


def split_gold(gold, part, seed, given, rest):
    order = sorted(gold, key=lambda row: draw(seed, row[0]))
    n = round(part * len(order))
    write_rows(given, ["task", "gold"], order[:n])
    write_rows(rest, ["task", "gold"], order[n:])


def calibration(b):
    """Expected calibration error on one half of the gold, without the other
    half and with it."""
    rows = []
    out, given, rest = b.path("labels.tsv"), b.path("given.tsv"), b.path("rest.tsv")
    for name in SETS:
        split_gold([[r["task"], r["gold"]] for r in rows_of(b.gold(name))], .5, name, given, rest)
        row = [name]
        for options in [[], ["--gold", given]]:
            b.aggregate(b.answers(name), out, "--kind", "choice", *options)
            s = b.evaluate(out, rest, "--kind", "choice")
            row += [share(s["ece"]), share(s["brier"]), share(s.get("auroc"))]
        rows.append(row)
    return table(["set", "ECE", "Brier", "AUROC", "ECE, half the gold given", "Brier", "AUROC"], rows)


def models(b):
    """Answers of made-up annotators to the handwritten digits of scikit-learn,
    joined with predictions of a logistic regression trained in folds."""
    from sklearn.datasets import load_digits
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import cross_val_predict

    x, y = load_digits(return_X_y=True)
    chance = random.Random(7)
    skill = [chance.uniform(.4, .8) for _ in range(40)]
    answers = []
    for i, truth in enumerate(y):
        for j in chance.sample(range(40), chance.randint(1, 5)):
            label = truth if chance.random() < skill[j] else chance.randrange(10)
            answers.append([f"d{i}", f"w{j}", str(label)])
    votes = {}
    for task, _, label in answers:
        votes.setdefault(task, []).append(label)
    majority = [max(sorted(set(v)), key=v.count) for v in (votes[f"d{i}"] for i in range(len(y)))]
    x /= 16
    model = LogisticRegression(max_iter=2000, C=.1)
    shares = cross_val_predict(model, x, majority, cv=5, method="predict_proba")
    source, gold, predictions, out = (b.path(n) for n in ("digits.tsv", "digits_gold.tsv", "predictions.tsv", "labels.tsv"))
    write_rows(source, ["task", "worker", "label"], answers)
    write_rows(gold, ["task", "gold"], [[f"d{i}", str(t)] for i, t in enumerate(y)])
    write_rows(predictions, ["task"] + [str(k) for k in range(10)], [[f"d{i}"] + [f"{p:.8f}" for p in row] for i, row in enumerate(shares)])
    rows = []
    for title, options in [("alaya auto", []), ("alaya auto with predictions", ["--predictions", predictions])]:
        done = b.aggregate(source, out, "--kind", "choice", *options)
        s = b.evaluate(out, gold, "--kind", "choice")
        rows.append([title, done.json["method"], share(s["accuracy"]), share(s["auroc"])])
    b.peer("crowdlab", "crowdlab", source, out, predictions)
    s = b.evaluate(out, gold, "--kind", "choice")
    rows.append(["cleanlab with predictions", "CROWDLAB", share(s["accuracy"]), share(s["auroc"])])
    return table(["engine", "method", "accuracy", "AUROC of the confidence"], rows)


def overlap(b, orders=5):
    """Recorded answers bought until a label is .99 sure."""
    rows = []
    known, rest = b.path("given.tsv"), b.path("rest.tsv")
    for name, gold in [("D_PosSent", 0), ("SP_amt", 0), ("rte", 0), ("bluebird", 0), ("bluebird", .1)]:
        truth = [[r["task"], r["gold"]] for r in rows_of(b.gold(name))]
        sums = [0.0, 0.0, 0.0]
        for order in range(orders):
            split_gold(truth, gold, f"{name}{order}", known, rest)
            options = ["--gold", known] if gold else []
            done = run(b.alaya, "quality", "plan", b.answers(name), "--replay", "--truth", rest, "--max", 100, "--hands", 3,
                       "--salt", order, "--kind", "choice", "--output", "json", *options)
            if not done.ok:
                raise SystemExit(f"plan {name}: {done.error}")
            for i, key in enumerate(["share", "accuracy", "accuracy_all"]):
                sums[i] += done.json[key] / orders
        rows.append([name, f"{100 * gold:.0f} %", f"{100 * sums[0]:.1f} %", share(sums[1]), share(sums[2]), f"{100 * (sums[1] - sums[2]):+.2f}"])
    return table(["set", "gold told", "answers bought", "accuracy", "with all answers", "points"], rows)


def outliers(b):
    """The tables that core/quality/outlier tests on, scored by PyOD."""
    folder = b.path("outliers")
    folder.mkdir()
    root = HERE.parent.parent
    own = run("go", "-C", root, "test", "./core/quality/outlier", "-count=1", "-run", "Reference", "-v", "-args", "-write", folder)
    if not own.ok:
        raise SystemExit(f"go test ./core/quality/outlier: {own.text}{own.error}")
    ours = {name.replace("_", " "): (ecod, forest) for name, ecod, forest in
            re.findall(r"=== RUN +\w+/(.+)\n.*?ECOD ([.\d]+), forest ([.\d]+)", own.text)}
    theirs = run(sys.executable, HERE / "outliers.py", folder)
    rows = []
    for line in theirs.text.strip().splitlines()[1:]:
        name, size, ecod, forest, _ = line.split("\t")
        rows.append([name, size, ours[name][0], ecod, ours[name][1], forest])
    return table(["table", "rows", "ECOD", "PyOD's", "forest", "PyOD's"], rows)
