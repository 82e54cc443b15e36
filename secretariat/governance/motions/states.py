from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class MotionState(TextChoices):
    DRAFT = "draft", _("draft")
    SUBMITTED = "submitted", pgettext_lazy("motion", "submitted")
    ADMITTED = "admitted", pgettext_lazy("motion", "admitted")
    RULED_OUT = "ruled_out", _("ruled out of order")
    ADOPTED = "adopted", pgettext_lazy("motion", "adopted")
    REJECTED = "rejected", pgettext_lazy("motion", "rejected")
    WITHDRAWN = "withdrawn", pgettext_lazy("motion", "withdrawn")
    LAPSED = "lapsed", pgettext_lazy("motion", "lapsed")


# What was withdrawn may be taken over by another member, and stands again where it stood.
MOTION_TRANSITIONS = {
    "draft": ("submitted", "withdrawn"),
    "submitted": ("admitted", "ruled_out", "withdrawn", "lapsed"),
    "admitted": ("adopted", "rejected", "withdrawn", "lapsed"),
    "withdrawn": ("submitted", "admitted", "lapsed"),
    "ruled_out": (),
    "adopted": (),
    "rejected": (),
    "lapsed": (),
}


class AmendmentState(TextChoices):
    PROPOSED = "proposed", pgettext_lazy("amendment", "proposed")
    QUESTIONED = "questioned", _("waits for a ruling")
    ACCEPTED = "accepted", _("accepted by the movers")
    ADOPTED = "adopted", pgettext_lazy("amendment", "adopted")
    REJECTED = "rejected", pgettext_lazy("amendment", "rejected")
    FALLEN = "fallen", pgettext_lazy("amendment", "fallen")
    RULED_OUT = "ruled_out", _("ruled out of order")
    WITHDRAWN = "withdrawn", pgettext_lazy("amendment", "withdrawn")
    LAPSED = "lapsed", pgettext_lazy("amendment", "lapsed")


AMENDMENT_TRANSITIONS = {
    "proposed": ("questioned", "accepted", "adopted", "rejected", "ruled_out", "withdrawn", "lapsed"),
    "questioned": ("proposed", "fallen", "withdrawn", "lapsed"),
    "accepted": (),
    "adopted": (),
    "rejected": (),
    "fallen": (),
    "ruled_out": (),
    "withdrawn": ("proposed",),
    "lapsed": (),
}
UNDECIDED = ("proposed", "questioned")
TAKEN_IN = ("accepted", "adopted")


class Kind(TextChoices):
    ORDINARY = "ordinary", _("ordinary motion")
    PROCEDURAL = "procedural", _("procedural motion")
    STATUTES = "statutes", _("change of the statutes")


class Part(TextChoices):
    MOVER = "mover", _("mover")
    SECONDER = "seconder", _("seconder")


class Doing(TextChoices):
    REPLACE = "replace", _("replaces the paragraph")
    DELETE = "delete", _("deletes the paragraph")
    INSERT = "insert", _("inserts a paragraph after it")


class Stage(TextChoices):
    SUBMITTED = "submitted", _("as submitted")
    REVISED = "revised", _("as revised by its movers")
    ADOPTED = "adopted", pgettext_lazy("version", "as adopted")
