from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from secretariat.foundation.accounts.models import Account
from secretariat.governance.minutes.actions import circulate_minutes, draft_minutes, propose_correction
from secretariat.governance.minutes.models import (
    Correction,
    Evidence,
    Minutes,
    Reading,
    Resolution,
)
from secretariat.record.tasks.models import Task
from tests.factories.accounts import INSTALLER, make_account
from tests.factories.ballots import make_council, make_procedure
from tests.factories.bodies import make_term
from tests.factories.meetings import as_member, make_open_meeting
from tests.factories.minutes import make_action, make_closed_now, make_resolution, paragraph_of
from tests.factories.people import make_person
from tests.factories.staff import sign_in_with

pytestmark = pytest.mark.django_db


@pytest.fixture
def now():
    return timezone.now()


def browser_of(person, language="en"):
    Account.objects.filter(pk=person.account_id).update(language=language)
    client = Client(HTTP_ACCEPT_LANGUAGE=language)
    client.force_login(Account.objects.get(pk=person.account_id))
    return client


def desk(*rights):
    client = Client(HTTP_ACCEPT_LANGUAGE="en")
    sign_in_with(client, *(rights or ("desk.run",)))
    return client


def at(name, thing, *more):
    return reverse(name, args=[thing.ref.number, *more])


def read(client, name, thing, *more):
    return client.get(at(name, thing, *more)).content.decode()


def press(client, name, thing, *more, **said):
    answer = client.post(at(name, thing, *more), said, follow=True)
    assert answer.status_code == 200, (name, answer.status_code)
    return answer.content.decode()


def held(now, *, size=3, present=2, minutes_days=10):
    """A meeting that is over, and who sits in the body; the first so many were there."""
    body, people = make_council(size)
    make_procedure(body, starts_on=now.date() - timedelta(days=400), minutes_days=minutes_days)
    return make_closed_now(body, people[:present], now=now), people


def circulated(now, **kw):
    meeting, people = held(now, **kw)
    minutes = draft_minutes(meeting=meeting, actor=INSTALLER, now=now)
    return circulate_minutes(
        minutes=minutes, until=now + timedelta(days=20), actor=INSTALLER, now=now
    ), people


def secretary_of(body):
    person = make_person(account=make_account())
    make_term(body, person, role="secretary")
    return person


def test_the_desk_drafts_edits_and_circulates(now):
    meeting, people = held(now)
    client = desk()
    assert meeting.ref.number in client.get(reverse("desk_minutes:minutes")).content.decode()
    assert at("desk_minutes:draft", meeting) in read(client, "desk_meetings:meeting", meeting)

    text = press(client, "desk_minutes:draft", meeting)

    minutes = Minutes.objects.get()
    assert "Attendance" in text and f"Away: {people[2]}." in text and "缺席" in text
    row = paragraph_of(minutes, "opening")
    form = read(client, "desk_minutes:edit", minutes, row.pk)
    assert row.text.split(".")[0] in form and "drafted from the record" in form
    text = press(client, "desk_minutes:edit", minutes, row.pk, seen=1, text="They met.")
    assert "They met." in text and "edited by hand" in text
    late = client.post(at("desk_minutes:edit", minutes, row.pk), {"seen": 1, "text": "Otherwise."})
    assert late.status_code == 422 and "Somebody else has changed" in late.content.decode()
    soon = (now + timedelta(days=2)).strftime("%Y-%m-%dT%H:%M")
    short = client.post(at("desk_minutes:act", minutes, "circulate"), {"until": soon})
    assert short.status_code == 422 and "give 10 days" in short.content.decode()
    until = (now + timedelta(days=20)).strftime("%Y-%m-%dT%H:%M")
    assert "circulated" in press(client, "desk_minutes:act", minutes, "circulate", until=until)
    assert "They met." in press(client, "desk_minutes:draft", meeting), (
        "what is circulated is not drafted again"
    )


def test_who_was_there_asks_for_a_correction_and_the_secretary_answers(now):
    minutes, people = circulated(now)
    row, member = paragraph_of(minutes), browser_of(people[1])
    assert "nothing to correct" in read(member, "my_minutes:one", minutes)
    assert row.text.split(".")[0] in read(member, "my_minutes:correct", minutes, row.pk)
    text = press(member, "my_minutes:correct", minutes, row.pk, text="All were there.", reason="I saw them.")
    assert "Your correction" in text and "<ins>" in text and "I saw them." in text
    press(member, "my_minutes:correct", minutes, row.pk, text="Nobody was.", reason="")
    first, second = Correction.objects.order_by("proposed_at", "pk")

    keeper = browser_of(secretary_of(minutes.meeting.body))
    text = read(keeper, "desk_minutes:one", minutes)
    assert "2 corrections wait for an answer" in text and "I saw them." in text and "<ins>" in text
    assert "All were there." in press(keeper, "desk_minutes:correction", minutes, first.pk, "take")
    no = keeper.post(at("desk_minutes:correction", minutes, second.pk, "refuse"), {"reason": ""})
    assert no.status_code == 422
    press(
        keeper, "desk_minutes:correction", minutes, second.pk, "refuse", reason="The record says otherwise."
    )

    assert sorted(Correction.objects.values_list("state", flat=True)) == ["refused", "taken"]
    assert paragraph_of(minutes).text == "All were there."
    assert "The record says otherwise." in read(member, "my_minutes:one", minutes)


