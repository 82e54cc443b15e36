"""Says how near the text of each item is to what each reviewer writes, in Chinese, in English and between them.

  secretariat affinity --items items.csv --reviewers works.csv --top 10

Items are CSV item,text; reviewers are CSV reviewer,text, a row for each work. A score lies between 0 and 1. The
answer is CSV item,reviewer,score, as assign takes it, by item and the nearest reviewer first.
"""

import argparse
import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from secretariat.engines.affinity import Bridge, Comparison, make_bridge, nearest, shipped_pairs
from secretariat.engines.affinity.gold import Loss, Ratings, gold_loss, read_ratings
from secretariat.engines.affinity.text import runs
from secretariat.engines.commands.contract import Outcome, aligned, whole_number
from secretariat.engines.formats.tables import InputError, Source, Table, read_columns

INPUTS = ("items", "reviewers", "bridge", "gold")
READS_TABLES = True

MOST_CHARACTERS = 100_000_000
MOST_PAIRS = 50_000_000
MOST_LISTED = 5_000_000

Pair = tuple[str, str, float]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of ``affinity``."""
    parser.add_argument("--items", required=True, metavar="FILE", help="CSV item,text; - for standard input")
    parser.add_argument(
        "--reviewers", required=True, metavar="FILE", help="CSV reviewer,text: a row for each work"
    )
    parser.add_argument(
        "--top", type=whole_number(1), metavar="N", help="only the N nearest reviewers of each item"
    )
    parser.add_argument(
        "--bridge", metavar="FILE", help="CSV term,translation, in place of the glossary that comes along"
    )
    parser.add_argument("--no-bridge", action="store_true", help="compare within each language only")
    parser.add_argument(
        "--gold",
        metavar="FILE",
        help="ParticipantID, Paper1 … Paper10, Expertise1 … Expertise10: the loss against these ratings",
    )
    parser.add_argument("--seed", type=whole_number(0), default=0, help="recorded; no draw is made")


def run(args: argparse.Namespace) -> Outcome:
    """Read the texts and compare them. Raises InputError for what cannot be used."""
    items = _read(args.items, "item", args)
    items.refuse_repeats("item")
    works = _read(args.reviewers, "reviewer", args)
    sources = [items.source, works.source]
    _refuse_too_much(args, items, works)
    bridge = _bridge(args, sources)
    ratings: Ratings = {}
    if args.gold is not None:
        ratings, source = read_ratings(args.gold)
        sources.append(source)
    pairs, rated = _compared(items, works, bridge, args.top, ratings)
    if args.gold is None:
        return Outcome({"scores": [list(pair) for pair in pairs]}, _csv(pairs), sources=sources)
    judged = _judged(args.gold, ratings, rated)
    payload = {"scores": [list(pair) for pair in pairs], "loss": judged.loss.loss, "gold": judged.payload()}
    return Outcome(payload, judged.lines(), sources=sources)


def _read(path: str, name: str, args: argparse.Namespace) -> Table:
    """Items or works: --columns applies to the columns a file has, --where to the items alone."""
    columns = {asked: held for asked, held in args.columns.items() if asked in (name, "text")}
    unknown = sorted(set(args.columns) - {"item", "reviewer", "text"})
    if unknown:
        raise InputError(
            path, None, f"a column for {unknown[0]!r} is named, but the columns are item, reviewer, text"
        )
    where = args.where if name == "item" else None
    # A whole paper is longer than Python's csv lets a field be unless it is told.
    usual = csv.field_size_limit(MOST_CHARACTERS)
    try:
        table = read_columns(path, required=(name, "text"), columns=columns, where=where)
    finally:
        csv.field_size_limit(usual)
    text = table.texts["text"]
    wordless = np.array([not runs(held).parts for held in text.names], bool)[text.codes]
    if wordless.any():
        raise table.error(int(np.argmax(wordless)), "text has no word")
    return table


def _refuse_too_much(args: argparse.Namespace, items: Table, works: Table) -> None:
    length = sum(map(len, items.texts["text"].names)) + sum(map(len, works.texts["text"].names))
    if length > MOST_CHARACTERS:
        raise InputError(
            args.reviewers,
            None,
            f"with the items {length:,} characters of text: more than {MOST_CHARACTERS:,}",
        )
    pairs = len(items) * len(works.texts["reviewer"].names)
    if pairs > MOST_PAIRS:
        raise InputError(args.items, None, f"with the reviewers {pairs:,} pairs: more than {MOST_PAIRS:,}")
    listed = len(items) * min(args.top or pairs, len(works.texts["reviewer"].names))
    if listed > MOST_LISTED:
        raise InputError(
            args.items,
            None,
            f"{listed:,} scores would be listed, more than {MOST_LISTED:,}: give a (lower) --top",
        )


def _bridge(args: argparse.Namespace, sources: list[Source]) -> Bridge | None:
    if args.no_bridge:
        if args.bridge is not None:
            raise InputError(args.bridge, None, "--bridge and --no-bridge exclude each other")
        return None
    if args.bridge is None:
        return make_bridge(shipped_pairs())
    table = read_columns(args.bridge, required=("term", "translation"))
    table.refuse_repeats("term", "translation")
    sources.append(table.source)
    term, translation = table.texts["term"], table.texts["translation"]
    bridge = Bridge()
    for row in range(len(table)):
        one, other = term.names[term.codes[row]], translation.names[translation.codes[row]]
        try:
            bridge.add(one, other)
            bridge.add(other, one)
        except ValueError as error:
            raise table.error(row, str(error)) from None
    return bridge


def _compared(
    items: Table, works: Table, bridge: Bridge | None, top: int | None, ratings: Ratings
) -> tuple[list[Pair], dict[tuple[str, str], float]]:
    """The pairs to list, and the scores of those that were rated."""
    item, text = items.texts["item"], items.texts["text"]
    texts = [text.names[code] for code in text.codes[np.argsort(item.codes)]]
    reviewer, work = works.texts["reviewer"], works.texts["text"]
    # A work that is listed twice counts once; sorted by reviewer and text, whatever the order of the file.
    hers = np.unique(np.stack([reviewer.codes, work.codes]).astype(np.int64), axis=1)
    found = Comparison(texts, [work.names[code] for code in hers[1]], hers[0], bridge)
    place = {name: at for at, name in enumerate(reviewer.names)}
    raters: dict[str, list[str]] = {}
    for person in sorted(set(ratings) & set(place)):
        for paper in ratings[person]:
            raters.setdefault(paper, []).append(person)
    pairs: list[Pair] = []
    rated: dict[tuple[str, str], float] = {}
    for first, scores in found.blocks():
        for name, of_item in zip(item.names[first : first + len(scores)], scores, strict=True):
            plain = of_item.tolist()
            pairs += [(name, reviewer.names[at], plain[at]) for at in nearest(of_item, top)]
            rated |= {(name, person): plain[place[person]] for person in raters.get(name, ())}
    return pairs, rated


def _csv(pairs: list[Pair]) -> list[str]:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("item", "reviewer", "score"))
    writer.writerows((item, reviewer, repr(score)) for item, reviewer, score in pairs)
    return text.getvalue().removesuffix("\n").split("\n")


@dataclass(frozen=True, slots=True)
class _Judged:
    loss: Loss
    participants: int
    ratings: int
    unknown: int

    def payload(self) -> dict[str, object]:
        return {
            "loss": self.loss.loss,
            "pairs": self.loss.pairs,
            "easy": self.loss.easy,
            "hard": self.loss.hard,
            "participants": self.participants,
            "ratings": self.ratings,
            "unknown": self.unknown,
        }

    def lines(self) -> list[str]:
        return list(self._lines())

    def _lines(self) -> Iterator[str]:
        yield f"loss {self.loss.loss:.4f} over {self.loss.pairs} pairs of ratings (0 right order, 0.5 chance)"
        if self.unknown:
            yield f"{self.unknown} ratings are of papers or participants that are not in the input, and left out"
        yield ""
        shares = (("easy", self.loss.easy), ("hard", self.loss.hard))
        yield from aligned(
            [
                ("pairs", "ordered rightly"),
                *((name, "-" if share is None else f"{share:.3f}") for name, share in shares),
            ],
            right=(1,),
        )


def _judged(path: str, ratings: Ratings, rated: dict[tuple[str, str], float]) -> _Judged:
    given = sum(map(len, ratings.values()))
    if not rated:
        raise InputError(path, None, f"none of its {given} ratings is of an item and a reviewer of the input")
    try:
        loss = gold_loss(ratings, rated)
    except ValueError as error:
        raise InputError(path, None, str(error)) from None
    return _Judged(loss, len({person for _, person in rated}), len(rated), given - len(rated))
