"""Ranks scored items, with the probability of each to belong above the line.

The file is CSV: item,reviewer,score[,confidence], one row a review. Or one row an item with lists of scores:
  secretariat rank FILE --wide item=forum,scores=ratings --recommend 198

Confidence is read and checked but does not weigh: where it could be tried on real decisions it made the
probabilities no better (benchmarks/results/rank.json).
"""

import argparse
import re
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from operator import attrgetter

import numpy as np

from secretariat.engines.calibration import ItemRank, Ranking, Scores, rank_scores
from secretariat.engines.calibration.ranking import METHODS, TIES
from secretariat.engines.calibration.scores import canonical_scores
from secretariat.engines.commands.contract import Outcome, aligned, pairs, whole_number
from secretariat.engines.formats.columns import number_problem
from secretariat.engines.formats.tables import InputError, Source, Table, read_columns

INPUTS = ("file",)
READS_TABLES = True

_BETWEEN = re.compile(r"[\s,;|]+")
_SHOWN = 20
_METHOD_HELP = (
    "additive (item + reviewer + noise, unless told), scaled (spreads made alike before), "
    "mean, z (in units of each reviewer), "
    "points (their sum), mean-rank (of each reviewer's order)"
)
_FIELDS = ItemRank.__slots__
_values = attrgetter(*_FIELDS)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of ``rank``."""
    parser.add_argument("file", metavar="FILE", help="CSV; - for standard input")
    parser.add_argument(
        "--recommend", type=whole_number(1), metavar="K", help="how many items are above the line"
    )
    parser.add_argument("--method", choices=METHODS, default="additive", help=_METHOD_HELP)
    parser.add_argument("--lower-is-better", action="store_true", help="the best score is the lowest")
    parser.add_argument(
        "--wide",
        type=pairs,
        metavar="item=COLUMN,scores=COLUMN[,confidence=COLUMN]",
        help="one row an item, with lists of scores by reviewers who are not named",
    )
    parser.add_argument(
        "--ties", choices=TIES, default="item", help="who goes first among equals: the name, or lots"
    )
    parser.add_argument("--seed", type=whole_number(0), default=0, help="of draws and lots; 0 unless told")


def run(args: argparse.Namespace) -> Outcome:
    """Read the scores and rank them. Raises InputError for what cannot be used."""
    scores, source = _wide(args) if args.wide is not None else _long(args)
    try:
        ranking = rank_scores(
            scores,
            recommend=args.recommend,
            method=args.method,
            seed=args.seed,
            lower_is_better=args.lower_is_better,
            ties=args.ties,
        )
    except ValueError as error:
        raise InputError(args.file, None, str(error)) from None
    return Outcome(_payload(ranking), list(_lines(ranking, args)), sources=[source])


def _long(args: argparse.Namespace) -> tuple[Scores, Source]:
    table = read_columns(
        args.file,
        required=("item", "reviewer", "score"),
        optional=("confidence",),
        numeric=("score", "confidence"),
        columns=args.columns,
        where=args.where,
    )
    table.refuse_repeats("item", "reviewer")
    item, reviewer = table.texts["item"], table.texts["reviewer"]
    score = table.numbers["score"]
    return canonical_scores(item.names, reviewer.names, item.codes, reviewer.codes, score), table.source


def _wide(args: argparse.Namespace) -> tuple[Scores, Source]:
    if args.columns:
        raise InputError(args.file, None, "with --wide the columns are named there, not in --columns")
    missing = {"item", "scores"} - set(args.wide)
    if missing:
        raise InputError(args.file, None, f"--wide does not say which column holds {sorted(missing)[0]}")
    table = read_columns(
        args.file,
        required=("item", "scores"),
        optional=("confidence",),
        columns=args.wide,
        where=args.where,
    )
    table.refuse_repeats("item")
    lists = [_numbers(table, row, "scores", args.wide["scores"]) for row in range(len(table))]
    if "confidence" in table.texts:
        for row, scores in enumerate(lists):
            given = _numbers(table, row, "confidence", args.wide["confidence"])
            if len(given) != len(scores):
                raise table.error(
                    row, f"{args.wide['confidence']} has {len(given)} entries for {len(scores)} scores"
                )
    names = table.texts["item"]
    item = np.repeat(names.codes, [len(scores) for scores in lists])
    score = np.array([score for scores in lists for score in scores])
    return canonical_scores(names.names, (), item, None, score), table.source


def _numbers(table: Table, row: int, column: str, shown: str) -> list[float]:
    held = table.texts[column]
    parts = _BETWEEN.split(held.names[held.codes[row]].strip("[]() \t"))
    for part in parts:
        if problem := number_problem(part):
            raise table.error(row, f"an entry of {shown} {problem}")
    return [float(part) for part in parts]


def _payload(ranking: Ranking) -> dict[str, object]:
    return {
        "items": [_as_dict(entry) for entry in ranking.items],
        "recommended": list(ranking.recommended),
        "tied_at_line": list(ranking.tied_at_line),
        "band": list(ranking.band),
        "reviewers": {
            name: {"bias": found.bias, "spread": found.spread, "n": found.n}
            for name, found in ranking.reviewers.items()
        },
        "connected": ranking.connected,
        "components": ranking.components,
        "variances": asdict(ranking.variances) if ranking.variances else None,
    }


def _as_dict(entry: ItemRank) -> dict[str, object]:
    # dataclasses.asdict copies deeply and takes ten times as long, for thirty thousand items.
    return dict(zip(_FIELDS, _values(entry), strict=True))


def _lines(ranking: Ranking, args: argparse.Namespace) -> Iterator[str]:
    items, places = ranking.items, len(ranking.recommended)
    yield (
        f"{places} of {len(items)} items recommended by {args.method} score"
        if places
        else f"{len(items)} items"
    )
    if ranking.tied_at_line:
        rule = "lot" if args.ties == "lot" else "name"
        yield f"{len(ranking.tied_at_line)} items tie at the line; {rule} decided which are above it"
    if places and items[0].p_above is not None:
        yield f"{len(ranking.band)} items are neither surely above nor surely below (0.1 < p < 0.9)"
    if not ranking.connected and ranking.reviewers:
        yield f"the reviews fall into {ranking.components} parts without a reviewer in common: compare with care"
    yield ""
    yield from _table(items, places)


def _table(items: Sequence[ItemRank], places: int) -> list[str]:
    shown = _shown(len(items), places)
    rows: list[Sequence[str]] = [("rank", "item", "n", "mean", "score", "low", "high", "p above")]
    before = -1
    for place in shown:
        if place != before + 1:
            rows.append(("…", "", "", "", "", "", "", ""))
        if place == places and places:
            rows.append(("--", "the line", "", "", "", "", "", ""))
        entry, before = items[place], place
        numbers = (entry.mean, entry.score, entry.low, entry.high, entry.p_above)
        rows.append((str(entry.rank), entry.item, str(entry.n), *map(_short, numbers)))
    if shown[-1] != len(items) - 1:
        rows.append(("…", "", "", "", "", "", "", ""))
    return aligned(rows, right=(0, 2, 3, 4, 5, 6, 7))


def _shown(count: int, places: int) -> list[int]:
    """The first places, and those on both sides of the line."""
    around = range(max(0, places - _SHOWN // 2), min(count, places + _SHOWN // 2))
    return sorted({*range(min(count, _SHOWN)), *around})


def _short(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"
