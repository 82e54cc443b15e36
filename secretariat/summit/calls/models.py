from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from secretariat.foundation.audit.models import Record
from secretariat.registry.refs.models import Traceable
from secretariat.summit.calls import states
from secretariat.summit.calls.undertaking import usual


class Call(Traceable):
    """An open call of an edition: what is asked, how it is judged, and every cut, declared before it opens."""

    edition = models.ForeignKey(
        "editions.Edition", models.PROTECT, related_name="+", verbose_name=_("edition")
    )
    key = models.SlugField(_("key"), max_length=60, unique=True)
    series = models.CharField(_("series of numbers"), max_length=30)
    title_en = models.CharField(_("title in English"), max_length=200)
    title_zh = models.CharField(_("title in Chinese"), max_length=200)
    word_en = models.CharField(_("name of one submission in English"), max_length=60)
    word_zh = models.CharField(_("name of one submission in Chinese"), max_length=60)
    languages = ArrayField(models.CharField(max_length=10), verbose_name=_("languages"))
    opens_at = models.DateTimeField(_("opens at"))
    closes_at = models.DateTimeField(_("closes at"))
    zone = models.CharField(_("time zone"), max_length=60)
    committee = models.ForeignKey(
        "bodies.Body", models.PROTECT, null=True, related_name="+", verbose_name=_("committee")
    )
    publication = models.JSONField(_("publication"), default=dict)
    # What its committee's members sign before they read: en and zh, and what tells this text from any other.
    undertaking = models.JSONField(_("undertaking of the committee"), default=usual)
    undertaking_digest = models.CharField(max_length=64, blank=True)
    state = models.CharField(_("state"), max_length=20, choices=states.CallState, default="draft")
    rules_digest = models.CharField(max_length=64, blank=True)
    inputs_digest = models.CharField(max_length=64, blank=True)

    transitions = {"state": states.CALL_TRANSITIONS}

    class Meta:
        verbose_name = _("call")
        verbose_name_plural = _("calls")
        constraints = [
            models.CheckConstraint(
                name="call_closes_after_opening", condition=Q(closes_at__gt=F("opens_at"))
            ),
            models.CheckConstraint(
                name="call_open_has_digest",
                condition=Q(state__in=["draft", "cancelled"]) | ~Q(rules_digest=""),
            ),
            models.CheckConstraint(
                name="call_closed_has_digest",
                condition=~Q(state__in=["closed", "concluded"]) | ~Q(inputs_digest=""),
            ),
        ]

    def __str__(self) -> str:
        return self.title_en


class CallPart(Record):
    """A row of a call's rules: it may change only while the call is a draft; the database refuses the rest."""

    call = models.ForeignKey(Call, models.PROTECT, related_name="%(class)ss", verbose_name=_("call"))
    position = models.PositiveSmallIntegerField(_("position"))
    key = models.SlugField(_("key"), max_length=60)

    open_while: ClassVar = (("call", "state", ("draft",)),)

    class Meta:
        abstract = True
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["call", "key"], name="%(class)s_key_once")]


class FormField(CallPart):
    """A question of the form. Limits are characters for each language; params depend on the kind."""

    kind = models.CharField(_("kind"), max_length=20, choices=states.FieldKind)
    label_en = models.CharField(_("label in English"), max_length=200)
    label_zh = models.CharField(_("label in Chinese"), max_length=200)
    required = models.BooleanField(_("required"), default=False)
    confidentiality = models.CharField(_("who reads it"), max_length=20, choices=states.Confidentiality)
    limits = models.JSONField(_("limits"), default=dict)
    params = models.JSONField(_("parameters"), default=dict)

    class Meta(CallPart.Meta):
        verbose_name = pgettext_lazy("form", "field")
        verbose_name_plural = pgettext_lazy("form", "fields")


