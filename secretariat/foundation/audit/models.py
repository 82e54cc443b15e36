from typing import ClassVar

from django.db import models
from django.db.models import Func
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from secretariat.foundation.audit.ids import uuid7


class Record(models.Model):
    """A row of the product. What it declares here, integrity.py turns into triggers and rights of the database."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    created_at = models.DateTimeField(_("recorded at"), db_default=Now(), editable=False)

    audited: ClassVar[bool] = True
    append_only: ClassVar[bool] = False
    # Field of a state -> {state: states that may follow}; the first state is where a row begins.
    transitions: ClassVar[dict[str, dict[str, tuple[str, ...]]]] = {}
    # (foreign key, the parent's state field, states): this row may change only while the parent is in one of them.
    open_while: ClassVar[tuple[tuple[str, str, tuple[str, ...]], ...]] = ()
    # Values that belong to a person: history keeps a commitment, the value stands apart and can be erased.
    personal_fields: ClassVar[tuple[str, ...]] = ()
    personal_subject: ClassVar[str] = ""

    class Meta:
        abstract = True


class Act(models.Model):
    """Who did what to what, when, through which door and acting for whom. One row for each action."""

    id = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField(_("at"))
    recorded_at = models.DateTimeField(db_default=Now())
    transaction = models.BigIntegerField(db_default=Func(function="audit_transaction"))
    verb = models.CharField(_("act"), max_length=60)
    account_id = models.UUIDField(null=True)
    acting_for_id = models.UUIDField(null=True)
    door = models.CharField(_("door"), max_length=20)
    subject_kind = models.CharField(max_length=60, blank=True)
    subject_id = models.UUIDField(null=True)
    detail = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("act")
        indexes = [
            models.Index(fields=["subject_id", "-id"], name="act_of_subject"),
            models.Index(fields=["account_id", "-id"], name="act_of_account"),
        ]


class Change(models.Model):
    """One row of one table before and after, written by the trigger ``audit_row``."""

    id = models.BigAutoField(primary_key=True)
    # No foreign key: the act is written after its changes, and outlives no one.
    act_id = models.BigIntegerField(null=True)
    transaction = models.BigIntegerField()
    at = models.DateTimeField()
    database_user = models.CharField(max_length=63)
    table = models.CharField(max_length=63)
    row = models.TextField()
    operation = models.CharField(max_length=6)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)

    class Meta:
        verbose_name = _("change")
        indexes = [
            models.Index(fields=["act_id"], name="change_of_act"),
            models.Index(fields=["row", "table"], name="change_of_row"),
        ]


class PersonalValue(models.Model):
    """A person's value in history. Erasing it leaves its salted commitment in the change, which still verifies."""

    change = models.ForeignKey(Change, models.PROTECT, related_name="+")
    side = models.CharField(max_length=6)
    column = models.CharField(max_length=63)
    subject_id = models.UUIDField(null=True, db_index=True)
    salt = models.UUIDField()
    value = models.JSONField()

    class Meta:
        verbose_name = _("personal value")


class Pledge(models.Model):
    """What the organisation binds itself to at a moment: rules at opening, inputs at closing, lists at freezing."""

    id = models.BigAutoField(primary_key=True)
    act_id = models.BigIntegerField()
    kind = models.CharField(max_length=60)
    subject_id = models.UUIDField(db_index=True)
    payload = models.JSONField()

    class Meta:
        verbose_name = _("pledge")


class Unsealed(models.Model):
    """What waits for the sealer: an act, a pledge, or a change outside every act."""

    id = models.BigAutoField(primary_key=True)
    kind = models.CharField(max_length=10)
    source_id = models.BigIntegerField()


class LogEntry(models.Model):
    """A leaf of the sealed log (RFC 9162): its hash, and where its content stands."""

    index = models.BigIntegerField(primary_key=True)
    kind = models.CharField(max_length=10)
    source_id = models.BigIntegerField()
    leaf_hash = models.BinaryField()

    class Meta:
        verbose_name = _("log entry")
        verbose_name_plural = _("log entries")
        constraints = [models.UniqueConstraint(fields=["kind", "source_id"], name="log_entry_once")]


class LogNode(models.Model):
    """The hash of a complete subtree, kept so that a proof needs O(log n) look-ups."""

    pk = models.CompositePrimaryKey("level", "index")
    level = models.SmallIntegerField()
    index = models.BigIntegerField()
    hash = models.BinaryField()


class LogHead(models.Model):
    """A signed head of the log: its size, root and time, in the text form of a signed note."""

    size = models.BigIntegerField(primary_key=True)
    root = models.BinaryField()
    at = models.DateTimeField()
    note = models.TextField()

    class Meta:
        verbose_name = _("log head")
