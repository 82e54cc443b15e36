from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AdmissionsConfig(AppConfig):
    name = "secretariat.governance.admissions"
    verbose_name = _("admissions")

    def ready(self) -> None:
        from secretariat.foundation.ui.navigation import Way, register_way
        from secretariat.governance.admissions import notices, receivers  # noqa: F401
        from secretariat.governance.admissions.providers import duties, sponsorship, told_to_voters
        from secretariat.governance.admissions.rules import can_see_all
        from secretariat.governance.ballots.subjects import register_subject
        from secretariat.record.tasks.duties import register_provider
        from secretariat.registry.conflicts import queries as conflicts
        from secretariat.registry.refs.panels import register_address

        register_provider("admissions", duties)
        conflicts.register_provider("sponsorship", sponsorship)
        register_subject("application", told_to_voters)
        register_address("application", "desk_admissions:application")
        also = ("/my/members/",)
        register_way(Way("my", "my_admissions:applications", _("Membership"), 25, also=also))
        group = _("Governance")
        register_way(Way("desk", "desk_admissions:applications", _("Applications"), 403, group, can_see_all))
        register_way(Way("desk", "desk_admissions:prospects", _("Prospects"), 404, group, can_see_all))
