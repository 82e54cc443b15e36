import pytest
from django.db import DataError, IntegrityError, connection, transaction
from django.db.models import F
from django.test.utils import CaptureQueriesContext

from secretariat.foundation.audit.actions import act
from secretariat.foundation.audit.prepared import AnyGiven, Given, Planned, append, prepared_cursor, store
from secretariat.summit.calls.models import Submission, SubmissionCountry
from tests.factories.calls import DURING, STAFF, make_open_call, make_submission
from tests.factories.places import make_place

pytestmark = pytest.mark.django_db
SUM = "SELECT %(one)s::int + %(one)s::int AS twice"


def ask(number):
    with prepared_cursor() as cursor:
        return cursor.execute(SUM, {"one": number}).fetchone()[0]


def test_the_database_keeps_the_plan_of_what_is_asked_again_and_again():
    assert [ask(n) for n in range(9)] == [0, 2, 4, 6, 8, 10, 12, 14, 16]

    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE '%%AS twice'")
        assert cursor.fetchone() == (1,)


def test_it_is_counted_like_any_other_statement():
    with CaptureQueriesContext(connection) as made:
        for number in range(5):
            ask(number)

    assert [statement["sql"] for statement in made] == ["SELECT $1::int + $1::int AS twice"] * 5


def test_what_the_database_refuses_is_refused_in_djangos_words():
    with pytest.raises(DataError):
        ask(2**31 - 1)


def built():
    rows = Submission.objects.select_related("call", "person__ref").annotate(words=F("draft__title__en"))
    return rows.filter(person__in=AnyGiven("people"), ref__number=Given("number")).order_by("pk")


def test_planned_rows_are_those_of_the_queryset_with_all_that_belongs_to_them():
    call = make_open_call()
    one, other = (make_submission(call, now=DURING, hand_in=False) for _ in range(2))
    planned = Planned(built)
    told = {"people": [one.person_id, other.person_id], "number": one.ref.number}

    with CaptureQueriesContext(connection) as made:
        (row,) = planned(**told)
        found = [row.call.key, row.person.ref.number, row.words, row.draft, row.state, row.revision]

    expected = Submission.objects.select_related("call", "person__ref").get(pk=one.pk)
    words = expected.draft["title"]["en"]
    assert len(made) == 1
    assert row == expected
    assert found == [
        call.key, expected.person.ref.number, words, expected.draft, expected.state, expected.revision,
    ]  # fmt: skip
    assert planned.get(people=[other.person_id], number=other.ref.number) == other
    assert planned(people=[other.person_id], number=one.ref.number) == []
    assert planned(people=[], number=one.ref.number) == []
    with pytest.raises(Submission.DoesNotExist):
        planned.get(people=[None], number=one.ref.number)


def test_a_value_that_is_not_told_is_an_error_and_not_an_empty_answer():
    with pytest.raises(KeyError, match="number"):
        Planned(built)(people=[])


def test_a_planned_row_can_be_locked():
    submission = make_submission(make_open_call(), now=DURING, hand_in=False)
    planned = Planned(lambda: Submission.objects.select_for_update().filter(pk=Given("pk")))

    with CaptureQueriesContext(connection) as made:
        assert planned.get(pk=submission.pk) == submission

    assert made[0]["sql"].endswith("FOR UPDATE")


def test_a_stored_field_is_saved_and_the_others_are_left():
    submission = make_submission(make_open_call(), now=DURING, hand_in=False)
    submission.draft, submission.revision, submission.state = {"title": {"en": "Ein Ö"}}, 7, "withdrawn"

    with act("draft_saved", actor=STAFF, now=DURING):
        store(submission, "draft", "revision")

    kept = Submission.objects.get(pk=submission.pk)
    assert (kept.draft, kept.revision, kept.state) == ({"title": {"en": "Ein Ö"}}, 7, "draft")


def test_a_row_that_is_gone_cannot_be_stored():
    with pytest.raises(Submission.DoesNotExist):
        store(Submission(), "revision")


def test_an_appended_row_is_there_with_what_the_database_adds_itself():
    submission = make_submission(make_open_call(), now=DURING, hand_in=False)
    place = SubmissionCountry(submission=submission, place=make_place("FR"), role="use")

    append(place)

    kept = SubmissionCountry.objects.get(pk=place.pk)
    assert (kept.submission, kept.place.alpha2, kept.role) == (submission, "FR", "use")
    assert kept.created_at is not None
    with pytest.raises(IntegrityError), transaction.atomic():
        append(place)
