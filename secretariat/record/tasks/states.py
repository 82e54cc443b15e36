from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class TaskState(TextChoices):
    OPEN = "open", _("to do")
    DONE = "done", _("done")
    DROPPED = "dropped", _("dropped")


TASK_TRANSITIONS = {"open": ("done", "dropped"), "done": ("open",), "dropped": ("open",)}
