"""The named lists of a selection's page: honours by level, the recommended by field, and the counts beside them."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count

from secretariat.doors.site.selections import Level, Selection, Step, handed_on_of
from secretariat.foundation.accounts.actor import Actor
from secretariat.registry.topics.models import Topic
from secretariat.summit.calls.models import Call, EligibilityRule, Screening, Submission
from secretariat.summit.calls.queries import country_counts
from secretariat.summit.honours.models import Honour
from secretariat.summit.honours.queries import visible_honours


@dataclass(frozen=True)
class Item:
    """An item the public may know by name. What was withdrawn later keeps its number and loses its words."""

    ref: str
    submission: Submission | None
    honour: Honour | None = None
    level: Level | None = None

    @property
    def is_standing(self) -> bool:
        """Whether its honour has not been revoked."""
        return self.honour is not None and self.honour.state == "conferred"

    @property
    def is_withdrawn(self) -> bool:
        return self.submission is None


@dataclass(frozen=True)
class Group:
    """Items under one heading: a field, or a level of honour."""

    heading: Any
    items: Sequence[Item]


@dataclass(frozen=True)
class Reason:
    """A formal condition and how many submissions did not meet it."""

    reason_en: str
    reason_zh: str
    count: int


def named_numbers(selection: Selection) -> list[str]:
    """Return the numbers of the items that may be named, in list order; none before the list is decided."""
    step = selection.named
    if step is None:
        return []
    outcomes = handed_on_of([step.frozen])
    return list(outcomes[step.frozen.pk])


def named_submissions(selections: Sequence[Selection]) -> list[tuple[str, str]]:
    """Return (key of the call, number) of every item that has a page, in the order of the lists. Two statements."""
    steps = [(selection.call, step) for selection in selections if (step := selection.named)]
    outcomes = handed_on_of([step.frozen for _call, step in steps]) if steps else {}
    numbers = [(call.key, number) for call, step in steps for number in outcomes[step.frozen.pk]]
    gone = Submission.objects.filter(ref__number__in=[n for _key, n in numbers], state="withdrawn")
    withdrawn = set(gone.values_list("ref__number", flat=True))
    return [(key, number) for key, number in numbers if number not in withdrawn]


def named_items(selection: Selection) -> list[Item]:
    """Return the items of the list that goes into the book, in its order. Three statements."""
    numbers = named_numbers(selection)
    if not numbers:
        return []
    rows = Submission.objects.filter(call=selection.call, ref__number__in=numbers).exclude(state="withdrawn")
    rows = rows.select_related("ref", "topic", "organisation__country").defer("draft")
    submissions = {row.ref.number: row for row in rows.annotate(joint=Count("applicants"))}
    honours = {
        h.submission.ref.number: h
        for h in visible_honours(Actor(), selection.call).defer("submission__draft")
    }
    levels = {level.key: level for step in selection.steps for level in step.levels}
    return [
        Item(number, submissions.get(number), honour, levels.get(honour.level) if honour else None)
        for number in numbers
        for honour in [honours.get(number)]
    ]


def by_field(items: Sequence[Item]) -> list[Group]:
    """Group the items by field, in the order of the fields; what was withdrawn stands last."""
    groups: dict[Topic | None, list[Item]] = {}
    for item in items:
        groups.setdefault(item.submission.topic if item.submission else None, []).append(item)
    known = sorted((topic for topic in groups if topic), key=lambda topic: (topic.position, topic.key))
    order = [*known, *([None] if None in groups else [])]
    return [Group(topic, groups[topic]) for topic in order]


def by_level(selection: Selection, items: Sequence[Item]) -> list[Group]:
    """Group the honoured items by level, in the order the levels are declared."""
    levels = [level for step in selection.steps for level in step.levels]
    groups = [
        Group(level, [i for i in items if i.honour and i.honour.level == level.key]) for level in levels
    ]
    return [group for group in groups if group.items]


def reasons_of(call: Call, eligibility: Step | None) -> list[Reason]:
    """Return why submissions were not eligible, each condition with its count. Two statements.

    Nothing before that list is decided. A submission may fail several conditions.
    """
    if eligibility is None or not eligibility.is_public:
        return []
    failed = (
        Screening.objects.filter(submission__call=call).exclude(failed=[]).values_list("failed", flat=True)
    )
    counts = Counter(key for keys in failed for key in keys)
    rules = EligibilityRule.objects.filter(call=call).order_by("position")
    return [Reason(rule.reason_en, rule.reason_zh, counts[rule.key]) for rule in rules]


def places_counted(selection: Selection) -> dict[str, int]:
    """Return how many countries and regions, of the applicants and of use; nothing while the call is open."""
    return {} if selection.call.state == "open" else country_counts(selection.call)
