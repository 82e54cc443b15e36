from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from secretariat.record.mailings import actions
from secretariat.record.mailings.models import Copy
from secretariat.record.mailings.setting import read_stop


@csrf_exempt  # a mail program posts here without ever having seen the page (RFC 8058)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """End the news by the link in one of them. To look changes nothing, to post does."""
    found = read_stop(token)
    if found is None or not Copy.objects.filter(pk=found).exists():
        raise Http404
    if request.method == "POST":
        actions.refuse_news(copy_id=found, actor=request.actor, now=timezone.now())
    return render(request, "mailings/stop.html", {"stopped": request.method == "POST"})
