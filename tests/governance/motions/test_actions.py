from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from secretariat.foundation.accounts.actor import Actor, NotAllowed, WrongState
from secretariat.foundation.audit.models import Act, Pledge
from secretariat.foundation.notices.models import Notice
from secretariat.governance.ballots.actions import declare_ballot, open_ballot
from secretariat.governance.ballots.asking import declare_about, has_question
from secretariat.governance.ballots.electorate import electorate_of
from secretariat.governance.ballots.models import Ballot
from secretariat.governance.meetings import actions as meetings
from secretariat.governance.motions.actions import (
    DraftConflict,
    accept_amendment,
    admit_motion,
    back_motion,
    decline_amendment,
    follow_motion,
    lapse_motion,
    lay_down_requirement,
    propose_amendment,
    publish_motion,
    put_to_vote,
    revise_motion,
    rule_on_competing,
    rule_out_amendment,
    rule_out_motion,
    save_motion,
    set_order,
    start_motion,
    step_back,
    step_back_from_amendment,
    submit_motion,
    take_over,
)
from secretariat.governance.motions.logic import Paragraph
from secretariat.governance.motions.models import Amendment, Backing, Motion, Version
from secretariat.governance.motions.queries import text_as_amended, version_digest
from tests.factories.accounts import INSTALLER, NOW, TODAY, make_account
from tests.factories.ballots import as_voter, make_council, make_procedure, vote
from tests.factories.bodies import make_term
from tests.factories.meetings import BEGINS, make_current_item, make_open_meeting
from tests.factories.motions import (
    TEXT,
    decide,
    fresh,
    make_amendment,
    make_draft,
    make_motion,
    make_submitted,
)
from tests.factories.organisations import make_organisation
from tests.factories.people import make_person

pytestmark = pytest.mark.django_db
NEW = Paragraph("Other words.", "其他文字。")


def close(ballot, now=NOW):
    from secretariat.governance.ballots.actions import close_ballot

    return close_ballot(ballot=ballot, actor=INSTALLER, now=now)


def told(kind):
    return set(Notice.objects.filter(kind=kind).values_list("account", flat=True))


def accounts(*people):
    return {person.account_id for person in people}


def save(motion, person, *, seen, text=TEXT, title="Other title", now=NOW):
    return save_motion(
        motion=motion, title_en=title, title_zh="另一题目", paragraphs=text, reason="", kind="ordinary", seen=seen,
        actor=as_voter(person), now=now,
    )  # fmt: skip


def test_a_motion_is_numbered_when_it_is_submitted_once_for_each_body_and_year():
    body, people = make_council(2)
    other, others = make_council(1)
    first, second = make_submitted(body, people[0]), make_submitted(body, people[1])
    elsewhere = make_submitted(other, others[0])
    later = make_submitted(body, people[0], now=NOW + timedelta(days=365))

    assert [(m.year, m.number) for m in (first, second, elsewhere, later)] == [
        (2022, 1), (2022, 2), (2022, 1), (2023, 1),
    ]  # fmt: skip
    assert (first.code, make_draft(body, people[0]).code) == (f"{body.key.upper()}/2022/1", "")
    assert first.ref.title == {"en": "Example motion", "zh-hans": "示例动议"}


def test_what_was_submitted_is_kept_with_its_digest():
    body, people = make_council(1)
    motion = make_submitted(body, people[0])
    revise_motion(
        motion=motion, title_en="Example motion", title_zh="示例动议", paragraphs=TEXT[:1], reason="Shorter.",
        actor=as_voter(people[0]), now=NOW,
    )  # fmt: skip

    motion = fresh(motion)
    assert [(v.number, v.stage, len(v.text), v.digest) for v in Version.objects.order_by("number")] == [
        (1, "submitted", 3, version_digest(motion, TEXT)), (2, "revised", 1, version_digest(motion, TEXT[:1])),
    ]  # fmt: skip
    with pytest.raises(Exception, match="permission denied"), transaction.atomic():
        Version.objects.update(digest="")


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"title": ("", "示例")}, "title in English and in Chinese"),
        ({"text": ()}, "at least one paragraph"),
        ({"text": (TEXT[0], Paragraph("Only English.", " "))}, "Paragraph 2 is not there in both"),
    ],
)
def test_an_unfinished_motion_is_kept_and_not_submitted(changed, message):
    body, people = make_council(1)
    motion = make_draft(body, people[0], **changed)
    with pytest.raises(ValueError, match=message):
        submit_motion(motion=motion, actor=as_voter(people[0]), now=NOW)
    assert (fresh(motion).state, Version.objects.count()) == ("draft", 0)


