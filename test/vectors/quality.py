"""Golden numbers for core/quality: truth inference once more, in plain Python.

    python3 quality.py        # standard library only; rewrites quality_*.tsv

Python's floats are IEEE 754 doubles and never fused, so this program and the
Go one must agree to the last bit. It shares no code with core/quality: it is
written from the published formulas and the rules of strict arithmetic (16
shards by task, sums in the order task, worker; own exp and log).
"""

import hashlib
import math
import pathlib
import random
import struct

HERE = pathlib.Path(__file__).parent
SHARDS = 16
LN2HI, LN2LO = 6.93147180369123816490e-01, 1.90821492927058770002e-10


def exp(x):
    if x < -700:
        return 0.0
    k = math.floor(x * 1.44269504088896338700e00 + 0.5)
    hi, lo = x - k * LN2HI, k * LN2LO
    r = hi - lo
    t = r * r
    c = 0.0
    for p in (4.13813679705723846039e-08, -1.65339022054652515390e-06, 6.61375632143793436117e-05,
              -2.77777777770155933842e-03, 1.66666666666666019037e-01):
        c = t * (p + c)
    c = r - c
    return math.ldexp(1 - ((lo - (r * c) / (2 - c)) - hi), k)


def log(x):
    f, k = math.frexp(x)
    if f < math.sqrt(2) / 2:
        f, k = f * 2, k - 1
    f -= 1
    s = f / (2 + f)
    s2 = s * s
    s4 = s2 * s2
    a = b = 0.0
    for p in (1.479819860510658591e-01, 1.818357216161805012e-01, 2.857142874366239149e-01):
        a = s4 * (p + a)
    a = s2 * (6.666666666666735130e-01 + a)
    for p in (1.531383769920937332e-01, 2.222219843214978396e-01, 3.999999999940941908e-01):
        b = s4 * (p + b)
    h = 0.5 * f * f
    return k * LN2HI - ((h - (s * (h + (a + b)) + k * LN2LO)) - f)


def softmax(row):
    top = max(row)
    shares = [exp(x - top) for x in row]
    total = 0.0
    for x in shares:
        total += x
    return [x / total for x in shares]


