from datetime import datetime

from secretariat.foundation.accounts.actor import SYSTEM
from secretariat.foundation.jobs.declaring import job
from secretariat.summit.honours import actions
from secretariat.summit.honours.models import Release


@job("honours.release_due", every="* * * * *")
def release_due(*, now: datetime) -> None:
    """Every minute: what was held for a moment that has come is told. One call that fails keeps no other from it."""
    failed = []
    for release in Release.objects.filter(released_at=None, at__lte=now).order_by("at", "pk"):
        try:
            actions.release_results(release=release, actor=SYSTEM, now=now)
        except Exception as error:
            failed.append(error)
    if failed:
        raise ExceptionGroup("releases that failed", failed)
