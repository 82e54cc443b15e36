import pytest

from secretariat.governance.ballots.searching import ballots, of_voter
from secretariat.governance.motions.actions import publish_motion
from secretariat.governance.motions.searching import motions, of_member
from tests.factories.accounts import INSTALLER, NOW, TODAY, make_account
from tests.factories.ballots import as_voter, make_council, make_open_ballot
from tests.factories.motions import decide, make_draft, make_motion
from tests.factories.people import make_person

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("size", [1, 3])
def test_what_is_found_and_by_whom(django_assert_num_queries, size):
    body, people = make_council(2)
    make_draft(body, people[0])
    rows = [make_motion(body, people[0]) for _each in range(size)]
    adopted = decide(rows[0], people)
    publish_motion(motion=adopted, actor=INSTALLER, now=NOW)
    with django_assert_num_queries(1):
        found = {entry.key: entry for entry in motions(TODAY, None)}
    assert set(found) == {row.pk for row in rows}
    assert {key for key, entry in found.items() if entry.is_public} == {adopted.pk}
    assert found[adopted.pk].public_path.endswith(f"{adopted.ref.number}/")
    stranger = as_voter(make_person(account=make_account()))
    assert list(of_member(stranger)) == list(of_voter(stranger)) == []
    assert {row["pk"] for row in of_member(as_voter(people[0]))} >= set(found)


@pytest.mark.parametrize("size", [1, 3])
def test_a_voter_finds_her_ballots(django_assert_num_queries, size):
    body, people = make_council(2)
    rows = [make_open_ballot(body) for _each in range(size)]
    with django_assert_num_queries(1):
        assert {entry.key for entry in ballots(TODAY, None)} == {row.pk for row in rows}
    assert {row["ballot"] for row in of_voter(as_voter(people[1]))} == {row.pk for row in rows}
