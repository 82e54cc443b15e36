from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from secretariat.governance.ballots.models import Ballot
from secretariat.governance.meetings import actions
from secretariat.governance.meetings.models import AgendaItem, Attendance, Meeting, Proxy, Recusal, Speech
from tests.factories.accounts import INSTALLER, make_account
from tests.factories.meetings import (
    arrive,
    give_proxy,
    make_assembly,
    make_convened_meeting,
    make_current_item,
    make_item,
    make_meeting,
    make_open_meeting,
    make_paper,
    make_paper_version,
)
from tests.factories.people import make_person
from tests.factories.staff import sign_in_with

pytestmark = pytest.mark.django_db


@pytest.fixture
def now():
    return timezone.now()


def browser_of(person, language="en"):
    client = Client(HTTP_ACCEPT_LANGUAGE=language)
    client.force_login(person.account)
    return client


def get(client, name, meeting, *more, **query):
    return client.get(reverse(name, args=[meeting.ref.number, *more]), query)


def post(client, name, meeting, *more, **said):
    response = client.post(reverse(name, args=[meeting.ref.number, *more]), said, follow=True)
    assert response.status_code == 200, (name, response.status_code)
    return response.content.decode()


def open_now(now, size=4, present=(), **kw):
    """A meeting that is open at this hour, with its chair and members."""
    body, people = make_assembly(size, proxies_each=2, **kw)
    begins = now + timedelta(minutes=30)
    meeting = make_open_meeting(body, starts_at=begins, now=now, reason="Urgent")
    for n in present:
        arrive(meeting, people[n], now=now)
    return meeting, people


def test_the_chair_plans_convenes_and_opens_a_meeting(now):
    body, people = make_assembly(2, notice_days=14)
    chair = browser_of(people[0])
    day = timezone.localdate() + timedelta(days=9)
    said = {
        "body": body.pk, "title_en": "First session", "title_zh": "第一次会议", "starts_at": f"{day}T09:00",
        "ends_at": f"{day}T12:00", "zone": "Asia/Shanghai", "how": "hybrid", "place": "Hall 1", "audience": "body",
        "speech_seconds": 120,
    }  # fmt: skip
    chair.post(reverse("desk_meetings:new"), said)
    meeting = Meeting.objects.get()
    assert (meeting.starts_at.isoformat(), meeting.speech_seconds) == (f"{day}T01:00:00+00:00", 120)

    assert "days are missing: say why" in post(chair, "desk_meetings:act", meeting, "convene")
    text = post(chair, "desk_meetings:act", meeting, "convene", reason="The hall is free then only.")
    assert "Called at short notice: The hall is free then only." in text
    assert "Run the meeting" in post(chair, "desk_meetings:act", meeting, "open")
    meeting.refresh_from_db()
    assert (meeting.state, meeting.last_presiding) == ("open", people[0])


def test_what_is_wrong_with_a_meeting_is_said_and_kept(now):
    body, people = make_assembly(1)
    said = {
        "body": body.pk, "title_en": "E", "title_zh": "中", "starts_at": "2030-01-02T10:00", "how": "room",
        "ends_at": "2030-01-02T09:00", "zone": "UTC", "audience": "body", "speech_seconds": 60,
    }  # fmt: skip
    answered = browser_of(people[0]).post(reverse("desk_meetings:new"), said)
    assert (answered.status_code, Meeting.objects.count()) == (422, 0)
    assert "A meeting ends after it begins." in answered.content.decode()


def test_moving_a_meeting_keeps_the_clock_of_its_place(now):
    body, people = make_assembly(1)
    meeting = make_meeting(body, starts_at=now + timedelta(days=60), zone="Asia/Shanghai")
    chair, before = browser_of(people[0]), meeting.starts_at.replace(second=0, microsecond=0)
    form = get(chair, "desk_meetings:change", meeting).context["form"]
    chair.post(
        reverse("desk_meetings:change", args=[meeting.ref.number]), {**form.initial, "title_en": "Renamed"}
    )
    meeting.refresh_from_db()
    assert (meeting.title_en, meeting.starts_at) == ("Renamed", before)


