import pytest

from secretariat.governance.ballots.actions import close_ballot
from secretariat.governance.motions.actions import publish_motion
from tests.factories.accounts import INSTALLER, NOW, make_account
from tests.factories.ballots import make_council, make_open_ballot, vote
from tests.factories.motions import decide, make_amendment, make_draft, make_motion
from tests.factories.people import make_person

pytestmark = pytest.mark.django_db


def numbers(answer):
    assert answer.status_code == 200, answer.content
    return [item["number"] for item in answer.json()["items"]]


def test_everybody_reads_what_is_adopted_and_published(api):
    body, people = make_council(3)
    motion = make_motion(body, people[0])
    amendment = make_amendment(motion, people[1], paragraph=2)
    decide(amendment, people)
    motion = decide(motion, people)
    make_motion(body, people[0])
    assert numbers(api("/motions")) == [] and api(f"/motions/{motion.ref.number}").status_code == 404
    publish_motion(motion=motion, actor=INSTALLER, now=NOW)

    assert numbers(api("/motions")) == [motion.ref.number]
    told = api(f"/motions/{motion.ref.number}").json()
    assert (told["state"], told["code"], told["ballot"]) == ("adopted", motion.code, motion.ballot.ref.number)
    assert [(v["number"], v["stage"], len(v["paragraphs"])) for v in told["versions"]] == [
        (1, "submitted", 3), (2, "adopted", 3),
    ]  # fmt: skip
    assert [(a["doing"], a["paragraph"], a["turn"]) for a in told["amendments"]] == [("replace", 2, 1)]


def test_a_member_reads_what_concerns_her(api, secret_of):
    body, people = make_council(2)
    motion, draft = make_motion(body, people[0]), make_draft(body, people[1])
    ballot = make_open_ballot(body)
    vote(ballot, people[0], "yes")
    mine, other = secret_of("my.read", account=people[0].account), make_person(account=make_account())
    assert numbers(api("/my/motions", mine)) == [motion.ref.number]
    assert draft.ref.number not in numbers(api("/my/motions", mine))
    assert numbers(api("/my/ballots", mine)) == [ballot.ref.number]
    foreign = secret_of("my.read", account=other.account)
    assert numbers(api("/my/motions", foreign)) == numbers(api("/my/ballots", foreign)) == []


def test_the_desk_reads_all_but_drafts(api, secret_of):
    body, people = make_council(2)
    motion, _draft = make_motion(body, people[0]), make_draft(body, people[0])
    ballot = make_open_ballot(body)
    for person in people:
        vote(ballot, person, "yes")
    close_ballot(ballot=ballot, actor=INSTALLER, now=NOW)
    desk = secret_of("desk.read", rights=["desk.read"])
    assert numbers(api("/desk/motions", desk)) == [motion.ref.number]
    assert numbers(api("/desk/motions?state=adopted", desk)) == []
    assert api(f"/desk/motions/{motion.ref.number}", desk).json()["versions"][0]["stage"] == "submitted"
    assert numbers(api("/desk/ballots?state=closed", desk)) == [ballot.ref.number]
    told = api(f"/desk/ballots/{ballot.ref.number}", desk).json()["result"]
    assert (told["outcome"], told["yes"], told["quorum_present"]) == ("adopted", 2.0, 2)
    assert api("/desk/ballots", secret_of("my.read")).status_code == 403
