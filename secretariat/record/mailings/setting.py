"""A copy as the mail that brings it, and where its reader ends such mail."""

from collections.abc import Collection, Mapping
from uuid import UUID

from django.core import signing
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from secretariat.foundation.notices.brand import brand
from secretariat.foundation.notices.logic import blocks
from secretariat.foundation.notices.origins import About, Origin, Outgoing
from secretariat.foundation.notices.rendering import Letter, Said, letter_of
from secretariat.record.mailings.models import Copy
from secretariat.record.mailings.states import MailingKind, MailingState

ORIGIN = "mailings.copy"
SEND = "mailings.send_batch"  # the job that brings the next copies on their way
SALT = "secretariat.mailings.stop"


def mail_of_copy(copy: Copy, stop: str = "") -> Letter:
    """Set a copy whose mailing is loaded, in its own language."""
    with override(copy.language):
        house = {"house": brand().name}
        if copy.mailing.kind == MailingKind.NEWS:
            why = _("You get this because %(house)s thought that it concerns you.") % house
        else:
            why = _("You get this because it is about your own affairs with %(house)s.") % house
        said = Said(copy.subject, blocks(copy.text), path="", action="", is_decision=False)
        return letter_of(said, "", why, stop=stop)


def stop_path(copy: Copy) -> str:
    """Return where whoever got this copy ends such mail; nothing where it may not be ended."""
    if copy.mailing.kind != MailingKind.NEWS:
        return ""
    return reverse("mailings:stop", args=[signing.Signer(salt=SALT).sign(copy.pk.hex)])


def read_stop(token: str) -> UUID | None:
    """Return the copy a link came with; none for a link that is not ours."""
    try:
        return UUID(hex=signing.Signer(salt=SALT).unsign(token))
    except (signing.BadSignature, ValueError):
        return None


def compose(copy_id: UUID) -> Outgoing | None:
    """Set the mail of a copy; none while its mailing is stopped."""
    copy = Copy.objects.select_related("mailing__ref").get(pk=copy_id)
    if copy.mailing.state not in (MailingState.SENDING, MailingState.SENT):
        return None
    stop = stop_path(copy)
    return Outgoing(mail_of_copy(copy, stop), stop=stop)


def about(copies: Collection[UUID]) -> Mapping[UUID, About]:
    """Return for each copy the mailing it belongs to. One statement."""
    rows = Copy.objects.filter(pk__in=copies).select_related("mailing__ref")
    return {
        row.pk: About(
            row.subject, reverse("desk_mailings:mailing", args=[row.mailing.ref.number]), row.mailing
        )
        for row in rows
    }


COPIES = Origin(ORIGIN, compose, about)
