"""What personal relations say to the question of conflicts: that there is one, and nothing about it. One statement."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from secretariat.registry.conflicts.queries import Finding, PartySet, Policy, rows_of

# Both ways: what she said of a party, and what one of the people it is about said of her. Aliases stand for the same.
PERSONAL = """
WITH asked AS (
    SELECT a.id, p.id AS who, p.match_keys, coalesce(p.canonical_id, p.id) AS root
    FROM unnest(%(people)s::uuid[]) AS a (id) JOIN people_person me ON me.id = a.id
    JOIN people_person p ON coalesce(me.canonical_id, me.id) IN (p.id, p.canonical_id)
), partner AS (
    SELECT k.key, p.id AS who, p.match_keys, coalesce(p.canonical_id, p.id) AS root
    FROM unnest(%(person_keys)s::uuid[], %(party_people)s::uuid[]) AS k (key, id)
    JOIN people_person one ON one.id = k.id
    JOIN people_person p ON coalesce(one.canonical_id, one.id) IN (p.id, p.canonical_id)
), named AS (
    SELECT key, root, match_keys FROM partner
    UNION ALL
    SELECT k.key, NULL, o.match_keys
    FROM unnest(%(organisation_keys)s::uuid[], %(organisations)s::uuid[]) AS k (key, id)
    JOIN organisations_organisation one ON one.id = k.id
    JOIN organisations_organisation o ON coalesce(one.canonical_id, one.id) IN (o.id, o.canonical_id)
), said AS (
    SELECT * FROM relations_relation
    WHERE starts_on <= %(on)s AND (ends_on IS NULL OR ends_on >= %(since)s)
)
SELECT asked.id, named.key, said.id, said.starts_on, said.ends_on, 'hers', said.is_pinned
FROM asked JOIN said ON said.person_id = asked.who JOIN named ON named.match_keys && said.match_keys
WHERE named.root IS DISTINCT FROM asked.root
UNION
SELECT asked.id, partner.key, said.id, said.starts_on, said.ends_on, 'theirs', said.is_pinned
FROM partner JOIN said ON said.person_id = partner.who JOIN asked ON asked.match_keys && said.match_keys
WHERE partner.root <> asked.root"""


def personal(
    people: Collection[UUID], parties: Sequence[PartySet], on: date, policy: Policy
) -> Iterator[Finding]:
    """A personal relation to a party was declared, by either side; a name may be another's, so it is disclosed."""
    text = _("A personal relation between you and one of those this is about was declared.")
    for person, key, source, since, until, direction, is_pinned in rows_of(
        PERSONAL, people, parties, on, policy
    ):
        yield Finding(
            person, key, "personal", "discloses", "relations.relation", source, text, starts_on=since, ends_on=until,
            direction=direction, confidence="recorded" if is_pinned else "declared",
        )  # fmt: skip
