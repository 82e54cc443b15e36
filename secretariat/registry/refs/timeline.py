"""The timeline of a thing: what was done to it, in words, by whom, through which door."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from secretariat.foundation.accounts.naming import names_of
from secretariat.foundation.audit.models import Act
from secretariat.foundation.audit.queries import acts_on
from secretariat.foundation.audit.words import in_words
from secretariat.foundation.tokens.queries import programs_of


@dataclass(frozen=True)
class Event:
    """One act as a line of a timeline. ``who`` names the person, and for whom she acted."""

    at: datetime
    title: str
    who: str
    text: str = ""


def timeline_of(subjects: Collection[UUID], limit: int = 100) -> list[Event]:
    """Return what was done to these things, latest first. Two statements."""
    return events_of(acts_on(subjects, limit))


def events_of(acts: Collection[Act]) -> list[Event]:
    """Return acts as lines of a timeline, in their order. One statement for the names, more where programs acted."""
    accounts = {a for act in acts for a in (act.account_id, act.acting_for_id) if a}
    names, programs = names_of(accounts), programs_of(acts)
    return [
        Event(act.at, in_words(act.verb), programs.get(act.pk) or _who(act, names), _reason(act))
        for act in acts
    ]


def _who(act: Act, names: dict[UUID, str]) -> str:
    if act.account_id is None:
        return _("the system")
    name = names.get(act.account_id, _("an account without a person"))
    if act.acting_for_id is None:
        return name
    return _("%(name)s for %(principal)s") % {
        "name": name, "principal": names.get(act.acting_for_id, _("an account without a person")),
    }  # fmt: skip


def _reason(act: Act) -> str:
    return str(act.detail.get("reason") or "")
