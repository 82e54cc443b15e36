"""Writing together: drafts kept apart, files attached, and the approval of a second representative."""

import io
from dataclasses import replace
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from secretariat.foundation.accounts.actor import Actor, NotAllowed, WrongState
from secretariat.foundation.files.actions import store_file
from secretariat.foundation.files.queries import readable_files
from secretariat.foundation.notices.models import Notice
from secretariat.record.tasks.duties import duties_of
from secretariat.summit.calls import actions
from secretariat.summit.calls.logic import FieldSpec
from secretariat.summit.calls.models import Approval, Receipt, Submission
from tests.factories.accounts import TODAY
from tests.factories.calls import (
    AFTER,
    CLOSES,
    CONTENT,
    DURING,
    FIELDS,
    OPENS,
    STAFF,
    as_representative,
    make_applicant,
    make_open_call,
    make_submission,
)
from tests.factories.organisations import make_organisation
from tests.factories.people import make_affiliation

pytestmark = pytest.mark.django_db
PDF = FieldSpec("evidence", "file", "Evidence", "佐证", params={"types": ["application/pdf"], "maximum": 100})


@pytest.fixture
def house():
    return make_organisation()


@pytest.fixture
def writing(house):
    """A draft of the house, begun by one of two representatives."""
    applicant = make_applicant()
    call = make_open_call(fields=[*FIELDS, PDF])
    draft = make_submission(call, organisation=house, applicant=applicant, hand_in=False)
    draft.author = as_representative(applicant[1], house)
    draft.colleague = as_representative(make_applicant()[1], house)
    return draft


def save(draft, title, actor, seen):
    content = {**CONTENT, "title": {"en": title}}
    return actions.save_draft(submission=draft, content=content, actor=actor, now=DURING, seen=seen)


def test_a_page_that_saves_again_is_in_nobodys_way_but_anothers_is(writing):
    hers, his = actions.Seen(writing.revision, uuid4()), actions.Seen(writing.revision, uuid4())
    save(writing, "One", writing.author, hers)
    save(writing, "Two", writing.author, hers)

    with pytest.raises(actions.DraftConflict) as refused:
        save(writing, "His", writing.colleague, his)

    assert refused.value.submission.draft["title"] == {"en": "Two"}
    writing.refresh_from_db()
    assert (writing.draft["title"], writing.saved_by_id) == ({"en": "Two"}, writing.author.person_id)
    save(writing, "His", writing.colleague, replace(his, revision=writing.revision))
    writing.refresh_from_db()
    assert (writing.draft["title"], writing.saved_by_id) == ({"en": "His"}, writing.colleague.person_id)


def test_beginning_again_before_a_word_is_written_is_the_same_draft():
    person, actor = make_applicant()
    call = make_open_call()

    begun = {actions.start_submission(call=call, person=person, actor=actor, now=DURING).pk for _ in range(2)}

    assert begun == set(Submission.objects.values_list("pk", flat=True))
    assert len(begun) == 1


@pytest.mark.parametrize(("role", "may"), [("representative", True), ("staff", True), (None, False)])
def test_who_may_begin_in_the_name_of_an_organisation(house, role, may):
    person, actor = make_applicant()
    if role:
        make_affiliation(person, house, role=role)
    begin = {"call": make_open_call(), "organisation": house, "person": person, "actor": actor, "now": DURING}

    if may:
        assert actions.start_submission(**begin).organisation == house
    else:
        with pytest.raises(NotAllowed, match=str(house)):
            actions.start_submission(**begin)


def test_a_call_that_is_opened_early_takes_nothing_before_its_day():
    person, actor = make_applicant()
    with pytest.raises(WrongState, match="announced"):
        actions.start_submission(
            call=make_open_call(), person=person, actor=actor, now=OPENS.replace(year=OPENS.year - 1)
        )


# -- Files ------------------------------------------------------------------------------------------------------


def stored(actor, content=b"%PDF-1.4\n"):
    return store_file(
        stream=io.BytesIO(content), name="a.pdf", allowed_types=(), limit=1000, actor=actor, now=DURING
    )


def attach(draft, file, actor, key="evidence"):
    return actions.attach_file(submission=draft, key=key, file=file, actor=actor, now=DURING)


def test_a_file_answers_its_question_and_can_be_taken_out(writing):
    file = stored(writing.author)

    assert attach(writing, file, writing.author).draft == {**CONTENT, "evidence": str(file.pk)}
    detached = actions.detach_file(submission=writing, key="evidence", actor=writing.colleague, now=DURING)

    assert detached.draft == CONTENT


def test_a_file_of_a_submission_is_read_by_those_who_answer_for_it(writing):
    file = stored(writing.author)
    attach(writing, file, writing.author)
    stranger = make_applicant()[1]
    readers = {"author": writing.author, "colleague": writing.colleague, "stranger": stranger, "desk": STAFF}

    assert {name for name, actor in readers.items() if readable_files(actor, [file])} == {
        "author", "colleague", "desk"
    }  # fmt: skip


@pytest.mark.parametrize("key", ["title", "nowhere"])
def test_a_file_answers_only_a_question_for_files(writing, key):
    with pytest.raises(actions.InvalidContent, match=key):
        attach(writing, stored(writing.author), writing.author, key)


