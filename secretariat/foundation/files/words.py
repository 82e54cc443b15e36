from django.utils.translation import gettext_lazy as _

# What the acts of this app are called in a timeline.
VERBS = {
    "file_stored": _("File kept"),
    "upload_begun": _("Upload begun"),
    "upload_expired": _("Upload expired"),
    "upload_finished": _("Upload finished"),
}
