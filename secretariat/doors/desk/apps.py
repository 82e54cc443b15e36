from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DeskConfig(AppConfig):
    name = "secretariat.doors.desk"
    verbose_name = _("desk")

    def ready(self) -> None:
        from secretariat.foundation.ui.navigation import Way, register_way

        register_way(Way("desk", "desk:home", _("Today"), 0))
