#!/usr/bin/env python3
"""Collaborative models a second time, in plain Python integers.

    python3 model.py > model_want.json

Each entry is a config, how its items are drawn, how many of them are learnt in
one pass, and what must come out: the Merkle root over the parameters, and the
SHA-256 over the scores of 50 further items, as little-endian int64. Where the
family forgets, every third item is removed again before that.
"""
import hashlib
import json
import struct
from decimal import Decimal, getcontext
from functools import lru_cache
from math import isqrt

getcontext().prec = 50
ONE = 1 << 20
M64 = (1 << 64) - 1
LOW, HIGH = -(1 << 63), (1 << 63) - 1
MAX_WEIGHT = 1 << 40
SCALAR, WEIGHT, SLOPE, COUNT, ITEM, NODE, FROZEN = range(7)


# --- arithmetic ---------------------------------------------------------------


def sat(v):
    return max(LOW, min(HIGH, v))


def mul(a, b):
    return sat(a * b >> 20)


def quo(a, b):
    """Division that truncates toward zero."""
    q = abs(a) // abs(b)
    return q if (a < 0) == (b < 0) else -q


def clamp(v, bound):
    return max(-bound, min(bound, v))


@lru_cache(maxsize=None)
def small_log(n):
    if n == 0:
        return 0
    if n & (n - 1) == 0:
        return (n.bit_length() - 1) * ONE
    return int(Decimal(n).ln() / Decimal(2).ln() * ONE)


def log2q(n):
    if n < 65536:
        return small_log(max(0, n))
    s = n.bit_length() - 16
    h, f = n >> s, n & ((1 << s) - 1)
    return small_log(h) + ((small_log(h + 1) - small_log(h)) * f >> s) + (s << 20)


def lnq(n):
    return log2q(n) * 726817 >> 20


@lru_cache(maxsize=None)
def sig(k):
    return int(ONE / (1 + (-Decimal(k - 512) / 64).exp()))


def sigmoid(z):
    if z <= -8 * ONE:
        return sig(0)
    if z >= 8 * ONE:
        return sig(1024)
    t = z + 8 * ONE
    k, f = t >> 14, t & 16383
    return sig(k) + ((sig(k + 1) - sig(k)) * f >> 14)


# --- state --------------------------------------------------------------------


class State(dict):
    def get(self, table, cls, index):
        return dict.get(self, (table, cls, index), 0)

    def set(self, table, cls, index, v):
        self[(table, cls, index)] = v

    def add(self, table, cls, index, by):
        self.set(table, cls, index, sat(self.get(table, cls, index) + by))

    def shift(self, table, cls, index, by):
        self.set(table, cls, index, clamp(sat(self.get(table, cls, index) + by), MAX_WEIGHT))

    def root(self):
        leaves = []
        for (table, cls, index), v in sorted(self.items()):
            if v:
                zigzag = v << 1 if v >= 0 else (-v << 1) - 1
                leaf = bytes([table]) + varint(cls) + varint(index) + varint(zigzag)
                leaves.append(hashlib.sha256(b"\0" + leaf).digest())
        return merkle(leaves).hex()


def varint(v):
    out = bytearray()
    while v >= 128:
        out.append(v & 127 | 128)
        v >>= 7
    out.append(v)
    return bytes(out)


def merkle(hashes):
    """RFC 6962, by its recursive definition."""
    if not hashes:
        return hashlib.sha256(b"").digest()
    if len(hashes) == 1:
        return hashes[0]
    k = 1
    while k * 2 < len(hashes):
        k *= 2
    return hashlib.sha256(b"\1" + merkle(hashes[:k]) + merkle(hashes[k:])).digest()


# --- families -----------------------------------------------------------------


class Item:
    def __init__(self, indices, values, label):
        self.indices, self.raw, self.label = indices, values, label
        self.values = values or [ONE] * len(indices)
        self.pairs = list(zip(self.indices, self.values))

    def squares(self):
        return sum(mul(v, v) for v in self.values)


class Family:
    def __init__(self, config):
        self.c = config
        self.k = config["classes"]
        self.p = config["params"]

    def setting(self, name, default):
        return self.p.get(name) or default

    def vectors(self):
        return range(1 if self.k == 2 else 0, self.k)


class Margins(Family):
    """Families with a weight vector per class, against the rest."""

    def margin(self, s, c, x):
        m = s.get(SCALAR, 0, c)
        for i, v in x.pairs:
            m = sat(m + mul(s.get(WEIGHT, c, i), v))
        return m

    def scores(self, s, x):
        out = [0] * self.k
        for c in self.vectors():
            out[c] = self.margin(s, c, x)
        return out

    def step(self, s, c, x, by):
        for i, v in x.pairs:
            s.shift(WEIGHT, c, i, mul(by, v))
        s.shift(SCALAR, 0, c, by)

    def update(self, s, x):
        for c in self.vectors():
            self.learn(s, c, x, 1 if x.label == c else -1)


