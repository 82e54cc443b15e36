from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TasksConfig(AppConfig):
    name = "secretariat.record.tasks"
    verbose_name = _("tasks")

    def ready(self) -> None:
        from secretariat.foundation.live.receivers import register_rings, to_the_desk
        from secretariat.foundation.ui.navigation import Way, register_way
        from secretariat.record.tasks import panels
        from secretariat.record.tasks.duties import register_provider
        from secretariat.record.tasks.providers import open_tasks, wishes_to_be_forgotten
        from secretariat.record.tasks.rules import can_see_tasks
        from secretariat.record.tasks.searching import register_sources
        from secretariat.registry.refs.panels import register_address, register_panel

        register_address("task", "desk_tasks:task")
        register_panel("ref", panels.tasks_from)
        register_panel("person", panels.tasks_of_person)
        register_panel("edition", panels.tasks_of_edition)
        register_provider("tasks.open_tasks", open_tasks)
        register_provider("privacy.wishes", wishes_to_be_forgotten)
        register_sources()
        register_rings(
            (
                "task_set",
                "task_changed",
                "task_given",
                "task_due_set",
                "task_reopened",
                "task_finished",
                "task_dropped",
            ),
            to_the_desk,
        )
        group = _("Work")
        register_way(Way("desk", "desk_tasks:tasks", _("Tasks"), 10, group, can_see_tasks))
        register_way(Way("desk", "desk_tasks:plan", _("Work plan"), 11, group, can_see_tasks))
        register_way(Way("my", "my_tasks:tasks", _("My tasks"), 30))
