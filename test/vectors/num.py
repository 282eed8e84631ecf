"""Golden numbers for core/num from mpmath, 40 digits.

    python3 -m venv venv && venv/bin/pip install mpmath==1.4.1
    venv/bin/python num.py            # rewrites num_*.tsv beside this file
"""

import pathlib
import random

from mpmath import betainc, floor, mp, mpf, sqrt

mp.dps = 40
HERE = pathlib.Path(__file__).parent
Z = {800000: 841621, 900000: 1281552, 950000: 1644854, 975000: 1959964, 990000: 2326348}


def write(name, header, rows):
    lines = ["\t".join(map(str, row)) for row in [header, *rows]]
    (HERE / f"num_{name}.tsv").write_text("\n".join(lines) + "\n")


def wilson(s, n, confidence):
    z, s, n = mpf(Z[confidence]) / 10**6, mpf(s), mpf(n)
    p = s / n
    low = (p + z * z / (2 * n) - z * sqrt(p * (1 - p) / n + z * z / (4 * n * n))) / (1 + z * z / n)
    return int(floor(low * 10**6))


def beta_lower(a, b):
    """The 5 % quantile by bisection on the regularised incomplete beta."""
    a, b, low, high = mpf(a) / 10**6, mpf(b) / 10**6, mpf(0), mpf(1)
    for _ in range(40):
        mid = (low + high) / 2
        if betainc(a, b, 0, mid, regularized=True) < mpf("0.05"):
            low = mid
        else:
            high = mid
    return int(floor(low * 10**6))


def decay(x, elapsed, half):
    return int(floor(mpf(x) * mpf(2) ** (-mpf(elapsed) / half)))


def main():
    draw = random.Random(1)
    sizes = [1, 2, 3, 5, 7, 10, 19, 40, 100, 250, 1000, 12345, 10**6, 10**9]
    trials = [(s, n) for n in sizes for s in sorted({0, 1, n // 2, n - n // 20, n - 1, n}) if 0 <= s <= n]
    write("wilson", ["successes", "n", "confidence", "want"],
          [(s, n, c, wilson(s, n, c) if s else 0) for s, n in trials for c in Z])
    counts = [100000, 500000, 1000000, 1500000, 2000000, 3700000, 10000000, 25250000, 100000000, 1000000000]
    write("beta", ["alpha", "beta", "want"], [(a, b, beta_lower(a, b)) for a in counts for b in counts])
    year = 365 * 86400 * 1000
    ages = [(draw.randrange(1, 2 ** draw.randrange(2, 50)), draw.randrange(0, 3 * year),
             draw.choice([10**9, 90 * 86400 * 1000, year])) for _ in range(60)]
    write("decay", ["x", "elapsed", "half_life", "want"], [(*a, decay(*a)) for a in ages])


main()
