"""Telling the committee what it is asked, and whoever asked what it said."""

from datetime import datetime
from uuid import UUID

from django.utils import timezone

from secretariat.foundation.notices.actions import tell
from secretariat.governance.advice.models import AdviceRequest
from secretariat.governance.advice.queries import accounts_of
from secretariat.governance.bodies.models import Body
from secretariat.governance.bodies.queries import acting_in, holders_of_seats


def tell_committee(advice: AdviceRequest, now: datetime, kind: str = "advice_asked") -> None:
    """Tell everybody who sits in the committee today, or acts for who does."""
    seated = {each.by.person_id for each in acting_in(advice.committee, timezone.localdate(now))}
    _tell(advice, kind, seated - {None}, now)


def tell_askers(advice: AdviceRequest, now: datetime) -> None:
    """Tell whoever leads the body that asked; the secretariat sees it among its requests."""
    if advice.asked_by is not None:
        _tell(advice, "opinion_adopted", _leading(advice.asked_by, now), now)


def _leading(body: Body, now: datetime) -> set[UUID]:
    terms = holders_of_seats(body, timezone.localdate(now), ("chair", "secretary"))
    return {term.person_id for term in terms if term.person_id}


def _tell(advice: AdviceRequest, kind: str, people: set[UUID], now: datetime) -> None:
    tell(
        accounts=accounts_of(people), kind=kind, subject_id=advice.pk, now=now, number=advice.ref.number,
        question={"en": advice.question_en, "zh": advice.question_zh}, due=advice.due_on.isoformat(),
        committee={"en": advice.committee.name_en, "zh": advice.committee.name_zh},
    )  # fmt: skip
