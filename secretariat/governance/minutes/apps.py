from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class MinutesConfig(AppConfig):
    name = "secretariat.governance.minutes"
    verbose_name = pgettext_lazy("of a meeting", "minutes")

    def ready(self) -> None:
        from secretariat.foundation.files.queries import register_reader
        from secretariat.governance.minutes import notices, panels, receivers  # noqa: F401
        from secretariat.governance.minutes.providers import duties
        from secretariat.governance.minutes.queries import files_of_evidence
        from secretariat.governance.minutes.rules import plans_actions
        from secretariat.governance.minutes.searching import register_sources
        from secretariat.record.tasks.duties import register_provider
        from secretariat.record.tasks.setting import register_planning
        from secretariat.registry.refs.panels import register_address, register_panel

        register_provider("minutes", duties)
        register_reader("minutes", files_of_evidence)
        register_planning("resolution", plans_actions)
        register_sources()
        register_address("minutes", "desk_minutes:one")
        register_address("resolution", "desk_minutes:resolution")
        register_panel("meeting", panels.of_meeting)
        register_panel("meeting of mine", panels.for_member)
        self._show_pages()

    def _show_pages(self) -> None:
        from secretariat.foundation.ui.navigation import Way, register_way
        from secretariat.governance.minutes.rules import may_come_in

        group, name = _("Governance"), pgettext_lazy("of a meeting", "Minutes")
        register_way(Way("my", "my_minutes:minutes", name, 24, shown=lambda actor: bool(actor.capacities)))
        register_way(Way("desk", "desk_minutes:minutes", name, 402, group, may_come_in))
        register_way(Way("desk", "desk_minutes:resolutions", _("Resolutions"), 402, group, may_come_in))