def test_two_who_write_at_once_lose_nothing():
    body, people = make_council(2)
    motion = make_draft(body, people[0])
    save(motion, people[0], seen=1, title="First")
    with pytest.raises(DraftConflict) as caught:
        save(motion, people[0], seen=1, title="Second")
    assert (caught.value.motion.title_en, fresh(motion).title_en) == ("First", "First")
    with pytest.raises(NotAllowed):
        save(motion, people[1], seen=2)


def test_whoever_has_no_place_moves_nothing_and_nobody_does_it_for_her():
    body, people = make_council(2)
    secretary = make_person(account=make_account())
    make_term(body, secretary, role="secretary")
    member = people[0]
    for actor in (
        Actor(), as_voter(make_person(account=make_account())), as_voter(secretary), INSTALLER,
        Actor(people[1].account_id, member.pk, acting_for_id=member.account_id),
        Actor(member.account_id, member.pk, token_id=body.pk),
    ):  # fmt: skip
        with pytest.raises(NotAllowed):
            start_motion(body=body, actor=actor, now=NOW)
    assert Motion.objects.count() == 0


def test_a_delegate_moves_for_her_organisation():
    body, _people = make_council(1)
    delegate, organisation = make_person(account=make_account()), make_organisation()
    make_term(body, delegate, organisation=organisation)
    motion = make_draft(body, delegate)
    assert [(b.person, b.organisation, b.by) for b in Backing.objects.all()] == [
        (None, organisation, delegate)
    ]
    assert [(p.role, p.organisation_id) for p in motion.ref.parties.all()] == [("mover", organisation.pk)]


def test_seconders_are_counted_before_it_is_admitted():
    body, people = make_council(3)
    lay_down_requirement(body=body, kind="ordinary", seconders=2, actor=INSTALLER, now=NOW)
    motion = make_submitted(body, people[0])
    assert told("motion_submitted") == accounts(people[0])  # the chair, who moved it
    back_motion(motion=motion, actor=as_voter(people[1]), now=NOW)
    with pytest.raises(ValueError, match="needs 2 seconders; so far there are 1"):
        admit_motion(motion=motion, actor=INSTALLER, now=NOW)
    with pytest.raises(ValueError, match="backs this already"):
        back_motion(motion=motion, actor=as_voter(people[0]), now=NOW)
    back_motion(motion=motion, actor=as_voter(people[2]), now=NOW)

    admit_motion(motion=motion, actor=INSTALLER, now=NOW)

    assert told("motion_admitted") == accounts(*people)
    assert told("motion_seconded") == accounts(people[0])


def test_who_leads_admits_and_rules_out_with_a_reason():
    body, people = make_council(2)
    chair = Actor(people[0].account_id, people[0].pk, make_chair(body))
    motion = make_submitted(body, people[1])
    for act in (admit_motion, lambda **kw: rule_out_motion(reason="No.", **kw)):
        with pytest.raises(NotAllowed):
            act(motion=motion, actor=as_voter(people[1]), now=NOW)
    with pytest.raises(ValueError, match="has a reason"):
        rule_out_motion(motion=motion, reason=" ", actor=chair, now=NOW)
    rule_out_motion(motion=motion, reason="Not ours.", actor=chair, now=NOW)

    motion = fresh(motion)
    assert (motion.state, motion.note, motion.ref.state) == ("ruled_out", "Not ours.", "ruled_out")
    assert told("motion_ruled_out") == accounts(people[1])
    with pytest.raises(WrongState):
        admit_motion(motion=motion, actor=chair, now=NOW)
    with pytest.raises(Exception, match="may not go"), transaction.atomic():
        Motion.objects.filter(pk=motion.pk).update(state="admitted", admitted_at=NOW)


