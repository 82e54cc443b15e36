"""What may be meant while somebody writes a number or a name: each app says which of its things the actor may name."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

from secretariat.foundation.accounts.actor import Actor

MOST = 8
LEAST = 2  # letters; one would lead to everything
OF_EACH = 3  # where a thing of any kind may be meant
ANY = "record"


@dataclass(frozen=True)
class Suggestion:
    """A thing by number and name, and what tells it from others of that name."""

    number: str
    name: str
    about: str = ""


# (actor, what was written, how many at most) -> what may be meant, the likeliest first. Fixed statements.
Suggester = Callable[[Actor, str, int], Iterable[Suggestion]]
_SUGGESTERS: dict[str, Suggester] = {}


def register_suggester(kind: str, suggester: Suggester) -> None:
    """Say what may be meant by a text where a thing of a kind is asked for; called once, in an app's ``ready``."""
    if kind in _SUGGESTERS or kind == ANY:
        raise ValueError(f"The suggester '{kind}' is registered twice.")
    _SUGGESTERS[kind] = suggester


def suggested_kinds() -> set[str]:
    """Return every kind of thing that can be suggested, and the one that means any."""
    return {*_SUGGESTERS, ANY}


def suggestions(actor: Actor, kind: str, text: str) -> Sequence[Suggestion]:
    """Return what the actor may mean by a text. LookupError where nobody knows the kind."""
    if kind != ANY and kind not in _SUGGESTERS:
        raise LookupError(f"Nothing suggests a '{kind}'.")
    text = " ".join(text.replace("\0", "").split())
    if len(text) < LEAST and not _is_wide(text):
        return []
    if kind != ANY:
        return list(islice(_SUGGESTERS[kind](actor, text, MOST), MOST))
    return [
        each for suggest in _SUGGESTERS.values() for each in islice(suggest(actor, text, OF_EACH), OF_EACH)
    ]


def _is_wide(text: str) -> bool:
    """One Chinese sign says as much as several letters."""
    return bool(text) and text[0] >= "⺀"
