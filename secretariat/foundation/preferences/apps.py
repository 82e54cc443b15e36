from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PreferencesConfig(AppConfig):
    name = "secretariat.foundation.preferences"
    verbose_name = _("preferences")

    def ready(self) -> None:
        from secretariat.foundation.preferences.keeper import ViewKeeper
        from secretariat.foundation.ui.tables.saved import register_keeper

        register_keeper(ViewKeeper())
