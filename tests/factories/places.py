from itertools import count
from pathlib import Path

from secretariat.registry.places.actions import load_places
from secretariat.registry.places.logic import cldr_name, place_rows, sort_key_en, sort_key_zh
from secretariat.registry.places.models import Group, Grouped, Grouping, Place
from secretariat.simulation.profile import load_profile
from tests.factories.accounts import INSTALLER, NOW

WIC = Path(__file__).resolve().parents[2] / "profiles" / "wic"
_codes = count()


def make_place(alpha2=None, **kw):
    """One place of the table, named as CLDR does; the same code gives the same row."""
    rows = place_rows()
    row = next((r for r in rows if r["alpha2"] == alpha2), None) or rows[next(_codes) % len(rows)]
    values = {key: value for key, value in row.items() if key not in ("alpha2", "ldc", "lldc", "sids")}
    name_en, name_zh = cldr_name(row["alpha2"], "en"), cldr_name(row["alpha2"], "zh-hans")
    names = {
        "name_en": name_en,
        "name_zh": name_zh,
        "sort_en": sort_key_en(name_en),
        "sort_zh": sort_key_zh(name_zh),
    }
    return Place.objects.get_or_create(alpha2=row["alpha2"], defaults={**values, **names, **kw})[0]


def make_group(key, *places, grouping="continents", position=0):
    """A group with these places in it."""
    whole, _ = Grouping.objects.get_or_create(
        key=grouping, defaults={"name_en": grouping, "name_zh": grouping}
    )
    group = Group.objects.create(grouping=whole, key=key, name_en=key.title(), name_zh=key, position=position)
    for place in places:
        Grouped.objects.create(grouping=whole, group=group, place=place)
    return group


def load_wic_places(*, actor=INSTALLER, now=NOW):
    """All 249 places as the profile has them."""
    return load_places(profile=load_profile(WIC).places, actor=actor, now=now)
