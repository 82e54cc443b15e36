import pytest

from secretariat.foundation.accounts.actor import NotAllowed, WrongState
from secretariat.foundation.audit.models import Pledge
from secretariat.governance.minutes.actions import enter_resolution, publish_resolution, set_action
from secretariat.governance.minutes.models import Resolution
from secretariat.governance.minutes.queries import (
    published_resolutions,
    resolution_digest,
    visible_resolutions,
)
from secretariat.record.tasks.actions import finish_task
from tests.factories.accounts import INSTALLER, NOW, TODAY, make_actor
from tests.factories.ballots import as_voter, make_council, make_open_ballot, vote
from tests.factories.motions import decide, make_motion
from tests.factories.people import make_person

pytestmark = pytest.mark.django_db
DESK = make_actor("desk.run", "system.run")
SAID = {"title_en": "Example", "title_zh": "示例", "text_en": "So resolved.", "text_zh": "兹决议。"}


def decided(choice="yes"):
    from secretariat.governance.ballots.actions import close_ballot
    from secretariat.governance.ballots.models import Ballot

    body, people = make_council(3)
    ballot = make_open_ballot(body)
    for person in people:
        vote(ballot, person, choice)
    close_ballot(ballot=ballot, actor=INSTALLER, now=NOW)
    return Ballot.objects.select_related("ref", "body", "result").get(pk=ballot.pk), people


def entered():
    ballot, people = decided()
    return enter_resolution(ballot=ballot, actor=INSTALLER, now=NOW, **SAID), people


def test_an_adopted_motion_is_entered_by_the_decision_itself():
    body, people = make_council(3)
    motion = decide(make_motion(body, people[0]), people)

    row = Resolution.objects.select_related("body", "ballot__ref").get(motion=motion)

    assert row.code == f"{body.key.upper()}/R/{NOW.year}/1"
    assert row.text_zh == "示例第1段。\n\n示例第2段。\n\n示例第3段。"
    assert row.digest == resolution_digest(row)
    assert Pledge.objects.get(kind="resolution_entered", subject_id=row.pk).payload["digest"] == row.digest


@pytest.mark.parametrize(("kind", "choice"), [("procedural", "yes"), ("ordinary", "no")])
def test_what_is_no_resolution_is_not_entered(kind, choice):
    body, people = make_council(3)
    decide(make_motion(body, people[0], kind=kind), people, choice)

    assert not Resolution.objects.exists()


def test_numbers_run_by_body_and_year():
    body, people = make_council(3)
    for _each in range(2):
        decide(make_motion(body, people[0]), people)
    entered()

    numbers = list(Resolution.objects.order_by("created_at").values_list("number", flat=True))
    assert numbers == [1, 2, 1]


def test_entered_by_hand_once_and_only_what_was_adopted():
    row, people = entered()
    with pytest.raises(WrongState):
        enter_resolution(ballot=row.ballot, actor=INSTALLER, now=NOW, **SAID)
    with pytest.raises(WrongState):
        enter_resolution(ballot=decided("no")[0], actor=INSTALLER, now=NOW, **SAID)
    with pytest.raises(NotAllowed):
        enter_resolution(ballot=row.ballot, actor=as_voter(people[1]), now=NOW, **SAID)


def test_open_as_long_as_an_action_is():
    row, _people = entered()
    tasks = [
        set_action(resolution=row, title="Do it", owner=make_person(), due_on=TODAY, actor=DESK, now=NOW)
        for _each in range(2)
    ]
    counted = [visible_resolutions(INSTALLER).get()]
    for task in tasks:
        finish_task(task=task, outcome="Done", actor=DESK, now=NOW)
        counted.append(visible_resolutions(INSTALLER).get())

    assert [(each.actions, each.open_actions) for each in counted] == [(2, 2), (2, 1), (2, 0)]


def test_read_by_everybody_once_published():
    row, _people = entered()
    stranger = as_voter(make_person())
    assert not published_resolutions().exists() and not visible_resolutions(stranger).exists()

    publish_resolution(resolution=row, actor=INSTALLER, now=NOW)

    assert published_resolutions().get() == row == visible_resolutions(stranger).get()
    with pytest.raises(WrongState):
        publish_resolution(resolution=row, actor=INSTALLER, now=NOW)


@pytest.mark.parametrize("size", [1, 3])
def test_the_register_is_one_statement(size, django_assert_num_queries):
    for _each in range(size):
        entered()

    with django_assert_num_queries(1):
        assert len(list(visible_resolutions(INSTALLER))) == size
