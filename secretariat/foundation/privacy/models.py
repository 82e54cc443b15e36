from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from secretariat.foundation.audit.models import Record
from secretariat.foundation.privacy.states import (
    ERASURE_TRANSITIONS,
    EXPORT_TRANSITIONS,
    ErasureState,
    ExportState,
)


class Export(Record):
    """A copy of everything kept of a person, made for her. The file itself leaves after a week."""

    account = models.ForeignKey("accounts.Account", models.PROTECT, related_name="+")
    state = models.CharField(_("state"), max_length=10, choices=ExportState, default=ExportState.ASKED)
    asked_at = models.DateTimeField(_("asked for"))
    ready_at = models.DateTimeField(_("ready since"), null=True)
    expires_at = models.DateTimeField(_("there until"), null=True)
    size = models.BigIntegerField(_("size in bytes"), default=0)

    transitions = {"state": EXPORT_TRANSITIONS}

    class Meta:
        verbose_name = _("copy of one's data")
        verbose_name_plural = _("copies of one's data")
        constraints = [
            models.UniqueConstraint(
                fields=["account"], name="export_one_at_a_time", condition=Q(state="asked")
            ),
            models.CheckConstraint(
                name="export_ready_has_term",
                condition=~Q(state__in=["ready", "gone"])
                | Q(ready_at__isnull=False, expires_at__isnull=False),
            ),
        ]

    @property
    def storage_key(self) -> str:
        return f"exports/{self.pk}.zip"


class Progress(models.Model):
    """How far an export is. No history: it says nothing once the copy is there."""

    export = models.OneToOneField(Export, models.CASCADE, primary_key=True, related_name="progress")
    done = models.PositiveSmallIntegerField(default=0)
    total = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("progress of a copy")
        verbose_name_plural = _("progress of copies")


class Erasure(Record):
    """A wish to be forgotten, her own or entered at the desk for a letter of hers, and what became of it."""

    # Ids, not foreign keys: people live above this floor.
    person_id = models.UUIDField(null=True)
    account = models.ForeignKey("accounts.Account", models.PROTECT, null=True, related_name="+")
    number = models.CharField(_("number of the person"), max_length=60, blank=True)
    note = models.TextField(_("what she wrote"), blank=True)
    entered_by = models.ForeignKey("accounts.Account", models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField(_("asked for"))
    due_on = models.DateField(_("to be answered by"))
    state = models.CharField(_("state"), max_length=10, choices=ErasureState, default=ErasureState.ASKED)
    answered_at = models.DateTimeField(_("answered"), null=True)
    answered_by = models.ForeignKey("accounts.Account", models.PROTECT, null=True, related_name="+")
    reason = models.TextField(_("reason"), blank=True)
    counts = models.JSONField(_("what went and what stayed"), default=dict)

    transitions = {"state": ERASURE_TRANSITIONS}
    personal_fields = ("note", "reason")
    personal_subject = "person_id"

    class Meta:
        verbose_name = _("erasure")
        verbose_name_plural = _("erasures")
        constraints = [
            models.UniqueConstraint(
                fields=["person_id"], name="erasure_one_of_person", condition=Q(state="asked", person_id__isnull=False)
            ),
            models.UniqueConstraint(
                fields=["account"], name="erasure_one_of_account", condition=Q(state="asked", account__isnull=False)
            ),
            models.CheckConstraint(
                name="erasure_of_somebody", condition=Q(person_id__isnull=False) | Q(account__isnull=False)
            ),
            models.CheckConstraint(
                name="erasure_refused_with_reason", condition=~Q(state="refused") | ~Q(reason="")
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["due_on"], name="erasure_open", condition=Q(state="asked"))]


class Disclosure(Record):
    """Somebody was shown what is not for everybody: once for each reader, thing and day."""

    reader = models.ForeignKey("accounts.Account", models.PROTECT, related_name="+")
    acting_for_id = models.UUIDField(null=True)
    # The person or the account whose it is.
    owner_id = models.UUIDField()
    what = models.CharField(_("what was shown"), max_length=60)
    about = models.CharField(_("of what"), max_length=80, blank=True)
    fields = models.CharField(_("which fields"), max_length=300, blank=True)
    why = models.CharField(_("by which right"), max_length=60, blank=True)
    door = models.CharField(_("door"), max_length=20)
    at = models.DateTimeField(_("at"))
    on = models.DateField(_("day"))

    # It is a history itself: thousands in one export of a list, and nothing changes afterwards.
    audited = False
    append_only = True

    class Meta:
        verbose_name = _("disclosure")
        verbose_name_plural = _("disclosures")
        constraints = [
            models.UniqueConstraint(
                fields=["owner_id", "reader", "acting_for_id", "what", "about", "on"], name="disclosure_once_a_day",
                nulls_distinct=False,
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["-at"], name="disclosure_latest")]
