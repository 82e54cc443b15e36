from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction

from secretariat.foundation.accounts.actor import SYSTEM, Actor, NotAllowed, WrongState
from secretariat.foundation.audit.models import Act
from secretariat.foundation.notices.models import Notice
from secretariat.record.publications import actions, queries
from secretariat.record.publications.models import Publication, PublicationEntry
from tests.factories.accounts import NOW, make_actor
from tests.factories.publications import (
    DESK,
    DIGEST,
    UNTIL,
    answer,
    applicant_of,
    make_book,
    make_item,
    make_publication,
)

pytestmark = pytest.mark.django_db


def lapse(publication, actor=SYSTEM, now=UNTIL):
    return actions.lapse_proofs(publication=publication, actor=actor, now=now)


def set_book(publication, refs=None, actor=DESK):
    book = make_book(publication, refs)
    return actions.set_publication(publication=publication, book=book, actor=actor, now=UNTIL)


def entries(publication):
    return list(publication.entries.select_related("item").order_by("position"))


def test_preparing_lays_out_the_entries_and_tells_each_applicant_once():
    items = [make_item(), make_item()]

    publication = make_publication(items)

    assert [(e.item, e.position, e.state, e.notified_at, e.content["ref"]) for e in entries(publication)] == [
        (items[0], 1, "proposed", NOW, items[0].number), (items[1], 2, "proposed", NOW, items[1].number),
    ]  # fmt: skip
    assert {(n.account_id, n.kind, n.subject_id, n.data["until"]) for n in Notice.objects.all()} == {
        (applicant_of(e.item).account_id, "proof_to_approve", e.pk, UNTIL.isoformat())
        for e in entries(publication)
    }
    assert Notice.objects.count() == 2
    assert (publication.state, publication.list_digest, publication.file) == ("proof", DIGEST, None)
    act = Act.objects.get(verb="publication_prepared")
    assert (act.subject_id, act.detail) == (publication.pk, {"list": DIGEST, "entries": 2})


def test_whom_nobody_can_tell_is_not_said_to_have_been_told():
    reachable, unreachable = make_item(), make_item(reachable=False)

    publication = make_publication([reachable, unreachable])

    assert [e.notified_at for e in entries(publication)] == [NOW, None]
    assert Notice.objects.count() == 1


def test_a_key_is_used_once_and_nobody_is_told_of_a_book_that_was_not_made():
    make_publication([make_item()], key="charm-2022")
    with pytest.raises(IntegrityError), transaction.atomic():
        make_publication([make_item()], key="charm-2022")
    assert (Publication.objects.count(), Notice.objects.count()) == (1, 1)


@pytest.mark.parametrize(("approve", "state"), [(True, "approved"), (False, "refused")])
def test_the_applicant_answers_her_proof(approve, state):
    publication = make_publication()
    first, second = entries(publication)

    answered = answer(first, approve)

    assert (answered.state, answered.answered_at) == (state, NOW)
    assert queries.proof_counts(publication) == {state: 1, "proposed": 1}
    act = Act.objects.get(verb="proof_answered")
    assert (act.subject_id, act.detail) == (first.pk, {"approved": approve})
    second.refresh_from_db()
    assert second.state == "proposed"


def test_a_proof_is_answered_once():
    [entry] = entries(make_publication([make_item()]))
    answer(entry, approve=False)
    with pytest.raises(WrongState, match="refused"):
        answer(entry)


def test_nobody_else_answers():
    entry, other = entries(make_publication())
    for actor in (Actor(), DESK, SYSTEM, Actor(person_id=applicant_of(other.item).pk)):
        with pytest.raises(NotAllowed):
            answer(entry, actor=actor)
    entry.refresh_from_db()
    assert entry.state == "proposed"


