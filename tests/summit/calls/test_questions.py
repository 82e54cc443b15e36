"""The desk asks an applicant about what was handed in; she answers, and nobody else learns of either."""

import io
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone

from secretariat.foundation.accounts.actor import SYSTEM, NotAllowed, WrongState
from secretariat.foundation.audit.models import Act
from secretariat.foundation.files.actions import store_file
from secretariat.foundation.files.queries import readable_files
from secretariat.foundation.notices.models import Notice
from secretariat.record.tasks.duties import duties_of
from secretariat.summit.calls import actions
from secretariat.summit.calls.asking import own_question, question_at_desk, thread_of
from secretariat.summit.calls.models import Answer, AnswerFile, Question, Submission
from tests.factories.accounts import make_actor
from tests.factories.calls import DURING, as_representative, make_applicant, make_open_call, make_submission
from tests.factories.correspondence import as_staff, make_staff
from tests.factories.organisations import make_organisation
from tests.factories.people import make_affiliation

pytestmark = pytest.mark.django_db
DUE = DURING + timedelta(days=5)


@pytest.fixture
def house():
    return make_organisation()


@pytest.fixture
def asked(house):
    """A question about a submission of a house, with whoever may answer it and whoever may not."""
    person, applicant = make_applicant()
    colleague = make_applicant()
    make_affiliation(colleague[0], house, role="representative")
    call = make_open_call()
    item = make_submission(call, organisation=house, applicant=(person, applicant))
    question = ask(item)
    question.applicant = as_representative(applicant, house)
    question.colleague = as_representative(colleague[1], house)
    question.stranger = make_submission(call).person
    return question


def ask(item, by=None, due_at=DUE, text="Since when is it in use?"):
    return actions.ask_applicant(
        submission=item, text=text, due_at=due_at, actor=as_staff(by or make_staff()), now=DURING
    )


def answer(question, actor=None, now=DURING, files=(), text="Since 2021."):
    return actions.answer_question(
        question=question, text=text, files=files, actor=actor or question.applicant, now=now
    )


def handed_in(actor, name="plan.txt"):
    return store_file(
        stream=io.BytesIO(b"plan"), name=name, allowed_types=(), limit=100, actor=actor, now=DURING
    )


def titles(actor, door="my"):
    return {
        duty.title
        for duty in duties_of(actor, door, DURING)
        if "question" in duty.key or "answered" in duty.key
    }


def test_whoever_answers_for_the_submission_is_told_and_has_it_to_do(asked):
    number = asked.submission.ref.number

    told = set(Notice.objects.filter(kind="question_asked").values_list("account_id", flat=True))

    assert told == {asked.applicant.account_id, asked.colleague.account_id}
    for actor in (asked.applicant, asked.colleague):
        assert titles(actor) == {f"Answer the question about {number}"}
    assert titles(make_actor(person=asked.stranger)) == set()


def test_an_answer_ends_the_duty_tells_the_asker_and_leaves_the_state_as_it_is(asked):
    file = handed_in(asked.applicant)

    given = answer(asked, files=[file])

    asked.refresh_from_db()
    asker = as_staff(asked.asked_by)
    assert (asked.state, given.is_late) == ("answered", False)
    assert Submission.objects.get(pk=asked.submission_id).state == "submitted"
    assert titles(asked.applicant) == set()
    assert titles(asker, "desk") == {f"Read the answer about {asked.submission.ref.number}"}
    assert set(Notice.objects.filter(kind="question_answered").values_list("account_id", flat=True)) == {
        asked.asked_by.account_id
    }
    assert [row.file for row in AnswerFile.objects.all()] == [file]
    verbs = Act.objects.filter(subject_id=asked.submission_id, verb__startswith="question").order_by("id")
    assert list(verbs.values_list("verb", flat=True)) == ["question_asked", "question_answered"]


@pytest.mark.parametrize(("after", "late"), [(timedelta(0), False), (timedelta(seconds=1), True)])
def test_after_its_day_an_answer_is_taken_and_marked(asked, after, late):
    assert answer(asked, now=DUE + after).is_late is late


def test_more_can_be_said_until_the_desk_settles_it(asked):
    answer(asked), answer(asked, actor=asked.colleague, text="And in two countries.")
    actions.settle_question(question=asked, actor=as_staff(make_staff()), now=DURING)

    with pytest.raises(WrongState):
        answer(asked)
    [thread] = thread_of(asked.submission)
    assert [each.text for each in thread.answers.all()] == ["Since 2021.", "And in two countries."]