def make_chair(body):
    from secretariat.foundation.accounts.actor import Capacity

    return (Capacity("body.chair", "test", scope_id=body.pk),)


def test_a_motion_without_movers_is_withdrawn_and_another_takes_it_over():
    body, people = make_council(3)
    motion = make_motion(body, people[0])
    back_motion(motion=motion, part="mover", actor=as_voter(people[1]), now=NOW)
    follow_motion(motion=motion, follows=True, actor=as_voter(people[2]), now=NOW)

    step_back(motion=motion, actor=as_voter(people[0]), now=NOW)
    assert fresh(motion).state == "admitted"
    step_back(motion=motion, actor=as_voter(people[1]), now=NOW)
    assert (fresh(motion).state, told("motion_withdrawn")) == ("withdrawn", accounts(people[2]))
    with pytest.raises(WrongState):
        make_amendment(motion, people[2])

    take_over(motion=motion, actor=as_voter(people[2]), now=NOW)

    motion = fresh(motion)
    assert (motion.state, motion.ended_at) == ("admitted", None)
    current = Backing.objects.filter(ended_at=None).values_list("by", "part")
    assert list(current) == [(people[2].pk, "mover")]


def test_nothing_changes_while_the_vote_is_open():
    body, people = make_council(2)
    motion = make_motion(body, people[0])
    put_to_vote(subject=motion.ref, method="roll_call", actor=INSTALLER, now=NOW)
    for act in (
        lambda: step_back(motion=motion, actor=as_voter(people[0]), now=NOW),
        lambda: back_motion(motion=motion, actor=as_voter(people[1]), now=NOW),
        lambda: make_amendment(motion, people[1]),
        lambda: lapse_motion(motion=motion, reason="Over.", actor=INSTALLER, now=NOW),
        lambda: put_to_vote(subject=motion.ref, method="hands", actor=INSTALLER, now=NOW),
    ):
        with pytest.raises(WrongState, match="open"):
            act()


def test_a_draft_that_is_put_away_is_nobody_elses():
    body, people = make_council(2)
    motion = make_draft(body, people[0])
    step_back(motion=motion, actor=as_voter(people[0]), now=NOW)
    with pytest.raises(WrongState):
        take_over(motion=motion, actor=as_voter(people[1]), now=NOW)
    with pytest.raises(WrongState):
        lapse_motion(motion=motion, reason="Over.", actor=INSTALLER, now=NOW)
    assert (fresh(motion).state, Notice.objects.count()) == ("withdrawn", 0)


def test_adopted_as_amended_is_frozen_and_sealed():
    body, people = make_council(3)
    motion = make_motion(body, people[0])
    replaced = make_amendment(motion, people[1], paragraph=2)
    deleted = make_amendment(motion, people[1], doing="delete", paragraph=1)
    rejected = make_amendment(motion, people[2], doing="insert", paragraph=3)
    accept_amendment(amendment=replaced, actor=as_voter(people[0]), now=NOW)
    set_order(motion=motion, amendments=[rejected, deleted], actor=INSTALLER, now=NOW)
    decide(rejected, people, "no")
    decide(deleted, people)

    motion = decide(motion, people)

    version = Version.objects.get(stage="adopted")
    assert [p.en for p in version.text] == ["Other words.", "Example paragraph 3."]
    assert version.text == list(text_as_amended(motion)) and version.digest == version_digest(
        motion, version.text
    )
    sealed = Pledge.objects.get(kind="motion_adopted").payload
    assert (sealed["digest"], sealed["number"]) == (version.digest, motion.code)
    assert (motion.state, motion.ballot.question_en) == (
        "adopted",
        f"Adopt {motion.code} as amended: Example motion?",
    )
    found = {a.number: (a.state, a.turn) for a in Amendment.objects.all()}
    assert found == {1: ("accepted", 1), 2: ("adopted", 2), 3: ("rejected", None)}
    assert told("motion_adopted") == accounts(*people)  # two of them moved amendments only


