from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from secretariat.record.tasks.states import TASK_TRANSITIONS, TaskState
from secretariat.registry.refs.models import Traceable


class Task(Traceable):
    """Something to be done by somebody by a day. ``origin`` is what it came from: minutes, a call, a letter."""

    title = models.CharField(_("what is to be done"), max_length=300)
    note = models.TextField(_("note"), blank=True)
    owner = models.ForeignKey(
        "people.Person", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("owner")
    )
    due_on = models.DateField(_("due on"), null=True, blank=True)
    edition = models.ForeignKey(
        "editions.Edition", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("edition")
    )
    origin = models.ForeignKey(
        "refs.Ref", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("comes from")
    )
    state = models.CharField(_("state"), max_length=20, choices=TaskState, default=TaskState.OPEN)
    outcome = models.TextField(_("outcome"), blank=True)
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)

    transitions = {"state": TASK_TRANSITIONS}

    class Meta:
        verbose_name = _("task")
        verbose_name_plural = _("tasks")
        constraints = [
            models.CheckConstraint(name="task_state_known", condition=Q(state__in=TaskState.values)),
            models.CheckConstraint(
                name="task_ended_says_when",
                condition=Q(state="open", ended_at=None) | (~Q(state="open") & Q(ended_at__isnull=False)),
            ),
        ]
        indexes = [
            models.Index(fields=["due_on"], name="task_open", condition=Q(state="open")),
            models.Index(fields=["owner", "due_on"], name="task_of_owner"),
        ]

    def __str__(self) -> str:
        return self.title

    def is_late(self, today: date) -> bool:
        return self.state == TaskState.OPEN and self.due_on is not None and self.due_on < today
