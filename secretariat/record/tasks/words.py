from django.utils.translation import gettext_lazy as _

# What the acts of this app are called in a timeline.
VERBS = {
    "task_set": _("Task set"),
    "task_changed": _("Task changed"),
    "task_given": _("Task given to somebody"),
    "task_due_set": _("The day of the task set"),
    "task_finished": _("Task done"),
    "task_dropped": _("Task dropped"),
    "task_reopened": _("Task taken up again"),
}
