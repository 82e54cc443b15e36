from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction

from secretariat.engines.sealed.canonical import digest
from secretariat.foundation.accounts.actor import Actor, NotAllowed, WrongState
from secretariat.foundation.audit.models import Act, Pledge
from secretariat.governance.ballots.actions import (
    cancel_ballot,
    cast_vote,
    close_ballot,
    close_due_ballot,
    count_hands,
    declare_ballot,
    enter_vote,
    extend_ballot,
    open_ballot,
)
from secretariat.governance.ballots.electorate import electorate_of
from secretariat.governance.ballots.models import Ballot, Procedure, Result, RollLine, Vote
from secretariat.governance.ballots.queries import extensions_of, objections_to, roll_digest
from secretariat.governance.ballots.signals import decided
from tests.factories.accounts import INSTALLER, NOW, TODAY
from tests.factories.ballots import (
    as_voter,
    line_of,
    make_ballot,
    make_council,
    make_open_ballot,
    make_procedure,
    vote,
)
from tests.factories.bodies import make_body

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=1)


def close(ballot, **kw):
    return close_ballot(ballot=ballot, actor=INSTALLER, now=LATER, **kw)


def said(ballot):
    return [
        (v.line.position, v.turn, v.choice, v.channel)
        for v in Vote.objects.filter(ballot=ballot).order_by("cast_at", "id")
    ]


def test_a_roll_call_from_the_question_to_the_result():
    body, people = make_council(5)
    ballot = make_open_ballot(body)
    for person, choice in zip(people, ("yes", "yes", "yes", "no", "abstain"), strict=True):
        vote(ballot, person, choice)

    result = close(ballot)

    assert (result.outcome, result.yes, result.no, result.abstain) == ("adopted", 3, 1, 1)
    assert (result.measured_of, result.needed, result.quorum_present, result.quorum_needed) == (4, 3, 5, 3)
    ballot.refresh_from_db()
    assert (ballot.state, ballot.ref.state, ballot.ended_at) == ("closed", "closed", LATER)


def test_what_is_sealed_is_the_roll_and_the_result():
    body, people = make_council(2)
    ballot = make_open_ballot(body)
    vote(ballot, people[0], "yes")
    result = close(ballot)

    lines = list(RollLine.objects.filter(ballot=ballot))
    assert ballot.roll_digest == roll_digest(lines)
    assert [(p.payload["kind"], p.payload["digest"]) for p in Pledge.objects.order_by("id")] == [
        ("ballot_roll", ballot.roll_digest), ("ballot_result", result.digest),
    ]  # fmt: skip
    content = {
        "scheme": "secretariat/result/1", "roll": ballot.roll_digest, "votes": [[1, "yes", "page"]],
        "totals": {"yes": "1", "no": "0", "abstain": "0", "present": "2", "entitled": "2"}, "outcome": "adopted",
        "needed": 1, "of": "1", "casting": "", "quorum": [2, 2],
    }  # fmt: skip
    assert result.digest == digest(content)


def test_rules_come_from_the_procedure_in_force_and_the_question_may_say_otherwise():
    body, _people = make_council(3)
    make_procedure(
        body, majority="two_thirds", base="present", quorum_parts=2, quorum_of=3, quorum_exceeds=False
    )

    usual, other = make_ballot(body), make_ballot(body, majority="simple")

    assert [(b.majority, b.base, b.quorum_parts, b.quorum_of) for b in (usual, other)] == [
        ("two_thirds", "present", 2, 3), ("simple", "cast", 2, 3),
    ]  # fmt: skip


def test_new_rules_end_the_old_ones_the_day_before():
    body = make_body()
    first = make_procedure(body)
    second = make_procedure(body, starts_on=TODAY + timedelta(days=30), notice_days=21)

    held = Procedure.objects.order_by("starts_on").values_list("pk", "ends_on")
    assert list(held) == [(first.pk, TODAY + timedelta(days=29)), (second.pk, None)]
    with pytest.raises(ValueError, match="part of that time"):
        make_procedure(body, starts_on=TODAY)


