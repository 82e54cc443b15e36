"""Rules of procedure by a page: versions by date, each beside the one before, and who presides by them."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from secretariat.governance.ballots.models import Procedure
from secretariat.governance.ballots.procedures import compared, panel, rules_in_words
from secretariat.governance.ballots.queries import procedure_of
from secretariat.governance.meetings.actions import choose_deputy
from secretariat.governance.meetings.presence import presiding
from tests.factories.accounts import INSTALLER, make_account, make_actor
from tests.factories.ballots import make_procedure
from tests.factories.bodies import make_body, make_term
from tests.factories.meetings import BEGINS, make_assembly, make_open_meeting
from tests.factories.people import make_person
from tests.factories.staff import sign_in_with

pytestmark = pytest.mark.django_db
FIRST, MAY = date(2024, 1, 1), date(2024, 5, 1)
DAY = timedelta(days=1)
SAID = {
    "starts_on": MAY.isoformat(), "majority": "two_thirds", "base": "present", "quorum_parts": 1, "quorum_of": 3,
    "quorum_least": 5, "notice_days": 30, "papers_days": 7, "silence_days": 10, "proxies_each": 2, "remote": "on",
    "deputy": "chosen",
}  # fmt: skip


def test_the_next_version_starts_from_the_one_in_force_and_ends_it(client):
    body = make_body("council")
    first = make_procedure(body, starts_on=FIRST, notice_days=21)
    sign_in_with(client, "desk.run")
    path = reverse("desk_ballots:lay_down", args=[body.pk])
    begun = client.get(path).context["form"].initial
    answer = client.post(path, SAID)

    made = procedure_of(body, MAY)
    assert (begun["notice_days"], "starts_on" in begun) == (21, False)
    assert answer.url == reverse("desk_ballots:procedure", args=[made.pk])
    assert (made.majority, made.base, made.proxies_each, made.deputy) == (
        "two_thirds",
        "present",
        2,
        "chosen",
    )
    first.refresh_from_db()
    assert (first.ends_on, procedure_of(body, MAY - DAY)) == (MAY - DAY, first)
    assert client.post(path, SAID).status_code == 422


@pytest.mark.parametrize(
    "change",
    [{"quorum_parts": 4}, {"quorum_parts": 3, "quorum_exceeds": "on"}],
)
def test_a_quorum_of_more_than_all_is_refused(client, change):
    sign_in_with(client, "desk.run")
    answer = client.post(reverse("desk_ballots:lay_down", args=[make_body().pk]), {**SAID, **change})
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["quorum_parts"])
    assert not Procedure.objects.exists()


def test_a_simple_majority_is_of_votes_cast_whatever_was_chosen(client):
    body = make_body()
    sign_in_with(client, "desk.run")
    client.post(reverse("desk_ballots:lay_down", args=[body.pk]), {**SAID, "majority": "simple"})
    assert procedure_of(body, MAY).base == "cast"


def test_a_version_is_read_beside_the_one_before(client):
    body = make_body()
    first = make_procedure(body, starts_on=FIRST)
    second = make_procedure(body, starts_on=MAY, notice_days=30, deputy="chosen")
    changed = [rule for rule in compared(second, first) if rule.is_changed]

    assert next((rule.before, rule.now) for rule in changed) == ("14 days", "30 days")
    assert len(changed) == 2 and not any(rule.is_changed for rule in compared(first, None))
    sign_in_with(client, "desk.read")
    page = client.get(reverse("desk_ballots:procedure", args=[second.pk])).content.decode()
    assert "<del>14 days</del>" in page and "<ins>30 days</ins>" in page
    assert "<del>" not in client.get(reverse("desk_ballots:procedure", args=[first.pk])).content.decode()
    assert client.get(reverse("desk_ballots:lay_down", args=[body.pk])).status_code in (403, 404)


def test_every_rule_of_a_version_is_told():
    told = {str(words) for _label, words in rules_in_words(Procedure(body=make_body(), casting_vote=True))}
    assert {"the chair's vote ends it", "none", "counts", "simple majority"} <= told


@pytest.mark.parametrize("deputy", ["vice_chair", "chosen"])
def test_who_presides_where_the_chair_is_away_follows_the_rules(deputy):
    body, people = make_assembly(3, deputy=deputy)
    vice = make_term(body, make_person(account=make_account()), role="vice_chair").person
    meeting = make_open_meeting(body, present=[people[1], vice])
    assert presiding(meeting) == (vice if deputy == "vice_chair" else None)

    choose_deputy(meeting=meeting, person=people[1], actor=INSTALLER, now=BEGINS)
    assert presiding(meeting) == (vice if deputy == "vice_chair" else people[1])


@pytest.mark.parametrize("size", [1, 3])
def test_the_panel_costs_one_statement(django_assert_num_queries, size):
    body = make_body()
    for n in range(size):
        make_procedure(body, starts_on=FIRST + n * DAY, notice_days=n + 1)
    with django_assert_num_queries(1):
        lines = panel(body.pk, make_actor("desk.read"), MAY).lines
    assert [line.is_past for line in lines] == [False] + [True] * (size - 1)
