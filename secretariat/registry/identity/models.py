from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from secretariat.foundation.audit.models import Record
from secretariat.registry.identity.states import MERGE_TRANSITIONS, Kind, MergeState


class Merge(Record):
    """Two rows became one. Ids, not foreign keys: a merge itself points to nothing that a later merge could move."""

    kind = models.CharField(_("kind"), max_length=40, choices=Kind)
    kept_id = models.UUIDField(pgettext_lazy("merge", "kept"), db_index=True)
    absorbed_id = models.UUIDField(_("absorbed"), db_index=True)
    state = models.CharField(_("state"), max_length=10, choices=MergeState, default=MergeState.DONE)
    merged_at = models.DateTimeField(_("merged at"))
    undone_at = models.DateTimeField(_("undone at"), null=True, blank=True)

    transitions = {"state": MERGE_TRANSITIONS}

    class Meta:
        verbose_name = _("merge")
        verbose_name_plural = _("merges")
        constraints = [
            models.CheckConstraint(name="merge_of_two", condition=~Q(kept_id=F("absorbed_id"))),
            models.CheckConstraint(
                name="merge_undone_with_time",
                condition=Q(state="done", undone_at=None) | Q(state="undone", undone_at__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["absorbed_id"], condition=Q(state="done"), name="merge_absorbs_once"
            ),
        ]


class MergeStep(Record):
    """One row that a merge changed: the columns it re-pointed, or what it filled in the kept row.

    ``before`` holds what stood in filled columns. They were empty, so it never holds anything personal.
    """

    merge = models.ForeignKey(Merge, models.PROTECT, related_name="steps", verbose_name=_("merge"))
    model = models.CharField(_("table"), max_length=80)
    row = models.CharField(_("row"), max_length=60)
    columns = ArrayField(models.CharField(max_length=63), verbose_name=_("columns"))
    before = models.JSONField(null=True)

    append_only = True

    class Meta:
        verbose_name = _("step of a merge")
        verbose_name_plural = _("steps of a merge")
        constraints = [
            models.UniqueConstraint(
                fields=["merge", "model", "row"], name="merge_step_once", condition=Q(before__isnull=True)
            )
        ]


class Distinction(Record):
    """Somebody looked and said that two rows are not the same."""

    kind = models.CharField(_("kind"), max_length=40, choices=Kind)
    one_id = models.UUIDField()
    other_id = models.UUIDField()
    reason = models.CharField(_("reason"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("distinction")
        verbose_name_plural = _("distinctions")
        constraints = [
            models.UniqueConstraint(fields=["one_id", "other_id"], name="distinction_once"),
            models.CheckConstraint(name="distinction_in_order", condition=Q(one_id__lt=F("other_id"))),
        ]
