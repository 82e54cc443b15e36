"""Questions about a submission and their answers: who sees them, who is told, and what is still open."""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from secretariat.foundation.accounts.actor import Actor
from secretariat.foundation.accounts.queries import in_force
from secretariat.foundation.files.models import File
from secretariat.foundation.notices.models import Notice
from secretariat.governance.membership.models import Representative
from secretariat.registry.people.models import Affiliation, Person
from secretariat.summit.calls import rules
from secretariat.summit.calls.models import Answer, AnswerFile, Question, Submission
from secretariat.summit.calls.queries import mine
from secretariat.summit.calls.states import QuestionState


def thread_of(submission: Submission) -> list[Question]:
    """Return the questions about a submission with their answers and files, the latest first. Three statements."""
    files = AnswerFile.objects.select_related("file").order_by("pk")
    answers = Answer.objects.select_related("author__ref").prefetch_related(Prefetch("files", files))
    rows = submission.questions.select_related("asked_by__ref", "submission__ref").order_by("-asked_at", "pk")
    return list(rows.prefetch_related(Prefetch("answers", answers.order_by("answered_at", "pk"))))


def visible_questions(actor: Actor) -> QuerySet[Question]:
    """Return the questions an actor may see: those about her own submissions; all of them at the desk."""
    rows = Question.objects.select_related("submission__ref", "submission__call", "asked_by")
    if rules.reads_desk(actor):
        return rows
    return rows.filter(submission__in=mine(actor).order_by().values("pk"))


def own_question(actor: Actor, number: str, pk: UUID) -> Question | None:
    """Return a question that the actor is to answer, as the applicant or for it."""
    own = mine(actor).order_by().values("pk")
    rows = Question.objects.select_related("submission__ref", "submission__call", "asked_by")
    return rows.filter(pk=pk, submission__ref__number=number, submission__in=own).first()


def question_at_desk(actor: Actor, number: str, pk: UUID) -> Question | None:
    """Return a question as the desk sees it."""
    if not rules.reads_desk(actor):
        return None
    return visible_questions(actor).filter(pk=pk, submission__ref__number=number).first()


def file_of_answer(submission: Submission, pk: UUID) -> File | None:
    """Return a file that came with an answer about this submission."""
    rows = AnswerFile.objects.filter(answer__question__submission=submission, file=pk)
    row = rows.select_related("file").first()
    return row.file if row else None


def open_for(actor: Actor) -> QuerySet[Question]:
    """Return the questions this actor has to answer, what is due first before it. One statement."""
    own = mine(actor).order_by().values("pk")
    rows = Question.objects.filter(state=QuestionState.ASKED, submission__in=own)
    return rows.select_related("submission__ref", "submission__call").order_by("due_at", "pk")


def answered_for(actor: Actor) -> QuerySet[Question]:
    """Return the questions this person asked whose answers she has not settled yet. One statement."""
    rows = Question.objects.filter(state=QuestionState.ANSWERED, asked_by=actor.person_id)
    return rows.select_related("submission__ref", "submission__call").order_by("due_at", "pk")


def due_within(now: datetime, time: timedelta) -> QuerySet[Question]:
    """Return what is to be answered soon, was asked long enough ago, and of which nobody was reminded yet."""
    soon = Question.objects.filter(
        state=QuestionState.ASKED, due_at__gt=now, due_at__lte=now + time, asked_at__lte=now - time
    )
    told = Notice.objects.filter(kind="question_due", subject_id=OuterRef("pk"))
    return soon.exclude(Exists(told)).select_related("submission__ref").order_by("due_at", "pk")


def accounts_of_applicant(submission: Submission, on: date) -> list[UUID]:
    """Return the accounts of the person in charge and of who represents the organisation. One statement."""
    organisation = submission.organisation_id
    affiliated = Affiliation.objects.filter(
        in_force(on), organisation=organisation, role="representative", organisation__isnull=False
    )
    speaking = Representative.objects.filter(
        in_force(on), member__organisation=organisation, member__organisation__isnull=False
    )
    people = Person.objects.filter(
        Q(pk=submission.person_id) | Q(pk__in=affiliated.values("person")) | Q(pk__in=speaking.values("person")),
        account__isnull=False,
    )  # fmt: skip
    return list(people.values_list("account", flat=True))