def test_the_agenda_is_made_and_moved_by_buttons(now):
    body, people = make_assembly(1)
    meeting = make_meeting(body)
    chair = browser_of(people[0])
    for title in ("One", "Two", "Three"):
        chair.post(
            reverse("desk_meetings:new_item", args=[meeting.ref.number]),
            {"title_en": title, "title_zh": title, "purpose": "decision", "audience": "body"},
        )
    item = {row.title_en: row for row in AgendaItem.objects.all()}
    for title, verb in (("Three", "up"), ("Two", "in"), ("Three", "in"), ("Two", "out"), ("Three", "up")):
        post(chair, "desk_meetings:move_item", meeting, item[title].pk, verb)
    page = get(chair, "desk_meetings:meeting", meeting)
    assert [(row.line.number, row.item.title_en) for row in page.context["rows"]] == [
        ("1", "One"), ("1.1", "Three"), ("1.2", "Two"),
    ]  # fmt: skip
    post(chair, "desk_meetings:move_item", meeting, item["Two"].pk, "remove")
    assert AgendaItem.objects.count() == 2


def test_a_paper_is_announced_handed_in_and_read(now, tmp_path):
    body, people = make_assembly(2)
    meeting = make_convened_meeting(body, starts_at=now + timedelta(days=30), now=now)
    item, chair = make_item(meeting), browser_of(people[0])
    post(chair, "desk_meetings:new_paper", meeting, item.pk, title_en="Budget", title_zh="预算")
    path = reverse("desk_meetings:new_version", args=[meeting.ref.number, 1])
    chair.post(path, {"language": "en", "file": SimpleUploadedFile("budget.txt", b"Figures.\n")})
    member = browser_of(people[1])
    assert f"{meeting.ref.number}/1" in get(member, "my_meetings:meeting", meeting).content.decode()
    answer = get(member, "my_meetings:file", meeting, 1, "en")
    assert b"".join(answer.streaming_content) == b"Figures.\n"
    assert get(member, "my_meetings:file", meeting, 1, "zh-hans").status_code == 404
    assert "withdrawn: Error" in post(chair, "desk_meetings:withdraw_paper", meeting, 1, reason="Error")
    assert get(member, "my_meetings:file", meeting, 1, "en").status_code == 404


def test_a_meeting_is_run_from_one_page(now):
    meeting, people = open_now(now, present=(0, 1, 2))
    one, two = make_item(meeting, title_en="First"), make_item(meeting, title_en="Second")
    chair = browser_of(people[0])

    def on(item, verb, **said):
        return post(chair, "desk_meetings:act_on_item", meeting, item.pk, verb, **said)

    assert "Next: 1 First" in get(chair, "desk_meetings:run", meeting).content.decode()
    on(one, "take-up")
    on(one, "ask", person=people[1].pk, stance="pro")
    on(one, "ask", person=people[2].pk, stance="order")
    first, second = Speech.objects.order_by("asked_at")
    for speech, verb in ((second, "give"), (second, "end"), (first, "give"), (first, "pause")):
        post(chair, "desk_meetings:act_on_speech", meeting, speech.pk, verb)
    on(one, "list")
    text = post(chair, "desk_meetings:act_on_speech", meeting, first.pk, "limit", seconds="0")
    assert "points of order are still taken" in text and "Seconds:" in text
    on(one, "recuse", person=people[2].pk, reason="Related")
    text = on(one, "vote", method="roll_call", majority="two_thirds", base="present")
    assert "Run this ballot" in text and "two thirds" in text
    assert "A ballot is open" in on(one, "finish")
    ballot = Ballot.objects.get()
    assert (ballot.question_en, ballot.majority) == ("First", "two_thirds")
    post(chair, "desk_ballots:act", ballot, "close", casting="")
    on(two, "take-up")
    on(two, "adjourn", reason="No time")
    assert list(AgendaItem.objects.order_by("position").values_list("state", flat=True)) == [
        "done",
        "adjourned",
    ]
    assert "closed" in post(chair, "desk_meetings:act", meeting, "close")


