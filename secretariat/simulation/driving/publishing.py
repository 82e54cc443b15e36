"""What leaves the house: the book of a call and the bundle that strangers recount."""

import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from django.utils import timezone

from secretariat.engines.bundles.container import write_bundle
from secretariat.foundation.accounts.actor import Actor, require
from secretariat.foundation.audit.sealer import seal
from secretariat.foundation.files.queries import open_file
from secretariat.record.publications import actions
from secretariat.record.publications.models import Publication, PublicationEntry
from secretariat.record.publications.queries import proof_counts
from secretariat.record.publications.rules import can_run_publications
from secretariat.simulation.driving.acting import DESK, Visit, time_in
from secretariat.summit.calls.models import Call
from secretariat.summit.calls.queries import NotFound
from secretariat.summit.honours.book import book_of, proofs_of
from secretariat.summit.honours.bundle import selection_files
from secretariat.summit.review.models import StageList
from secretariat.summit.review.queries import stage_by_key
from secretariat.summit.review.rules import can_read_reviews

TIME_TO_ANSWER = timedelta(days=10)


def prepare(visit: Visit, until: str | None) -> Iterator[str]:
    """Lay out the book of the call from its frozen list and send every applicant her proof."""
    call = visit.call
    stage = stage_by_key(call, call.publication.get("stage", ""))
    frozen = StageList.objects.filter(stage=stage).first()
    if frozen is None:
        raise ValueError(f"the list {stage.key} is not frozen yet")
    publication = actions.prepare_publication(
        key=_key(visit), title=_texts(call, "title"), subtitle=_texts(call, "subtitle"),
        list_digest=frozen.digest, proofs=proofs_of(stage),
        proof_until=time_in(until, call.zone) if until else visit.now + TIME_TO_ANSWER,
        simulated=call.edition.simulated, actor=visit.actor, now=visit.now,
    )  # fmt: skip
    sent = proof_counts(publication).get("proposed", 0)
    yield f"{publication.key}: {sent} proofs, to be answered until {publication.proof_until.isoformat()}."


def _texts(call: Call, name: str) -> dict[str, str]:
    return {language: call.publication.get(f"{name}_{language}", "") for language in ("en", "zh")}


def answer(visit: Visit, number: str, *, approve: bool) -> Iterator[str]:
    """Approve the proof of a submission, or refuse to have it printed, as its applicant."""
    entry = PublicationEntry.objects.filter(publication__key=_key(visit), item__number=number).first()
    if entry is None:
        raise NotFound(f"there is no proof of {number}")
    entry = actions.answer_proof(entry=entry, approve=approve, actor=visit.actor, now=visit.now)
    yield f"{number}: {entry.state}."


def lapse(visit: Visit) -> Iterator[str]:
    """Let the proofs lapse that were not answered in time."""
    require(can_run_publications(visit.actor), "let proofs lapse")
    lapsed = actions.lapse_proofs(publication=_publication(visit), actor=visit.actor, now=visit.now)
    yield f"Lapsed: {lapsed}."


def typeset(visit: Visit, out: str) -> Iterator[str]:
    """Set the book, keep it, and write a copy of the PDF."""
    publication = _publication(visit)
    book = book_of(visit.call, publication, published_on=visit.now.date())
    made = actions.set_publication(publication=publication, book=book, actor=visit.actor, now=visit.now)
    part = Path(f"{out}.part")
    try:
        with open_file(visit.actor, made.file) as source, part.open("wb") as target:
            shutil.copyfileobj(source, target)
        part.replace(out)
    finally:
        part.unlink(missing_ok=True)
    yield f"{out}: {made.file.size} bytes, SHA-256 {made.file.sha256}"


def export(visit: Visit, out: str) -> Iterator[str]:
    """Write the bundle of the selection: everything a stranger needs to recount it."""
    require(can_read_reviews(visit.actor, visit.call), "export this selection")
    write_bundle(Path(out), selection_files(visit.call))
    yield f"{out}: secretariat selection verify {out} --head RECEIPT recounts it."


def seal_now(actor: Actor) -> Iterator[str]:
    """Seal what waits, and print the newest head of the log."""
    require(actor.has(DESK) or actor.has("system.run"), "seal the log")
    head = seal(now=timezone.now())
    yield head.note.rstrip() if head else "Nothing waits to be sealed."


def _publication(visit: Visit) -> Publication:
    publication = Publication.objects.filter(key=_key(visit)).select_related("ref", "file").first()
    if publication is None:
        raise NotFound(f"there is no book of {visit.call.key} yet")
    return publication


def _key(visit: Visit) -> str:
    return f"{visit.call.key}-book"
