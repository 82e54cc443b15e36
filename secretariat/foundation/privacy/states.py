from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ExportState(TextChoices):
    """A copy of somebody's data on its way to her."""

    ASKED = "asked", _("being made")
    READY = "ready", _("ready")
    FAILED = "failed", _("could not be made")
    GONE = "gone", pgettext_lazy("copy of data", "no longer there")


EXPORT_TRANSITIONS = {
    "asked": ("ready", "failed"),
    "ready": ("gone",),
    "failed": (),
    "gone": (),
}


class ErasureState(TextChoices):
    """A wish to be forgotten."""

    ASKED = "asked", _("asked for")
    DONE = "done", _("erased")
    REFUSED = "refused", _("refused with a reason")
    WITHDRAWN = "withdrawn", pgettext_lazy("erasure", "taken back")


ERASURE_TRANSITIONS = {
    "asked": ("done", "refused", "withdrawn"),
    "done": (),
    "refused": (),
    "withdrawn": (),
}
