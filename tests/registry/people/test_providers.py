from datetime import date
from uuid import uuid4

import pytest
from django.utils import translation

from secretariat.foundation.accounts.actor import Capacity
from secretariat.registry.capacities.queries import capacities_of
from secretariat.registry.conflicts import queries as conflicts
from secretariat.registry.conflicts.queries import PartySet, Policy, conflict_matrix, conflicts_between
from secretariat.registry.organisations.models import Organisation
from secretariat.registry.people import providers
from secretariat.registry.people.models import Affiliation, Person
from tests.factories.accounts import TODAY, make_account
from tests.factories.organisations import make_organisation
from tests.factories.people import make_affiliation, make_person
from tests.factories.places import make_place

pytestmark = pytest.mark.django_db

KINDS = {
    "same_person": providers.same_person,
    "affiliation": providers.affiliation,
    "affiliation_of_group": providers.affiliation_of_group,
    "shared_affiliation": providers.shared_affiliation,
    "address": providers.address,
    "same_country": providers.same_country,
}


def thing(*, people=(), organisations=()):
    return PartySet(uuid4(), frozenset(p.pk for p in people), frozenset(o.pk for o in organisations))


def found(people, *parties, on=TODAY, kinds=frozenset(KINDS), **policy):
    """(person, thing, kind, strength, source) of every finding of these providers."""
    rows = conflict_matrix([p.pk for p in people], parties, on, Policy(kinds=kinds, **policy))
    return [(f.person_id, f.party_key, f.kind, f.strength, f.source_id) for f in rows]


def test_the_providers_are_registered():
    assert {name: conflicts.providers().get(name) for name in KINDS} == KINDS


def test_nothing_is_found_between_strangers():
    reviewer = make_affiliation().person
    applicant = make_affiliation()

    assert found([reviewer], thing(people=[applicant.person], organisations=[applicant.organisation])) == []


def test_a_person_is_barred_from_her_own_thing():
    person, other = make_person(), make_person()
    own, foreign = thing(people=[person]), thing(people=[other])

    assert found([person], own, foreign) == [(person.pk, own.key, "same_person", "bars", person.pk)]


def test_an_affiliation_bars_while_it_holds_and_is_disclosed_for_some_years():
    party = make_organisation()
    current = make_affiliation(organisation=party, starts_on=TODAY)
    recent = make_affiliation(organisation=party, ends_on=date(2020, 6, 1))
    make_affiliation(organisation=party, starts_on=date(2010, 1, 1), ends_on=date(2019, 5, 31))
    make_affiliation(organisation=party, starts_on=date(2022, 6, 2))
    asked = thing(organisations=[party])

    people = list(Person.objects.all())
    assert set(found(people, asked)) == {
        (current.person_id, asked.key, "affiliation", "bars", current.pk),
        (recent.person_id, asked.key, "affiliation", "discloses", recent.pk),
    }
    assert found(people, asked, years_back=1) == [
        (current.person_id, asked.key, "affiliation", "bars", current.pk)
    ]


def test_parent_and_part_bar_and_sisters_are_disclosed():
    top = make_organisation()
    left, right = make_organisation(parent=top), make_organisation(parent=top)
    of_top, of_left = make_affiliation(organisation=top), make_affiliation(organisation=left)
    former = make_affiliation(organisation=top, ends_on=date(2021, 1, 1))
    about_right = thing(organisations=[right])

    kinds = frozenset({"affiliation_of_group"})
    assert set(found([of_top.person, of_left.person, former.person], about_right, kinds=kinds)) == {
        (of_top.person_id, about_right.key, "affiliation_of_group", "bars", of_top.pk),
        (of_left.person_id, about_right.key, "affiliation_of_group", "discloses", of_left.pk),
        (former.person_id, about_right.key, "affiliation_of_group", "discloses", former.pk),
    }
    about_top = thing(organisations=[top])
    assert found([of_left.person], about_top, kinds=kinds) == [
        (of_left.person_id, about_top.key, "affiliation_of_group", "bars", of_left.pk)
    ]


def test_colleagues_of_a_party_are_barred_while_both_are_there():
    place = make_organisation()
    reviewer, former = (
        make_affiliation(organisation=place),
        make_affiliation(organisation=place, ends_on=date(2021, 1, 1)),
    )
    applicant = make_affiliation(organisation=place)
    left = make_affiliation(organisation=place, ends_on=date(2021, 1, 1))
    asked, about_left = thing(people=[applicant.person]), thing(people=[left.person])

    assert found([reviewer.person, former.person], asked, about_left) == [
        (reviewer.person_id, asked.key, "shared_affiliation", "bars", reviewer.pk)
    ]


def test_nobody_is_her_own_colleague():
    affiliation = make_affiliation()

    asked = thing(people=[affiliation.person])
    assert [row[2] for row in found([affiliation.person], asked)] == ["same_person"]


def test_aliases_count_as_what_they_stand_for():
    kept, alias = make_person(), make_person()
    Person.objects.filter(pk=alias.pk).update(canonical=kept)
    organisation, old_name = make_organisation(), make_organisation()
    Organisation.objects.filter(pk=old_name.pk).update(canonical=organisation)
    left = make_affiliation(alias, old_name)
    asked = thing(people=[alias], organisations=[organisation])

    for person in (kept, alias):
        assert set(found([person], asked)) == {
            (person.pk, asked.key, "same_person", "bars", kept.pk),
            (person.pk, asked.key, "affiliation", "bars", left.pk),
        }


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize("kind", KINDS)
def test_each_provider_takes_one_statement(kind, number, django_assert_num_queries):
    rows = [make_affiliation() for _ in range(number)]
    things = [thing(people=[row.person], organisations=[row.organisation]) for row in rows]

    with django_assert_num_queries(1):
        list(KINDS[kind]([row.person_id for row in rows], things, TODAY, Policy(kinds=frozenset({kind}))))


