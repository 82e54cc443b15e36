from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from secretariat.foundation.ui.tables import ChoiceFilter, Column, Table, TextFilter
from secretariat.governance.motions.models import Motion
from secretariat.governance.motions.states import Kind, MotionState


def path_of(motion: Motion) -> str:
    return reverse("desk_motions:motion", args=[motion.ref.number])


def title_order() -> str:
    return "title_zh" if (get_language() or "en").startswith("zh") else "title_en"


def state_of(motion: Motion) -> object:
    return _("the vote is open") if motion.is_voting else motion.get_state_display()


class MotionsTable(Table):
    key = "motions.motions"
    label = _("Motions")
    columns = [
        Column("code", _("Number"), of="code", order=("body__key", "year", "number"), path=path_of),
        Column("title", _("Title"), of=str, order=title_order, path=path_of, heading=True),
        Column("body", _("Body"), order="body__position"),
        Column("kind", _("Kind"), of="kind", order="kind"),
        Column("state", _("State"), of=state_of, order="state"),
        Column("amendments", _("Amendments"), of="amendments_there", order="amendments_there", align="end"),
        Column("submitted", _("Submitted"), of="submitted_at", order="submitted_at"),
    ]
    filters = [
        TextFilter("q", _("Search motions"), fields=("title_en", "title_zh", "ref__number"),
                   hint=_("Title or number")),
        ChoiceFilter("state", _("State"), choices=[c for c in MotionState.choices if c[0] != "draft"]),
        ChoiceFilter("kind", _("Kind"), choices=Kind.choices),
    ]  # fmt: skip
    order = "-submitted"
    empty_title = _("No motion has been submitted yet.")
    empty_text = _(
        "Members of a body write motions under “My motions”; here they are admitted and put to the vote."
    )
