from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from secretariat.foundation.notices import actions
from secretariat.foundation.notices.kinds import all_groups
from secretariat.foundation.notices.stopping import read_stop


@csrf_exempt  # a mail program posts here without ever having seen the page (RFC 8058)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """Stop the mails of a group by the link in one of them. To look changes nothing, to post does."""
    account_id, key = read_stop(token) or (None, "")
    group = next((group for group in all_groups() if group.key == key and not group.mandatory), None)
    if account_id is None or group is None:
        raise Http404
    if request.method == "POST":
        actions.stop_group(account_id=account_id, group=key, actor=request.actor, now=timezone.now())
    return render(request, "notices/stop.html", {"group": group, "stopped": request.method == "POST"})
