"""Tasks as they are found: by the desk, and by whom one was given to."""

from collections.abc import Iterable
from datetime import date

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from secretariat.foundation.accounts.actor import Actor
from secretariat.record.search.sources import READERS, Entry, Only, Source, narrowed, register_source
from secretariat.record.tasks.models import Task

WATCHED = {"tasks.task": "pk", "people.person": "owner", "editions.edition": "edition"}


def tasks(on: date, only: Only) -> Iterable[Entry]:
    """Yield every task. One statement."""
    rows = narrowed(Task.objects.all(), only).select_related("ref", "owner", "origin", "edition__ref")
    for row in rows.iterator():
        owner, edition = row.owner, row.edition
        yield Entry(
            key=row.pk, title_en=row.title, title_zh="",
            about_en=" · ".join(filter(None, [row.ref.number, owner and owner.name_in("en")])),
            about_zh=" · ".join(filter(None, [row.ref.number, owner and owner.name_in("zh")])),
            words=" ".join(filter(None, [row.ref.number, row.origin and row.origin.number])),
            text="\n".join(filter(None, [row.note, row.outcome])),
            edition=edition.ref.number if edition else "", year=row.due_on.year if row.due_on else None,
            my_path=reverse("my_tasks:task", args=[row.ref.number]),
            desk_path=reverse("desk_tasks:task", args=[row.ref.number]), rights=READERS,
        )  # fmt: skip


def of_owner(actor: Actor) -> QuerySet[Task]:
    """Return the keys of the tasks that were given to an actor."""
    own = Task.objects.filter(owner=actor.person_id) if actor.person_id else Task.objects.none()
    return own.values("pk")


def register_sources() -> None:
    """Make tasks findable."""
    register_source(Source("task", _("Tasks"), tasks, Task, WATCHED, of_owner))
