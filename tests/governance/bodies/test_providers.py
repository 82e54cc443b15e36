from datetime import date
from uuid import uuid4

import pytest

from secretariat.foundation.accounts.actor import Capacity
from secretariat.governance.bodies import providers
from secretariat.registry.capacities.queries import capacities_of
from secretariat.registry.conflicts.queries import Finding, PartySet, Policy, conflict_matrix
from secretariat.registry.entitlements.queries import Entitlement, entitlements_of, holders_of
from tests.factories.bodies import make_body, make_term
from tests.factories.organisations import make_organisation
from tests.factories.people import make_person

pytestmark = pytest.mark.django_db
ON = date(2024, 5, 1)
SEATS = Policy(kinds=frozenset({"shared_seat", "delegation"}))


def party(*people, organisations=()):
    return PartySet(
        uuid4(), frozenset(p.pk for p in people), frozenset(organisation.pk for organisation in organisations)
    )


def findings(people, parties, on=ON, policy=SEATS):
    return conflict_matrix([person.pk for person in people], parties, on, policy)


def kinds(people, parties, **kw):
    return {(f.person_id, f.party_key, f.kind, f.strength) for f in findings(people, parties, **kw)}


def test_terms_in_force_give_rights_and_only_who_sits_holds_a_seat():
    committee = make_body(flags=["reviews", "temporary"])
    chair, clerk, former = make_person(), make_person(), make_person()
    terms = {
        chair: make_term(committee, chair, role="chair", starts_on=ON, ends_on=ON),
        clerk: make_term(committee, clerk, role="secretary"),
    }
    make_term(committee, former, ends_on=date(2024, 4, 30))

    def capacity(right, person, sits):
        source = f"bodies.term:{terms[person].pk}"
        return Capacity(right, source, scope_id=committee.pk, body_id=committee.pk if sits else None)

    assert capacities_of([chair.pk, clerk.pk, former.pk], ON) == {
        chair.pk: tuple(capacity(right, chair, True) for right in ("body.chair", "body.sit", "review.sit")),
        clerk.pk: (capacity("body.serve", clerk, False),),
        former.pk: (),
    }


def test_the_delegate_of_a_party_is_barred_and_a_former_one_discloses():
    organisation, other = make_organisation(), make_organisation()
    delegate, former, stranger = make_person(), make_person(), make_person()
    term = make_term(make_body(flags=["supreme"]), delegate, organisation=organisation)
    make_term(make_body(), former, organisation=organisation, ends_on=date(2023, 1, 1))
    make_term(make_body(), stranger, organisation=other)
    thing = party(organisations=[organisation])

    found = findings([delegate, former, stranger], [thing])

    assert {(f.person_id, f.kind, f.strength) for f in found} == {
        (delegate.pk, "delegation", "bars"),
        (former.pk, "delegation", "discloses"),
    }
    assert next(f for f in found if f.person_id == delegate.pk) == Finding(
        delegate.pk, thing.key, "delegation", "bars", "bodies.term", term.pk,
        f"You hold a seat for {organisation.name_en}.", starts_on=term.starts_on, direction="hers",
    )  # fmt: skip


def test_sitting_together_with_a_party_is_disclosed_without_naming_anybody():
    council, elsewhere = make_body("council"), make_body()
    juror, applicant, organisation = make_person(), make_person(), make_organisation()
    term = make_term(council, juror)
    make_term(council, applicant)
    make_term(council, organisation=organisation)
    make_term(elsewhere, make_person())
    things = [party(applicant), party(organisations=[organisation]), party(make_person())]

    told = "You sit or sat in the body “Council” together with one of those this is about."
    assert findings([juror], things) == sorted(
        (
            Finding(
                juror.pk,
                thing.key,
                "shared_seat",
                "discloses",
                "bodies.term",
                term.pk,
                told,
                starts_on=term.starts_on,
            )
            for thing in things[:2]
        ),
        key=lambda finding: finding.party_key,
    )


