"""Golden numbers for answers that are no categories: core/quality/{numeric,
ordinal,text,pairwise} once more, in plain Python.

    python3 answers.py        # standard library only; rewrites answers_*.tsv

As quality.py, whose log and Dawid-Skene it uses: written from the published
formulas and the rules of strict arithmetic, to agree to the last bit.
"""

import hashlib
import math
import pathlib
import random
import unicodedata

from quality import Crowd, log
from shapes import numbered, tie, total

HERE = pathlib.Path(__file__).parent


def ppm(x):
    return math.floor(x * 1e6 + 0.5)


# Numbers


def mean(values):
    return total(values) / len(values)


def median(values):
    half = len(values) // 2
    return values[half] if len(values) % 2 else (values[half - 1] + values[half]) / 2


def trimmed(values):
    drop = len(values) // 5
    return mean(values[drop : len(values) - drop])


def deviation(values, centre):
    return 1.4826 * median(sorted(abs(y - centre) for y in values))


def huber(values):
    value = median(values)
    bound = 1.345 * deviation(values, value)
    if bound == 0:
        return value
    for _ in range(20):
        weight = [bound / abs(y - value) if abs(y - value) > bound else 1.0 for y in values]
        value = total(w * y for w, y in zip(weight, values)) / total(weight)
    return value


class Numbers:
    methods = {"mean": mean, "median": median, "trimmed": trimmed, "huber": huber}

    def __init__(self, answers):
        self.tasks, self.workers, self.votes = numbered(answers)

    def estimate(self, method, votes):
        if method == "lfc":
            return self.lfc(votes)
        return [self.methods[method](sorted(y for _, y in v)) if v else 0.0 for v in votes]

    def spreads(self, votes, value):
        w = len(self.workers)
        n, bias, variance = [0] * w, [0.0] * w, [0.0] * w
        for own, x in zip(votes, value):
            for j, y in own:
                n[j] += 1
                bias[j] += y - x
        bias = [b / max(1, m) for b, m in zip(bias, n)]
        for own, x in zip(votes, value):
            for j, y in own:
                d = y - x - bias[j]
                variance[j] += d * d
        return n, bias, [v / max(1, m - 1) for v, m in zip(variance, n)]

    def lfc(self, votes):
        n, bias, variance = self.spreads(votes, self.estimate("mean", votes))
        bias = [b if m > 1 and abs(b) > 2 * math.sqrt(v / m) else 0.0 for m, b, v in zip(n, bias, variance)]

        def weighted(weight):
            return [total(weight[j] * (y - bias[j]) for j, y in own) / total(weight[j] for j, _ in own) if own else 0.0
                    for own in votes]

        value = weighted([1.0] * len(n))
        for _ in range(20):
            squares, everything = [0.0] * len(n), 0.0
            for own, x in zip(votes, value):
                for j, y in own:
                    d = y - bias[j] - x
                    squares[j] += d * d
                    everything += d * d
            job = everything / sum(map(len, votes))
            value = weighted([(m + 4) / (s + 4 * job) for m, s in zip(n, squares)])
        return value

    def choose(self):
        """Gain and error of each method in predicting held-out answers."""
        names = [*self.methods, "lfc"]
        held = {}
        for fold in range(5):
            rest = [[v for n, v in enumerate(own) if (i + n) % 5 != fold] for i, own in enumerate(self.votes)]
            values = [self.estimate(m, rest) for m in names]
            for i, own in enumerate(self.votes):
                for n, (j, y) in enumerate(own):
                    if (i + n) % 5 == fold and rest[i]:
                        held[i, n] = (j, [(y - value[i]) * (y - value[i]) for value in values])
        at = sorted(held)
        everything = total(held[x][1][0] for x in at)
        trials = []
        for k, name in enumerate(names):
            gain = total(held[x][1][0] - held[x][1][k] for x in at) / len(at)
            by_task, by_worker = [0.0] * len(self.tasks), [0.0] * len(self.workers)
            for x in at:
                j, errors = held[x]
                d = errors[0] - errors[k] - gain
                by_task[x[0]] += d
                by_worker[j] += d
            squares = max(total(d * d for d in by_task), total(d * d for d in by_worker))
            nats = len(at) / (2 * everything)
            trials.append((name, ppm(gain * nats), ppm(math.sqrt(squares) / len(at) * nats)))
        return trials

    def lines(self, method):
        if method == "auto":
            trials = self.choose()
            best = max((t for t in trials if t[1] > 2 * t[2]), key=lambda t: t[1], default=trials[0])
            return [" ".join(map(str, t)) for t in trials] + self.lines(best[0])
        value = self.estimate(method, self.votes)
        residuals = [y - x for own, x in zip(self.votes, value) if len(own) > 1 for _, y in own]
        n, many = len(residuals), sum(len(own) > 1 for own in self.votes)
        job = deviation(residuals, 0) * math.sqrt(n / (n - many))
        lines = []
        for own, x in zip(self.votes, value):
            m = len(own)
            s = deviation([y for _, y in own], x)
            margin = 1.96 * math.sqrt((m * s * s + 4 * job * job) / (m + 4) / m)
            lines.append(f"{ppm(x)} {ppm(margin)} {m}")
        for m, bias, variance in zip(*self.spreads(self.votes, value)):
            lines.append(f"{ppm(bias)} {ppm(math.sqrt(variance))} {m}")
        return lines


