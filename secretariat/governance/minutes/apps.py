from django.apps import AppConfig
from django.utils.translation import pgettext_lazy


class MinutesConfig(AppConfig):
    name = "secretariat.governance.minutes"
    verbose_name = pgettext_lazy("of a meeting", "minutes")

    def ready(self) -> None:
        from secretariat.governance.minutes import notices, receivers  # noqa: F401
