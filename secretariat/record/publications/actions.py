import io
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from secretariat.foundation.accounts.actor import Actor, require, require_state
from secretariat.foundation.audit import actions as audit
from secretariat.foundation.files.actions import store_file
from secretariat.foundation.notices.actions import tell
from secretariat.record.publications import queries, rules
from secretariat.record.publications.models import Publication, PublicationEntry
from secretariat.record.publications.typesetting.book import Book
from secretariat.record.publications.typesetting.compose import typeset
from secretariat.registry.refs.actions import register_ref, update_ref


@dataclass(frozen=True)
class Proof:
    """An entry as it is shown to its applicant: the item's reference, the text, and whom to tell."""

    item_id: UUID
    content: Mapping[str, Any]
    accounts: Collection[UUID]


def prepare_publication(
    *, key: str, title: Mapping[str, str], subtitle: Mapping[str, str], list_digest: str, proofs: Sequence[Proof],
    proof_until: datetime, simulated: bool, actor: Actor, now: datetime,
) -> Publication:  # fmt: skip
    """Lay out a book from a frozen list and send each applicant the proof of her entry, to be answered by a day.

    Who has nobody to tell gets no notice, and her entry cannot lapse.
    """
    require(rules.can_run_publications(actor), _("prepare a publication"))
    with audit.act("publication_prepared", actor=actor, now=now, list=list_digest) as act:
        ref = register_ref(kind="publication", number=f"PUB-{key}".upper(), title=dict(title), state="proof")
        publication = Publication.objects.create(
            ref=ref, key=key, title_en=title["en"], title_zh=title["zh"], subtitle_en=subtitle.get("en", ""),
            subtitle_zh=subtitle.get("zh", ""), list_digest=list_digest, proof_until=proof_until,
            simulated=simulated,
        )  # fmt: skip
        entries = PublicationEntry.objects.bulk_create(
            PublicationEntry(
                publication=publication, item_id=proof.item_id, position=position, content=dict(proof.content),
                notified_at=now if proof.accounts else None,
            )
            for position, proof in enumerate(proofs, 1)
        )  # fmt: skip
        for entry, proof in zip(entries, proofs, strict=True):
            tell(
                accounts=proof.accounts, kind="proof_to_approve", subject_id=entry.pk, now=now,
                until=proof_until.isoformat(),
            )  # fmt: skip
        act.on(publication, entries=len(entries))
    return publication


def answer_proof(*, entry: PublicationEntry, approve: bool, actor: Actor, now: datetime) -> PublicationEntry:
    """The applicant approves her entry, or refuses it: then it is not printed."""
    require(rules.can_answer_proof(actor, entry), _("answer this proof"))
    with audit.act("proof_answered", actor=actor, now=now, approved=approve) as act:
        entry = PublicationEntry.objects.select_for_update().get(pk=entry.pk)
        require_state(entry.state, ["proposed"], _("Answering a proof"))
        entry.state, entry.answered_at = ("approved" if approve else "refused"), now
        entry.save(update_fields=["state", "answered_at"])
        act.on(entry)
    return entry


def lapse_proofs(*, publication: Publication, actor: Actor, now: datetime) -> int:
    """Let the proofs lapse whose applicants were told and did not answer in time. Returns how many."""
    require(rules.can_lapse_proofs(actor), _("let proofs lapse"))
    with audit.act("proofs_lapsed", actor=actor, now=now) as act:
        publication = Publication.objects.select_for_update().get(pk=publication.pk)
        if now < publication.proof_until:
            raise ValueError(_("Proofs may be answered until %(time)s.") % {"time": publication.proof_until})
        lapsed = publication.entries.filter(state="proposed", notified_at__isnull=False).update(
            state="lapsed"
        )
        act.on(publication, lapsed=lapsed)
    return lapsed


def set_publication(*, publication: Publication, book: Book, actor: Actor, now: datetime) -> Publication:
    """Set the book as PDF and keep it. Every entry must have been answered, or have lapsed after notice.

    ``book`` holds the entries that may be printed and no other; it is refused otherwise.
    """
    require(rules.can_run_publications(actor), _("set a publication"))
    if waiting := queries.proof_counts(publication).get("proposed", 0):
        raise ValueError(_("%(count)d proofs have not been answered.") % {"count": waiting})
    printed = {entry.item.number for entry in queries.printed_entries(publication)}
    if {entry.ref for section in book.sections for entry in section.entries} != printed:
        raise ValueError(_("The book does not hold exactly the entries that may be printed."))
    pdf = typeset(book)
    with audit.act("publication_set", actor=actor, now=now) as act:
        publication = Publication.objects.select_for_update().get(pk=publication.pk)
        require_state(publication.state, ["proof"], _("Setting"))
        publication.file = store_file(
            stream=io.BytesIO(pdf), name=f"{publication.key}.pdf", allowed_types=["application/pdf"],
            limit=len(pdf), actor=actor, now=now,
        )  # fmt: skip
        publication.state = "set"
        publication.save(update_fields=["file", "state"])
        update_ref(ref_id=publication.ref_id, state="set")
        act.on(publication, entries=len(printed), sha256=publication.file.sha256)
    return publication
