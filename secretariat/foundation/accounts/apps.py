from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "secretariat.foundation.accounts"
    verbose_name = _("accounts")

    def ready(self) -> None:
        from django.contrib.auth.signals import user_logged_in

        from secretariat.foundation.accounts import receivers

        # The time of signing in is kept by our own action, together with the act.
        user_logged_in.disconnect(dispatch_uid="update_last_login")
        receivers.connect()
