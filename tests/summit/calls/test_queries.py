import pytest

from secretariat.foundation.accounts.actor import Actor
from secretariat.summit.calls import queries
from tests.factories.accounts import NOW, make_actor
from tests.factories.calls import CONTENT, STAFF, make_applicant, make_open_call, make_submission
from tests.factories.organisations import make_organisation

pytestmark = pytest.mark.django_db
CONTENT_WITH_CONTACT = {**CONTENT, "contact": {"en": "Somebody"}}


def test_who_sees_which_submissions():
    call = make_open_call()
    person, applicant = make_applicant()
    organisation = make_organisation()
    mine = make_submission(call, applicant=(person, applicant))
    draft = make_submission(call, applicant=(person, applicant), hand_in=False)
    theirs = make_submission(call, organisation=organisation)
    representative = make_actor("organisation.represent", scope_id=organisation.pk)

    seen = {
        name: {s.pk for s in queries.visible_submissions(actor, call)}
        for name, actor in {
            "applicant": applicant, "staff": STAFF, "representative": representative, "stranger": Actor(),
        }.items()
    }  # fmt: skip
    assert seen == {
        "applicant": {mine.pk, draft.pk}, "staff": {mine.pk, theirs.pk}, "representative": {theirs.pk},
        "stranger": set(),
    }  # fmt: skip


def test_a_foreign_submission_is_as_if_it_were_not_there():
    submission = make_submission(make_open_call())
    with pytest.raises(queries.NotFound):
        queries.get_submission_for(Actor(), submission.ref.number)
    assert queries.get_submission_for(STAFF, submission.ref.number).pk == submission.pk


def test_each_field_is_read_by_whom_it_is_for():
    person, applicant = make_applicant()
    submission = make_submission(
        make_open_call(), content=CONTENT_WITH_CONTACT, applicant=(person, applicant)
    )

    assert set(queries.content_for(Actor(), submission, now=NOW)) == {"title", "summary", "countries"}
    assert set(queries.content_for(Actor(), submission, now=NOW, reviewer=True)) == {
        "title", "summary", "countries", "started_on",
    }  # fmt: skip
    assert queries.content_for(applicant, submission, now=NOW) == CONTENT_WITH_CONTACT
    assert queries.content_for(STAFF, submission, now=NOW) == CONTENT_WITH_CONTACT


@pytest.mark.parametrize("count", [1, 3])
def test_listing_takes_one_statement(count, django_assert_num_queries):
    call = make_open_call()
    for _ in range(count):
        make_submission(call)

    with django_assert_num_queries(1):
        assert len([(s.ref.number, s.topic) for s in queries.visible_submissions(STAFF, call)]) == count
    with django_assert_num_queries(1):
        assert len(queries.inputs_of(call)) == count


def test_the_rules_say_everything_that_decides():
    call = make_open_call()
    declared = queries.rules_of(call)

    assert [(s["key"], s["from"], s["keep"]) for s in declared["stages"]] == [
        ("eligible", None, None), ("recommended", "eligible", 2), ("honours", "recommended", None),
    ]  # fmt: skip
    assert declared["further"]["readers"] == {"eligible": 0, "recommended": 2, "honours": 0}