def test_nobody_else_sees_answers_or_opens_a_file_of_it(asked):
    file = handed_in(asked.applicant)
    answer(asked, files=[file])
    other, number = make_actor(person=asked.stranger), asked.submission.ref.number

    assert own_question(other, number, asked.pk) is None and question_at_desk(other, number, asked.pk) is None
    with pytest.raises(NotAllowed):
        answer(asked, actor=other)
    assert readable_files(other, [file]) == []
    for actor in (asked.applicant, asked.colleague, make_actor("desk.read")):
        assert readable_files(actor, [file]) == [file]


def test_a_foreign_file_is_not_attached(asked):
    with pytest.raises(NotAllowed):
        answer(asked, files=[handed_in(asked.colleague)])


@pytest.mark.parametrize(
    ("left", "answered", "reminded"),
    [
        (timedelta(days=3), False, 0),
        (timedelta(days=2), False, 1),
        (timedelta(days=1), True, 0),
        (timedelta(days=-1), False, 0),
    ],
)
def test_who_has_not_answered_is_reminded_once(asked, left, answered, reminded):
    if answered:
        answer(asked)

    assert actions.remind_of_questions(actor=SYSTEM, now=DUE - left) == reminded
    assert actions.remind_of_questions(actor=SYSTEM, now=DUE - left) == 0

    told = set(Notice.objects.filter(kind="question_due").values_list("account_id", flat=True))
    assert told == ({asked.applicant.account_id, asked.colleague.account_id} if reminded else set())


@pytest.mark.parametrize("rights", [(), ("desk.read",)])
def test_only_the_secretariat_asks(rights):
    item = make_submission(make_open_call())
    with pytest.raises(NotAllowed):
        actions.ask_applicant(
            submission=item, text="?", due_at=DUE, actor=make_actor(*rights, person=make_staff()), now=DURING
        )


def test_a_draft_is_not_asked_about():
    item = make_submission(make_open_call(), hand_in=False)
    with pytest.raises(WrongState):
        ask(item)


def test_a_day_in_the_past_is_refused():
    with pytest.raises(ValueError, match="past"):
        ask(make_submission(make_open_call()), due_at=DURING)


def test_the_database_keeps_an_answer_as_it_was(asked):
    given = answer(asked)
    with pytest.raises(DatabaseError), transaction.atomic():
        Answer.objects.filter(pk=given.pk).update(text="Something else")


def test_asked_on_one_page_and_answered_with_a_file_on_the_other(client):
    applicant = make_applicant()
    item = make_submission(make_open_call(), applicant=applicant)
    staff, number = make_staff(), item.ref.number
    client.force_login(staff.account)
    due = (timezone.localdate() + timedelta(days=9)).isoformat()
    wrong = client.post(reverse("desk_calls:ask", args=[number]), {"text": "Why?", "due_on": "2022-01-01"})
    assert wrong.status_code == 422 and "lies in the past" in wrong.content.decode()
    client.post(reverse("desk_calls:ask", args=[number]), {"text": "Why?", "due_on": due})
    question = Question.objects.get()

    client.force_login(applicant[0].account)
    page = client.get(reverse("my_calls:submission", args=[number])).content.decode()
    assert "Questions to you" in page and "Why?" in page
    path = reverse("my_calls:answer", args=[number, question.pk])
    assert client.post(path, {"text": ""}).status_code == 422
    client.post(path, {"text": "Because.", "file_1": SimpleUploadedFile("why.txt", b"Because of that.")})

    file = AnswerFile.objects.get().file
    mine = client.get(reverse("my_calls:answer_file", args=[number, file.pk]))
    assert b"".join(mine.streaming_content) == b"Because of that."
    client.force_login(staff.account)
    page = client.get(reverse("desk_calls:submission", args=[number])).content.decode()
    assert "Because." in page and "why.txt" in page
    client.post(reverse("desk_calls:settle", args=[number, question.pk]))
    question.refresh_from_db()
    assert question.state == "settled"
    client.force_login(make_applicant()[0].account)
    assert client.get(path).status_code == 404
    assert client.get(reverse("my_calls:answer_file", args=[number, file.pk])).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_a_thread_costs_the_same_however_long(asked, count, django_assert_num_queries):
    for _ in range(count - 1):
        answer(ask(asked.submission), actor=asked.applicant)
    answer(asked, files=[handed_in(asked.applicant)])
    with django_assert_num_queries(3):
        assert len(thread_of(asked.submission)) == count
