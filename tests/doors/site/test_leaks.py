"""Nothing that is not public can be read from any page. Every test first makes what could leak."""

import re

import pytest
from django.urls import reverse

from secretariat.registry.people.models import Person
from secretariat.summit.review.models import Pseudonym, Review
from tests.factories.selections import STEPS, make_selection

pytestmark = pytest.mark.django_db
BEFORE_DECISION = ("open", "eligible", "reviewed", "frozen")
BEFORE_CONFERRAL = ("recommended", "decided", "offered", "accepted")


def pages(client, play):
    """Everything a stranger can open about a selection, as text; 404 stands for itself."""
    paths = [
        reverse("site:front"),
        reverse("site:selections"),
        reverse("site:selection", args=[play.call.key]),
        reverse("site:bundle", args=[play.call.key]),
        reverse("site:log"),
        reverse("site:archive"),
        reverse("site:members"),
    ]
    everything = [*play.submissions, play.draft, play.withdrawn, play.ineligible]
    paths += [reverse("site:entry", args=[play.call.key, s.ref.number]) for s in everything]
    return {path: client.get(path) for path in paths}


def readable(client, play):
    found = pages(client, play).values()
    return "\n".join(r.content.decode(errors="replace") for r in found if r.status_code == 200)


def titles(play):
    return {s.title_en for s in [*play.submissions, play.withdrawn, play.ineligible]}


@pytest.mark.parametrize("until", BEFORE_DECISION)
def test_before_the_decision_no_item_is_named_and_no_list_is_shown(client, until):
    play = make_selection(until)

    text = readable(client, play)

    assert {title for title in titles(play) if title in text} == set()
    assert not re.search(r"C\d+-\d{3}", text)
    assert Pseudonym.objects.exists() == (STEPS.index(until) >= STEPS.index("assigned"))
    if until == "frozen":
        assert play.list("recommended").digest[:12] not in page_of(client, play)


def page_of(client, play):
    return client.get(reverse("site:selection", args=[play.call.key])).content.decode()


@pytest.mark.parametrize("until", BEFORE_CONFERRAL)
def test_offers_in_confidence_cannot_be_read_from_any_page(client, until):
    """Between the decision and the conferral the pages are the same whichever items will be honoured."""
    play = make_selection(until)
    found = pages(client, play)
    page = page_of(client, play)

    named = [s for s in play.submissions if found[entry_path(play, s)].status_code == 200]
    shown = {
        name: [o.step.key for o in found[entry_path(play, s)].context["outcomes"]]
        for name, s in enumerate(named)
    }

    assert named == play.submissions[:3]
    assert shown == {
        0: ["eligible", "recommended"],
        1: ["eligible", "recommended"],
        2: ["eligible", "recommended"],
    }
    assert "chip--honour" not in page
    assert found[reverse("site:bundle", args=[play.call.key])].status_code == 404


def entry_path(play, submission):
    return reverse("site:entry", args=[play.call.key, submission.ref.number])


def test_only_recommended_items_have_a_page(client):
    play = make_selection()

    found = pages(client, play)

    everything = [*play.submissions, play.draft, play.withdrawn, play.ineligible]
    assert [s for s in everything if found[entry_path(play, s)].status_code == 200] == play.submissions[:3]


def test_the_pages_of_a_complete_selection_name_the_recommended_items_only(client):
    play = make_selection("published")

    text = readable(client, play)

    assert {title for title in titles(play) if title in text} == {play.title(n) for n in range(3)}
    assert "Title of entry 8" in play.draft.draft["title"]["en"]
    assert "Title of entry 8" not in text


def test_what_is_not_honoured_says_nothing_of_the_lists_after_the_recommended_one(client):
    play = make_selection()

    outcomes = client.get(entry_path(play, play.submissions[2])).context["outcomes"]

    assert [o.step.key for o in outcomes] == ["eligible", "recommended"]