class Crowd:
    """Votes by task and worker, both in byte order of their names."""

    def __init__(self, answers, gold):
        self.tasks = sorted({a[0] for a in answers})
        self.workers = sorted({a[1] for a in answers})
        self.labels = sorted({a[2] for a in answers})
        self.k = len(self.labels)
        first = {}
        for task, worker, label in answers:
            first.setdefault((task, worker), label)
        self.votes = [[] for _ in self.tasks]
        for (task, worker), label in sorted(first.items()):
            self.votes[self.tasks.index(task)].append((self.workers.index(worker), self.labels.index(label)))
        self.gold = [None] * len(self.tasks)
        for task, label in gold:
            self.gold[self.tasks.index(task)] = self.labels.index(label)

    def best(self, i, row):
        def tie(c):
            name = b"alaya/quality/tie/v1\0" + bytes(32)
            return hashlib.sha256(name + self.tasks[i].encode() + b"\0" + self.labels[c].encode() + b"\0").digest()
        return min((c for c in range(self.k) if row[c] == max(row)), key=tie)

    def clamp(self, z):
        return [row if g is None else [float(c == g) for c in range(self.k)] for row, g in zip(z, self.gold)]

    def counted(self, weight):
        z = []
        for votes in self.votes:
            row, total = [0.0] * self.k, 0.0
            for j, l in votes:
                row[l] += weight[j]
                total += weight[j]
            z.append([x / total if total else 1 / self.k for x in row])
        return self.clamp(z)

    def majority(self):
        return self.counted([1.0] * len(self.workers))

    def wawa(self):
        same, n = [0] * len(self.workers), [0] * len(self.workers)
        for i, row in enumerate(self.majority()):
            winner = self.best(i, row)
            for j, l in self.votes[i]:
                n[j] += 1
                same[j] += l == winner
        return self.counted([s / m for s, m in zip(same, n)])

    def onecoin(self, steps):
        z = self.majority()
        for _ in range(steps):
            right, n = [0.0] * len(self.workers), [0] * len(self.workers)
            for votes, row in zip(self.votes, z):
                for j, l in votes:
                    right[j] += row[l]
                    n[j] += 1
            weight = []
            for r, m in zip(right, n):
                p = min(max((r + 1) / (m + 2), 1 / self.k), 0.99)
                weight.append(log(p * (self.k - 1) / (1 - p)))
            z = []
            for votes in self.votes:
                row = [0.0] * self.k
                for j, l in votes:
                    row[l] += weight[j]
                z.append(softmax(row))
            z = self.clamp(z)
        return z

    def scores(self, z, prior):
        """The M step, then every task's log probabilities."""
        k, n = self.k, len(self.tasks)
        base = {"flat": (0.01, 0.01), "diagonal": (4.0, 1.0), "pooled": (0.0, 0.0)}[prior]
        counts = [[[base[l != c] for c in range(k)] for l in range(k)] for _ in self.workers]
        for s in range(SHARDS):
            part = [[[0.0] * k for _ in range(k)] for _ in self.workers]
            for i in range(s * n // SHARDS, (s + 1) * n // SHARDS):
                for j, l in self.votes[i]:
                    for c in range(k):
                        part[j][l][c] += z[i][c]
            for j in range(len(self.workers)):
                for l in range(k):
                    for c in range(k):
                        counts[j][l][c] += part[j][l][c]
        if prior == "pooled":
            self.pool(counts)
        theta = []
        for own in counts:
            totals = [0.0] * k
            for row in own:
                totals = [t + x for t, x in zip(totals, row)]
            theta.append([[log(x) - log(t) for x, t in zip(row, totals)] for row in own])
        pi = []
        for c in range(k):
            total = 0.0
            for row in z:
                total += row[c]
            pi.append(log((total + 1e-12) / n))
        scores = []
        for votes in self.votes:
            row = list(pi)
            for j, l in votes:
                row = [x + t for x, t in zip(row, theta[j][l])]
            scores.append(row)
        return scores

    def pool(self, counts):
        k = self.k
        pooled = [[0.0] * k for _ in range(k)]
        for own in counts:
            for l in range(k):
                for c in range(k):
                    pooled[l][c] += own[l][c]
        for c in range(k):
            total = 0.0
            for l in range(k):
                pooled[l][c] += 0.1
                if l == c:
                    pooled[l][c] += 1
                total += pooled[l][c]
            for l in range(k):
                pooled[l][c] = 2 * pooled[l][c] / total
        for own in counts:
            for l in range(k):
                for c in range(k):
                    own[l][c] += pooled[l][c]

    def dawid_skene(self, prior, hard, soft):
        z = self.majority()
        labels = [self.best(i, row) for i, row in enumerate(z)]
        for _ in range(hard):
            scores = self.scores(z, "flat")
            new = [labels[i] if self.gold[i] is not None else self.best(i, row) for i, row in enumerate(scores)]
            z = self.clamp([[float(c == b) for c in range(self.k)] for b in new])
            changed, labels = new != labels, new
            if not changed:
                break
        for _ in range(soft):
            z = self.clamp([softmax(row) for row in self.scores(z, prior)])
        return z


def simulate():
    """90 tasks in four classes, 14 workers of mixed skill, two of them lazy."""
    draw = random.Random(7)
    labels = ["ant", "bee", "cat", "dog"]
    truth = {f"task-{i}": draw.choice(labels) for i in range(90)}
    skill = {f"worker-{j}": draw.uniform(0.45, 0.95) for j in range(12)}
    skill |= {"worker-lazy": None, "worker-random": 0.0}
    answers = []
    for task, right in truth.items():
        for worker in draw.sample(sorted(skill), draw.randint(3, 6)):
            p = skill[worker]
            label = "bee" if p is None else right if draw.random() < p else draw.choice(labels)
            answers.append((task, worker, label))
    answers += draw.sample(answers, 3)  # repeated answers
    draw.shuffle(answers)
    return answers, draw.sample(sorted(truth.items()), 9)


def bits(z):
    return hashlib.sha256(b"".join(struct.pack("<d", x) for row in z for x in row)).hexdigest()


def write(name, header, rows):
    lines = ["\t".join(map(str, row)) for row in [header, *rows]]
    (HERE / f"quality_{name}.tsv").write_text("\n".join(lines) + "\n")


def main():
    answers, gold = simulate()
    write("answers", ["task", "worker", "label"], answers)
    write("gold", ["task", "label"], gold)
    results = []
    for known, crowd in ((0, Crowd(answers, [])), (1, Crowd(answers, gold))):
        for name, z in (("majority", crowd.majority()), ("wawa", crowd.wawa()), ("onecoin", crowd.onecoin(30)),
                        ("dsmap", crowd.dawid_skene("diagonal", 0, 30)), ("fds", crowd.dawid_skene("pooled", 30, 10))):
            labels = "".join(crowd.labels[crowd.best(i, row)][0] for i, row in enumerate(z))
            results.append((name, known, bits(z), labels))
    write("want", ["method", "gold", "sha256", "labels"], results)
    points = [0.0, -1e-9, -0.3, -0.5, -0.7, -1.0, -3.3, -17.25, -100.0, -699.9, -700.1, 0.7, 5.5]
    write("exp", ["x", "want"], [(struct.pack(">d", x).hex(), struct.pack(">d", exp(x)).hex()) for x in points])
    points = [1.0, 0.01, 0.5, 0.70710678, 0.75, 1.5, 2.0, 3.0, 1e-9, 1e-300, 12345.678, 1e12]
    write("log", ["x", "want"], [(struct.pack(">d", x).hex(), struct.pack(">d", log(x)).hex()) for x in points])


main()
