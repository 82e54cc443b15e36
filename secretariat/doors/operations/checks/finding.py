from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Level(StrEnum):
    """How bad it is. Only a failure makes the doctor's exit code 1."""

    OK = "ok"
    WARNING = "warning"
    FAILURE = "failure"


@dataclass(frozen=True)
class Finding:
    """What a check found, in the reader's language."""

    level: Level
    says: str


@dataclass(frozen=True)
class Look:
    """How the doctor looks: what time it is, and whether at everything or at a sample."""

    now: datetime
    everything: bool = False


Check = Callable[[Look], Iterator[Finding]]


def ok(says: str) -> Finding:
    """Return a finding that needs nobody."""
    return Finding(Level.OK, says)


def warning(says: str) -> Finding:
    """Return a finding that somebody should look at."""
    return Finding(Level.WARNING, says)


def failure(says: str) -> Finding:
    """Return a finding that somebody must mend."""
    return Finding(Level.FAILURE, says)
