"""Pairs of rows that may be one. The database finds and weighs them; only those shown are looked at here.

Blocking by shared keys (Christen, *Data Matching*, 2012, chapter 4): a key that more than ``MOST`` rows share says
nothing, and would make the pairs quadratic, so it finds no pair.
"""

import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from secretariat.foundation.accounts.actor import Actor, require
from secretariat.registry.identity.logic import FOR, score, telling
from secretariat.registry.identity.rules import can_merge
from secretariat.registry.identity.states import Kind, ReasonKind
from secretariat.registry.people.logic import match_keys

MOST = 50

# The keys of the rows asked about, and of rows that share one with them; of all rows where none is asked about.
KEYS = """
WITH held AS (
    SELECT t.id, t.simulated, unnest(t.match_keys) AS key FROM {table} t
    WHERE t.canonical_id IS NULL AND (%(all)s OR t.id = ANY(%(of)s) OR t.match_keys && (
        SELECT array_agg(k) FROM {table} q, unnest(q.match_keys) AS k WHERE q.id = ANY(%(of)s)))
    {further}
), usual AS (
    SELECT key, simulated, count(DISTINCT id) AS holders FROM held GROUP BY key, simulated
    HAVING count(DISTINCT id) BETWEEN 2 AND %(most)s
), pair AS (
    SELECT a.id AS one, b.id AS other, usual.key, usual.holders
    FROM usual JOIN held a USING (key, simulated) JOIN held b USING (key, simulated) WHERE a.id < b.id
    UNION ALL
    {similar}
), found AS (
    SELECT one, other, array_agg(DISTINCT key) AS keys,
           jsonb_object_agg(split_part(key, ':', 1), holders ORDER BY holders DESC) AS holders,
           sum((%(weights)s::jsonb ->> split_part(key, ':', 1))::float) AS weight
    FROM pair
    WHERE (%(all)s OR one = ANY(%(of)s) OR other = ANY(%(of)s))
      AND NOT EXISTS (SELECT FROM identity_distinction d WHERE d.one_id = one AND d.other_id = other)
    GROUP BY one, other ORDER BY weight DESC, one, other LIMIT %(limit)s
)"""
MAILBOXES = r"""
    UNION ALL
    SELECT p.id, p.simulated, 'mail:' || regexp_replace(lower(a.email), '\+[^@]*@', '@')
    FROM people_person p JOIN accounts_account a ON a.id = p.account_id WHERE p.canonical_id IS NULL"""
# Names that differ by a letter are looked for among colleagues only.
SIMILAR_PEOPLE = """
    SELECT a.id, b.id, 'similar:', 2
    FROM (SELECT organisation_id FROM people_affiliation
          WHERE %(all)s OR organisation_id IN (
              SELECT z.organisation_id FROM people_affiliation z WHERE z.person_id = ANY(%(of)s))
          GROUP BY 1 HAVING count(*) <= %(most)s) small
    JOIN people_affiliation x USING (organisation_id) JOIN people_affiliation y USING (organisation_id)
    JOIN people_person a ON a.id = x.person_id AND a.canonical_id IS NULL
    JOIN people_person b ON b.id = y.person_id AND b.canonical_id IS NULL
    WHERE a.id < b.id AND a.simulated = b.simulated AND similarity(a.sort_key, b.sort_key) >= 0.5
      AND regexp_replace(a.sort_key, '[^0-9]', '', 'g') = regexp_replace(b.sort_key, '[^0-9]', '', 'g')"""
# Numbers tell organisations apart whose names are alike otherwise: School 12 is not School 13.
SIMILAR_ORGANISATIONS = """
    SELECT a.id, b.id, 'similar:', 2
    FROM organisations_organisation a JOIN organisations_organisation b
      ON left(a.sort_key, 2) = left(b.sort_key, 2) AND a.country_id IS NOT DISTINCT FROM b.country_id
    WHERE a.id < b.id AND a.simulated = b.simulated AND a.canonical_id IS NULL AND b.canonical_id IS NULL
      AND similarity(a.sort_key, b.sort_key) >= 0.6
      AND (%(all)s OR a.id = ANY(%(of)s) OR b.id = ANY(%(of)s))
      AND regexp_replace(a.sort_key, '[^0-9]', '', 'g') = regexp_replace(b.sort_key, '[^0-9]', '', 'g')"""