# Grades


class Grades(Crowd):
    def lines(self, method):
        z = self.majority() if method == "median" else self.dawid_skene("banded", 0, 30)
        lines, steps = [], [[] for _ in self.workers]
        for i, row in enumerate(z):
            below = 0.0
            for k, share in enumerate(row):
                below += share
                if below > 0.5 or below == 0.5 and share > 0:
                    break
            if below == 0.5:
                after = next((l for l in range(k + 1, self.k) if row[l] > 0), self.k - 1)
                k = min(k, after, key=lambda l: tie(self.tasks[i], self.labels[l]))
            expected = total(l * share for l, share in enumerate(row))
            lines.append(f"{k} {ppm(row[k])} {ppm(expected)} {len(self.votes[i])}")
            for j, l in self.votes[i]:
                steps[j].append(l - k)
        for own in steps:
            bias = sum(own) * 10**6
            n = len(own)
            lines.append(f"{abs(bias) // n * (1 if bias > 0 else -1)} {sum(map(abs, own)) * 10**6 // n} {n}")
        return lines


# Texts


def words(text):
    kept = (c for c in text.lower().replace("’", "'") if c in "' " or unicodedata.category(c)[0] in "LMN")
    return "".join(kept).split()


def distance(a, b):
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        last, row[0] = row[0], i
        for j, y in enumerate(b, 1):
            last, row[j] = row[j], min(last + (x != y), row[j] + 1, row[j - 1] + 1)
    return row[-1]


def counts(sequence, n):
    c = {}
    for i in range(len(sequence) - n + 1):
        gram = tuple(sequence[i : i + n])
        c[gram] = c.get(gram, 0) + 1
    return c


def common(a, b):
    return sum(min(n, b.get(gram, 0)) for gram, n in a.items())


def gleu(a, b):
    a, b = ([counts(x, n) for n in range(1, 5)] for x in (a, b))
    most = max(sum(sum(c.values()) for c in x) for x in (a, b))
    return sum(common(x, y) for x, y in zip(a, b)) / most if most else 1.0


def chrf(a, b):
    precision = recall = orders = 0.0
    for n in range(1, 7):
        x, y = counts("".join(a), n), counts("".join(b), n)
        if not x and not y:
            continue
        shared = common(x, y)
        precision += shared / max(1, sum(x.values()))
        recall += shared / max(1, sum(y.values()))
        orders += 1
    if orders == 0:
        return 1.0
    return 5 * precision * recall / (4 * precision + recall) / orders if precision + recall else 0.0


