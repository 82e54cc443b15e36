"""Members and terms from a file."""

from datetime import date

import pytest

from secretariat.governance.bodies.importing import IMPORTER as TERMS
from secretariat.governance.bodies.models import Term
from secretariat.governance.membership.importing import IMPORTER as MEMBERS
from secretariat.governance.membership.models import Member, Membership
from secretariat.registry.imports.importers import Refused, importers
from tests.factories.accounts import NOW, make_account, make_actor
from tests.factories.bodies import make_body, make_seat
from tests.factories.membership import make_category, make_representative
from tests.factories.organisations import make_organisation
from tests.factories.people import make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def actor():
    return make_actor("desk.run", account=make_account())


def bring(importer, actor, **row):
    return importer.bring(row, actor=actor, now=NOW)


def undo(importer, actor, done):
    importer.undo(done.subject_id, done.outcome, done.memory, actor=actor, now=NOW)


def test_what_can_be_imported():
    assert [each.key for each in importers()] == ["organisations", "people", "terms", "members"]


def test_members_are_admitted_then_the_same_then_moved_and_taken_back(actor):
    first, second = make_category("full", name_zh="正式会员"), make_category("senior")
    make_organisation("Example Group")
    row = {"organisation": "Example Group", "starts_on": date(2022, 1, 1)}

    new = bring(MEMBERS, actor, category="正式会员", **row)
    same = bring(MEMBERS, actor, category="FULL", **row)
    moved = bring(MEMBERS, actor, category="senior", organisation="Example Group", starts_on=date(2023, 1, 1))
    assert [done.outcome for done in (new, same, moved)] == ["new", "same", "changed"]
    assert list(moved.changes) == [("Category", str(first), str(second))]

    undo(MEMBERS, actor, moved)
    assert [row.category for row in Membership.objects.filter(ends_on=None)] == [first]
    undo(MEMBERS, actor, new)
    assert not Member.objects.exists()


def test_a_member_somebody_speaks_for_is_not_taken_back(actor):
    make_category("full"), make_organisation("Example Group")
    done = bring(MEMBERS, actor, category="full", organisation="Example Group")
    make_representative(Member.objects.get())

    with pytest.raises(ValueError, match="something was built"):
        undo(MEMBERS, actor, done)


@pytest.mark.parametrize(
    ("row", "key"),
    [({"category": "stars"}, "category"), ({"category": "full"}, "organisation"),
     ({"category": "full", "organisation": "Nobody"}, "organisation"), ({"category": "single"}, "person")],
)  # fmt: skip
def test_what_is_wrong_with_a_member_is_said_of_its_column(actor, row, key):
    make_category("full"), make_category("single", holder="person")

    with pytest.raises(Refused) as refused:
        bring(MEMBERS, actor, **row)
    assert refused.value.key == key


def test_terms_take_the_first_free_seat_and_are_taken_back(actor):
    body, people = make_body("council"), [make_person(), make_person()]
    seats = [make_seat(body), make_seat(body)]
    rows = [{"body": "Council", "person": each.ref.number, "starts_on": date(2022, 1, 1)} for each in people]

    new = [bring(TERMS, actor, **row) for row in rows]
    assert [term.seat for term in Term.objects.order_by("seat__position")] == seats
    assert bring(TERMS, actor, **rows[0]).outcome == "same"

    ended = bring(TERMS, actor, **rows[0], ends_on=date(2023, 1, 1))
    assert (ended.outcome, Term.objects.get(pk=ended.subject_id).ends_on) == ("changed", date(2023, 1, 1))
    with pytest.raises(ValueError, match="appoint anew"):
        undo(TERMS, actor, ended)
    undo(TERMS, actor, new[1])
    assert Term.objects.count() == 1


@pytest.mark.parametrize(
    ("row", "key"),
    [({"body": "stars"}, "body"), ({"role": "king"}, "role"), ({"person": "PER-99999"}, "person"),
     ({"person": ""}, "person"), ({"seat": "throne"}, "seat"), ({}, "seat")],
)  # fmt: skip
def test_what_is_wrong_with_a_term_is_said_of_its_column(actor, row, key):
    make_body("council")
    whole = {"body": "council", "person": make_person().ref.number, "starts_on": date(2022, 1, 1)}

    with pytest.raises(Refused) as refused:
        bring(TERMS, actor, **{**whole, **row})
    assert refused.value.key == key
