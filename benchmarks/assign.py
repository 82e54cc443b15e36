"""Times `assign` against a bare OR-Tools flow on the same arrays, and the fair assignment where experts are scarce.

    .venv/bin/python benchmarks/assign.py [path of the shared instances.py]
    .venv/bin/python benchmarks/assign.py --only TEXT    the fair rows with this in their names, into the same results

Every measurement is a process of its own (its peak memory is its own), ours and the bare flow by turns; CPU
seconds count from arrays to pairs, imports and reading apart. The rows "command" run the whole command on a
CSV file, reading included. Results: benchmarks/results/assign.json.
"""

import importlib.util
import json
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

import numpy as np

HERE = Path(__file__).resolve()
SHARED = HERE.parents[1].parent / "shared" / "bench" / "instances.py"
RESULT = HERE.parent / "results" / "assign.json"
RUNS = {"seed257": 5, "mid2000": 5, "big10000": 3}
SCARCE = {
    "257x40": {"items": 257, "reviewers": 40, "slots": 1.2, "topics": 6, "seed": 7},
    "300x100": {"items": 300, "reviewers": 100, "slots": 1.0, "topics": 3, "seed": 1},
    "300x100 four decimals": {
        "items": 300, "reviewers": 100, "slots": 0.6, "topics": 3, "seed": 1, "digits": 4,
    },
    **{
        f"300x100 four decimals, {slots} expert reviews an item, seed {seed}": {
            "items": 300, "reviewers": 100, "slots": slots, "topics": 3, "seed": seed, "digits": 4,
        }
        for slots in (1.4, 1.6, 1.8, 2.0, 2.2, 2.5) for seed in (1, 2)
    },
    **{
        f"300x100, {slots} expert reviews an item": {
            "items": 300, "reviewers": 100, "slots": slots, "topics": 3, "seed": 1,
        }
        for slots in (1.6, 2.0, 2.2)
    },
    # Everybody may read everything and some are better at all of it: too many patterns to list at 300 x 100.
    "257x40, better reviewers for all": {"items": 257, "reviewers": 40, "seed": 1, "spread": 1.1, "least": 10},
    "300x100, better reviewers for all": {"items": 300, "reviewers": 100, "seed": 1, "spread": 1.2, "least": 0},
    "2000x700, 0.6 expert reviews an item": {
        "items": 2000, "reviewers": 700, "slots": 0.6, "topics": 12, "seed": 1,
    },
    "2000x700, 1.6 expert reviews an item": {
        "items": 2000, "reviewers": 700, "slots": 1.6, "topics": 12, "seed": 1,
    },
    "2000x700, 2.5 expert reviews an item": {
        "items": 2000, "reviewers": 700, "slots": 2.5, "topics": 12, "seed": 1,
    },
    "10000x4000, 1.6 expert reviews an item": {
        "items": 10000, "reviewers": 4000, "slots": 1.6, "topics": 40, "seed": 1, "listed": 80,
    },
}  # fmt: skip


def bare_flow(item, reviewer, weight, items, reviewers, wanted, low, high):
    """The yardstick: the network and nothing else. Returns the total weight."""
    from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

    start = time.process_time()
    network = SimpleMinCostFlow()
    network.add_arcs_with_capacity_and_unit_cost(item, items + reviewer, np.ones_like(item), -weight)
    every = np.arange(items, items + reviewers)
    network.add_arcs_with_capacity_and_unit_cost(
        every, np.full(reviewers, items + reviewers), np.full(reviewers, high - low), np.zeros(reviewers, int)
    )
    supply = [np.full(items, wanted), np.full(reviewers, -low), [reviewers * low - items * wanted]]
    network.set_nodes_supplies(np.arange(items + reviewers + 1), np.concatenate(supply))
    assert network.solve() == network.OPTIMAL
    chosen = np.flatnonzero(network.flows(np.arange(item.size)))
    total = int(weight[chosen].sum())
    return {"cpu": time.process_time() - start, "total": total}


def make(source, name, folder):
    """Write one seeded instance as arrays and as a CSV file. A process of its own, to keep ours small."""
    spec = importlib.util.spec_from_file_location("instances", source)
    instances = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(instances)
    made = instances.named(name)
    shape = [made["P"], made["R"], made["per_paper"], made["lo"], made["hi"]]
    pairs = {"item": made["paper"], "reviewer": made["reviewer"], "score": made["score"]}
    np.savez(Path(folder) / f"{name}.npz", **pairs, shape=shape)
    with (Path(folder) / f"{name}.csv").open("w") as out:
        out.write("item,reviewer,score\n")
        for p, r, s in zip(*(column.tolist() for column in pairs.values()), strict=True):
            out.write(f"p{p:05d},r{r:05d},{s:.4f}\n")
    return {"fingerprint": instances.fingerprint(made), "shape": shape}


def measure_bare(path):
    held = np.load(path)
    weight = np.rint(held["score"] * 10_000).astype(np.int64)
    item, reviewer = held["item"].astype(np.int64), held["reviewer"].astype(np.int64)
    found = bare_flow(item, reviewer, weight, *held["shape"].tolist())
    return found | {"total": found["total"] / 10_000}