class Criterion(CallPart):
    """What a review scores, with its weight among the criteria and its scale of whole numbers."""

    label_en = models.CharField(_("label in English"), max_length=200)
    label_zh = models.CharField(_("label in Chinese"), max_length=200)
    help_en = models.TextField(_("guidance in English"), blank=True)
    help_zh = models.TextField(_("guidance in Chinese"), blank=True)
    weight = models.PositiveSmallIntegerField(_("weight"))
    minimum = models.SmallIntegerField(_("lowest score"))
    maximum = models.SmallIntegerField(_("highest score"))
    anchors = models.JSONField(_("what scores mean"), default=dict)  # score -> en and zh
    invented = models.BooleanField(_("invented"), default=False)

    class Meta(CallPart.Meta):
        verbose_name = _("criterion")
        verbose_name_plural = _("criteria")
        constraints = [
            *CallPart.Meta.constraints,
            models.CheckConstraint(name="criterion_scale", condition=Q(maximum__gt=F("minimum"))),
            models.CheckConstraint(name="criterion_weight", condition=Q(weight__gt=0)),
        ]


class EligibilityRule(CallPart):
    """A formal condition, checked by the platform; its reason is what a refused applicant reads."""

    kind = models.CharField(_("kind"), max_length=40)
    params = models.JSONField(_("parameters"), default=dict)
    reason_en = models.CharField(_("reason in English"), max_length=400)
    reason_zh = models.CharField(_("reason in Chinese"), max_length=400)

    class Meta(CallPart.Meta):
        verbose_name = _("eligibility rule")
        verbose_name_plural = _("eligibility rules")


class Stage(CallPart):
    """A cut: from the list of the stage before to a shorter one, by a rule declared before the call opens."""

    kind = models.CharField(_("kind"), max_length=20, choices=states.StageKind)
    label_en = models.CharField(_("label in English"), max_length=200)
    label_zh = models.CharField(_("label in Chinese"), max_length=200)
    keep = models.PositiveIntegerField(pgettext_lazy("on a list", "kept"), default=0)  # 0: all that pass
    method = models.CharField(_("method"), max_length=20)
    readers = models.PositiveSmallIntegerField(_("further readings for each"), default=0)
    ties = models.CharField(_("ties"), max_length=30)
    refused = models.CharField(_("place of a refused item"), max_length=20)
    authority = models.ForeignKey(
        "bodies.Body", models.PROTECT, null=True, related_name="+", verbose_name=_("authority")
    )
    levels = models.JSONField(_("levels"), default=list)
    moves = models.CharField(
        _("moves across the line"), max_length=10, blank=True, choices=states.Moves, default=""
    )

    class Meta(CallPart.Meta):
        verbose_name = _("stage")
        verbose_name_plural = _("stages")


class Submission(Traceable):
    """One answer to a call. What was handed in stands in its versions; the draft is what is being written."""

    call = models.ForeignKey(Call, models.PROTECT, related_name="submissions", verbose_name=_("call"))
    organisation = models.ForeignKey(
        "organisations.Organisation", models.PROTECT, null=True, related_name="+", verbose_name=_("applicant")
    )
    person = models.ForeignKey(
        "people.Person", models.PROTECT, related_name="+", verbose_name=_("person in charge")
    )
    state = models.CharField(_("state"), max_length=20, choices=states.SubmissionState, default="draft")
    draft = models.JSONField(_("draft"), default=dict)
    version = models.PositiveSmallIntegerField(_("version"), default=0)
    topic = models.ForeignKey(
        "topics.Topic", models.PROTECT, null=True, related_name="+", verbose_name=_("field")
    )
    title_en = models.CharField(_("title in English"), max_length=300, blank=True)
    title_zh = models.CharField(_("title in Chinese"), max_length=300, blank=True)
    submitted_at = models.DateTimeField(_("submitted at"), null=True)
    # The key under which the sheet knows it that it was brought in from.
    their_key = models.CharField(_("key in the sheet"), max_length=200, blank=True)
    # What keeps two who write at once apart: how often the draft was saved, last from which open page, and by whom.
    revision = models.PositiveIntegerField(_("revision of the draft"), default=0)
    writer = models.UUIDField(null=True)
    saved_at = models.DateTimeField(_("draft saved at"), null=True)
    saved_by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")

    transitions = {"state": states.SUBMISSION_TRANSITIONS}
    personal_fields = ("draft",)
    personal_subject = "person"

    class Meta:
        verbose_name = _("submission")
        verbose_name_plural = _("submissions")
        constraints = [
            models.CheckConstraint(
                name="submission_has_version",
                condition=Q(state__in=["draft", "withdrawn"]) | Q(version__gt=0, submitted_at__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["call", "their_key"],
                name="submission_once_from_sheet",
                condition=~Q(their_key="") & ~Q(state="withdrawn"),
            ),
        ]
        indexes = [models.Index(fields=["call", "state"], name="submission_of_call")]


class Applicant(Record):
    """An organisation that applies together with the first one."""

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="applicants")
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("applicant")
        verbose_name_plural = _("applicants")
        constraints = [models.UniqueConstraint(fields=["submission", "organisation"], name="applicant_once")]


