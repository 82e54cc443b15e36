from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from secretariat.foundation.ui.tables import ChoiceFilter, Column, DateFilter, Table, TextFilter
from secretariat.governance.advice.models import AdviceRequest
from secretariat.governance.advice.states import RequestState


def path_of(advice: AdviceRequest) -> str:
    return reverse("desk_advice:request", args=[advice.ref.number])


def question_order() -> str:
    return "question_zh" if (get_language() or "en").startswith("zh") else "question_en"


def asker_of(advice: AdviceRequest) -> str:
    return str(advice.asked_by or _("the secretariat"))


class RequestsTable(Table):
    key = "advice.requests"
    label = _("Requests for advice")
    columns = [
        Column("number", _("Number"), of="ref.number", order="ref__number", path=path_of),
        Column("question", _("Question"), of=str, order=question_order, path=path_of, heading=True),
        Column("committee", _("Committee"), order="committee__position"),
        Column("asked_by", _("Asked by"), of=asker_of, order="asked_by__position"),
        Column("due", _("Wanted by"), of="due_on", order="due_on"),
        Column("state", _("State"), of="state", order="state"),
        Column("published", _("Published"), of="published_at", order="published_at"),
    ]
    filters = [
        TextFilter("q", _("Search requests"), fields=("question_en", "question_zh", "ref__number"),
                   hint=_("Question or number")),
        ChoiceFilter("state", _("State"), choices=RequestState.choices),
        DateFilter("due", _("Wanted by"), "due_on"),
    ]  # fmt: skip
    order = "-number"
    empty_title = _("No advice has been asked yet.")
    empty_text = _("A body or the secretariat asks a committee that advises; its chair adopts one opinion.")
