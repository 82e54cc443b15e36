"""Whose reviews are late or soon due, and who was told of it already."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet

from secretariat.foundation.notices.models import Notice
from secretariat.registry.people.models import Person
from secretariat.summit.calls.models import Stage
from secretariat.summit.review.models import Assignment, Conflict, StageList

LATE, DUE = "reviews_late", "reviews_due"  # kinds of notices
AHEAD = timedelta(days=3)


@dataclass(frozen=True)
class Owing:
    """Somebody from whom reviews of a stage are still to come: how many, and by when the last of them was asked for."""

    person: Person
    n: int
    due_at: datetime
    is_told: bool


def waiting() -> QuerySet[Assignment]:
    """Return the readings from which a review is to come: nothing holds them back, and no list is frozen without."""
    frozen = StageList.objects.filter(stage=OuterRef("stage"))
    return Assignment.objects.filter(~is_held(), ~Exists(frozen), state="assigned")


def is_held() -> Exists:
    """Whether a relation keeps a reader from her item: what she cannot do is not late."""
    barring = Conflict.objects.exclude(state="cleared")
    return Exists(barring.filter(person=OuterRef("reviewer"), submission=OuterRef("submission")))


def is_late(now: datetime) -> Q:
    """Whether the moment has passed by which a review was asked for."""
    return Q(~is_held(), state="assigned", matching__due_at__lt=now)


def late_readers(stage: Stage, now: datetime, recused: Collection[str] = ()) -> list[Owing]:
    """Return who is late in a stage, by name; ``recused`` items count for nobody. Three statements."""
    rows = waiting().filter(is_late(now), stage=stage).exclude(submission__ref__number__in=recused)
    return _owing(rows, LATE, late_subject(stage, now))


def due_soon(stage: Stage, due_at: datetime) -> list[Owing]:
    """Return whose reviews of a stage are asked for by a moment, by name. Three statements."""
    return _owing(waiting().filter(stage=stage, matching__due_at=due_at), DUE, due_subject(stage, due_at))


def moments_ahead(now: datetime) -> list[tuple[Stage, datetime]]:
    """Return the stages with reviews that are asked for within three days, each with the moment. Two statements."""
    rows = waiting().filter(matching__due_at__gt=now, matching__due_at__lte=now + AHEAD).order_by()
    pairs = sorted(set(rows.values_list("stage", "matching__due_at")), key=str)
    stages = Stage.objects.select_related("call").in_bulk([stage for stage, _due in pairs])
    return [(stages[stage], due_at) for stage, due_at in pairs]


def late_subject(stage: Stage, now: datetime) -> UUID:
    """What a reminder of a day is about: told again on that day it is the same notice."""
    return uuid5(stage.pk, f"late {now.astimezone(ZoneInfo(stage.call.zone)).date()}")


def due_subject(stage: Stage, due_at: datetime) -> UUID:
    """What the reminder before a moment is about: where the moment is another, it is another notice."""
    return uuid5(stage.pk, f"due {due_at.isoformat()}")


def told_accounts(kind: str, subject: UUID) -> set[UUID]:
    """Return the accounts that were told this. One statement."""
    return set(Notice.objects.filter(kind=kind, subject_id=subject).values_list("account", flat=True))


def _owing(rows: QuerySet[Assignment], kind: str, subject: UUID) -> list[Owing]:
    counted = rows.order_by().values_list("reviewer").annotate(n=Count("pk"), due=Max("matching__due_at"))
    found = {person: (n, due) for person, n, due in counted}
    if not found:
        return []
    told = told_accounts(kind, subject)
    people = Person.objects.filter(pk__in=found, account__is_active=True).order_by("sort_key", "pk")
    return [Owing(person, *found[person.pk], person.account_id in told) for person in people]
