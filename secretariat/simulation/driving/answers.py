"""How a command answers: lines on standard output, or one line that says what, where and why."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from django.core.exceptions import ObjectDoesNotExist
from django.core.management.base import CommandError
from django.db import DataError, IntegrityError, ProgrammingError
from psycopg.errors import UndefinedTable

from secretariat.engines.bundles.container import BundleError
from secretariat.engines.commands.contract import aligned
from secretariat.engines.formats.source import InputError
from secretariat.foundation.accounts.actor import NotAllowed, WrongState
from secretariat.summit.calls.actions import InvalidContent
from secretariat.summit.calls.queries import NotFound
from secretariat.summit.honours.bundle import NothingToShow

# What an action, a reader or the database refuses; anything else is a fault of the product and shows itself.
REFUSALS = (
    NotAllowed, WrongState, InvalidContent, NotFound, NothingToShow, InputError, BundleError, ValueError,
    IntegrityError, DataError, ObjectDoesNotExist, OSError,
)  # fmt: skip


class Refused(CommandError):
    """It cannot be done: exit code 2."""

    def __init__(self, message: str) -> None:
        super().__init__(" ".join(message.split()), returncode=2)


class No(CommandError):
    """It was done, and the answer is no, for everything or for some rows: exit code 1."""

    def __init__(self, message: str) -> None:
        super().__init__(" ".join(message.split()), returncode=1)


@contextmanager
def refusing(where: str) -> Iterator[None]:
    """Turn what the block refuses into one line that begins with ``where``."""
    try:
        yield
    except REFUSALS as error:
        raise Refused(f"{where}: {reason_of(error)}") from error
    except ProgrammingError as error:
        if not isinstance(error.__cause__, UndefinedTable):
            raise
        raise Refused(f"{where}: the database has no tables: secretariat migrate --database owner") from error


def reason_of(error: Exception) -> str:
    """Return why something was refused, in one line."""
    if isinstance(error, IntegrityError | DataError):
        told = getattr(error.__cause__, "diag", None)
        reason = f"{told.message_primary} {told.message_detail or ''}" if told else str(error)
        return f"the database refuses it: {' '.join(reason.split())}"
    if isinstance(error, OSError):
        return f"{error.filename or 'file'}: {error.strerror or error}"
    return " ".join(str(error).split())


def table(head: Sequence[str], rows: Sequence[Sequence[object]]) -> list[str]:
    """Return rows under their head as lines with columns of equal width; no line without rows."""
    if not rows:
        return []
    return aligned([head, *[["" if cell is None else str(cell) for cell in row] for row in rows]])
