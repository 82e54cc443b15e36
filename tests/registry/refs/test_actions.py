import threading
import uuid

import pytest
from django.db import IntegrityError, OperationalError, connection, transaction

from secretariat.registry.refs.actions import Party, add_parties, next_number, register_ref, update_ref
from secretariat.registry.refs.models import Counter, Ref, RefLink, RefParty


def make_ref(number="ACH-2022-001", **kw):
    return register_ref(kind="submission", number=number, title={"en": "One", "zh": "一"}, **kw)


@pytest.mark.django_db
def test_numbers_of_a_series_follow_each_other():
    numbers = [next_number("ACH-2022"), next_number("ACH-2022"), next_number("CASE-2022", digits=2)]

    assert numbers == ["ACH-2022-001", "ACH-2022-002", "CASE-2022-01"]


@pytest.mark.django_db
def test_a_number_that_was_rolled_back_is_given_again_so_none_is_missing():
    with pytest.raises(RuntimeError), transaction.atomic():
        next_number("ACH-2022")
        raise RuntimeError

    assert next_number("ACH-2022") == "ACH-2022-001"


@pytest.mark.django_db
def test_a_number_beyond_its_digits_is_longer():
    Counter.objects.create(series="ACH-2022", value=999)

    assert next_number("ACH-2022") == "ACH-2022-1000"


@pytest.mark.django_db
def test_a_reference_has_its_parties():
    person, organisation = uuid.uuid4(), uuid.uuid4()

    ref = make_ref(
        state="draft",
        parties=[Party("applicant", person_id=person), Party("applicant", organisation_id=organisation)],
    )
    add_parties(
        ref=ref, parties=[Party("applicant", person_id=person), Party("contributor", person_id=person)]
    )

    ref.refresh_from_db()
    assert (str(ref), ref.state, ref.title) == ("ACH-2022-001", "draft", {"en": "One", "zh": "一"})
    assert set(ref.parties.values_list("role", "person_id", "organisation_id")) == {
        ("applicant", person, None),
        ("applicant", None, organisation),
        ("contributor", person, None),
    }
    assert ref.parties.count() == 3


@pytest.mark.django_db
@pytest.mark.parametrize("count", [1, 3])
def test_parties_are_added_in_one_statement(count, django_assert_num_queries):
    ref = make_ref()

    with django_assert_num_queries(1):
        add_parties(ref=ref, parties=[Party("contributor", person_id=uuid.uuid4()) for _ in range(count)])


@pytest.mark.django_db
@pytest.mark.parametrize(
    "party",
    [Party("nobody"), Party("both", person_id=uuid.uuid4(), organisation_id=uuid.uuid4())],
    ids=lambda party: party.role,
)
def test_a_party_is_a_person_or_an_organisation(party):
    with pytest.raises(IntegrityError, match="party_is_one"), transaction.atomic():
        make_ref(parties=[party])


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"state": "open"}, ("open", {"en": "One", "zh": "一"})),
        ({"title": {"en": "Two"}}, ("draft", {"en": "Two"})),
        ({"state": "", "title": {"en": "Two"}}, ("", {"en": "Two"})),
        ({}, ("draft", {"en": "One", "zh": "一"})),
    ],
)
def test_state_and_title_follow_the_thing(change, expected):
    ref, other = make_ref(state="draft"), make_ref("ACH-2022-002", state="draft")

    update_ref(ref_id=ref.pk, **change)

    assert Ref.objects.values_list("state", "title").get(pk=ref.pk) == expected
    assert Ref.objects.get(pk=other.pk).state == "draft"


@pytest.mark.django_db
def test_a_number_names_one_thing():
    make_ref()

    with pytest.raises(IntegrityError, match="number"), transaction.atomic():
        make_ref()


@pytest.mark.django_db
def test_a_link_joins_two_things_once():
    one, two = make_ref(), make_ref("ACH-2022-002")
    RefLink.objects.create(source=one, target=two, kind="answers")

    for source, target, name in [(one, two, "link_once"), (one, one, "link_of_two")]:
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            RefLink.objects.create(source=source, target=target, kind="answers")
    assert RefParty.objects.count() == 0


@pytest.mark.django_db
def test_who_comes_second_waits_until_the_first_has_committed():
    outcome = []

    def take():
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute("SET LOCAL lock_timeout = '100ms'")
                outcome.append(next_number("RACE-2022"))
        except OperationalError as error:
            outcome.append(str(error))
        finally:
            connection.close()

    assert next_number("RACE-2022") == "RACE-2022-001"
    other = threading.Thread(target=take)
    other.start()
    other.join()

    assert len(outcome) == 1 and "lock timeout" in outcome[0]
