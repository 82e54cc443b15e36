"""Members brought in from a file."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from secretariat.foundation.accounts.actor import Actor
from secretariat.governance.membership import actions
from secretariat.governance.membership.models import Category, Member
from secretariat.governance.membership.queries import categories_by_key, member_of
from secretariat.governance.membership.states import Holder, MemberState
from secretariat.registry.imports.importers import Done, Field, Importer, Refused
from secretariat.registry.imports.logic import folded
from secretariat.registry.organisations.importing import organisation_in
from secretariat.registry.people.models import Person
from secretariat.registry.people.queries import live_people

FIELDS = (
    Field("category", gettext_lazy("Category"), ("membership", "类别", "会员类别"), is_required=True,
          hint=gettext_lazy("A category by key or name, in either language.")),
    Field("organisation", gettext_lazy("Organisation"), ("member", "会员", "单位"),
          hint=gettext_lazy("Number or name of an organisation recorded already.")),
    Field("person", gettext_lazy("Person"), ("个人",), hint=gettext_lazy("Number of a person recorded already.")),
    Field("starts_on", gettext_lazy("Member since"), ("since", "from", "admitted", "入会日期"), kind="day",
          hint=gettext_lazy("Today where it is empty.")),
)  # fmt: skip


def bring(row: Mapping[str, Any], *, actor: Actor, now: datetime) -> Done:
    """Admit a member, or give it another category from a day on."""
    category = _category(row["category"])
    holder = _holder(category, row)
    starts_on = row.get("starts_on") or localdate(now)
    member = member_of(**{field: one.pk for field, one in holder.items()})
    who = {"actor": actor, "now": now}
    if member is None or member.state == MemberState.ENDED:
        member = actions.admit_member(category=category, starts_on=starts_on, **holder, **who)
        return Done("new", member.pk, str(member), _path(member), [(_("Category"), "", str(category))])
    present = member.memberships.select_related("category").filter(ends_on=None).first()
    if present and present.category_id == category.pk:
        return Done("same", member.pk, str(member), _path(member))
    actions.change_category(member=member, category=category, starts_on=starts_on, **who)
    lines = [(_("Category"), str(present.category) if present else "", str(category))]
    return Done("changed", member.pk, str(member), _path(member), lines, {"category": category.key})


def undo(key: UUID, outcome: str, memory: Mapping[str, Any], *, actor: Actor, now: datetime) -> None:
    """Take back an admission, or a change of category that is still the last."""
    member = Member.objects.select_related("ref", "person", "organisation").get(pk=key)
    present = member.memberships.select_related("category").filter(ends_on=None).first()
    if outcome == "changed" and (present is None or present.category.key != memory.get("category")):
        raise ValueError(_("%(name)s has changed since.") % {"name": member})
    actions.take_back_membership(member=member, actor=actor, now=now)


def _category(text: str) -> Category:
    for category in categories_by_key().values():
        if folded(text) in map(folded, (category.key, category.name_en, category.name_zh)):
            return category
    raise Refused("category", _("There is no category “%(text)s”.") % {"text": text})


def _holder(category: Category, row: Mapping[str, Any]) -> dict[str, Any]:
    if category.holder == Holder.ORGANISATION:
        found = organisation_in(row.get("organisation", ""), "organisation")
        if found is None:
            raise Refused("organisation", _("This must not be empty."))
        return {"organisation": found}
    return {"person": person_in(row.get("person", ""), "person")}


def person_in(text: str, key: str) -> Person:
    """Return the person whose number a cell says; refused where there is none."""
    if not text:
        raise Refused(key, _("This must not be empty."))
    found = live_people().select_related("ref").filter(ref__number=text.upper()).first()
    if found is None:
        raise Refused(key, _("Nothing in the registry has the number “%(text)s”.") % {"text": text})
    return found


def _path(member: Member) -> str:
    return reverse("desk_membership:member", args=[member.ref.number])


IMPORTER = Importer(
    "members", gettext_lazy("Members"), FIELDS, bring, undo,
    identity=lambda row: folded(f"{row.get('organisation', '')} {row.get('person', '')}"),
    text=gettext_lazy("Organisations and people come first. Who is a member already gets the category from that day."),
)  # fmt: skip