def test_what_is_rejected_or_tied_or_without_a_quorum():
    body, people = make_council(3)
    rejected, undecided = make_motion(body, people[0]), make_motion(body, people[0])
    assert decide(rejected, people, "no").state == "rejected"
    make_procedure(body, quorum_parts=1, quorum_of=1, quorum_exceeds=False)
    ballot = put_to_vote(
        subject=undecided.ref, method="roll_call", closes_at=NOW + timedelta(days=1), actor=INSTALLER, now=NOW
    )
    vote(ballot, people[0], "yes")
    assert close(ballot).outcome == "no_quorum"
    assert fresh(undecided).state == "admitted"

    ballot = put_to_vote(subject=undecided.ref, method="roll_call", actor=INSTALLER, now=NOW)
    vote(ballot, people[0], "yes")
    vote(ballot, people[1], "no")
    assert close(ballot).outcome == "tied"
    assert (fresh(undecided).state, Pledge.objects.filter(kind="motion_adopted").count()) == ("rejected", 0)


def test_the_order_of_votes_is_kept():
    body, people = make_council(3)
    motion = make_motion(body, people[0])
    first, second = make_amendment(motion, people[1]), make_amendment(motion, people[2], paragraph=2)
    with pytest.raises(WrongState, match="order of votes first"):
        put_to_vote(subject=first.ref, method="hands", actor=INSTALLER, now=NOW)
    with pytest.raises(ValueError, match="every undecided amendment once"):
        set_order(motion=motion, amendments=[first], actor=INSTALLER, now=NOW)
    set_order(motion=motion, amendments=[second, first], actor=INSTALLER, now=NOW)
    with pytest.raises(WrongState, match="A2 comes first in the order"):
        put_to_vote(subject=first.ref, method="hands", actor=INSTALLER, now=NOW)
    with pytest.raises(WrongState, match="Amendment A2 comes first"):
        put_to_vote(subject=motion.ref, method="hands", actor=INSTALLER, now=NOW)

    decide(second, people)
    assert decide(first, people).state == "adopted"
    assert decide(motion, people).state == "adopted"


@pytest.mark.parametrize(("falls", "reads"), [(True, "First."), (False, "Second.")])
def test_of_two_to_one_paragraph_a_ruling_says_what_becomes_of_the_other(falls, reads):
    body, people = make_council(3)
    motion = make_motion(body, people[0])
    first = make_amendment(motion, people[1], en="First.")
    second = make_amendment(motion, people[2], en="Second.")
    beside = make_amendment(motion, people[2], doing="insert", en="Beside.")
    set_order(motion=motion, amendments=[first, second, beside], actor=INSTALLER, now=NOW)
    decide(first, people)

    second = fresh(second)
    assert (second.state, second.against, fresh(beside).state) == ("questioned", first, "proposed")
    with pytest.raises(WrongState):
        put_to_vote(subject=second.ref, method="hands", actor=INSTALLER, now=NOW)
    with pytest.raises(NotAllowed):
        rule_on_competing(amendment=second, falls=falls, reason="So.", actor=as_voter(people[2]), now=NOW)
    with pytest.raises(ValueError, match="has a reason"):
        rule_on_competing(amendment=second, falls=falls, reason="", actor=INSTALLER, now=NOW)
    rule_on_competing(amendment=second, falls=falls, reason="As the rules say.", actor=INSTALLER, now=NOW)
    if not falls:
        decide(second, people)
    decide(beside, people)

    decide(motion, people)

    assert [p.en for p in Version.objects.get(stage="adopted").text][:2] == [reads, "Beside."]
    assert fresh(second).state == ("fallen" if falls else "adopted")


