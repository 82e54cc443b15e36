from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ApiConfig(AppConfig):
    name = "secretariat.doors.api"
    verbose_name = _("API")

    def ready(self) -> None:
        from secretariat.doors.api.duties import duties
        from secretariat.record.tasks.duties import register_provider

        register_provider("api.tokens", duties)