def test_silence_lapses_at_the_deadline_and_not_before():
    publication = make_publication()
    first, second = entries(publication)
    answer(first)
    with pytest.raises(ValueError, match="Proofs may be answered until"):
        lapse(publication, now=UNTIL - timedelta(seconds=1))

    assert lapse(publication) == 1

    assert queries.proof_counts(publication) == {"approved": 1, "lapsed": 1}
    assert [e.item_id for e in queries.printed_entries(publication)] == [first.item_id, second.item_id]
    assert lapse(publication) == 0


def test_who_could_not_be_told_never_lapses():
    publication = make_publication([make_item(reachable=False)])

    assert lapse(publication, now=UNTIL + timedelta(days=365)) == 0

    [entry] = entries(publication)
    assert entry.state == "proposed"
    with pytest.raises(IntegrityError, match="entry_lapses_after_notice"), transaction.atomic():
        PublicationEntry.objects.filter(pk=entry.pk).update(state="lapsed")
    with pytest.raises(ValueError, match="1 proofs have not been answered"):
        set_book(publication)
    answer(entry)
    assert queries.proof_counts(publication) == {"approved": 1}


@pytest.mark.parametrize("rights", [(), ("desk.read",), ("organisation.represent",)])
@pytest.mark.parametrize("act", ["prepare", "lapse", "set"])
def test_only_the_desk_prepares_and_sets(act, rights):
    actor = make_actor(*rights)
    publication = make_publication([])
    with pytest.raises(NotAllowed):
        {
            "prepare": lambda: make_publication([], actor=actor),
            "lapse": lambda: lapse(publication, actor),
            "set": lambda: set_book(publication, actor=actor),
        }[act]()


def test_a_book_is_not_set_while_a_proof_waits():
    publication = make_publication()
    answer(entries(publication)[0])
    with pytest.raises(ValueError, match="1 proofs have not been answered"):
        set_book(publication)
    publication.refresh_from_db()
    assert (publication.state, publication.file) == ("proof", None)


@pytest.mark.parametrize("wrong", ["with the refused one", "without the approved one", "with a stranger"])
def test_a_book_holds_exactly_what_may_be_printed(wrong):
    publication = make_publication()
    approved, refused = entries(publication)
    answer(approved)
    answer(refused, approve=False)
    refs = {
        "with the refused one": [approved.item.number, refused.item.number],
        "without the approved one": [],
        "with a stranger": [approved.item.number, make_item().number],
    }[wrong]

    with pytest.raises(ValueError, match="exactly the entries"):
        set_book(publication, refs)

    publication.refresh_from_db()
    assert publication.state == "proof"


def test_a_set_book_is_kept_as_pdf_and_is_set_once():
    publication = make_publication([make_item()])
    answer(entries(publication)[0])

    publication = set_book(publication)

    publication.refresh_from_db()
    assert (publication.state, publication.ref.state) == ("set", "set")
    assert (publication.file.name, publication.file.media_type) == (
        f"{publication.key}.pdf",
        "application/pdf",
    )
    with default_storage.open(publication.file.storage_key, "rb") as kept:
        assert kept.read(5) == b"%PDF-"
    act = Act.objects.get(verb="publication_set")
    assert act.detail == {"entries": 1, "sha256": publication.file.sha256}
    with pytest.raises(WrongState, match="set"):
        set_book(publication)


ENTRY_MOVES = [
    ("approved", "refused"), ("approved", "proposed"), ("refused", "approved"), ("refused", "lapsed"),
    ("lapsed", "approved"), ("lapsed", "proposed"),
]  # fmt: skip


@pytest.mark.parametrize(("before", "after"), ENTRY_MOVES)
def test_the_database_keeps_an_answer(before, after):
    [entry] = entries(make_publication([make_item()]))
    rows = PublicationEntry.objects.filter(pk=entry.pk)
    rows.update(state=before)
    with pytest.raises(IntegrityError, match=f"may not go from {before} to {after}"), transaction.atomic():
        rows.update(state=after)


def test_the_database_keeps_no_set_book_without_a_file():
    publication = make_publication([])
    with pytest.raises(IntegrityError, match="publication_set_has_file"), transaction.atomic():
        Publication.objects.filter(pk=publication.pk).update(state="set")
