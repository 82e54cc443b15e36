from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from secretariat.foundation.accounts.doors import DESK, admitting
from secretariat.foundation.jobs import actions
from secretariat.foundation.jobs.queries import failed_jobs, queue_health
from secretariat.foundation.jobs.rules import can_run_jobs
from secretariat.foundation.notices.views.tabs import mail_tabs

SHOWN = 100
KEEPERS = ("system.run", "system.administer")


@require_safe
@admitting(*DESK, *KEEPERS)
def jobs(request: HttpRequest) -> HttpResponse:
    """What the workers gave up, and how the queue stands."""
    now = timezone.now()
    health = queue_health(now)
    context = {
        "jobs": failed_jobs()[:SHOWN], "health": health, "is_well": health.is_well(now),
        "may_retry": can_run_jobs(request.actor), "tabs": mail_tabs(request),
    }  # fmt: skip
    return render(request, "notices/desk_jobs.html", context)


@require_POST
@admitting(*KEEPERS)
def retry(request: HttpRequest, number: int) -> HttpResponse:
    """Let a job be tried once more."""
    try:
        actions.retry_failed(number=number, actor=request.actor, now=timezone.now())
    except ValueError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("It will be tried again."))
    return redirect("desk_notices:jobs")