def test_a_recused_chair_reads_on_and_another_runs_it(now):
    body, people = make_assembly(3)
    meeting = make_open_meeting(body, starts_at=now + timedelta(minutes=5), now=now, reason="Urgent")
    for person in people:
        arrive(meeting, person, now=now)
    item = make_current_item(meeting, now=now)
    actions.recuse(item=item, person=people[0], reason="Related", actor=INSTALLER, now=now)
    text = get(browser_of(people[0]), "desk_meetings:run", meeting).content.decode()
    assert "Recused on this item" in text and "Put to the vote" not in text
    assert get(browser_of(people[1]), "desk_meetings:run", meeting).status_code == 404
    sign_in_with(desk := Client(HTTP_ACCEPT_LANGUAGE="en"), "desk.run")
    post(desk, "desk_meetings:attend", meeting, "choose", person=people[1].pk, back="run")
    assert "Put to the vote" in get(browser_of(people[1]), "desk_meetings:run", meeting).content.decode()
    recusal = Recusal.objects.get()
    post(desk, "desk_meetings:lift", meeting, recusal.pk, reason="Error")
    recusal.refresh_from_db()
    assert recusal.lifted_at is not None


def test_attendance_by_hand(now):
    meeting, people = open_now(now, present=(0,))
    chair = browser_of(people[0])
    assert get(chair, "desk_meetings:attendance", meeting).content.decode().count("Is here") == 3
    for n, verb, mode in ((1, "arrive", "room"), (2, "arrive", "remote"), (1, "depart", "")):
        post(chair, "desk_meetings:attend", meeting, verb, person=people[n].pk, mode=mode)
    there = Attendance.objects.filter(left_at=None).order_by("arrived_at")
    assert list(there.values_list("person", "mode", "by_hand")) == [
        (people[0].pk, "room", True), (people[2].pk, "remote", True),
    ]  # fmt: skip
    guest = make_person()
    text = post(chair, "desk_meetings:attend", meeting, "guest", person=guest.ref.number, mode="room")
    assert "Also there" in text
    assert len(get(chair, "desk_meetings:attendance", meeting, q=str(people[2])).context["seated"]) == 1


def test_a_chair_who_is_not_there_is_told_why_she_runs_nothing(now):
    meeting, people = open_now(now)
    text = get(browser_of(people[0]), "desk_meetings:run", meeting).content.decode()
    assert "You hold the chair once you are there" in text and "Close the meeting" not in text


def _desk():
    sign_in_with(client := Client(HTTP_ACCEPT_LANGUAGE="en"), "desk.run")
    return client


def test_a_member_comes_speaks_and_leaves(now):
    meeting, people = open_now(now, present=(0,))
    make_current_item(meeting, now=now)
    member = browser_of(people[1])
    assert "Meetings" in member.get(reverse("my_meetings:meetings")).content.decode()
    assert "I am here, in the room" in get(member, "my_meetings:meeting", meeting).content.decode()
    assert "You are there" in post(member, "my_meetings:act", meeting, "attend", mode="room")
    text = post(member, "my_meetings:act", meeting, "ask", stance="contra")
    assert "Take me off the list" in text
    post(member, "my_meetings:act", meeting, "stop", speech=Speech.objects.get().pk)
    assert Speech.objects.get().state == "withdrawn"
    item = AgendaItem.objects.get()
    assert "You take no part" in post(
        member, "my_meetings:act", meeting, "recuse", item=item.pk, reason="My firm"
    )
    post(member, "my_meetings:act", meeting, "leave")
    assert Attendance.objects.get(person=people[1]).left_at is not None


