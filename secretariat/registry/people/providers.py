"""What affiliations say to two of the four questions. One statement for each, whatever the number of people.

An explanation is read by the person it concerns: it names organisations and her own affiliation, never another person.
"""

from collections.abc import Collection, Iterator, Sequence
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from secretariat.foundation.accounts.actor import Capacity
from secretariat.registry.capacities.queries import Provider, Row
from secretariat.registry.conflicts.queries import Finding, PartySet, Policy, in_language, rows_of
from secretariat.registry.organisations.rules import REPRESENT

# Whoever is asked about and whoever is a party may be an alias: all are first resolved to what they stand for.
# A person's affiliations include those left with her aliases.
ASKED = """
WITH RECURSIVE asked AS (
    SELECT a.id, coalesce(p.canonical_id, p.id) AS who
    FROM unnest(%(people)s::uuid[]) AS a (id) JOIN people_person p ON p.id = a.id
), held AS (
    SELECT asked.id, asked.who, a.id AS affiliation, coalesce(o.canonical_id, o.id) AS organisation, a.role,
           a.starts_on, a.ends_on, a.ends_on IS NULL OR a.ends_on >= %(on)s AS current
    FROM asked
    JOIN people_person p ON p.id = asked.who OR p.canonical_id = asked.who
    JOIN people_affiliation a ON a.person_id = p.id
    JOIN organisations_organisation o ON o.id = a.organisation_id
    WHERE a.starts_on <= %(on)s AND (a.ends_on IS NULL OR a.ends_on >= %(since)s)
)"""
PARTIES = """, party AS (
    SELECT k.key, coalesce(o.canonical_id, o.id) AS organisation
    FROM unnest(%(organisation_keys)s::uuid[], %(organisations)s::uuid[]) AS k (key, id)
    JOIN organisations_organisation o ON o.id = k.id
), partner AS (
    SELECT DISTINCT k.key, coalesce(p.canonical_id, p.id) AS who
    FROM unnest(%(person_keys)s::uuid[], %(party_people)s::uuid[]) AS k (key, id)
    JOIN people_person p ON p.id = k.id
)"""
SAME_PERSON = (
    ASKED
    + PARTIES
    + " SELECT asked.id, partner.key, asked.who FROM asked JOIN partner ON partner.who = asked.who"
)
AFFILIATION = (
    ASKED
    + PARTIES
    + "SELECT DISTINCT held.id, party.key, held.affiliation, held.current, held.starts_on, held.ends_on, "
    "o.name_en, o.name_zh "
    "FROM held JOIN party ON party.organisation = held.organisation "
    "JOIN organisations_organisation o ON o.id = party.organisation"
)
# UNION ends a circle of parents, should one ever arise.
GROUP = (
    ASKED
    + PARTIES
    + """, line (start, organisation) AS (
    SELECT organisation, organisation FROM held UNION SELECT organisation, organisation FROM party
    UNION
    SELECT line.start, coalesce(above.canonical_id, above.id)
    FROM line
    JOIN organisations_organisation o ON o.id = line.organisation
    JOIN organisations_organisation above ON above.id = o.parent_id
)
SELECT held.id, party.key, held.affiliation, held.current AND bool_or(up.organisation IN (up.start, down.start)),
       held.starts_on, held.ends_on, own.name_en, own.name_zh, other.name_en, other.name_zh
FROM held
JOIN line up ON up.start = held.organisation
JOIN line down ON down.organisation = up.organisation AND down.start <> up.start
JOIN party ON party.organisation = down.start
JOIN organisations_organisation own ON own.id = held.organisation
JOIN organisations_organisation other ON other.id = party.organisation
GROUP BY held.id, party.key, held.affiliation, held.current, held.starts_on, held.ends_on, own.id, other.id"""
)
SHARED = (
    ASKED
    + PARTIES
    + """
SELECT DISTINCT held.id, partner.key, held.affiliation, held.starts_on, held.ends_on, o.name_en, o.name_zh
FROM partner
JOIN people_person p ON p.id = partner.who OR p.canonical_id = partner.who
JOIN people_affiliation a ON a.person_id = p.id AND a.starts_on <= %(on)s AND (a.ends_on IS NULL OR a.ends_on >= %(on)s)
JOIN organisations_organisation with_them ON with_them.id = a.organisation_id
JOIN held ON held.organisation = coalesce(with_them.canonical_id, with_them.id) AND held.who <> partner.who
JOIN organisations_organisation o ON o.id = held.organisation
WHERE held.current"""
)
# Where no affiliation says it, the domain of her address may.
ADDRESS = (
    ASKED
    + PARTIES
    + """
SELECT DISTINCT asked.id, party.key, o.id, o.name_en, o.name_zh
FROM asked JOIN people_person p ON p.id = asked.who OR p.canonical_id = asked.who
JOIN accounts_account account ON account.id = p.account_id
JOIN organisations_organisation o ON o.email_domains @> ARRAY[split_part(account.email, '@', 2)]::varchar[]
JOIN party ON party.organisation = coalesce(o.canonical_id, o.id)
WHERE NOT EXISTS (SELECT FROM held WHERE held.id = asked.id AND held.organisation = party.organisation)"""
)
COUNTRY = (
    ASKED
    + PARTIES
    + """, place (key, id) AS (
    SELECT partner.key, p.country_id FROM partner JOIN people_person p ON p.id = partner.who
    UNION SELECT party.key, o.country_id FROM party JOIN organisations_organisation o ON o.id = party.organisation
)
SELECT asked.id, place.key, asked.who
FROM asked JOIN people_person p ON p.id = asked.who JOIN place ON place.id = p.country_id"""
)
REPRESENTATION = """
SELECT asked.id, a.id, coalesce(o.canonical_id, o.id), NULL::uuid, NULL::text, NULL::text[]
FROM asked JOIN people_person me ON me.id = asked.id
JOIN people_person p ON coalesce(me.canonical_id, me.id) IN (p.id, p.canonical_id)
JOIN people_affiliation a ON a.person_id = p.id AND a.role = 'representative'
    AND a.starts_on <= %(on)s AND (a.ends_on IS NULL OR a.ends_on >= %(on)s)
JOIN organisations_organisation o ON o.id = a.organisation_id"""