PEOPLE = (
    KEYS.format(table="people_person", further=MAILBOXES, similar=SIMILAR_PEOPLE)
    + """
SELECT one, other, keys, holders, a.country_id, b.country_id, a.orcid, b.orcid,
       jsonb_build_array(a.given_name, a.family_name, a.names), jsonb_build_array(b.given_name, b.family_name, b.names),
       EXISTS (SELECT FROM people_affiliation x JOIN people_affiliation y USING (organisation_id)
               WHERE x.person_id = one AND y.person_id = other)
FROM found JOIN people_person a ON a.id = one JOIN people_person b ON b.id = other"""
)
ORGANISATIONS = (
    KEYS.format(table="organisations_organisation", further="", similar=SIMILAR_ORGANISATIONS)
    + """
SELECT one, other, keys, holders, a.country_id, b.country_id, a.ror, b.ror,
       coalesce(a.parent_id = b.id OR b.parent_id = a.id, false)
FROM found JOIN organisations_organisation a ON a.id = one JOIN organisations_organisation b ON b.id = other"""
)


@dataclass(frozen=True)
class Duplicate:
    """Two rows that may be one, lower id first, with what speaks for and against it."""

    one_id: UUID
    other_id: UUID
    score: float
    reasons: tuple[ReasonKind, ...]


def find_duplicates(
    kind: Kind, *, actor: Actor, of: Collection[UUID] | None = None, at_least: float = 0.4, limit: int = 100
) -> list[Duplicate]:
    """Return pairs that may be one, most likely first: among all live rows, or those with a row of ``of``.

    Aliases, pairs told apart, and pairs of a simulated with a real row are left out. One statement.
    """
    require(can_merge(actor), _("look for duplicates"))
    # The database weighs roughly: look at some more than are shown.
    values = {
        "all": of is None,
        "of": list(of or ()),
        "most": MOST,
        "limit": limit * 4,
        "weights": json.dumps(dict(FOR)),
    }
    with connection.cursor() as cursor:
        cursor.execute(PEOPLE if kind == Kind.PERSON else ORGANISATIONS, values)
        rows = cursor.fetchall()
    pairs = [_weigh(row, _people(row) if kind == Kind.PERSON else _organisations(row)) for row in rows]
    likely = [pair for pair in pairs if pair.score >= at_least]
    return sorted(likely, key=lambda pair: (-pair.score, pair.one_id, pair.other_id))[:limit]


def _weigh(row: tuple[Any, ...], reasons: Iterator[str]) -> Duplicate:
    one, other, _keys, holders, *_rest = row
    told = telling(set(reasons))
    counted = json.loads(holders) if isinstance(holders, str) else holders
    counted = counted | {"pinyin": counted.get("name", 2)}
    return Duplicate(one, other, score(told, counted), tuple(map(ReasonKind, told)))


def _people(row: tuple[Any, ...]) -> Iterator[str]:
    _one, _other, keys, _holders, country, other_country, orcid, other_orcid, names, other_names, together = (
        row
    )
    yield from _kinds_of(keys) - {"name"}
    if any(key.startswith("name:") for key in keys):
        yield "name" if set(keys) & _latin_keys(names) & _latin_keys(other_names) else "pinyin"
    if orcid and other_orcid and orcid != other_orcid:
        yield "other_id"
    if together:
        yield "together"
    yield from _countries(country, other_country)


def _organisations(row: tuple[Any, ...]) -> Iterator[str]:
    _one, _other, keys, _holders, country, other_country, ror, other_ror, related = row
    yield from _kinds_of(keys)
    if ror and other_ror and ror != other_ror:
        yield "other_id"
    if related:
        yield "related"
    yield from _countries(country, other_country)


def _kinds_of(keys: list[str]) -> set[str]:
    return {key.split(":", 1)[0] for key in keys}


def _latin_keys(names: Any) -> set[str]:
    given, family, further = json.loads(names) if isinstance(names, str) else names
    return set(match_keys(given=given, family=family, name_zh="", further=further.values(), orcid=""))


def _countries(one: UUID | None, other: UUID | None) -> Iterator[str]:
    if one and other:
        yield "country" if one == other else "other_country"
