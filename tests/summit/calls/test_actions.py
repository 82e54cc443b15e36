from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from secretariat.engines.sealed.canonical import digest, opens
from secretariat.foundation.accounts.actor import Actor, NotAllowed, WrongState
from secretariat.foundation.audit.models import Act, Pledge
from secretariat.foundation.audit.sealer import seal
from secretariat.summit.calls import actions, queries
from secretariat.summit.calls.logic import FieldSpec
from secretariat.summit.calls.models import Receipt, SubmissionCountry, Version
from tests.factories.accounts import make_actor
from tests.factories.calls import (
    AFTER,
    CLOSES,
    CONTENT,
    CRITERIA,
    DURING,
    FIELDS,
    OPENS,
    STAFF,
    make_applicant,
    make_call,
    make_open_call,
    make_submission,
    stages,
)

pytestmark = pytest.mark.django_db


def test_one_ordinary_call():
    call = make_open_call()
    kept = make_submission(call)
    late_beginner = make_submission(call, content={**CONTENT, "started_on": "2022-03-01"})
    call = actions.close_call(call=call, actor=STAFF, now=CLOSES)

    assert actions.screen_submissions(call=call, actor=STAFF, now=AFTER) == {"eligible": 1, "ineligible": 1}

    kept.refresh_from_db()
    late_beginner.refresh_from_db()
    assert (kept.state, late_beginner.state) == ("eligible", "ineligible")
    assert late_beginner.screening.failed == ["begun-before"]
    assert (kept.ref.state, kept.ref.title) == ("eligible", CONTENT["title"])
    assert queries.country_counts(call) == {"applicant": 1}


def test_opening_pledges_the_rules_and_closing_the_inputs():
    call = make_open_call()
    make_submission(call)
    call = actions.close_call(call=call, actor=STAFF, now=CLOSES)

    pledged = {p.payload["kind"]: p.payload["digest"] for p in Pledge.objects.filter(subject_id=call.pk)}
    assert pledged == {"rules": digest(queries.rules_of(call)), "inputs": digest(call.inputs.content)}


@pytest.mark.parametrize("part", ["formfields", "criterions", "eligibilityrules", "stages"])
def test_the_database_keeps_the_rules_of_an_open_call(part):
    call = make_open_call()
    row = getattr(call, part).first()
    with pytest.raises(IntegrityError, match="is fixed"), transaction.atomic():
        row.delete()
    with pytest.raises(IntegrityError, match="is fixed"), transaction.atomic():
        type(row).objects.filter(pk=row.pk).update(position=9)


def test_a_call_without_criteria_does_not_open():
    call = make_call(criteria=[])
    with pytest.raises(ValueError, match="criteria"):
        actions.open_call(call=call, actor=STAFF, now=OPENS)
    assert not Pledge.objects.exists()


def test_a_call_with_an_unknown_kind_of_rule_is_refused():
    rule = {"key": "x", "kind": "horoscope", "params": {}, "reason_en": "x", "reason_zh": "x"}
    with pytest.raises(ValueError, match="horoscope"):
        make_call(eligibility=[rule])


@pytest.mark.parametrize(
    ("word", "value"), [("method", "oracle"), ("ties", "by-hand"), ("refused", "shrug"), ("kind", "duel")]
)
def test_a_stage_that_nobody_could_carry_out_is_refused_when_it_is_declared(word, value):
    declared = stages()
    declared[1] = {**declared[1], word: value}
    with pytest.raises(ValueError, match=f"recommended: {word} '{value}'"):
        make_call(stages=declared)


def test_an_unknown_topic_is_named():
    fields = [*FIELDS, FieldSpec("topic", "choice", "Field", "领域")]
    with pytest.raises(actions.InvalidContent, match="alchemy"):
        make_submission(make_open_call(fields=fields), content={**CONTENT, "topic": "alchemy"})


def test_a_call_does_not_close_before_its_time():
    call = make_open_call()
    with pytest.raises(ValueError, match="stay open"):
        actions.close_call(call=call, actor=STAFF, now=CLOSES - timedelta(seconds=1))


def test_a_receipt_carries_the_commitment_and_the_head_of_the_log():
    call = make_open_call()
    head = seal(now=OPENS)
    submission = make_submission(call)

    receipt = Receipt.objects.get(version__submission=submission)
    version = Version.objects.get(submission=submission)
    assert receipt.head == head.note
    assert receipt.number == f"{submission.ref.number}/1"
    assert opens(version.commitment, CONTENT, bytes(version.salt))


def test_handing_in_again_makes_a_second_version_and_keeps_the_first():
    call = make_open_call()
    person, actor = make_applicant()
    submission = make_submission(call, applicant=(person, actor))
    changed = {**CONTENT, "title": {"en": "Better", "zh": "更好"}}
    actions.save_draft(submission=submission, content=changed, actor=actor, now=DURING)
    actions.submit(submission=submission, actor=actor, now=DURING)

    contents = list(submission.versions.order_by("number").values_list("content", flat=True))
    assert contents == [CONTENT, changed]
    assert SubmissionCountry.objects.filter(submission=submission).count() == 1