def test_an_address_of_a_party_is_disclosed_where_no_affiliation_says_why():
    party = make_organisation(email_domains=["party.example"])
    unsaid, staff = (
        make_person(account=make_account(email=f"{name}@party.example")) for name in ("unsaid", "staff")
    )
    elsewhere = make_person(account=make_account(email="somebody@notparty.example"))
    make_affiliation(staff, party)

    rows = conflict_matrix([unsaid.pk, staff.pk, elsewhere.pk], [thing(organisations=[party])], TODAY)

    assert {(row.person_id, row.kind, row.strength, row.confidence) for row in rows} == {
        (unsaid.pk, "address", "discloses", "inferred"),
        (staff.pk, "affiliation", "bars", "recorded"),
    }


def test_a_country_counts_only_where_the_policy_says_so():
    here, there = make_place("SE"), make_place("KE")
    reviewer, other = make_person(country=here), make_person(country=there)
    asked = thing(people=[make_person(country=here)], organisations=[make_organisation(country=there)])
    people = [reviewer.pk, other.pk]

    assert conflict_matrix(people, [asked], TODAY) == []
    rows = conflict_matrix(people, [asked], TODAY, Policy(strengths={"same_country": "bars"}))
    assert {(row.person_id, row.kind, row.strength) for row in rows} == {
        (reviewer.pk, "same_country", "bars"),
        (other.pk, "same_country", "bars"),
    }


def test_a_policy_weighs_a_kind_otherwise_or_ignores_it():
    row = make_affiliation(ends_on=date(2022, 1, 1))
    asked, on = thing(organisations=[row.organisation]), date(2022, 6, 1)

    def strengths(**said):
        policy = Policy(strengths={"affiliation": said["says"]} if said else {})
        return [finding.strength for finding in conflict_matrix([row.person_id], [asked], on, policy)]

    assert (strengths(), strengths(says="bars"), strengths(says="ignored")) == (["discloses"], ["bars"], [])


def test_a_finding_tells_its_term_and_whose_tie_it_is():
    row = make_affiliation(starts_on=date(2019, 5, 1), ends_on=date(2021, 1, 1))
    [finding] = conflicts_between(row.person_id, thing(organisations=[row.organisation]), date(2022, 6, 1))

    assert (finding.starts_on, finding.ends_on, finding.direction) == (row.starts_on, row.ends_on, "hers")


def make_secretive_pair():
    """A reviewer and an applicant, colleagues, whose records hold what must not leak."""
    top = make_organisation("Group")
    shared, party = (
        make_organisation("Shared", name_zh="共同", parent=top),
        make_organisation("Party", parent=top),
    )
    reviewer = make_person("Rhea", "Reviewer")
    make_affiliation(reviewer, shared, title_en="Hidden title", source="hidden@source.example")
    make_affiliation(reviewer, party, title_en="Hidden title", ends_on=date(2021, 1, 1))
    applicant = make_person("Alan", "Applicant", orcid="0000-0002-1825-0097")
    make_affiliation(applicant, shared, title_en="Secret title", source="secret@source.example")
    make_affiliation(applicant, make_organisation("Secret employer"))
    return reviewer, thing(people=[applicant], organisations=[party])


def test_explanations_tell_the_person_of_her_own_ties_and_nothing_of_others():
    reviewer, asked = make_secretive_pair()
    kinds = frozenset(KINDS)

    findings = conflict_matrix([reviewer.pk], [asked], TODAY, Policy(kinds=kinds))
    assert {(f.kind, f.explanation) for f in findings} == {
        ("shared_affiliation", "You are with Shared, as is one of the people this is about."),
        ("affiliation_of_group", "You are or were with Shared, which belongs together with Party."),
        ("affiliation", "You were with Party recently."),
    }
    own = {row.pk for row in Affiliation.objects.filter(person=reviewer)}
    assert {f.source_id for f in findings} <= own
    with translation.override("zh-hans"):
        findings = conflict_matrix(
            [reviewer.pk], [asked], TODAY, Policy(kinds=frozenset({"shared_affiliation"}))
        )
        assert "共同" in findings[0].explanation


def test_only_a_current_representative_may_act_for_the_organisation():
    held = make_affiliation(role="representative")
    make_affiliation(held.person, role="staff")
    make_affiliation(held.person, role="representative", ends_on=date(2022, 5, 31))
    other = make_affiliation(role="finance")

    assert capacities_of([held.person_id, other.person_id], TODAY) == {
        held.person_id: (
            Capacity(
                "organisation.represent", f"people.affiliation:{held.pk}", scope_id=held.organisation_id
            ),
        ),
        other.person_id: (),
    }


def test_an_alias_represents_what_it_stands_for_does():
    held = make_affiliation(role="representative")
    alias = make_person()
    left_with_it = make_affiliation(alias, role="representative")
    Person.objects.filter(pk=alias.pk).update(canonical=held.person)

    scopes = {held.organisation_id, left_with_it.organisation_id}
    found = capacities_of([alias.pk, held.person_id], TODAY)
    assert [{c.scope_id for c in found[person]} for person in (alias.pk, held.person_id)] == [scopes, scopes]