class Texts:
    def __init__(self, answers):
        self.tasks, self.workers, self.votes = numbered(answers)

    def rely(self, votes, similarity):
        texts = [[words(s) for _, s in own] for own in votes]
        alike = [[[similarity(own[a], own[(a + d + 1) % len(own)]) for d in range(len(own) - 1)] for a in range(len(own))]
                 for own in texts]
        self.reliability = [1.0] * len(self.workers)
        for _ in range(3):
            self.agreement = []
            for i, own in enumerate(votes):
                m = len(own)
                weight = [[self.reliability[own[(a + d + 1) % m][0]] for d in range(m - 1)] for a in range(m)]
                self.agreement.append([total(w * s for w, s in zip(weight[a], alike[i][a])) / total(weight[a]) if m > 1 else 0.0
                                       for a in range(m)])
            met = [[] for _ in self.workers]
            for own, agreement in zip(votes, self.agreement):
                if len(own) > 1:
                    for (j, _), u in zip(own, agreement):
                        met[j].append(u)
            every = [u for own, agreement in zip(votes, self.agreement) if len(own) > 1 for u in agreement]
            middle = total(every) / len(every)
            self.reliability = [(total(m) + 5 * middle) / (len(m) + 5) for m in met]
        self.weight = []
        for own, agreement in zip(votes, self.agreement):
            p = len(own) - 1
            self.weight.append([max((p * u + self.reliability[j]) / (p + 1), 1e-6) for (j, _), u in zip(own, agreement)])
        return texts

    def find(self, method, votes):
        texts = self.rely(votes, chrf if method == "chrf" else gleu)
        found = []
        for i, own in enumerate(votes):
            if not own:
                found.append(("", 0.0))
                continue
            order = sorted(range(len(own)), key=lambda a: (-self.weight[i][a], tie(self.tasks[i], own[a][1])))
            if method == "rover":
                found.append(rover([(texts[i][a], self.weight[i][a]) for a in order]))
            else:
                found.append((own[order[0]][1], self.agreement[i][order[0]] if len(own) > 1 else 1.0))
        return found

    def lines(self, method):
        if method == "auto":
            lines, best = [], None
            rest = [[v for n, v in enumerate(own) if n != i % len(own)] for i, own in enumerate(self.votes)]
            for name in ("rover", "medoid"):
                wrong = every = 0
                for i, (text, _) in enumerate(self.find(name, rest)):
                    if len(rest[i]) > 1:
                        want = words(self.votes[i][i % len(self.votes[i])][1])
                        wrong += distance(want, words(text))
                        every += len(want)
                wer = wrong * 10**6 // max(1, every)
                lines.append(f"{name} {wer}")
                if best is None or wer < best[0]:
                    best = (wer, name)
            return lines + self.lines(best[1])
        found = self.find(method, self.votes)
        lines = [f"{text} {ppm(support)} {len(own)}" for (text, support), own in zip(found, self.votes)]
        answers = [sum(j == w for own in self.votes for w, _ in own) for j in range(len(self.workers))]
        return lines + [f"{ppm(r)} {n}" for r, n in zip(self.reliability, answers)]


