from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from secretariat.foundation.notices.states import MessageState
from secretariat.foundation.ui.tables import ChoiceFilter, Column, Table, TextFilter
from secretariat.record.mailings.models import Copy
from secretariat.record.mailings.states import Skipped

OUTCOMES = {
    "unsent": pgettext_lazy("copy", "not yet sent"),
    **{state.value: state.label for state in MessageState if state != MessageState.CARRIED},
    **{f"skipped:{reason.value}": reason.label for reason in Skipped},
}
TONES = {"sent": "done", "bounced": "urgent", "failed": "urgent"}


def _path(copy: Copy) -> str:
    return reverse("desk_mailings:copy", args=[copy.mailing.ref.number, copy.pk])


class CopiesTable(Table):
    """Whom a mailing goes to, and what became of each copy."""

    key = "mailings.copies"
    label = _("Copies")
    order = "name"
    columns = (
        Column("name", _("Name"), order="name", path=_path, heading=True),
        Column("address", _("E-mail address"), order="address"),
        Column("reference", _("Reference"), order="reference"),
        Column("language", _("Language"), order="language"),
        Column(
            "outcome", _("What became of it"), of=lambda copy: str(OUTCOMES.get(copy.outcome, copy.outcome)),
            order="outcome", tone=lambda copy: TONES.get(copy.outcome, ""),
        ),
        Column("mail_reason", _("Reason")),
        Column("mail_at", _("When"), order="mail_at"),
        Column("subject", _("Subject"), hidden=True),
    )  # fmt: skip
    filters = (
        TextFilter("q", _("Search"), fields=("name", "address", "reference")),
        ChoiceFilter("outcome", _("What became of it"), choices=list(OUTCOMES.items())),
    )
    empty_title = _("There are no copies yet.")
