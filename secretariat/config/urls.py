"""Every address. A feature's ``urls.py`` says which of its pages stand at which door: ``public``, ``my``, ``desk``."""

from importlib import import_module

from django.urls import URLPattern, URLResolver, include, path

from secretariat.foundation.accounts.urls import entrance

# Feature -> the word its addresses begin with at "my" and at the desk: /my/tasks/, /desk/tasks/; none: they say it.
FEATURES = {
    "secretariat.foundation.ui": "",
    "secretariat.foundation.accounts": "",
    "secretariat.foundation.files": "uploads",
    "secretariat.foundation.live": "live",
    "secretariat.foundation.notices": "notices",
    "secretariat.foundation.preferences": "views",
    "secretariat.foundation.tokens": "tokens",
    "secretariat.foundation.privacy": "privacy",
    "secretariat.record.tasks": "tasks",
    "secretariat.record.correspondence": "letters",
    "secretariat.record.mailings": "mailings",
    "secretariat.record.search": "search",
    "secretariat.registry.refs": "suggest",
    "secretariat.registry.identity": "duplicates",
    "secretariat.registry.imports": "imports",
    "secretariat.registry.places": "places",
    "secretariat.registry.topics": "topics",
    "secretariat.registry.editions": "editions",
    "secretariat.registry.organisations": "organisations",
    "secretariat.registry.people": "people",
    "secretariat.registry.relations": "relations",
    "secretariat.governance.bodies": "bodies",
    "secretariat.governance.powers": "powers",
    "secretariat.governance.ballots": "ballots",
    "secretariat.governance.advice": "advice",
    "secretariat.governance.meetings": "meetings",
    "secretariat.governance.motions": "motions",
    "secretariat.governance.minutes": "minutes",
    "secretariat.governance.membership": "members",
    "secretariat.governance.admissions": "membership",
    "secretariat.summit.calls": "",
    "secretariat.summit.review": "review",
    "secretariat.summit.honours": "honours",
}


def at_the_doors() -> list[URLPattern | URLResolver]:
    """Return the addresses of every feature, under ``my_<app>`` and ``desk_<app>``, the public ones under ``<app>``."""
    found = []
    for feature, word in FEATURES.items():
        module, app = import_module(f"{feature}.urls"), feature.rpartition(".")[2]
        for door in ("my", "desk"):
            if patterns := getattr(module, door, None):
                found.append(
                    path(f"{door}/{word}/" if word else f"{door}/", include((patterns, f"{door}_{app}")))
                )
        if patterns := getattr(module, "public", None):
            found.append(path("", include((patterns, app))))
    return found


urlpatterns = [
    *entrance,
    *at_the_doors(),
    path("my/", include("secretariat.doors.my.urls")),
    path("desk/", include("secretariat.doors.desk.urls")),
    path("api/v1/", include("secretariat.doors.api.urls")),
    path("", include("secretariat.doors.site.urls")),
]
handler403 = "secretariat.doors.site.views.errors.forbidden"
handler404 = "secretariat.doors.site.views.errors.not_found"
handler500 = "secretariat.doors.site.views.errors.broken"
