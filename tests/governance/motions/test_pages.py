import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from secretariat.foundation.accounts.models import Account
from secretariat.governance.ballots.models import Ballot
from secretariat.governance.motions.models import Amendment, Backing, Follower, Motion, Requirement, Version
from tests.factories.accounts import make_account
from tests.factories.ballots import make_council, vote
from tests.factories.motions import (
    TEXT,
    decide,
    fresh,
    make_amendment,
    make_draft,
    make_motion,
    make_submitted,
)
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


def at(name, motion, *more):
    return reverse(name, args=[motion.ref.number, *more])


def read(client, name, motion, *more):
    return client.get(at(name, motion, *more)).content.decode()


def press(client, name, motion, *more, **said):
    return client.post(at(name, motion, *more), said, follow=True).content.decode()


def written(text=TEXT, **said):
    fields = {
        "count": len(text),
        "title_en": "On words",
        "title_zh": "关于文字",
        "kind": "ordinary",
        "reason": "So.",
    }
    for number, paragraph in enumerate(text):
        fields |= {f"p{number}_en": paragraph.en, f"p{number}_zh": paragraph.zh}
    return {**fields, **said}


def test_a_member_writes_a_motion_and_submits_it(now):
    body, people = make_council(2)
    member = browser_of(people[1])
    place = f"{body.ref.number} {people[1].pk}"
    answer = member.post(reverse("my_motions:new"), {"place": place, "kind": "statutes"})
    motion = Motion.objects.get()
    assert answer.headers["Location"] == at("my_motions:write", motion)

    saved = member.post(at("my_motions:autosave", motion), written(revision=0))
    assert (saved.status_code, saved.json()) == (200, {"fields": {"revision": 1}})
    more = member.post(at("my_motions:write", motion), written(revision=1, do="more:0"))
    assert [row["en"].value() for row in more.context["form"].pairs()] == [
        TEXT[0].en,
        "",
        TEXT[1].en,
        TEXT[2].en,
    ]
    less = member.post(at("my_motions:write", motion), written(revision=1, do="less:1"))
    assert [row["zh"].value() for row in less.context["form"].pairs()] == [TEXT[0].zh, TEXT[2].zh]
    member.post(at("my_motions:write", motion), written(revision=1, do="read", kind="procedural"))
    text = press(member, "my_motions:act", motion, "submit")

    motion = fresh(motion)
    assert (motion.state, motion.kind, motion.title_zh, motion.text) == (
        "submitted",
        "procedural",
        "关于文字",
        list(TEXT),
    )
    assert f"{body.key.upper()}/{now.year}/1" in text and "Revise" in text


def test_what_another_saved_meanwhile_stands_beside(now):
    body, people = make_council(1)
    motion, member = make_draft(body, people[0], now=now), browser_of(people[0])
    assert member.post(at("my_motions:autosave", motion), written(revision=0)).status_code == 409
    answer = member.post(at("my_motions:write", motion), written(revision=0, title_en="Mine"))
    text = answer.content.decode()
    assert (
        answer.status_code == 409
        and "Another mover has saved another text" in text
        and 'value="Mine"' in text
    )
    assert answer.context["form"]["revision"].value() == "1"
    member.post(at("my_motions:write", motion), written(revision=1, title_en="Mine"))
    assert fresh(motion).title_en == "Mine"


def test_what_the_page_itself_saved_just_before_is_no_other_text(now):
    body, people = make_council(1)
    motion, member = make_draft(body, people[0], now=now), browser_of(people[0])
    assert member.post(at("my_motions:autosave", motion), written(revision=1)).status_code == 200
    same = member.post(at("my_motions:write", motion), written(revision=1, do="read"))
    assert (same.status_code, same.headers["Location"]) == (302, at("my_motions:motion", motion))
    assert (
        member.post(at("my_motions:write", motion), written(revision=1, kind="statutes")).status_code == 409
    )
    assert fresh(motion).kind == "ordinary"


def test_a_submitted_motion_is_revised_as_a_new_version(now):
    body, people = make_council(1)
    motion, member = make_submitted(body, people[0], now=now), browser_of(people[0])
    assert "data-autosave=" not in read(member, "my_motions:write", motion)
    wrong = member.post(at("my_motions:write", motion), written(title_en=""))
    assert wrong.status_code == 422 and "title in English and in Chinese" in wrong.content.decode()
    assert member.post(at("my_motions:autosave", motion), written(revision=1)).status_code == 403
    member.post(at("my_motions:write", motion), written(text=TEXT[:1], do="read"))
    assert list(Version.objects.order_by("number").values_list("number", "stage")) == [
        (1, "submitted"),
        (2, "revised"),
    ]


