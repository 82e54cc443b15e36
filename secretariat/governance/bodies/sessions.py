"""When a body came together, and when it is due again. Meetings are kept above: whoever knows of them registers."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from secretariat.governance.bodies.logic import months_before, years_after
from secretariat.governance.bodies.models import Body


@dataclass(frozen=True)
class Session:
    """A body came together on a day, or is to. ``is_public`` where everybody may know."""

    day: date
    title_en: str
    title_zh: str
    is_held: bool
    is_public: bool = False


# bodies -> their sessions, held and to come; one statement, however many bodies.
Ask = Callable[[Collection[UUID]], Mapping[UUID, Sequence[Session]]]
_KNOWN: dict[str, Ask] = {}


def register_sessions(name: str, ask: Ask) -> None:
    """Add somebody who knows when bodies meet; called once, in the ``ready`` of the app that does."""
    if name in _KNOWN:
        raise ValueError(f"Who knows of sessions is registered twice: '{name}'.")
    _KNOWN[name] = ask


def sessions_of(bodies: Collection[UUID]) -> dict[UUID, list[Session]]:
    """Return the sessions of these bodies by day. One statement for each who knows."""
    found: dict[UUID, list[Session]] = {body: [] for body in bodies}
    for ask in _KNOWN.values():
        for body, sessions in ask(bodies).items():
            found[body].extend(sessions)
    return {body: sorted(sessions, key=lambda each: each.day) for body, sessions in found.items()}


@dataclass(frozen=True)
class Due:
    """Until when a body is to meet again by its rule, and whether that is provided for.

    ``due`` is None while nobody knows of a session. ``planned`` is the next that is called or planned.
    """

    body: Body
    last: Session | None
    due: date | None
    warns_on: date | None
    planned: Session | None

    def is_near(self, on: date) -> bool:
        """Whether it is time to warn: the lead has begun, and no session is planned before it is too late."""
        if self.due is None or self.warns_on is None or on < self.warns_on:
            return False
        return self.planned is None or self.planned.day > self.due

    def is_over(self, on: date) -> bool:
        return self.due is not None and on > self.due


def due_of(body: Body, sessions: Sequence[Session], on: date) -> Due:
    """Return when a body is due, as known on a day: so many years after its last session."""
    held = [each for each in sessions if each.is_held and each.day <= on]
    planned = [each for each in sessions if not each.is_held and each.day >= on]
    last = held[-1] if held else None
    due = years_after(last.day, body.meets_every_years) if last and body.meets_every_years else None
    warns_on = months_before(due, body.warns_months) if due else None
    return Due(body, last, due, warns_on, planned[0] if planned else None)


@dataclass(frozen=True)
class Mark:
    """A day on the drawn line: how far along, and of what kind: held, planned, due or today."""

    at: str
    kind: str
    day: date
    session: Session | None = None


@dataclass(frozen=True)
class Line:
    """The sessions of a body and when it is due, on a line a hundred wide; ``warned`` is where the lead begins."""

    marks: Sequence[Mark]
    due: Due
    is_near: bool
    is_over: bool
    warned_at: str = ""
    warned_length: str = ""


MOST = 6  # sessions on one line: earlier ones are among the meetings


def line_of(body: Body, sessions: Sequence[Session], on: date) -> Line | None:
    """Return what is drawn on a body's page; nothing where it is bound to no rhythm, or nobody knows of a session."""
    due = due_of(body, sessions, on)
    if not body.meets_every_years or (due.last is None and due.planned is None):
        return None
    shown = [each for each in sessions if each.is_held and each.day <= on][-MOST:]
    shown += [due.planned] if due.planned else []
    days = [*(each.day for each in shown), on, *([due.due] if due.due else [])]
    first, length = min(days), max(1, (max(days) - min(days)).days)

    def at(day: date) -> float:
        return 3 + 94 * max(0, (day - first).days) / length

    marks = [Mark(_percent(at(s.day)), "held" if s.is_held else "planned", s.day, s) for s in shown]
    if due.due:
        marks.append(Mark(_percent(at(due.due)), "due", due.due))
    marks.append(Mark(_percent(at(on)), "today", on))
    marks.sort(key=lambda mark: mark.day)
    if due.due is None or due.warns_on is None:
        return Line(marks, due, False, False)
    start = at(due.warns_on)
    return Line(
        marks, due, due.is_near(on), due.is_over(on), _percent(start), _percent(max(0.0, at(due.due) - start))
    )


def _percent(number: float) -> str:
    return f"{number:.3f}%"