def test_movers_answer_amendments_and_who_moved_them_steps_back():
    body, people = make_council(3)
    motion = make_motion(body, people[0])
    amendment, other = make_amendment(motion, people[1]), make_amendment(motion, people[2], paragraph=2)
    assert told("amendment_proposed") == accounts(people[0])
    for act in (accept_amendment, decline_amendment):
        with pytest.raises(NotAllowed):
            act(amendment=amendment, actor=as_voter(people[1]), now=NOW)
    decline_amendment(amendment=amendment, actor=as_voter(people[0]), now=NOW)
    assert fresh(amendment).declined_at == NOW
    with pytest.raises(NotAllowed):
        step_back_from_amendment(amendment=amendment, actor=as_voter(people[0]), now=NOW)
    step_back_from_amendment(amendment=amendment, actor=as_voter(people[1]), now=NOW)
    rule_out_amendment(amendment=other, reason="Off the point.", actor=INSTALLER, now=NOW)

    assert [fresh(a).state for a in (amendment, other)] == ["withdrawn", "ruled_out"]
    said = Notice.objects.get(kind="amendment_decided")
    assert (said.account_id, said.data["outcome"]["en"]) == (people[2].account_id, "ruled out of order")


def test_an_amendment_under_the_vote_is_not_accepted_nor_one_that_competes_with_it():
    body, people = make_council(3)
    motion = make_motion(body, people[0])
    first, second = make_amendment(motion, people[1]), make_amendment(motion, people[2])
    set_order(motion=motion, amendments=[first, second], actor=INSTALLER, now=NOW)
    ballot = put_to_vote(subject=first.ref, method="roll_call", actor=INSTALLER, now=NOW)
    for amendment in (first, second):
        with pytest.raises(WrongState, match="open"):
            accept_amendment(amendment=amendment, actor=as_voter(people[0]), now=NOW)
    vote(ballot, people[0], "yes")
    vote(ballot, people[1], "yes")
    close(ballot)
    assert [fresh(a).state for a in (first, second)] == ["adopted", "questioned"]


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ({"doing": "move"}, "replaces, deletes or inserts"), ({"paragraph": 4}, "no such paragraph"),
        ({"paragraph": 0}, "no such paragraph"), ({"text_zh": " "}, "in English and in Chinese"),
    ],
)  # fmt: skip
def test_an_amendment_says_what_shall_stand_where(said, message):
    body, people = make_council(2)
    motion = make_motion(body, people[0])
    whole = {"doing": "replace", "paragraph": 1, "text_en": "New.", "text_zh": "新。", **said}
    with pytest.raises(ValueError, match=message):
        propose_amendment(motion=motion, **whole, actor=as_voter(people[1]), now=NOW)
    assert Amendment.objects.count() == 0


