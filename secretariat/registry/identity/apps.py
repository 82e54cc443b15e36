from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class IdentityConfig(AppConfig):
    name = "secretariat.registry.identity"
    verbose_name = _("identity")

    def ready(self) -> None:
        from secretariat.foundation.ui.navigation import Way, register_way
        from secretariat.registry.identity.rules import can_merge

        register_way(Way("desk", "desk_identity:pairs", _("Duplicates"), 305, _("Registry"), can_merge))