@pytest.mark.parametrize(
    ("mine", "theirs", "found"),
    [
        (("2020-01-01", None), ("2020-01-01", None), True),
        (("2020-01-01", "2021-04-30"), ("2020-01-01", "2021-04-30"), False),
        (("2020-01-01", "2021-05-01"), ("2020-01-01", "2021-05-01"), True),
        (("2020-01-01", "2022-01-01"), ("2022-01-02", None), False),
        (("2020-01-01", "2022-01-02"), ("2022-01-02", None), True),
        (("2020-01-01", None), ("2024-05-02", None), False),
    ],
)
def test_only_common_days_of_the_last_three_years_count(mine, theirs, found):
    body, juror, applicant = make_body(), make_person(), make_person()
    for person, (starts_on, ends_on) in ((juror, mine), (applicant, theirs)):
        make_term(
            body, person, starts_on=date.fromisoformat(starts_on),
            ends_on=date.fromisoformat(ends_on) if ends_on else None,
        )  # fmt: skip

    assert bool(findings([juror], [party(applicant)])) == found


def test_in_a_supreme_body_everybody_sits_so_it_says_nothing():
    assembly, juror, applicant = make_body(flags=["supreme", "decides"]), make_person(), make_person()
    make_term(assembly, juror)
    make_term(assembly, applicant)

    assert findings([juror], [party(applicant)]) == []


def test_nobody_sits_together_with_herself():
    body, juror = make_body(), make_person()
    make_term(body, juror)
    make_term(body, juror, role="alternate")

    assert findings([juror], [party(juror)]) == []


def test_an_alias_stands_for_the_one_it_was_merged_into():
    body, juror, applicant, organisation = make_body(), make_person(), make_person(), make_organisation()
    make_term(body, juror, organisation=organisation)
    make_term(body, applicant)
    aliases = [make_person(), make_person(), make_organisation()]
    for alias, canonical in zip(aliases, (juror, applicant, organisation), strict=True):
        type(alias).objects.filter(pk=alias.pk).update(canonical=canonical)
    old_juror, old_applicant, old_organisation = aliases
    things = [party(old_applicant), party(organisations=[old_organisation])]

    assert kinds([old_juror], things) == {
        (old_juror.pk, things[0].key, "shared_seat", "discloses"),
        (old_juror.pk, things[1].key, "delegation", "bars"),
    }


def test_seats_of_lasting_bodies_bring_to_the_summit():
    council = make_body("council", flags=["executive", "decides"])
    committee = make_body(flags=["reviews", "temporary"])
    member, reviewer = make_person(), make_person()
    term = make_term(council, member)
    make_term(council, make_person(), ends_on=date(2024, 4, 30))
    make_term(council, make_person(), role="alternate")
    make_term(council, organisation=make_organisation())
    make_term(committee, reviewer)

    entitled = Entitlement(
        "summit.attend", member.pk, "bodies.term", term.pk, "You hold a seat in the body “Council”."
    )
    assert holders_of("summit.attend", ON) == [entitled]
    assert entitlements_of([member.pk, reviewer.pk], ON) == {member.pk: (entitled,), reviewer.pk: ()}
    assert holders_of("another.right", ON) == []


@pytest.mark.parametrize("count", [1, 3])
def test_each_provider_costs_one_statement(count, django_assert_num_queries):
    body = make_body(flags=["executive"])
    people = [make_term(body).person.pk for _ in range(count)]
    organisations = [make_organisation() for _ in range(count)]
    people += [make_term(body, make_person(), organisation=o).person.pk for o in organisations]
    things = [party(organisations=[organisation]) for organisation in organisations]

    questions = (
        lambda: capacities_of(people, ON),
        lambda: list(providers.delegation(people, things, ON, Policy())),
        lambda: list(providers.shared_seat(people, things, ON, Policy())),
        lambda: list(providers.summit_seats(people, None, ON)),
        lambda: list(providers.summit_seats(None, "summit.attend", ON)),
    )
    for question in questions:
        with django_assert_num_queries(1):
            assert question()
