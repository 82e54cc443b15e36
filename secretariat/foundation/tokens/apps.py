from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TokensConfig(AppConfig):
    name = "secretariat.foundation.tokens"
    verbose_name = _("tokens")

    def ready(self) -> None:
        from secretariat.foundation.tokens import rules
        from secretariat.foundation.ui.navigation import Way, register_way

        for door in ("account", "my"):
            group = _("Account") if door == "my" else ""
            register_way(Way(door, "my_tokens:tokens", _("Access tokens"), 92, group))
        # Who administers the system need not run the desk, and would not find the page there.
        service, keeps = _("Service tokens"), rules.can_read_service_tokens
        register_way(Way("account", "desk_tokens:tokens", service, 93, shown=keeps))
        register_way(Way("desk", "desk_tokens:tokens", service, 602, _("Accounts"), keeps))