def rover(hypotheses):
    slots, weights = [], 0.0
    for hypothesis, weight in hypotheses:
        n, m = len(hypothesis), len(slots)
        cost = [[0] * (m + 1) for _ in range(n + 1)]
        for a in range(n + 1):
            for b in range(m + 1):
                ways = [cost[a - 1][b - 1] + (hypothesis[a - 1] not in slots[b - 1])] if a and b else []
                ways += [cost[a][b - 1] + ("" not in slots[b - 1])] if b else []
                ways += [cost[a - 1][b] + 1] if a else []
                cost[a][b] = min(ways, default=0)
        a, b, back = n, m, []
        while a or b:
            if a and b and cost[a][b] == cost[a - 1][b - 1] + (hypothesis[a - 1] not in slots[b - 1]):
                a, b = a - 1, b - 1
                slot, word = slots[b], hypothesis[a]
            elif b and cost[a][b] == cost[a][b - 1] + ("" not in slots[b - 1]):
                b -= 1
                slot, word = slots[b], ""
            else:
                a -= 1
                slot, word = {"": weights} if weights else {}, hypothesis[a]
            slot[word] = slot.get(word, 0.0) + weight
            back.append(slot)
        slots = back[::-1]
        weights += weight
    best = [max(slot, key=lambda w: (slot[w], len(w.encode()), w.encode())) for slot in slots]
    won, every = total(slot[w] for slot, w in zip(slots, best)), total(weights for _ in slots)
    return " ".join(w for w in best if w), won / every if every else 1.0


# Choices


class Choices:
    """Choices are (worker, left, right, winner), one per worker and order."""

    def __init__(self, choices):
        self.items = sorted({x for c in choices for x in c[1:3]})
        self.workers = sorted({c[0] for c in choices})
        self.choices, self.pairs = [], []
        for worker, left, right, winner in sorted(choices, key=lambda c: (c[1] + "\0" + c[2], c[0])):
            loser = right if winner == left else left
            w, l = self.items.index(winner), self.items.index(loser)
            if {w, l} not in self.pairs:
                self.pairs.append({w, l})
            self.choices.append((self.workers.index(worker), w, l, winner == left))

    def climb(self, strength, wins, dummy, sweeps):
        for _ in range(sweeps):
            for a, own in enumerate(strength):
                won = lost = dummy / (own + 1)
                for b in (next(iter(p - {a})) for p in self.pairs if a in p):
                    share = 1 / (own + strength[b])
                    won += wins.get((a, b), 0.0) * (strength[b] * share)
                    lost += wins.get((b, a), 0.0) * share
                strength[a] = won / lost

    def bt(self):
        wins = {}
        for _, w, l, _ in self.choices:
            wins[w, l] = wins.get((w, l), 0.0) + 1
        strength = [1.0] * len(self.items)
        self.climb(strength, wins, 0.1, 100)
        score = [ppm(log(x)) for x in strength]
        workers = []
        for j in range(len(self.workers)):
            own = [c for c in self.choices if c[0] == j]
            followed = sum((score[w] > score[l]) + (score[w] == score[l]) / 2 for _, w, l, _ in own)
            workers.append((followed / len(own), sum(c[3] for c in own) / len(own)))
        return score, workers

    def noisy(self):
        strength = [1.0] * len(self.items)
        tally = [(0.0, 0.0, 0.0) for _ in self.workers]  # looked, guessed, guessed left

        def figures():
            return [((a + 4) / (a + b + 4 + 1), (c + 1) / (b + 2)) for a, b, c in tally]

        for _ in range(50):
            wins, old = {}, figures()
            tally = [(0.0, 0.0, 0.0) for _ in self.workers]
            for j, w, l, left in self.choices:
                reliability, place = old[j]
                looked = reliability * strength[w] / (strength[w] + strength[l])
                guessed = (1 - reliability) * (place if left else 1 - place)
                p = looked / (looked + guessed)
                wins[w, l] = wins.get((w, l), 0.0) + p
                a, b, c = tally[j]
                tally[j] = (a + p, b + (1 - p), c + (1 - p) if left else c)
            self.climb(strength, wins, 0.5, 5)
        return [ppm(log(x)) for x in strength], figures()

    def lines(self, method):
        score, workers = self.bt() if method == "bt" else self.noisy()
        order = sorted(range(len(score)), key=lambda a: (-score[a], tie(self.items[a])))
        met = [sum(a in c[1:3] for c in self.choices) for a in range(len(score))]
        made = [sum(c[0] == j for c in self.choices) for j in range(len(workers))]
        return ([f"{score[a]} {order.index(a)} {met[a]}" for a in range(len(score))]
                + [f"{ppm(r)} {ppm(left)} {n}" for (r, left), n in zip(workers, made)])


