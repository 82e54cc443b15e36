from datetime import date

import pytest
from django.db import IntegrityError, transaction

from secretariat.foundation.accounts.actor import NotAllowed, WrongState
from secretariat.foundation.audit.models import Act, Change
from secretariat.governance.membership import actions
from secretariat.governance.membership.models import Category, Member, Membership, Representative
from secretariat.governance.membership.states import MEMBER_TRANSITIONS
from secretariat.registry.refs.models import RefParty
from secretariat.simulation.profile import load_profile
from tests.factories.accounts import NOW, make_actor
from tests.factories.membership import make_category, make_member, make_representative
from tests.factories.organisations import make_organisation
from tests.factories.people import make_affiliation, make_person
from tests.factories.places import WIC

pytestmark = pytest.mark.django_db
DESK = make_actor("desk.run")
START, MID, LATER, END = (date(2022, month, 1) for month in (1, 6, 9, 12))


def do(action, **kw):
    return action(**{"actor": DESK, "now": NOW, **kw})


def history(member):
    return list(member.memberships.order_by("starts_on").values_list("category__key", "starts_on", "ends_on"))


def member_in(state):
    member = make_member()
    if state == "suspended":
        return do(actions.suspend_member, member=member, reason="fees")
    if state == "ended":
        return do(actions.end_membership, member=member, ends_on=MID, reason="left")
    return member


MOVES = {
    ("active", "suspended"): lambda member, actor: actions.suspend_member(
        member=member, reason="fees", actor=actor, now=NOW
    ),
    ("suspended", "active"): lambda member, actor: actions.reinstate_member(
        member=member, actor=actor, now=NOW
    ),
    ("any", "ended"): lambda member, actor: actions.end_membership(
        member=member, ends_on=MID, reason="left", actor=actor, now=NOW
    ),
    ("ended", "active"): lambda member, actor: actions.admit_member(
        category=Category.objects.get(),
        organisation=member.organisation,
        starts_on=LATER,
        actor=actor,
        now=NOW,
    ),
}


@pytest.mark.parametrize("state", MEMBER_TRANSITIONS)
@pytest.mark.parametrize("move", MOVES)
def test_a_member_goes_only_the_ways_of_the_table(state, move):
    member = member_in(state)
    before, following = move
    possible = following in MEMBER_TRANSITIONS[state] and before in (state, "any")

    if possible:
        moved = MOVES[move](member, DESK)
        assert (moved.pk, moved.state, moved.ref.state) == (member.pk, following, following)
    else:
        with pytest.raises(WrongState):
            MOVES[move](member, DESK)
        assert Member.objects.get().state == state


def test_the_database_refuses_a_way_that_is_not_in_the_table():
    member = member_in("ended")
    with pytest.raises(IntegrityError, match="may not go from ended to suspended"), transaction.atomic():
        Member.objects.filter(pk=member.pk).update(state="suspended")


def test_a_member_is_admitted_with_a_number_and_is_a_party_of_its_reference():
    organisation, person = make_organisation(), make_person()
    first = make_member(organisation=organisation)
    second = make_member(person=person)

    assert [m.ref.number[:4] for m in (first, second)] == ["MEM-", "MEM-"]
    assert first.ref.number < second.ref.number
    assert set(
        RefParty.objects.filter(ref__kind="member").values_list("role", "person_id", "organisation_id")
    ) == {
        ("member", None, organisation.pk),
        ("member", person.pk, None),
    }
    assert second.ref.title == {}


def test_who_is_admitted_again_is_the_same_member():
    member = member_in("ended")
    again = do(
        actions.admit_member,
        category=make_category("senior"),
        organisation=member.organisation,
        starts_on=LATER,
    )

    assert again == member
    assert [days[1:] for days in history(member)] == [(START, MID), (LATER, None)]


def test_nobody_is_admitted_again_for_days_of_the_earlier_membership():
    member = member_in("ended")
    with pytest.raises(ValueError, match="member on that day already"):
        do(
            actions.admit_member,
            category=Category.objects.get(),
            organisation=member.organisation,
            starts_on=MID,
        )
    assert Member.objects.get().state == "ended"