def test_recused_voters_leave_the_base_and_the_quorum():
    body, people = make_council(6)
    ballot = make_open_ballot(body, majority="absolute", base="entitled", recused=people[:2])
    with pytest.raises(NotAllowed):
        vote(ballot, people[0], "yes")
    for person in people[2:5]:
        vote(ballot, person, "yes")

    result = close(ballot)

    assert (result.outcome, result.entitled, result.needed, result.quorum_needed) == ("adopted", 4, 3, 3)


def test_without_a_quorum_nothing_is_decided():
    body, people = make_council(6)
    ballot = make_open_ballot(body, absent=people[2:])
    vote(ballot, people[0], "yes")

    assert close(ballot).outcome == "no_quorum"


def test_whoever_came_later_counts_at_the_end():
    body, people = make_council(4)
    ballot = make_open_ballot(body, absent=people[1:])
    vote(ballot, people[0], "yes")

    present = [line_of(ballot, person).pk for person in people[:3]]
    assert close(ballot, present=present).outcome == "adopted"


def test_weights_count_and_heads_make_the_quorum():
    body, people = make_council(3)
    ballot = make_open_ballot(body, weights={people[0].pk: Decimal("2.5")})
    vote(ballot, people[0], "yes")
    vote(ballot, people[1], "no")
    vote(ballot, people[2], "no")

    result = close(ballot)

    assert (result.outcome, result.yes, result.no, result.quorum_present) == ("adopted", Decimal("2.5"), 2, 3)


@pytest.mark.parametrize(("casting", "outcome"), [(None, "tied"), ("yes", "adopted"), ("no", "rejected")])
def test_a_tie_and_the_chair(casting, outcome):
    body, people = make_council(2)
    ballot = make_open_ballot(body, casting_vote=True)
    vote(ballot, people[0], "yes")
    vote(ballot, people[1], "no")

    assert close(ballot, casting=casting).outcome == outcome


def test_no_casting_vote_where_the_rules_give_none():
    body, people = make_council(2)
    ballot = make_open_ballot(body)
    vote(ballot, people[0], "yes")
    vote(ballot, people[1], "no")

    with pytest.raises(ValueError, match="casting vote"):
        close(ballot, casting="yes")


def test_a_vote_said_twice_is_one_and_another_one_is_refused():
    body, people = make_council(2)
    ballot = make_open_ballot(body)
    first = vote(ballot, people[0], "yes")

    assert vote(ballot, people[0], "yes") == first
    with pytest.raises(ValueError, match="nobody change it"):
        vote(ballot, people[0], "no")
    assert said(ballot) == [(1, 1, "yes", "page")]


def test_where_the_rules_allow_it_the_last_vote_counts():
    body, people = make_council(1)
    ballot = make_open_ballot(body, may_change=True)
    vote(ballot, people[0], "yes")
    vote(ballot, people[0], "no", now=LATER)

    assert said(ballot) == [(1, 1, "yes", "page"), (1, 2, "no", "page")]
    assert close(ballot).outcome == "rejected"


def test_paper_and_page_are_one_tally():
    body, people = make_council(3)
    ballot = make_open_ballot(body)
    vote(ballot, people[0], "yes")
    enter_vote(line=line_of(ballot, people[1]), choice="yes", channel="paper", actor=INSTALLER, now=NOW)
    with pytest.raises(ValueError, match="nobody change it"):
        enter_vote(line=line_of(ballot, people[0]), choice="no", channel="called", actor=INSTALLER, now=NOW)

    result = close(ballot)

    assert (result.yes, said(ballot)) == (2, [(1, 1, "yes", "page"), (2, 1, "yes", "paper")])


