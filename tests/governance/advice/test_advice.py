"""A committee is asked, its members answer, its chair adopts one opinion, and everybody may read what is published."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from secretariat.foundation.accounts.actor import NotAllowed, WrongState
from secretariat.foundation.notices.models import Notice
from secretariat.governance.advice import actions
from secretariat.governance.advice.models import AdviceRequest, Contribution
from secretariat.governance.advice.providers import duties
from secretariat.governance.advice.queries import contributions_for, published_opinions, visible_requests
from secretariat.governance.advice.searching import requests
from tests.factories.accounts import INSTALLER, NOW, make_account, make_actor
from tests.factories.advice import as_adviser, make_committee, make_contribution, make_opinion, make_request
from tests.factories.bodies import make_body, make_call, make_term
from tests.factories.people import make_person
from tests.factories.staff import sign_in_with

pytestmark = pytest.mark.django_db
WHO = {"actor": INSTALLER, "now": NOW}
LATER = NOW + timedelta(days=60)
OPINION = {"opinion_en": "By hearings.", "opinion_zh": "通过听证会。"}


@pytest.fixture
def asked():
    """A request of a council to a committee of three, its chair first."""
    committee, people = make_committee(3, "wise")
    request = make_request(committee, asked_by=make_body("council"))
    request.people = people
    return request


def told(kind):
    return set(Notice.objects.filter(kind=kind).values_list("account", flat=True))


def browser_of(person):
    client = Client(HTTP_ACCEPT_LANGUAGE="en")
    client.force_login(person.account)
    return client


def test_from_the_question_to_the_published_opinion(asked):
    leader = make_person(account=make_account())
    make_term(asked.asked_by, leader, role="chair")
    make_contribution(asked, asked.people[1], text="At first")
    make_contribution(asked, asked.people[1], text="On reflection")
    make_contribution(asked, asked.people[2])
    opinion = make_opinion(asked, dissent_en="One member objects.", dissent_zh="一名委员反对。")
    assert list(published_opinions()) == []
    actions.publish_opinion(advice=opinion, **WHO)

    assert asked.ref.number.startswith(f"ADV-{NOW.year}-")
    assert set(Contribution.objects.values_list("person", "text")) == {
        (asked.people[1].pk, "On reflection"), (asked.people[2].pk, "In smaller groups."),
    }  # fmt: skip
    assert (opinion.state, opinion.adopted_by, opinion.adopted_at) == ("adopted", asked.people[0], NOW)
    assert list(published_opinions()) == list(published_opinions(asked.committee_id)) == [opinion]
    assert told("advice_asked") == {person.account_id for person in asked.people}
    assert told("opinion_adopted") == {leader.account_id}


def test_what_was_adopted_stands(asked):
    made = make_contribution(asked, asked.people[1])
    make_opinion(asked)
    chair = as_adviser(asked.people[0], asked.committee, "body.chair")
    for act in (
        lambda: make_contribution(asked, asked.people[2]),
        lambda: actions.adopt_opinion(advice=asked, **OPINION, actor=chair, now=NOW),
        lambda: actions.withdraw_request(advice=asked, reason="Too late", **WHO),
    ):
        with pytest.raises(WrongState):
            act()
    with pytest.raises(Exception, match="is fixed"), transaction.atomic():
        Contribution.objects.filter(pk=made.pk).update(text="Something else")
    actions.publish_opinion(advice=asked, **WHO)
    with pytest.raises(WrongState, match="published already"):
        actions.publish_opinion(advice=asked, **WHO)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"question_zh": " "}, "in English and in Chinese"),
        ({"due_on": NOW.date() - timedelta(days=1)}, "day is over"),
    ],
)  # fmt: skip
def test_what_is_no_question(change, message):
    with pytest.raises(ValueError, match=message):
        make_request(**change)
    committee, _people = make_committee()
    with pytest.raises(ValueError, match="gives no advice"):
        make_request(make_body())
    with pytest.raises(ValueError, match="does not ask itself"):
        make_request(committee, asked_by=committee)
    assert not AdviceRequest.objects.exists()


@pytest.mark.parametrize(
    ("change", "message"),
    [({"opinion_zh": ""}, "English and in Chinese"), ({"dissent_en": "One objects."}, "or not at all")],
)
def test_what_is_no_opinion(asked, change, message):
    with pytest.raises(ValueError, match=message):
        make_opinion(asked, **change)
    asked.refresh_from_db()
    assert asked.state == "asked"


def test_the_database_publishes_nothing_that_is_not_adopted(asked):
    with pytest.raises(IntegrityError), transaction.atomic():
        AdviceRequest.objects.filter(pk=asked.pk).update(published_at=NOW)


def test_who_may_ask_adopt_publish_and_withdraw(asked):
    leader = make_actor("body.serve", scope_id=asked.asked_by_id)
    make_request(asked.committee, asked_by=asked.asked_by, actor=leader)
    member = as_adviser(asked.people[1], asked.committee)
    chair = as_adviser(asked.people[0], asked.committee, "body.chair")
    stranger = make_actor("body.chair", scope_id=make_body().pk)
    for act in (
        lambda: make_request(asked.committee, actor=leader),
        lambda: make_request(asked.committee, asked_by=asked.asked_by, actor=stranger),
        lambda: actions.contribute(advice=asked, text="Mine", actor=leader, now=NOW),
        lambda: actions.contribute(
            advice=asked, text="Mine", actor=replace(member, token_id=asked.pk), now=NOW
        ),
        lambda: actions.adopt_opinion(advice=asked, **OPINION, actor=member, now=NOW),
        lambda: actions.adopt_opinion(
            advice=asked, **OPINION, actor=replace(chair, acting_for_id=asked.pk), now=NOW
        ),
        lambda: actions.adopt_opinion(advice=asked, **OPINION, actor=make_actor("desk.run"), now=NOW),
        lambda: actions.withdraw_request(advice=asked, reason="Mine", actor=chair, now=NOW),
        lambda: actions.publish_opinion(advice=asked, actor=chair, now=NOW),
    ):
        with pytest.raises(NotAllowed):
            act()
    actions.withdraw_request(advice=asked, reason="Answered elsewhere", actor=leader, now=NOW)
    assert told("advice_withdrawn") == {person.account_id for person in asked.people}


def test_who_sees_what(asked):
    make_contribution(asked, asked.people[1])
    make_request()
    member, desk = as_adviser(asked.people[2], asked.committee), make_actor("desk.read")
    leader = make_actor("body.chair", scope_id=asked.asked_by_id)
    other = make_actor("body.sit", "body.advise", scope_id=make_committee()[0].pk)

    seen = [visible_requests(actor).count() for actor in (member, leader, other, make_actor(), desk)]
    assert seen == [1, 1, 0, 0, 2]
    read = [len(contributions_for(actor, asked)) for actor in (member, leader, other, make_actor(), desk)]
    assert read == [1, 0, 0, 0, 1]


def waits(actor, door="my", now=NOW):
    return {duty.key.partition(":")[0] for duty in duties(actor, door, now)}


def test_what_waits_for_whom(asked):
    member, chair = (
        as_adviser(asked.people[1], asked.committee),
        as_adviser(asked.people[0], asked.committee, "body.chair"),
    )
    assert (waits(member), waits(chair)) == ({"advice.contribute"}, {"advice.contribute", "advice.adopt"})
    make_contribution(asked, asked.people[1])
    assert waits(member) == set()
    desk = make_actor("desk.run")
    assert (waits(desk, "desk"), waits(desk, "desk", LATER)) == (set(), {"advice.late"})
    make_opinion(asked)
    assert waits(chair) == waits(desk, "desk", LATER) == set()


def test_an_alternate_called_in_is_told_and_answers(asked):
    seat = asked.committee.seats.get(terms__person=asked.people[2])
    alternate = make_term(seat=seat, person=make_person(account=make_account()), role="alternate")
    make_call(alternate, starts_on=NOW.date())
    make_request(asked.committee)
    assert alternate.person.account_id in told("advice_asked")


def test_members_answer_and_the_chair_adopts_on_her_page():
    committee, people = make_committee(2, "wise")
    request = make_request(committee, now=timezone.now(), due_on=timezone.localdate())
    chair, member = browser_of(people[0]), browser_of(people[1])
    path = lambda name: reverse(f"my_advice:{name}", args=[request.ref.number])  # noqa: E731

    empty = member.post(path("contribute"), {"text": " "})
    member.post(path("contribute"), {"text": "In smaller groups"})
    assert member.post(path("adopt"), OPINION).status_code == 302
    wrong = chair.post(path("adopt"), {"opinion_en": "By hearings."})
    page = chair.get(path("request")).content.decode()
    chair.post(path("adopt"), OPINION)
    after = member.get(path("request")).content.decode()

    assert (empty.status_code, wrong.status_code) == (422, 422)
    assert list(wrong.context["adopting"].errors) == ["opinion_zh"]
    assert "In smaller groups" in page and "Adopt the opinion" in page
    request.refresh_from_db()
    assert (request.state, request.adopted_by) == ("adopted", people[0])
    assert "By hearings." in after and "Say it anew" not in after
    assert str(request) in member.get(reverse("my_advice:requests")).content.decode()
    assert browser_of(make_person(account=make_account())).get(path("request")).status_code == 404


def test_the_desk_asks_publishes_and_withdraws(client):
    committee, people = make_committee(2, "wise")
    sign_in_with(client, "desk.run")
    said = {
        "committee": committee.pk, "question_en": "How?", "question_zh": "如何？", "due_on": timezone.localdate(),
    }  # fmt: skip
    assert client.post(reverse("desk_advice:new"), {**said, "question_zh": ""}).status_code == 422
    client.post(reverse("desk_advice:new"), said)
    first = AdviceRequest.objects.get()
    client.post(reverse("desk_advice:new"), said)
    second = AdviceRequest.objects.exclude(pk=first.pk).get()
    client.post(reverse("desk_advice:withdraw", args=[second.ref.number]), {"reason": "Asked twice"})
    make_opinion(first, chair=people[0])
    client.post(reverse("desk_advice:publish", args=[first.ref.number]))

    page = client.get(reverse("desk_advice:request", args=[second.ref.number])).content.decode()
    assert "Asked twice" in page
    public = client.get(reverse("site:opinion", args=[first.ref.number])).content.decode()
    assert "By hearings of regions." in public
    assert client.get(reverse("site:opinion", args=[second.ref.number])).status_code == 404
    assert str(first) in client.get(reverse("site:body", args=["wise"])).content.decode()


def test_what_is_found(asked):
    make_contribution(asked, asked.people[1], text="Unheard words")
    opinion = make_opinion(asked)
    [entry] = requests(NOW.date(), None)
    assert (entry.is_public, entry.public_path) == (False, "") and "Unheard" not in entry.text
    actions.publish_opinion(advice=opinion, **WHO)
    [entry] = requests(NOW.date(), None)
    assert entry.public_path == reverse("site:opinion", args=[asked.ref.number])


@pytest.mark.parametrize("size", [1, 3])
def test_lists_and_duties_cost_the_same_for_many(django_assert_num_queries, size):
    committee, people = make_committee(1)
    for _ in range(size):
        make_request(committee)
    chair = as_adviser(people[0], committee, "body.chair")
    with django_assert_num_queries(2):
        assert len(list(duties(chair, "my", NOW))) == 2 * size
    with django_assert_num_queries(1):
        rows = [f"{row.ref.number} {row.committee} {row.asked_by}" for row in visible_requests(chair)]
        assert len(rows) == size
