"""How a feature declares what it keeps of people: in its ``privacy.py``, one holding for each kind of row.

One declaration serves all: the table of retention, what a person is handed when she asks for her data, what goes and
what stays when she is forgotten, and what has run out. The declarations do nothing: foundation/privacy does.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise
Ending = Literal["blank", "delete", "commitment", "keep"]
ENDINGS: dict[str, Words] = {
    "blank": _("the values are erased; the row stays, so that counts stay true"),
    "delete": _("the row is erased"),
    "commitment": _(
        "the values are erased; their commitment stays, so that what was published still verifies"
    ),
    "keep": _("stays"),
}

# The grounds on which something is kept, in the words of the law of most places.
CONSENT = _("the person's own wish, which she may take back")
CONTRACT = _("what she asked us to do: an account, an application, a membership")
DUTY = _("the duty to account for decisions and for who took them")
INTEREST = _("the organisation's interest in working safely and in order")
# For how long.
RECORD = _("as long as the record")
ACCOUNT = _("as long as the account")


@dataclass(frozen=True)
class Subject:
    """A person as the record knows her: herself and her aliases, their accounts, and where mail reached them."""

    people: frozenset[UUID] = frozenset()
    accounts: frozenset[UUID] = frozenset()
    emails: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()


@dataclass(frozen=True, kw_only=True)
class Holding:
    """What is kept of people in the rows of a model, why, and for how long.

    ``hers`` says which rows are a person's. ``fields`` are about her; ``shown`` are further ones she is handed with
    them; the ``secret`` ones are told of and not shown. ``at_end`` is what happens to ``fields`` when she is
    forgotten, or when ``ended`` says that rows have run out; ``why_kept`` explains what stays. ``replaced`` gives
    values where empty is not allowed, and notes; ``files`` names the columns of files whose content is hers. ``also``
    is called with the rows before they change. ``pruned`` says of rows in which others have a part what goes from
    their JSON ``fields``; of the rest everything does.
    """

    model: str
    hers: Callable[[Subject], Q]
    fields: tuple[str, ...]
    purpose: Words
    ground: Words
    kept: Words
    at_end: Ending
    why_kept: Words = ""
    shown: tuple[str, ...] = ()
    secret: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    ended: Callable[[datetime], Q] | None = None
    replaced: Callable[[datetime], Mapping[str, Any]] | None = None
    also: Callable[[Any, datetime], None] | None = None
    pruned: Callable[[Any, Subject], Mapping[UUID, list[str]]] | None = None


@dataclass(frozen=True)
class Running:
    """Something that must end before a person can be forgotten: ``hers`` are the rows of a model that still run."""

    model: str
    words: Words
    hers: Callable[[Subject, datetime], Q]


@dataclass(frozen=True)
class Declared:
    """What an app's ``privacy.py`` says: holdings, what must end first, and kinds of disclosures in words."""

    holdings: tuple[Holding, ...] = ()
    running: tuple[Running, ...] = ()
    disclosures: Mapping[str, Words] = field(default_factory=dict)


def own(column: str) -> Callable[[Subject], Q]:
    """The condition that a column names one of her people."""
    return lambda subject: Q(**{f"{column}__in": subject.people})


def of_account(column: str = "account") -> Callable[[Subject], Q]:
    """The condition that a column names one of her accounts."""
    return lambda subject: Q(**{f"{column}__in": subject.accounts})
