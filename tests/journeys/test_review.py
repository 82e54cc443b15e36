"""A selection through its pages: assigned, declared, read, frozen, decided, offered, accepted, conferred."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from secretariat.record.tasks.duties import duties_of
from secretariat.summit.honours.models import Honour
from secretariat.summit.review.models import Assignment, Conflict, Matching, Review
from tests.factories.calls import STAFF
from tests.factories.review import (
    actor_of,
    chair_of,
    make_call_in_review,
    make_council,
    make_desk,
    member_of,
    stage_of,
)

pytestmark = pytest.mark.django_db


class House:
    """Everybody with a browser of her own."""

    def __init__(self):
        self.council, self.council_chair = make_council()
        self.call, self.members = make_call_in_review(3, members=3, readers=2, council=self.council)
        self.staff = make_desk("desk.run")
        self.clients = {}

    def client(self, person):
        if person.pk not in self.clients:
            self.clients[person.pk] = Client(HTTP_ACCEPT_LANGUAGE="en")
            self.clients[person.pk].force_login(person.account)
        return self.clients[person.pk]

    def get(self, person, name, *args):
        return self.client(person).get(reverse(name, args=args)).content.decode()

    def post(self, person, name, *args, **data):
        answer = self.client(person).post(reverse(name, args=args), data)
        assert answer.status_code == 302, answer.content.decode()[:2000]
        return answer.headers["Location"]

    def at(self, stage="recommended"):
        return (self.call.key, stage)


def waits(actor, door="my"):
    return {duty.key.partition(":")[0]: duty for duty in duties_of(actor, door, timezone.now())}


def test_a_list_comes_about_through_the_pages():
    house = House()
    declare_and_assign(house)
    read_everything(house)
    freeze_and_decide(house)
    honour(house)


def declare_and_assign(house):
    [first, *_] = house.call.submissions.order_by("ref__number")
    number = first.ref.number
    for member in house.members:
        actor = member_of(member, house.call.committee)
        assert "review.declare" in waits(actor)
        aside = (
            {f"aside-{number}": "on", f"why-{number}": "My employer."} if member == house.members[2] else {}
        )
        signs = {"affirmed": "on", "signed": "on", "undertaking": house.call.undertaking_digest}
        house.post(member, "my_review:declare", house.call.key, **signs, **aside)
        assert "review.declare" not in waits(actor)
    assert Conflict.objects.get().person_id == house.members[2].pk

    house.post(house.staff, "desk_review:propose", *house.at(), objective="fair")
    proposal = Matching.objects.get()
    house.post(house.staff, "desk_review:deploy", *house.at(), proposal.pk)
    assert Assignment.objects.filter(state="assigned").count() == 6
    assert not Assignment.objects.filter(submission=first, reviewer=house.members[2]).exists()


def read_everything(house):
    scores = {
        s.ref.number: 9 - 2 * place for place, s in enumerate(house.call.submissions.order_by("ref__number"))
    }
    for member in house.members:
        actor = actor_of(member)
        count = Assignment.objects.filter(reviewer=member, state="assigned").count()
        if not count:  # a matching may leave somebody out
            assert "review.read" not in waits(actor)
            continue
        assert waits(actor)["review.read"].count == count
        path = house.client(member).get(reverse("my_review:queue")).content.decode()
        assert f"{count}" in path
        for _item in range(count):
            assignment = Assignment.objects.filter(reviewer=member, state="assigned").first()
            number = assignment.submission.ref.number
            to = house.post(
                member, "my_review:read", *house.at(), number, act="hand_in", comment="Read.",
                **{"score-depth": scores[number], "score-benefit": scores[number]},
            )  # fmt: skip
        assert to == reverse("my_review:done", args=house.at())
        assert "review.read" not in waits(actor)
    assert Review.objects.count() == 6


def freeze_and_decide(house):
    house.post(house.staff, "desk_review:freeze", *house.at())
    chair, committee = house.members[0], chair_of(house.call.committee)
    assert "review.decide" in waits(committee)
    house.post(chair, "my_review:decide", *house.at(), by="The committee's chair", act="confirm")
    assert "review.decide" not in waits(committee)
    house.post(house.staff, "desk_review:freeze", *house.at("honours"))
    house.post(
        house.council_chair, "my_review:decide", *house.at("honours"), by="The Council's chair", act="confirm"
    )
    assert stage_of(house.call, "honours").authority_id == house.council.pk


def honour(house):
    day = timezone.localdate() + timedelta(days=20)
    assert "honours.to_offer" in waits(STAFF, "desk")
    house.post(house.staff, "desk_honours:offer", house.call.key, day=day.isoformat())
    first, second = Honour.objects.order_by("position").select_related("submission__person__account", "ref")
    for offered, answer in ((first, "yes"), (second, "no")):
        person = offered.submission.person
        assert waits(actor_of(person))["honours.offer"].due.date() >= day - timedelta(days=1)
        house.post(person, "my_honours:offer", offered.ref.number, answer=answer, confirmed="yes")
    house.post(house.staff, "desk_honours:confer", house.call.key)
    assert list(Honour.objects.order_by("position").values_list("state", flat=True)) == [
        "conferred",
        "declined",
    ]