def test_a_member_gives_a_proxy_and_another_answers(now):
    body, people = make_assembly(3, proxies_each=1)
    meeting = make_convened_meeting(body, starts_at=now + timedelta(days=30), now=now)
    giver, holder = browser_of(people[1]), browser_of(people[2])
    place = get(giver, "my_meetings:meeting", meeting).context["me"].votes[0].place.source
    assert "Given to" in post(giver, "my_meetings:act", meeting, "offer", place=place, holder=people[2].pk)
    proxy = Proxy.objects.get()
    assert "Answer the proxy of" in holder.get("/my/").content.decode()
    assert "Proxies you hold" in post(
        holder, "my_meetings:act", meeting, "answer", proxy=proxy.pk, answer="accept"
    )
    other = browser_of(people[0])
    refused = other.post(reverse("my_meetings:act", args=[meeting.ref.number, "revoke"]), {"proxy": proxy.pk})
    assert refused.status_code == 404
    assert "Give it to another" in post(giver, "my_meetings:act", meeting, "revoke", proxy=proxy.pk)


def test_the_screen_shows_the_item_the_speaker_and_the_vote(now):
    meeting, people = open_now(now, present=(0, 1, 2))
    item = make_current_item(meeting, now=now, title_en="Shall we?")
    speech = actions.ask_for_floor(item=item, person=people[1], stance="pro", actor=INSTALLER, now=now)
    actions.give_floor(speech=speech, actor=INSTALLER, now=now)
    chair = browser_of(people[0])
    text = get(chair, "desk_meetings:screen", meeting).content.decode()
    assert "Shall we?" in text and str(people[1]) in text and 'http-equiv="refresh"' in text
    actions.put_to_the_vote(
        item=item, question_en="Yes or no?", question_zh="可否？", actor=INSTALLER, now=now
    )
    text = get(chair, "desk_meetings:screen", meeting).content.decode()
    assert "Yes or no?" in text and "tally-svg" in text


def test_the_screen_hides_what_is_hidden(now):
    meeting, people = open_now(now, present=(0,))
    make_current_item(meeting, now=now, title_en="Secret matter", audience="closed")
    text = get(browser_of(people[0]), "desk_meetings:screen", meeting).content.decode()
    assert "Secret matter" not in text and "Closed session" in text


def test_the_public_reads_what_is_public_and_nothing_else(client, now):
    body, _people = make_assembly(1)
    meeting = make_convened_meeting(
        body,
        audience="public",
        link="https://example.org/secret-link",
        starts_at=now + timedelta(days=30),
        now=now,
    )
    for audience in ("public", "body", "closed"):
        item = make_item(meeting, title_en=f"Item for {audience}", audience=audience)
        make_paper_version(make_item(meeting, title_en=f"Under {audience}", parent=item, audience="public"))
    hidden = make_convened_meeting(body, starts_at=now + timedelta(days=30), now=now)
    planned = make_meeting(body, audience="public")
    make_paper(make_item(planned))

    text = client.get(reverse("site:meeting", args=[meeting.ref.number])).content.decode()

    assert "Item for public" in text and "Under public" in text
    assert not any(
        word in text for word in ("for body", "for closed", "Under body", "Under closed", "secret-link")
    )
    answers = {n: client.get(reverse("site:paper", args=[meeting.ref.number, n, "en"])) for n in (1, 2, 3)}
    assert {n: answer.status_code for n, answer in answers.items()} == {1: 200, 2: 404, 3: 404}
    assert b"".join(answers[1].streaming_content).startswith(b"%PDF")
    for other in (hidden, planned):
        for name in ("site:meeting", "site:meeting_calendar"):
            assert client.get(reverse(name, args=[other.ref.number])).status_code == 404
    listed = client.get(reverse("site:meetings")).content.decode()
    assert (
        meeting.ref.number in listed and hidden.ref.number not in listed and planned.ref.number not in listed
    )


