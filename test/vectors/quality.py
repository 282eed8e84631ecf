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


def digamma(x):
    above, below = 0.0, 1.0
    while x < 6:
        above, below, x = above * x + below, below * x, x + 1
    r = 1 / x
    s = r * r
    c = s * (1 / 12 - s * (3617 / 8160))
    for p in (-691 / 32760, 1 / 132, -1 / 240, 1 / 252, -1 / 120, 1 / 12):
        c = s * (p + c)
    return log(x) - 0.5 * r - c - above / below


def lgamma(x):
    shift = 1.0
    while x < 12:
        shift, x = shift * x, x + 1
    s = 1 / (x * x)
    series = 1 / 1188
    for p in (-1 / 1680, 1 / 1260, -1 / 360, 1 / 12):
        series = series * s + p
    return (x - 0.5) * log(x) - x + 9.18938533204672741780e-01 + series / x - log(shift)


def poly(x, *c):
    """c0 + c1 x + c2 x^2 + ..."""
    t = c[-1]
    for a in reversed(c[:-1]):
        t = t * x + a
    return t


ERX = 8.45062911510467529297e-01


def erf_small(x):  # erf(x)/x - 1
    return poly(x * x, 1.28379167095512558561e-01, -3.25042107247001499370e-01, -2.84817495755985104766e-02,
                -5.77027029648944159157e-03, -2.37630166566501626084e-05) / \
        poly(x * x, 1.0, 3.97917223959155352819e-01, 6.50222499887672944485e-02, 5.08130628187576562776e-03,
             1.32494738004321644526e-04, -3.96022827877536812320e-06)


def erf_middle(x):  # erf(x) - ERX
    s = x - 1
    return poly(s, -2.36211856075265944077e-03, 4.14856118683748331666e-01, -3.72207876035701323847e-01,
                3.18346619901161753674e-01, -1.10894694282396677476e-01, 3.54783043256182359371e-02,
                -2.16637559486879084300e-03) / \
        poly(s, 1.0, 1.06420880400844228286e-01, 5.40397917702171048937e-01, 7.18286544141962662868e-02,
             1.26171219808761642112e-01, 1.36370839120290507362e-02, 1.19844998467991074170e-02)


def erfc_tail(x):
    s = 1 / (x * x)
    if x < 1 / 0.35:
        ratio = poly(s, -9.86494403484714822705e-03, -6.93858572707181764372e-01, -1.05586262253232909814e+01,
                     -6.23753324503260060396e+01, -1.62396669462573470355e+02, -1.84605092906711035994e+02,
                     -8.12874355063065934246e+01, -9.81432934416914548592e+00) / \
            poly(s, 1.0, 1.96512716674392571292e+01, 1.37657754143519042600e+02, 4.34565877475229228821e+02,
                 6.45387271733267880336e+02, 4.29008140027567833386e+02, 1.08635005541779435134e+02,
                 6.57024977031928170135e+00, -6.04244152148580987438e-02)
    else:
        ratio = poly(s, -9.86494292470009928597e-03, -7.99283237680523006574e-01, -1.77579549177547519889e+01,
                     -1.60636384855821916062e+02, -6.37566443368389627722e+02, -1.02509513161107724954e+03,
                     -4.83519191608651397019e+02) / \
            poly(s, 1.0, 3.03380607434824582924e+01, 3.25792512996573918826e+02, 1.53672958608443695994e+03,
                 3.19985821950859553908e+03, 2.55305040643316442583e+03, 4.74528541206955367215e+02,
                 -2.24409524465858183362e+01)
    high = struct.unpack("<d", struct.pack("<Q", struct.unpack("<Q", struct.pack("<d", x))[0] & ~0xFFFFFFFF))[0]
    return exp(-(high * high) - 0.5625) * exp((high - x) * (high + x) + ratio) / x


def erf(x):
    a = abs(x)
    if a < 0.84375:
        return x + x * erf_small(a)
    return math.copysign(ERX + erf_middle(a) if a < 1.25 else 1 - erfc_tail(a) if a < 6 else 1.0, x)


def erfc(x):
    if x < 0.25:
        return 1 - erf(x)
    if x < 0.84375:
        return 0.5 - (x * erf_small(x) + (x - 0.5))
    return 1 - ERX - erf_middle(x) if x < 1.25 else erfc_tail(x) if x < 26 else 0.0


