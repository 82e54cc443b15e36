"""Submissions brought in from files, each whole or not at all, each as the person in charge of it."""

from collections.abc import Iterator, Sequence
from contextlib import nullcontext

from django.db import transaction

from secretariat.registry.organisations.models import Organisation
from secretariat.registry.organisations.queries import organisations_by_ref
from secretariat.registry.people.models import Person
from secretariat.registry.people.queries import live_people
from secretariat.simulation.driving.acting import Visit
from secretariat.simulation.driving.answers import REFUSALS, No, reason_of, table
from secretariat.simulation.driving.submissions import Row, read_many, read_one
from secretariat.summit.calls import actions
from secretariat.summit.calls.models import Receipt
from secretariat.summit.calls.queries import NotFound, field_specs


def submit(visit: Visit, file: str) -> Iterator[str]:
    """Hand in the submission of a JSON file."""
    receipt = hand_in(visit, read_one(file))
    yield f"Handed in. Receipt {receipt.number}, commitment {receipt.version.commitment}"


def bring_in(visit: Visit, file: str, *, dry_run: bool) -> Iterator[str]:
    """Hand in every submission of a file and report row by row; a dry run takes everything back."""
    rows = read_many(file, field_specs(visit.call))
    with transaction.atomic() if dry_run else nullcontext():
        outcomes = [_try(visit, row) for row in rows]
        if dry_run:
            transaction.set_rollback(True)
    words = {True: "would be taken" if dry_run else "", False: "refused"}
    yield from table(
        ("row", "outcome", "number or problem"),
        [
            (row.place, words[good] or "taken", "" if good and dry_run else told)
            for row, (good, told) in zip(rows, outcomes, strict=True)
        ],
    )
    if failed := sum(not good for good, _told in outcomes):
        raise No(f"{file}: {failed} of {len(rows)} rows cannot be taken")


def _try(visit: Visit, row: Row) -> tuple[bool, str]:
    """Return whether a row was taken, and its number or what is wrong with it."""
    if row.wrong:
        return False, row.wrong
    try:
        return True, hand_in(visit, row).version.submission.ref.number
    except REFUSALS as error:
        return False, reason_of(error)


def hand_in(visit: Visit, row: Row) -> Receipt:
    """Start, write and hand in one submission in one transaction. Raises what its actions raise, and NotFound."""
    person = _person(row.person)
    organisation, *partners = _organisations([row.organisation, *row.partners])
    actor, now = visit.acting_as(person), visit.now
    with transaction.atomic():
        submission = actions.start_submission(
            call=visit.call, organisation=organisation, person=person, actor=actor, now=now
        )
        if partners:
            actions.add_applicants(submission=submission, organisations=partners, actor=actor, now=now)
        actions.save_draft(submission=submission, content=dict(row.content or {}), actor=actor, now=now)
        return actions.submit(submission=submission, actor=actor, now=now)


def _person(number: str) -> Person:
    person = live_people().select_related("account", "ref").filter(ref__number=number).first()
    if person is None:
        raise NotFound(f"person: there is no {number!r}")
    return person


def _organisations(numbers: Sequence[str | None]) -> list[Organisation | None]:
    found = organisations_by_ref([number for number in numbers if number])
    for number in numbers:
        if number and number not in found:
            raise NotFound(f"organisation: there is no {number!r}")
    return [found[number] if number else None for number in numbers]
