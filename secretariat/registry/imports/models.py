from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from secretariat.foundation.audit.ids import uuid7
from secretariat.foundation.audit.models import Record
from secretariat.registry.imports import states
from secretariat.registry.refs.models import Traceable


class Import(Traceable):
    """One file on its way into the record. ``columns`` says at which column of the file each field stands."""

    importer = models.CharField(_("what it brings in"), max_length=80)
    file = models.ForeignKey("files.File", models.PROTECT, related_name="+", verbose_name=_("file"))
    state = models.CharField(_("state"), max_length=20, choices=states.ImportState, default="matching")
    mode = models.CharField(_("how"), max_length=10, choices=states.Mode, default=states.Mode.WHOLE)
    encoding = models.CharField(_("characters"), max_length=20, blank=True)
    delimiter = models.CharField(_("between the columns"), max_length=1, blank=True)
    day_order = models.CharField(_("order of days written in digits"), max_length=3, blank=True)
    columns = models.JSONField(_("columns"), default=dict, blank=True)
    counts = models.JSONField(_("rows"), default=dict, blank=True)
    wrong = models.TextField(_("what went wrong"), blank=True)

    transitions = {"state": states.IMPORT_TRANSITIONS}

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        constraints = [
            models.CheckConstraint(
                name="import_state_known", condition=Q(state__in=states.ImportState.values)
            ),
            models.CheckConstraint(name="import_mode_known", condition=Q(mode__in=states.Mode.values)),
        ]

    def __str__(self) -> str:
        return self.ref.number


class Row(Record):
    """What one row of the file did, or would do. The acts it led to keep the history; this is only the report."""

    of = models.ForeignKey(Import, models.CASCADE, related_name="rows", verbose_name=_("import"))
    number = models.PositiveIntegerField(_("row"))
    outcome = models.CharField(_("outcome"), max_length=10, choices=states.Outcome)
    name = models.CharField(_("name"), max_length=300, blank=True)
    column = models.CharField(_("column"), max_length=200, blank=True)
    reason = models.TextField(_("reason"), blank=True)
    subject_id = models.UUIDField(null=True)
    path = models.CharField(max_length=300, blank=True)
    changes = models.JSONField(_("changes"), default=list, blank=True)  # [[field, before, after], …]
    memory = models.JSONField(default=dict, blank=True)  # what undoing needs to know

    audited = False

    class Meta:
        verbose_name = _("row of an import")
        verbose_name_plural = _("rows of an import")
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["of", "number"], name="import_row_once")]


class Progress(models.Model):
    """How far a running import is, written beside its transaction: nobody would see it otherwise."""

    import_id = models.UUIDField(primary_key=True, default=uuid7)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
