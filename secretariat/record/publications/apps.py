from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PublicationsConfig(AppConfig):
    name = "secretariat.record.publications"
    verbose_name = _("publications")

    def ready(self) -> None:
        from secretariat.record.publications.panels import printed_in
        from secretariat.registry.refs.panels import register_panel

        register_panel("ref", printed_in)
