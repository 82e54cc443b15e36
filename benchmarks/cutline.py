"""Measures how honest the line of a selection is and writes benchmarks/results/cutline.json and cutline.svg.

400 simulated calls with known truth, each of the seed's size: 257 items, 40 reviewers, 57 places, 3 reviews an item,
whole scores from 1 to 10, biased reviewers, who spread their scores alike in one world and differently in the other
(a standard deviation of 0.3 of the logarithm). For each method: how many of the truly best 57 it finds; the paired
difference to z-scores with its standard error. For the two that give a joint posterior: the expected calibration
error of P(above the line) over tenths, and how often what it calls 0.9 sure is truly in. And what 30 further reviews
find when they go where the engine says they tell most, to items drawn from the contested band, and to any items.
The drawing shows, for each tenth, what was said and what came true. ICLR 2017 (../shared/data): agreement of the
calibrated order with the real acceptances, beside that of the plain mean; its reviewers have no names.
"""

import json
import os
import platform
import sys
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

import numpy as np  # noqa: E402

from benchmarks.rank import iclr  # noqa: E402
from secretariat.engines.calibration import another_review, calibrate  # noqa: E402
from secretariat.engines.calibration.simulate import simulate  # noqa: E402

RESULT = ROOT / "benchmarks" / "results" / "cutline.json"
CALLS, SPENT_IN = 400, 100
ITEMS, REVIEWERS, PLACES, PER_ITEM, FURTHER = 257, 40, 57, 3, 30
WORLDS = {"alike": 0.0, "different": 0.3}
METHODS = ("mean", "z", "additive", "scaled")
TENTHS = 10


def main():
    calls = int(sys.argv[1]) if sys.argv[1:] else CALLS
    worlds = {name: world(spread, calls) for name, spread in WORLDS.items()}
    result = {
        "about": __doc__.split("\n\n")[1].strip().replace("\n", " "),
        "machine": {
            "cores": os.cpu_count(),
            "python": platform.python_version(),
            "system": platform.machine(),
        },
        "calls": calls,
        "reviewers_spread": worlds,
        "30_further_reviews": further(min(calls, SPENT_IN)),
        "iclr_2017": iclr(),
    }
    RESULT.write_text(json.dumps(result, indent=2, sort_keys=True) + "\n")
    RESULT.with_suffix(".svg").write_text(drawn(worlds))
    print(RESULT.read_text(), end="")


def made(seed, spread):
    return simulate(
        items=ITEMS, reviewers=REVIEWERS, reviews=PER_ITEM * ITEMS, seed=seed, mean=5.5, quality_sd=1.5, bias_sd=1.05,
        noise_sd=1.2, spread_sd=spread, scale=(1, 10),
    )  # fmt: skip


def best_of(truth):
    return set(sorted(truth.quality, key=truth.quality.get)[-PLACES:])


def world(spread, calls):
    recall = {method: [] for method in METHODS}
    said = {method: [] for method in ("additive", "scaled")}
    band = []
    for seed in range(calls):
        truth = made(seed, spread)
        best = best_of(truth)
        for method in METHODS:
            ranking = calibrate(
                truth.items, truth.reviewers, truth.scores, recommend=PLACES, method=method, seed=seed
            )
            recall[method].append(len(best & set(ranking.recommended)) / PLACES)
            if method in said:
                said[method] += [(entry.p_above, entry.item in best) for entry in ranking.items]
        band.append(len(ranking.band))
    z = np.array(recall["z"])
    return {
        "recall": {method: round(float(np.mean(shares)), 4) for method, shares in recall.items()},
        "less_that_of_z": {
            method: {
                "mean": round(float(np.mean(recall[method] - z)), 4),
                "standard_error": round(float(np.std(recall[method] - z, ddof=1) / len(z) ** 0.5), 4),
            }
            for method in ("mean", "additive", "scaled")
        },
        "items_in_the_contested_band": round(float(np.mean(band)), 1),
        "probabilities": {method: reliability(np.array(pairs)) for method, pairs in said.items()},
    }


