"""Golden numbers for core/quality/pay: the rules once more, the slow way.

    python3 pay.py        # standard library only; rewrites pay_*.tsv

It shares no code with core/quality/pay: every mean runs over a list of all that
it is a mean of, in exact fractions; determinants are sums over permutations;
stakes are found by looking for the least that deters.
"""

import csv
import hashlib
import itertools
import math
import pathlib
import random
from fractions import Fraction

HERE = pathlib.Path(__file__).parent
ONE = 10**6
CONTRACT = 800000


def read(name):
    with open(HERE / name) as f:
        return list(csv.reader(f, delimiter="\t"))[1:]


def write(name, header, rows):
    lines = ["\t".join(map(str, row)) for row in [header, *rows]]
    (HERE / f"pay_{name}.tsv").write_text("\n".join(lines) + "\n")


def down(x):
    return math.floor(x * ONE)


def up(x):
    return math.ceil(x * ONE)


def toward_zero(x):
    return math.trunc(x)


def tie(*names):
    key = b"alaya/quality/tie/v1\0" + bytes(32) + b"".join(n.encode() + b"\0" for n in names)
    return hashlib.sha256(key).digest()


def splitmix(purpose, *index):
    key = b"alaya/quality/random/v1\0" + bytes(32) + purpose.encode() + b"\0"
    key += b"".join(i.to_bytes(8, "big") for i in index)
    state, mask = int.from_bytes(hashlib.sha256(key).digest()[:8], "big"), 2**64 - 1
    while True:
        state = (state + 0x9E3779B97F4A7C15) & mask
        z = state
        z = ((z ^ z >> 30) * 0xBF58476D1CE4E5B9) & mask
        z = ((z ^ z >> 27) * 0x94D049BB133111EB) & mask
        yield z ^ z >> 31


def pick(numbers, pool):
    return pool[next(numbers) * len(pool) >> 64]


