from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MeetingsConfig(AppConfig):
    name = "secretariat.governance.meetings"
    verbose_name = _("meetings")

    def ready(self) -> None:
        from secretariat.foundation.files.queries import register_reader
        from secretariat.governance.ballots.electorate import register_room
        from secretariat.governance.ballots.presiding import register_presiding
        from secretariat.governance.meetings import notices, receivers  # noqa: F401
        from secretariat.governance.meetings.presence import presides
        from secretariat.governance.meetings.queries import files_of_papers, places_in_session

        register_presiding("meetings", presides)
        register_room("meetings", places_in_session)
        register_reader("meetings", files_of_papers)