def splitmix(purpose, *index):
    """Numbers from the open interval (0, 1), fixed by a purpose and indices."""
    key = b"alaya/quality/random/v1\0" + bytes(32) + purpose.encode() + b"\0"
    key += b"".join(struct.pack(">Q", i) for i in index)
    state, mask = int.from_bytes(hashlib.sha256(key).digest()[:8], "big"), 2**64 - 1
    while True:
        state = (state + 0x9E3779B97F4A7C15) & mask
        z = state
        z = ((z ^ z >> 30) * 0xBF58476D1CE4E5B9) & mask
        z = ((z ^ z >> 27) * 0x94D049BB133111EB) & mask
        yield (((z ^ z >> 31) >> 12) + 0.5) / 2**52


def total(values):
    """A sum from left to right; Python's own sum is more exact."""
    t = 0.0
    for x in values:
        t += x
    return t


def column_sums(rows):
    sums = [0.0] * len(rows[0])
    for s in range(SHARDS):
        part = [0.0] * len(sums)
        for row in rows[s * len(rows) // SHARDS:(s + 1) * len(rows) // SHARDS]:
            part = [p + x for p, x in zip(part, row)]
        sums = [a + p for a, p in zip(sums, part)]
    return sums


def log_beta(counts):
    t = -lgamma(total(counts))
    for n in counts:
        t += lgamma(n)
    return t


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

    def ledger(self):
        """Each worker's votes: those on gold first, then the others."""
        own = [[] for _ in self.workers]
        for known in (True, False):
            for i, votes in enumerate(self.votes):
                if (self.gold[i] is not None) == known:
                    for j, l in votes:
                        own[j].append((i, l))
        return own

    def learn(self, ledger, step):
        """The votes to learn from: in the first step gold alone, where there are three."""
        if step:
            return ledger
        tested = [[v for v in own if self.gold[v[0]] is not None] for own in ledger]
        return [gold if len(gold) >= 3 else own for gold, own in zip(tested, ledger)]

    def onecoin(self, steps, added):
        z, ledger = self.majority(), self.ledger()
        for step in range(steps):
            weight = []
            for own in self.learn(ledger, step):
                right = total(z[i][l] for i, l in own)
                p = min(max((right + added) / max(1, len(own) + added + added), 1 / self.k), 0.99)
                weight.append(log(p * (self.k - 1) / (1 - p)))
            z = []
            for votes in self.votes:
                row = [0.0] * self.k
                for j, l in votes:
                    row[l] += weight[j]
                z.append(softmax(row))
            z = self.clamp(z)
        return z

    def bcc_counts(self, q, subtypes, own, labels):
        """One worker's counts per label he ever gave, with their prior, and their sums."""
        width = self.k * subtypes
        counts = {l: [0.0] * width for _, l in labels}
        for i, l in own:
            counts[l] = [n + x for n, x in zip(counts[l], q[i])]
        sums = [4.0 + (self.k - 1) * 1.0] * width
        for l, row in counts.items():
            sums = [s + n for s, n in zip(sums, row)]
            counts[l] = [n + (4.0 if x // subtypes == l else 1.0) for x, n in enumerate(row)]
        return counts, sums

    def bcc_totals(self, q, subtypes, pseudo):
        types = column_sums(q)
        groups = [types[c * subtypes:(c + 1) * subtypes] for c in range(self.k)]
        classes = [p + total(g) for p, g in zip(pseudo, groups)]
        return [[n + 0.1 / subtypes for n in g] for g in groups], classes

    def bcc(self, q, subtypes, pseudo, steps):
        ledger = self.ledger()
        for step in range(steps):
            theta = []
            for own, every in zip(self.learn(ledger, step), ledger):
                counts, sums = self.bcc_counts(q, subtypes, own, every)
                sums = [digamma(s) for s in sums]
                theta.append({l: [digamma(n) - s for n, s in zip(row, sums)] for l, row in counts.items()})
            groups, classes = self.bcc_totals(q, subtypes, pseudo)
            logs = []
            for n, g in zip(classes, groups):
                share = digamma(n) - digamma(total(classes)) - digamma(total(g))
                logs += [digamma(x) + share for x in g]
            q = []
            for votes, gold in zip(self.votes, self.gold):
                row = list(logs)
                for j, l in votes:
                    row = [x + t for x, t in zip(row, theta[j][l])]
                if gold is not None:
                    row = [x if c // subtypes == gold else -math.inf for c, x in enumerate(row)]
                q.append(softmax(row))
        return q

    def ibcc(self, steps):
        return self.bcc(self.majority(), 1, [1.0] * self.k, steps)

    def bcc_bound(self, q, subtypes, pseudo):
        groups, classes = self.bcc_totals(q, subtypes, pseudo)
        bound = log_beta(classes)
        for g in groups:
            bound += log_beta(g)
        ledger, flat, parts = self.ledger(), [x for row in q for x in row], []
        for s in range(SHARDS):
            part = 0.0
            for j in range(s * len(ledger) // SHARDS, (s + 1) * len(ledger) // SHARDS):
                counts, sums = self.bcc_counts(q, subtypes, ledger[j], ledger[j])
                for row in counts.values():
                    for n in row:
                        part += lgamma(n)
                for n in sums:
                    part -= lgamma(n)
            for x in flat[s * len(flat) // SHARDS:(s + 1) * len(flat) // SHARDS]:
                if x > 0:
                    part -= x * log(x)
            parts.append(part)
        return bound + total(parts)

    def ebcc(self, subtypes, starts, steps):
        shares, best = self.majority(), (-math.inf, None)
        pseudo = column_sums(shares)
        for start in range(starts):
            q = []
            for i, row in enumerate(shares):
                draw, parts = splitmix("ebcc", start, i), []
                for z in row:
                    own = [-log(next(draw)) for _ in range(subtypes)]
                    parts += [z * x / total(own) for x in own]
                q.append(parts)
            q = self.bcc(q, subtypes, pseudo, steps)
            bound = self.bcc_bound(q, subtypes, pseudo)
            if bound > best[0]:
                best = bound, [[total(row[c * subtypes:(c + 1) * subtypes]) for c in range(self.k)] for row in q]
        return best[1]

    def bwa(self, steps):
        z, ledger, k = self.majority(), self.ledger(), self.k
        spread = [0.0] * k
        for votes, row in zip(self.votes, z):
            spread = [s + len(votes) * x * (1 - x) for s, x in zip(spread, row)]
        scale = 60.0 * (1 - 1 / k) / sum(map(len, self.votes))
        spread = [max(s * scale, 1e-9) for s in spread]
        for step in range(steps):
            precision = []
            for own in self.learn(ledger, step):
                error = list(spread)
                for i, l in own:
                    far = [1 - x if c == l else x for c, x in enumerate(z[i])]
                    error = [e + x * x for e, x in zip(error, far)]
                precision.append([(15 + len(own)) / e for e in error])
            mean, new = [s / len(z) for s in column_sums(z)], []
            for votes in self.votes:
                row, weight = list(mean), [1.0] * k
                for j, l in votes:
                    row[l] += precision[j][l]
                    weight = [w + p for w, p in zip(weight, precision[j])]
                new.append([x / w for x, w in zip(row, weight)])
            z = self.clamp(new)
        return [[x / total(row) for x in row] for row in z]

    def mace(self, starts, steps):
        ledger, best = self.ledger(), (-math.inf, None)

        def cell(spam, know):  # log of spam, what knowledge adds, share of knowledge
            return log(spam), log((spam + know) / spam), know / (spam + know)

        def expect(cells):
            z, rows = [], []
            for votes in self.votes:
                row = [0.0] * self.k
                for j, l in votes:
                    row[l] += cells[j][l][1]
                rows.append(row)
                z.append(softmax(row))
            return self.clamp(z), rows

        for start in range(starts):
            cells = []
            for j, own in enumerate(ledger):
                draw = splitmix("mace", start, j)
                spam, know = 1 + next(draw) / 2, 1 + next(draw) / 2
                labels = [1 + next(draw) / 2 for _ in range(self.k)]
                cells.append({l: cell(spam / (spam + know) * labels[l] / total(labels), know / (spam + know))
                              for _, l in own})
            z, rows = expect(cells)
            for step in range(steps):
                for j, own in enumerate(self.learn(ledger, step)):
                    given, true = dict.fromkeys(cells[j], 0.0), dict.fromkeys(cells[j], 0.0)
                    for i, l in own:
                        given[l] += 1
                        true[l] += z[i][l]
                    spams = {l: given[l] - cells[j][l][2] * true[l] for l in given}
                    n, spam = total(given.values()), total(spams.values())
                    labels, every = digamma(spam + 10.0 * self.k), digamma(n + 0.5 + 0.5)
                    log_spam, know = digamma(spam + 0.5) - every, exp(digamma(n - spam + 0.5) - every)
                    cells[j] = {l: cell(exp(digamma(x + 10.0) - labels + log_spam), know) for l, x in spams.items()}
                z, rows = expect(cells)
            parts = []
            for s in range(SHARDS):
                part = 0.0
                for i in range(s * len(z) // SHARDS, (s + 1) * len(z) // SHARDS):
                    for j, l in self.votes[i]:
                        part += cells[j][l][0]
                    if self.gold[i] is not None:
                        part += rows[i][self.gold[i]]
                    else:
                        top = max(rows[i])
                        part += top + log(total(exp(x - top) for x in rows[i]))
                parts.append(part)
            if total(parts) > best[0]:
                best = total(parts), z
        return best[1]

    def light(self, passes):
        """One or two passes over the tasks, gold before all others; sums in Q32.32."""
        agreed, every = [1] * len(self.workers), [2] * len(self.workers)
        z = [None] * len(self.tasks)

        def share(j):
            return ((agreed[j] << 32) + every[j] // 2) // every[j]

        for i in sorted(range(len(z)), key=lambda i: self.gold[i] is None):
            score = [0] * self.k
            for j, l in self.votes[i]:
                score[l] += share(j)
            z[i] = [s / sum(score) for s in score]
            label = self.best(i, score) if self.gold[i] is None else self.gold[i]
            for j, l in self.votes[i]:
                every[j] += 1
                agreed[j] += l == label
        if passes == 2:
            for i, votes in enumerate(self.votes):
                score = [0] * self.k
                for j, l in votes:
                    score[l] += share(j) * self.k - 2**32
                z[i] = softmax([s * (self.k / (self.k - 1) / 2**32) for s in score])
        return self.clamp(z)

    def crowdlab(self, model):
        z, k = [], self.k
        labels = []
        for i, votes in enumerate(self.votes):
            score = [0.0] * k
            for _, l in votes:
                score[l] += 1
            labels.append(self.best(i, [x + p / 2 for x, p in zip(score, model[i])])
                          if self.gold[i] is None else self.gold[i])
        same, pairs = [0] * len(self.workers), [0] * len(self.workers)
        right, tasks, model_right, chosen = 0.0, 0, 0, [0] * k
        for i, votes in enumerate(self.votes):
            given = [sum(l == c for _, l in votes) for c in range(k)]
            for j, l in votes:
                same[j] += given[l] - 1
                pairs[j] += len(votes) - 1
            right += given[labels[i]] / len(votes)
            tasks += 1
            chosen[labels[i]] += 1
            model_right += self.best(i, model[i]) == labels[i]
        right /= tasks
        answers = sum(map(len, self.votes)) / len(self.votes)
        base = max(1e-4, 1 - max(chosen) / tasks)
        weight = [max(1e-4, 1 - (1 - s / p) / base) for s, p in zip(same, pairs)]
        model_weight = max(1e-4, 1 - (1 - model_right / tasks) / base) * math.sqrt(answers)
        wrong = (1 - right) / (k - 1)
        for votes, shares in zip(self.votes, model):
            own, every = [0.0] * k, 0.0
            for j, l in votes:
                own[l] += weight[j]
                every += weight[j]
            row = [w * right + (every - w) * wrong + model_weight * p for w, p in zip(own, shares)]
            z.append([x / total(row) for x in row])
        return self.clamp(z)

    def live(self, answers):
        """Incremental EM over answers in the order they come."""
        k, z, votes, classes = self.k, {}, {}, [0.0] * self.k
        given = [[[0.0] * k for _ in range(k)] for _ in self.workers]
        every = [[0.0] * k for _ in self.workers]

        def shares():
            return [(n + 1) / (len(z) + k) for n in classes]

        def note(j, l, change):
            for c, x in enumerate(change):
                given[j][l][c] += x
                every[j][c] += x

        for task, worker, label in answers:
            i, j, l = self.tasks.index(task), self.workers.index(worker), self.labels.index(label)
            if i not in z:
                z[i] = shares() if self.gold[i] is None else [float(c == self.gold[i]) for c in range(k)]
                votes[i] = []
                classes = [n + x for n, x in zip(classes, z[i])]
            if j in [v[0] for v in votes[i]]:
                continue
            votes[i].append((j, l))
            note(j, l, z[i])
            if self.gold[i] is not None:
                continue
            row = [log(p) for p in shares()]
            for j, l in votes[i]:
                for c in range(k):
                    n = max(0.0, given[j][l][c]) + 1
                    if c == l:
                        n += 3
                    row[c] += log(n) - log(max(0.0, every[j][c]) + 4 + (k - 1))
            row = softmax(row)
            change = [new - old for new, old in zip(row, z[i])]
            for j, l in votes[i]:
                note(j, l, change)
            classes = [n + x for n, x in zip(classes, change)]
            z[i] = row
        return [z[i] for i in range(len(self.tasks))]

    def scores(self, z, prior):
        """The M step, then every task's log probabilities."""
        k, n = self.k, len(self.tasks)
        base = {"flat": (0.01, 0.01), "diagonal": (4.0, 1.0), "pooled": (0.0, 0.0), "banded": (4.0, 1.0, 0.25, 0.0625)}[prior]
        counts = [[[base[min(abs(l - c), len(base) - 1)] for c in range(k)] for l in range(k)] for _ in self.workers]
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
        z = self.majority() if self.gold.count(None) == len(self.gold) else self.ibcc(1)
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


def predict(tasks, labels):
    """What a model might say of the tasks, in parts of a thousand."""
    draw = random.Random(8)
    return [(task, *[draw.randint(0, 9) ** 3 + 1 for _ in labels]) for task in tasks]


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
    crowd = Crowd(answers, [])
    predictions = predict(crowd.tasks, crowd.labels)
    write("model", ["task", *crowd.labels], predictions)
    model = [[x / total(shares) for x in shares] for _, *shares in predictions]
    for known, crowd in ((0, Crowd(answers, [])), (1, Crowd(answers, gold))):
        for name, z in (("majority", crowd.majority()), ("wawa", crowd.wawa()), ("onecoin", crowd.onecoin(30, 1)),
                        ("zencrowd", crowd.onecoin(30, 0)), ("dsmap", crowd.dawid_skene("diagonal", 0, 30)),
                        ("hds", crowd.dawid_skene("pooled", 0, 30)), ("fds", crowd.dawid_skene("pooled", 30, 10)),
                        ("ibcc", crowd.ibcc(30)), ("ebcc", crowd.ebcc(10, 5, 50)), ("bwa", crowd.bwa(30)),
                        ("mace", crowd.mace(10, 50)), ("la1", crowd.light(1)), ("la2", crowd.light(2)),
                        ("crowdlab", crowd.crowdlab(model)), ("live", crowd.live(answers))):
            labels = "".join(crowd.labels[crowd.best(i, row)][0] for i, row in enumerate(z))
            results.append((name, known, bits(z), labels))
    write("want", ["method", "gold", "sha256", "labels"], results)
    for name, of, points in (
            ("exp", exp, [0.0, -1e-9, -0.3, -0.5, -0.7, -1.0, -3.3, -17.25, -100.0, -699.9, -700.1, 0.7, 5.5]),
            ("log", log, [1.0, 0.01, 0.5, 0.70710678, 0.75, 1.5, 2.0, 3.0, 1e-9, 1e-300, 12345.678, 1e12]),
            ("digamma", digamma, [1.0, 1e-9, 0.01, 0.5, 1.4616321449683622, 2.0, 3.7, 5.999, 6.0, 17.25, 1e6, 1e12]),
            ("lgamma", lgamma, [1.0, 1e-9, 0.01, 0.5, 1.4616321449683622, 2.0, 3.7, 11.999, 12.0, 17.25, 1e6, 1e12]),
            ("erf", erf, [0.0, 1e-9, -0.3, 0.84, 0.85, -1.2, 1.25, 2.0, -2.9, 5.9, 6.1]),
            ("erfc", erfc, [0.0, 1e-9, -0.3, 0.3, 0.84, 0.85, -1.2, 1.25, 2.0, -2.9, 5.9, 20.5, 26.5])):
        write(name, ["x", "want"], [(struct.pack(">d", x).hex(), struct.pack(">d", of(x)).hex()) for x in points])


main()
