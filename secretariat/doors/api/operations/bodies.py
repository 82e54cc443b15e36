"""The bodies whose composition is public, as of any day that has come."""

from datetime import date
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router

from secretariat.doors.api.operations.public import found
from secretariat.doors.api.shapes.basic import Listed, answers
from secretariat.doors.api.shapes.bodies import PublicBody, PublicBodyLine
from secretariat.governance.bodies.composition import composition_of
from secretariat.governance.bodies.queries import public_bodies
from secretariat.governance.powers.queries import powers_of, public_delegations

router = Router(tags=["public"])
AsOf = Query(None, description="As of this day; today where none is given, or one to come.")


@router.get("/bodies", response=answers(Listed[PublicBodyLine]))
def list_public_bodies(request: HttpRequest) -> Any:
    """The bodies whose composition is public, in their order."""
    return {"items": [PublicBodyLine.of(row) for row in public_bodies(timezone.localdate())]}


@router.get("/bodies/{key}", response=answers(PublicBody, 404))
def read_public_body(
    request: HttpRequest, key: str,
    on: date | None = AsOf,
) -> Any:  # fmt: skip
    """One body as it was composed on a day, with its powers and those it delegated or was delegated."""
    today = timezone.localdate()
    body, day = found(public_bodies(today).filter(key=key).first()), min(on or today, today)
    composed = composition_of(body, day, known_by=today)
    return PublicBody.of_one(body, composed, powers_of(body.pk, day), public_delegations(body.pk, day))
