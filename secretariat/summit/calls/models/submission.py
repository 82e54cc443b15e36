from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from secretariat.foundation.audit.models import Record
from secretariat.registry.refs.models import Traceable
from secretariat.summit.calls import states
from secretariat.summit.calls.models.call import Call


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


class NamedConflict(Record):
    """An applicant names a member of the committee who is tied to it, and says how. The chair decides what follows."""

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="named_conflicts")
    person = models.ForeignKey(
        "people.Person", models.PROTECT, related_name="+", verbose_name=_("member of the committee")
    )
    reason = models.TextField(_("how you are tied"))
    named_by = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    named_at = models.DateTimeField(_("named at"))

    append_only = True
    personal_fields = ("reason",)
    personal_subject = "named_by"

    class Meta:
        verbose_name = _("conflict named by an applicant")
        verbose_name_plural = _("conflicts named by applicants")
        constraints = [
            models.UniqueConstraint(fields=["submission", "person"], name="named_conflict_once"),
            models.CheckConstraint(name="named_conflict_has_reason", condition=~Q(reason="")),
        ]


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
