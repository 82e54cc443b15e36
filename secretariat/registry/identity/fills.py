"""What the kept row takes over from the absorbed one where it has nothing itself."""

from typing import Any
from uuid import UUID

from secretariat.registry.identity.models import Merge, MergeStep
from secretariat.registry.organisations import actions as organisations
from secretariat.registry.organisations.models import Organisation
from secretariat.registry.organisations.queries import ancestors_of
from secretariat.registry.people import actions as people
from secretariat.registry.people.models import Person
from secretariat.registry.refs.actions import update_ref

Identity = Person | Organisation
EMPTY = (None, "", [], {})

# Values that only make sense together are taken together, when none of the first is there.
LATIN_NAME = (("given_name", "family_name"), ("name_order",))
ALONE: dict[type[Identity], tuple[str, ...]] = {
    Person: ("name_zh", "names", "honorific", "orcid", "languages", "country_id", "account_id"),
    Organisation: (
        "name_en", "name_zh", "names", "acronym", "country_id", "parent_id", "ror", "website", "email_domains",
    ),
}  # fmt: skip
TOGETHER = {model: [((name,), ()) for name in names] for model, names in ALONE.items()}
TOGETHER[Person].insert(0, LATIN_NAME)
# What is a row's own and is never taken over.
OWN: dict[type[Identity], frozenset[str]] = {
    Person: frozenset({"id", "created_at", "ref_id", "canonical_id", "sort_key", "match_keys", "simulated"}),
    Organisation: frozenset(
        {"id", "created_at", "ref_id", "canonical_id", "sort_key", "match_keys", "simulated", "kind"}
    ),
}


def filled_by(kept: Identity, absorbed: Identity) -> tuple[str, ...]:
    """Return the columns that ``kept`` would take over from ``absorbed``."""
    taken: list[str] = []
    for values, companions in TOGETHER[type(kept)]:
        if any(getattr(kept, name) not in EMPTY for name in values):
            continue
        if any(getattr(absorbed, name) not in EMPTY for name in values):
            taken += [*values, *companions]
    if "parent_id" in taken:
        above = absorbed.parent_id
        if above == kept.pk or kept.pk in ancestors_of([above])[above]:
            taken.remove("parent_id")  # it would belong to a part of itself
    return tuple(taken)


def fill(merge: Merge, kept: Identity, absorbed: Identity, columns: tuple[str, ...]) -> None:
    """Take the columns over and note what stood in them. A value that only one row may have leaves the absorbed row."""
    if not columns:
        return
    given_up = [name for name in columns if _is_unique(absorbed, name)]
    steps = [(kept, list(columns)), (absorbed, given_up)]
    MergeStep.objects.bulk_create(
        MergeStep(
            merge=merge, model=row._meta.label_lower, row=str(row.pk), columns=names,
            before={name: _plain(getattr(row, name)) for name in names},
        )
        for row, names in steps if names
    )  # fmt: skip
    values = {name: getattr(absorbed, name) for name in columns}
    _set(absorbed, dict.fromkeys(given_up))
    _set(kept, values)


def changed_since(merge: Merge, kept: Identity, absorbed: Identity) -> list[str]:
    """Return the filled columns in which the kept row no longer holds what it was given."""
    steps = _steps(merge)
    given_up = steps.get(str(absorbed.pk), {})
    return [
        name
        for name in steps.get(str(kept.pk), {})
        if _plain(getattr(kept, name)) != given_up.get(name, _plain(getattr(absorbed, name)))
    ]


def unfill(merge: Merge, kept: Identity, absorbed: Identity) -> None:
    """Give both rows back what stood in the filled columns."""
    steps = _steps(merge)
    _set(kept, steps.get(str(kept.pk), {}))
    _set(absorbed, steps.get(str(absorbed.pk), {}))


def _steps(merge: Merge) -> dict[str, dict[str, Any]]:
    filled = MergeStep.objects.filter(merge=merge, before__isnull=False)
    return {step.row: step.before for step in filled}


def _set(row: Identity, values: dict[str, Any]) -> None:
    if not values:
        return
    for name, value in values.items():
        setattr(row, name, value)
    if isinstance(row, Person):
        people.refresh_keys(row)
    else:
        organisations.refresh_keys(row)
        update_ref(ref_id=row.ref_id, title=organisations.title_of(row))
    row.save(update_fields=[*values, "sort_key", "match_keys"])


def _is_unique(row: Identity, name: str) -> bool:
    return next(field for field in row._meta.concrete_fields if field.attname == name).unique


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, UUID) else value