def test_a_member_seconds_follows_and_amends_at_a_paragraph(now):
    body, people = make_council(3)
    motion, member = make_motion(body, people[0], now=now), browser_of(people[1])
    page = read(member, "my_motions:motion", motion)
    assert all(at("my_motions:amend", motion, number) in page for number in range(4))
    assert "Second it" in page and "Seconded by" not in page and "Accept it" not in page
    press(member, "my_motions:act", motion, "second")
    assert "Seconded by" in read(member, "my_motions:motion", motion)
    press(member, "my_motions:act", motion, "follow")
    assert list(Backing.objects.filter(part="seconder").values_list("by", flat=True)) == [people[1].pk]
    assert Follower.objects.get().person == people[1]

    form = read(member, "my_motions:amend", motion, 2)
    assert "Example paragraph 2." in form and "示例第2段。" in form
    said = {
        "doing": "replace",
        "text_en": "Example paragraph two.",
        "text_zh": "示例第二段。",
        "reason": "Words.",
    }
    text = press(member, "my_motions:amend", motion, 2, **said)

    assert "<del>" in text and "two" in text and "Words." in text
    press(member, "my_motions:amend", motion, 0, doing="insert", text_en="First of all.", text_zh="首先。")
    press(member, "my_motions:amend", motion, 3, doing="delete", text_en="left over", text_zh="")
    found = [(a.number, a.doing, a.paragraph, a.text_en) for a in Amendment.objects.order_by("number")]
    assert found == [
        (1, "replace", 2, "Example paragraph two."), (2, "insert", 0, "First of all."), (3, "delete", 3, ""),
    ]  # fmt: skip
    empty = member.post(at("my_motions:amend", motion, 1), {"doing": "replace", "text_en": "", "text_zh": ""})
    assert empty.status_code == 422 and "English and in Chinese" in empty.content.decode()


def test_a_mover_answers_and_the_text_reads_as_amended(now):
    body, people = make_council(2)
    motion = make_motion(body, people[0], now=now)
    make_amendment(motion, people[1], now=now)
    make_amendment(motion, people[1], paragraph=2, now=now)
    mover = browser_of(people[0])
    assert "Accept it" in read(mover, "my_motions:motion", motion)
    text = press(mover, "my_motions:act_on_amendment", motion, 1, "accept")
    assert "As it would read by now" in text and "accepted by the movers" in text
    press(mover, "my_motions:act_on_amendment", motion, 2, "decline")
    press(browser_of(people[1]), "my_motions:act_on_amendment", motion, 2, "step-back")
    assert [a.state for a in Amendment.objects.order_by("number")] == ["accepted", "withdrawn"]


def test_a_withdrawn_motion_is_taken_over(now):
    body, people = make_council(2)
    motion = make_motion(body, people[0], now=now)
    assert "withdrawn" in press(browser_of(people[0]), "my_motions:act", motion, "step-back")
    other = browser_of(people[1])
    assert "You may take it over" in read(other, "my_motions:motion", motion)
    assert "admitted" in press(other, "my_motions:act", motion, "take-over")
    assert fresh(motion).state == "admitted"


def test_the_desk_leads_from_the_submission_to_the_published_text(now):
    body, people = make_council(3)
    motion, client = make_submitted(body, people[0], now=now), desk()
    assert "Admit" in read(client, "desk_motions:motion", motion)
    press(client, "desk_motions:act", motion, "admit")
    for person in people[1:]:
        make_amendment(fresh(motion), person, now=now)
    page = read(client, "desk_motions:motion", motion)
    assert "Set the order of votes first" in page and "Amendments to vote on" in page
    press(client, "desk_motions:order", motion, a1=2, a2=1)
    assert list(Amendment.objects.order_by("position").values_list("number", flat=True)) == [2, 1]
    text = press(client, "desk_motions:act_on_amendment", motion, 2, "vote", method="roll_call")
    ballot = Ballot.objects.get()
    assert ballot.state == "open" and f"{fresh(motion).code} A2" in text

    for person in people:
        vote(ballot, person, "yes", now=now)
    client.post(reverse("desk_ballots:act", args=[ballot.ref.number, "close"]), {"casting": ""})
    assert "Falls or stays?" in read(client, "desk_motions:motion", motion)
    press(
        client, "desk_motions:act_on_amendment", motion, 1, "rule", falls="falls", reason="Replaced already."
    )
    press(client, "desk_motions:act", motion, "vote", method="roll_call")
    ballot = Ballot.objects.get(state="open")
    for person in people:
        vote(ballot, person, "yes", now=now)
    client.post(reverse("desk_ballots:act", args=[ballot.ref.number, "close"]), {"casting": ""})
    page = read(client, "desk_motions:motion", motion)
    assert "As adopted" in page and "Replaced already." in page
    press(client, "desk_motions:act", motion, "publish")

    assert (fresh(motion).state, fresh(motion).published_at is None) == ("adopted", False)