def test_hands_and_votes_from_afar_are_never_more_than_people():
    body, people = make_council(5)
    ballot = make_open_ballot(body, method="hands", absent=people[4:])
    vote(ballot, people[3], "no")
    count_hands(ballot=ballot, yes=1, no=2, abstain=0, actor=INSTALLER, now=NOW)
    with pytest.raises(ValueError, match="more than the 4"):
        count_hands(ballot=ballot, yes=3, no=1, abstain=0, actor=INSTALLER, now=NOW)
    count_hands(ballot=ballot, yes=2, no=1, abstain=0, actor=INSTALLER, now=NOW)

    result = close(ballot)

    assert (result.yes, result.no, result.outcome) == (2, 2, "tied")


def test_silence_carries_until_somebody_objects():
    body, people = make_council(3)
    quiet, broken = (make_open_ballot(body, method="silence", closes_at=LATER) for _ in range(2))
    vote(broken, people[2], "no")

    assert close_due_ballot(ballot=quiet, actor=INSTALLER, now=NOW) is None
    found = [close_due_ballot(ballot=b, actor=INSTALLER, now=LATER).outcome for b in (quiet, broken)]
    assert found == ["adopted", "rejected"]
    assert close_due_ballot(ballot=quiet, actor=INSTALLER, now=LATER) is None


def test_whoever_objects_says_why_and_the_body_reads_it():
    body, people = make_council(3)
    ballot = make_open_ballot(body, method="silence", closes_at=LATER)
    line = line_of(ballot, people[1])
    with pytest.raises(ValueError, match="says why"):
        cast_vote(line=line, choice="no", reason=" ", actor=as_voter(people[1]), now=NOW)
    with pytest.raises(ValueError, match="says why"):
        enter_vote(line=line, choice="no", channel="called", actor=INSTALLER, now=NOW)
    vote(ballot, people[1], "no", reason=" Too early. ")
    vote(ballot, people[2], "abstain", reason="Nothing to say.")

    assert [(v.line, v.reason) for v in objections_to(ballot)] == [(line, "Too early.")]
    assert close(ballot).outcome == "rejected"


def test_a_vote_elsewhere_needs_no_reason():
    body, people = make_council(1)
    assert vote(make_open_ballot(body), people[0], "no").reason == ""


def test_silence_needs_an_end():
    body, _people = make_council(1)
    with pytest.raises(IntegrityError, match="ballot_silence_has_an_end"), transaction.atomic():
        make_open_ballot(body, method="silence")


def test_time_that_is_over_is_over_before_anybody_closes():
    body, people = make_council(1)
    ballot = make_open_ballot(body, closes_at=LATER)

    with pytest.raises(WrongState, match="over"):
        vote(ballot, people[0], "yes", now=LATER)


def test_more_time_is_given_with_a_reason_and_never_less():
    body, people = make_council(1)
    ballot = make_open_ballot(body, closes_at=LATER)
    for closes_at, reason in ((NOW, "Less"), (LATER + timedelta(days=1), " ")):
        with pytest.raises(ValueError, match=r"extend|later"):
            extend_ballot(ballot=ballot, closes_at=closes_at, reason=reason, actor=INSTALLER, now=NOW)
    extend_ballot(
        ballot=ballot, closes_at=LATER + timedelta(days=1), reason="Two delayed", actor=INSTALLER, now=NOW
    )

    assert vote(ballot, people[0], "yes", now=LATER).choice == "yes"
    assert Act.objects.get(verb="ballot_extended").detail["reason"] == "Two delayed"
    assert extensions_of(ballot) == [{"at": NOW, "until": LATER + timedelta(days=1), "reason": "Two delayed"}]


def test_a_cancelled_ballot_decides_nothing_and_keeps_what_was_said():
    body, people = make_council(2)
    ballot = make_open_ballot(body)
    vote(ballot, people[0], "yes")
    with pytest.raises(ValueError, match="with a reason"):
        cancel_ballot(ballot=ballot, reason="", actor=INSTALLER, now=NOW)
    cancel_ballot(ballot=ballot, reason="Wrong text", actor=INSTALLER, now=NOW)

    with pytest.raises(WrongState):
        close(ballot)
    with pytest.raises(WrongState):
        vote(ballot, people[1], "yes")
    assert (said(ballot), Result.objects.count()) == ([(1, 1, "yes", "page")], 0)


