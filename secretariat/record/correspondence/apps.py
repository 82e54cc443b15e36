from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CorrespondenceConfig(AppConfig):
    name = "secretariat.record.correspondence"
    verbose_name = _("correspondence")

    def ready(self) -> None:
        from secretariat.foundation.ui.navigation import Way, register_way
        from secretariat.record.correspondence.providers import letters_waiting
        from secretariat.record.correspondence.rules import can_see_letters
        from secretariat.record.tasks.duties import register_provider

        register_provider("correspondence.letters_waiting", letters_waiting)
        group = _("Work")
        register_way(Way("desk", "desk_correspondence:letters", _("Letters"), 12, group, can_see_letters))
        register_way(
            Way("desk", "desk_correspondence:all_incoming", _("Incoming letters"), 13, group, can_see_letters)
        )
