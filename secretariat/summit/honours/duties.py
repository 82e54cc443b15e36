"""What waits around the honours: offers and entries for applicants, what to offer and to confer for the desk."""

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from secretariat.foundation.accounts.actor import Actor
from secretariat.foundation.ui.templatetags.ui import text
from secretariat.record.tasks.duties import Door, Duty
from secretariat.summit.honours import queries


def honour_duties(actor: Actor, door: Door, now: datetime) -> list[Duty]:
    """Return what waits for the actor: answers at ``my``, what to offer and to confer at the desk."""
    if door == "my":
        return [*_offers(actor), *_entries(actor)]
    return list(_to_run()) if actor.has("desk.run") else []


def _offers(actor: Actor) -> Iterator[Duty]:
    for honour in queries.my_honours(actor).filter(state="offered"):
        yield Duty(
            f"honours.offer:{honour.pk}", _("Answer the offer of an honour, in confidence"),
            reverse("my_honours:offer", args=[honour.ref.number]), due=honour.answer_until,
            about=text(honour.submission, "title"),
        )  # fmt: skip


def _entries(actor: Actor) -> Iterator[Duty]:
    for entry in queries.my_entries(actor).filter(state="proposed"):
        title = _("Approve your entry in “%(book)s”") % {"book": text(entry.publication, "title")}
        yield Duty(
            f"honours.entry:{entry.pk}", title,
            reverse("my_honours:entry", args=[entry.publication.key, entry.item.number]),
            due=entry.publication.proof_until, about=entry.item.number,
        )  # fmt: skip


def _to_run() -> Iterator[Duty]:
    for standing in queries.calls_with_honours():
        path = reverse("desk_honours:call", args=[standing.call.key])
        about = text(standing.call, "title")
        if standing.is_decided and not standing.offered:
            yield Duty(f"honours.to_offer:{standing.call.key}", _("Offer the honours"), path, about=about)
        if n := standing.to_confer:
            title = ngettext("%(n)d honour to confer", "%(n)d honours to confer", n) % {"n": n}
            yield Duty(f"honours.to_confer:{standing.call.key}", title, path, about=about, count=n)
