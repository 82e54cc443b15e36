from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HonoursConfig(AppConfig):
    name = "secretariat.summit.honours"
    verbose_name = _("honours")

    def ready(self) -> None:
        from secretariat.foundation.ui.navigation import Way, register_way
        from secretariat.record.tasks.duties import register_provider
        from secretariat.registry.refs.panels import register_address
        from secretariat.summit.honours.duties import honour_duties
        from secretariat.summit.honours.logic import call_of_book

        register_address("publication", "desk_honours:book", key=call_of_book)
        register_provider("honours.duties", honour_duties)
        register_way(Way("my", "my_honours:honours", _("Honours and entries"), 23, shown=applies))
        register_way(
            Way("desk", "desk_honours:calls", _("Honours and books"), 102, _("Summit"), shown=at_desk)
        )


def applies(actor: Any) -> bool:
    return actor.person_id is not None


def at_desk(actor: Any) -> bool:
    return actor.has("desk.read") or actor.has("desk.run")
