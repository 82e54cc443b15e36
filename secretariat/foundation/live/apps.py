from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LiveConfig(AppConfig):
    name = "secretariat.foundation.live"
    verbose_name = _("live")

    def ready(self) -> None:
        from secretariat.foundation.audit.signals import acted
        from secretariat.foundation.live import receivers
        from secretariat.foundation.live.queries import hears_account, hears_desk, register_channel

        register_channel("account", hears_account)
        register_channel("desk", hears_desk)
        acted.connect(receivers.ring_for_act)