def reliability(pairs):
    """What was said and what came true, by tenths; the expected calibration error weighs them by their items."""
    p, truly = pairs[:, 0], pairs[:, 1]
    tenth = np.minimum((p * TENTHS).astype(int), TENTHS - 1)
    rows = [(t, tenth == t) for t in range(TENTHS) if (tenth == t).any()]
    curve = [
        {
            "said": round(float(p[at].mean()), 4),
            "true": round(float(truly[at].mean()), 4),
            "items": int(at.sum()),
        }
        for _, at in rows
    ]
    error = sum(abs(row["said"] - row["true"]) * row["items"] for row in curve) / len(p)
    return {
        "curve": curve,
        "expected_calibration_error": round(error, 4),
        "truly_in_where_p_at_least_0.9": round(float(truly[p >= 0.9].mean()), 4),
        "truly_in_where_p_at_most_0.1": round(float(truly[p <= 0.1].mean()), 4),
    }


def further(calls):
    """Recall of the additive model before, and after further reviews were spent in three ways."""
    found = {way: [] for way in ("none", "where they tell most", "in the contested band", "anywhere")}
    for seed in range(calls):
        truth = made(seed, 0.0)
        best, rng = best_of(truth), np.random.default_rng([seed, 1])
        before = calibrate(truth.items, truth.reviewers, truth.scores, recommend=PLACES, seed=seed)
        found["none"].append(len(best & set(before.recommended)))
        chosen = {
            "where they tell most": [gain.item for gain in another_review(before)[:FURTHER]],
            "in the contested band": rng.permutation(before.band)[:FURTHER].tolist(),
            "anywhere": rng.permutation(sorted(truth.quality))[:FURTHER].tolist(),
        }
        for way, items in chosen.items():
            more = [read(truth, item, rng) for item in items]
            after = calibrate(
                truth.items + [row[0] for row in more], truth.reviewers + [row[1] for row in more],
                truth.scores + [row[2] for row in more], recommend=PLACES, seed=seed,
            )  # fmt: skip
            found[way].append(len(best & set(after.recommended)))
    return {"calls": calls, "recall": {way: round(float(np.mean(n)) / PLACES, 4) for way, n in found.items()}}


def read(truth, item, rng):
    """One more review of an item by somebody who has not read it."""
    known = {r for i, r in zip(truth.items, truth.reviewers, strict=True) if i == item}
    reviewer = rng.choice(sorted(truth.bias.keys() - known))
    score = truth.quality[item] + truth.bias[reviewer] + 1.2 * rng.standard_normal()
    return item, str(reviewer), float(np.clip(np.rint(score), 1, 10))


def drawn(worlds):
    """The reliability of both methods in both worlds, a square each, as an SVG that needs nothing else."""
    squares = [
        square(200 * n, f"{method}, spread {name}", found["probabilities"][method]["curve"])
        for n, (name, found, method) in enumerate(
            (name, found, method) for name, found in worlds.items() for method in ("additive", "scaled")
        )
    ]
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 800 220" font-family="sans-serif" font-size="11">'
        '<rect width="800" height="220" fill="#fff"/>' + "".join(squares) + "</svg>\n"
    )


def square(left, title, curve):
    def at(said, true):
        return f"{left + 30 + 150 * said:.1f},{180 - 150 * true:.1f}"

    dots = "".join(
        f'<circle cx="{at(r["said"], r["true"]).split(",")[0]}" cy="{at(r["said"], r["true"]).split(",")[1]}" r="3"'
        ' fill="#1f3a8a"/>'
        for r in curve
    )
    line = " ".join(at(row["said"], row["true"]) for row in curve)
    return (
        f'<path d="M{at(0, 0)} L{at(1, 1)}" stroke="#bbb" fill="none"/>'
        f'<path d="M{at(0, 1)} L{at(0, 0)} L{at(1, 0)}" stroke="#333" fill="none"/>'
        f'<polyline points="{line}" stroke="#1f3a8a" fill="none"/>{dots}'
        f'<text x="{left + 30}" y="20">{title}</text><text x="{left + 60}" y="200">said, 0 to 1</text>'
        f'<text x="{left + 20}" y="110" transform="rotate(-90 {left + 20} 110)">came true</text>'
    )


if __name__ == "__main__":
    main()
