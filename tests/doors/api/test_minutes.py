import pytest

from secretariat.governance.meetings.actions import close_meeting
from secretariat.governance.minutes.actions import circulate_minutes, draft_minutes, publish_resolution
from tests.factories.accounts import INSTALLER, NOW, make_account
from tests.factories.ballots import make_council
from tests.factories.meetings import BEGINS, make_assembly, make_item, make_open_meeting
from tests.factories.minutes import (
    ENDS,
    LATER,
    TIME_OUT,
    make_action,
    make_circulated,
    make_minutes,
    make_resolution,
)
from tests.factories.people import make_person

pytestmark = pytest.mark.django_db


def numbers(answer):
    assert answer.status_code == 200, answer.content
    return [item["number"] for item in answer.json()["items"]]


def test_strangers_read_what_is_published_and_not_whose_it_is(api):
    body, people = make_council(2)
    row, owner = make_resolution(body, people), make_person(account=make_account())
    make_action(row, owner)
    assert numbers(api("/resolutions")) == [] and api(f"/resolutions/{row.ref.number}").status_code == 404
    publish_resolution(resolution=row, actor=INSTALLER, now=NOW)

    assert numbers(api("/resolutions")) == [row.ref.number]
    told = api(f"/resolutions/{row.ref.number}").json()
    assert (told["code"], told["standing"], told["digest"]) == (row.code, "open", row.digest)
    assert told["text"] == {"en": "So resolved.", "zh": "兹决议。"}
    [action] = told["actions"]
    assert (action["title"], action["owner"], action["outcome"]) == ("Tell the members", None, "")


def test_a_member_reads_what_was_circulated_without_what_is_hidden(api, secret_of):
    body, people = make_assembly(2)
    meeting = make_open_meeting(body, present=people)
    make_item(meeting, now=BEGINS, title_en="Secret matter", audience="closed")
    close_meeting(meeting=meeting, actor=INSTALLER, now=ENDS)
    minutes = draft_minutes(meeting=meeting, actor=INSTALLER, now=LATER)
    mine = secret_of("my.read", account=people[1].account)
    assert numbers(api("/my/minutes", mine)) == []
    assert api(f"/my/minutes/{minutes.ref.number}", mine).status_code == 404
    circulate_minutes(minutes=minutes, until=TIME_OUT, actor=INSTALLER, now=LATER)

    assert numbers(api("/my/minutes", mine)) == [minutes.ref.number]
    told = api(f"/my/minutes/{minutes.ref.number}", mine).json()
    assert {each["heading"] for each in told["paragraphs"] if each["language"] == "en"} == {
        "Opening", "Attendance", "Closing",
    }  # fmt: skip
    foreign = secret_of("my.read", account=make_person(account=make_account()).account)
    assert numbers(api("/my/minutes", foreign)) == numbers(api("/my/resolutions", foreign)) == []
    assert api(f"/my/minutes/{minutes.ref.number}", foreign).status_code == 404


def test_whoever_was_given_an_action_reads_its_resolution(api, secret_of):
    row, owner = make_resolution(), make_person(account=make_account())
    make_action(row, owner)
    mine = secret_of("my.read", account=owner.account)
    assert numbers(api("/my/resolutions", mine)) == [row.ref.number]
    told = api(f"/my/resolutions/{row.ref.number}", mine).json()
    assert [each["owner"] for each in told["actions"]] == [owner.ref.number]


@pytest.mark.parametrize("size", [1, 3])
def test_the_desk_reads_all_at_one_cost(api, secret_of, django_assert_num_queries, size):
    made = [make_minutes()[0].ref.number for _each in range(size)]
    kept = [make_resolution().ref.number for _each in range(size)]
    circulated, _people = make_circulated()
    desk = secret_of("desk.read", rights=["desk.read"])
    assert set(numbers(api("/desk/minutes?state=draft", desk))) == set(made)
    assert set(numbers(api("/desk/minutes", desk))) == {*made, circulated.ref.number}
    assert api(f"/desk/minutes/{circulated.ref.number}", desk).json()["state"] == "circulated"
    assert set(numbers(api(f"/desk/resolutions?year={NOW.year}", desk))) == set(kept)
    assert numbers(api("/desk/resolutions?year=1999", desk)) == []
    with django_assert_num_queries(5):
        api("/desk/resolutions", desk)
    assert api("/desk/minutes", secret_of("my.read")).status_code == 403
