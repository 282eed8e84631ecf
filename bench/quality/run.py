"""Measures bin/alaya beside its peers, and writes the tables into README.md.

    make bench-quality                            all but 100 million answers
    make bench-quality ARGS='--only speed,rings'  some tables
    make bench-quality ARGS='--full'              100 million answers too
"""

import argparse
import datetime
import os
import pathlib
import platform
import re
import tempfile

import tables

HERE = pathlib.Path(__file__).parent
README = HERE / "README.md"


def machine():
    model = re.search(r"model name\s*: (.*)", pathlib.Path("/proc/cpuinfo").read_text(encoding="utf-8"))
    memory = re.search(r"MemTotal:\s*(\d+)", pathlib.Path("/proc/meminfo").read_text(encoding="utf-8"))
    load = os.getloadavg()[0]
    return (f"{datetime.date.today():%-d %B %Y}, {os.cpu_count()} cores ({model.group(1) if model else platform.machine()}), "
            f"{int(memory.group(1)) >> 20} GiB, load {load:.1f} at the start")


def write(name, text):
    """Puts a table between its markers."""
    page = README.read_text(encoding="utf-8")
    pattern = re.compile(rf"(<!-- {name} -->\n).*?(<!-- end -->)", re.S)
    if not pattern.search(page):
        raise SystemExit(f"README.md has no place for {name}")
    README.write_text(pattern.sub(lambda m: m.group(1) + text + m.group(2), page), encoding="utf-8")


def main():
    args = argparse.ArgumentParser()
    args.add_argument("--alaya", default=HERE.parent.parent / "bin" / "alaya")
    args.add_argument("--data", default=os.environ.get("ALAYA_DATA", ""), help="folder with crowd/ and its sets")
    args.add_argument("--only", default="", help="tables to measure, separated by commas")
    args.add_argument("--patience", type=int, default=60, help="CPU seconds that a peer may take")
    args.add_argument("--full", action="store_true", help="100 million answers too")
    a = args.parse_args()
    sizes = [100_000, 1_000_000, 10_000_000] + ([100_000_000] if a.full else [])
    with tempfile.TemporaryDirectory() as work:
        b = tables.Bench(a.alaya, a.data, work, a.patience)
        todo = {
            "accuracy": lambda: tables.accuracy(b),
            "kinds": lambda: tables.other_kinds(b),
            "generated": lambda: tables.made_up(b),
            "speed": lambda: tables.speed(b),
            "scaling": lambda: tables.scaling(b, sizes),
            "overlap": lambda: tables.overlap(b),
            "rings": lambda: tables.rings(b),
            "calibration": lambda: tables.calibration(b),
            "models": lambda: tables.models(b),
            "outliers": lambda: tables.outliers(b),
        }
        about = machine()
        for name in a.only.split(",") if a.only else todo:
            if not a.data and name not in ("speed", "scaling", "models", "generated"):
                print(f"{name}: skipped, as ALAYA_DATA is not set")
                continue
            text = f"{todo[name]()}\n_{about}_\n"
            print(f"## {name}\n\n{text}", flush=True)
            write(name, text)


if __name__ == "__main__":
    main()
