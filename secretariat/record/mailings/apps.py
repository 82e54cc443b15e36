from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MailingsConfig(AppConfig):
    name = "secretariat.record.mailings"
    verbose_name = _("mailings")

    def ready(self) -> None:
        from secretariat.foundation.live.receivers import register_rings, to_the_desk
        from secretariat.foundation.notices.origins import register_origin
        from secretariat.foundation.ui.navigation import Way, register_way
        from secretariat.record.mailings import providers
        from secretariat.record.mailings.audiences import register_audience
        from secretariat.record.mailings.rules import can_see_mailings
        from secretariat.record.mailings.setting import COPIES
        from secretariat.record.tasks.duties import register_provider
        from secretariat.registry.refs.panels import register_address

        register_origin(COPIES)
        register_address("mailing", "desk_mailings:mailing")
        register_audience(providers.PEOPLE, "people.people")
        register_audience(providers.ORGANISATIONS, "organisations.organisations")
        register_provider("mailings.mailings_waiting", providers.mailings_waiting)
        register_rings(("mailing_put_up", "mailing_approved", "mailing_sent_back"), to_the_desk)
        register_way(Way("desk", "desk_mailings:mailings", _("Mailings"), 14, _("Work"), can_see_mailings))
