from itertools import count

from secretariat.registry.editions.actions import announce_edition, register_series, set_milestone
from tests.factories.accounts import INSTALLER, NOW

_numbers = count(1)


def make_series(key=None, *, kind="summit", actor=INSTALLER, now=NOW, **kw):
    key = key or f"series-{next(_numbers):03d}"
    names = {"name_en": key.capitalize(), "name_zh": f"系列{key}"}
    return register_series(key=key, kind=kind, actor=actor, now=now, **{**names, **kw})


def make_edition(series=None, year=2022, *, actor=INSTALLER, now=NOW, **kw):
    series = series or make_series()
    titles = {"title_en": f"{series.name_en} {year}", "title_zh": f"{year}年{series.name_zh}"}
    return announce_edition(series=series, year=year, actor=actor, now=now, **{**titles, **kw})


def make_milestone(edition, key, due_on, *, actor=INSTALLER, now=NOW, **kw):
    titles = {"title_en": f"{key} {edition.year}", "title_zh": f"{edition.year}{key}"}
    return set_milestone(edition=edition, key=key, due_on=due_on, actor=actor, now=now, **{**titles, **kw})
