from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    name = "secretariat.record.search"
    verbose_name = _("search")

    def ready(self) -> None:
        from secretariat.foundation.audit.signals import acted
        from secretariat.record.search.receivers import follow_act
        from secretariat.record.search.registry import register_sources

        register_sources()
        acted.connect(follow_act)
