"""An act that concerns what is found brings a job with it, in its own transaction."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from secretariat.foundation.jobs.actions import defer
from secretariat.record.search.sources import registered_sources

_is_quiet: ContextVar[bool] = ContextVar("search_is_quiet", default=False)


def follow_act(*, subject: Any, verb: str, act: int, **_signal: Any) -> None:
    """Let a job bring the index up to date, where the act was done to something that a source watches."""
    if subject is None or _is_quiet.get():
        return
    sources = registered_sources().values()
    label = subject._meta.app_label
    if any(verb in source.silent for source in sources):
        return
    if any(watched.partition(".")[0] == label for source in sources for watched in source.watches):
        defer("search.follow", act=act)


@contextmanager
def not_followed() -> Iterator[None]:
    """Follow no act inside: for whoever does thousands, and makes the index afterwards."""
    token = _is_quiet.set(True)
    try:
        yield
    finally:
        _is_quiet.reset(token)
