from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CorrespondenceConfig(AppConfig):
    name = "secretariat.record.correspondence"
    verbose_name = _("correspondence")

    def ready(self) -> None:
        from secretariat.foundation.live.receivers import register_rings, to_the_desk
        from secretariat.foundation.notices.origins import register_origin
        from secretariat.foundation.ui.navigation import Way, register_way
        from secretariat.record.correspondence import panels
        from secretariat.record.correspondence.providers import letters_waiting
        from secretariat.record.correspondence.rules import can_see_letters
        from secretariat.record.correspondence.searching import register_sources
        from secretariat.record.correspondence.setting import LETTERS
        from secretariat.record.correspondence.suggesting import letters
        from secretariat.record.tasks.duties import register_provider
        from secretariat.registry.refs.panels import register_address, register_panel
        from secretariat.registry.refs.suggesting import register_suggester

        register_origin(LETTERS)
        register_suggester("letter", letters)
        register_address("letter", "desk_correspondence:letter")
        register_address("incoming_letter", "desk_correspondence:incoming")
        register_panel("person", panels.letters_of_person)
        register_panel("organisation", panels.letters_of_organisation)
        register_provider("correspondence.letters_waiting", letters_waiting)
        register_rings(("letter_put_up", "letter_signed", "letter_sent", "incoming_registered"), to_the_desk)
        register_sources()
        group = _("Work")
        register_way(Way("desk", "desk_correspondence:letters", _("Letters"), 12, group, can_see_letters))
        register_way(
            Way("desk", "desk_correspondence:all_incoming", _("Incoming letters"), 13, group, can_see_letters)
        )
