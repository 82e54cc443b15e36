"""Why one item is on the list: its public words, and what became of it at each cut."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Max, Min
from django.utils import timezone

from secretariat.doors.site.listing import named_numbers
from secretariat.doors.site.selections import Level, Selection, Step, conferred
from secretariat.foundation.accounts.actor import Actor
from secretariat.record.publications.models import PublicationEntry
from secretariat.registry.places.queries import places_in_order
from secretariat.registry.topics.models import Topic
from secretariat.summit.calls.logic import FieldSpec
from secretariat.summit.calls.models import Applicant, Submission
from secretariat.summit.calls.queries import content_for, field_specs
from secretariat.summit.honours.models import Honour
from secretariat.summit.review.models import ListEntry, Pseudonym, Review


@dataclass(frozen=True)
class Line:
    """The scale a calibrated score is drawn on: from the lowest to the highest of the list, with its line."""

    low: float
    high: float
    line: float
    scores: Sequence[float]


@dataclass(frozen=True)
class Outcome:
    """What became of the item at one cut. ``level`` is its honour; ``line`` stands where scores were compared."""

    step: Step
    entry: ListEntry
    level: Level | None
    line: Line | None
    readers: Sequence[str]


@dataclass(frozen=True)
class Answer:
    """A public answer of the form, as its kind is shown."""

    spec: FieldSpec
    value: Any


def get_named_submission(selection: Selection, number: str) -> Submission | None:
    """Return an item of the recommended list by its number; None for any other, as if it were not there."""
    if number not in named_numbers(selection):
        return None
    rows = Submission.objects.filter(call=selection.call, ref__number=number).exclude(state="withdrawn")
    return rows.select_related("call", "ref", "topic", "organisation__country").defer("draft").first()


def honour_of(submission: Submission) -> Honour | None:
    """Return the honour the public may know of."""
    return Honour.objects.filter(conferred(submission.call), submission=submission).first()


def partners_of(submission: Submission) -> list[Applicant]:
    """Return those who applied together with the first applicant."""
    rows = Applicant.objects.filter(submission=submission).select_related("organisation__country")
    return list(rows.order_by("created_at", "pk"))


def refused_print(submission: Submission) -> bool:
    """Whether the applicant refused to have the entry printed: then its words are not shown here either."""
    return PublicationEntry.objects.filter(item=submission.ref_id, state="refused").exists()


def answers_of(submission: Submission) -> list[Answer]:
    """Return the public answers of what was handed in, in the order of the form; the title stands above them."""
    content, specs = content_for(Actor(), submission, now=timezone.now()), field_specs(submission.call)
    codes = {code for s in specs if s.kind == "country" for code in content.get(s.key) or ()}
    places = list(places_in_order().filter(alpha2__in=codes)) if codes else []
    shown = {
        "country": lambda value: [place for place in places if place.alpha2 in value],
        "choice": lambda value: Topic.objects.filter(key=value).first() or value,
    }
    return [
        Answer(spec, shown.get(spec.kind, lambda value: value)(content[spec.key]))
        for spec in specs
        if spec.key != "title" and spec.kind != "file" and content.get(spec.key)
    ]


def outcomes_of(selection: Selection, submission: Submission, honour: Honour | None) -> list[Outcome]:
    """Return what became of the item at each cut that may be told: up to the recommended list, and for what was
    honoured to the end. The statements do not depend on how many cuts there were."""
    steps: list[Step] = []
    for step in selection.steps:
        if not step.is_public or (steps and steps[-1].is_named and honour is None):
            break
        steps.append(step)
    entries = {
        entry.list_id: entry
        for entry in ListEntry.objects.filter(list__in=[s.frozen.pk for s in steps], submission=submission)
    }
    lines = _lines_of(steps)
    readers = _readers_of(submission)
    return [
        Outcome(
            step, entry, next((level for level in step.levels if honour and level.key == honour.level), None),
            lines.get(entry.list_id) if entry.score is not None else None,
            sorted({name for position, name in readers if position <= step.stage.position}),
        )
        for step in steps
        if (entry := entries.get(step.frozen.pk))
    ]  # fmt: skip


def _lines_of(steps: Sequence[Step]) -> dict[UUID, Line]:
    """The scale of each calibrated list, from what it kept only: nobody else's score can be read from it."""
    lists = [step.frozen.pk for step in steps if step.stage.kind == "calibrated"]
    kept = ListEntry.objects.filter(list__in=lists, outcome="kept")
    scores: dict[UUID, list[float]] = {pk: [] for pk in lists}
    for pk, score in kept.order_by("list", "position").values_list("list", "score"):
        scores[pk].append(score)
    bounds = kept.values("list").annotate(low=Min("low"), high=Max("high"), line=Min("score"))
    return {row["list"]: Line(row["low"], row["high"], row["line"], scores[row["list"]]) for row in bounds}


def _readers_of(submission: Submission) -> list[tuple[int, str]]:
    """The reviews that stand: position of the stage, and the reviewer's pseudonym. Two statements."""
    rows = Review.objects.filter(assignment__submission=submission, assignment__state="done")
    reviews = list(rows.values_list("assignment__stage__position", "assignment__reviewer"))
    names = Pseudonym.objects.filter(call=submission.call_id, person__in={person for _, person in reviews})
    of_person = dict(names.values_list("person", "name"))
    return [(position, of_person[person]) for position, person in reviews]
