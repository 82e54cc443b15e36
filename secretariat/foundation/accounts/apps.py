from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "secretariat.foundation.accounts"
    verbose_name = _("accounts")

    def ready(self) -> None:
        from django.contrib.auth.signals import user_logged_in

        from secretariat.foundation.accounts import receivers, rules
        from secretariat.foundation.ui.navigation import Way, register_way

        # The time of signing in is kept by our own action, together with the act.
        user_logged_in.disconnect(dispatch_uid="update_last_login")
        receivers.connect()
        for door in ("account", "my"):
            group = _("Account") if door == "my" else ""
            register_way(Way(door, "my_accounts:account", _("Account and sign-in"), 90, group))
            register_way(Way(door, "my_accounts:assistants", _("Assistants"), 91, group))
        # Who administers security need not run the desk, and would not find the page there.
        rights = _("Accounts and rights")
        register_way(Way("account", "desk_accounts:accounts", rights, 92, shown=rules.can_read_accounts))
        desk = _("Accounts")
        register_way(Way("desk", "desk_accounts:invitations", _("Invitations"), 600, desk, rules.can_invite))
        register_way(Way("desk", "desk_accounts:accounts", rights, 601, desk, rules.can_read_accounts))
