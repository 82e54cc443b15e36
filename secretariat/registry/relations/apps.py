from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RelationsConfig(AppConfig):
    name = "secretariat.registry.relations"
    verbose_name = _("personal relations")

    def ready(self) -> None:
        from secretariat.foundation.ui.navigation import Way, register_way
        from secretariat.registry.conflicts import queries as conflicts
        from secretariat.registry.refs.panels import register_panel
        from secretariat.registry.relations import panels, providers, rules

        conflicts.register_provider("personal", providers.personal)
        register_panel("person", panels.pinned_relations)
        register_way(Way("my", "my_relations:relations", _("My relations"), 26, shown=rules.is_asked))