def test_who_declined_looks_like_who_was_never_offered(client):
    play = make_selection(decline=[1])

    declined = client.get(entry_path(play, play.submissions[1]))
    never = client.get(entry_path(play, play.submissions[2]))

    assert [o.step.key for o in declined.context["outcomes"]] == [
        o.step.key for o in never.context["outcomes"]
    ]
    assert declined.context["honour"] is None
    assert play.title(1) in page_of(client, play)
    assert "declined" not in readable_pages(client, play)


def readable_pages(client, play):
    found = pages(client, play)
    return "\n".join(r.content.decode() for r in found.values() if r["Content-Type"].startswith("text/html"))


def test_reviewers_are_pseudonyms_and_their_words_stay_in_the_committee(client):
    play = make_selection("published")
    names = {p.pk: str(p) for p in Person.objects.filter(pk__in=[r.pk for r in play.reviewers])}
    assert Review.objects.filter(comment="For the committee only.").exists()

    text = readable(client, play)

    assert {name for name in names.values() if name in text} == set()
    assert {str(pk) for pk in names if str(pk) in text} == set()
    assert "For the committee only." not in text
    assert set(Pseudonym.objects.values_list("name", flat=True)) & set(re.findall(r"R\d+", text))


def test_fields_for_the_committee_and_for_named_persons_stay_there(client):
    play = make_selection("published")

    text = readable(client, play)

    assert "Summary of entry 1." in text
    assert "for the committee 1" not in text
    assert "named-only-1" not in text


def test_scores_of_items_that_were_not_recommended_are_on_no_page(client):
    play = make_selection()
    scores = {
        f"{entry.score:.2f}": entry.submission_id
        for entry in play.list("recommended").entries.filter(outcome="cut")
    }
    assert len(scores) == 2

    text = readable_pages(client, play)

    assert {score for score in scores if score in text} == set()


def test_a_refused_item_is_told_by_number_and_reason_only(client):
    play = make_selection(refuse={1: "It was shown elsewhere."})

    page = page_of(client, play)

    assert "It was shown elsewhere." in page
    assert play.title(1) not in page
    assert client.get(entry_path(play, play.submissions[1])).status_code == 404


def test_what_was_withdrawn_later_keeps_its_number_and_loses_its_words(client):
    from secretariat.summit.calls.actions import withdraw
    from tests.factories.calls import STAFF

    play = make_selection()
    withdraw(submission=play.submissions[2], reason="Changed plans", actor=STAFF, now=play.now)

    page = page_of(client, play)

    assert play.submissions[2].ref.number in page
    assert play.title(2) not in page
    assert client.get(entry_path(play, play.submissions[2])).status_code == 404


def test_an_applicant_who_refused_the_printed_entry_is_not_quoted_here_either(client):
    from secretariat.record.publications.actions import answer_proof, prepare_publication
    from secretariat.summit.honours.book import proofs_of
    from tests.factories.accounts import make_actor
    from tests.factories.calls import STAFF

    play = make_selection()
    stage = play.stage("recommended")
    publication = prepare_publication(
        key="book", title={"en": "Book", "zh": "书"}, subtitle={}, list_digest=play.list("recommended").digest,
        proofs=proofs_of(stage), proof_until=play.now, simulated=True, actor=STAFF, now=play.now,
    )  # fmt: skip
    entry = publication.entries.get(item=play.submissions[0].ref)
    answer_proof(
        entry=entry, approve=False, actor=make_actor(person=play.submissions[0].person), now=play.now
    )

    page = client.get(entry_path(play, play.submissions[0])).content.decode()

    assert play.title(0) in page
    assert "Summary of entry 1." not in page
    assert client.get(reverse("site:book", args=["book"])).status_code == 404


@pytest.mark.parametrize("state", ["draft", "cancelled"])
def test_a_call_that_was_never_opened_is_not_there(client, state):
    from secretariat.summit.calls.models import Call
    from tests.factories.calls import make_call

    call = make_call()
    if state == "cancelled":
        Call.objects.filter(pk=call.pk).update(state="cancelled")

    assert client.get(reverse("site:selection", args=[call.key])).status_code == 404
    assert call.key not in client.get(reverse("site:selections")).content.decode()