def measure_ours(path):
    from secretariat.engines.assignment import build_problem, solve

    held = np.load(path)
    items, reviewers, wanted, low, high = held["shape"].tolist()
    arrays = held["item"], held["reviewer"], held["score"]
    names = [f"p{n:05d}" for n in range(items)], [f"r{n:05d}" for n in range(reviewers)]
    import ortools.graph.python.min_cost_flow  # noqa: F401

    start = time.process_time()
    problem = build_problem(*names, *arrays, demand=wanted, min_load=low, max_load=high)
    found = solve(problem)
    return {"cpu": time.process_time() - start, "total": found.total, "worst": found.worst, "p05": found.p05}


def measure_command(path, wanted, low, high):
    from secretariat.engines.commands import assign
    from secretariat.engines.commands.contract import execute

    out = Path(path).with_suffix(".json")
    argv = ["--scores", path, "--per-item", wanted, "--min-load", low, "--max-load", high, "--json"]
    start = time.process_time()
    assert execute("assign", assign, [*argv, "--out", str(out)]) == 0
    return {"cpu": time.process_time() - start, "total": json.loads(out.read_text())["total"]}


def measure_fair(name):
    import scipy.optimize  # noqa: F401

    from secretariat.engines.assignment import solve
    from secretariat.engines.assignment.simulate import better_for_all, scarce_expertise

    make_problem = better_for_all if "spread" in SCARCE[name] else scarce_expertise
    problem = make_problem(**SCARCE[name])
    bare = bare_flow(
        problem.item.astype(np.int64), problem.reviewer.astype(np.int64), problem.weight, len(problem.items),
        len(problem.reviewers), 3, int(problem.min_load[0]), int(problem.max_load[0]),
    )  # fmt: skip
    total = solve(problem)
    solve(scarce_expertise(30, 12, slots=1, seed=1), "fair")  # loads what is loaded only once
    start = time.process_time()
    fair = solve(problem, "fair")
    cpu = time.process_time() - start
    return {
        "pairs": int(problem.item.size),
        "bare_cpu": round(bare["cpu"], 4),
        "cpu": round(cpu, 4),
        "ratio": round(cpu / bare["cpu"], 1),
        "status": fair.status,
        "worst": fair.worst,
        "bound_worst": fair.bound_worst,
        "gap": fair.gap,
        "p05": fair.p05,
        "total": fair.total,
        "bound_total": fair.bound_total,
        "worst_of_greatest_total": total.worst,
        "greatest_total": total.total,
    }


MEASURES = {
    "make": make,
    "bare": measure_bare,
    "ours": measure_ours,
    "command": measure_command,
    "fair": measure_fair,
}


def apart(*argv):
    """One measurement in a process of its own."""
    command = [sys.executable, str(HERE), "--measure", *map(str, argv)]
    environment = os.environ | {"PYTHONPATH": str(HERE.parents[1])}
    run = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
    return json.loads(run.stdout)


def summary(runs):
    return {
        "cpu": round(median(run["cpu"] for run in runs), 4),
        "cpu_runs": [round(run["cpu"], 4) for run in runs],
        "peak_mb": round(max(run["peak_mb"] for run in runs)),
    } | {key: runs[0][key] for key in ("total", "worst", "p05") if key in runs[0]}


def compare(source, name, folder):
    """Bare flow, ours and the whole command on one seeded instance."""
    made = apart("make", source, name, folder)
    arrays, table = folder / f"{name}.npz", folder / f"{name}.csv"
    bare, ours = [], []
    for _ in range(RUNS[name]):
        bare.append(apart("bare", arrays))
        ours.append(apart("ours", arrays))
    found = {"fingerprint": made["fingerprint"], "bare": summary(bare), "ours": summary(ours)}
    found["ratio"] = round(found["ours"]["cpu"] / found["bare"]["cpu"], 2)
    found["command"] = summary([apart("command", table, *made["shape"][2:])])
    return found


def main(path):
    result = {
        "machine": {"cpus": os.cpu_count(), "python": platform.python_version()},
        "total": {},
        "fair": {},
    }
    if path.exists():
        with tempfile.TemporaryDirectory() as folder:
            for name in RUNS:
                result["total"][name] = compare(path, name, Path(folder))
                print(name, json.dumps(result["total"][name]), file=sys.stderr)
    else:
        print(f"{path} is not here: no comparison with the bare flow", file=sys.stderr)
    for name in SCARCE:
        result["fair"][name] = SCARCE[name] | apart("fair", name)
        print(name, json.dumps(result["fair"][name]), file=sys.stderr)
    RESULT.write_text(json.dumps(result, indent=1) + "\n")


def again(part):
    """Measure some of the fair rows again, the others left as they are."""
    result = json.loads(RESULT.read_text())
    for name in (name for name in SCARCE if part in name):
        result["fair"][name] = SCARCE[name] | apart("fair", name)
        print(name, json.dumps(result["fair"][name]), file=sys.stderr)
    RESULT.write_text(json.dumps(result, indent=1) + "\n")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--measure"]:
        measured = MEASURES[sys.argv[2]](*sys.argv[3:])
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(json.dumps(measured | {"peak_mb": round(peak, 1)}))
    elif sys.argv[1:2] == ["--only"]:
        again(sys.argv[2])
    else:
        main(Path(sys.argv[1]) if len(sys.argv) > 1 else SHARED)
