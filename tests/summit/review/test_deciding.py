"""A list on which somebody of its authority is recused from an item: she decides on the rest, another on that."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from secretariat.engines.bundles.counting import decision_digest
from secretariat.foundation.accounts.actor import NotAllowed
from secretariat.foundation.notices.models import Notice
from secretariat.foundation.tokens.actions import make_token
from secretariat.foundation.tokens.scopes import scopes_open_to
from secretariat.registry.capacities.queries import actor_for
from secretariat.registry.conflicts.queries import conflict_matrix
from secretariat.summit.review import queries
from secretariat.summit.review.duties import review_duties
from secretariat.summit.review.models import Conflict, Decision, PartDecision
from tests.factories.accounts import make_account
from tests.factories.bodies import make_body, make_term
from tests.factories.organisations import make_organisation
from tests.factories.people import make_affiliation, make_person
from tests.factories.review import LATER, decide, freeze, make_desk, make_reviewed_call, stage_of, stages

pytestmark = pytest.mark.django_db
ROLES = ("chair", "vice_chair", "member")


@pytest.fixture(params=["kept", "cut"])
def play(request):
    """The committee's list of four, two of them above the line; the chair of its authority works for one applicant.

    Nobody has looked for that relation: it stands in the registry alone.
    """
    return make_play({"kept": 1, "cut": 3}[request.param])


def make_play(place):
    council = make_body(flags=("executive", "decides"))
    people = {role: make_person(account=make_account()) for role in ROLES}
    for role, person in people.items():
        make_term(council, person, role=role)
    call, _ = make_reviewed_call(4, keep=2, declared=decided_by(council), council=council)
    freeze(call)
    listed = [entry["ref"] for entry in queries.frozen_list(stage_of(call))["entries"]]
    hers = call.submissions.select_related("person", "ref").get(ref__number=listed[place])
    relate(people["chair"], hers)
    return call, people, hers, listed


def relate(person, item):
    """From now on she is with the same organisation as the applicant: the registry knows it, and it bars by rule."""
    firm = make_organisation()
    make_affiliation(item.person, firm)
    make_affiliation(person, firm)


def decided_by(council):
    def declared(committee, _council, **kw):
        return [
            {**row, "authority": council} if row["key"] == "recommended" else row
            for row in stages(committee, council, **kw)
        ]

    return declared


def actor_of(person):
    return actor_for(account_id=person.account_id, person_id=person.pk, on=timezone.localdate(), door="page")


def client_of(person):
    client = Client(HTTP_ACCEPT_LANGUAGE="en")
    client.force_login(person.account)
    return client


def said(response):
    """What the page says between its bars."""
    main = response.content.decode().partition("<main")[2].partition("</main>")[0]
    return " ".join(main.split())


def path_of(call):
    return reverse("my_review:decide", args=[call.key, "recommended"])


# -- What she sees ----------------------------------------------------------------------------------------------


def test_a_recused_chair_sees_the_list_without_the_item(play):
    call, people, hers, listed = play
    page = said(client_of(people["chair"]).get(path_of(call)))

    assert "1 item is not shown to you: you are recused." in page
    assert hers.ref.number not in page
    assert [number for number in listed if number in page] == [n for n in listed if n != hers.ref.number]


def test_nothing_on_her_page_tells_on_which_side_of_the_line_it_stands():
    """Where the item is kept and where it is cut, the pages differ in the names of the others alone."""
    pages = []
    for place in (1, 3):
        call, people, hers, listed = make_play(place)
        page = said(client_of(people["chair"]).get(path_of(call)))
        rows = page.count('class="deciding-row"')
        looked = said(client_of(people["chair"]).post(path_of(call), {"by": "Chair", "act": "look"}))
        pages.append((rows, page.count("chip"), "are on the list." in page, "Approved" in looked))
        order = [page.index(number) for number in sorted(listed) if number != hers.ref.number]
        assert order == sorted(order)

    assert pages[0] == pages[1] == (3, pages[0][1], False, False)


def test_who_is_not_recused_sees_it_whole(play):
    call, people, _hers, _listed = play
    page = said(client_of(people["vice_chair"]).get(path_of(call)))

    assert "you are recused" not in page
    assert "2 of 4 are on the list." in page


def test_no_door_to_the_list_shows_it_to_a_recused_chair_of_the_authority():
    """The committee decides itself, and its chair follows its call at the desk and by programs."""
    call, members = make_reviewed_call(4, keep=2)
    freeze(call)
    chair = members[0]
    hers = call.submissions.select_related("person", "ref").order_by("ref__number")[1]
    relate(chair, hers)
    actor, client = actor_of(chair), client_of(chair)
    _token, secret = make_token(
        name="A", scopes=scopes_open_to(actor), days=9, actor=actor, now=timezone.now()
    )
    program = Client(headers={"authorization": f"Bearer {secret}"})
    doors = {
        "decide": client.get(path_of(call)),
        "desk": client.get(reverse("desk_review:list", args=[call.key, "recommended"])),
        "api": program.get(f"/api/v1/desk/calls/{call.key}/stages/recommended/list"),
    }

    assert {door: answer.status_code for door, answer in doors.items()} == {
        "decide": 200, "desk": 200, "api": 403,  # programs read lists for the desk alone
    }  # fmt: skip
    assert [door for door, answer in doors.items() if hers.ref.number in answer.content.decode()] == []
    assert "You are recused from 1 item." in said(doors["desk"])


# -- What she decides -------------------------------------------------------------------------------------------


def test_a_recused_chair_decides_on_the_rest_and_a_vice_chair_on_her_item(play):
    call, people, hers, listed = play
    chair, deputy = client_of(people["chair"]), client_of(people["vice_chair"])
    refusing = {"by": "Chair", f"refuse-{listed[0]}": "Shown elsewhere.", "act": "confirm"}

    page = said(chair.post(path_of(call), refusing, follow=True))
    assert "Your part is decided." in page
    assert "Waiting for somebody else" in page
    part = PartDecision.objects.get()
    assert (part.person, part.left_out) == (people["chair"], [hers.ref.number])
    assert queries.frozen_list(stage_of(call))["decision"] is None
    assert queries.handed_on(stage_of(call)) is None

    page = said(deputy.get(path_of(call)))
    kept = hers.ref.number in listed[:2]
    assert (f'name="refuse-{hers.ref.number}"' in page) is kept
    assert f'name="refuse-{listed[0]}"' not in page
    answer = {"by": "Vice-chair", "act": "confirm"}
    deputy.post(path_of(call), answer | ({f"refuse-{hers.ref.number}": "Too close."} if kept else {}))

    decision = Decision.objects.get()
    refused = [{"ref": listed[0], "reason": "Shown elsewhere."}]
    refused += [{"ref": hers.ref.number, "reason": "Too close."}] if kept else []
    assert decision.content["refused"] == sorted(refused, key=lambda row: row["ref"])
    assert decision.content["by"] == "Chair; Vice-chair"
    assert decision.person == people["vice_chair"]
    assert decision.digest == decision_digest(queries.frozen_list(stage_of(call)))


def test_after_the_decision_her_page_still_does_not_tell(play):
    call, people, hers, _listed = play
    client = client_of(people["chair"])
    client.post(path_of(call), {"by": "Chair", "act": "confirm"})
    client_of(people["vice_chair"]).post(path_of(call), {"by": "Vice-chair", "act": "confirm"})

    assert Decision.objects.exists()
    page = said(client.get(path_of(call)))
    assert (hers.ref.number in page, "decided" in page) == (False, True)
    assert ("on the list." in page, "Outcome" in page, "Place" in page) == (False, False, False)


def test_she_neither_refuses_her_item_nor_finishes_what_she_left_out(play):
    call, people, hers, _listed = play
    chair = actor_of(people["chair"])

    with pytest.raises(ValueError, match=f"Not on the list: {hers.ref.number}"):
        decide(call, refused={hers.ref.number: "Mine."}, actor=chair)
    assert isinstance(decide(call, actor=chair), PartDecision)
    with pytest.raises(NotAllowed, match="recused"):
        decide(call, actor=chair)
    assert not Decision.objects.exists()
    page = said(client_of(people["chair"]).get(path_of(call)))
    assert "The list waits for somebody else" in page
    assert "<form" not in page


def test_what_she_refuses_and_is_not_on_the_list_falls_away_without_a_word():
    call, people, _hers, listed = make_play(1)

    part = decide(call, refused={listed[3]: "Weak.", listed[0]: "Bad."}, actor=actor_of(people["chair"]))

    assert part.refused == {listed[0]: "Bad."}


def test_a_vice_chair_decides_the_whole_list_at_once(play):
    call, people, _hers, listed = play

    made = decide(call, refused={listed[0]: "A reason."}, actor=actor_of(people["vice_chair"]))

    assert isinstance(made, Decision)
    assert not PartDecision.objects.exists()


def test_a_member_decides_only_what_a_part_left_out_and_only_if_she_is_free(play):
    call, people, hers, listed = play
    member = people["member"]
    with pytest.raises(NotAllowed):
        decide(call, actor=actor_of(member))
    assert client_of(member).get(path_of(call)).status_code == 404
    relate(people["vice_chair"], hers)
    decide(call, actor=actor_of(people["chair"]))

    with pytest.raises(NotAllowed):
        decide(call, actor=actor_of(people["vice_chair"]))
    with pytest.raises(ValueError, match="Not on the list"):
        decide(call, refused={listed[0]: "Not asked."}, actor=actor_of(member))
    decision = decide(call, by="Member", actor=actor_of(member))

    assert (decision.content["by"], decision.person) == ("The chair; Member", member)
    assert client_of(member).get(path_of(call)).status_code == 200  # she decided on it


def test_a_relation_that_was_cleared_does_not_bar():
    call, people, hers, _listed = make_play(1)
    found = conflict_matrix([people["chair"].pk], queries.party_sets([hers]), timezone.localdate())
    for row in found:
        Conflict.objects.create(
            person=people["chair"], submission=hers, kind=row.kind, explanation="Known.",
            source_kind=row.source_kind, source_id=row.source_id,
        )  # fmt: skip
    Conflict.objects.update(state="cleared", reason="Long ago.", resolved_at=LATER)

    assert found
    assert isinstance(decide(call, actor=actor_of(people["chair"])), Decision)


def test_what_bars_later_than_the_day_of_the_decision_does_not_bar_then():
    call, people, _hers, _listed = make_play(1)
    long_ago = LATER - timedelta(days=9000)

    frozen = queries.frozen_ranking(stage_of(call)).frozen

    assert queries.share_of(actor_of(people["chair"]), frozen, long_ago.date()).recused == frozenset()


# -- Who is asked -----------------------------------------------------------------------------------------------


def test_the_vice_chair_is_told_and_has_it_among_what_waits(play):
    call, people, _hers, _listed = play
    now = timezone.now()

    def waits(role):
        return [d.key.partition(":")[0] for d in review_duties(actor_of(people[role]), "my", now)]

    assert {role: waits(role) for role in ROLES} == {
        "chair": ["review.decide"], "vice_chair": [], "member": [],
    }  # fmt: skip
    decide(call, actor=actor_of(people["chair"]))

    assert {role: waits(role) for role in ROLES} == {
        "chair": [], "vice_chair": ["review.decide"], "member": ["review.decide"],
    }  # fmt: skip
    told = Notice.objects.filter(kind="list_to_finish")
    assert [notice.account_id for notice in told] == [people["vice_chair"].account_id]


def test_the_desk_sees_that_the_rest_waits_and_whether_anybody_can_decide_it(play):
    call, people, hers, _listed = play
    decide(call, actor=actor_of(people["chair"]))
    desk = client_of(make_desk("desk.read"))
    path = reverse("desk_review:list", args=[call.key, "recommended"])

    assert "Decided in part by The chair" in said(desk.get(path))
    assert "Nobody who sits" not in said(desk.get(path))
    for role in ("vice_chair", "member"):
        relate(people[role], hers)
    assert "Nobody who sits" in said(desk.get(path))