PERSON, MEMBERSHIP, ORGANISATION = "people.person", "people.affiliation", "organisations.organisation"


def same_person(
    people: Collection[UUID], parties: Sequence[PartySet], on: date, policy: Policy
) -> Iterator[Finding]:
    """The person is a party."""
    for person, key, who in rows_of(SAME_PERSON, people, parties, on, policy):
        yield Finding(
            person, key, "same_person", "bars", PERSON, who, _("You are one of the people this is about.")
        )


def affiliation(
    people: Collection[UUID], parties: Sequence[PartySet], on: date, policy: Policy
) -> Iterator[Finding]:
    """The person is with an organisation that is a party, which bars, or was so recently, which is disclosed."""
    for person, key, source, current, since, until, *name in rows_of(
        AFFILIATION, people, parties, on, policy
    ):
        text = (
            _("You are with %(organisation)s.") if current else _("You were with %(organisation)s recently.")
        )
        yield Finding(
            person, key, "affiliation", "bars" if current else "discloses", MEMBERSHIP, source,
            text % {"organisation": in_language(*name)}, starts_on=since, ends_on=until, direction="hers",
        )  # fmt: skip


def affiliation_of_group(
    people: Collection[UUID], parties: Sequence[PartySet], on: date, policy: Policy
) -> Iterator[Finding]:
    """The person is with a parent or part of a party, which bars, or with another part of one whole: disclosed."""
    for person, key, source, bars, since, until, *names in rows_of(GROUP, people, parties, on, policy):
        told = {"own": in_language(*names[:2]), "other": in_language(*names[2:])}
        yield Finding(
            person, key, "affiliation_of_group", "bars" if bars else "discloses", MEMBERSHIP, source,
            _("You are or were with %(own)s, which belongs together with %(other)s.") % told,
            starts_on=since, ends_on=until, direction="hers",
        )  # fmt: skip


def shared_affiliation(
    people: Collection[UUID], parties: Sequence[PartySet], on: date, policy: Policy
) -> Iterator[Finding]:
    """The person and one of the parties are with the same organisation now."""
    for person, key, source, since, until, *name in rows_of(SHARED, people, parties, on, policy):
        yield Finding(
            person, key, "shared_affiliation", "bars", MEMBERSHIP, source,
            _("You are with %(organisation)s, as is one of the people this is about.")
            % {"organisation": in_language(*name)}, starts_on=since, ends_on=until,
        )  # fmt: skip


def address(
    people: Collection[UUID], parties: Sequence[PartySet], on: date, policy: Policy
) -> Iterator[Finding]:
    """The person signs in with an address of a party, and no affiliation says why: inferred, so it is disclosed."""
    for person, key, source, *name in rows_of(ADDRESS, people, parties, on, policy):
        yield Finding(
            person, key, "address", "discloses", ORGANISATION, source,
            _("Your e-mail address is one of %(organisation)s.") % {"organisation": in_language(*name)},
            direction="hers", confidence="inferred",
        )  # fmt: skip


def same_country(
    people: Collection[UUID], parties: Sequence[PartySet], on: date, policy: Policy
) -> Iterator[Finding]:
    """The person is of the country or region of a party. Asked only where the policy counts it."""
    if policy.asks_for("same_country"):
        for person, key, source in rows_of(COUNTRY, people, parties, on, policy):
            text = _("You are of the same country or region as one of those this is about.")
            yield Finding(person, key, "same_country", "discloses", PERSON, source, text)


def _represents(row: Row) -> Iterator[Capacity]:
    yield Capacity(REPRESENT, f"{MEMBERSHIP}:{row.source}", scope_id=row.scope)


# Who represents an organisation on that day.
representation = Provider(REPRESENTATION, _represents)
