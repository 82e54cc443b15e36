from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PowersConfig(AppConfig):
    name = "secretariat.governance.powers"
    verbose_name = _("powers")

    def ready(self) -> None:
        from secretariat.governance.powers import panels
        from secretariat.governance.powers.searching import register_sources
        from secretariat.registry.refs.panels import register_panel

        register_panel("body", panels.powers)
        register_panel("body", panels.delegations)
        register_sources()
