"""What is decided while a release is set is told to nobody before its minute, and all of it then."""

from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from secretariat.foundation.accounts.actor import SYSTEM, NotAllowed
from secretariat.foundation.notices.models import Notice
from secretariat.foundation.privacy.actions import ask_export, make_export
from secretariat.foundation.privacy.models import Export
from secretariat.foundation.tokens.actions import make_token
from secretariat.record.search.actions import reindex
from secretariat.summit.honours import actions
from secretariat.summit.honours.models import Honour, Release
from secretariat.summit.honours.tasks import release_due
from tests.factories.accounts import make_account
from tests.factories.calls import STAFF
from tests.factories.review import actor_of, make_desk
from tests.factories.selections import _STEPS, make_selection
from tests.journeys.test_leaks import unpacked

pytestmark = pytest.mark.django_db
REFUSAL = "SECRET-refusal"
HOUR = timedelta(hours=1)


def go_on(play, *steps, refuse=()):
    for step in steps:
        play.now += timedelta(minutes=1)
        _STEPS[step](play, dict(refuse), ())
    return play


@pytest.fixture
def play():
    """A release is set before anything is decided; then the committee decides, refusing the second with its reason."""
    play = make_selection("frozen")
    for submission in play.submissions:
        submission.person.account = make_account()
        submission.person.save(update_fields=["account"])
    play.release = set_release(play, play.now + 24 * HOUR)
    return go_on(play, "recommended", "shortlisted", "decided", refuse={1: REFUSAL}.items())


def set_release(play, at, reason="", now=None):
    return actions.set_release(call=play.call, at=at, reason=reason, actor=STAFF, now=now or play.now)


def release(play, now=None):
    release_due(now=now or play.release.at)
    play.release.refresh_from_db()


def client_of(person=None):
    client = Client(HTTP_ACCEPT_LANGUAGE="en")
    if person is not None:
        client.force_login(person.account)
    return client


def doors(play):
    """Everything that could tell how the first was chosen, or the second refused: door -> what it says."""
    first, second = play.submissions[:2]
    key = play.call.key
    reindex(now=timezone.now())
    site = {
        **{name: reverse(f"site:{name}") for name in ("front", "selections", "honours", "calls")},
        "selection": reverse("site:selection", args=[key]), "call": reverse("site:call", args=[key]),
        "entry": reverse("site:entry", args=[key, first.ref.number]),
        "bundle": reverse("site:bundle", args=[key]), "feed": reverse("site:feed"),
        "search": f"{reverse('site:search')}?q={first.ref.number}",
        "api selections": "/api/v1/selections", "api selection": f"/api/v1/selections/{key}",
        "api honours": "/api/v1/honours",
    }  # fmt: skip
    found = {name: client_of().get(path) for name, path in site.items()}
    for role, item in (("first", first), ("second", second)):
        mine = client_of(item.person)
        token = make_token(
            name="A", scopes=["my.read"], days=9, actor=actor_of(item.person), now=timezone.now()
        )[1]
        program = Client(headers={"authorization": f"Bearer {token}"})
        number = item.ref.number
        found |= {
            f"{role} item": mine.get(f"/my/submissions/{number}/"), f"{role} home": mine.get("/my/"),
            f"{role} honours": mine.get(reverse("my_honours:honours")),
            f"{role} api": program.get(f"/api/v1/my/submissions/{number}"),
            f"{role} api honours": program.get("/api/v1/my/honours"),
        }  # fmt: skip
    return {door: words(answer) for door, answer in found.items()}


def words(answer):
    return answer.content.decode("utf-8", "replace") if answer.status_code == 200 else str(answer.status_code)


def telling(play):
    """The doors that tell: by the refusal, the digest of a list, an outcome, an honour, or the item's public page."""
    first = play.submissions[0].ref.number
    signs = (REFUSAL, play.list("recommended").digest[:16], "Recommended: it was", f"{first}-H")
    told = {
        door for door, text in doors(play).items()
        if any(sign in text for sign in signs) or (door in ("entry", "search") and play.title(0) in text)
    }  # fmt: skip
    return told


def told_by_notice():
    return set(
        Notice.objects.filter(kind__in=["results_released", "honour_offered"]).values_list("kind", flat=True)
    )


TOLD = {"selection", "entry", "search", "first item", "second item"}


def test_before_its_minute_no_door_tells_and_then_all_do(play):
    assert telling(play) == set()
    assert told_by_notice() == set()

    release(play, now=play.release.at - timedelta(minutes=1))
    assert (telling(play), told_by_notice()) == (set(), set())

    release(play)
    assert TOLD - telling(play) == set()
    assert told_by_notice() == {"results_released"}


def test_without_a_release_everything_is_told_at_once():
    play = make_selection("recommended")

    assert play.list("recommended").digest[:16] in words(
        client_of().get(reverse("site:selection", args=[play.call.key]))
    )


