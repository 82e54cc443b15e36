"""Questions of the desk about what was handed in, and what the applicant answers. The submission keeps its state."""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from secretariat.foundation.accounts.actor import Actor, require, require_state
from secretariat.foundation.audit import actions as audit
from secretariat.foundation.files.models import File
from secretariat.foundation.notices.actions import tell
from secretariat.summit.calls import asking, rules
from secretariat.summit.calls.models import Answer, AnswerFile, Question, Submission
from secretariat.summit.calls.states import QuestionState

SOON = timedelta(days=2)


def ask_applicant(
    *, submission: Submission, text: str, due_at: datetime, actor: Actor, now: datetime
) -> Question:
    """Ask the applicant something about what was handed in, to be answered by a moment. She and hers are told."""
    require(rules.can_ask(actor), _("ask the applicant"))
    if due_at <= now:
        raise ValueError(_("The day by which an answer is wanted lies in the past."))
    if not text.strip():
        raise ValueError(_("Write what you want to know."))
    with audit.act("question_asked", actor=actor, now=now) as act:
        locked = (
            Submission.objects.select_for_update(of=("self",)).select_related("ref").get(pk=submission.pk)
        )
        require_state(locked.state, ["submitted", "eligible"], _("Asking the applicant"))
        question = Question.objects.create(
            submission=locked, text=text, due_at=due_at, asked_by_id=actor.person_id, asked_at=now
        )
        act.on(locked, question=question.pk)
        tell(
            accounts=asking.accounts_of_applicant(locked, now.date()), kind="question_asked",
            subject_id=question.pk, now=now, number=locked.ref.number, due=due_at.isoformat(),
            told_by=actor.account_id,
        )  # fmt: skip
    return question


def answer_question(
    *, question: Question, text: str, files: Collection[File], actor: Actor, now: datetime
) -> Answer:
    """Answer for the applicant, with files she has handed in. Until the desk settles it she may add to her answer.

    An answer after the day asked for is taken, and marked as late.
    """
    require(rules.is_applicant(actor, question.submission), _("answer this question"))
    require(all(file.uploaded_by_id == actor.account_id for file in files), _("attach this file"))
    if not text.strip():
        raise ValueError(_("Write your answer."))
    with audit.act("question_answered", actor=actor, now=now) as act:
        question = _locked(question, _("Answering"))
        answer = Answer.objects.create(
            question=question, text=text, author_id=actor.person_id, answered_at=now,
            is_late=now > question.due_at,
        )  # fmt: skip
        AnswerFile.objects.bulk_create(AnswerFile(answer=answer, file=file) for file in files)
        if question.state == QuestionState.ASKED:
            question.state = QuestionState.ANSWERED
            question.save(update_fields=["state"])
        act.on(question.submission, question=question.pk, late=answer.is_late, files=len(files))
        if question.asked_by.account_id and question.asked_by.account_id != actor.account_id:
            tell(
                accounts=[question.asked_by.account_id], kind="question_answered", subject_id=answer.pk, now=now,
                number=question.submission.ref.number,
            )  # fmt: skip
    return answer


def remind_of_questions(*, actor: Actor, now: datetime) -> int:
    """Tell applicants once more whose answer is due soon and has not come. Each question once. Returns how many."""
    soon = list(asking.due_within(now, SOON))
    if not soon:
        return 0
    with audit.act("questions_reminded", actor=actor, now=now, questions=len(soon)):
        for question in soon:
            tell(
                accounts=asking.accounts_of_applicant(question.submission, now.date()), kind="question_due",
                subject_id=question.pk, now=now, number=question.submission.ref.number,
                due=question.due_at.isoformat(),
            )  # fmt: skip
    return len(soon)


def settle_question(*, question: Question, actor: Actor, now: datetime) -> Question:
    """Close a question at the desk: it was answered, or the answer is no longer wanted."""
    require(rules.can_ask(actor), _("settle this question"))
    with audit.act("question_settled", actor=actor, now=now) as act:
        question = _locked(question, _("Settling the question"))
        question.state, question.settled_at = QuestionState.SETTLED, now
        question.save(update_fields=["state", "settled_at"])
        act.on(question.submission, question=question.pk)
    return question


def _locked(question: Question, what: str) -> Question:
    rows = Question.objects.select_for_update(of=("self",)).select_related("submission__ref", "asked_by")
    locked = rows.get(pk=question.pk)
    require_state(locked.state, [QuestionState.ASKED, QuestionState.ANSWERED], what)
    return locked
