from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from secretariat.foundation.accounts.actor import Actor
from secretariat.registry.identity.fills import Identity, filled_by
from secretariat.registry.identity.models import Merge, MergeStep
from secretariat.registry.identity.pointers import Pointing, pointing_to
from secretariat.registry.identity.rules import can_merge
from secretariat.registry.identity.statements import FROZEN, MOVES, Ends, constraints_of, judged
from secretariat.registry.organisations.models import Organisation
from secretariat.registry.organisations.queries import ancestors_of
from secretariat.registry.people.models import Person


@dataclass(frozen=True)
class TablePlan:
    """What a merge does to the rows of one table that point to the absorbed row.

    ``moves`` are re-pointed. The others stay and count through the alias: ``frozen`` because they are append-only or
    fixed by a parent's state, ``collides`` because the kept row has the like already: which constraint says so.
    """

    label: str
    moves: int
    frozen: int
    collides: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class MergePlan:
    """All that a merge would do. ``fills`` names the columns that the kept row takes over, being empty there."""

    kind: str
    kept_id: UUID
    absorbed_id: UUID
    tables: tuple[TablePlan, ...]
    fills: tuple[str, ...]


def plan_merge(kept: Identity, absorbed: Identity) -> MergePlan:
    """Tell what merging ``absorbed`` into ``kept`` would do, without doing it.

    The number of statements depends on the tables there are, not on rows. ValueError where the two cannot be merged.
    """
    _refuse_merging(kept, absorbed)
    pointings = pointing_to(type(kept))
    found = _verdicts(pointings, ends(absorbed, kept))
    return MergePlan(
        kind=kept._meta.label_lower,
        kept_id=kept.pk,
        absorbed_id=absorbed.pk,
        tables=tuple(_table_plan(p.label, found[p.label]) for p in pointings if p.label in found),
        fills=filled_by(kept, absorbed),
    )


def ends(from_row: Identity, to_row: Identity) -> Ends:
    """Return what a merge points from and to: the ids of both rows and of their references."""
    return Ends(from_row.pk, to_row.pk, from_row.ref_id, to_row.ref_id)


def in_the_way_of_undoing(
    merge: Merge, pointings: Collection[Pointing], back: Ends
) -> list[tuple[str, str, str]]:
    """Return (table, row, verdict) of moved rows that cannot be given back: changed, gone, frozen or colliding."""
    parts, constraints = [], constraints_of(pointings)
    quote = connection.ops.quote_name
    for p in pointings:
        key = quote(p.model._meta.pk.column)
        parts.append(
            f"SELECT '{p.label}' AS model, row, verdict FROM ({judged(p, constraints[p.table], undoing=True)}) AS j "
            f"WHERE verdict <> '{MOVES}'"
        )
        parts.append(
            f"SELECT s.model, s.row, 'gone' FROM identity_mergestep s LEFT JOIN {quote(p.table)} t "
            f"ON t.{key}::text = s.row WHERE s.merge_id = %(merge)s AND s.model = '{p.label}' AND t.{key} IS NULL"
        )
    if not parts:
        return []
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts) + " ORDER BY 1, 2", vars(back) | {"merge": merge.pk})
        return cursor.fetchall()


def moved_tables(merge: Merge) -> list[Pointing]:
    """Return the tables of which the merge moved rows."""
    labels = set(MergeStep.objects.filter(merge=merge, before__isnull=True).values_list("model", flat=True))
    target = Organisation if merge.kind == Organisation._meta.label_lower else Person
    return [pointing for pointing in pointing_to(target) if pointing.label in labels]


def _verdicts(pointings: Collection[Pointing], way: Ends) -> dict[str, dict[str, int]]:
    constraints = constraints_of(pointings)
    parts = (
        f"SELECT '{p.label}', verdict, count(*) FROM ({judged(p, constraints[p.table])}) AS j GROUP BY verdict"
        for p in pointings
    )
    found: dict[str, dict[str, int]] = {}
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), vars(way))
        for label, verdict, rows in cursor.fetchall():
            found.setdefault(label, {})[verdict] = rows
    return found


def _table_plan(label: str, verdicts: dict[str, int]) -> TablePlan:
    broken = {name: rows for name, rows in verdicts.items() if name not in (MOVES, FROZEN)}
    return TablePlan(label, verdicts.get(MOVES, 0), verdicts.get(FROZEN, 0), tuple(sorted(broken.items())))


def refuse_unlike(kept: Identity, absorbed: Identity) -> None:
    """ValueError unless these are two of one kind."""
    if type(kept) is not type(absorbed) or kept.pk == absorbed.pk:
        raise ValueError(_("Two people or two organisations can be one, and not one with itself."))


def _refuse_merging(kept: Identity, absorbed: Identity) -> None:
    refuse_unlike(kept, absorbed)
    if kept.canonical_id or absorbed.canonical_id:
        raise ValueError(_("One of the two is an alias already; merge what it stands for."))
    if kept.simulated != absorbed.simulated:
        raise ValueError(_("What is simulated is never merged with what is real."))
    if isinstance(kept, Organisation) and absorbed.pk in ancestors_of([kept.pk])[kept.pk]:
        raise ValueError(_("The kept organisation is a part of the other; merge them the other way round."))


MODELS: dict[str, type[Identity]] = {"people": Person, "organisations": Organisation}


def live_pair(what: str, numbers: Collection[str], actor: Actor) -> list[Identity]:
    """Return the live records with these two numbers, in this order; fewer where the actor may not see one."""
    model = MODELS.get(what)
    if model is None or not can_merge(actor):
        return []
    further = ("parent",) if model is Organisation else ()
    rows = model.objects.filter(canonical=None, ref__number__in=numbers).select_related(
        "ref", "country", *further
    )
    found = {row.ref.number: row for row in rows}
    return [found[number] for number in numbers if number in found]


def rows_by_id(what: str, keys: Collection[UUID]) -> dict[UUID, Identity]:
    """Return these records with their numbers. One statement."""
    return {row.pk: row for row in MODELS[what].objects.filter(pk__in=keys).select_related("ref", "country")}


def latest_merges(actor: Actor, limit: int = 100) -> list[tuple[Merge, Identity, Identity]]:
    """Return merges with the kept and the absorbed record, the latest first. Three statements."""
    if not can_merge(actor):
        return []
    merges = list(Merge.objects.order_by("-merged_at", "-pk")[:limit])
    keys = [key for merge in merges for key in (merge.kept_id, merge.absorbed_id)]
    rows = rows_by_id("people", keys) | rows_by_id("organisations", keys)
    return [
        (merge, rows[merge.kept_id], rows[merge.absorbed_id])
        for merge in merges
        if merge.kept_id in rows and merge.absorbed_id in rows
    ]
