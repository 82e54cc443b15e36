from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from secretariat.doors.desk.cockpit import cockpits, late_milestones
from secretariat.doors.desk.signs import signs
from secretariat.registry.editions.actions import reach_milestone
from tests.factories.accounts import INSTALLER, NOW, make_actor
from tests.factories.backups import make_backup, verify
from tests.factories.correspondence import make_letter_for_signature, make_staff
from tests.factories.editions import make_edition, make_milestone, make_series
from tests.factories.selections import make_selection
from tests.factories.tasks import make_task

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def enter(client, right="desk.run"):
    person = make_staff(right)
    client.force_login(person.account)
    return person


def test_the_desk_says_how_many_things_need_her_late_ones_first(client):
    staff, today = enter(client), timezone.localdate()
    make_task("Later", owner=staff, due_on=today + DAY)
    make_task("Late", owner=staff, due_on=today - DAY)
    make_letter_for_signature(signer=staff, subject="Invitation")
    make_task("Another's", owner=make_staff())

    page = client.get(reverse("desk:home")).content.decode()

    assert "3 things need you" in page
    assert page.index("Late<") < page.index("Later<") < page.index("Sign “Invitation”")
    assert "Another" not in page


def test_nothing_waits_is_said(client):
    enter(client)

    page = client.get(reverse("desk:home")).content.decode()

    assert "0 things need you" in page and "Nothing waits for you." in page


def test_a_milestone_that_was_missed_is_late_until_it_is_reached():
    edition = make_edition(year=NOW.year, starts_on=NOW.date() + 100 * DAY, ends_on=NOW.date() + 102 * DAY)
    missed = make_milestone(edition, "outline", NOW.date() - DAY)
    make_milestone(edition, "books", NOW.date() + DAY)

    (cockpit,) = cockpits(NOW)
    assert (cockpit.days, late_milestones(cockpit, NOW.date())) == (100, [missed])
    reach_milestone(milestone=missed, reached_on=NOW.date(), actor=INSTALLER, now=NOW)
    (cockpit,) = cockpits(NOW)
    assert late_milestones(cockpit, NOW.date()) == []


def test_a_call_is_counted_on_its_edition():
    play = make_selection("assigned")
    now = play.call.closes_at + 10 * DAY

    state = next(s for c in cockpits(now) for s in c.calls if s.call == play.call)

    bars = {str(bar.label): (bar.value, bar.before) for bar in state.bars}
    assert (state.days, state.earlier) == (-10, None)
    assert bars["Received"][0] == play.call.submissions.filter(version__gt=0).count() > 0
    assert {before for _value, before in bars.values()} == {None}


def test_the_cockpit_costs_the_same_for_one_and_three_calls(client):
    enter(client)
    make_selection("assigned")
    make_milestone(make_edition(make_series(), year=2090), "books", NOW.date())
    client.get(reverse("desk:home"))
    with CaptureQueriesContext(connection) as for_one:
        client.get(reverse("desk:home"))
    make_selection("assigned"), make_selection()
    make_milestone(make_edition(make_series(), year=2091), "books", NOW.date())
    with CaptureQueriesContext(connection) as for_three:
        client.get(reverse("desk:home"))

    assert len(for_one) == len(for_three)


@pytest.mark.parametrize(("right", "status"), [("desk.run", 200), ("desk.read", 200), ("audit.read", 404)])
def test_who_sees_the_desk(client, right, status):
    enter(client, right)

    assert client.get(reverse("desk:home")).status_code == status


def test_the_last_verified_backup_is_told_and_urgent_when_it_is_too_old():
    def sign(now):
        return next(sign for sign in signs(make_actor("desk.run"), [], now) if "backup" in sign.label)

    assert (sign(NOW).value, sign(NOW).is_urgent) == ("never", False)
    verify(make_backup(made_at=NOW))
    assert "2022" in sign(NOW).value
    assert (sign(NOW + DAY).is_urgent, sign(NOW + 3 * DAY).is_urgent) == (False, True)
    verify(make_backup("b", made_at=NOW + DAY), "changed")
    assert sign(NOW + DAY).is_urgent
