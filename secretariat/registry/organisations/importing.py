"""Organisations brought in from a file."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from secretariat.foundation.accounts.actor import Actor
from secretariat.foundation.ui.changing import plain
from secretariat.registry.imports.importers import Done, Field, Importer, Refused
from secretariat.registry.imports.logic import folded
from secretariat.registry.organisations import actions
from secretariat.registry.organisations.logic import clean_domains, clean_ror
from secretariat.registry.organisations.models import Organisation
from secretariat.registry.organisations.queries import live_organisations, organisations_called
from secretariat.registry.organisations.states import OrganisationKind
from secretariat.registry.places.models import Place
from secretariat.registry.places.queries import place_called

FIELDS = (
    Field("number", gettext_lazy("Number"), ("编号", "id"), hint=gettext_lazy("ORG-00041; empty for a new one.")),
    Field("name_en", gettext_lazy("Name in English"), ("name", "organisation", "英文名称")),
    Field("name_zh", gettext_lazy("Name in Chinese"), ("中文名称", "名称", "chinese name")),
    Field("acronym", gettext_lazy("Acronym"), ("简称", "short name")),
    Field("kind", gettext_lazy("Kind"), ("type", "类型"), hint=gettext_lazy("A word of the list, in either language.")),
    Field("country", gettext_lazy("Country or region"), ("country", "国家或地区", "国家"),
          hint=gettext_lazy("Name or code.")),
    Field("parent", gettext_lazy("Belongs to"), ("parent organisation", "上级单位"),
          hint=gettext_lazy("Number or name of an organisation recorded already.")),
    Field("ror", gettext_lazy("ROR id"), ("ror id",)),
    Field("website", gettext_lazy("Website"), ("url", "网站", "网址")),
    Field("email_domains", gettext_lazy("E-mail domains"), ("domains", "邮箱域名"), kind="words"),
)  # fmt: skip


def organisation_in(text: str, key: str) -> Organisation | None:
    """Return the organisation a cell means; refused where there is none, or more than one."""
    if not text:
        return None
    found = organisations_called(text)
    if not found:
        raise Refused(key, _("Nothing in the registry is called “%(text)s”.") % {"text": text})
    if len(found) > 1:
        several = "; ".join(f"{each.ref.number} {each}" for each in found)
        raise Refused(key, _("Several may be meant; write the number: %(several)s") % {"several": several})
    return found[0]


def place_in(text: str, key: str = "country") -> Place | None:
    """Return the country or region a cell means; refused where there is none."""
    if not text:
        return None
    if found := place_called(text):
        return found
    raise Refused(key, _("There is no country or region “%(text)s”.") % {"text": text})


def clean(key: str, function: Any, value: Any) -> Any:
    """Return the clean value of a cell; what is wrong with it is said of its column."""
    try:
        return function(value)
    except ValueError as wrong:
        raise Refused(key, str(wrong)) from None


def changed(
    row: Any, values: Mapping[str, Any], labels: Mapping[str, Any]
) -> dict[str, tuple[str, Any, Any]]:
    """Return (label, before, after) of each value that is given and differs; an empty cell changes nothing."""
    return {
        key: (str(labels[key]), getattr(row, key), value)
        for key, value in values.items()
        if plain(value) not in ("", [], plain(getattr(row, key)))
    }


def in_words(value: Any) -> str:
    """Return a value as the report shows it."""
    return ", ".join(map(str, value)) if isinstance(value, list) else "" if value is None else str(value)


def told(changes: Mapping[str, tuple[str, Any, Any]]) -> list[tuple[str, str, str]]:
    """Return changes as the report shows them."""
    return [(label, in_words(before), in_words(after)) for label, before, after in changes.values()]


def put_back(row: Any, memory: Mapping[str, Any]) -> dict[str, Any]:
    """Return what stood in a row before; ValueError where it has changed since."""
    for key, value in memory.get("after", {}).items():
        if plain(getattr(row, key)) != value:
            raise ValueError(_("%(name)s has changed since.") % {"name": row})
    return dict(memory.get("before", {}))


def remembered(changes: Mapping[str, tuple[str, Any, Any]]) -> dict[str, Any]:
    """Return what undoing the changes needs to know."""
    return {
        "before": {key: plain(before) for key, (_label, before, _after) in changes.items()},
        "after": {key: plain(after) for key, (_label, _before, after) in changes.items()},
    }


def _kind(text: str) -> str:
    if not text:
        return ""
    known = {folded(str(word)): value for value, label in OrganisationKind.choices for word in (value, label)}
    if folded(text) in known:
        return known[folded(text)]
    raise Refused("kind", _("There is no kind “%(text)s”.") % {"text": text})


def _values(row: Mapping[str, Any]) -> dict[str, Any]:
    values = {key: row[key] for key in ("name_en", "name_zh", "acronym", "website") if key in row}
    readers = {
        "kind": _kind, "country": place_in, "parent": lambda text: organisation_in(text, "parent"),
        "ror": lambda text: clean("ror", clean_ror, text),
        "email_domains": lambda words: clean("email_domains", clean_domains, words),
    }  # fmt: skip
    return values | {key: read(row[key]) for key, read in readers.items() if key in row}


def _found(row: Mapping[str, Any], values: Mapping[str, Any]) -> Organisation | None:
    if row.get("number"):
        found = live_organisations().filter(ref__number=row["number"].upper()).select_related("ref").first()
        if found is None:
            raise Refused(
                "number", _("Nothing in the registry has the number “%(text)s”.") % {"text": row["number"]}
            )
        return found
    for key in ("ror", "name_en", "name_zh"):
        if (text := values.get(key)) and (found := organisations_called(text)):
            return organisation_in(text, key) if len(found) > 1 else found[0]
    return None


def bring(row: Mapping[str, Any], *, actor: Actor, now: datetime) -> Done:
    """Enter an organisation, or correct the one that is meant: by number, ROR id or exact name."""
    values = _values(row)
    found = _found(row, values)
    if found is None:
        if not values.get("kind"):
            raise Refused("kind", _("A new organisation needs a kind."))
        given = {key: value for key, value in values.items() if plain(value) != ""}
        made = actions.register_organisation(**given, actor=actor, now=now)
        return Done("new", made.pk, str(made), _path(made))
    labels = {field.key: field.label for field in FIELDS}
    changes = changed(found, values, labels)
    if not changes:
        return Done("same", found.pk, str(found), _path(found))
    new = {key: after for key, (_label, _before, after) in changes.items()}
    actions.update_organisation(organisation=found, **new, actor=actor, now=now)
    return Done("changed", found.pk, str(found), _path(found), told(changes), remembered(changes))


def undo(key: UUID, outcome: str, memory: Mapping[str, Any], *, actor: Actor, now: datetime) -> None:
    """Take back a row: remove what was new, put back what was changed."""
    found = Organisation.objects.select_related("ref").get(pk=key)
    if outcome == "new":
        return actions.take_back_organisation(organisation=found, actor=actor, now=now)
    before = put_back(found, memory)
    for name, model in (("country", Place), ("parent", Organisation)):
        if name in before:
            before[name] = model.objects.get(pk=before[name]) if before[name] else None
    actions.update_organisation(organisation=found, **before, actor=actor, now=now)
    return None


def _path(found: Organisation) -> str:
    return reverse("desk_organisations:organisation", args=[found.ref.number])


IMPORTER = Importer(
    "organisations", gettext_lazy("Organisations"), FIELDS, bring, undo,
    identity=lambda row: row.get("number") or folded(row.get("name_en") or row.get("name_zh") or ""),
    text=gettext_lazy("What is recorded already is found by number, ROR id or name; empty cells change nothing."),
)  # fmt: skip
