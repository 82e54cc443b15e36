from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TopicsConfig(AppConfig):
    name = "secretariat.registry.topics"
    verbose_name = _("topics")

    def ready(self) -> None:
        from secretariat.foundation.ui.navigation import Way, register_way
        from secretariat.registry.topics.rules import reads_topics

        register_way(Way("desk", "desk_topics:topics", _("Topics"), 303, _("Registry"), reads_topics))
