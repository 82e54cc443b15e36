from secretariat.governance.meetings.presence import (
    Room,
    current_item,
    electorate_in,
    people_there,
    presiding,
    recusals_on,
    room_of,
    rules_of,
)
from secretariat.governance.meetings.queries.agenda import (
    agenda_of,
    agenda_seen_by,
    files_of_papers,
    papers_seen_by,
)
from secretariat.governance.meetings.queries.happenings import Happening, events_of, has_presided
from secretariat.governance.meetings.queries.meetings import (
    bodies_belonged_to,
    bodies_led,
    get_meeting_for,
    meeting_in_session,
    open_meeting_of,
    own_meetings,
    public_meetings,
    sees_as,
    visible_meetings,
)
from secretariat.governance.meetings.queries.room import (
    Proposed,
    RoomPresence,
    accounts_of,
    attendances_in,
    ballots_by_item,
    may_attend,
    open_ballots_in,
    places_for,
    places_in_session,
    places_of_person,
    presence_in,
    proposed_recusals,
    proxies_held,
    proxies_of,
    speakers_of,
    speech_totals,
)
from secretariat.governance.meetings.queries.standing_in import Alternate, alternates_in

__all__ = [
    "Alternate", "Happening", "Proposed", "Room", "RoomPresence", "accounts_of", "agenda_of", "agenda_seen_by",
    "alternates_in", "attendances_in", "ballots_by_item", "bodies_belonged_to", "bodies_led", "current_item",
    "electorate_in", "events_of", "files_of_papers", "get_meeting_for", "has_presided", "may_attend",
    "meeting_in_session", "open_ballots_in", "open_meeting_of", "own_meetings", "papers_seen_by", "people_there",
    "places_for", "places_in_session", "places_of_person", "presence_in", "presiding", "proposed_recusals",
    "proxies_held", "proxies_of", "public_meetings", "recusals_on", "room_of", "rules_of", "sees_as", "speakers_of",
    "speech_totals", "visible_meetings",
]  # fmt: skip