def test_calendars_hold_the_link_for_members_alone(client, now):
    body, people = make_assembly(1)
    meeting = make_convened_meeting(
        body, audience="public", link="https://example.org/room", place="Hall 1, East", now=now,
        starts_at=(now + timedelta(days=30)).replace(microsecond=0),
    )  # fmt: skip
    anybody = client.get(reverse("site:meeting_calendar", args=[meeting.ref.number]))
    member = get(browser_of(people[0]), "my_meetings:calendar", meeting)
    assert anybody["Content-Type"] == "text/calendar; charset=utf-8"
    assert b"LOCATION:Hall 1\\, East\r\n" in anybody.content and b"example.org/room" not in anybody.content
    assert b"https://example.org/room" in member.content
    assert f"DTSTART:{meeting.starts_at:%Y%m%dT%H%M%SZ}\r\n".encode() in anybody.content


@pytest.mark.parametrize("name", ["meeting", "run", "screen", "attendance", "change", "new_item"])
def test_who_comes_in_and_who_does_not(client, name, now):
    meeting, people = open_now(now, size=2)
    actions.record_arrival(meeting=meeting, person=people[0], actor=INSTALLER, now=now)
    sign_in_with(reader := Client(), "desk.read")
    found = {
        "chair": browser_of(people[0]), "member": browser_of(people[1]), "reader": reader,
        "somebody": browser_of(make_person(account=make_account())),
    }  # fmt: skip
    assert {who: get(c, f"desk_meetings:{name}", meeting).status_code for who, c in found.items()} == {
        "chair": 200, "member": 404, "reader": 200, "somebody": 404,
    }  # fmt: skip
    assert get(client, f"desk_meetings:{name}", meeting).status_code == 302


def test_a_reader_of_the_desk_looks_and_does_nothing(now):
    meeting, _people = open_now(now)
    sign_in_with(reader := Client(HTTP_ACCEPT_LANGUAGE="en"), "desk.read")
    assert "You may not do this" in post(reader, "desk_meetings:act", meeting, "close")
    meeting.refresh_from_db()
    assert meeting.state == "open"


def test_what_is_not_there_is_not_there(now):
    meeting, people = open_now(now, present=(0,))
    item, chair = make_item(meeting), browser_of(people[0])
    for name, more in (
        ("act", ["dance"]), ("act_on_item", [item.pk, "dance"]), ("attend", ["dance"]),
        ("move_item", [item.pk, "dance"]), ("act_on_item", [meeting.pk, "take-up"]),
    ):  # fmt: skip
        path = reverse(f"desk_meetings:{name}", args=[meeting.ref.number, *more])
        assert chair.post(path, {"person": people[0].pk}).status_code == 404, name
    assert chair.get(reverse("desk_meetings:meeting", args=["MTG-1999-001"])).status_code == 404


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_every_page_reads_in_both_languages(now, language):
    meeting, people = open_now(now, present=(0, 1))
    make_paper_version(make_current_item(meeting, now=now))
    give_proxy(meeting, people[2], people[1], now=now)
    chair = browser_of(people[0], language)
    title = {"en": "Example session", "zh-hans": "示例会议"}[language]
    for name in ("desk_meetings:meeting", "desk_meetings:run", "desk_meetings:screen", "my_meetings:meeting"):
        assert title in get(chair, name, meeting).content.decode(), name


@pytest.mark.parametrize("size", [1, 3])
@pytest.mark.parametrize(
    ("name", "statements"),
    [
        ("my_meetings:meetings", 11), ("my_meetings:meeting", 37), ("desk_meetings:meeting", 36),
        ("desk_meetings:run", 33), ("desk_meetings:screen", 28), ("desk_meetings:attendance", 27),
    ],
)  # fmt: skip
def test_pages_cost_the_same_for_many(django_assert_num_queries, now, name, statements, size):
    meeting, people = open_now(now, size=size + 2, present=range(size))
    item = make_current_item(meeting, now=now)
    for n in range(size):
        make_paper_version(make_item(meeting, title_en=f"Further {n}"))
        actions.ask_for_floor(item=item, person=people[n], stance="pro", actor=INSTALLER, now=now)
    chair = browser_of(people[0])
    path = reverse(name, args=[] if name.endswith("s:meetings") else [meeting.ref.number])
    with django_assert_num_queries(statements):
        assert chair.get(path).status_code == 200