class Crowd:
    def __init__(self, merge=lambda label: label):
        answers = [(t, w, merge(label)) for t, w, label in read("quality_answers.tsv")]
        self.tasks, self.workers, self.labels = (sorted({a[c] for a in answers}) for c in range(3))
        self.said = {w: {} for w in self.workers}
        for task, worker, label in answers:
            self.said[worker].setdefault(task, label)
        self.on = {t: [w for w in self.workers if t in self.said[w]] for t in self.tasks}
        self.gold = dict(read("quality_gold.tsv"))

    def ramp(self, skill, floor):
        if skill >= CONTRACT:
            return ONE
        return max(0, down(Fraction(skill - floor, CONTRACT - floor)))

    def gold_rule(self, w):
        met = [(label, self.gold[t]) for t, label in self.said[w].items() if t in self.gold]
        if not met:
            return 0, 0
        skill = down(Fraction(sum(x == y for x, y in met), len(met)))
        return self.ramp(skill, ONE // len(self.labels)), len(met)

    def balanced(self, w):
        met = [(label, self.gold[t]) for t, label in self.said[w].items() if t in self.gold]
        recalls = []
        for c in self.labels:
            own = [x for x, y in met if y == c]
            if own:
                recalls.append(down(Fraction(own.count(c), len(own))))
        if len(recalls) < 2:
            return 0, len(met)
        return self.ramp(sum(recalls) // len(recalls), ONE // len(recalls)), len(met)

    def met(self, w):
        """The comparisons of w: his label, the peer's."""
        return [(x, self.said[p][t]) for t, x in self.said[w].items() for p in self.on[t] if p != w]

    def output(self, w):
        met = self.met(w)
        return (down(Fraction(sum(x == y for x, y in met), len(met))), len(met)) if met else (0, 0)

    def correlated(self, w):
        """The pairs of labels that the others give together more often than apart."""
        pairs = [(self.said[p][t], self.said[q][t]) for t in self.tasks
                 for p, q in itertools.permutations(self.on[t], 2) if w not in (p, q)]
        first = {a: Fraction(sum(x == a for x, _ in pairs), len(pairs)) for a in self.labels}
        return {(a, b) for a in self.labels for b in self.labels
                if Fraction(pairs.count((a, b)), len(pairs)) > first[a] * first[b]}

    def ca(self, w):
        s, met = self.correlated(w), self.met(w)
        across = [(x, y) for m, x in self.said[w].items() for p in self.workers if p != w
                  for t, y in self.said[p].items() if t != m]
        if not met or not across:
            return 0, 0
        return (down(Fraction(sum(m in s for m in met), len(met)))
                - up(Fraction(sum(a in s for a in across), len(across)))), len(met)

    def drawn(self, w):
        s, values = self.correlated(w), []
        for t, x in sorted(self.said[w].items()):
            peers = [p for p in self.on[t] if p != w]
            if not peers:
                continue
            numbers = splitmix("pay/ca", self.workers.index(w), self.tasks.index(t))
            p = pick(numbers, peers)
            mine = [m for m in sorted(self.said[w]) if m != t]
            if not mine:
                continue
            m = pick(numbers, mine)
            theirs = [o for o in sorted(self.said[p]) if o not in (t, m)]
            if not theirs:
                continue
            o = pick(numbers, theirs)
            values.append(((x, self.said[p][t]) in s) - ((self.said[w][m], self.said[p][o]) in s))
        return (toward_zero(Fraction(sum(values) * ONE, len(values))), len(values)) if values else (0, 0)

    def dmi(self, w):
        k, values = len(self.labels), []
        for p in self.workers:
            shared = sorted((t for t in self.said[w] if t in self.said[p]), key=lambda t: tie("pay/task", t))
            if p == w or len(shared) < 2 * k:
                continue
            value = Fraction(k ** (2 * k) * ONE)
            half = len(shared) // 2
            for part in shared[:half], shared[half:]:
                joint = [(self.said[w][t], self.said[p][t]) for t in part]
                m = [[joint.count((a, b)) for b in self.labels] for a in self.labels]
                value *= Fraction(determinant(m), len(part) ** k)
            values.append(toward_zero(value))
        return (toward_zero(Fraction(sum(values), len(values))), len(values)) if values else (0, 0)

    def pts(self, w):
        worths = []
        for t, x in self.said[w].items():
            peers = [self.said[p][t] for p in self.on[t] if p != w]
            if not peers:
                continue
            elsewhere = [y for p in self.workers if p != w for o, y in self.said[p].items() if o != t]
            share = max(50000, down(Fraction(elsewhere.count(x), len(elsewhere))) if elsewhere else 0)
            worths.append(down(Fraction(down(Fraction(peers.count(x), len(peers))), share)) - ONE)
        return (toward_zero(Fraction(sum(worths), len(worths))), len(worths)) if worths else (0, 0)

    def combined(self, w):
        value, evidence = self.balanced(w)
        peers = {p: self.ca(p) for p in self.workers}
        known = [v for v, e in peers.values() if e]
        n, s = len(known), sum(known)
        spread = math.isqrt(n * sum(v * v for v in known) - s * s)
        z = toward_zero(Fraction((n * peers[w][0] - s) * ONE, spread)) if peers[w][1] and spread else 0
        return value + toward_zero(Fraction(max(-2 * ONE, min(2 * ONE, z)), 10)), evidence


def determinant(m):
    det = 0
    for p in itertools.permutations(range(len(m))):
        inversions = sum(p[i] > p[j] for i in range(len(p)) for j in range(i + 1, len(p)))
        det += (-1) ** inversions * math.prod(m[r][c] for r, c in enumerate(p))
    return det


def divide(budget, claims):
    """Hamilton's method; claims in millionths, named w0, w1, …"""
    out = min(budget, sum(claims) // ONE)
    if not sum(claims):
        return [0] * len(claims)
    quotas = [Fraction(out * c, sum(claims)) for c in claims]
    paid = [math.floor(q) for q in quotas]
    order = sorted(range(len(claims)), key=lambda i: (paid[i] - quotas[i], tie("pay/share", f"w{i}")))
    for i in order[:out - sum(paid)]:
        paid[i] += 1
    return paid


def stake(rate, fails, gain, n):
    caught = 1 - (1 - Fraction(rate * fails, ONE * ONE)) ** n
    low, high = 0, 2**63
    while low < high:
        mid = (low + high) // 2
        if n * gain * (1 - caught) <= mid * caught:
            high = mid
        else:
            low = mid + 1
    return low, down(caught)


def proper(report, truth):
    k, p = len(report), [Fraction(x, ONE) for x in report]
    quadratic = (2 * p[truth] - sum(x * x for x in p) - Fraction(1, k)) / (1 - Fraction(1, k))
    return down(quadratic), math.floor(math.log(k * max(float(p[truth]), 0.01)) / math.log(k) * ONE)


def main():
    draw = random.Random(1)
    crowd, two = Crowd(), Crowd(lambda label: str(label > "bee"))  # determinants of four labels are mostly 0
    rules = {"output": crowd.output, "gold": crowd.gold_rule, "balanced": crowd.balanced, "ca": crowd.ca,
             "drawn": crowd.drawn, "dmi": crowd.dmi, "dmi of two": two.dmi, "pts": crowd.pts, "combined": crowd.combined}
    write("scores", ["rule", "worker", "value", "evidence"],
          [(name, w, *rule(w)) for name, rule in rules.items() for w in crowd.workers])
    divisions = []
    for _ in range(40):
        claims = [draw.choice([0, draw.randrange(10**7), draw.randrange(1, 8) * 500000, 1500000]) for _ in range(draw.randrange(1, 9))]
        budget = draw.randrange(1 + sum(claims) // draw.choice([400000, ONE, 3 * ONE]))
        divisions.append((budget, ",".join(map(str, claims)), ",".join(map(str, divide(budget, claims)))))
    write("divide", ["budget", "claims", "paid"], divisions)
    inspections = [(r, f, g, n) for r in (1000, 50000, 200000, ONE) for f in (250000, 500000, 750000)
                   for g in (1, 10000) for n in (1, 7, 20, 100)]
    write("stake", ["rate", "fails", "gain", "answers", "stake", "caught"], [(*i, *stake(*i)) for i in inspections])
    reports = []
    for _ in range(40):
        cuts = sorted(draw.randrange(ONE + 1) for _ in range(draw.randrange(1, 6)))
        report = [b - a for a, b in zip([0, *cuts], [*cuts, ONE])]
        truth = draw.randrange(len(report))
        reports.append((",".join(map(str, report)), truth, *proper(report, truth)))
    write("proper", ["report", "truth", "quadratic", "logarithmic"], reports)


main()
