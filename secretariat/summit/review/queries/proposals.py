"""Proposals as they are looked at before one is deployed: side by side, and each with its reasons."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q

from secretariat.registry.people.models import Affiliation, Person
from secretariat.summit.calls.models import Stage, Submission
from secretariat.summit.review.models import Assignment, Matching
from secretariat.summit.review.queries.cockpit import people_by_pseudonym
from secretariat.summit.review.queries.fitting import Pair, live_pairs
from secretariat.summit.review.queries.standing import barred_pairs, pseudonyms


@dataclass(frozen=True)
class Compared:
    """One run among others: its measures, its loads, who would read nothing."""

    matching: Matching
    loads: Sequence[tuple[int, int]]  # items, how many readers have so many; the idle ones first
    idle: Sequence[Person]

    @property
    def most(self) -> int:
        return max((load for load, _n in self.loads), default=0)


@dataclass(frozen=True)
class Reading:
    """One reader on the list of an item, and why: how near her field is, her texts, her languages."""

    person: Person
    organisation: str
    score: float
    field: float
    text: float
    languages: Sequence[str]
    is_new: bool


@dataclass(frozen=True)
class Change:
    """A pair that is added to, or taken away from, what it is compared with."""

    submission: Submission
    person: Person


@dataclass(frozen=True)
class Proposal:
    """A run or a repair as it is looked at: its items with their readers, its loads, what it changes."""

    matching: Matching
    items: Sequence[tuple[Submission, float, Sequence[Reading]]]  # the worst served first
    loads: Sequence[tuple[Person, int, float]]  # reader, items, mean fit
    added: Sequence[Change]
    taken: Sequence[Change]
    before: str  # what it is compared with: "deployed", "proposal" or ""
    barred: int

    @property
    def most(self) -> int:
        return max((load for _person, load, _fit in self.loads), default=0)


def compare_runs(matchings: Sequence[Matching]) -> list[Compared]:
    """Return runs side by side, with who would be idle in each. Two statements."""
    ready = [m for m in matchings if m.kind == "run" and m.is_ready]
    if not ready:
        return []
    people = people_by_pseudonym(ready[0].stage.call)
    found = []
    for matching in ready:
        given = Counter(name for _item, name, _score in matching.pairs)
        loads = sorted(
            (int(load), int(n)) for load, n in matching.measures.get("loads", {}).items() if int(n)
        )
        asked = sum(n for _load, n in loads)
        idle = [person for name, person in people.items() if not given[name]] if asked > len(given) else []
        found.append(Compared(matching, loads, sorted(idle, key=str)))
    return found


def proposal_of(matching: Matching, on: date, recused: Collection[str] = ()) -> Proposal:
    """Return a matching with its reasons and with what it changes. A fixed number of statements.

    ``recused``: the items that the reader may not see judged, by number; who reads them is left out.
    """
    stage = matching.stage
    people = people_by_pseudonym(stage.call)
    live = live_pairs(stage, pseudonyms(stage.call))
    before, held = _before(matching, live)
    pairs = {(item, name) for item, name, _score in matching.pairs if item not in recused}
    dropped = {(item, name) for item, name in matching.dropped if item not in recused}
    held = {(item, name) for item, name in held if item not in recused}
    taken = dropped if matching.kind != "run" else held - pairs if before else set()
    numbers = {item for item, _name in pairs | taken}
    items = {s.ref.number: s for s in _items(stage, numbers)}
    organisations = _organisations([people[name] for _item, name in pairs], on)
    added = pairs - held if before else set()
    return Proposal(
        matching, _lists(matching, items, people, organisations, added), _loads(matching, people, recused),
        _changes(added, items, people), _changes(taken, items, people), before, len(barred_pairs(stage.call)),
    )  # fmt: skip


def _before(matching: Matching, live: Mapping[Pair, str]) -> tuple[str, set[Pair]]:
    """What it is compared with: what is read now, or the run proposed before it."""
    if live and (matching.kind != "run" or matching.state == "proposed"):
        return "deployed", set(live)
    earlier = Matching.objects.filter(
        stage=matching.stage, kind="run", created_at__lt=matching.created_at, worked_out_at__isnull=False
    ).exclude(pk=matching.pk)
    found = earlier.order_by("-created_at").first()
    if found is None or matching.kind != "run":
        return "", set()
    return "proposal", {(item, name) for item, name, _score in found.pairs}


def _items(stage: Stage, numbers: set[str]) -> list[Submission]:
    found = stage.call.submissions.filter(ref__number__in=numbers)
    return list(found.select_related("ref", "organisation", "topic").order_by("ref__number"))


def _organisations(people: Sequence[Person], on: date) -> dict[UUID, str]:
    current = Q(starts_on__lte=on) & (Q(ends_on=None) | Q(ends_on__gte=on))
    rows = Affiliation.objects.filter(current, person__in=people).select_related("organisation")
    found: dict[UUID, list[str]] = {}
    for row in rows.order_by("starts_on", "pk"):
        found.setdefault(row.person_id, []).append(str(row.organisation))
    return {pk: " · ".join(dict.fromkeys(names)) for pk, names in found.items()}


def _lists(
    matching: Matching, items: Mapping[str, Submission], people: Mapping[str, Person],
    organisations: Mapping[UUID, str], added: set[Pair],
) -> list[tuple[Submission, float, list[Reading]]]:  # fmt: skip
    lists: dict[str, list[Reading]] = {}
    parts: list[Any] = matching.parts or [[0.0, 0.0, []]] * len(matching.pairs)
    for (item, name, score), (field, text, languages) in zip(matching.pairs, parts, strict=True):
        if item not in items:
            continue  # the reader is recused from it
        person = people[name]
        lists.setdefault(item, []).append(
            Reading(
                person, organisations.get(person.pk, ""), score, field, text, languages, (item, name) in added
            )
        )
    rows = [(items[item], sum(r.score for r in readings), readings) for item, readings in lists.items()]
    return sorted(rows, key=lambda row: (row[1], row[0].ref.number))


def _loads(
    matching: Matching, people: Mapping[str, Person], recused: Collection[str]
) -> list[tuple[Person, int, float]]:
    # Without what is kept from the reader: from a load greater than what she sees she could tell who reads it.
    fits: dict[str, list[float]] = {name: [] for name in people}
    for item, name, score in matching.pairs:
        if item not in recused:
            fits[name].append(score)
    rows = [
        (people[name], len(given), sum(given) / len(given) if given else 0.0) for name, given in fits.items()
    ]
    return sorted(rows, key=lambda row: (-row[1], str(row[0])))


def _changes(pairs: set[Pair], items: Mapping[str, Submission], people: Mapping[str, Person]) -> list[Change]:
    return [Change(items[item], people[name]) for item, name in sorted(pairs) if item in items]


def short_items(stage: Stage, readings: Mapping[Submission, Sequence[Assignment]]) -> list[Submission]:
    """Return those of the items of a stage that have fewer readers than it declares."""

    def held(rows: Sequence[Assignment]) -> int:
        return sum(row.state in ("assigned", "done") for row in rows)

    return [item for item, rows in readings.items() if held(rows) < stage.readers]