def test_what_was_told_before_stays_told():
    play = make_selection("recommended")
    page = reverse("site:selection", args=[play.call.key])
    before = words(client_of().get(page))

    set_release(play, play.now + HOUR)

    assert play.list("recommended").digest[:16] in before
    assert play.list("recommended").digest[:16] in words(client_of().get(page))
    go_on(play, "shortlisted")
    assert play.list("shortlist").digest[:16] not in words(client_of().get(page))


def test_offers_are_made_with_the_release_and_not_before(play):
    day = play.release.at + 9 * 24 * HOUR
    assert (
        actions.offer_honours(stage=play.stage("honours"), actor=STAFF, now=play.now, answer_until=day) == []
    )

    assert not Honour.objects.exists()
    assert telling(play) == set()

    release(play)
    assert sorted(Honour.objects.values_list("state", "answer_until").distinct()) == [("offered", day)]
    assert told_by_notice() == {"results_released", "honour_offered"}


def test_what_is_conferred_is_conferred_with_the_release():
    play = make_selection("accepted")
    play.release = set_release(play, play.now + HOUR)
    first = Honour.objects.select_related("submission__call").order_by("position")[0]

    actions.confer_honour(honour=first, actor=STAFF, now=play.now)

    first.refresh_from_db()
    assert (first.state, first.is_held) == ("accepted", True)
    assert play.title(0) not in words(client_of().get(reverse("site:honours")))
    release(play)
    first.refresh_from_db()
    assert (first.state, first.conferred_at) == ("conferred", play.release.at)
    assert Honour.objects.filter(state="accepted").count() == 1  # nobody conferred the other one
    assert play.title(0) in words(client_of().get(reverse("site:honours")))


def test_a_copy_of_her_data_says_nothing_of_it(play):
    person = play.submissions[0].person
    go_on(play, "offered")
    export = ask_export(actor=actor_of(person), now=timezone.now())
    make_export(export_id=export.pk, actor=SYSTEM, now=timezone.now())

    with default_storage.open(Export.objects.get().storage_key, "rb") as copy:
        text = unpacked(copy.read())
    assert play.submissions[0].ref.number in text
    assert (REFUSAL in text, f"{play.submissions[0].ref.number}-H" in text) == (False, False)


def test_it_is_released_once(play):
    go_on(play, "offered")
    release(play)
    counts = (Honour.objects.count(), Notice.objects.count())

    release(play, now=play.release.at + HOUR)
    actions.release_results(release=play.release, actor=SYSTEM, now=play.release.at + HOUR)

    assert (Honour.objects.count(), Notice.objects.count()) == counts
    assert play.release.released_at == play.release.at


def test_all_or_nothing(play, monkeypatch):
    go_on(play, "offered")

    def fail(*_args, **_kw):
        raise RuntimeError("no room")

    monkeypatch.setattr(actions, "_tell_applicants", fail)
    with pytest.raises(ExceptionGroup):
        release_due(now=play.release.at)

    assert Release.objects.get().released_at is None
    assert not Honour.objects.exists()
    assert telling(play) == set()


def test_it_is_put_off_and_brought_forward_with_a_reason_until_it_has_happened(play):
    later, sooner = play.release.at + 24 * HOUR, play.release.at - HOUR
    with pytest.raises(ValueError, match="with a reason"):
        set_release(play, later)
    set_release(play, later, "The hall is not free.")
    release(play)
    assert telling(play) == set()

    changed = set_release(play, sooner, "It is free again.")
    assert (changed.pk, changed.set_at) == (play.release.pk, play.release.set_at)
    release(play, now=sooner)
    assert TOLD - telling(play) == set()

    again = set_release(play, sooner + HOUR, now=sooner)  # for what is decided after it
    assert again.pk != changed.pk
    assert TOLD - telling(play) == set()


def test_a_moment_that_is_over_cannot_be_set(play):
    with pytest.raises(ValueError, match="lies in the past"):
        set_release(play, play.now - HOUR, "Late.")
    with pytest.raises(NotAllowed):
        actions.set_release(call=play.call, at=play.now + HOUR, reason="", actor=SYSTEM, now=play.now)
    with pytest.raises(NotAllowed):
        actions.release_results(release=play.release, actor=STAFF, now=play.release.at)


def test_proofs_of_the_book_wait_for_it(play):
    with pytest.raises(ValueError, match="told with the release"):
        actions.prepare_book(call=play.call, proof_until=play.now + 99 * HOUR, actor=STAFF, now=play.now)


def test_the_desk_sets_it_by_the_page(play):
    desk = client_of(make_desk("desk.run", "desk.read"))
    path = reverse("desk_honours:release", args=[play.call.key])
    day = (timezone.localdate() + timedelta(days=3)).isoformat()

    page = words(desk.post(path, {"at": f"{day}T09:30", "reason": ""}, follow=True))
    assert "put off or brought forward with a reason" in page
    page = words(desk.post(path, {"at": f"{day}T09:30", "reason": "The opening."}, follow=True))
    assert ("The release is set." in page, "The opening." in page) == (True, True)
    assert Release.objects.get().at.astimezone(timezone.get_fixed_timezone(480)).strftime("%H:%M") == "09:30"
    assert "Give the day and the minute" in words(desk.post(path, {"at": "soon"}, follow=True))
