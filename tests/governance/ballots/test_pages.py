from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from secretariat.governance.ballots.models import Ballot, RollLine, Vote
from tests.factories.accounts import make_account
from tests.factories.ballots import make_ballot, make_council, make_open_ballot
from tests.factories.people import make_person
from tests.factories.staff import sign_in_with

pytestmark = pytest.mark.django_db


@pytest.fixture
def now():
    return timezone.now()


def browser_of(person):
    client = Client(HTTP_ACCEPT_LANGUAGE="en")
    client.force_login(person.account)
    return client


def page(client, name, ballot, *more, **query):
    return client.get(reverse(name, args=[ballot.ref.number, *more]), query)


def test_a_voter_reads_votes_and_sees_how_it_stands(now):
    body, people = make_council(3)
    ballot = make_open_ballot(body, now=now)
    voter = browser_of(people[1])
    assert "Example question" in voter.get(reverse("my_ballots:ballots")).content.decode()
    assert "ballot-choice--yes" in page(voter, "my_ballots:ballot", ballot).content.decode()

    answered = voter.post(
        reverse("my_ballots:vote", args=[ballot.ref.number, 2]), {"choice": "yes"}, follow=True
    )

    text = answered.content.decode()
    assert "Your vote is in: yes." in text and "ballot-choice--yes" not in text
    assert list(Vote.objects.values_list("line__voter", "choice", "channel")) == [
        (people[1].pk, "yes", "page")
    ]
    again = voter.post(reverse("my_ballots:vote", args=[ballot.ref.number, 2]), {"choice": "no"}, follow=True)
    assert "nobody change it" in again.content.decode()


@pytest.mark.parametrize("size", [1, 3])
def test_what_a_vote_costs(now, size, django_assert_num_queries):
    body, people = make_council(size)
    ballot = make_open_ballot(body, now=now)
    voter = browser_of(people[0])
    page_of_mine = reverse("my_ballots:vote", args=[ballot.ref.number, 1])
    voter.get(reverse("my_ballots:ballots"))

    # Ten by themselves, and whoever watches is told at most once in a moment; in a test the act's mark is taken back.
    with django_assert_num_queries(12):
        voter.post(page_of_mine, {"choice": "yes"})
    assert Vote.objects.count() == 1


def test_nobody_votes_on_the_line_of_another(now):
    body, people = make_council(2)
    ballot = make_open_ballot(body, now=now)
    answered = browser_of(people[1]).post(
        reverse("my_ballots:vote", args=[ballot.ref.number, 1]), {"choice": "yes"}
    )
    assert (answered.status_code, Vote.objects.count()) == (404, 0)


def test_a_recused_voter_reads_why(now):
    body, people = make_council(2)
    ballot = make_open_ballot(body, now=now, recused=people[1:])
    text = page(browser_of(people[1]), "my_ballots:ballot", ballot).content.decode()
    assert (
        "You take no part in this question." in text and "Related" in text and "ballot-choice--" not in text
    )


def test_the_chair_runs_it_from_the_question_to_the_result(now):
    body, people = make_council(3)
    chair = browser_of(people[0])
    asked = {"body": body.pk, "question_en": "Shall we?", "question_zh": "可否？", "method": "roll_call",
             "majority": "absolute", "base": "present"}  # fmt: skip
    chair.post(reverse("desk_ballots:new"), asked)
    ballot = Ballot.objects.get()
    assert (ballot.majority, ballot.base, ballot.state) == ("absolute", "present", "draft")

    def act(verb, **said):
        path = reverse("desk_ballots:act", args=[ballot.ref.number, verb])
        return chair.post(path, said, follow=True)

    assert "Call the roll" in act("open").content.decode()

    for choice in ("yes", "yes", "no"):
        line = page(chair, "desk_ballots:call", ballot).context["line"]
        chair.post(
            reverse("desk_ballots:enter", args=[ballot.ref.number, line.position]),
            {"choice": choice, "channel": "paper"},
        )
    assert "Everybody has been called." in page(chair, "desk_ballots:call", ballot).content.decode()

    assert "adopted" in act("close").content.decode()
    assert list(Vote.objects.values_list("choice", "channel")) == [
        ("yes", "paper"),
        ("yes", "paper"),
        ("no", "paper"),
    ]


