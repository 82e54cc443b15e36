from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

RINGING = (
    "call_opened",
    "call_closed",
    "submission_submitted",
    "submission_withdrawn",
    "submissions_screened",
    "question_answered",
)


class CallsConfig(AppConfig):
    name = "secretariat.summit.calls"
    verbose_name = _("calls")

    def ready(self) -> None:
        from secretariat.foundation.files.queries import register_reader
        from secretariat.foundation.live.receivers import register_rings, to_the_desk
        from secretariat.foundation.ui.navigation import Way, register_way
        from secretariat.record.mailings.audiences import register_audience
        from secretariat.record.tasks.duties import register_provider
        from secretariat.registry.conflicts import queries as conflicts
        from secretariat.registry.imports.importers import register_family
        from secretariat.registry.organisations.rules import reads_registry
        from secretariat.registry.refs.panels import register_address, register_panel
        from secretariat.registry.refs.suggesting import register_suggester
        from secretariat.summit.calls import notices, panels, providers  # noqa: F401
        from secretariat.summit.calls.audience import SUBMISSIONS
        from secretariat.summit.calls.importing import FAMILY
        from secretariat.summit.calls.searching import register_sources
        from secretariat.summit.calls.suggesting import submissions

        conflicts.register_provider("joint_application", providers.joint_application)
        conflicts.register_provider("named_by_applicant", providers.named_by_applicant)
        register_suggester("submission", submissions)
        register_address("call", "desk_calls:call", key=panels.call_of_number)
        register_address("submission", "desk_calls:submission")
        register_panel("edition", panels.calls_of_edition)
        register_audience(SUBMISSIONS)
        register_family(FAMILY)
        register_provider("calls", providers.duties)
        register_rings(RINGING, to_the_desk)
        register_reader("calls", providers.files_of_applicants)
        register_sources()
        register_way(
            Way("my", "my_calls:submissions", _("Submissions"), 20, also=("/my/calls/", "/my/approvals/"))
        )
        register_way(
            Way(
                "desk", "desk_calls:calls", _("Calls"), 100, _("Summit"), reads_registry,
                also=("/desk/submissions/",),
            )
        )  # fmt: skip
