"""What reviews say to the question of conflicts: who judges whom, and who may not judge what a meeting takes up."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from secretariat.registry.conflicts.queries import Finding, PartySet, Policy, rows_of

RECIPROCAL = """
WITH mine AS (
    SELECT asked AS id, asked AS part FROM unnest(%(people)s::uuid[]) AS asked
    UNION
    SELECT asked, a.organisation_id FROM unnest(%(people)s::uuid[]) AS asked
    JOIN people_affiliation a ON a.person_id = asked
    WHERE a.starts_on <= %(on)s AND (a.ends_on IS NULL OR a.ends_on >= %(on)s)
)
SELECT DISTINCT mine.id, k.key, reading.id, reading.created_at::date
FROM mine
JOIN calls_submission own ON mine.part IN (own.person_id, own.organisation_id)
JOIN review_assignment reading ON reading.submission_id = own.id AND reading.state IN ('assigned', 'done')
JOIN unnest(%(person_keys)s::uuid[], %(party_people)s::uuid[]) AS k (key, id) ON k.id = reading.reviewer_id
WHERE reading.created_at::date >= %(since)s AND k.id <> mine.id"""
RECUSED = """
SELECT asked, s.ref_id, c.id, c.created_at::date
FROM unnest(%(people)s::uuid[]) AS asked
JOIN review_conflict c ON c.person_id = asked AND c.state <> 'cleared'
JOIN calls_submission s ON s.id = c.submission_id AND s.ref_id = ANY(%(keys)s::uuid[])"""


def reciprocal(
    people: Collection[UUID], parties: Sequence[PartySet], on: date, policy: Policy
) -> Iterator[Finding]:
    """One of the people a thing is about judges, or judged, what the person applied with. She is not told who."""
    text = _(
        "One of those this is about judges something that you, or an organisation you are with, applied with."
    )
    for person, key, source, day in rows_of(RECIPROCAL, people, parties, on, policy):
        yield Finding(
            person,
            key,
            "reciprocal",
            "discloses",
            "review.assignment",
            source,
            text,
            starts_on=day,
            direction="theirs",
        )


def recused(
    people: Collection[UUID], parties: Sequence[PartySet], on: date, policy: Policy
) -> Iterator[Finding]:
    """The person may not judge the item that is taken up: asked about by its reference, as meetings and ballots do."""
    text, keys = _("You may not judge this item in its call."), [thing.key for thing in parties]
    for person, key, source, day in rows_of(RECUSED, people, parties, on, policy, keys=keys):
        yield Finding(person, key, "recused", "bars", "review.conflict", source, text, starts_on=day)
