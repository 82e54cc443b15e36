"""What programs read: the feed, the map of the site, and two files at agreed places."""

from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from secretariat.doors.site.addresses import Address
from secretariat.doors.site.news import latest_news
from secretariat.doors.site.sitemap import public_paths
from secretariat.doors.site.speaking import speaker

TEXT = "text/plain; charset=utf-8"
PRIVATE = ("/my/", "/desk/", "/enter/", "/language/", "/sign-in/", "/events")
SECURITY_DAYS = 180  # how long what security.txt says may be relied on


@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """News of calls, lists, honours and books, as Atom, in the reader's language."""
    now, language = timezone.now(), get_language() or "en"
    address = Address(reverse("site:feed"))
    news, brand = latest_news(now), speaker()
    made = Atom1Feed(
        title=" · ".join(filter(None, [brand.name, brand.simulated])), link=Address("/").plain,
        feed_url=address.in_language(language), feed_guid=address.in_language(language), language=language,
        description="", author_name=brand.name,
    )  # fmt: skip
    for each in news:
        made.add_item(
            title=each.title, link=Address(each.path).plain, description=each.text, pubdate=each.at,
            updateddate=each.at, unique_id=f"{address.plain}#{each.key}",
        )  # fmt: skip
    # Without news there is no moment to tell of but the beginning.
    made.latest_post_date = lambda: max((each.at for each in news), default=datetime(2000, 1, 1, tzinfo=UTC))
    return HttpResponse(made.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """Every public page in every language."""
    addresses = [Address(path) for path in public_paths(timezone.now().date())]
    return render(request, "site/sitemap.xml", {"addresses": addresses}, "application/xml; charset=utf-8")


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """What search engines may read. Of a demo nothing: invented honours are not for their lists."""
    shut = ("/",) if settings.MODE == "demo" else PRIVATE
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in shut)]
    lines += ["", f"Sitemap: {Address(reverse('site:sitemap')).plain}", ""]
    return HttpResponse("\n".join(lines), content_type=TEXT)


@require_safe
def security(request: HttpRequest) -> HttpResponse:
    """Whom to tell of a weakness (RFC 9116); not there where nobody was named."""
    if not settings.SECURITY_CONTACT:
        raise Http404
    until = (timezone.now() + timedelta(days=SECURITY_DAYS)).replace(
        hour=0, minute=0, second=0, microsecond=0
    )
    lines = [
        f"Contact: {settings.SECURITY_CONTACT}",
        f"Expires: {until:%Y-%m-%dT%H:%M:%SZ}",
        f"Preferred-Languages: {', '.join(code[:2] for code, _name in settings.LANGUAGES)}",
        f"Canonical: {Address(reverse('site:security')).plain}",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type=TEXT)
