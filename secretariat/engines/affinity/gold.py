"""The loss of the expertise gold standard: how badly affinities order the papers a person knows well and less well.

Stelmakh, Wieting, Xi, Neubig & Shah, "A Gold Standard Dataset for the Reviewer Assignment Problem" (arXiv 2303.16750):
each participant rated, from 1 to 5, how well she could review each of up to ten papers. With her ratings e and the
affinities s, over all participants r and all pairs of papers {p, q} that r rated,

    loss = sum |e_p - e_q| * x / sum |e_p - e_q|
    x = 1 where (s_p - s_q)(e_p - e_q) < 0,  1/2 where s_p = s_q,  0 otherwise.

0 is the right order throughout, 1 the reverse, 1/2 what a constant or a coin earns. Beside it stands how often two
papers are ordered rightly: ``easy`` pairs (one rated 4 or more, the other 2 or less) and ``hard`` ones (both 4 or more,
not alike); there a tie is a mistake.

The file is ParticipantID, Paper1 … Paper10, Expertise1 … Expertise10, separated by tabs as published, or by commas;
a participant who rated fewer leaves the rest empty.
"""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from secretariat.engines.formats.columns import number_problem
from secretariat.engines.formats.source import InputError, Source, reading

RATED = range(1, 11)
_PERSON = "ParticipantID"
_PAPERS = [f"Paper{n}" for n in RATED]
_RATINGS = [f"Expertise{n}" for n in RATED]

Ratings = dict[str, dict[str, float]]
"""By participant and paper, how well she could review it."""


@dataclass(frozen=True, slots=True)
class Loss:
    """``pairs``: how many pairs of differing ratings were judged; ``easy`` and ``hard``: None where there is none."""

    loss: float
    pairs: int
    easy: float | None
    hard: float | None


def gold_loss(ratings: Mapping[str, Mapping[str, float]], scores: Mapping[tuple[str, str], float]) -> Loss:
    """The loss of the scores, which are by paper and participant; ratings without a score are left out.

    Raises ValueError where no two ratings of one participant differ, so that nothing can be judged.
    """
    lost = whole = 0.0
    pairs, easy, hard = 0, [0, 0], [0, 0]
    for expert, wanted, got in _pairs(ratings, scores):
        whole += abs(wanted)
        pairs += 1
        lost += abs(wanted) * (0.5 if got == 0 else got * wanted < 0)
        for counted in (easy,) * (expert[1] <= 2 and expert[0] >= 4) + (hard,) * (expert[1] >= 4):
            counted[0] += got * wanted > 0
            counted[1] += 1
    if not pairs:
        raise ValueError("no two ratings of one participant differ, so no order can be judged")
    return Loss(lost / whole, pairs, _share(easy), _share(hard))


def _pairs(
    ratings: Mapping[str, Mapping[str, float]], scores: Mapping[tuple[str, str], float]
) -> Iterator[tuple[tuple[float, float], float, float]]:
    """For each pair that differs: its ratings (higher, lower), the difference of ratings, that of scores."""
    for person in sorted(ratings):
        known = sorted(paper for paper in ratings[person] if (paper, person) in scores)
        for one, other in combinations(known, 2):
            first, second = ratings[person][one], ratings[person][other]
            if first != second:
                got = scores[one, person] - scores[other, person]
                yield (max(first, second), min(first, second)), first - second, got


def _share(counted: Sequence[int]) -> float | None:
    return counted[0] / counted[1] if counted[1] else None


def read_ratings(path: str) -> tuple[Ratings, Source]:
    """Read a gold standard. Raises InputError, naming file and line, for what is not one."""
    with reading(path) as stream:
        text = "".join(block.text for block in stream.blocks())
        source = stream.source
    if not text.strip():
        raise InputError(path, None, "is empty")
    mark = "\t" if "\t" in text.partition("\n")[0] else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=True)
    ratings: Ratings = {}
    try:
        header = [field.strip() for field in next(reader)]
        places = _places(path, header)
        for row in reader:
            if row:
                _add(path, reader.line_num, row, len(header), places, ratings)
    except csv.Error as error:
        raise InputError(path, reader.line_num, f"cannot be split into fields: {error}") from None
    if not ratings:
        raise InputError(path, None, "has no rows")
    return ratings, source


def _places(path: str, header: Sequence[str]) -> list[int]:
    """Where the participant, the papers and the ratings stand."""
    for name in (_PERSON, *_PAPERS, *_RATINGS):
        if header.count(name) != 1:
            wrong = "twice" if name in header else "not at all"
            raise InputError(path, 1, f"has the column {name!r} {wrong}; a gold standard has it once")
    return [header.index(name) for name in (_PERSON, *_PAPERS, *_RATINGS)]


def _add(
    path: str, line: int, row: Sequence[str], width: int, places: Sequence[int], ratings: Ratings
) -> None:
    if len(row) != width:
        raise InputError(path, line, f"has {len(row)} fields, not {width} as the first row")
    person, *cells = (row[place].strip() for place in places)
    if not person or person in ratings:
        raise InputError(path, line, f"repeats {_PERSON} {person!r}" if person else f"{_PERSON} is empty")
    hers = ratings.setdefault(person, {})
    for number, paper, rating in zip(RATED, cells[:10], cells[10:], strict=True):
        if not paper and not rating:
            continue
        if not paper or paper in hers:
            wrong = f"repeats the paper {paper!r}" if paper else f"Paper{number} is empty"
            raise InputError(path, line, wrong)
        if problem := number_problem(rating):
            raise InputError(path, line, f"Expertise{number} {problem}")
        hers[paper] = float(rating)
