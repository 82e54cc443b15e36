from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MinutesConfig(AppConfig):
    name = "secretariat.governance.minutes"
    verbose_name = _("minutes")

    def ready(self) -> None:
        from secretariat.governance.minutes import notices, receivers  # noqa: F401
