"""What acts are called where people read them: each app says so for its own verbs in its ``words.py``."""

from functools import cache
from importlib import import_module
from importlib.util import find_spec

from django.apps import apps
from django.utils.functional import Promise


@cache
def verbs() -> dict[str, str | Promise]:
    """Return the words of every verb of the product."""
    found: dict[str, str | Promise] = {}
    for app in apps.get_app_configs():
        name = f"{app.name}.words"
        if app.name.startswith("secretariat.") and find_spec(name):
            found |= getattr(import_module(name), "VERBS", {})
    return found


def in_words(verb: str) -> str:
    """Return what was done, in the reader's language; a verb nobody knows (of an older version) is spelt out."""
    return str(verbs().get(verb) or verb.replace("_", " "))
