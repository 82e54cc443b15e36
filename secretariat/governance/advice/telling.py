"""Telling the committee what it is asked, and whoever asked what it said."""

from datetime import datetime
from uuid import UUID

from django.utils import timezone

from secretariat.foundation.notices.actions import tell
from secretariat.governance.advice.models import AdviceRequest
from secretariat.governance.advice.queries import accounts_of
from secretariat.governance.bodies.models import Body
from secretariat.governance.bodies.queries import acting_in, holders_of_seats


def tell_committee(request: AdviceRequest, now: datetime, kind: str = "advice_asked") -> None:
    """Tell everybody who sits in the committee today, or acts for who does."""
    seated = {each.by.person_id for each in acting_in(request.committee, timezone.localdate(now))}
    _tell(request, kind, seated - {None}, now)


def tell_askers(request: AdviceRequest, now: datetime) -> None:
    """Tell whoever leads the body that asked; the secretariat sees it among its requests."""
    if request.asked_by is not None:
        _tell(request, "opinion_adopted", _leading(request.asked_by, now), now)


def _leading(body: Body, now: datetime) -> set[UUID]:
    terms = holders_of_seats(body, timezone.localdate(now), ("chair", "secretary"))
    return {term.person_id for term in terms if term.person_id}


def _tell(request: AdviceRequest, kind: str, people: set[UUID], now: datetime) -> None:
    tell(
        accounts=accounts_of(people), kind=kind, subject_id=request.pk, now=now, number=request.ref.number,
        question={"en": request.question_en, "zh": request.question_zh}, due=request.due_on.isoformat(),
        committee={"en": request.committee.name_en, "zh": request.committee.name_zh},
    )  # fmt: skip
