"""What all apps declare in their ``privacy.py``, gathered."""

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from importlib.util import find_spec

from django.apps import apps
from django.db.models import Model

from secretariat.foundation.audit.holdings import Declared, Holding, Running, Words


@cache
def declared() -> dict[str, Declared]:
    """Return what each app declares, by its label, from the ground up."""
    found = {}
    for config in apps.get_app_configs():
        name = f"{config.name}.privacy"
        if config.name.startswith("secretariat.") and find_spec(name):
            found[config.label] = import_module(name).DECLARED
    return found


def holdings() -> list[Holding]:
    """Return every holding of the product."""
    return [holding for each in declared().values() for holding in each.holdings]


def running() -> list[Running]:
    """Return everything that must end before somebody is forgotten."""
    return [row for each in declared().values() for row in each.running]


def disclosures() -> Mapping[str, Words]:
    """Return the kinds of disclosures, in words."""
    return {key: words for each in declared().values() for key, words in each.disclosures.items()}


def model_of(holding: Holding | Running) -> type[Model]:
    """Return the model whose rows are meant."""
    return apps.get_model(holding.model)