def test_the_database_wants_an_amendment_whole():
    body, people = make_council(2)
    amendment = make_amendment(make_motion(body, people[0]), people[1])
    for change in ({"text_zh": ""}, {"doing": "delete"}, {"turn": 1}, {"paragraph": 0}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Amendment.objects.filter(pk=amendment.pk).update(**change)


@pytest.mark.parametrize(
    ("kind", "laid", "majority"),
    [
        ("ordinary", None, ("absolute", "present")), ("statutes", None, ("two_thirds", "cast")),
        ("procedural", ("simple", "present"), ("simple", "cast")),
        ("statutes", ("three_quarters", "entitled"), ("three_quarters", "entitled")),
    ],
)  # fmt: skip
def test_each_kind_is_put_to_the_vote_by_the_majority_it_needs(kind, laid, majority):
    body, people = make_council(2)
    make_procedure(body, majority="absolute", base="present")
    if laid:
        lay_down_requirement(body=body, kind=kind, majority=laid[0], base=laid[1], actor=INSTALLER, now=NOW)
    motion = make_motion(body, people[0], kind=kind)

    ballot = put_to_vote(subject=motion.ref, method="hands", actor=INSTALLER, now=NOW)

    assert (ballot.method, ballot.majority, ballot.base, ballot.subject) == ("hands", *majority, motion.ref)


def test_a_vote_outside_a_meeting_counts_who_is_there_by_voting():
    body, people = make_council(2)
    motion = make_motion(body, people[0])
    later = NOW + timedelta(days=3)
    ballot = put_to_vote(subject=motion.ref, method="roll_call", closes_at=later, actor=INSTALLER, now=NOW)
    assert set(ballot.roll.values_list("is_present", flat=True)) == {False}


def test_a_meeting_puts_the_question_without_knowing_motions():
    body, people = make_council(2)
    motion = make_motion(body, people[0])
    amendment = make_amendment(motion, people[1])
    assert has_question(motion.ref) and has_question(amendment.ref) and not has_question(body.ref)

    ballot = declare_about(subject=amendment.ref, method="hands", actor=INSTALLER, now=NOW)

    assert (ballot.state, ballot.subject) == ("draft", amendment.ref)
    with pytest.raises(WrongState):
        declare_about(subject=motion.ref, method="hands", actor=INSTALLER, now=NOW)


def test_a_meeting_votes_on_a_motion_with_the_room_as_it_is():
    body, people = make_council(3)
    motion = make_motion(body, people[0], kind="statutes")
    meeting = make_open_meeting(body, present=people[:2])
    item = make_current_item(meeting, subject=motion.ref)

    ballot = meetings.put_to_the_vote(item=item, method="roll_call", actor=INSTALLER, now=BEGINS)

    assert (ballot.subject, ballot.majority) == (motion.ref, "two_thirds")
    assert ballot.question_en == f"Adopt {motion.code}: Example motion?"
    assert set(ballot.roll.filter(is_present=True).values_list("voter", flat=True)) == {
        p.pk for p in people[:2]
    }
    for person in people[:2]:
        vote(ballot, person, "yes", now=BEGINS)
    close(ballot, BEGINS)
    assert fresh(motion).state == "adopted"


def test_a_body_that_votes_on_the_motion_at_once_lets_amendments_lapse():
    """Whoever puts the bare question overrides the order of votes; the body's word stands."""
    body, people = make_council(2)
    motion = make_motion(body, people[0])
    amendment = make_amendment(motion, people[1])
    ballot = declare_ballot(
        body=body, question_en="Q", question_zh="问", method="roll_call", subject=motion.ref, actor=INSTALLER, now=NOW
    )  # fmt: skip
    open_ballot(ballot=ballot, places=electorate_of(body, TODAY), actor=INSTALLER, now=NOW)
    for person in people:
        vote(ballot, person, "yes")
    close(ballot)

    assert (fresh(motion).state, fresh(amendment).state) == ("adopted", "lapsed")
    assert Version.objects.get(stage="adopted").text == list(TEXT)


def test_what_lapses_says_why_and_takes_its_amendments_along():
    body, people = make_council(2)
    motion = make_motion(body, people[0])
    amendment = make_amendment(motion, people[1])
    with pytest.raises(ValueError, match="for a reason"):
        lapse_motion(motion=motion, reason="", actor=INSTALLER, now=NOW)
    lapse_motion(motion=motion, reason="The session is closed.", actor=INSTALLER, now=NOW)

    assert [(row.state, row.ended_at) for row in (fresh(motion), fresh(amendment))] == [("lapsed", NOW)] * 2


def test_only_what_is_adopted_is_published():
    body, people = make_council(2)
    motion = make_motion(body, people[0])
    with pytest.raises(WrongState):
        publish_motion(motion=motion, actor=INSTALLER, now=NOW)
    motion = decide(motion, people)
    with pytest.raises(NotAllowed):
        publish_motion(motion=motion, actor=as_voter(people[1]), now=NOW)
    later = NOW + timedelta(days=1)
    for at in (NOW, later):
        publish_motion(motion=motion, actor=INSTALLER, now=at)
    assert fresh(motion).published_at == NOW


def test_a_result_is_acted_on_in_the_transaction_that_closes_the_ballot():
    body, people = make_council(1)
    motion = make_motion(body, people[0])
    decide(motion, people)
    adopted, closed = (Act.objects.get(verb=verb) for verb in ("motion_adopted", "ballot_closed"))
    assert adopted.transaction == closed.transaction
    assert Ballot.objects.get().pk == fresh(motion).ballot_id
