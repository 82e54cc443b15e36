from typing import Any

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from secretariat.foundation.accounts.actor import REFUSALS
from secretariat.foundation.accounts.doors import admitting, desk_only
from secretariat.foundation.ui.changing import change_page
from secretariat.registry.refs.timeline import timeline_of
from secretariat.registry.topics import actions, queries
from secretariat.registry.topics.forms import TopicForm, values_of
from secretariat.registry.topics.models import Topic
from secretariat.registry.topics.tables import TopicsTable


@require_safe
@desk_only
def topics(request: HttpRequest) -> HttpResponse:
    """The vocabulary of all wings, in its order."""
    return TopicsTable(queries.visible_topics(request.actor)).respond(request, "topics/desk_topics.html")


@require_safe
@desk_only
def topic(request: HttpRequest, key: str) -> HttpResponse:
    """One topic: its names, where it stands, and what was done to it."""
    found = _get(request, key)
    context = {
        "topic": found, "narrower": found.narrower.all(), "events": timeline_of([found.pk]), "crumbs": _crumbs(),
    }  # fmt: skip
    return render(request, "topics/desk_topic.html", context)


@admitting("desk.run")
def new(request: HttpRequest) -> HttpResponse:
    """Add a topic at the end of the vocabulary."""

    def save(form: TopicForm) -> str:
        return _path(actions.register_topic(**form.changes(), **_who(request)).key)

    page = {"heading": _("New topic"), "back": reverse("desk_topics:topics"), "crumbs": _crumbs()}
    return change_page(request, TopicForm(request.POST or None), save, refusals=REFUSALS, **page)


@admitting("desk.run")
def change(request: HttpRequest, key: str) -> HttpResponse:
    """Rename a topic, move it, or put it into other schemes: all or nothing."""
    found = _get(request, key)

    def save(form: TopicForm) -> str:
        changes = form.changes()
        with transaction.atomic():
            if names := {name: found_or(changes, found, name) for name in NAMES if set(changes) & set(NAMES)}:
                actions.rename_topic(topic=found, **names, **_who(request))
            if "broader" in changes:
                actions.move_topic(topic=found, broader=changes["broader"], **_who(request))
            if "schemes" in changes:
                actions.list_topic(topic=found, schemes=changes["schemes"], **_who(request))
        return _path(key)

    crumbs = [*_crumbs(), {"label": str(found), "path": _path(key)}]
    page = {"heading": _("Change the topic"), "back": _path(key), "crumbs": crumbs}
    form = TopicForm(request.POST or None, current=values_of(found))
    return change_page(request, form, save, refusals=REFUSALS, **page)


NAMES = ("name_en", "name_zh", "names")


def found_or(changes: dict[str, Any], topic: Topic, name: str) -> Any:
    """Return the changed value, or the one there is."""
    return changes.get(name, getattr(topic, name))


def _get(request: HttpRequest, key: str) -> Topic:
    try:
        return queries.visible_topics(request.actor).get(key=key)
    except Topic.DoesNotExist:
        raise Http404 from None


def _who(request: HttpRequest) -> dict[str, Any]:
    return {"actor": request.actor, "now": timezone.now()}


def _path(key: str) -> str:
    return reverse("desk_topics:topic", args=[key])


def _crumbs() -> list[dict[str, str]]:
    return [{"label": _("Topics"), "path": reverse("desk_topics:topics")}]
