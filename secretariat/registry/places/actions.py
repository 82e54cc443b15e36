from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from secretariat.foundation.accounts.actor import Actor, require
from secretariat.foundation.audit import actions as audit
from secretariat.registry.places import profile as shapes
from secretariat.registry.places.loading import keep_in_line
from secretariat.registry.places.logic import FLAGS, cldr_name, place_rows, sort_key_en, sort_key_zh
from secretariat.registry.places.models import Group, Grouped, Grouping, Place, Wording
from secretariat.registry.places.rules import keeps_registry

M49 = ("region_code", "region", "subregion_code", "subregion", "intermediate_code", "intermediate")


def load_places(*, profile: shapes.Places, actor: Actor, now: datetime) -> dict[str, Place]:
    """Bring places, their wording and groupings in line with the table and a profile; return places by code.

    Names and groups changed by hand since go back to what the profile says. Run again it changes nothing.
    """
    require(keeps_registry(actor), _("load countries and regions"))
    rows = place_rows()
    codes = {row["alpha2"] for row in rows}
    named = {*profile.names, *profile.regions, *profile.first}
    for grouping in profile.groupings.values():
        named.update(code for group in grouping.groups for code in group.codes)
    if unknown := named - codes:
        raise ValueError(
            f"The profile names {', '.join(sorted(unknown))}, which the table of places has not."
        )
    with audit.act("places_loaded", actor=actor, now=now):
        wanted = {row["alpha2"]: _values(row, profile) for row in rows}
        places = keep_in_line(Place.objects.all(), "alpha2", wanted)
        _load_wording(profile)
        _load_groupings(profile, places)
    return places


def rename_place(*, place: Place, names: Mapping[str, str], actor: Actor, now: datetime) -> Place:
    """Give a place the organisation's names by language code; without any it has those of CLDR again."""
    require(keeps_registry(actor), _("rename a country or region"))
    names = {language: text.strip() for language, text in names.items()}
    if names and not (names.get("en") and names.get("zh")):
        raise ValueError(_("A country or region needs a name in English and in Chinese."))
    with audit.act("place_renamed", actor=actor, now=now) as act:
        place = Place.objects.select_for_update().get(pk=place.pk)
        for field, value in _names(place.alpha2, names, {}).items():
            setattr(place, field, value)
        place.save()
        act.on(place)
    return place


def order_place(*, place: Place, position: int | None, actor: Actor, now: datetime) -> Place:
    """Put a place before all others in lists, at a position; None: it stands where its name does."""
    require(keeps_registry(actor), _("order countries and regions"))
    with audit.act("place_ordered", actor=actor, now=now) as act:
        place = Place.objects.select_for_update().get(pk=place.pk)
        place.position = position
        place.save(update_fields=["position"])
        act.on(place)
    return place


def move_place(*, place: Place, group: Group, actor: Actor, now: datetime) -> Grouped:
    """Put a place into a group; it leaves the other group of the same grouping."""
    require(keeps_registry(actor), _("move a country or region to a group"))
    with audit.act("place_moved", actor=actor, now=now, subject=place, group=group.key):
        row, _new = Grouped.objects.update_or_create(
            grouping_id=group.grouping_id, place=place, defaults={"group": group}
        )
    return row


def _values(row: Mapping[str, str], profile: shapes.Places) -> dict[str, Any]:
    code = row["alpha2"]
    region, own = profile.regions.get(code), profile.names.get(code)
    names = {"en": own.name.en, "zh": own.name.zh} if own else {}
    sort = {"en": own.sort.en, "zh": own.sort.zh} if own else {}
    return {
        "alpha3": row["alpha3"],
        "m49": row["m49"],
        **{column: getattr(region, column) if region else row[column] for column in M49},
        **{flag: row[flag] == "1" for flag in FLAGS},
        "position": profile.first.index(code) if code in profile.first else None,
        **_names(code, names, sort),
    }


def _names(code: str, names: Mapping[str, str], sort: Mapping[str, str]) -> dict[str, Any]:
    name_en = names.get("en") or cldr_name(code, "en")
    name_zh = names.get("zh") or cldr_name(code, "zh-hans")
    return {
        "names": dict(names),
        "name_en": name_en,
        "name_zh": name_zh,
        "sort_en": sort_key_en(sort.get("en") or name_en),
        "sort_zh": sort_key_zh(sort.get("zh") or name_zh),
    }


def _load_wording(profile: shapes.Places) -> None:
    one, many = profile.one, profile.many
    words = {"one_en": one.en, "one_zh": one.zh, "many_en": many.en, "many_zh": many.zh}
    Wording.objects.update_or_create(only=True, defaults=words)


def _load_groupings(profile: shapes.Places, places: Mapping[str, Place]) -> None:
    wanted = {
        key: {"name_en": grouping.name.en, "name_zh": grouping.name.zh}
        for key, grouping in profile.groupings.items()
    }
    groupings = keep_in_line(Grouping.objects.all(), "key", wanted)
    for key, grouping in profile.groupings.items():
        row = groupings[key]
        groups = keep_in_line(
            row.groups.all(),
            "key",
            {
                group.key: {
                    "grouping_id": row.pk, "name_en": group.name.en, "name_zh": group.name.zh, "position": position
                }
                for position, group in enumerate(grouping.groups)
            },
        )  # fmt: skip
        members = {places[code].pk: groups[g.key].pk for g in grouping.groups for code in g.codes}
        _load_members(row, members)


def _load_members(grouping: Grouping, members: Mapping[Any, Any]) -> None:
    rows = Grouped.objects.filter(grouping=grouping)
    rows.exclude(place__in=members).delete()
    keep_in_line(
        rows,
        "place_id",
        {place: {"grouping_id": grouping.pk, "group_id": group} for place, group in members.items()},
    )
