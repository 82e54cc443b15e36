from datetime import UTC, date, datetime

import pytest

from secretariat.registry.editions.models import Edition
from secretariat.summit.calls.following import next_step
from secretariat.summit.calls.models import Call, Submission

NOW = datetime(2026, 5, 4, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("state", "ends_on", "told"),
    [
        ("closed", date(2026, 5, 4), "It takes part in the selection."),
        ("closed", None, "It takes part in the selection."),
        ("closed", date(2026, 5, 3), "The selection is over; its page says what came of it."),
        ("concluded", None, "The selection is over; its page says what came of it."),
    ],
    ids=["on the last day of the edition", "the edition has no days", "the edition has ended", "the call is concluded"],
)  # fmt: skip
def test_what_follows_for_an_eligible_submission(state, ends_on, told):
    call = Call(state=state, closes_at=NOW, zone="UTC", edition=Edition(ends_on=ends_on))

    assert next_step(Submission(state="eligible", call=call), NOW) == told