def test_whoever_has_read_them_says_so_once(now):
    minutes, people = circulated(now)
    member = browser_of(people[1])
    assert "want nothing changed" in press(member, "my_minutes:read", minutes)
    press(member, "my_minutes:read", minutes)
    assert list(Reading.objects.values_list("person", flat=True)) == [people[1].pk]
    assert str(people[1]) in read(desk(), "desk_minutes:one", minutes)
    absent = browser_of(people[2])
    assert "nothing to correct" not in read(absent, "my_minutes:one", minutes)
    assert absent.post(at("my_minutes:read", minutes)).status_code == 404


def test_adopted_at_a_later_meeting_with_its_digest_shown(now):
    minutes, people = circulated(now, minutes_days=None)
    client = desk()
    assert (
        "A later meeting adopts them"
        in client.get(at("desk_minutes:act", minutes, "circulate")).content.decode()
    )
    later = make_open_meeting(minutes.meeting.body, starts_at=now + timedelta(minutes=1), reason="x", now=now)
    choices = client.get(at("desk_minutes:act", minutes, "adopt")).context["form"].fields["decision"].choices
    assert [key for key, _words in choices] == [later.ref.number], "not by silence: the rules do not say so"

    text = press(client, "desk_minutes:act", minutes, "adopt", decision=later.ref.number)

    minutes = Minutes.objects.get()
    assert (
        minutes.state == "adopted" and minutes.digest in text and f"at the meeting {later.ref.number}" in text
    )
    assert "minutes-way" not in text
    assert minutes.digest in read(browser_of(people[1]), "my_minutes:one", minutes)
    assert "Minutes of this meeting" in read(browser_of(people[1]), "my_meetings:meeting", minutes.meeting)


def test_the_register_is_narrowed_and_taken_out(now):
    body, people = make_council(2)
    open_one, done = (
        make_resolution(body, people, now=now),
        make_resolution(body, people, now=now, title_en="Second"),
    )
    other = make_resolution(now=now, title_en="Elsewhere")
    make_action(open_one, now=now, due_on=now.date() - timedelta(days=1))
    client = desk()
    press(
        client, "desk_minutes:action", done, make_action(done, now=now).ref.number, "close", outcome="Sent."
    )

    def codes(**asked):
        rows = client.get(reverse("desk_minutes:resolutions"), asked).context["table"].rows
        return {row.cells[0].text for row in rows}

    assert codes() == {open_one.code, done.code, other.code}
    assert codes(body=body.key) == {open_one.code, done.code}
    assert codes(standing="open") == codes(late="yes") == {open_one.code}
    assert codes(standing="done") == {done.code} and codes(standing="none") == {other.code}
    assert codes(year=now.year) == codes() and codes(q="Elsewhere") == {other.code}
    exported = client.get(reverse("desk_minutes:resolutions"), {"export": "csv", "standing": "open"})
    assert open_one.code in b"".join(exported.streaming_content).decode()


def test_the_secretary_of_the_body_sets_actions_without_being_staff(now):
    body, people = make_council(2)
    row, keeper = make_resolution(body, people, now=now), browser_of(secretary_of(body))
    due = now.date() + timedelta(days=9)
    said = {
        "title": "Write to the members",
        "owner": people[1].pk,
        "due_on": due.isoformat(),
        "note": "All of them.",
    }
    assert "Write to the members" in press(keeper, "desk_minutes:new_action", row, **said)
    task = Task.objects.get()
    assert (task.owner, task.due_on, task.origin) == (people[1], due, row.ref)
    press(keeper, "desk_minutes:action", row, task.ref.number, "change", **{**said, "title": "Write to all"})
    assert "Write to all" in read(keeper, "desk_minutes:resolution", row)
    bare = keeper.post(at("desk_minutes:action", row, task.ref.number, "drop"), {"reason": ""})
    assert bare.status_code == 422
    assert "No need" in press(keeper, "desk_minutes:action", row, task.ref.number, "drop", reason="No need")
    stranger = make_person(account=make_account())
    refused = keeper.post(at("desk_minutes:new_action", row), {**said, "owner": stranger.pk})
    assert refused.status_code == 422, (
        "an action is given to who has to do with the body, or works at the desk"
    )
    for client in (browser_of(people[1]), desk("desk.read")):
        assert client.post(at("desk_minutes:new_action", row), said).status_code == 404


