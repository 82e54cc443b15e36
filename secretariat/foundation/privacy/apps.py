from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PrivacyConfig(AppConfig):
    name = "secretariat.foundation.privacy"
    verbose_name = _("privacy")

    def ready(self) -> None:
        from secretariat.foundation.privacy import receivers, rules
        from secretariat.foundation.ui.navigation import Way, register_way

        receivers.connect()
        for door in ("account", "my"):
            group = _("Account") if door == "my" else ""
            register_way(Way(door, "my_privacy:privacy", _("My data"), 93, group))
        # Who administers security need not run the desk, and would not find the page there.
        wishes, looks = _("Wishes to be forgotten"), _("Who looked at what")
        register_way(Way("account", "desk_privacy:wishes", wishes, 94, shown=rules.can_administer_security))
        group = _("Accounts")
        register_way(Way("desk", "desk_privacy:wishes", wishes, 602, group, rules.can_read_wishes))
        register_way(
            Way("desk", "desk_privacy:run_out", _("What has run out"), 603, group, rules.can_read_wishes)
        )
        register_way(
            Way("desk", "desk_privacy:disclosures", looks, 503, _("Record"), rules.can_read_disclosures)
        )