def test_an_incomplete_draft_is_kept_but_not_handed_in():
    call = make_open_call()
    person, actor = make_applicant()
    submission = make_submission(
        call, content={"title": {"en": "Only this"}}, applicant=(person, actor), hand_in=False
    )

    with pytest.raises(actions.InvalidContent) as refused:
        actions.submit(submission=submission, actor=actor, now=DURING)

    assert {problem.field for problem in refused.value.problems} == {"summary", "countries"}
    submission.refresh_from_db()
    assert (submission.state, submission.draft, Version.objects.count()) == (
        "draft",
        {"title": {"en": "Only this"}},
        0,
    )


def test_a_draft_is_kept_with_a_value_that_cannot_be_handed_in_yet():
    call = make_open_call()
    person, actor = make_applicant()
    submission = make_submission(call, content={}, applicant=(person, actor), hand_in=False)
    content = {**CONTENT, "title": {"en": "x" * 21}, "started_on": "last spring"}

    saved = actions.save_draft(submission=submission, content=content, actor=actor, now=DURING)

    assert saved.draft == content
    with pytest.raises(actions.InvalidContent) as refused:
        actions.submit(submission=submission, actor=actor, now=DURING)
    assert {problem.field for problem in refused.value.problems} == {"title", "started_on"}


@pytest.mark.parametrize(
    "content", [{"title": "bare"}, {"countries": "SE"}, {"other": "x"}, {"started_on": [1]}]
)
def test_what_no_form_could_hold_is_refused(content):
    call = make_open_call()
    person, actor = make_applicant()
    submission = make_submission(call, content={}, applicant=(person, actor), hand_in=False)
    with pytest.raises(actions.InvalidContent, match=next(iter(content))):
        actions.save_draft(submission=submission, content=content, actor=actor, now=DURING)
    submission.refresh_from_db()
    assert submission.draft == {}


def test_an_unknown_country_is_named():
    call = make_open_call()
    with pytest.raises(actions.InvalidContent, match="XX"):
        make_submission(call, content={**CONTENT, "countries": ["XX"]})


def test_the_closing_minute_counts_although_nobody_has_closed_the_call():
    call = make_open_call()
    person, actor = make_applicant()
    with pytest.raises(WrongState, match="closed"):
        actions.start_submission(call=call, person=person, actor=actor, now=CLOSES)


def test_withdrawing_keeps_the_submission_in_the_inputs():
    call = make_open_call()
    person, actor = make_applicant()
    submission = make_submission(call, applicant=(person, actor))
    actions.withdraw(submission=submission, reason="A change of plan.", actor=actor, now=DURING)
    call = actions.close_call(call=call, actor=STAFF, now=CLOSES)

    assert [(row["ref"], row["state"]) for row in call.inputs.content] == [
        (submission.ref.number, "withdrawn")
    ]


def test_numbers_have_no_gaps():
    call = make_open_call()
    numbers = [make_submission(call).ref.number for _ in range(3)]
    assert numbers == [f"{call.series}-{n:03d}" for n in (1, 2, 3)]


def test_what_was_handed_in_cannot_be_changed_in_the_database():
    submission = make_submission(make_open_call())
    with pytest.raises(Exception, match=r"permission denied|append-only"), transaction.atomic():
        Version.objects.filter(submission=submission).update(number=7)


def test_the_audit_says_who_handed_in():
    person, actor = make_applicant()
    submission = make_submission(make_open_call(), applicant=(person, actor))

    act = Act.objects.get(verb="submission_submitted")
    assert (act.account_id, act.subject_id) == (person.account_id, submission.pk)


NOBODY = Actor()


@pytest.mark.parametrize("act", ["declare", "open", "close", "screen"])
@pytest.mark.parametrize("rights", [(), ("desk.read",), ("organisation.represent",)])
def test_only_the_desk_runs_a_call(act, rights):
    call = make_call()
    actor = make_actor(*rights)
    with pytest.raises(NotAllowed):
        {
            "declare": lambda: make_call(actor=actor),
            "open": lambda: actions.open_call(call=call, actor=actor, now=OPENS),
            "close": lambda: actions.close_call(call=call, actor=actor, now=CLOSES),
            "screen": lambda: actions.screen_submissions(call=call, actor=actor, now=AFTER),
        }[act]()


def test_nobody_else_writes_or_hands_in_a_submission():
    submission = make_submission(make_open_call())
    _other, stranger = make_applicant()
    for actor in (stranger, NOBODY, STAFF):
        with pytest.raises(NotAllowed):
            actions.save_draft(submission=submission, content=CONTENT, actor=actor, now=DURING)
        with pytest.raises(NotAllowed):
            actions.submit(submission=submission, actor=actor, now=DURING)


def test_criteria_are_declared_as_given():
    call = make_call()
    assert list(call.criterions.values_list("key", "weight")) == [(c["key"], c["weight"]) for c in CRITERIA]
