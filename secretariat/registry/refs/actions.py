from collections.abc import Collection, Iterable
from dataclasses import dataclass
from uuid import UUID

from secretariat.foundation.audit.prepared import append, prepared_cursor
from secretariat.registry.refs.models import Ref, RefParty


@dataclass(frozen=True)
class Party:
    """A person or an organisation with a role; exactly one of the two ids is given."""

    role: str
    person_id: UUID | None = None
    organisation_id: UUID | None = None


def next_number(series: str, digits: int = 3) -> str:
    """Return the next number of a series, ``ACH-2022-041``. Gapless: the counter's row is locked until commit."""
    with prepared_cursor() as cursor:
        cursor.execute(
            "INSERT INTO refs_counter (series, value) VALUES (%s, 1) "
            "ON CONFLICT (series) DO UPDATE SET value = refs_counter.value + 1 RETURNING value",
            [series],
        )
        return f"{series}-{cursor.fetchone()[0]:0{digits}d}"


def register_ref(
    *, kind: str, number: str, title: dict[str, str], state: str = "", parties: Iterable[Party] = ()
) -> Ref:
    """Make the reference of a new thing. Called by the action that makes the thing, inside its act."""
    ref = Ref(kind=kind, number=number, title=title, state=state)
    append(ref)
    add_parties(ref=ref, parties=list(parties))
    return ref


def add_parties(*, ref: Ref, parties: Collection[Party]) -> None:
    """Say who has a part in a thing; saying it again changes nothing."""
    RefParty.objects.bulk_create(
        [
            RefParty(ref=ref, role=p.role, person_id=p.person_id, organisation_id=p.organisation_id)
            for p in parties
        ],
        ignore_conflicts=True,
    )


def update_ref(*, ref_id: UUID, state: str | None = None, title: dict[str, str] | None = None) -> None:
    """Keep the reference's copy of state and title true; the thing's own action calls this."""
    changes = {key: value for key, value in {"state": state, "title": title}.items() if value is not None}
    if changes:
        Ref.objects.filter(pk=ref_id).update(**changes)
