"""Answers of kinds for which no public set with gold is at hand, made up:
pairs, spans and masks. Each function returns answers and gold as rows."""

import json
import random


def pairs(seed=1, items=60, workers=25, choices=3000):
    """Choices between items of known score; a fifth of the workers take the
    left one without looking."""
    chance = random.Random(seed)
    score = [chance.gauss(0, 1.5) for _ in range(items)]
    answers = []
    for _ in range(choices):
        worker, left, right = chance.randrange(workers), *chance.sample(range(items), 2)
        odds = 1 / (1 + 2.718281828 ** (score[right] - score[left]))
        winner = left if worker < workers // 5 or chance.random() < odds else right
        answers.append([f"w{worker}", f"i{left}", f"i{right}", f"i{winner}"])
    return answers, [[f"i{i}", f"{s:.6f}"] for i, s in enumerate(score)]


def spans(seed=2, texts=400, workers=20, each=5):
    """Tags of names and places; workers overlook spans, end them early, or mix
    up their kinds, each in his own measure."""
    chance = random.Random(seed)
    habits = [(chance.uniform(.05, .5), chance.uniform(0, .4), chance.uniform(0, .3)) for _ in range(workers)]
    answers, gold = [], []
    for i in range(texts):
        found, at = [], chance.randint(0, 4)
        while at < 22:
            length = chance.randint(1, 4)
            found.append((at, min(25, at + length), chance.choice(["NAME", "PLACE"])))
            at += length + chance.randint(1, 8)
        gold.append([f"s{i}", tags(found)])
        for j in chance.sample(range(workers), each):
            overlook, short, mix = habits[j]
            marked = []
            for begin, end, kind in found:
                if chance.random() < overlook:
                    continue
                if end - begin > 1 and chance.random() < short:
                    end -= 1
                if chance.random() < mix:
                    kind = "PLACE" if kind == "NAME" else "NAME"
                marked.append((begin, end, kind))
            answers.append([f"s{i}", f"w{j}", tags(marked)])
    return answers, gold


def tags(found, length=25):
    list = ["O"] * length
    for begin, end, kind in found:
        for at in range(begin, end):
            list[at] = ("B-" if at == begin else "I-") + kind
    return json.dumps(list, separators=(",", ":"))


def masks(seed=3, pictures=100, workers=12, each=5, side=48):
    """Ellipses; workers draw them shifted and too large or too small, and a
    fifth of the workers paint somewhere else."""
    chance = random.Random(seed)
    care = [chance.uniform(1, 4) for _ in range(workers)]
    answers, gold = [], []
    for i in range(pictures):
        x, y, a, b = chance.uniform(15, 33), chance.uniform(15, 33), chance.uniform(6, 14), chance.uniform(6, 14)
        gold.append([f"p{i}", mask(side, x, y, a, b)])
        for j in chance.sample(range(workers), each):
            if j < workers // 5:
                drawn = [chance.uniform(8, 40), chance.uniform(8, 40), a, b]
            else:
                off = [chance.gauss(0, care[j]) for _ in range(4)]
                drawn = [x + off[0], y + off[1], max(2, a + off[2]), max(2, b + off[3])]
            answers.append([f"p{i}", f"w{j}", mask(side, *drawn)])
    return answers, gold


def mask(side, x, y, a, b):
    """Runs outside and inside in turn, down the columns, as COCO has them."""
    runs, inside, n = [], False, 0
    for column in range(side):
        for row in range(side):
            now = ((column - x) / a) ** 2 + ((row - y) / b) ** 2 <= 1
            if now != inside:
                runs.append(n)
                inside, n = now, 0
            n += 1
    return json.dumps({"size": [side, side], "counts": runs + [n]}, separators=(",", ":"))
