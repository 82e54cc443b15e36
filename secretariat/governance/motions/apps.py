from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MotionsConfig(AppConfig):
    name = "secretariat.governance.motions"
    verbose_name = _("motions")

    def ready(self) -> None:
        from secretariat.governance.ballots.asking import register_question
        from secretariat.governance.motions import notices, receivers  # noqa: F401
        from secretariat.governance.motions.actions import declare_vote

        register_question("motion", declare_vote)
        register_question("amendment", declare_vote)
