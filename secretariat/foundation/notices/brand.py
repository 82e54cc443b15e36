"""Whose mail it is: the app that knows the organisation says so; until one does, the product speaks for itself."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Brand:
    """The sender's name in the reader's language; ``simulated`` is what a made-up edition says about itself."""

    name: str
    simulated: str = ""


_PROVIDERS: list[Callable[[], Brand]] = []


def register_brand(provider: Callable[[], Brand]) -> None:
    """Say who speaks; asked in the reader's language, once for each mail."""
    _PROVIDERS[:] = [provider]


def brand() -> Brand:
    """Return who speaks, in the language that is active."""
    return _PROVIDERS[0]() if _PROVIDERS else Brand("Secretariat")
