"""People brought in from a file, and where they work."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from secretariat.foundation.accounts.actor import Actor
from secretariat.foundation.accounts.queries import in_force
from secretariat.foundation.ui.changing import plain
from secretariat.registry.imports.importers import Done, Field, Importer, Refused
from secretariat.registry.imports.logic import folded
from secretariat.registry.organisations.importing import (
    changed,
    clean,
    organisation_in,
    place_in,
    put_back,
    remembered,
    told,
)
from secretariat.registry.organisations.models import Organisation
from secretariat.registry.people import actions
from secretariat.registry.people.logic import clean_orcid
from secretariat.registry.people.models import Affiliation, Person
from secretariat.registry.people.queries import live_people, people_called
from secretariat.registry.people.states import AffiliationRole
from secretariat.registry.places.models import Place

NEW = ("new", "新", "新增")
FIELDS = (
    Field("number", gettext_lazy("Number"), ("编号", "id"),
          hint=gettext_lazy("PER-00041; empty to look for the name; “new” for somebody new of a name that is there.")),
    Field("given_name", gettext_lazy("Given name"), ("first name", "forename", "名")),
    Field("family_name", gettext_lazy("Family name"), ("last name", "surname", "姓")),
    Field("name_zh", gettext_lazy("Name in Chinese"), ("中文姓名", "姓名", "chinese name")),
    Field("honorific", gettext_lazy("Honorific"), ("title", "salutation", "称谓")),
    Field("orcid", gettext_lazy("ORCID iD"), ("orcid id",)),
    Field("languages", gettext_lazy("Languages"), ("language", "语言"), kind="words"),
    Field("country", gettext_lazy("Country or region"), ("country", "国家或地区", "国家"),
          hint=gettext_lazy("Name or code.")),
    Field("organisation", gettext_lazy("Organisation"), ("affiliation", "单位", "工作单位"),
          hint=gettext_lazy("Number or name of an organisation recorded already.")),
    Field("role", gettext_lazy("Role"), ("角色",), hint=gettext_lazy("staff where it is empty.")),
    Field("title_en", gettext_lazy("Title in English"), ("position", "job title", "英文职务")),
    Field("title_zh", gettext_lazy("Title in Chinese"), ("职务", "中文职务")),
    Field("starts_on", gettext_lazy("There since"), ("since", "from", "任职日期"), kind="day",
          hint=gettext_lazy("Today where it is empty.")),
)  # fmt: skip
NAMES = ("given_name", "family_name", "name_zh")


def bring(row: Mapping[str, Any], *, actor: Actor, now: datetime) -> Done:
    """Enter a person, or correct the one that is meant, and say where she works."""
    values = {key: row[key] for key in (*NAMES, "honorific", "languages") if key in row}
    if "orcid" in row:
        values["orcid"] = clean("orcid", clean_orcid, row["orcid"])
    if "country" in row:
        values["country"] = place_in(row["country"])
    organisation = organisation_in(row.get("organisation", ""), "organisation")
    found = _found(row, values, organisation, now)
    changes, memory, outcome = {}, {}, "new"
    if found is None:
        given = {key: value for key, value in values.items() if plain(value) != ""}
        found = actions.register_person(**given, actor=actor, now=now)
    else:
        if not row.get("number"):  # found by her name: how the file writes its capitals corrects nothing
            same = {key for key in NAMES if values.get(key, "").casefold() == getattr(found, key).casefold()}
            values = {key: value for key, value in values.items() if key not in same}
        changes = changed(found, values, {field.key: field.label for field in FIELDS})
        outcome, memory = ("changed" if changes else "same"), remembered(changes)
        if changes:
            new = {key: after for key, (_label, _before, after) in changes.items()}
            found = actions.update_person(person=found, **new, actor=actor, now=now)
    lines = told(changes)
    if organisation and (added := _affiliated(found, organisation, row, actor, now)):
        memory["affiliation"] = str(added.pk)
        lines.append((_("Organisation"), "", str(organisation)))
        outcome = "changed" if outcome == "same" else outcome
    return Done(outcome, found.pk, str(found), _path(found), lines, memory)


def undo(key: UUID, outcome: str, memory: Mapping[str, Any], *, actor: Actor, now: datetime) -> None:
    """Take back a row: remove who was new, put back what was changed, and the affiliation with it."""
    found = Person.objects.select_related("ref").get(pk=key)
    if memory.get("affiliation"):
        added = (
            Affiliation.objects.filter(pk=memory["affiliation"], person=found)
            .select_related("person")
            .first()
        )
        if added is None or added.ends_on is not None:
            raise ValueError(_("%(name)s has changed since.") % {"name": found})
        actions.take_back_affiliation(affiliation=added, actor=actor, now=now)
    if outcome == "new":
        actions.take_back_person(person=found, actor=actor, now=now)
    elif before := put_back(found, memory):
        if "country" in before:
            before["country"] = Place.objects.get(pk=before["country"]) if before["country"] else None
        if before.get("languages") == "":
            before["languages"] = []
        actions.update_person(person=found, **before, actor=actor, now=now)


def _found(
    row: Mapping[str, Any], values: Mapping[str, Any], organisation: Organisation | None, now: datetime
) -> Person | None:
    number = row.get("number", "")
    if number.casefold() in NEW:
        return None
    if number:
        found = live_people().select_related("ref").filter(ref__number=number.upper()).first()
        if found is None:
            raise Refused(
                "number", _("Nothing in the registry has the number “%(text)s”.") % {"text": number}
            )
        return found
    if values.get("orcid") and (
        found := live_people().select_related("ref").filter(orcid=values["orcid"]).first()
    ):
        return found
    return _of_the_name({name: values.get(name, "") for name in NAMES}, organisation, now)


def _of_the_name(names: Mapping[str, str], organisation: Organisation | None, now: datetime) -> Person | None:
    """The person of this name, when she works there too, or the file says nothing of it and no other is called so."""
    called = people_called(**names)
    if organisation is not None and called:
        here = Affiliation.objects.filter(
            in_force(localdate(now)), organisation=organisation, person__in=called
        )
        keys = set(here.values_list("person", flat=True))
        if len(keys) == 1:
            return next(person for person in called if person.pk in keys)
    elif len(called) < 2:
        return called[0] if called else None
    if not called:
        return None
    several = "; ".join(f"{each.ref.number} {each}" for each in called)
    key = "given_name" if names["given_name"] or names["family_name"] else "name_zh"
    raise Refused(
        key,
        _("There is already: %(several)s. Write the number to mean one of them, or “new”.")
        % {"several": several},
    )


def _affiliated(
    person: Person, organisation: Organisation, row: Mapping[str, Any], actor: Actor, now: datetime
) -> Affiliation | None:
    role, today = _role(row.get("role", "")), localdate(now)
    if Affiliation.objects.filter(
        in_force(today), person=person, organisation=organisation, role=role
    ).exists():
        return None
    return actions.add_affiliation(
        person=person, organisation=organisation, role=role, title_en=row.get("title_en", ""),
        title_zh=row.get("title_zh", ""), starts_on=row.get("starts_on") or today, actor=actor, now=now,
    )  # fmt: skip


def _role(text: str) -> str:
    known = {folded(str(word)): value for value, label in AffiliationRole.choices for word in (value, label)}
    if not text or folded(text) in known:
        return known.get(folded(text), AffiliationRole.STAFF)
    raise Refused("role", _("There is no role “%(text)s”.") % {"text": text})


def _path(found: Person) -> str:
    return reverse("desk_people:person", args=[found.ref.number])


def _identity(row: Mapping[str, Any]) -> str:
    if (number := row.get("number", "")) and number.casefold() not in NEW:
        return number.upper()
    names = " ".join(row.get(name, "") for name in NAMES).strip()
    return (
        "" if number or not names else folded(f"{names} {row.get('organisation', '')} {row.get('orcid', '')}")
    )


IMPORTER = Importer(
    "people", gettext_lazy("People"), FIELDS, bring, undo, identity=_identity,
    text=gettext_lazy(
        "Who is recorded already is found by number, ORCID iD, or name and organisation; empty cells change nothing."
    ),
)  # fmt: skip
