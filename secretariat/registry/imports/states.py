from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ImportState(TextChoices):
    MATCHING = "matching", _("columns to match")
    CHECKING = "checking", _("being checked")
    CHECKED = "checked", _("checked")
    APPLYING = "applying", _("being brought in")
    APPLIED = "applied", _("brought in")
    FAILED = "failed", _("failed")
    UNDOING = "undoing", _("being undone")
    UNDONE = "undone", _("undone")


# A check or a run that fails leaves the import where its columns can be matched again.
IMPORT_TRANSITIONS = {
    "matching": ("checking",),
    "checking": ("checked", "failed"),
    "checked": ("checking", "matching", "applying"),
    "applying": ("applied", "checked", "failed"),
    "applied": ("undoing",),
    "failed": ("matching", "checking"),
    "undoing": ("undone", "applied"),
    "undone": (),
}
AT_WORK = ("checking", "applying", "undoing")


class Outcome(TextChoices):
    """What a row did, or would do."""

    NEW = "new", pgettext_lazy("row", "new")
    CHANGED = "changed", pgettext_lazy("row", "changed")
    SAME = "same", pgettext_lazy("row", "unchanged")
    REFUSED = "refused", pgettext_lazy("row", "refused")


class Mode(TextChoices):
    WHOLE = "whole", _("All rows or none")
    ROWS = "rows", _("Row by row: what is refused is left out")
