from itertools import groupby
from typing import Any

from django import template
from django.urls import reverse

from secretariat.foundation.ui.navigation import ways

register = template.Library()


@register.inclusion_tag("ui/navigation.html", takes_context=True)
def navigation(context: template.Context, door: str, kind: str = "") -> dict[str, Any]:
    """The navigation of a door, by groups, the current way marked: the longest address the page's begins with."""
    request = context["request"]
    links = [
        {"label": way.label, "group": way.group, "path": reverse(way.name), "also": way.also}
        for way in ways(door, request.actor)
    ]
    beginnings = [(begin, link["path"]) for link in links for begin in (link["path"], *link["also"])]
    here = [pair for pair in beginnings if request.path.startswith(pair[0])]
    _longest, current = max(here, key=lambda pair: len(pair[0]), default=("", None))
    for link in links:
        link["is_current"] = link["path"] == current
    return {
        "kind": kind or door,
        "groups": [(group, list(inside)) for group, inside in groupby(links, key=lambda link: link["group"])],
    }