def test_the_owner_closes_her_action_with_what_shows_it(now):
    body, people = make_council(2)
    row = make_resolution(body, people, now=now)
    owner = make_person(account=make_account())
    task, shown = make_action(row, owner, now=now), make_resolution(now=now)
    client = browser_of(owner)
    assert at("my_minutes:done", row, task.ref.number) in read(client, "my_minutes:resolution", row)
    bare = client.post(at("my_minutes:done", row, task.ref.number), {"outcome": " "})
    assert bare.status_code == 422
    said = {"outcome": "All 140 were written to.", "shown_by": shown.ref.number}
    text = press(client, "my_minutes:done", row, task.ref.number, **said)

    assert "All 140 were written to." in text and shown.ref.number in text
    assert Evidence.objects.get().shown_by == shown.ref
    assert Resolution.objects.count() == 2 and Task.objects.get().state == "done"
    other = make_action(row, make_person(account=make_account()), now=now)
    assert client.get(at("my_minutes:done", row, other.ref.number)).status_code == 404


def test_what_was_decided_without_a_motion_is_entered_from_the_minutes(now):
    minutes, people = circulated(now)
    body = minutes.meeting.body
    known = make_resolution(body, people, now=now)
    client = desk()
    said = {"title_en": "T", "title_zh": "题", "text_en": "So.", "text_zh": "如此。"}
    twice = client.post(reverse("desk_minutes:enter", args=[known.ballot.ref.number]), said)
    assert twice.status_code == 422 and "in the register already" in twice.content.decode()


def test_the_public_reads_what_is_published_and_of_nobody_who_does_it(client, now):
    body, people = make_council(2)
    shown, hidden = (
        make_resolution(body, people, now=now),
        make_resolution(body, people, now=now, title_en="Hidden"),
    )
    owner = make_person(account=make_account())
    make_action(shown, owner, now=now)
    assert client.get(at("site:resolution", shown)).status_code == 404
    press(desk(), "desk_minutes:publish", shown)

    text = read(client, "site:resolution", shown)
    assert shown.code in text and "So resolved." in text and "兹决议。" in text and shown.digest in text
    assert "Tell the members" in text and str(owner) not in text
    listed = client.get(reverse("site:resolutions")).content.decode()
    assert shown.code in listed and hidden.code not in listed
    assert client.get(at("site:resolution", hidden)).status_code == 404
    assert shown.code in client.get(reverse("site:body", args=[body.key])).content.decode()


@pytest.mark.parametrize("state", ["draft", "circulated"])
def test_who_comes_in(client, state, now):
    meeting, people = held(now)
    minutes = draft_minutes(meeting=meeting, actor=INSTALLER, now=now)
    if state == "circulated":
        minutes = circulate_minutes(minutes=minutes, until=now + timedelta(days=20), actor=INSTALLER, now=now)
    found = {
        "chair": browser_of(people[0]), "there": browser_of(people[1]), "away": browser_of(people[2]),
        "secretary": browser_of(secretary_of(meeting.body)), "reader": desk("desk.read"),
        "somebody": browser_of(make_person(account=make_account())),
    }  # fmt: skip
    seen = {
        who: tuple(c.get(at(f"{door}_minutes:one", minutes)).status_code for door in ("my", "desk"))
        for who, c in found.items()
    }
    member = (200, 404) if state == "circulated" else (404, 404)
    assert seen == {
        "chair": (200, 200), "there": member, "away": member, "secretary": (200, 200), "reader": (200, 200),
        "somebody": (404, 404),
    }  # fmt: skip
    assert client.get(at("my_minutes:one", minutes)).status_code == 302
    posts = {who: c.post(at("desk_minutes:draft", meeting)).status_code for who, c in found.items()}
    assert posts == {
        "chair": 302,
        "secretary": 302,
        **dict.fromkeys(("there", "away", "reader", "somebody"), 404),
    }


def test_pages_read_in_chinese(now):
    minutes, people = circulated(now)
    propose_correction(paragraph=paragraph_of(minutes), text="So.", actor=as_member(people[1]), now=now)
    row = make_resolution(minutes.meeting.body, people, now=now)
    client = browser_of(people[0], "zh-hans")
    assert "出席" in read(client, "desk_minutes:one", minutes)
    assert "兹决议" in read(client, "desk_minutes:resolution", row)


@pytest.mark.parametrize("size", [1, 3])
@pytest.mark.parametrize(
    ("name", "statements"),
    [
        ("my_minutes:minutes", 13), ("my_minutes:one", 19), ("desk_minutes:minutes", 12), ("desk_minutes:one", 20),
        ("desk_minutes:resolutions", 13), ("desk_minutes:resolution", 14), ("my_minutes:resolution", 13),
        ("site:resolutions", 10), ("site:resolution", 11),
    ],
)  # fmt: skip
def test_pages_cost_the_same_for_many(django_assert_num_queries, now, size, name, statements):
    minutes, people = circulated(now, size=4, present=4)
    row = make_resolution(minutes.meeting.body, people, now=now, published=True)
    for n in range(size):
        propose_correction(paragraph=paragraph_of(minutes), text=f"{n}", actor=as_member(people[0]), now=now)
        make_action(row, people[0], now=now)
        make_resolution(minutes.meeting.body, people, now=now, published=True)
    client = browser_of(people[0])
    thing = row if "resolution" in name else minutes
    path = reverse(name) if name.endswith(("minutes:minutes", "resolutions")) else at(name, thing)
    with django_assert_num_queries(statements):
        assert client.get(path).status_code == 200
