from django.db.models import Q
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from secretariat.foundation.ui.tables import ChoiceFilter, Column, MultiChoiceFilter, Table, TextFilter
from secretariat.governance.admissions.models import Application, Prospect
from secretariat.governance.admissions.states import ApplicationState, ProspectState
from secretariat.governance.membership.tables import category_choices
from secretariat.registry.organisations.logic import fold

TONES = {"screening": "urgent", "admitted": "done"}


def path_of(application: Application) -> str:
    return reverse("desk_admissions:application", args=[application.ref.number])


def prospect_path(prospect: Prospect) -> str:
    return reverse("desk_admissions:prospect", args=[prospect.pk])


def named(word: str) -> Q:
    """The condition that a word stands in the applicant's name, or is the application's number."""
    found = Q(ref__number__iexact=word) | _in_organisation(word) | Q(person__name_zh__icontains=word)
    return found | Q(person__sort_key__contains=fold(word)) if fold(word) else found


def _in_organisation(word: str) -> Q:
    found = Q(organisation__name_zh__icontains=word) | Q(organisation__name_en__icontains=word)
    return found | Q(organisation__sort_key__contains=fold(word)) if fold(word) else found


def category_name() -> str:
    return "category__name_zh" if (get_language() or "en").startswith("zh") else "category__name_en"


class ApplicationsTable(Table):
    key = "admissions.applications"
    label = _("Applications")
    columns = [
        Column("number", _("Number"), of="ref.number", order="ref__number", path=path_of),
        Column("applicant", _("Applicant"), of=str, order="organisation__sort_key", path=path_of, heading=True),
        Column("category", _("Category"), of="category", order=category_name),
        Column("handed_in", _("Handed in"), of="handed_in_at", order="handed_in_at"),
        Column("state", _("State"), of="state", order="state", tone=lambda row: TONES.get(row.state, "")),
        Column(
            "ballot", _("Ballot"), of=lambda row: row.ballot.ref.number if row.ballot else "",
            order="ballot__ref__number",
        ),
    ]  # fmt: skip
    filters = [
        TextFilter("q", _("Search applications"), condition=named, hint=_("Name or number")),
        ChoiceFilter("state", _("State"), choices=ApplicationState.choices),
        MultiChoiceFilter("category", _("Category"), "category__key", choices=category_choices),
    ]
    order = "-handed_in"
    empty_title = _("Nobody has applied yet.")
    empty_text = _(
        "Applications arrive through the public page “Become a member”; prospects are those you invite to it."
    )


class ProspectsTable(Table):
    key = "admissions.prospects"
    label = _("Prospects")
    columns = [
        Column("name", _("Organisation"), of=str, order="organisation__sort_key", path=prospect_path, heading=True),
        Column("category", _("Category"), of=lambda row: row.category or "", order=category_name),
        Column("state", _("State"), of="state", order="state"),
        Column("follow_up", _("Follow up on"), of="follow_up_on", order="follow_up_on"),
        Column("note", _("Remark"), of="note"),
        Column(
            "application", _("Application"), of=lambda row: row.application.ref.number if row.application else "",
            order="application__ref__number",
        ),
    ]  # fmt: skip
    filters = [
        TextFilter("q", _("Search prospects"), condition=_in_organisation, hint=_("Name")),
        ChoiceFilter("state", _("State"), choices=ProspectState.choices),
    ]
    order = "follow_up"
    empty_title = _("Nobody is being sought.")
    empty_text = _(
        "Note an organisation you would like to win; once it applies, its application is linked here."
    )