# Crowds


def asked(draw, tasks, workers, least, most):
    for i in range(tasks):
        for j in draw.sample(range(workers), draw.randint(least, most)):
            yield i, j


def simulate_numbers(draw, bias):
    """Workers of uneven precision; one answer in thirty is wild."""
    value = [draw.uniform(-50, 50) for _ in range(60)]
    answers = []
    for i, j in asked(draw, 60, 12, 1, 9):
        noise = draw.gauss(bias * (j % 3), 1 + 2 * (j % 4)) + (200 if draw.random() < 1 / 30 else 0)
        answers.append((f"task-{i}", f"worker-{j}", round(value[i] + noise, 2)))
    return answers


def simulate_grades(draw):
    grade = [draw.randrange(5) for _ in range(70)]
    answers = []
    for i, j in asked(draw, 70, 10, 1, 6):
        step = draw.choice([0, 0, 0, 1, -1] if j % 3 else [0, 1, 1])
        answers.append((f"task-{i}", f"worker-{j}", str(min(max(grade[i] + step, 0), 4))))
    return answers


def simulate_texts(draw):
    """Sentences misheard: words changed, dropped, added, marked."""
    known = "the a cat dog it's Été sat lay ran on under by mat tree door now then again — twice".split()
    answers = []
    sentences = [[draw.choice(known) for _ in range(draw.randint(0, 9))] for _ in range(40)]
    for i, j in asked(draw, 40, 9, 1, 7):
        heard = []
        for word in sentences[i]:
            if draw.random() < 0.05 + 0.04 * j:
                word = draw.choice([draw.choice(known), "", word + " " + draw.choice(known)])
            heard.append(draw.choice([word, word, word.capitalize(), word + draw.choice(",.!")]))
        answers.append((f"task-{i}", f"worker-{j}", " ".join(heard)))
    return answers


def simulate_choices(draw):
    score = [draw.gauss(0, 1.5) for _ in range(20)]
    choices = {}
    for _ in range(300):
        (a, b), j = draw.sample(range(20), 2), draw.randrange(8)
        chance = 0.9 if j % 4 == 3 else 1 / (1 + math.exp(score[b] - score[a]))
        key = (f"worker-{j}", f"item-{a}", f"item-{b}")
        choices.setdefault(key, key[1] if draw.random() < chance else key[2])
    return [(*key, winner) for key, winner in choices.items()]


def write(name, header, rows):
    lines = ["\t".join(map(str, row)) for row in [header, *rows]]
    (HERE / f"answers_{name}.tsv").write_text("\n".join(lines) + "\n")


def main():
    draw = random.Random(11)
    header = ["task", "worker", "label"]
    sets = [
        ("numbers", simulate_numbers(draw, 0), Numbers, ["mean", "median", "trimmed", "huber", "lfc", "auto"]),
        ("biased", simulate_numbers(draw, 15), Numbers, ["lfc", "auto"]),
        ("grades", simulate_grades(draw), lambda answers: Grades(answers, []), ["median", "banded"]),
        ("texts", simulate_texts(draw), Texts, ["rover", "medoid", "chrf", "auto"]),
        ("choices", simulate_choices(draw), Choices, ["bt", "noisy"]),
    ]
    want = []
    for name, answers, kind, methods in sets:
        write(name, ["worker", "left", "right", "winner"] if name == "choices" else header, answers)
        for method in methods:
            lines = kind(answers).lines(method)
            want.append((name, method, hashlib.sha256("\n".join(lines).encode()).hexdigest(), lines[0]))
    write("want", ["set", "method", "sha256", "first"], want)


if __name__ == "__main__":
    main()
