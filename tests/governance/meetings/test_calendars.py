from datetime import UTC, datetime

import pytest

from secretariat.governance.meetings.calendars import calendar_of
from secretariat.governance.meetings.models import Meeting
from tests.factories.accounts import NOW
from tests.factories.bodies import make_body
from tests.factories.meetings import make_meeting

pytestmark = pytest.mark.django_db
URL = "https://example.org/meetings/MTG-2022-001/"


def lines_of(meeting, **kw):
    made = calendar_of(meeting, url=URL, now=NOW, **{"language": "en", **kw})
    assert made.endswith(b"\r\n") and max(len(line) for line in made.split(b"\r\n")) <= 75
    return made.decode().replace("\r\n ", "").split("\r\n")


def test_a_meeting_is_one_event_in_universal_time():
    meeting = make_meeting(
        make_body(name_en="Council"), starts_at=datetime(2022, 7, 1, 9, tzinfo=UTC), zone="Asia/Shanghai",
        place="Hall 1; East",
    )  # fmt: skip
    assert lines_of(meeting) == [
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Secretariat//Meetings//EN", "METHOD:PUBLISH", "BEGIN:VEVENT",
        f"UID:{meeting.pk}@example.org", "DTSTAMP:20220601T090000Z", "DTSTART:20220701T090000Z",
        "DTEND:20220701T120000Z", "SUMMARY:Council: Example session", f"URL:{URL}", "STATUS:TENTATIVE",
        "LOCATION:Hall 1\\; East", "END:VEVENT", "END:VCALENDAR", "",
    ]  # fmt: skip


def test_long_chinese_lines_are_folded_between_characters():
    meeting = make_meeting(make_body(name_zh="理事会" * 20))
    assert f"SUMMARY:{'理事会' * 20}: 示例会议" in lines_of(meeting, language="zh-hans")


@pytest.mark.parametrize(
    ("state", "status"), [("convened", "CONFIRMED"), ("open", "CONFIRMED"), ("cancelled", "CANCELLED")]
)
def test_what_became_of_it_is_said(state, status):
    meeting = make_meeting()
    assert f"STATUS:{status}" in lines_of(Meeting(**{**_values(meeting), "state": state}))


def _values(meeting):
    return {field.name: getattr(meeting, field.name) for field in Meeting._meta.concrete_fields}