def test_what_is_refused_stands_above_the_form(now):
    body, people = make_council(2)
    motion, client = make_motion(body, people[0], now=now), desk()
    first = make_amendment(motion, people[1], now=now)
    make_amendment(motion, people[1], paragraph=2, now=now)
    for name, more, said, message in (
        ("act", ["vote"], {"method": "hands"}, "comes first: it is not decided yet"),
        ("act", ["vote"], {"method": "silence"}, "Say when the silence ends."),
        ("act_on_amendment", [first.number, "vote"], {"method": "hands"}, "Set the order of votes first."),
        ("order", [], {"a1": 1, "a2": 1}, "Each place is given once."),
    ):
        answer = client.post(at(f"desk_motions:{name}", motion, *more), said)
        assert answer.status_code == 422 and message in answer.content.decode(), name
    assert client.get(at("desk_motions:act", motion, "dance")).status_code == 404
    assert Ballot.objects.count() == 0


def test_what_motions_need_is_laid_down(now):
    body, _people = make_council(1)
    client, path = desk(), reverse("desk_motions:requirements")
    said = {"body": body.pk, "kind": "ordinary", "majority": "absolute", "base": "entitled", "seconders": 3}
    text = client.post(path, said, follow=True).content.decode()
    assert list(Requirement.objects.values_list("majority", "base", "seconders")) == [
        ("absolute", "entitled", 3)
    ]
    assert "absolute majority" in text
    assert desk("desk.read").get(path).status_code == 404


@pytest.mark.parametrize("state", ["draft", "submitted", "admitted"])
def test_who_comes_in(client, state, now):
    body, people = make_council(2)
    make = {"draft": make_draft, "submitted": make_submitted, "admitted": make_motion}[state]
    motion = make(body, people[1], now=now)
    somebody = make_person(account=make_account())
    found = {
        "mover": browser_of(people[1]), "chair": browser_of(people[0]), "somebody": browser_of(somebody),
        "desk": desk("desk.read"),
    }  # fmt: skip
    seen = {
        who: tuple(c.get(at(f"{door}_motions:motion", motion)).status_code for door in ("my", "desk"))
        for who, c in found.items()
    }
    readers = (404, 404) if state == "draft" else (200, 200)
    assert seen == {"mover": (200, 404), "chair": readers, "somebody": (404, 404), "desk": readers}
    assert client.get(at("my_motions:motion", motion)).status_code == 302


def test_the_page_of_a_motion_reads_in_chinese(now):
    body, people = make_council(2)
    motion = make_motion(body, people[0], now=now)
    make_amendment(motion, people[1], now=now)
    text = read(browser_of(people[0], "zh-hans"), "my_motions:motion", motion)
    assert "示例动议" in text and 'lang="zh-hans"' in text and "<del>" in text


@pytest.mark.parametrize("size", [1, 3])
@pytest.mark.parametrize(
    ("name", "statements"),
    [("my_motions:motions", 14), ("my_motions:motion", 21), ("desk_motions:motion", 24)],
)
def test_pages_cost_the_same_for_many(django_assert_num_queries, now, size, name, statements):
    body, people = make_council(3)
    motion = make_motion(body, people[0], now=now)
    for _each in range(size):
        make_amendment(motion, people[1], now=now)
        make_submitted(body, people[2], now=now)
    client = browser_of(people[0])
    path = reverse(name) if name.endswith("motions") else at(name, motion)
    with django_assert_num_queries(statements):
        assert client.get(path).status_code == 200


def test_the_list_of_the_desk_shows_what_votes_now(now):
    body, people = make_council(2)
    motion = make_motion(body, people[0], now=now)
    decided = decide(make_motion(body, people[0], now=now, title=("Other", "其他")), people, now=now)
    client = desk()
    press(client, "desk_motions:act", motion, "vote", method="hands")
    text = client.get(reverse("desk_motions:motions")).content.decode()
    assert "the vote is open" in text and decided.code in text and "What motions need" in text
