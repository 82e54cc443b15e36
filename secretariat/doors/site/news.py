"""What is new for somebody who follows from outside: calls opened, lists decided, honours conferred, books set."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Max
from django.urls import reverse
from django.utils.translation import gettext as _

from secretariat.doors.site.books import public_books
from secretariat.doors.site.honoured import conferred_honours
from secretariat.doors.site.selections import Selection, public_calls, selections_of
from secretariat.foundation.ui.templatetags.ui import moment, text

SHOWN = 40


@dataclass(frozen=True)
class News:
    """One piece of news. ``key`` stays the same for good, whatever its words."""

    key: str
    at: datetime
    title: str
    text: str
    path: str


def latest_news(now: datetime) -> list[News]:
    """Return the latest news, newest first. The statements do not depend on how many there are."""
    found: list[News] = []
    conferred = dict(
        conferred_honours().order_by().values_list("submission__call").annotate(at=Max("conferred_at"))
    )
    for selection in selections_of(public_calls()):
        found += [*_of_call(selection), *_of_lists(selection), *_of_honours(selection, conferred)]
    found += [
        News(
            f"book:{book.key}", book.set_at, _("Published: %(title)s") % {"title": text(book, "title")},
            text(book, "subtitle"), reverse("site:book", args=[book.key]),
        )
        for book in public_books()
    ]  # fmt: skip
    past = (news for news in found if news.at <= now)
    return sorted(past, key=lambda news: (news.at, news.key), reverse=True)[:SHOWN]


def _of_call(selection: Selection) -> Sequence[News]:
    call = selection.call
    told = {"call": text(call, "title"), "time": moment(call.closes_at, call.zone)}
    path = reverse("site:call", args=[call.key])
    return [
        News(
            f"opened:{call.key}", call.opens_at, _("Call opened: %(call)s") % told,
            _("Answers are taken until %(time)s.") % told, path,
        )
    ]  # fmt: skip


def _of_lists(selection: Selection) -> Sequence[News]:
    base = reverse("site:selection", args=[selection.call.key])
    return [
        News(
            f"decided:{selection.call.key}:{step.key}", step.decided_at,
            _("%(list)s: %(call)s") % {"list": text(step, "label"), "call": text(selection.call, "title")},
            text(step, "rule"), f"{base}#{step.key}",
        )
        for step in selection.steps
        if step.is_public and step.decided_at
    ]  # fmt: skip


def _of_honours(selection: Selection, conferred: dict[UUID, datetime]) -> Sequence[News]:
    call = selection.call
    if call.pk not in conferred:
        return []
    return [
        News(
            f"conferred:{call.key}", conferred[call.pk],
            _("Honours conferred: %(call)s") % {"call": text(call, "title")},
            _("Each stands with the way it was chosen."), reverse("site:selection", args=[call.key]) + "#honoured",
        )
    ]  # fmt: skip
