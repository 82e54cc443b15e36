"""What the record's work tells people: tasks given, letters to answer and to sign."""

from django.utils.translation import gettext_lazy as _

from secretariat.foundation.notices.kinds import Group, Kind, register_group, register_kind

register_group(Group("work", _("Work"), _("Tasks and letters given to you."), 20))
register_kind(
    Kind(
        "task_given",
        "work",
        _("A task for you: %(title)s"),
        _("You are asked to do this: %(title)s\n\nIts number is %(number)s."),
        path="/my/tasks/%(number)s/",
        action=_("See the task"),
        sample={"title": "Book the hall", "number": "TASK-2027-001"},
    )
)
