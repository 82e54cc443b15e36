from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DeskConfig(AppConfig):
    name = "secretariat.doors.desk"
    verbose_name = _("desk")

    def ready(self) -> None:
        from secretariat.foundation.ui.navigation import Way, register_way

        register_way(Way("desk", "desk:home", _("Today"), 0, shown=reads_desk))
        register_way(Way("desk", "desk:trail", _("Audit trail"), 502, _("Record"), reads_trail))


def reads_desk(actor: Any) -> bool:
    """Whether the actor works at the desk."""
    return actor.has("desk.read") or actor.has("desk.run")


def reads_trail(actor: Any) -> bool:
    """Whether the actor reads the audit trail."""
    return actor.has("audit.read")
