from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class MinutesState(TextChoices):
    DRAFT = "draft", pgettext_lazy("minutes", "draft")
    CIRCULATED = "circulated", pgettext_lazy("minutes", "circulated")
    ADOPTED = "adopted", pgettext_lazy("minutes", "adopted")


class Way(TextChoices):
    """How minutes are adopted."""

    MEETING = "meeting", _("at a later meeting")
    SILENCE = "silence", _("by silence")


class Source(TextChoices):
    """Where the words of a paragraph come from."""

    DRAFTED = "drafted", pgettext_lazy("paragraph", "drafted from the record")
    EDITED = "edited", pgettext_lazy("paragraph", "edited")
    CORRECTED = "corrected", pgettext_lazy("paragraph", "corrected")


class Language(TextChoices):
    EN = "en", _("English")
    ZH = "zh", _("Chinese")


class CorrectionState(TextChoices):
    PROPOSED = "proposed", pgettext_lazy("correction", "proposed")
    TAKEN = "taken", pgettext_lazy("correction", "taken")
    REFUSED = "refused", pgettext_lazy("correction", "refused")


MINUTES_TRANSITIONS = {"draft": ("circulated",), "circulated": ("adopted",), "adopted": ()}
CORRECTION_TRANSITIONS = {"proposed": ("taken", "refused"), "taken": (), "refused": ()}