@pytest.mark.parametrize("holder", ["person", "organisation"])
@pytest.mark.parametrize("given", [(), ("person",), ("organisation",), ("person", "organisation")])
def test_a_holder_fits_the_category(holder, given):
    category = make_category(holder=holder)
    asked = {
        "person": make_person() if "person" in given else None,
        "organisation": make_organisation() if "organisation" in given else None,
    }

    if given == (holder,):
        do(actions.admit_member, category=category, starts_on=START, **asked)
    else:
        with pytest.raises(ValueError, match="for this kind of holder only"):
            do(actions.admit_member, category=category, starts_on=START, **asked)
    assert Member.objects.count() == (given == (holder,))


def test_a_category_is_changed_from_a_day_on():
    member = make_member(make_category("member"))
    senior = make_category("senior")

    do(actions.change_category, member=member, category=senior, starts_on=MID)

    assert history(member) == [("member", START, date(2022, 5, 31)), ("senior", MID, None)]


@pytest.mark.parametrize(
    ("category", "starts_on", "message"),
    [
        ("senior", START, "must begin after"),
        ("senior", date(2021, 1, 1), "must begin after"),
        ("member", MID, "has this category already"),
        ("individual", MID, "for this kind of holder only"),
    ],
)
def test_a_change_of_category_that_makes_no_sense_is_refused(category, starts_on, message):
    member = make_member(make_category("member"))
    make_category("senior")
    make_category("individual", holder="person")

    with pytest.raises(ValueError, match=message):
        do(
            actions.change_category,
            member=member,
            category=Category.objects.get(key=category),
            starts_on=starts_on,
        )
    assert history(member) == [("member", START, None)]


def test_who_has_left_changes_no_category():
    with pytest.raises(WrongState):
        do(
            actions.change_category, member=member_in("ended"), category=make_category(), starts_on=LATER
        )  # fmt: skip


def test_the_end_of_a_membership_is_the_end_of_its_representatives():
    member = make_member()
    staying = make_representative(member)
    gone = make_representative(member, ends_on=date(2022, 3, 1))

    do(actions.end_membership, member=member, ends_on=MID, reason="left")

    assert {r.pk: r.ends_on for r in Representative.objects.all()} == {
        staying.pk: MID,
        gone.pk: date(2022, 3, 1),
    }
    assert Act.objects.get(verb="membership_ended").detail == {"reason": "left"}


def test_a_membership_does_not_end_before_it_starts():
    member = make_member()
    with pytest.raises(ValueError, match="cannot end before it starts"):
        do(actions.end_membership, member=member, ends_on=date(2021, 12, 31), reason="left")
    assert (Member.objects.get().state, history(member)[0][2]) == ("active", None)


def test_only_an_organisation_has_representatives():
    with pytest.raises(ValueError, match="speaks for herself"):
        make_representative(make_member(person=make_person()))


def test_a_person_represents_a_member_once_at_a_time():
    representative = make_representative(ends_on=MID)
    member, person = representative.member, representative.person

    with pytest.raises(ValueError, match="represents the member already"):
        make_representative(member, person, starts_on=MID)
    with pytest.raises(ValueError, match="cannot end before it starts"):
        make_representative(member, person, starts_on=LATER, ends_on=MID)
    make_representative(member, person, starts_on=LATER)
    make_representative(member)
    make_representative(person=person)
    assert Representative.objects.count() == 4


def test_a_representation_ends_earlier_but_never_later_nor_before_it_starts():
    representative = make_representative(ends_on=LATER)

    assert do(actions.end_representation, representative=representative, ends_on=MID).ends_on == MID
    with pytest.raises(ValueError, match="ended already"):
        do(actions.end_representation, representative=representative, ends_on=END)
    with pytest.raises(ValueError, match="before it starts"):
        do(actions.end_representation, representative=representative, ends_on=date(2021, 1, 1))


def test_a_former_member_names_nobody():
    with pytest.raises(WrongState):
        make_representative(member_in("ended"))


