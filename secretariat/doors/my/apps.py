from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MyConfig(AppConfig):
    name = "secretariat.doors.my"
    verbose_name = _("my")

    def ready(self) -> None:
        from secretariat.doors.my.outcomes import decided
        from secretariat.foundation.ui.navigation import Way, register_way
        from secretariat.summit.calls.following import register_teller

        register_teller("decisions", decided)
        register_way(Way("my", "my:home", _("Home"), 0))
        register_way(Way("my", "my:roles", _("My roles"), 90))
