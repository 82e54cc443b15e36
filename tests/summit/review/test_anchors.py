"""What scores mean, beside the scale; and how sure a reviewer is: told beside her score, and never counted."""

import json
import subprocess
import sys

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from secretariat.doors.site import recount
from secretariat.engines.bundles import verify
from secretariat.engines.bundles.container import Bundle, write_bundle
from secretariat.summit.calls.queries import rules_of
from secretariat.summit.honours.bundle import selection_files
from secretariat.summit.review import actions, queries
from secretariat.summit.review.models import Review, ReviewDraft
from tests.factories.calls import CRITERIA, make_call, make_open_call
from tests.factories.review import (
    LATER,
    actor_of,
    assignments_of,
    freeze,
    make_call_in_review,
    make_matching,
    make_review,
)
from tests.factories.selections import make_selection

pytestmark = pytest.mark.django_db
ANCHORS = {
    "1": {"en": "Nothing new.", "zh": "毫无新意。"}, "10": {"en": "Opens a way.", "zh": "开辟新路。", "invented": True},
}  # fmt: skip
ANCHORED = [{**CRITERIA[0], "anchors": ANCHORS}, CRITERIA[1]]


def client_of(person, language="en"):
    client = Client(HTTP_ACCEPT_LANGUAGE=language)
    client.force_login(person.account)
    return client


def path_of(row, name="read"):
    number = row.submission.ref.number
    return reverse(f"my_review:{name}", args=[row.submission.call.key, row.stage.key, number])


@pytest.fixture
def row():
    call, _members = make_call_in_review(2, criteria=ANCHORED)
    make_matching(call)
    return assignments_of(call)[0]


@pytest.mark.parametrize(
    ("language", "said", "not_said"),
    [
        ("en", ["Nothing new.", "Opens a way."], "毫无新意。"),
        ("zh-hans", ["毫无新意。", "开辟新路。"], "Nothing new."),
    ],
)
def test_what_scores_mean_stands_at_the_scale_in_her_language(row, language, said, not_said):
    page = client_of(row.reviewer, language).get(path_of(row)).content.decode()

    assert [words in page for words in said] == [True, True] and not_said not in page
    assert page.index(said[0]) < page.index(said[1])
    assert page.count('class="anchors"') == 1  # the other criterion says nothing


def test_what_is_invented_is_marked(row):
    mark = "invented for the simulation"
    assert mark in client_of(row.reviewer).get(path_of(row)).content.decode()
    bare, _ = make_call_in_review(1)
    make_matching(bare)
    other = assignments_of(bare)[0]
    page = client_of(other.reviewer).get(path_of(other)).content.decode()
    assert mark not in page and 'class="anchors"' not in page


@pytest.mark.parametrize(
    ("anchors", "told"),
    [
        ({"11": ANCHORS["1"]}, "'11' is not on its scale"),
        ({"1": {"en": "Only."}}, "'1' is not in both languages"),
    ],
)
def test_an_anchor_off_the_scale_or_in_one_language_is_refused(anchors, told):
    with pytest.raises(ValueError, match=told):
        make_call(criteria=[{**CRITERIA[0], "anchors": anchors}])


def test_what_scores_mean_is_one_of_the_rules():
    assert rules_of(make_open_call(criteria=ANCHORED))["further"]["anchors"] == {"depth": ANCHORS}
    assert "anchors" not in rules_of(make_open_call())["further"]


def test_how_sure_she_is_goes_from_the_draft_into_the_review(row):
    client = client_of(row.reviewer)
    scores = {"score-depth": "7", "score-benefit": "5"}
    client.post(path_of(row, "draft"), {"score-depth": "7", "confidence": "3"})
    drafted = ReviewDraft.objects.values_list("confidence", flat=True).get()
    page = client.get(path_of(row)).content.decode()
    client.post(path_of(row), {**scores, "act": "hand_in", "confidence": "2"})

    assert drafted == 3
    assert [f'value="{n}" id="id_confidence_{n - 1}" checked' in page for n in (1, 2, 3, 4)] == [
        False,
        False,
        True,
        False,
    ]
    assert Review.objects.get().confidence == 2
    done = client.get(path_of(row)).content.decode()
    assert "How sure you were" in done and "<dd>some</dd>" in done


def test_it_may_be_left_out(row):
    scores = {"score-depth": "7", "score-benefit": "5"}
    client_of(row.reviewer).post(path_of(row), {**scores, "act": "hand_in"})
    assert Review.objects.get().confidence is None
    assert "How sure you were" not in client_of(row.reviewer).get(path_of(row)).content.decode()


@pytest.mark.parametrize("confidence", [0, 5, -1])
def test_what_is_off_its_scale_is_refused(row, confidence):
    acting = {"assignment": row, "scores": {"depth": 7, "benefit": 5}, "confidence": confidence}
    for act in (actions.save_review_draft, actions.hand_in_review):
        with pytest.raises(ValueError, match="from 1"):
            act(**acting, actor=actor_of(row.reviewer), now=LATER)
    review = Review(assignment=row, scores={}, overall=5, handed_in_at=LATER, confidence=confidence)
    with pytest.raises(DatabaseError, match="confidence"), transaction.atomic():
        review.save()
    assert not Review.objects.exists() and not ReviewDraft.objects.exists()


def test_a_list_is_the_same_whatever_they_are_sure_of():
    def entries(sure):
        play = make_selection("frozen", sure=sure)
        return [
            (row.rank, row.score, row.p_above)
            for row in play.list("recommended").entries.order_by("position")
        ]

    assert entries({}) == entries({0: 1, 1: 4, 2: 2})


@pytest.mark.parametrize("sure", [{}, {0: 4, 3: 1}])
def test_both_verifiers_accept_a_bundle_with_and_without(sure, tmp_path):
    files = selection_files(make_selection("conferred", sure=sure).call)
    said = [row["confidence"] for row in files["reviews.json"] if "confidence" in row]
    steps = verify.verify_selection(Bundle(files, ()))
    write_bundle(tmp_path / "selection.zip", files)
    told = subprocess.run(
        [sys.executable, "-I", "-S", recount.__file__, str(tmp_path / "selection.zip")],
        capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip

    assert sorted(said) == sorted([*sure.values()] * 2)
    assert [(step.step, step.found) for step in steps if not step.ok] == []
    assert (told.returncode, told.stdout.splitlines()[-1]) == (0, "It holds.")


def test_one_who_says_more_than_sure_departs_from_the_shape():
    files = json.loads(json.dumps(selection_files(make_selection("frozen", sure={0: 4}).call)))
    next(row for row in files["reviews.json"] if "confidence" in row)["confidence"] = 9
    objections = [step.found for step in verify.verify_selection(Bundle(files, ())) if not step.ok]
    assert "confidence" in objections[0]


def test_the_chair_sees_it_beside_the_score():
    call, members = make_call_in_review(1, members=3)
    make_matching(call)
    rows = assignments_of(call)
    for row, sure in zip(rows, (4, 1), strict=True):
        make_review(row, confidence=sure)
    page = client_of(members[0]).get(
        reverse("desk_review:item", args=[call.key, rows[0].submission.ref.number])
    )
    freeze(call)

    cells = [f"<td>{word}</td>" in page.content.decode() for word in ("sure", "low", "good")]
    assert cells == [True, True, False]
    assert [review["confidence"] for review in queries.reviews_of(call) if "confidence" in review] in (
        [4, 1],
        [1, 4],
    )
