"""Writes docs/reference/states.md from the models: ``python -m secretariat.config.reference``.

The page cannot drift: a test compares it with what this module would write.
"""

import importlib
import importlib.util
import os
from collections.abc import Iterator
from pathlib import Path

import django
from django.apps import AppConfig, apps
from django.db.models import Choices, IntegerChoices, Model, TextChoices
from django.utils import translation

PAGE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "states.md"
HEAD = """# States and choices

Written by `python -m secretariat.config.reference`; a test keeps it true. A state changes only as its table says: the
database itself refuses every other step, whoever asks. The first state of a table is where a thing begins.
"""


def product_apps() -> list[AppConfig]:
    """Return the product's apps from the ground up, as the settings list them."""
    return [config for config in apps.get_app_configs() if config.name.startswith("secretariat.")]


def choices() -> Iterator[tuple[str, type[Choices]]]:
    """Yield every list of choices with the name of its app."""
    for config in product_apps():
        name = f"{config.name}.states"
        if importlib.util.find_spec(name) is None:
            continue
        for found in vars(importlib.import_module(name)).values():
            if (
                isinstance(found, type)
                and issubclass(found, (TextChoices, IntegerChoices))
                and found.__module__ == name
            ):
                yield config.label, found


def states_page() -> str:
    """Return the page: each app's choices, with what may follow what where a model says so."""
    with translation.override("en"):
        return "\n".join([HEAD, *_sections()])


def _sections() -> Iterator[str]:
    known = list(choices())
    for config in product_apps():
        found = [chosen for app, chosen in known if app == config.label]
        if found:
            yield f"## {config.label}\n"
        for chosen in found:
            yield from _table(chosen, _guarded(config, chosen))


def _guarded(config: AppConfig, chosen: type[Choices]) -> tuple[type[Model], str] | None:
    """Return the model and field whose transitions these choices are the states of."""
    values = set(chosen.values)
    for model in config.get_models():
        for field, table in getattr(model, "transitions", {}).items():
            if model._meta.get_field(field).choices == chosen.choices and set(table) == values:
                return model, field
    return None


def _table(chosen: type[Choices], guarded: tuple[type[Model], str] | None) -> Iterator[str]:
    yield f"### {chosen.__name__}\n"
    about = (chosen.__dict__.get("__doc__") or "").strip()
    if about:
        yield f"{about}\n"
    if guarded is None:
        yield "| value | meaning |\n| --- | --- |"
        yield from (f"| `{value}` | {label} |" for value, label in chosen.choices)
    else:
        model, field = guarded
        labels, table = dict(chosen.choices), model.transitions[field]
        yield f"`{field}` of `{model._meta.label}`.\n"
        yield "| state | meaning | may become |\n| --- | --- | --- |"
        for state, following in table.items():
            yield f"| `{state}` | {labels[state]} | {', '.join(f'`{f}`' for f in following) or 'nothing: final'} |"
    yield ""


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "secretariat.config.settings")
    django.setup()
    PAGE.write_text(states_page(), encoding="utf-8")
    from secretariat.config import retention

    retention.PAGE.write_text(retention.retention_page(), encoding="utf-8")