def test_what_is_wrong_is_said_and_nothing_is_done(now):
    body, people = make_council(1)
    chair, ballot = (
        browser_of(people[0]),
        make_open_ballot(body, now=now, method="hands", closes_at=now + timedelta(days=1)),
    )
    for verb, said, message in (
        ("hands", {"yes": 5, "no": 0, "abstain": 0}, "more than the 1"), ("hands", {"yes": "many"}, "whole number"),
        ("extend", {"closes_at": "2020-01-01T00:00", "reason": "Why"}, "later than the ballot"),
        ("cancel", {}, "Reason"), ("open", {}, "not possible"), ("close", {"casting": "yes"}, "casting vote"),
    ):  # fmt: skip
        text = chair.post(
            reverse("desk_ballots:act", args=[ballot.ref.number, verb]), said, follow=True
        ).content.decode()
        assert message in text, verb
    ballot.refresh_from_db()
    assert (ballot.state, ballot.hand_counts.count()) == ("open", 0)


def test_an_objection_is_made_with_its_reason_and_read_by_the_body(now):
    body, people = make_council(2)
    ballot = make_open_ballot(body, now=now, method="silence", closes_at=now + timedelta(days=1))
    objector, path = browser_of(people[1]), reverse("my_ballots:vote", args=[ballot.ref.number, 2])
    assert 'name="reason"' in page(objector, "my_ballots:ballot", ballot).content.decode()
    refused = objector.post(path, {"choice": "no"}, follow=True).content.decode()
    assert "Whoever objects says why." in refused and Vote.objects.count() == 0

    objector.post(path, {"choice": "no", "reason": "The budget is not there."})

    chair = browser_of(people[0])
    for name in ("my_ballots:ballot", "desk_ballots:ballot", "desk_ballots:screen"):
        assert "The budget is not there." in page(chair, name, ballot).content.decode(), name


def test_more_time_and_cancelling_are_told_with_their_reasons(now):
    body, people = make_council(1)
    ballot, chair = make_open_ballot(body, now=now, closes_at=now + timedelta(days=1)), browser_of(people[0])
    later = (now + timedelta(days=3)).strftime("%Y-%m-%dT%H:%M")
    for verb, said in (
        ("extend", {"closes_at": later, "reason": "Two travel."}),
        ("cancel", {"reason": "Put in error."}),
    ):
        chair.post(reverse("desk_ballots:act", args=[ballot.ref.number, verb]), said)
        text = page(chair, "my_ballots:ballot", ballot).content.decode()
        assert "Two travel." in text
    assert "Put in error." in text and "decides nothing" in text


def test_a_silence_without_an_end_is_not_made():
    _body, people = make_council(1)
    said = {"body": _body.pk, "question_en": "Q", "question_zh": "问", "method": "silence"}
    answered = browser_of(people[0]).post(reverse("desk_ballots:new"), said)
    assert (answered.status_code, Ballot.objects.count()) == (422, 0)
    assert "Say when the silence ends." in answered.content.decode()


@pytest.mark.parametrize("name", ["ballot", "roll", "call", "screen"])
def test_who_runs_and_who_does_not(client, name, now):
    body, people = make_council(2)
    ballot = make_open_ballot(body, now=now)
    somebody = make_person(account=make_account())
    sign_in_with(reader := Client(), "desk.read")
    found = {
        "chair": browser_of(people[0]), "member": browser_of(people[1]), "somebody": browser_of(somebody),
        "reader": reader,
    }  # fmt: skip
    assert {who: page(c, f"desk_ballots:{name}", ballot).status_code for who, c in found.items()} == {
        "chair": 200, "member": 404, "somebody": 404, "reader": 200,
    }  # fmt: skip
    assert page(client, f"desk_ballots:{name}", ballot).status_code == 302


def test_a_reader_of_the_desk_looks_and_does_nothing(now):
    body, _people = make_council(1)
    ballot = make_ballot(body, now=now)
    sign_in_with(reader := Client(HTTP_ACCEPT_LANGUAGE="en"), "desk.read")
    text = reader.post(
        reverse("desk_ballots:act", args=[ballot.ref.number, "open"]), follow=True
    ).content.decode()
    assert "You may not do this" in text and RollLine.objects.count() == 0


@pytest.mark.parametrize("size", [1, 3])
@pytest.mark.parametrize(
    ("name", "statements"),
    [
        ("my_ballots:ballot", 13),
        ("my_ballots:tally", 6),
        ("desk_ballots:screen", 8),
        ("desk_ballots:roll", 12),
    ],
)
def test_pages_cost_the_same_for_many(django_assert_num_queries, now, size, name, statements):
    body, people = make_council(size)
    ballot, voter = make_open_ballot(body, now=now), browser_of(people[0])
    with django_assert_num_queries(statements):
        assert page(voter, name, ballot).status_code == 200
