"""Says who reviews what: the greatest total score, or fair to the worst-served item.

  secretariat assign --scores scores.csv --per-item 3 --max-load 12 --conflicts conflicts.csv

Scores are CSV: item,reviewer,score (header optional). Only listed pairs may be used, unless --unlisted gives
the others a score.
"""

import argparse
import math
from collections.abc import Iterator, Sequence
from dataclasses import asdict

import numpy as np

from secretariat.engines.assignment import (
    Assignment,
    Keep,
    Problem,
    ProblemError,
    Rules,
    Spread,
    build_problem,
    solve,
)
from secretariat.engines.commands.contract import DONE, NO, Outcome, aligned, whole_number
from secretariat.engines.formats.tables import InputError, Source, Table, read_columns

INPUTS = ("scores", "conflicts", "demand", "groups", "required", "keep")
READS_TABLES = True

_SHOWN = 20


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of ``assign``."""
    parser.add_argument(
        "--scores", required=True, metavar="FILE", help="CSV item,reviewer,score; - for standard input"
    )
    parser.add_argument("--conflicts", metavar="FILE", help="CSV item,reviewer: pairs never to be used")
    parser.add_argument("--per-item", type=whole_number(0), metavar="N", help="reviews for every item")
    parser.add_argument("--demand", metavar="FILE", help="CSV item,n: reviews by item; others get --per-item")
    parser.add_argument(
        "--max-load", type=whole_number(0), required=True, metavar="M", help="most reviews of a reviewer"
    )
    parser.add_argument(
        "--min-load", type=whole_number(0), default=0, metavar="L", help="fewest; 0 unless told"
    )
    parser.add_argument(
        "--objective",
        choices=("total", "fair", "random"),
        default="total",
        help="greatest total (unless told), greatest worst item and then greatest total, or by lot under --cap",
    )
    parser.add_argument(
        "--cap", type=_probability, metavar="P", help="by lot: no pair is more probable than this"
    )
    parser.add_argument(
        "--groups", metavar="FILE", help="CSV reviewer,group: at most one of a group reviews an item"
    )
    parser.add_argument("--required", metavar="FILE", help="CSV item,reviewer: pairs that must be")
    parser.add_argument(
        "--keep", metavar="FILE", help="CSV item,reviewer: assigned already; as few changes as can be"
    )
    parser.add_argument(
        "--unlisted",
        type=_finite,
        metavar="SCORE",
        help="pairs that are not listed may be used at this score",
    )
    parser.add_argument(
        "--seed", type=whole_number(0), default=0, help="of the draw, under --objective random"
    )


def run(args: argparse.Namespace) -> Outcome:
    """Read the problem and solve it. Raises InputError for what cannot be used."""
    problem, sources = _problem(args)
    try:
        found = solve(problem, args.objective, _rules(args, sources), seed=args.seed)
    except ProblemError as error:
        raise InputError(args.scores, None, str(error)) from None
    code = NO if found.status == "infeasible" else DONE
    return Outcome(_payload(found), list(_lines(found, problem)), exit_code=code, sources=sources)


def _finite(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise argparse.ArgumentTypeError(f"{text!r} is not a finite number")
    return value


def _probability(text: str) -> float:
    value = _finite(text)
    if not 0 < value <= 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not above 0 and at most 1")
    return value


def _rules(args: argparse.Namespace, sources: list[Source]) -> Rules:
    def pairs(path: str | None) -> list[tuple[str, str]]:
        return _texts(path, ("item", "reviewer"), args, sources) if path else []

    group = dict(_texts(args.groups, ("reviewer", "group"), args, sources)) if args.groups else {}
    return Rules(
        spreads=(Spread("group", group),) if group else (),
        forced=pairs(args.required),
        keep=Keep(pairs(args.keep)) if args.keep else None,
        cap=args.cap,
    )


def _texts(
    path: str, required: tuple[str, str], args: argparse.Namespace, sources: list[Source]
) -> list[tuple[str, str]]:
    table = _read(path, required, args)
    sources.append(table.source)
    one, two = (
        [table.texts[name].names[code] for code in table.texts[name].codes.tolist()] for name in required
    )
    return list(zip(one, two, strict=True))


def _problem(args: argparse.Namespace) -> tuple[Problem, list[Source]]:
    scores = read_columns(
        args.scores,
        required=("item", "reviewer", "score"),
        numeric=("score",),
        columns={name: held for name, held in args.columns.items() if name != "n"},
        where=args.where,
        header=None,
    )
    scores.refuse_repeats("item", "reviewer")
    item, reviewer = scores.texts["item"], scores.texts["reviewer"]
    sources = [scores.source]
    if args.min_load > args.max_load:
        raise InputError(args.scores, None, f"--min-load {args.min_load} is above --max-load {args.max_load}")
    conflicts = None
    if args.conflicts:
        barred = _read(args.conflicts, ("item", "reviewer"), args)
        sources.append(barred.source)
        conflicts = (_codes(barred, "item", item.names), _codes(barred, "reviewer", reviewer.names))
    demand = _demand(args, item.names, sources)
    try:
        problem = build_problem(
            item.names,
            reviewer.names,
            item.codes,
            reviewer.codes,
            scores.numbers["score"],
            demand=demand,
            max_load=args.max_load,
            min_load=args.min_load,
            conflicts=conflicts,
            unlisted=args.unlisted,
        )
    except ProblemError as error:
        raise InputError(args.scores, None, str(error)) from None
    return problem, sources


def _read(path: str, required: Sequence[str], args: argparse.Namespace) -> Table:
    """A file beside the scores: --columns applies to the columns it has, --where to the scores alone."""
    numeric = tuple(name for name in required if name == "n")
    columns = {name: held for name, held in args.columns.items() if name in required}
    return read_columns(path, required=required, numeric=numeric, columns=columns)


def _demand(args: argparse.Namespace, items: Sequence[str], sources: list[Source]) -> np.ndarray:
    if not args.demand:
        if args.per_item is None:
            raise InputError(
                args.scores, None, "--per-item or --demand must say how many reviews an item gets"
            )
        return np.full(len(items), args.per_item, np.int64)
    table = _read(args.demand, ("item", "n"), args)
    sources.append(table.source)
    table.refuse_repeats("item")
    numbers = table.numbers["n"]
    wrong = np.flatnonzero((numbers < 0) | (numbers != np.rint(numbers)) | (numbers > 10**6))
    if wrong.size:
        row = int(wrong[0])
        raise table.error(row, f"n is {numbers[row]:g}, not a number of reviews")
    demand = np.full(len(items), -1 if args.per_item is None else args.per_item, np.int64)
    demand[_codes(table, "item", items)] = numbers.astype(np.int64)
    if (demand < 0).any():
        name = items[int(np.argmax(demand < 0))]
        raise InputError(args.demand, None, f"item {name!r} is missing, and no --per-item is given")
    return demand


def _codes(table: Table, column: str, names: Sequence[str]) -> np.ndarray:
    """The codes of a column among the names of the scores, which are sorted; the first unknown one is refused."""
    place = {name: code for code, name in enumerate(names)}
    held = table.texts[column]
    codes = np.array([place.get(name, -1) for name in held.names], np.int64)[held.codes]
    unknown = np.flatnonzero(codes < 0)
    if unknown.size:
        row = int(unknown[0])
        raise table.error(row, f"{column} {held.names[held.codes[row]]!r} does not occur in the scores")
    return codes


def _payload(found: Assignment) -> dict[str, object]:
    payload: dict[str, object] = {
        "status": found.status,
        "pairs": [list(pair) for pair in found.pairs],
        "total": found.total,
        "worst": found.worst,
        "p05": found.p05,
        "bound_total": found.bound_total,
        "bound_worst": found.bound_worst,
        "gap": found.gap,
        "loads": found.loads,
    }
    if found.drawn:
        payload["drawn"] = asdict(found.drawn)
    if found.status == "infeasible":
        payload["unserved"] = [{"item": entry.item, "why": entry.why} for entry in found.unserved]
        payload["unfilled"] = [{"reviewer": entry.reviewer, "why": entry.why} for entry in found.unfilled]
    return payload


def _lines(found: Assignment, problem: Problem) -> Iterator[str]:
    if found.status == "infeasible":
        yield from _refusals(found)
        return
    loads = list(found.loads.values())
    idle = loads.count(0)
    yield (
        f"{len(found.pairs)} reviews of {len(problem.items)} items by {len(loads) - idle} of {len(loads)} "
        f"reviewers, {_proof(found)}"
    )
    if found.drawn:
        yield (
            f"drawn with seed {found.drawn.seed}: total {found.total:g}, expected {found.drawn.expected:g}, no pair "
            f"more probable than {found.drawn.probability:g}, {_counted(found.drawn.mended, 'pair')} mended"
        )
    else:
        yield f"total {found.total:g} (at most {found.bound_total:g})"
    yield f"worst item {found.worst:g} (at most {found.bound_worst:g}), 5th percentile {found.p05:g}"
    yield f"loads {min(loads, default=0)} to {max(loads, default=0)}"
    yield ""
    rows = [("item", "reviewer", "score"), *((i, r, f"{s:g}") for i, r, s in found.pairs[:_SHOWN])]
    yield from aligned(rows, right=(2,))
    if len(found.pairs) > _SHOWN:
        yield f"… and {len(found.pairs) - _SHOWN} more; --json lists all"


def _proof(found: Assignment) -> str:
    if found.drawn:
        return "by lot"
    return "proved optimal" if found.status == "optimal" else f"within {found.gap:.2%} of the bound"


def _refusals(found: Assignment) -> Iterator[str]:
    yield (
        f"no assignment: {_counted(len(found.unserved), 'item')} cannot be served, "
        f"{_counted(len(found.unfilled), 'reviewer')} cannot have their minimum load"
    )
    for name, why in [
        *((entry.item, entry.why) for entry in found.unserved),
        *((entry.reviewer, entry.why) for entry in found.unfilled),
    ]:
        yield f"{name}: {why}"


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
