from django.utils.translation import gettext_lazy as _

# What the acts of this app are called in a timeline.
VERBS = {
    "erasure_asked": _("Asked to be forgotten"),
    "erasure_entered": _("Wish to be forgotten entered"),
    "erasure_refused": _("Erasure refused"),
    "erasure_withdrawn": _("Wish to be forgotten taken back"),
    "export_asked": _("Copy of one's data asked for"),
    "export_failed": _("Copy of somebody's data could not be made"),
    "export_made": _("Copy of somebody's data made"),
    "exports_expired": _("Copies of data removed after a week"),
    "person_erased": _("Person's data erased"),
    "retention_asked": _("Erasing what had run out asked for"),
    "retention_applied": _("What had run out was erased"),
}
