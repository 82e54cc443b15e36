from django.db.models import Q
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext_lazy as _

from secretariat.foundation.ui.tables import (
    Act,
    ChoiceFilter,
    Column,
    DateFilter,
    Label,
    MultiChoiceFilter,
    Table,
    TextFilter,
)
from secretariat.governance.membership.models import Member
from secretariat.governance.membership.queries import categories_by_key
from secretariat.governance.membership.rules import can_keep_members
from secretariat.governance.membership.states import Holder, MemberState, Standing
from secretariat.registry.organisations.logic import fold
from secretariat.registry.places.queries import place_choices

TONES = {"current": "done", "grace": "urgent", "lapsed": "urgent", "suspended": "urgent"}


def path_of(member: Member) -> str:
    return reverse("desk_membership:member", args=[member.ref.number])


def country_of(member: Member) -> object:
    return (member.organisation or member.person).country


def category_choices() -> list[tuple[str, str]]:
    return [(key, str(category)) for key, category in categories_by_key().items()]


def named(word: str) -> Q:
    """The condition that a word stands in the name of the person or the organisation, or is the member's number."""
    condition = Q(ref__number__iexact=word)
    for holder in ("organisation", "person"):
        condition |= Q(**{f"{holder}__name_zh__icontains": word})
        condition |= Q(**{f"{holder}__sort_key__contains": fold(word)}) if fold(word) else Q()
    return condition | Q(organisation__name_en__icontains=word)


def act(key: str, label: Label) -> Act:
    return Act(key, label, reverse_lazy("desk_membership:many", args=[key]), shown=can_keep_members)


class MembersTable(Table):
    key = "membership.members"
    label = _("Members")
    columns = [
        Column("name", _("Name"), of=str, order="sort", path=path_of, heading=True),
        Column("category", _("Category"), of="category_name", order=("category_position", "sort")),
        Column("country", _("Country or region"), of=country_of, order="country_sort"),
        Column("since", _("Member since"), order="since"),
        Column("standing", _("Standing"), order="standing", tone=lambda member: TONES.get(member.standing, "")),
        Column("state", _("State"), order="state", hidden=True),
        Column("number", _("Number"), of="ref.number", order="ref__number"),
        Column(
            "holder", _("Held by"), hidden=True,
            of=lambda member: Holder.PERSON.label if member.person_id else Holder.ORGANISATION.label,
        ),
    ]  # fmt: skip
    filters = [
        TextFilter("q", _("Search members"), condition=named, hint=_("Name or number")),
        MultiChoiceFilter("category", _("Category"), "category_key", choices=category_choices),
        MultiChoiceFilter(
            "country", _("Country or region"), choices=place_choices, skips_empty=True,
            condition=lambda code: Q(organisation__country__alpha2=code) | Q(person__country__alpha2=code),
        ),
        ChoiceFilter("standing", _("Standing"), choices=Standing.choices),
        ChoiceFilter("state", _("State"), choices=MemberState.choices),
        DateFilter("since", _("Member since")),
    ]  # fmt: skip
    acts = [
        act("suspend", _("Suspend")),
        act("reinstate", _("Reinstate")),
        act("end", _("End the membership")),
    ]
    order = "name"
    empty_title = _("Nobody has been admitted yet.")
