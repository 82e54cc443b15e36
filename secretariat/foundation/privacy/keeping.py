"""What is kept of people, as it is read: one line for each holding, by the app that keeps it."""

from dataclasses import dataclass

from django.apps import apps

from secretariat.foundation.audit.holdings import ENDINGS, Holding, Words
from secretariat.foundation.privacy.declarations import declared, model_of


@dataclass(frozen=True)
class Kept:
    """A holding in words: what of which rows, why, on what ground, how long, and what then."""

    rows: str
    fields: list[str]
    purpose: Words
    ground: Words
    kept: Words
    at_end: Words
    why_kept: Words


def retention_by_app() -> list[tuple[str, list[Kept]]]:
    """Return the chapters of the table of retention, from the ground up."""
    return [
        (str(apps.get_app_config(app).verbose_name), [_in_words(holding) for holding in told.holdings])
        for app, told in declared().items()
    ]


def _in_words(holding: Holding) -> Kept:
    model = model_of(holding)
    fields = [str(model._meta.get_field(name).verbose_name) for name in holding.fields]
    return Kept(
        str(model._meta.verbose_name_plural), fields, holding.purpose, holding.ground, holding.kept,
        ENDINGS[holding.at_end], holding.why_kept,
    )  # fmt: skip
