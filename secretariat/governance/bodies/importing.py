"""Terms brought in from a file: who sits where."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from secretariat.foundation.accounts.actor import Actor
from secretariat.governance.bodies import actions
from secretariat.governance.bodies.models import Body, Seat, Term
from secretariat.governance.bodies.queries import free_seat
from secretariat.governance.bodies.states import Role
from secretariat.registry.imports.importers import Done, Field, Importer, Refused
from secretariat.registry.imports.logic import folded
from secretariat.registry.organisations.importing import organisation_in
from secretariat.registry.people.models import Person
from secretariat.registry.people.queries import live_people

FIELDS = (
    Field("body", gettext_lazy("Body"), ("committee", "council", "机构"), is_required=True,
          hint=gettext_lazy("Number, key or name.")),
    Field("seat", gettext_lazy("Seat"), ("席位",), hint=gettext_lazy("Its key; empty for the first that is free.")),
    Field("person", gettext_lazy("Person"), ("人员", "编号"),
          hint=gettext_lazy("Number of a person recorded already.")),
    Field("organisation", gettext_lazy("Organisation"), ("单位"),
          hint=gettext_lazy("For seats held by organisations.")),
    Field("role", gettext_lazy("Role"), ("职务", "角色"), hint=gettext_lazy("member where it is empty.")),
    Field("starts_on", gettext_lazy("From"), ("start", "since", "开始日期"), kind="day", is_required=True),
    Field("ends_on", gettext_lazy("Until"), ("end", "结束日期"), kind="day"),
)  # fmt: skip


def bring(row: Mapping[str, Any], *, actor: Actor, now: datetime) -> Done:
    """Appoint to a seat; a term that is recorded already may get its last day."""
    body, role = _body(row["body"]), _role(row.get("role", ""))
    person = _person(row.get("person", ""))
    organisation = organisation_in(row.get("organisation", ""), "organisation")
    if person is None and organisation is None:
        raise Refused("person", _("This must not be empty."))
    who = {"actor": actor, "now": now}
    starts_on, ends_on = row["starts_on"], row.get("ends_on")
    rows = Term.objects.filter(
        seat__body=body, role=role, starts_on=starts_on, person=person, organisation=organisation
    )
    name, path = str(person or organisation), reverse("desk_bodies:body", args=[body.ref.number])
    if there := rows.select_related("seat").first():
        if ends_on is None or ends_on == there.ends_on:
            return Done("same", there.pk, name, path)
        lines, memory = (
            [(_("Until"), str(there.ends_on or ""), str(ends_on))],
            {"before": str(there.ends_on or "")},
        )
        actions.end_term(term=there, ends_on=ends_on, **who)
        return Done("changed", there.pk, name, path, lines, memory)
    seat = _seat(body, row.get("seat", ""), "organisation" if organisation else "person", role, starts_on)
    term = actions.appoint(
        seat=seat,
        person=person,
        organisation=organisation,
        role=role,
        starts_on=starts_on,
        ends_on=ends_on,
        **who,
    )
    return Done("new", term.pk, name, path, [(_("Seat"), "", f"{body} · {seat.key}")])


def undo(key: UUID, outcome: str, _memory: Mapping[str, Any], *, actor: Actor, now: datetime) -> None:
    """Take back an appointment. The end of a term is not taken back: the seat may be another's by now."""
    term = Term.objects.select_related("seat").get(pk=key)
    if outcome != "new":
        raise ValueError(_("The end of a term is not taken back; appoint anew."))
    actions.take_back_term(term=term, actor=actor, now=now)


def _body(text: str) -> Body:
    for body in Body.objects.select_related("ref").order_by("edition__year", "position"):
        if folded(text) in map(folded, (body.ref.number, body.key, body.name_en, body.name_zh)):
            return body
    raise Refused("body", _("There is no body “%(text)s”.") % {"text": text})


def _person(text: str) -> Person | None:
    if not text:
        return None
    found = live_people().select_related("ref").filter(ref__number=text.upper()).first()
    if found is None:
        raise Refused("person", _("Nothing in the registry has the number “%(text)s”.") % {"text": text})
    return found


def _role(text: str) -> str:
    known = {folded(str(word)): value for value, label in Role.choices for word in (value, label)}
    if not text or folded(text) in known:
        return known.get(folded(text), Role.MEMBER)
    raise Refused("role", _("There is no role “%(text)s”.") % {"text": text})


def _seat(body: Body, text: str, holder: str, role: str, starts_on: Any) -> Seat:
    if text:
        seat = Seat.objects.filter(body=body, key=text).first()
        if seat is None:
            raise Refused("seat", _("There is no seat “%(text)s”.") % {"text": text})
        return seat
    seat = free_seat(body, holder, role, starts_on or localdate())
    if seat is None:
        raise Refused("seat", _("No seat is free; add seats to the body, or name one."))
    return seat


IMPORTER = Importer(
    "terms", gettext_lazy("Terms in bodies"), FIELDS, bring, undo,
    identity=lambda row: folded(
        f"{row.get('body')} {row.get('person')} {row.get('organisation')} {row.get('role')} {row.get('starts_on')}"
    ),
    text=gettext_lazy("People and organisations come first. A term that is there already may get its last day."),
)  # fmt: skip
