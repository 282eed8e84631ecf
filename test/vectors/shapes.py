"""Golden numbers for spans, boxes and masks: core/quality/{span,box,mask} once
more, in plain Python.

    python3 shapes.py         # standard library only; rewrites shapes_*.tsv

As quality.py, whose exp, log and psi it uses: written from the published
formulas and the rules of strict arithmetic, to agree to the last bit.
"""

import hashlib
import math
import pathlib
import random
import struct

from quality import SHARDS, digamma, exp, log

HERE = pathlib.Path(__file__).parent


def tie(*names):
    return hashlib.sha256(b"alaya/quality/tie/v1\0" + bytes(32) + b"".join(n.encode() + b"\0" for n in names)).digest()


def numbered(answers):
    """Tasks, workers and votes by task, all in byte order."""
    tasks, workers = sorted({a[0] for a in answers}), sorted({a[1] for a in answers})
    votes = [[] for _ in tasks]
    for task, worker, value in sorted(answers, key=lambda a: a[:2]):
        votes[tasks.index(task)].append((workers.index(worker), value))
    return tasks, workers, votes


def total(values):
    t = 0.0
    for x in values:
        t += x
    return t


class Chain:
    """HMM-crowd (contexts = 1) and BSC-seq (contexts = K)."""

    def __init__(self, answers):
        self.tasks, self.workers, self.votes = numbered(answers)
        labels = sorted({t[2:] for a in answers for t in a[2] if t != "O"})
        self.tags = ["O"] + [kind + label for label in labels for kind in ("B-", "I-")]
        self.k = len(self.tags)
        self.votes = [[(j, [self.tags.index(t) for t in tags]) for j, tags in votes] for votes in self.votes]
        self.z = []
        for votes in self.votes:
            rows = [[0.0] * self.k for _ in votes[0][1]]
            for _, tags in votes:
                for row, tag in zip(rows, tags):
                    row[tag] += 1 / len(votes)
            self.z.append(rows)
        self.contexts = 1
        self.moves = None

    def follows(self, tag, after):
        return after == 0 or after % 2 == 1 or tag in (after, after - 1)

    def learn_workers(self):
        k, n = self.k, self.contexts
        self.theta = []
        for j in range(len(self.workers)):
            counts = [[[1e-6 if n > 1 and not self.follows(c, given) else (4 if given == tag else 1) / n
                        for tag in range(k)] for given in range(k)] for c in range(n)]
            for votes, rows in zip(self.votes, self.z):
                for tags in [tags for worker, tags in votes if worker == j]:
                    for cell, row in zip(self.cells(counts, tags), rows):
                        for tag in range(k):
                            cell[tag] += row[tag]
            for context in counts:
                for tag in range(k):
                    everything = digamma(total(context[given][tag] for given in range(k)))
                    for given in range(k):
                        context[given][tag] = digamma(context[given][tag]) - everything
            self.theta.append(counts)

    def cells(self, table, tags):
        before = 0
        for given in tags:
            yield table[before][given]
            if self.contexts > 1:
                before = given

    def level_steps(self):
        share, tokens = [0.0] * self.k, 0
        for rows in self.z:
            for row in rows:
                tokens += 1
                share = [s + x for s, x in zip(share, row)]
        self.step = [[(s + 0.1) / (tokens + 1) for s in share] for _ in range(self.k + 1)]

    def learn_steps(self):
        self.step = []
        for tag in range(self.k + 1):
            row = [0.0] * self.k
            for after in range(self.k):
                if self.follows(tag if tag < self.k else 0, after):
                    row[after] = 0.1
                    for moves in self.moves:
                        row[after] += moves[tag][after]
            everything = digamma(total(row))
            self.step.append([exp(digamma(n) - everything) if n > 0 else 0.0 for n in row])

    def infer(self, done=None):
        n = len(self.tasks)
        self.moves = []
        for s in range(SHARDS):
            moves = [[0.0] * self.k for _ in range(self.k + 1)]
            for i in range(s * n // SHARDS, (s + 1) * n // SHARDS):
                lattice = self.explain(i)
                self.forward_backward(i, lattice, moves)
                if done:
                    done(i, *lattice)
            self.moves.append(moves)

    def explain(self, i):
        seen = [[0.0] * self.k for _ in self.votes[i][0][1]]
        for j, tags in self.votes[i]:
            for row, cell in zip(seen, self.cells(self.theta[j], tags)):
                for tag in range(self.k):
                    row[tag] += cell[tag]
        seen = [[max(exp(x - max(row)), 1e-90) for x in row] for row in seen]
        return seen, [], [], []

    def forward_backward(self, i, lattice, moves):
        seen, ahead, back, scale = lattice
        tags, n = range(self.k), len(seen)
        for t in range(n):
            row = list(self.step[self.k])
            if t > 0:
                row = [0.0] * self.k
                for tag in tags:
                    for to in tags:
                        row[to] += ahead[-1][tag] * self.step[tag][to]
            row = [row[tag] * seen[t][tag] for tag in tags]
            scale.append(total(row))
            ahead.append([x / scale[-1] for x in row])
        for t in reversed(range(n)):
            back.insert(0, [1.0] * self.k if t == n - 1 else [
                total(self.step[tag][to] * seen[t + 1][to] * back[0][to] for to in tags) / scale[t + 1] for tag in tags])
        for t in range(n):
            row = [ahead[t][tag] * back[t][tag] for tag in tags]
            self.z[i][t] = [x / total(row) for x in row]
            for tag in tags if t > 0 else [self.k]:
                for to in tags:
                    if t > 0:
                        moves[tag][to] += ahead[t - 1][tag] * self.step[tag][to] * (seen[t][to] * back[t][to]) / scale[t]
                    else:
                        moves[tag][to] += self.step[tag][to] * seen[t][to] * back[t][to] / scale[t]

    def iterate(self, times):
        for _ in range(times):
            self.learn_workers()
            self.learn_steps()
            self.infer()

    def run(self, model):
        for _ in range(5):
            self.learn_workers()
            self.level_steps()
            self.infer()
        if model == "bsc":
            self.iterate(5)
            self.contexts = self.k
        self.iterate(10)
        self.learn_workers()
        self.learn_steps()
        numbers, found = [], []

        def done(i, seen, ahead, back, scale):
            tags = self.decode(self.tasks[i], seen)
            found.append(" ".join(self.tags[t] for t in tags))
            lattice = (tags, seen, ahead, back, scale)
            numbers.append(self.chance(*lattice, 0, len(tags)))
            for start in [t for t, tag in enumerate(tags) if tag % 2 == 1]:
                end = start + 1
                while end < len(tags) and tags[end] == tags[start] + 1:
                    end += 1
                numbers.append(self.chance(*lattice, start, end))

        self.infer(done)
        return numbers, found

    def decode(self, task, seen):
        def lowest(values):
            top = max(values.values())
            return min((x for x in values if values[x] == top), key=lambda x: tie(task, self.tags[x]))

        def log_of(p):
            return log(p) if p else -1e9

        best, origin = {to: log_of(self.step[self.k][to]) + log_of(seen[0][to]) for to in range(self.k)}, []
        for row in seen[1:]:
            after, chosen = {}, []
            for to in range(self.k):
                ways = {tag: best[tag] + log_of(self.step[tag][to]) for tag in best if self.step[tag][to]}
                chosen.append(lowest(ways))
                after[to] = ways[chosen[-1]] + log_of(row[to])
            origin.append(chosen)
            best = after
        tags = [lowest(best)]
        for chosen in reversed(origin):
            tags.insert(0, chosen[tags[0]])
        return tags

    def chance(self, tags, seen, ahead, back, scale, start, end):
        p = ahead[start][tags[start]]
        for t in range(start + 1, end):
            p = p * (self.step[tags[t - 1]][tags[t]] * seen[t][tags[t]]) / scale[t]
        if end < len(tags):
            on = [to for to in range(self.k) if to == 0 or to % 2 == 1]
            p *= total(self.step[tags[end - 1]][to] * seen[end][to] * back[end][to] / scale[end] for to in on)
        return min(1.0, p)


class Boxes:
    """The model of Branson et al., each worker measured against the others."""

    def __init__(self, answers):
        self.tasks, self.workers, votes = numbered(answers)
        self.scenes = []
        for task, drawn in zip(self.tasks, votes):
            draws = self.splitmix(tie(task))
            boxes = [(j, d, box, next(draws)) for j, all_of in drawn for d, box in enumerate(all_of)]
            near = [sorted((b[0], 1 - iou(a[2], b[2]), b[3], n) for n, b in enumerate(boxes)
                           if b[0] != a[0] and iou(a[2], b[2]) >= 0.5) for a in boxes]
            self.scenes.append(([j for j, _ in drawn], boxes, near))

    @staticmethod
    def splitmix(salt):
        key = b"alaya/quality/random/v1\0" + salt + b"drawing\0"
        state, mask = int.from_bytes(hashlib.sha256(key).digest()[:8], "big"), 2**64 - 1
        while True:
            state = (state + 0x9E3779B97F4A7C15) & mask
            z = state
            z = ((z ^ z >> 30) * 0xBF58476D1CE4E5B9) & mask
            z = ((z ^ z >> 27) * 0x94D049BB133111EB) & mask
            yield z ^ z >> 31

    def run(self):
        clusters = [[] for _ in self.tasks]
        for _ in range(6):
            self.learn(clusters)
            clusters = [self.cluster(*scene) for scene in self.scenes]
        numbers, found = [], []
        for (workers, _, _), things in zip(self.scenes, clusters):
            for box, members in things:
                real = none = 0.0
                inside = [j for j, _, _ in members]
                for j in workers:
                    false, missed, _ = self.skill[j]
                    real += log(1 - false) if j in inside else log(missed)
                    none += log(false) if j in inside else log(1 - missed)
                numbers.append(1 / (1 + exp(min(none - real, 700))))
                found.append(" ".join(map(str, [*box, *inside])))
        return numbers + [x for s in self.skill for x in s], found

    def learn(self, clusters):
        n = len(self.workers)
        drawn, alone, missed, things, matched, squares = [0] * n, [0] * n, [0] * n, [0] * n, [0] * n, [0.0] * n
        for (workers, boxes, _), found in zip(self.scenes, clusters):
            for j in workers:
                things[j] += len(found)
                missed[j] += len(found)
            for box in boxes:
                drawn[box[0]] += 1
                alone[box[0]] += 1
            for _, members in found:
                for j, _, overlap in members:
                    alone[j] -= 1
                    missed[j] -= 1
                    if len(members) > 1:
                        matched[j] += 1
                        squares[j] += (1 - overlap) * (1 - overlap)
        if not any(clusters):
            drawn, alone, things, missed = [0] * n, [0] * n, [0] * n, [0] * n
        self.skill = [((0.5 + alone[j]) / (5 + drawn[j]), (0.5 + missed[j]) / (5 + things[j]),
                       math.sqrt((0.3125 + squares[j]) / (5 + matched[j]))) for j in range(n)]

    def gain(self, j, distance):
        false, missed, sigma = self.skill[j]
        join = log(sigma) + 9.18938533204672741780e-01 - log(1 - false) + log(missed) - log(1 - missed)
        return -log(false) - join - 1 / (2 * sigma * sigma) * (distance * distance)

    def cluster(self, workers, boxes, near):
        opening = total(-log(self.skill[j][1]) for j in workers)
        free, things = set(range(len(boxes))), []
        while True:
            best = None
            for at in sorted(free):
                members, last = [(at, self.gain(boxes[at][0], 0))], None
                for j, distance, _, n in near[at]:
                    if n in free and j != last:
                        last = j
                        members.append((n, self.gain(j, distance)))
                saved = total(max(0.0, g) for _, g in members)
                if saved > opening and (best is None or (-saved, boxes[at][3]) < best[0]):
                    best = ((-saved, boxes[at][3]), at, sorted(n for n, _ in members))
            if best is None:
                return things
            _, at, members = best
            free -= set(members)
            things.append(self.join(boxes[at][2], [boxes[n] for n in members]))

    def join(self, near, members):
        shapes = [(box, 1 / (self.skill[j][2] * self.skill[j][2])) for j, _, box, _ in members]
        found = []
        for i, (j, d, box, _) in enumerate(members):
            others = shapes[:i] + shapes[i + 1:]
            found.append((j, d, iou(box, mean(near, others)) if others else 0.0))
        return mean(near, shapes), found


def iou(a, b):
    width, height = min(a[2], b[2]) - max(a[0], b[0]), min(a[3], b[3]) - max(a[1], b[1])
    shared = width * height if width > 0 and height > 0 else 0
    return shared / ((a[2] - a[0]) * (a[3] - a[1]) - shared + (b[2] - b[0]) * (b[3] - b[1]))


def mean(near, shapes):
    everything = total(w for _, w in shapes)
    edges = [ref + math.floor(total(w * (box[e] - ref) for box, w in shapes) / everything + 0.5)
             for e, ref in enumerate(near)]
    return (edges[0], edges[1], max(edges[2], edges[0] + 1), max(edges[3], edges[1] + 1))


class Masks:
    """Votes on pixels: equal, weighted by overlap with the others, and EM."""

    def __init__(self, answers):
        self.tasks, self.workers, votes = numbered(answers)
        self.pictures = []
        for drawn in votes:
            masks = [pixels for _, pixels in drawn]
            pieces, last = [], ()
            for pixel in range(len(masks[0])):
                painters = tuple(n for n, m in enumerate(masks) if m[pixel])
                if painters and painters == last:
                    pieces[-1][1] += 1
                elif painters:
                    pieces.append([painters, 1])
                last = painters
            self.pictures.append(([j for j, _ in drawn], masks, pieces))

    def run(self, method):
        n = len(self.workers)
        weight = [1.0] * n
        inside = [self.shares(p, weight) for p in self.pictures]
        if method == "weighted":
            for _ in range(5):
                values = [self.overlaps(p, weight) for p in self.pictures]
                weight = [log(1 + 1 / (1 - x + 1e-5)) for x in self.means(values)]
            inside = [self.shares(p, weight) for p in self.pictures]
        if method == "em":
            for _ in range(10):
                values = [self.right(p, q) for p, q in zip(self.pictures, inside)]
                clamped = [min(max(p, 0.5), 0.99) for p in self.means(values)]
                weight = [log(p / (1 - p)) for p in clamped]
                inside = [self.believe(p, weight) for p in self.pictures]
        return self.result(inside)

    def shares(self, picture, weight):
        workers, _, pieces = picture
        return [total(weight[workers[n]] for n in painters) / total(weight[j] for j in workers) for painters, _ in pieces]

    def overlaps(self, picture, weight):
        workers, _, pieces = picture
        everything = total(weight[j] for j in workers)
        both, either = [0] * len(workers), [0] * len(workers)
        for painters, pixels in pieces:
            painted = total(weight[workers[n]] for n in painters)
            for n, j in enumerate(workers):
                others = painted - weight[j] if n in painters else painted
                theirs = 2 * others >= everything - weight[j]
                both[n] += pixels * (n in painters and theirs)
                either[n] += pixels * (n in painters or theirs)
        return [b / e if e else 1.0 for b, e in zip(both, either)]

    def right(self, picture, inside):
        workers, masks, pieces = picture
        mass, both = 0.0, [0.0] * len(workers)
        for (painters, pixels), q in zip(pieces, inside):
            mass += q * pixels
            for n in painters:
                both[n] += q * pixels
        area = max(1, sum(pixels for _, pixels in pieces))
        return [1 - (sum(m) + mass - 2 * b) / area for m, b in zip(masks, both)]

    def believe(self, picture, weight):
        workers, _, pieces = picture
        against = total(weight[j] for j in workers)
        inside = []
        for painters, _ in pieces:
            odds = -against
            for n in painters:
                odds += 2 * weight[workers[n]]
            inside.append(1 / (1 + exp(min(-odds, 700))))
        return inside

    def means(self, values):
        n = len(self.workers)
        sums, counts, mass, votes = [0.0] * n, [0.0] * n, 0.0, 0.0
        for (workers, _, _), row in zip(self.pictures, values):
            for j, x in zip(workers, row) if len(workers) > 1 else []:
                sums[j] += x
                counts[j] += 1
                mass += x
                votes += 1
        return [(s + 2 * (mass / votes)) / (c + 2) for s, c in zip(sums, counts)]

    def result(self, inside):
        numbers, found, overlap = [], [], [(0.0, 0)] * len(self.workers)
        for (workers, masks, pieces), row in zip(self.pictures, inside):
            right = either = 0.0
            for (_, pixels), q in zip(pieces, row):
                right += pixels * q if q >= 0.5 else 0.0
                either += pixels if q >= 0.5 else pixels * q
            numbers.append(right / either if either else 1.0)
            good = {painters: q >= 0.5 for (painters, _), q in zip(pieces, row)}
            picture = [good.get(tuple(n for n, m in enumerate(masks) if m[x]), False) for x in range(len(masks[0]))]
            found.append("".join("#" if x else "." for x in picture))
            for j, m in zip(workers, masks):
                both, any_of = sum(a and b for a, b in zip(m, picture)), sum(a or b for a, b in zip(m, picture))
                overlap[j] = (overlap[j][0] + (both / any_of if any_of else 1.0), overlap[j][1] + 1)
        return numbers + [s / n for s, n in overlap], found


def simulate_tags(draw):
    answers = []
    for i in range(40):
        n = draw.randint(4, 12)
        truth = [draw.choice(["O", "O", "LOC", "PER"]) for _ in range(n)]
        for j in sorted(draw.sample(range(9), draw.randint(2, 5))):
            given = [draw.choice(["O", "LOC", "PER"]) if draw.random() < 0.05 * j else x for x in truth]
            tags = [x if x == "O" else ("I-" if t and given[t - 1] == x and draw.random() < 0.8 else "B-") + x
                    for t, x in enumerate(given)]
            answers.append((f"task-{i}", f"worker-{j}", tags))
    return answers


def simulate_boxes(draw):
    answers = []
    for i in range(40):
        truth = [(x, y, x + draw.randint(40, 150), y + draw.randint(40, 150))
                 for x, y in [(draw.randint(0, 400), draw.randint(0, 400)) for _ in range(draw.randint(0, 5))]]
        for j in sorted(draw.sample(range(8), draw.randint(2, 6))):
            boxes = [[e + draw.randint(-1 - 2 * j, 1 + 2 * j) for e in box] for box in truth if draw.random() > 0.05 * j]
            for _ in range(draw.random() < 0.08 * j):
                x, y = draw.randint(0, 400), draw.randint(0, 400)
                boxes.append([x, y, x + draw.randint(40, 150), y + draw.randint(40, 150)])
            answers.append((f"task-{i}", f"worker-{j}", boxes))
    return answers


def simulate_masks(draw):
    height, width, answers = 18, 21, []
    for i in range(30):
        x, y, w, h = draw.randint(2, 8), draw.randint(2, 7), draw.randint(4, 9), draw.randint(4, 8)
        for j in sorted(draw.sample(range(8), draw.randint(1, 6))):
            a, b, c, d = [e + draw.randint(-j // 2, j // 2) for e in (x, y, x + w, y + h)]
            answers.append((f"task-{i}", f"worker-{j}", [a <= p // height < c and b <= p % height < d
                                                        for p in range(height * width)]))
    return answers


def runs(pixels):
    counts, last = [0], False
    for x in pixels:
        if x != last:
            counts.append(0)
        counts[-1] += 1
        last = x
    return counts


def write(name, header, rows):
    lines = ["\t".join(map(str, row)) for row in [header, *rows]]
    (HERE / f"shapes_{name}.tsv").write_text("\n".join(lines) + "\n")


def main():
    draw = random.Random(12)
    tags, boxes, masks = simulate_tags(draw), simulate_boxes(draw), simulate_masks(draw)
    write("tags", ["task", "worker", "tags"], [(t, w, " ".join(v)) for t, w, v in tags])
    write("boxes", ["task", "worker", "boxes"], [(t, w, " ".join(",".join(map(str, b)) for b in v)) for t, w, v in boxes])
    write("masks", ["task", "worker", "runs"], [(t, w, " ".join(map(str, runs(v)))) for t, w, v in masks])
    results = [("hmm", *Chain(tags).run("hmm")), ("bsc", *Chain(tags).run("bsc")), ("box", *Boxes(boxes).run())]
    results += [(f"mask {m}", *Masks(masks).run(m)) for m in ("majority", "weighted", "em")]
    write("want", ["method", "numbers", "found"], [
        (name, hashlib.sha256(b"".join(struct.pack("<d", x) for x in numbers)).hexdigest(),
         hashlib.sha256("\n".join(found).encode()).hexdigest()) for name, numbers, found in results])


if __name__ == "__main__":
    main()
