"""The addresses of the API: its operations, its two descriptions, and a refusal for any other."""

from django.urls import path, re_path

from secretariat.doors.api.around import around
from secretariat.doors.api.offered import api
from secretariat.doors.api.sparse import as_described
from secretariat.doors.api.views import docs

app_name = "api"
urlpatterns = [
    path("openapi.json", docs.openapi, name="openapi"),
    path("docs/", docs.docs, name="docs"),
    *(
        path(
            str(pattern.pattern),
            around(pattern.callback, as_described(str(pattern.pattern))),
            name=pattern.name,
        )
        for pattern in api.urls[0]
        if pattern.name != "api-root"
    ),
    re_path("^(?P<rest>.*)$", docs.nothing),
]