class Perceptron(Margins):
    def learn(self, s, c, x, sign):
        if (self.margin(s, c, x) > 0) != (sign > 0):
            self.step(s, c, x, sign * self.setting("rate", ONE))


class Average(Margins):
    def tick(self, s):
        return s.get(SCALAR, 2, 0) + 1

    def scores(self, s, x):
        out = [0] * self.k
        t = self.tick(s)
        for c in self.vectors():
            past = s.get(SCALAR, 1, c) + sum(mul(s.get(SLOPE, c, i), v) for i, v in x.pairs)
            v = t * self.margin(s, c, x) - past
            out[c] = -(-v // t) if v > 0 else v // t
        return out

    def learn(self, s, c, x, sign):
        if (self.margin(s, c, x) > 0) == (sign > 0):
            return
        by, t = sign * self.setting("rate", ONE), self.tick(s)
        self.step(s, c, x, by)
        s.add(SCALAR, 1, c, by * t)
        for i, v in x.pairs:
            s.add(SLOPE, c, i, mul(by, v) * t)

    def update(self, s, x):
        t = self.tick(s)
        super().update(s, x)
        s.set(SCALAR, 2, 0, t)


class Passive(Margins):
    def learn(self, s, c, x, sign):
        loss = ONE - sign * self.margin(s, c, x)
        if loss > 0:
            tau = min(self.setting("bound", ONE // 50), loss * ONE // (x.squares() + ONE))
            self.step(s, c, x, sign * tau)


class Arow(Margins):
    def learn(self, s, c, x, sign):
        loss = ONE - sign * self.margin(s, c, x)
        if loss <= 0:
            return
        places = [((WEIGHT, c, i), (SLOPE, c, i), v) for i, v in x.pairs]
        places.append(((SCALAR, 0, c), (SCALAR, 1, c), ONE))
        spreads = [mul((1 << 30) - s.get(*slope), v) for _, slope, v in places]
        total = (self.setting("ridge", 10 * ONE) << 10) + sum(
            mul(spread, v) for spread, (_, _, v) in zip(spreads, places)
        )
        pull = (min(loss, 1 << 32) << 30) // total
        for (weight, slope, _), spread in zip(places, spreads):
            s.shift(*weight, quo(sign * pull * spread, 1 << 30))
            s.add(*slope, spread * spread // total)


def adagrad(s, weight, slope, gradient, rate, start):
    total = min((1 << 42) - 1, s.get(*slope) + start + mul(gradient, gradient))
    s.set(*slope, total - start)
    s.shift(*weight, -quo(rate * gradient, max(1, isqrt(total << 20))))


class Logistic(Margins):
    def learn(self, s, c, x, sign):
        g = sigmoid(self.margin(s, c, x)) - (ONE if sign > 0 else 0)
        rate = self.setting("rate", ONE // 4)
        for i, v in x.pairs:
            adagrad(s, (WEIGHT, c, i), (SLOPE, c, i), mul(g, v), rate, ONE // 1000)
        adagrad(s, (SCALAR, 0, c), (SCALAR, 1, c), g, rate, ONE // 1000)


class Counts(Family):
    def known(self, s):
        return max(1, s.get(SCALAR, 2, 0))

    def total(self, s, i):
        return sum(s.get(COUNT, c, i) for c in range(self.k))

    def count(self, s, x, by):
        s.add(SCALAR, 0, x.label, by)
        s.add(SCALAR, 1, x.label, by * len(x.indices))
        for i in x.indices:
            before = self.total(s, i)
            s.add(SCALAR, 2, 0, (before + by > 0) - (before > 0))
            s.add(COUNT, x.label, i, by)

    def update(self, s, x):
        self.count(s, x, 1)

    def remove(self, s, x):
        self.count(s, x, -1)


class Bayes(Counts):
    def scores(self, s, x):
        return [
            log2q(s.get(SCALAR, 0, c) + 1)
            - len(x.indices) * log2q(s.get(SCALAR, 1, c) + self.known(s))
            + sum(log2q(s.get(COUNT, c, i) + 1) for i in x.indices)
            for c in range(self.k)
        ]


class Complement(Counts):
    def scores(self, s, x):
        t = [s.get(SCALAR, 1, c) for c in range(self.k)]
        return [
            len(x.indices) * log2q(sum(t) - t[c] + self.known(s))
            - sum(log2q(self.total(s, i) - s.get(COUNT, c, i) + 1) for i in x.indices)
            for c in range(self.k)
        ]


class BayesWeights(Counts):
    remove = None

    def odds(self, s, c, x):
        n = [s.get(SCALAR, 0, k) for k in range(self.k)]
        t = [s.get(SCALAR, 1, k) for k in range(self.k)]
        v = self.known(s)
        d = lnq(t[c] + v) - lnq(sum(t) - t[c] + v)
        r = [
            lnq(s.get(COUNT, c, i) + 1) - lnq(self.total(s, i) - s.get(COUNT, c, i) + 1) - d
            for i in x.indices
        ]
        z = lnq(n[c] + 1) - lnq(sum(n) - n[c] + 1)
        for i, ratio in zip(x.indices, r):
            z += mul(ONE + s.get(WEIGHT, c, i), ratio)
        return z, r

    def scores(self, s, x):
        out = [0] * self.k
        for c in self.vectors():
            out[c] = self.odds(s, c, x)[0]
        return out

    def update(self, s, x):
        for c in self.vectors():
            z, r = self.odds(s, c, x)
            g = sigmoid(z) - (ONE if x.label == c else 0)
            for i, ratio in zip(x.indices, r):
                adagrad(s, (WEIGHT, c, i), (SLOPE, c, i), mul(g, ratio), self.setting("rate", ONE // 10), ONE // 10)
        self.count(s, x, 1)


class Centroid(Family):
    def scores(self, s, x):
        """Exact fractions, in Q40; the nearer of two that are equal then gets one more."""
        out, best = [LOW] * self.k, None
        for c in range(self.k):
            n = s.get(SCALAR, 0, c)
            if n == 0:
                continue
            num = 2 * n * sum(s.get(COUNT, c, i) for i in x.indices) - s.get(SCALAR, 3, c)
            out[c] = quo(num << 40, n * n)
            if best is None:
                best = (num, n * n, out[c])
            elif num * best[1] > best[0] * n * n:
                out[c] = max(out[c], best[2] + 1)
                best = (num, n * n, out[c])
        return out

    def hit(self, s, x, by):
        s.add(SCALAR, 0, x.label, by)
        for i in x.indices:
            before = s.get(COUNT, x.label, i)
            s.set(COUNT, x.label, i, before + by)
            s.add(SCALAR, 3, x.label, (before + by) ** 2 - before**2)

    def update(self, s, x):
        self.hit(s, x, 1)

    def remove(self, s, x):
        self.hit(s, x, -1)


class Dense(Family):
    def scores(self, s, x):
        out = [LOW] * self.k
        for c in range(self.k):
            n = s.get(SCALAR, 0, c)
            if n:
                offs = [v - quo(s.get(COUNT, c, i), n) for i, v in x.pairs]
                out[c] = -sum(mul(off, off) for off in offs)
        return out

    def add(self, s, x, by):
        s.add(SCALAR, 0, x.label, by)
        for i, v in x.pairs:
            s.add(COUNT, x.label, i, by * v)

    def update(self, s, x):
        self.add(s, x, 1)

    def remove(self, s, x):
        self.add(s, x, -1)


class Neighbours(Family):
    """Keeps whole items in a list, and writes the cells only when asked."""

    def __init__(self, config):
        super().__init__(config)
        self.slots, self.arrived = {}, 0
        self.cap = self.setting("cap", 4096)

    def update(self, s, x):
        self.slots[self.arrived % self.cap] = (self.arrived, x.indices, x.label)
        self.arrived += 1
        self.write(s)

    def remove(self, s, x):
        same = [n for n, i, label in self.slots.values() if i == x.indices and label == x.label]
        if same:
            del self.slots[max(same) % self.cap]
            self.arrived -= max(same) == self.arrived - 1
        self.write(s)

    def write(self, s):
        s.clear()
        s.set(SCALAR, 2, 0, self.arrived)
        words = {}
        for slot, (number, indices, label) in self.slots.items():
            s.set(ITEM, 0, slot, (number + 1) << 17 | len(indices) << 6 | label)
            for position, i in enumerate(indices):
                s.set(ITEM, slot + 1, position, i + 1)
                words[(i, slot // 64)] = words.get((i, slot // 64), 0) | 1 << slot % 64
        for (i, at), word in words.items():
            s.set(COUNT, i, at, word - (1 << 64) if word >> 63 else word)

    def scores(self, s, x):
        votes = []
        for number, indices, label in self.slots.values():
            h = len(set(indices) & set(x.indices))
            if h:
                votes.append((-((h * h << 32) // len(indices)), number, label))
        out = [0] * self.k
        for _, _, label in sorted(votes)[: self.setting("neighbours", 25)]:
            out[label] += 1
        return [log2q(n + 1) for n in out]


class Linear(Margins):
    def scores(self, s, x):
        return [clamp(self.margin(s, 0, x), 1_000_000 * ONE)]

    def update(self, s, x):
        wrong = x.label - self.scores(s, x)[0]
        norm = x.squares() + ONE
        ridge = self.p.get("ridge", 0)
        if ridge:
            for i in x.indices:
                s.shift(WEIGHT, 0, i, -mul(ridge, s.get(WEIGHT, 0, i)))
            self.step(s, 0, x, quo(mul(self.setting("rate", ONE // 8), wrong) * ONE, norm))
            return
        beyond = abs(wrong) - self.setting("width", ONE // 10)
        if beyond > 0:
            by = min(self.setting("bound", ONE), beyond * ONE // norm)
            self.step(s, 0, x, by if wrong > 0 else -by)


def disorder(counts):
    total = sum(counts)
    return total * log2q(total) - sum(n * log2q(n) for n in counts)


class Tree(Family):
    def leaf(self, s, x):
        node = 0
        while s.get(NODE, node, 0):
            column = s.get(NODE, node, 0) - 1
            bin = x.indices[column] - sum(c["bins"] for c in self.p["columns"][:column])
            cut = s.get(NODE, node, 1)
            left = bin <= cut if self.p["columns"][column].get("ordered") else bin == cut
            node = s.get(NODE, node, 2) + (not left)
        return node

    def scores(self, s, x):
        node = self.leaf(s, x)
        return [log2q(s.get(NODE, node, 4 + c) + 1) for c in range(self.k)]

    def update(self, s, x):
        node = self.leaf(s, x)
        s.add(NODE, node, 4 + x.label, 1)
        for i in x.indices:
            s.add(COUNT, node * 64 + x.label, i, 1)
        s.add(NODE, node, 3, 1)
        full = s.get(SCALAR, 2, 0) + 3 > self.setting("nodes", 255)
        if s.get(NODE, node, 3) < self.setting("grace", 50) or full:
            return
        s.set(NODE, node, 3, 0)
        if sum(s.get(NODE, node, 4 + c) > 0 for c in range(self.k)) > 1:
            self.look(s, node)

    def look(self, s, node):
        found, start, items = [], 0, 0
        for column, spec in enumerate(self.p["columns"]):
            table = [
                [s.get(COUNT, node * 64 + c, start + bin) for c in range(self.k)]
                for bin in range(spec["bins"])
            ]
            start += spec["bins"]
            all_ = [sum(col) for col in zip(*table)]
            items = sum(all_)
            best = (0, column, None, None, None)
            for cut, row in enumerate(table):
                left = [sum(col) for col in zip(*table[: cut + 1])] if spec.get("ordered") else row
                right = [a - b for a, b in zip(all_, left)]
                if sum(left) >= 5 and sum(right) >= 5:
                    gain = quo(disorder(all_) - disorder(left) - disorder(right), items)
                    if gain > best[0]:
                        best = (gain, column, cut, left, right)
            found.append(best)
        gains = sorted((b[0] for b in found), reverse=True) + [0]
        best = max(found, key=lambda b: b[0])
        bound = isqrt(lnq(self.setting("doubt", 1000)) * ONE // (2 * items))
        if best[0] <= self.setting("gain", ONE // 200):
            return
        if best[0] - gains[1] > bound or bound < self.setting("tie", ONE // 10):
            self.split(s, node, best)

    def split(self, s, node, best):
        left = s.get(SCALAR, 2, 0) + 1
        s.add(SCALAR, 2, 0, 2)
        for k, v in enumerate((best[1] + 1, best[2], left)):
            s.set(NODE, node, k, v)
        for c in range(self.k):
            s.set(NODE, node, 4 + c, 0)
            s.set(NODE, left, 4 + c, best[3][c])
            s.set(NODE, left + 1, 4 + c, best[4][c])
            for i in range(self.c["features"]):
                s.set(COUNT, node * 64 + c, i, 0)


class Network(Family):
    def __init__(self, config):
        super().__init__(config)
        rate = {"rate": self.p["rate"]} if "rate" in self.p else {}
        self.last = Logistic({**config, "params": rate})

    def drawn(self, feature, unit):
        z = (self.p["seed"] + 0x9E3779B97F4A7C15 * ((feature << 8 | unit) + 1)) & M64
        z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9 & M64
        z = (z ^ z >> 27) * 0x94D049BB133111EB & M64
        return (z ^ z >> 31) % 255 - 127

    def encode(self, x):
        length = max(1, isqrt(x.squares() << 20))
        units = range(self.setting("hidden", 64))
        sums = [sum(v * self.drawn(i, u) for i, v in x.pairs) for u in units]
        acts = [quo(t * ONE, length << 7) >> 13 for t in sums]
        return Item(list(units), [max(0, min(127, a)) << 13 for a in acts], x.label)

    def scores(self, s, x):
        return self.last.scores(s, self.encode(x))

    def update(self, s, x):
        self.last.update(s, self.encode(x))


# --- items --------------------------------------------------------------------


def draw(n):
    """SplitMix64."""
    z = (n + 0x9E3779B97F4A7C15) & M64
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9 & M64
    z = (z ^ z >> 27) * 0x94D049BB133111EB & M64
    return z ^ z >> 31


def item(config, kind, n):
    """Item n: its label, and features that follow it three times out of four."""
    label = draw(n) % max(2, config["classes"])
    if kind == "rows":
        indices, start = [], 0
        for k, column in enumerate(config["params"]["columns"]):
            d = draw(n << 8 | k | 1 << 60)
            bin = d >> 8
            if d % 4:
                bin = bin % 2 * 2 + label
            indices.append(start + bin % column["bins"])
            start += column["bins"]
        return Item(indices, None, label)
    if kind == "words":
        indices = set()
        for k in range(12):
            d = draw(n << 8 | k | 1 << 60)
            i = d >> 8
            if d % 4:
                i = i % (config["features"] // 8) * 8 + label
            indices.add(i % config["features"])
        return Item(sorted(indices), None, label)
    indices = list(range(config["features"]))
    values = [draw(n << 8 | k | 1 << 62) % (2 * ONE) - ONE for k in indices]
    if config["classes"] == 1:
        return Item(indices, values, quo(sum(v * (k + 1) for k, v in enumerate(values)), 2))
    values = [v + draw(label << 8 | k | 1 << 61) % (2 * ONE) - ONE for k, v in enumerate(values)]
    return Item(indices, values, label)


FAMILIES = {
    "perceptron": Perceptron,
    "average": Average,
    "pa": Passive,
    "logistic": Logistic,
    "arow": Arow,
    "nb": Bayes,
    "cnb": Complement,
    "nblr": BayesWeights,
    "centroid": Centroid,
    "dense": Dense,
    "knn": Neighbours,
    "linear": Linear,
    "tree": Tree,
    "network": Network,
}


def trials():
    columns = [{"bins": 4}, {"bins": 9, "ordered": True}, {"bins": 20, "ordered": True}]
    for family in ("perceptron", "average", "pa", "logistic", "arow"):
        for classes in (2, 5):
            yield family, classes, 300, {}, "words", 400
            yield family, classes, 16, {}, "vectors", 400
    for family in ("nb", "cnb", "nblr", "centroid"):
        for classes in (2, 5):
            yield family, classes, 300, {}, "words", 400
    yield "arow", 2, 300, {"ridge": 3 * ONE}, "words", 200
    yield "logistic", 3, 300, {"rate": ONE}, "words", 200
    yield "dense", 4, 16, {}, "vectors", 300
    yield "knn", 3, 300, {"neighbours": 7, "cap": 128}, "words", 100
    yield "knn", 3, 300, {"cap": 64}, "words", 200
    yield "linear", 1, 8, {}, "vectors", 300
    yield "linear", 1, 8, {"ridge": 100}, "vectors", 300
    yield "tree", 2, 33, {"columns": columns}, "rows", 3000
    yield "tree", 3, 33, {"columns": columns, "grace": 20, "nodes": 9}, "rows", 2000
    yield "network", 3, 16, {"hidden": 32, "seed": 7}, "vectors", 200
    yield "network", 2, 300, {"seed": 1 << 40}, "words", 100


def main():
    out = []
    for family, classes, features, params, kind, count in trials():
        config = {"family": family, "classes": classes, "features": features, "params": params}
        learner, s = FAMILIES[family](config), State()
        items = [item(config, kind, n) for n in range(count)]
        for x in items:
            learner.update(s, x)
        if getattr(learner, "remove", None):
            for x in items[::3]:
                learner.remove(s, x)
        scores = hashlib.sha256()
        for n in range(50):
            for v in learner.scores(s, item(config, kind, 1_000_000 + n)):
                scores.update(struct.pack("<q", v))
        out.append({"config": config, "items": kind, "count": count, "root": s.root(), "scores": scores.hexdigest()})
    print("[\n" + ",\n".join(json.dumps(o) for o in out) + "\n]")


main()
