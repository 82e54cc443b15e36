from django.utils.translation import gettext_lazy as _

# What the acts of this app are called in a timeline.
VERBS = {
    "import_applied": _("Brought in"),
    "import_applying": _("Bringing in begun"),
    "import_checked": _("Checked"),
    "import_checking": _("Check begun"),
    "import_handed_in": _("File handed in"),
    "import_stopped": _("Stopped: nothing was done"),
    "import_undoing": _("Undoing begun"),
    "import_undone": _("Undone"),
}
