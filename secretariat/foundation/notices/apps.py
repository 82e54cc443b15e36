from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class NoticesConfig(AppConfig):
    name = "secretariat.foundation.notices"
    verbose_name = _("notices")

    def ready(self) -> None:
        from secretariat.foundation.accounts.signals import alerted
        from secretariat.foundation.notices import receivers
        from secretariat.foundation.notices.rules import can_see_mail
        from secretariat.foundation.notices.signals import told
        from secretariat.foundation.ui.navigation import Way, register_way

        autodiscover_modules("notices")  # each app's kinds, in its notices.py
        alerted.connect(receivers.tell_alert)
        told.connect(receivers.ring_inboxes)
        register_way(Way("my", "my_notices:inbox", _("Notices"), 20))
        register_way(Way("desk", "desk_notices:mail", _("Mail"), 500, _("Record"), can_see_mail))
