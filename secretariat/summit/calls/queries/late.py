"""Who may still write after the closing time, and the codes that say so."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db.models import Count, QuerySet

from secretariat.summit.calls.models import Call, LateCode, LateEntry, Submission


def late_codes_in_force(call: Call, now: datetime) -> QuerySet[LateCode]:
    """Return the codes of a call that let somebody in at this moment."""
    return LateCode.objects.filter(call=call, ended_at=None, until__gt=now)


def late_codes_of(call: Call) -> QuerySet[LateCode]:
    """Return every code of a call with for whom it is and how often it was ``used``, the latest first."""
    rows = call.late_codes.select_related("person", "organisation")
    return rows.annotate(used=Count("entries")).order_by("-created_at")


def is_let_in(submission: Submission, now: datetime) -> bool:
    """Whether a code lets it in: after the closing time, before the call is closed. One statement then, else none."""
    call = submission.call
    return is_past(call, now) and _entries(submission, now).exists()


def is_past(call: Call, now: datetime) -> bool:
    """Whether the closing time has passed and nobody has closed the call: the time of late codes."""
    return call.state == "open" and call.closes_at <= now


def let_in_among(submissions: Collection[Submission], now: datetime) -> dict[UUID, datetime]:
    """Return which of them a code lets in, and until when. One statement, where the time of late codes has come."""
    past = [row.pk for row in submissions if is_past(row.call, now)]
    if not past:
        return {}
    rows = LateEntry.objects.filter(submission__in=past, code__ended_at=None, code__until__gt=now)
    return dict(rows.order_by("code__until").values_list("submission", "code__until"))


def _entries(submission: Submission, now: datetime) -> QuerySet[LateEntry]:
    return LateEntry.objects.filter(submission=submission, code__ended_at=None, code__until__gt=now)
