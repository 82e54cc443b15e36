from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

# What of an act is seen on the open pages of a meeting.
RINGS = (
    "meeting_opened", "meeting_closed", "meeting_cancelled", "item_added", "item_changed", "item_moved", "item_removed",
    "item_taken_up", "item_finished", "item_adjourned", "item_put_to_vote", "person_arrived", "person_left",
    "person_recused", "recusal_lifted", "deputy_chosen", "chair_passed", "proxy_accepted", "proxy_revoked",
    "floor_asked", "floor_given", "floor_paused", "floor_resumed", "floor_limited", "floor_ended", "floor_withdrawn",
    "speakers_closed", "speakers_opened", "meeting_alternate_called_in", "meeting_alternate_called_off",
)  # fmt: skip


class MeetingsConfig(AppConfig):
    name = "secretariat.governance.meetings"
    verbose_name = _("meetings")

    def ready(self) -> None:
        from secretariat.foundation.files.queries import register_reader
        from secretariat.foundation.live.queries import register_channel
        from secretariat.foundation.live.receivers import register_rings
        from secretariat.governance.ballots.electorate import register_room
        from secretariat.governance.ballots.presiding import register_presiding
        from secretariat.governance.bodies.sessions import register_sessions
        from secretariat.governance.meetings import notices, receivers  # noqa: F401
        from secretariat.governance.meetings.presence import presides
        from secretariat.governance.meetings.providers import duties, hears_meeting
        from secretariat.governance.meetings.queries import files_of_papers, places_in_session
        from secretariat.governance.meetings.sessions import sessions
        from secretariat.record.tasks.duties import register_provider

        register_presiding("meetings", presides)
        register_room("meetings", places_in_session)
        register_sessions("meetings", sessions)
        register_reader("meetings", files_of_papers)
        register_provider("meetings", duties)
        register_channel("meeting", hears_meeting)
        register_rings(RINGS, lambda meeting: (f"meeting:{meeting.pk}",))
        self._show_pages()

    def _show_pages(self) -> None:
        from secretariat.foundation.ui.navigation import Way, register_way
        from secretariat.governance.meetings.rules import may_come_in
        from secretariat.governance.meetings.searching import register_sources
        from secretariat.registry.refs.panels import register_address

        register_address("meeting", "desk_meetings:meeting")
        register_sources()
        register_way(
            Way("my", "my_meetings:meetings", _("Meetings"), 23, shown=lambda actor: bool(actor.capacities))
        )
        register_way(Way("desk", "desk_meetings:meetings", _("Meetings"), 402, _("Governance"), may_come_in))
