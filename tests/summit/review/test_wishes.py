from collections import Counter

import pytest

from secretariat.foundation.accounts.actor import SYSTEM, NotAllowed, WrongState
from secretariat.registry.people.models import Person
from secretariat.summit.review import actions, logic, queries
from secretariat.summit.review.actions import matching as matchings
from secretariat.summit.review.actions.engine import Infeasible
from tests.factories.accounts import make_actor
from tests.factories.calls import AFTER, STAFF
from tests.factories.organisations import make_organisation
from tests.factories.people import make_affiliation
from tests.factories.review import make_call_in_review, stage_of
from tests.factories.topics import make_topic

pytestmark = pytest.mark.django_db


def propose(call, **kw):
    return actions.propose_matching(
        stage=stage_of(call), actor=STAFF, now=AFTER, **{"objective": "total", **kw}
    )


def readers(call, matching):
    people = {name: person for person, name in queries.pseudonyms(call).items()}
    found = {}
    for item, name, _score in matching.pairs:
        found.setdefault(item, set()).add(people[name])
    return found


def test_two_of_one_organisation_do_not_read_the_same_item():
    call, (one, two, three) = make_call_in_review(3)
    house = make_organisation()
    for person in (one, two):
        make_affiliation(person, house)

    found = readers(call, propose(call, one_organisation=True))

    assert all({one.pk, two.pk} != pair and three.pk in pair for pair in found.values())
    assert len(found) == 3


def test_two_of_one_country_do_not_read_the_same_item():
    call, members = make_call_in_review(1)
    assert not Person.objects.filter(pk__in=[p.pk for p in members]).exclude(country=None).exists()
    assert propose(call, one_country=True).measures["prices"][0][0] == "country"


def test_readers_who_read_the_language_are_asked_for():
    call, members = make_call_in_review(2, members=3)
    Person.objects.filter(pk=members[0].pk).update(languages=["zh-Hans"])

    matching = propose(call, language="one")

    assert all(members[0].pk in pair for pair in readers(call, matching).values())
    with pytest.raises(Infeasible, match="language: 2 of its readers must meet this, and 1"):
        propose(call, language="all")
    with pytest.raises(Infeasible, match="experienced: 1 of its readers must meet this, and 0"):
        propose(call, experienced=1)


def test_pairs_that_must_and_must_not_be_are_kept_with_their_reasons():
    call, members = make_call_in_review(1, members=3)
    number = call.submissions.get().ref.number
    wished = {
        "required": ((number, str(members[0].pk), "She knows the field."),),
        "ruled_out": ((number, str(members[1].pk), "She asked not to."),),
    }

    matching = propose(call, **wished)

    assert readers(call, matching) == {number: {members[0].pk, members[2].pk}}
    names = queries.pseudonyms(call)
    assert matching.options["required"] == [[number, names[members[0].pk], "She knows the field."]] or (
        matching.options["required"] == ((number, names[members[0].pk], "She knows the field."),)
    )
    assert {row[0] for row in matching.measures["prices"]} == {"forced", "max_load", "ruled_out"}


def test_a_draw_is_the_same_for_the_same_seed_and_says_its_probabilities():
    call, _ = make_call_in_review(3, members=4)
    first, again = (propose(call, objective="random", cap=0.6, seed=7) for _ in range(2))
    assert first.pairs == again.pairs
    assert first.measures["probability"] <= 0.6
    assert set(Counter(item for item, *_ in first.pairs).values()) == {2}


def test_texts_weigh_in_and_the_parts_are_kept():
    call, (marine, *_others) = make_call_in_review(1)
    topic = make_topic("m", name_en="Coral reefs", name_zh="珊瑚礁")
    actions.state_expertise(person=marine, topics=[topic], actor=STAFF, now=AFTER)

    matching = propose(call, text_weight=0.4)

    for (_item, _name, score), (field, text, _languages) in zip(matching.pairs, matching.parts, strict=True):
        assert score == logic.mixed(field, text, 0.4)
    assert matching.options["text_weight"] == 0.4


def test_a_large_run_is_left_to_the_worker_and_not_deployed_before_it_is_there(monkeypatch):
    call, _ = make_call_in_review(2)
    monkeypatch.setattr(matchings, "FEW_PAIRS", 1)

    matching = propose(call)

    assert (matching.worked_out_at, matching.pairs) == (None, [])
    with pytest.raises(WrongState, match="not worked out"):
        actions.deploy_matching(matching=matching, actor=STAFF, now=AFTER)
    with pytest.raises(NotAllowed):
        actions.work_out_matching(matching=matching, actor=make_actor("desk.read"), now=AFTER)
    done = actions.work_out_matching(matching=matching, actor=SYSTEM, now=AFTER)
    assert (len(done.pairs), done.is_ready) == (4, True)
    assert actions.deploy_matching(matching=done, actor=STAFF, now=AFTER) == 4


def test_a_large_run_without_an_answer_keeps_the_reasons(monkeypatch):
    call, _ = make_call_in_review(2)
    monkeypatch.setattr(matchings, "FEW_PAIRS", 1)
    matching = propose(call, max_load=1)
    done = actions.work_out_matching(matching=matching, actor=SYSTEM, now=AFTER)
    assert "the maximum loads are too small in all" in done.trouble
    with pytest.raises(WrongState, match="not worked out"):
        actions.deploy_matching(matching=done, actor=STAFF, now=AFTER)


def test_proposals_are_compared_and_say_who_is_idle():
    call, members = make_call_in_review(1, members=3)
    first, second = propose(call), propose(call, objective="fair")
    runs = queries.compare_runs([first, second])
    assert [(run.matching, len(run.idle), run.loads) for run in runs] == [
        (first, 1, [(0, 1), (1, 2)]),
        (second, 1, [(0, 1), (1, 2)]),
    ]
    shown = queries.proposal_of(second, AFTER.date())
    assert (shown.before, len(shown.added), len(shown.taken)) == ("proposal", 0, 0)
    assert [len(rows) for _item, _fit, rows in shown.items] == [2]
    assert {person for person, load, _fit in shown.loads if load} < set(members)


def test_who_shares_an_organisation_by_way_of_a_third_is_together():
    groups = {"a": {"x"}, "b": {"x", "y"}, "c": {"y"}, "d": {"z"}, "e": set()}
    assert logic.together(groups) == {"a": "x", "b": "x", "c": "x", "d": "z"}
