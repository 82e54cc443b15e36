"""Who a list of the desk leads to. The app of the list says so once, and the list gets a button "Write to them"."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.http import QueryDict
from django.urls import reverse_lazy
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from secretariat.foundation.accounts.actor import Actor
from secretariat.foundation.ui.tables import Act, Label, register_act
from secretariat.record.mailings.rules import can_write
from secretariat.registry.people.models import Person


@dataclass(frozen=True)
class Addressee:
    """One to write to: her names by language, what it is about, and where mail reaches her, if it does."""

    names: dict[str, str]
    reference: str = ""
    address: str = ""
    language: str = "en"
    account_id: UUID | None = None
    person_id: UUID | None = None
    organisation_id: UUID | None = None


@dataclass(frozen=True)
class Audience:
    """``choose`` gives the rows a posted choice means, no others than the actor may see; ``reached`` whom they lead to.

    ``path`` is the list. Both take a fixed number of statements.
    """

    key: str
    label: Label
    choose: Callable[[Actor, QueryDict], Any]
    reached: Callable[[Sequence[Any], date], Sequence[Addressee]]
    path: Callable[[str], str] = field(default=lambda _query: "")


_AUDIENCES: dict[str, Audience] = {}


def register_audience(audience: Audience, table: str = "") -> None:
    """Add an audience, and its button to the list with the key ``table``; called once, in an app's ``ready``."""
    if audience.key in _AUDIENCES:
        raise ValueError(f"The audience '{audience.key}' is registered twice.")
    _AUDIENCES[audience.key] = audience
    if table:
        register_act(table, write_to_them(audience.key))


def write_to_them(audience: str, asked: str = "") -> Act:
    """Return the button below a list; ``asked`` is what the audience wants to know beside the list's own filter."""
    path = reverse_lazy("desk_mailings:begin", args=[audience])
    return Act(
        f"write-{audience}", _("Write to them"), format_lazy("{}?{}", path, asked) if asked else path,
        shown=can_write,
    )  # fmt: skip


def find_audience(key: str) -> Audience:
    """Return an audience.

    Raises:
        LookupError: no app knows it.
    """
    try:
        return _AUDIENCES[key]
    except KeyError:
        raise LookupError(f"There is no audience '{key}'.") from None


def audiences() -> list[Audience]:
    """Return every list that can be written to, by key."""
    return [_AUDIENCES[key] for key in sorted(_AUDIENCES)]


def to_person(person: Person, reference: str = "", organisation: UUID | None = None) -> Addressee:
    """Return a person, whose account is loaded, as one to write to."""
    account = person.account
    return Addressee(
        names={"en": person.name_in("en"), "zh": person.name_in("zh-hans")}, reference=reference,
        address=account.email if account and account.is_active else "",
        language=account.language if account else "en", account_id=account.pk if account else None,
        person_id=person.pk, organisation_id=organisation,
    )  # fmt: skip