@pytest.mark.parametrize("content", [b"plain words", b"%PDF-1.4\n" + b"x" * 100])
def test_a_file_of_another_kind_or_too_large_is_refused(writing, content):
    with pytest.raises(actions.InvalidContent, match="evidence"):
        attach(writing, stored(writing.author, content), writing.author)


def test_nobody_attaches_a_file_that_another_handed_in(writing):
    with pytest.raises(NotAllowed):
        attach(writing, stored(writing.colleague), writing.author)


def test_a_file_belongs_to_one_submission(writing):
    file = stored(writing.author)
    attach(writing, file, writing.author)
    applicant = (writing.person, Actor(writing.author.account_id, writing.person_id))
    other = make_submission(writing.call, content={}, applicant=applicant, hand_in=False)

    with pytest.raises(NotAllowed):
        attach(other, file, writing.author)


# -- Approval ---------------------------------------------------------------------------------------------------


def want(house, actor, wanted=True):
    return actions.want_approval(organisation=house, wanted=wanted, actor=actor, now=DURING)


def ask(draft, actor):
    return actions.ask_approval(submission=draft, actor=actor, now=DURING)


def test_without_the_approval_wanted_nothing_is_handed_in(writing, house):
    want(house, writing.author)
    with pytest.raises(actions.ApprovalMissing):
        actions.submit(submission=writing, actor=writing.author, now=DURING)

    actions.approve(approval=ask(writing, writing.author), actor=writing.colleague, now=DURING)
    actions.submit(submission=writing, actor=writing.author, now=DURING)

    assert Receipt.objects.count() == 1


def test_an_organisation_that_no_longer_wants_it_hands_in_alone(writing, house):
    want(house, writing.author)
    want(house, writing.author, wanted=False)

    assert actions.submit(submission=writing, actor=writing.author, now=DURING)


@pytest.mark.parametrize("who", ["asker", "assistant", "stranger", "desk"])
def test_who_may_not_approve(writing, house, who):
    want(house, writing.author)
    approval = ask(writing, writing.author)
    actor = {
        "asker": writing.author,
        "assistant": replace(writing.colleague, tasks=frozenset({"organisation.represent", "calls.apply"})),
        "stranger": make_applicant()[1],
        "desk": STAFF,
    }[who]

    with pytest.raises(NotAllowed):
        actions.approve(approval=approval, actor=actor, now=DURING)


def test_the_database_knows_no_approval_by_who_asked(writing, house):
    approval = ask(writing, writing.author)
    with pytest.raises(IntegrityError, match="approval_by_another"), transaction.atomic():
        Approval.objects.filter(pk=approval.pk).update(approved_by=approval.asked_by_id, approved_at=DURING)


def test_an_approval_holds_for_the_text_that_was_read(writing, house):
    want(house, writing.author)
    approval = ask(writing, writing.author)
    save(writing, "Changed", writing.author, None)

    with pytest.raises(WrongState, match="read it again"):
        actions.approve(approval=approval, actor=writing.colleague, now=DURING)


def test_only_who_represents_an_organisation_says_how_it_hands_in(house):
    for actor in (make_applicant()[1], STAFF, Actor()):
        with pytest.raises(NotAllowed):
            want(house, actor)


def test_asking_tells_the_other_representatives_once(house):
    people = [make_applicant() for _ in range(2)]
    for person, _actor in people:
        make_affiliation(person, house, role="representative", starts_on=TODAY)
    draft = make_submission(make_open_call(), organisation=house, applicant=people[0], hand_in=False)

    for _ in range(2):
        ask(draft, as_representative(people[0][1], house))

    told = Notice.objects.filter(kind="draft_to_approve")
    assert [notice.account_id for notice in told] == [people[1][0].account_id]


# -- What waits -------------------------------------------------------------------------------------------------


def waits(actor, door, now=DURING):
    return [
        duty.key.partition(":")[0] for duty in duties_of(actor, door, now) if duty.key.startswith("calls.")
    ]


def test_a_draft_waits_until_it_is_handed_in_and_again_once_it_has_moved(writing):
    assert waits(writing.author, "my") == ["calls.draft"]
    actions.submit(submission=writing, actor=writing.author, now=DURING)
    assert waits(writing.author, "my") == []
    save(writing, "Moved on", writing.author, None)

    assert waits(writing.author, "my") == ["calls.draft"]
    assert waits(writing.author, "my", CLOSES) == []
    assert waits(make_applicant()[1], "my") == []


def test_an_approval_waits_for_the_others_alone(writing, house):
    want(house, writing.author)
    ask(writing, writing.author)

    assert sorted(waits(writing.colleague, "my")) == ["calls.approval", "calls.draft"]
    assert waits(writing.author, "my") == ["calls.draft"]


def test_the_desk_closes_and_screens(writing):
    actions.submit(submission=writing, actor=writing.author, now=DURING)
    found = [waits(STAFF, "desk", now) for now in (DURING, CLOSES)]
    call = actions.close_call(call=writing.call, actor=STAFF, now=CLOSES)
    found.append(waits(STAFF, "desk", AFTER))
    actions.screen_submissions(call=call, actor=STAFF, now=AFTER)
    found.append(waits(STAFF, "desk", AFTER))

    assert found == [[], ["calls.open"], ["calls.closed"], []]
    assert waits(writing.author, "desk", CLOSES) == []
