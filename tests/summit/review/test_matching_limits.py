import pytest

from secretariat.engines.assignment import Assignment, Unfilled
from secretariat.summit.review import actions
from secretariat.summit.review.actions.engine import Infeasible, refuse_without_pairs
from secretariat.summit.review.models import Matching
from tests.factories.calls import AFTER, STAFF
from tests.factories.review import make_call_in_review, stage_of


@pytest.mark.django_db
def test_items_that_cannot_be_served_are_named_and_nothing_is_proposed():
    call, _ = make_call_in_review(submissions=6, members=4)

    with pytest.raises(Infeasible) as caught:
        actions.propose_matching(stage=stage_of(call, "recommended"), actor=STAFF, now=AFTER, max_load=1)

    assert caught.value.unserved and "loads are too small" in str(caught.value)
    assert not Matching.objects.exists()


def test_a_minimum_load_that_cannot_be_met_is_refused_and_named():
    with pytest.raises(Infeasible) as caught:
        refuse_without_pairs(
            Assignment(status="infeasible", unfilled=[Unfilled("R01", "no item may go to it")])
        )
    assert (str(caught.value), caught.value.unserved) == ("R01: no item may go to it", [])


def test_an_answer_with_pairs_is_accepted():
    assert refuse_without_pairs(Assignment(status="feasible")) is None
    with pytest.raises(Infeasible):
        refuse_without_pairs(Assignment(status="infeasible"))