def test_the_database_fixes_roll_and_votes():
    body, people = make_council(1)
    ballot = make_open_ballot(body)
    cast = vote(ballot, people[0], "yes")
    for change in (
        lambda: Vote.objects.filter(pk=cast.pk).update(choice="no"),
        lambda: RollLine.objects.filter(ballot=ballot).update(weight=9),
        lambda: Vote.objects.filter(pk=cast.pk).delete(),
    ):
        with pytest.raises(Exception, match="permission denied"), transaction.atomic():
            change()
    close(ballot)
    with pytest.raises(Exception, match="is fixed"), transaction.atomic():
        Vote(ballot=ballot, line=cast.line, turn=2, choice="no", channel="page", cast_at=LATER).save(
            force_insert=True
        )


def test_whoever_asked_acts_in_the_same_transaction():
    body, people = make_council(1)
    ballot = make_open_ballot(body)
    vote(ballot, people[0], "yes")

    def refuse(ballot, result, **_signal):
        assert connection.in_atomic_block and result.outcome == "adopted"
        raise RuntimeError("no")

    decided.connect(refuse)
    try:
        with pytest.raises(RuntimeError), transaction.atomic():
            close(ballot)
    finally:
        decided.disconnect(refuse)
    assert (Ballot.objects.get().state, Result.objects.count()) == ("open", 0)


def test_a_ballot_without_voters_does_not_open():
    body, people = make_council(1)
    with pytest.raises(ValueError, match="Nobody"):
        make_open_ballot(body, recused=people)
    ballot = make_ballot(make_body())
    with pytest.raises(ValueError, match="Nobody"):
        open_ballot(ballot=ballot, places=electorate_of(ballot.body, TODAY), actor=INSTALLER, now=NOW)


def test_who_votes_does_so_herself():
    body, people = make_council(2)
    ballot = make_open_ballot(body)
    line = line_of(ballot, people[0])
    assistant = Actor(people[1].account_id, people[0].pk, acting_for_id=people[0].account_id)
    program = Actor(people[0].account_id, people[0].pk, token_id=ballot.pk)
    for actor in (as_voter(people[1]), assistant, program, Actor(), INSTALLER):
        with pytest.raises(NotAllowed):
            cast_vote(line=line, choice="yes", actor=actor, now=NOW)
    assert said(ballot) == []


def test_nonsense_is_refused_in_words():
    body, people = make_council(1)
    ballot = make_open_ballot(body)
    with pytest.raises(ValueError, match="perhaps"):
        vote(ballot, people[0], "perhaps")
    with pytest.raises(ValueError, match="English and in Chinese"):
        declare_ballot(body=body, question_en="Q", question_zh=" ", method="hands", actor=INSTALLER, now=NOW)
    with pytest.raises(ValueError, match="called out or given on paper"):
        enter_vote(line=line_of(ballot, people[0]), choice="yes", channel="page", actor=INSTALLER, now=NOW)
    with pytest.raises(ValueError, match="not one by show of hands"):
        count_hands(ballot=ballot, yes=1, no=0, abstain=0, actor=INSTALLER, now=NOW)


AT_THE_SAME_MOMENT = """
CREATE FUNCTION taken() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    RAISE unique_violation USING CONSTRAINT = 'vote_once', MESSAGE = 'there is one already, says vote_once';
END $$;
CREATE TRIGGER taken BEFORE INSERT ON ballots_vote FOR EACH ROW EXECUTE FUNCTION taken();
"""


def test_a_vote_that_came_in_at_the_same_moment_stands_and_the_second_leaves_nothing():
    body, people = make_council(2)
    ballot = make_open_ballot(body)
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
        cursor.execute(AT_THE_SAME_MOMENT)
        cursor.execute("SET ROLE app")

    with pytest.raises(ValueError, match="at the same moment from elsewhere"):
        vote(ballot, people[0], "yes")

    assert not Act.objects.filter(verb="vote_cast").exists()
