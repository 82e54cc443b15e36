from uuid import UUID

from secretariat.registry.refs.models import RefParty


def parts_of(
    *, person: UUID | None = None, organisation: UUID | None = None, limit: int = 200
) -> list[RefParty]:
    """Return what a person or an organisation has a part in: by kind, latest number first. One statement."""
    asked = {"person_id": person} if person else {"organisation_id": organisation}
    rows = RefParty.objects.filter(**asked).select_related("ref")
    return list(rows.order_by("ref__kind", "-ref__number", "role")[:limit])
