"""Nobody finds a submission she may not read."""

import pytest

from secretariat.foundation.accounts.actor import Actor
from secretariat.record.search.actions import reindex
from secretariat.record.search.queries import find
from tests.factories.accounts import make_actor
from tests.factories.calls import (
    DURING,
    as_representative,
    make_applicant,
    make_committee,
    make_open_call,
    make_submission,
)
from tests.factories.organisations import make_organisation

pytestmark = pytest.mark.django_db


def found(actor, door, number):
    """The addresses of submissions that are found, leaving out those an organisation's name leads to."""
    return {hit.path for hit in find(actor, number, door=door).hits if number in hit.path}


def test_a_submission_is_found_by_who_answers_for_it_and_by_the_desk_once_it_is_handed_in():
    committee, reviewers = make_committee()
    call, organisation, applicant = make_open_call(committee=committee), make_organisation(), make_applicant()
    handed_in = make_submission(call, organisation=organisation, applicant=applicant)
    draft = make_submission(call, organisation=organisation, applicant=applicant, hand_in=False)
    reindex(now=DURING)

    own = applicant[1]
    speaking = as_representative(Actor(person_id=make_applicant()[0].pk), organisation)
    for number, at_desk in ((handed_in.ref.number, True), (draft.ref.number, False)):
        mine = {f"/my/submissions/{number}/"}
        assert found(own, "my", number) == mine
        assert found(speaking, "my", number) == mine
        expected = {f"/desk/submissions/{number}/"} if at_desk else set()
        assert found(make_actor("desk.read"), "desk", number) == expected
        assert found(make_actor("desk.run"), "desk", number) == expected
        others = [
            Actor(), make_applicant()[1], as_representative(make_applicant()[1], make_organisation()),
            Actor(person_id=reviewers[0].pk), make_actor("desk.run"), make_actor("audit.read"),
        ]  # fmt: skip
        assert [found(other, "my", number) for other in others] == [set()] * len(others)
        assert [found(other, "public", number) for other in [own, speaking, *others]] == [set()] * 8
        assert found(own, "desk", number) | found(make_actor("audit.read"), "desk", number) == set()


def test_no_answer_of_a_submission_is_in_the_index():
    made = make_submission(make_open_call())
    reindex(now=DURING)

    from secretariat.record.search.models import SearchRow

    row = SearchRow.objects.get(key=made.pk)
    assert (row.text, row.is_public, row.public_path) == ("", False, "")
