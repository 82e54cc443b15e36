from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TokensConfig(AppConfig):
    name = "secretariat.foundation.tokens"
    verbose_name = _("tokens")

    def ready(self) -> None:
        from secretariat.foundation.ui.navigation import Way, register_way

        for door in ("account", "my"):
            group = _("Account") if door == "my" else ""
            register_way(Way(door, "my_tokens:tokens", _("Access tokens"), 92, group))
