from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from secretariat.foundation.audit.models import Record
from secretariat.summit.calls import states
from secretariat.summit.calls.models.submission import Submission


class Question(Record):
    """What the desk wants to know about a submission, by a moment. The submission's own state is no part of it."""

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="questions")
    text = models.TextField(_("question"))
    due_at = models.DateTimeField(_("to be answered by"))
    asked_by = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(_("asked at"))
    state = models.CharField(_("state"), max_length=20, choices=states.QuestionState, default="asked")
    settled_at = models.DateTimeField(_("settled at"), null=True)

    transitions = {"state": states.QUESTION_TRANSITIONS}

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        constraints = [
            models.CheckConstraint(
                name="question_settled_says_when", condition=~Q(state="settled") | Q(settled_at__isnull=False)
            ),
        ]
        indexes = [models.Index(fields=["state", "due_at"], name="question_open")]


class Answer(Record):
    """What was answered, once and for all; who wants to say more adds another."""

    question = models.ForeignKey(Question, models.PROTECT, related_name="answers")
    text = models.TextField(_("answer"))
    author = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(_("answered at"))
    is_late = models.BooleanField(_("late"), default=False)

    append_only = True
    personal_fields = ("text",)
    personal_subject = "author"

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")


class AnswerFile(Record):
    """A file that came with an answer."""

    answer = models.ForeignKey(Answer, models.PROTECT, related_name="files")
    file = models.OneToOneField("files.File", models.PROTECT, related_name="+", verbose_name=_("file"))

    append_only = True

    class Meta:
        verbose_name = _("file of an answer")
        verbose_name_plural = _("files of answers")
