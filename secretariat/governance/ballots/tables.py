from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from secretariat.foundation.ui.tables import ChoiceFilter, Column, Table, TextFilter
from secretariat.foundation.ui.templatetags.ui import here
from secretariat.governance.ballots.models import Ballot, RollLine
from secretariat.governance.ballots.states import BallotState, Choice, Method


def path_of(ballot: Ballot) -> str:
    return reverse("desk_ballots:ballot", args=[ballot.ref.number])


def question_order() -> str:
    return "question_zh" if (get_language() or "en").startswith("zh") else "question_en"


def outcome_of(ballot: Ballot) -> str:
    return ballot.result.get_outcome_display() if hasattr(ballot, "result") else ""


class BallotsTable(Table):
    key = "ballots.ballots"
    label = _("Ballots")
    columns = [
        Column("number", _("Number"), of="ref.number", order="ref__number", path=path_of),
        Column("question", _("Question"), of=str, order=question_order, path=path_of, heading=True),
        Column("body", _("Body"), order="body__position"),
        Column("method", _("Method"), of="method", order="method"),
        Column("state", _("State"), of="state", order="state"),
        Column("outcome", _("Outcome"), of=outcome_of, order="result__outcome"),
        Column("ended", _("Ended"), of="ended_at", order="ended_at"),
    ]
    filters = [
        TextFilter("q", _("Search ballots"), fields=("question_en", "question_zh", "ref__number"),
                   hint=_("Question or number")),
        ChoiceFilter("state", _("State"), choices=BallotState.choices),
        ChoiceFilter("method", _("Method"), choices=Method.choices),
    ]  # fmt: skip
    order = "-number"
    empty_title = _("No question has been put to a body yet.")
    empty_text = _(
        "A ballot asks one body one question, by its rules of procedure, with a roll that is frozen when it opens."
    )


def holder_of(line: RollLine) -> object:
    return line.organisation or line.person


def voter_of(line: RollLine) -> object:
    return "" if line.voter_id == line.person_id else line.voter


def said_of(line: RollLine) -> object:
    if line.is_recused:
        return _("recused")
    return Choice(line.said_choice).label if line.said_choice else ""


def why_of(line: RollLine) -> str:
    return here(line.why)


class RollTable(Table):
    key = "ballots.roll"
    label = _("Roll")
    columns = [
        Column("position", _("Place"), of="position", order="position", align="end"),
        Column(
            "holder",
            _("Vote of"),
            of=holder_of,
            order=("organisation__sort_key", "person__sort_key"),
            heading=True,
        ),
        Column("voter", _("Cast by"), of=voter_of),
        Column("weight", _("Weight"), of="weight", order="weight", align="end"),
        Column("why", _("Why"), of=why_of),
        Column("present", _("Present"), of="is_present", order="is_present"),
        Column("said", _("Vote"), of=said_of, order="said_choice"),
    ]
    filters = [
        TextFilter("q", _("Search the roll"), hint=_("Name"), fields=(
            "organisation__name_en", "organisation__name_zh", "person__family_name", "person__given_name",
        )),
        ChoiceFilter("said", _("Vote"), choices=Choice.choices, path="said_choice"),
    ]  # fmt: skip
    order = "position"
    empty_title = _("The roll is made when the ballot opens.")
