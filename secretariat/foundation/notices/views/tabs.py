from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _


def mail_tabs(request: HttpRequest) -> list[dict[str, Any]]:
    """The pages about mail at the desk, side by side."""
    labels = {
        "mail": _("All mail"),
        "returned": _("Came back"),
        "kinds": _("What can be told"),
        "jobs": _("Jobs that failed"),
    }
    paths = [(reverse(f"desk_notices:{name}"), label) for name, label in labels.items()]
    return [{"label": label, "path": path, "is_current": path == request.path} for path, label in paths]