def test_an_alias_is_neither_admitted_nor_named():
    alias, organisation = make_person(), make_organisation()
    for row in (alias, organisation):
        row.canonical = type(row)(pk=(make_person() if row is alias else make_organisation()).pk)
        row.save(update_fields=["canonical"])

    for refused in (
        lambda: make_member(person=alias),
        lambda: make_member(organisation=organisation),
        lambda: make_representative(person=alias),
    ):
        with pytest.raises(ValueError, match="is an alias"):
            refused()


def test_the_database_keeps_a_member_one_and_in_one_category_at_a_time():
    member = make_member()
    with pytest.raises(IntegrityError, match="membership_one_category_at_a_time"), transaction.atomic():
        Membership.objects.create(member=member, category=make_category(), starts_on=MID)
    with pytest.raises(IntegrityError, match="member_is_one"), transaction.atomic():
        Member.objects.filter(pk=member.pk).update(person=make_person())


def test_categories_are_loaded_as_data_and_loading_again_changes_nothing():
    values = {"name_en": "Senior member", "name_zh": "高级会员", "position": 3, "holder": "organisation"}
    loaded = do(actions.load_categories, categories={"senior": values})
    before = Change.objects.count()

    assert do(actions.load_categories, categories={"senior": values}) == loaded
    assert Change.objects.count() == before
    renamed = do(actions.load_categories, categories={"senior": {**values, "name_en": "Senior"}})
    assert renamed["senior"].name_en == "Senior"
    with pytest.raises(ValueError, match="'senior' is held by 'nobody'"):
        do(actions.load_categories, categories={"senior": {**values, "holder": "nobody"}})


def test_the_profile_has_six_categories():
    categories = load_profile(WIC).categories
    values = {
        c.key: {"name_en": c.name.en, "name_zh": c.name.zh, "position": c.order, "holder": c.holder}
        for c in categories
    }
    do(actions.load_categories, categories=values)

    assert len(categories) == 6
    assert {
        c.key: {name: getattr(c, name) for name in ("name_en", "name_zh", "position", "holder")}
        for c in Category.objects.all()
    } == values


def attempts(actor):
    active, suspended, leaving = member_in("active"), member_in("suspended"), make_member()
    senior = make_category()
    asked = {"actor": actor, "now": NOW}
    return {
        "load": lambda: actions.load_categories(categories={}, **asked),
        "admit": lambda: actions.admit_member(
            category=senior, organisation=make_organisation(), starts_on=START, **asked
        ),
        "change": lambda: actions.change_category(member=active, category=senior, starts_on=MID, **asked),
        "suspend": lambda: actions.suspend_member(member=active, reason="fees", **asked),
        "reinstate": lambda: actions.reinstate_member(member=suspended, **asked),
        "end": lambda: actions.end_membership(member=leaving, ends_on=END, reason="left", **asked),
        "name": lambda: actions.name_representative(
            member=active, person=make_person(), starts_on=START, **asked
        ),
        "end representation": lambda: actions.end_representation(
            representative=make_representative(suspended), ends_on=END, **asked
        ),
    }


@pytest.mark.parametrize(
    ("actor", "allowed"),
    [
        (make_actor("desk.run"), True),
        (make_actor("system.run"), True),
        (make_actor(door="command"), True),
        (make_actor("desk.read"), False),
        (make_actor("body.chair"), False),
        (make_actor(), False),
    ],
)
def test_who_keeps_members(actor, allowed):
    for attempt in attempts(actor).values():
        if allowed:
            attempt()
        else:
            with pytest.raises(NotAllowed):
                attempt()


def test_a_representative_names_others_for_her_own_member_only():
    own, other = make_member(), make_member()
    representative = make_actor("member.represent", scope_id=own.pk)

    colleague = make_affiliation(organisation=own.organisation).person
    named = make_representative(own, colleague, actor=representative)
    actions.end_representation(representative=named, ends_on=END, actor=representative, now=NOW)
    with pytest.raises(NotAllowed):
        make_representative(other, actor=representative)
    with pytest.raises(NotAllowed):
        actions.end_representation(
            representative=make_representative(other), ends_on=END, actor=representative, now=NOW
        )
