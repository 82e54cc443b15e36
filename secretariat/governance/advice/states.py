from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class RequestState(TextChoices):
    ASKED = "asked", pgettext_lazy("advice", "asked")
    ADOPTED = "adopted", pgettext_lazy("advice", "opinion adopted")
    WITHDRAWN = "withdrawn", pgettext_lazy("advice", "withdrawn")


TRANSITIONS = {"asked": ("adopted", "withdrawn"), "adopted": (), "withdrawn": ()}
