from django.utils.translation import gettext_lazy as _

VERBS = {
    "backup_made": _("backup made"),
    "backup_verified": _("backup verified"),
    "backup_restored": _("restored from a backup"),
}