class Attachment(Record):
    """A file that answers a question of the form. It stays when another takes its place: a version may name it."""

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="attachments")
    key = models.SlugField(_("field"), max_length=60)
    file = models.OneToOneField("files.File", models.PROTECT, related_name="+", verbose_name=_("file"))

    append_only = True

    class Meta:
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")


class ApprovalRule(Record):
    """Whether an organisation wants a second representative to approve what is handed in for it."""

    organisation = models.OneToOneField("organisations.Organisation", models.PROTECT, related_name="+")
    is_wanted = models.BooleanField(_("a second representative approves"), default=False)

    class Meta:
        verbose_name = _("rule of approval")
        verbose_name_plural = _("rules of approval")


class Approval(Record):
    """One revision of a draft, laid before a second representative. A later revision needs another approval."""

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="approvals")
    revision = models.PositiveIntegerField(_("revision of the draft"))
    asked_by = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(_("asked at"))
    approved_by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField(_("approved at"), null=True)

    class Meta:
        verbose_name = _("approval")
        verbose_name_plural = _("approvals")
        constraints = [
            models.UniqueConstraint(fields=["submission", "revision"], name="approval_once"),
            models.CheckConstraint(
                name="approval_by_another",
                condition=Q(approved_by=None, approved_at=None)
                | Q(approved_at__isnull=False) & ~Q(approved_by=F("asked_by")),
            ),
        ]


class SubmissionCountry(Record):
    """A country or region of a submission: of its applicants, or where it is in use. A count says which it counts."""

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="countries")
    place = models.ForeignKey("places.Place", models.PROTECT, related_name="+")
    role = models.CharField(max_length=20, choices=states.CountryRole)

    class Meta:
        verbose_name = _("country or region of a submission")
        verbose_name_plural = _("countries and regions of submissions")
        constraints = [
            models.UniqueConstraint(fields=["submission", "place", "role"], name="submission_country_once")
        ]


class Version(Record):
    """What was handed in, once and for all, with the salted commitment that goes into the log."""

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField(_("version"))
    content = models.JSONField(_("content"))
    author = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    handed_in_at = models.DateTimeField(_("handed in at"))
    salt = models.BinaryField()
    commitment = models.CharField(max_length=64)

    append_only = True
    personal_fields = ("content", "salt")
    personal_subject = "author"

    class Meta:
        verbose_name = _("version")
        verbose_name_plural = _("versions")
        constraints = [models.UniqueConstraint(fields=["submission", "number"], name="version_once")]


class Receipt(Record):
    """What the applicant takes home: the commitment, and the head of the log at that moment."""

    version = models.OneToOneField(Version, models.PROTECT, related_name="receipt")
    number = models.CharField(_("receipt number"), max_length=80, unique=True)
    issued_at = models.DateTimeField(_("issued at"))
    head = models.TextField(_("head of the log"), blank=True)

    append_only = True

    class Meta:
        verbose_name = _("receipt")
        verbose_name_plural = _("receipts")


class Screening(Record):
    """The formal check of one submission: eligible or not, and which rules it failed."""

    submission = models.OneToOneField(Submission, models.PROTECT, related_name="screening")
    failed = ArrayField(models.CharField(max_length=60), verbose_name=_("rules not met"))
    screened_at = models.DateTimeField(_("screened at"))

    append_only = True

    class Meta:
        verbose_name = _("screening")
        verbose_name_plural = _("screenings")


class ClosedInputs(Record):
    """What had been handed in when the call closed, as it was digested: inputs.json of the selection's bundle."""

    call = models.OneToOneField(Call, models.PROTECT, related_name="inputs")
    content = models.JSONField()

    append_only = True

    class Meta:
        verbose_name = _("inputs at closing")
        verbose_name_plural = _("inputs at closing")


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
