from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    name = "secretariat.record.search"
    verbose_name = _("search")

    def ready(self) -> None:
        from secretariat.record.search.registry import organisations, people
        from secretariat.record.search.sources import Source, register_source

        watches = frozenset({"organisations", "people", "identity", "places"})
        register_source(Source("organisation", _("Organisations"), organisations, watches))
        register_source(Source("person", _("People"), people, watches))
