"""Measures ``secretariat rank`` and writes benchmarks/results/rank.json.

Cost: 100,000 reviews of 30,000 items by 5,000 reviewers, the whole command in a process of its own, against the
least that any program would do in the same run: read the file with csv and float, and solve once for given
variances with scipy's sparse conjugate gradients. And whether weighing reviews by confidence brings them nearer to
the real decisions of ICLR 2017. How well the line is drawn: benchmarks/cutline.py.
"""

import csv
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
RESULT = ROOT / "benchmarks" / "results" / "rank.json"
ITEMS, REVIEWERS, REVIEWS, PLACES, SEED = 30_000, 5_000, 100_000, 3_000, 20_221_112
RUNS = 3

COMMAND = "import sys; from secretariat.cli import main; sys.exit(main())"
BARE = """
import csv, sys
import numpy as np
from scipy.sparse import csr_array, diags_array
from scipy.sparse.linalg import LinearOperator, cg
items, reviewers, item, reviewer, score = {}, {}, [], [], []
with open(sys.argv[1], newline="") as stream:
    rows = csv.reader(stream)
    next(rows)
    for i, r, s in rows:
        item.append(items.setdefault(i, len(items)))
        reviewer.append(reviewers.setdefault(r, len(reviewers)))
        score.append(float(s))
score = np.array(score) - np.mean(score)
n, m = len(items), len(reviewers)
shared = csr_array((np.ones(len(score)), (item, reviewer)), shape=(n, m))
pivot = np.bincount(item, minlength=n) + 0.64
weight = np.bincount(reviewer, minlength=m) + 0.64 / 0.49
right = np.bincount(reviewer, score, m) - shared.T @ (np.bincount(item, score, n) / pivot)
system = LinearOperator((m, m), lambda x: weight * x - shared.T @ ((shared @ x) / pivot), dtype=float)
bias, info = cg(system, right, rtol=1e-10, M=diags_array(1 / weight))
assert info == 0
quality = (np.bincount(item, score, n) - shared @ bias) / pivot
print(np.argsort(-quality)[0])
"""


def main():
    result = {
        "about": __doc__.split("\n\n")[1].strip().replace("\n", " "),
        "machine": {
            "cores": os.cpu_count(),
            "python": platform.python_version(),
            "system": platform.machine(),
        },
        "cost": cost(),
        "confidence_as_weight": confidence(),
    }
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_text(json.dumps(result, indent=2, sort_keys=True) + "\n")
    print(RESULT.read_text(), end="")


def cost():
    with tempfile.TemporaryDirectory() as folder:
        path, out = Path(folder) / "scores.csv", Path(folder) / "out.json"
        # In a process of its own: a child begins with the peak memory of its parent, so the parent stays small.
        subprocess.run([sys.executable, __file__, "--write", str(path)], check=True)
        options = ["rank", str(path), "--recommend", str(PLACES), "--json", "--out", str(out)]
        found = {"rank": best_of([COMMAND, *options]), "bare_read_and_one_solve": best_of([BARE, str(path)])}
        ranked = json.loads(out.read_text())
    made = simulated()
    best = set(sorted(made.quality, key=made.quality.get)[-PLACES:])
    inside = [entry["low"] <= made.quality[entry["item"]] <= entry["high"] for entry in ranked["items"]]
    return found | {
        "items": ITEMS,
        "reviewers": REVIEWERS,
        "reviews": REVIEWS,
        "seed": SEED,
        "intervals_that_hold_the_truth": sum(inside) / len(inside),
        "recall": len(best & set(ranked["recommended"])) / PLACES,
    }


def simulated():
    from secretariat.engines.calibration.simulate import simulate

    return simulate(items=ITEMS, reviewers=REVIEWERS, reviews=REVIEWS, seed=SEED)


def write(path):
    made = simulated()
    with open(path, "w", newline="") as stream:
        rows = zip(made.items, made.reviewers, made.scores, strict=True)
        csv.writer(stream).writerows([("item", "reviewer", "score"), *rows])


def best_of(arguments):
    """The quickest of some runs: seconds on the clock and of processor, start of Python included; peak memory."""
    return min((measured(arguments) for _ in range(RUNS)), key=lambda run: run["wall_seconds"])


def measured(arguments):
    start = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-c", *arguments],
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdout=subprocess.DEVNULL,
    )
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"a measured command ended with {process.returncode}")
    return {
        "wall_seconds": round(wall, 3),
        "cpu_seconds": round(usage.ru_utime + usage.ru_stime, 3),
        "peak_megabytes": round(
            usage.ru_maxrss / 1024 if sys.platform == "linux" else usage.ru_maxrss / 2**20, 1
        ),
    }


def confidence():
    """By weight of a review: expected agreement with the 198 acceptances, ties at the line counted in
    proportion, and mean square error of p_above. None where the scores are not beside this clone."""
    from secretariat.engines.calibration import calibrate

    rows = iclr_rows()
    if rows is None:
        return None
    accepted = {row["forum"] for row in rows if row["decision"].startswith("Accept")}
    items = [row["forum"] for row in rows for _ in row["ratings"].split()]
    scores = [float(rating) for row in rows for rating in row["ratings"].split()]
    confident = [float(sure) for row in rows for sure in row["confidences"].split()]
    reviewers = [str(number) for number in range(len(items))]
    found = {}
    for name, power in (("none", 0), ("confidence", 1), ("confidence squared", 2)):
        weights = [sure**power for sure in confident]
        ranking = calibrate(items, reviewers, scores, recommend=len(accepted), weights=weights)
        errors = [(entry.p_above - (entry.item in accepted)) ** 2 for entry in ranking.items]
        found[name] = {
            "agreement": agreement(ranking, accepted),
            "mean_square_error": round(statistics.mean(errors), 4),
        }
    return found


def iclr_rows():
    path = ROOT.parent / "shared" / "data" / "review-scores-iclr-2017" / "data" / "scores.csv"
    if not path.is_file():
        return None
    with path.open(newline="") as stream:
        return list(csv.DictReader(stream))


def iclr():
    """Expected agreement with the real acceptances of the calibrated order and of the plain mean, ties at the line
    counted in proportion. None where the scores are not beside this clone."""
    from secretariat.engines.calibration import calibrate

    rows = iclr_rows()
    if rows is None:
        return None
    accepted = {row["forum"] for row in rows if row["decision"].startswith("Accept")}
    items = [row["forum"] for row in rows for _ in row["ratings"].split()]
    scores = [float(rating) for row in rows for rating in row["ratings"].split()]
    reviewers = [str(number) for number in range(len(items))]
    found = {"items": len(rows), "accepted": len(accepted)}
    for method in ("additive", "mean"):
        ranking = calibrate(items, reviewers, scores, recommend=len(accepted), method=method)
        found[method] = agreement(ranking, accepted)
    return found


def agreement(ranking, accepted):
    line = ranking.items[len(accepted) - 1].rank
    above = [entry.item in accepted for entry in ranking.items if entry.rank < line]
    level = [entry.item in accepted for entry in ranking.items if entry.rank == line]
    return round(sum(above) + (len(accepted) - len(above)) * statistics.mean(level), 2)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--write"]:
        write(sys.argv[2])
    else:
        main()
