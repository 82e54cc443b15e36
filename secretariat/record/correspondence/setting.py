"""A letter as it leaves the house: on paper, and as a mail that brings the paper along."""

from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from django.core.files.storage import default_storage
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from secretariat.foundation.notices.brand import brand
from secretariat.foundation.notices.logic import blocks
from secretariat.foundation.notices.origins import About, Enclosure, Origin, Outgoing
from secretariat.foundation.notices.rendering import Said, letter_of
from secretariat.foundation.ui.templatetags.ui import day, moment
from secretariat.record.correspondence.models import Letter, Recipient
from secretariat.record.correspondence.typesetting.paper import House, Sheet, set_letter
from secretariat.registry.organisations.queries import host

ORIGIN = "correspondence.letter"
PDF = "application/pdf"


def pdf_of(letter: Letter, recipients: Sequence[Recipient]) -> bytes:
    """Set a letter whose wording and signer are loaded as PDF, the same bytes for the same letter."""
    with override(letter.wording.language):
        return set_letter(_sheet(letter, recipients), letter.signed_at or letter.created_at)


def _sheet(letter: Letter, recipients: Sequence[Recipient]) -> Sheet:
    house, wording, is_signed = host(), letter.wording, letter.signed_at is not None
    body = house.organisation if house else None
    at = letter.signed_at or letter.created_at
    return Sheet(
        house=House(body.name_in("en"), body.name_zh) if body else House(brand().name),
        website=body.website if body else "",
        number=letter.ref.number, day=day(at.date()), language=wording.language, subject=wording.subject,
        recipients=tuple(f"{to.name}\n{to.address}".strip() for to in recipients),
        paragraphs=tuple(blocks(wording.text)),
        signer=str(letter.signer) if is_signed else "",
        signed=_("Signed on %(time)s. Digest of what was signed:") % {"time": moment(at)} if is_signed else "",
        digest=letter.digest, draft="" if is_signed else _("Draft: not signed."), simulated=brand().simulated,
    )  # fmt: skip


def compose(recipient: UUID) -> Outgoing:
    """Set the mail that brings a letter to one of its recipients."""
    rows = Recipient.objects.select_related(
        "letter__ref", "letter__wording", "letter__signer", "letter__file"
    )
    to = rows.get(pk=recipient)
    letter, wording = to.letter, to.letter.wording
    with default_storage.open(letter.file.storage_key, "rb") as stream:
        paper = Enclosure(letter.file.name, stream.read(), PDF)
    with override(wording.language):
        told = {"number": letter.ref.number, "subject": wording.subject, "signer": letter.signer}
        said = wording.cover or _(
            "Please find attached the letter %(number)s, “%(subject)s”, signed by %(signer)s."
        )
        cover = said if wording.cover else said % told
        why = _("This mail brings a letter of %(house)s.") % {"house": brand().name}
        words = Said(wording.subject, blocks(cover), path="", action="", is_decision=False)
        return Outgoing(letter_of(words, "", why), (paper,))


def about(recipients: Collection[UUID]) -> Mapping[UUID, About]:
    """Return for each recipient the letter that went there. One statement."""
    rows = Recipient.objects.filter(pk__in=recipients).select_related("letter__ref", "letter__wording")
    return {
        row.pk: About(
            row.letter.wording.subject,
            reverse("desk_correspondence:letter", args=[row.letter.ref.number]),
            row.letter,
        )
        for row in rows
    }


LETTERS = Origin(ORIGIN, compose, about)
