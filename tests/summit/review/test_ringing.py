"""Open pages hear of a review, and only those who follow the call."""

from uuid import uuid4

import pytest

from secretariat.foundation.accounts.actor import Actor, Capacity
from secretariat.foundation.live.queries import audible
from secretariat.summit.review.models import Assignment, Decision, Matching, Review, StageList
from secretariat.summit.review.ringing import channels_of
from tests.factories.selections import make_selection

pytestmark = pytest.mark.django_db


def test_the_desk_and_the_chair_of_the_committee_follow_a_call():
    call = make_selection("assigned").call
    channel = f"call:{call.pk}"

    def hears(*capacities, to=channel):
        return audible(Actor(account_id=uuid4(), capacities=capacities), [to]) == [to]

    assert hears(Capacity("desk.read", "test"))
    assert hears(Capacity("desk.run", "test"))
    assert hears(Capacity("body.chair", "test", scope_id=call.committee_id))
    assert not hears()
    assert not hears(Capacity("body.chair", "test", scope_id=uuid4()))
    assert not hears(Capacity("review.sit", "test", scope_id=call.committee_id))
    assert not hears(Capacity("body.chair", "test", scope_id=call.committee_id), to=f"call:{uuid4()}")
    assert not hears(Capacity("desk.run", "test"), to="call")


def test_what_is_done_in_a_review_is_heard_by_its_call():
    play = make_selection("recommended")
    heard = ["desk", f"call:{play.call.pk}"]

    for model in (Assignment, Review, Matching, StageList, Decision):
        assert list(channels_of(model.objects.first())) == heard, model
    assert list(channels_of(play.call)) == heard
    assert list(channels_of(None)) == ["desk"]
