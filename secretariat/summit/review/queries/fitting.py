"""What a matching is made from: items and readers, how well each pair fits and why, who is barred from what."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q

from secretariat.registry.people.models import Affiliation, Person
from secretariat.summit.calls.logic import TEXT_KINDS
from secretariat.summit.calls.models import Call, Stage, Submission, Version
from secretariat.summit.calls.queries import field_specs
from secretariat.summit.review import logic
from secretariat.summit.review.models import Assignment, Expertise, Review
from secretariat.summit.review.queries.nearness import text_affinities
from secretariat.summit.review.queries.standing import barred_pairs

Pair = tuple[str, str]  # submission number, reviewer's pseudonym


@dataclass
class Material:
    """What the engine is asked with. Readers go by pseudonym, items by number."""

    items: Mapping[str, Submission]
    members: Mapping[str, UUID]
    fits: dict[Pair, float]
    parts: dict[Pair, tuple[float, float, list[str]]]
    barred: set[Pair]
    organisations: dict[str, str] = field(default_factory=dict)
    countries: dict[str, str] = field(default_factory=dict)
    able: dict[str, list[str]] = field(default_factory=dict)  # by item: who reads its language
    experienced: list[str] = field(default_factory=list)


def material_for(
    stage: Stage, items: Mapping[str, Submission], members: Mapping[str, UUID], wishes: logic.Wishes, on: date
) -> Material:
    """Return what a matching of these items and members is made from. A fixed number of statements."""
    names = {person: name for name, person in members.items()}
    fields = _fields(items, names)
    near = text_affinities(stage.call, on) if wishes.text_weight else {}
    spoken, written = _spoken(names), _languages_of(stage.call, items.values())
    parts = {
        (number, name): (
            fields[number, name], round(near.get((number, person), 0.0), 4),
            sorted(written[number] & spoken.get(name, set())),
        )
        for number in items for name, person in members.items()
    }  # fmt: skip
    return Material(
        items, members, {pair: logic.mixed(row[0], row[1], wishes.text_weight) for pair, row in parts.items()},
        parts, _barred(stage.call, items, names),
        organisations=organisations_of(names, on) if wishes.one_organisation else {},
        countries=_countries(names) if wishes.one_country else {},
        able={n: [r for r in members if parts[n, r][2]] for n in items if written[n]} if wishes.language else {},
        experienced=_experienced(stage.call, names) if wishes.experienced else [],
    )  # fmt: skip


def _fields(items: Mapping[str, Submission], names: Mapping[UUID, str]) -> dict[Pair, float]:
    expertise: dict[UUID, set[str]] = {}
    named = [submission.topic for submission in items.values() if submission.topic]
    for row in Expertise.objects.filter(person__in=names).select_related("topic__broader"):
        expertise.setdefault(row.person_id, set()).add(row.topic.key)
        named.append(row.topic)
    broader = {topic.key: topic.broader.key if topic.broader else None for topic in named}
    return {
        (number, name): logic.affinity(
            submission.topic.key if submission.topic else None, expertise.get(person, set()), broader
        )
        for number, submission in items.items()
        for person, name in names.items()
    }


def _barred(call: Call, items: Mapping[str, Submission], names: Mapping[UUID, str]) -> set[Pair]:
    """Pairs in conflict, and pairs that read each other before or declined to."""
    barred = {
        (c.submission.ref.number, names[c.person_id]) for c in barred_pairs(call) if c.person_id in names
    }
    earlier = Assignment.objects.filter(submission__in=items.values()).exclude(state="withdrawn")
    return barred | {
        (number, names[reviewer])
        for number, reviewer in earlier.values_list("submission__ref__number", "reviewer")
        if reviewer in names
    }


def _spoken(names: Mapping[UUID, str]) -> dict[str, set[str]]:
    rows = Person.objects.filter(pk__in=names).values_list("pk", "languages")
    return {names[pk]: {code.lower().split("-")[0] for code in held} for pk, held in rows}


def _languages_of(call: Call, items: Iterable[Submission]) -> dict[str, set[str]]:
    """The languages in which every text of an item's latest version is there. Two statements."""
    asked = [s.key for s in field_specs(call) if s.kind in TEXT_KINDS and s.confidentiality != "named"]
    numbers = {item.pk: item.ref.number for item in items}
    found: dict[str, set[str]] = {number: set() for number in numbers.values()}
    rows = Version.objects.filter(submission__in=numbers).order_by("number")
    for pk, content in rows.values_list("submission", "content"):
        answers: list[Any] = [content.get(key) for key in asked]
        said = [{code for code, text in a.items() if text} for a in answers if isinstance(a, dict) and a]
        found[numbers[pk]] = set.intersection(*said) if said else set()
    return found


def organisations_of(names: Mapping[UUID, str], on: date) -> dict[str, str]:
    """Return a name for each reader's organisations, the same for those who share one, also by way of a third."""
    current = Q(starts_on__lte=on) & (Q(ends_on=None) | Q(ends_on__gte=on))
    held: dict[Any, set[str]] = {}
    for person, organisation in Affiliation.objects.filter(current, person__in=names).values_list(
        "person", "organisation"
    ):
        held.setdefault(names[person], set()).add(str(organisation))
    return {str(name): group for name, group in logic.together(held).items()}


def _countries(names: Mapping[UUID, str]) -> dict[str, str]:
    rows = Person.objects.filter(pk__in=names).exclude(country=None)
    return {names[pk]: str(country) for pk, country in rows.values_list("pk", "country")}


def _experienced(call: Call, names: Mapping[UUID, str]) -> list[str]:
    """Who handed in a review in another call before. One statement."""
    rows = Review.objects.filter(assignment__reviewer__in=names, assignment__state="done")
    rows = rows.exclude(assignment__submission__call=call)
    return sorted({names[pk] for pk in rows.values_list("assignment__reviewer", flat=True)})


def live_pairs(stage: Stage, names: Mapping[UUID, str]) -> dict[Pair, str]:
    """Who reads what in a stage now, with the state of each reading. One statement."""
    rows = Assignment.objects.filter(stage=stage, state__in=["assigned", "done"])
    found = rows.values_list("submission__ref__number", "reviewer", "state")
    return {(number, names[person]): state for number, person, state in found if person in names}
