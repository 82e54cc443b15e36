"""``secretariat call`` from the conflicts to the bundle: who may, what is refused, what comes of it."""

import shlex

import pytest
from django.core.management import call_command

from secretariat import cli
from secretariat.foundation.accounts.actions import give_grant
from secretariat.record.publications.models import PublicationEntry
from secretariat.simulation.driving.answers import No, Refused
from secretariat.summit.honours.models import Honour
from secretariat.summit.review.models import Assignment, Conflict, Decision, Matching, Review
from secretariat.summit.review.queries import pseudonyms
from tests.factories.accounts import INSTALLER, NOW, TODAY, make_account
from tests.factories.people import make_affiliation
from tests.factories.selections import make_selection

AFTER = "2022-12-01T10:00"

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def desk():
    account = make_account("desk@example.org")
    for right in ("desk.run", "desk.read"):
        give_grant(account=account, right=right, starts_on=TODAY, reason="Test", actor=INSTALLER, now=NOW)


@pytest.fixture
def call(capsys):
    def run(line):
        call_command("call", *shlex.split(line))
        return capsys.readouterr().out

    return run


def refused(call, line, kind=Refused):
    with pytest.raises(kind) as caught:
        call(line)
    return str(caught.value)


def former_colleague(play):
    """A member of the committee who left the applicant of the first item last year."""
    reviewer, item = play.reviewers[1], play.submissions[0]
    day = TODAY.replace(year=2021)
    make_affiliation(reviewer, item.organisation, starts_on=day.replace(year=2020), ends_on=day)
    return reviewer, item


# -- Conflicts --------------------------------------------------------------------------------------------------


def test_conflicts_are_found_by_the_desk_and_resolved_by_the_chair(call):
    play = make_selection("screened")
    reviewer, item = former_colleague(play)
    key, pair = play.call.key, f"{item.ref.number}/{reviewer.ref.number}"
    chair = play.reviewers[0].account.email

    found = call(f"conflicts {key} --at {AFTER}")
    seen = call(f"conflicts {key} --as {chair} --at {AFTER}")
    resolved = call(f"conflicts {key} --resolve {pair} --bars --reason Close --as {chair} --at {AFTER}")

    conflict = Conflict.objects.get(person=reviewer, submission=item)
    assert "0 new conflicts bar by rule, 1 wait to be resolved." in found
    assert str(conflict.pk) in found and str(conflict.pk) in seen
    assert "new conflicts" not in seen
    assert resolved == f"{item.ref.number}, affiliation: barred.\n"
    assert (conflict.state, conflict.reason) == ("barred", "Close")
    assert call(f"conflicts {key} --resolve {conflict.pk} --clears --reason No --at {AFTER}").endswith(
        "cleared.\n"
    )


def test_a_conflict_is_resolved_one_way_with_a_reason_and_by_another(call):
    play = make_selection("screened")
    reviewer, item = former_colleague(play)
    key, pair = play.call.key, f"{item.ref.number}/{reviewer.ref.number}"
    call(f"conflicts {key} --at {AFTER}")
    own = reviewer.account.email

    assert (
        refused(call, f"conflicts {key} --resolve {pair}") == f"conflicts {key}: --bars or --clears is needed"
    )
    assert "with a reason" in refused(call, f"conflicts {key} --resolve {pair} --bars --at {AFTER}")
    assert "You may not do this" in refused(
        call, f"conflicts {key} --resolve {pair} --clears --reason No --as {own} --at {AFTER}"
    )
    assert "there is no conflict nothing" in refused(call, f"conflicts {key} --resolve nothing --bars")
    assert set(Conflict.objects.values_list("state", flat=True)) == {"open"}


# -- Matching and reviews ---------------------------------------------------------------------------------------


def test_a_matching_is_shown_before_it_is_deployed(call):
    play = make_selection("eligible")
    line = f"match {play.call.key} recommended --objective total --at {AFTER}"

    shown = call(line)

    assert "readings by the objective total" in shown and shown.endswith("Not deployed (--deploy).\n")
    assert Assignment.objects.count() == 0
    assert call(f"{line} --deploy").endswith("Deployed: 10 assignments.\n")
    assert Assignment.objects.count() == 10
    assert set(Matching.objects.values_list("state", flat=True)) == {"proposed", "deployed"}


def test_a_load_too_small_is_answered_with_no(call):
    play = make_selection("eligible")

    told = refused(call, f"match {play.call.key} recommended --max-load 1 --at {AFTER}", No)

    assert told.startswith(f"{play.call.key} recommended: no matching: ")
    assert Matching.objects.count() == 0


def test_a_review_comes_in_by_pseudonym_or_address_for_what_its_reviewer_reads(call, capsys, tmp_path):
    play = make_selection("assigned")
    first, second, *_rest = Assignment.objects.select_related(
        "submission__ref", "reviewer__account"
    ).order_by("pk")
    name = pseudonyms(play.call)[first.reviewer_id]
    items = [first.submission.ref.number, second.submission.ref.number]
    file = tmp_path / "reviews.csv"
    file.write_text(
        "item,reviewer,depth,benefit,comment\n"
        f"{items[0]},{name},7,8,Good.\n"
        f"{items[1]},{second.reviewer.account.email},many,8,\n"
        f"{items[1]},R99,7,8,\n",
        encoding="utf-8",
    )

    with pytest.raises(No) as caught:
        call(f"reviews {play.call.key} recommended {file} --at {AFTER}")

    out, review = capsys.readouterr().out, Review.objects.get()
    assert (review.assignment_id, review.scores, review.comment) == (
        first.pk,
        {"depth": 7, "benefit": 8},
        "Good.",
    )
    assert "The score for “depth” is missing or off the scale." in out
    assert f"R99 does not read {items[1]} in this stage" in out
    assert str(caught.value) == f"{file}: 2 of 3 rows cannot be taken"


def test_reviews_without_a_criterion_are_refused_whole(call, tmp_path):
    play = make_selection("assigned")
    file = tmp_path / "reviews.csv"
    file.write_text("item,reviewer,depth\n", encoding="utf-8")

    told = refused(call, f"reviews {play.call.key} recommended {file}")

    assert told == f"reviews {play.call.key} recommended: {file}:1: there is no column 'benefit'"


# -- Decisions and honours --------------------------------------------------------------------------------------


def test_the_chair_refuses_an_item_with_its_reason(call):
    play = make_selection("frozen")
    key, chair = play.call.key, play.reviewers[0].account.email
    number = play.submissions[1].ref.number
    line = f'decide {key} recommended --by "The chair" --as {chair} --at {AFTER}'

    assert "NUMBER=REASON is expected" in refused(call, f"{line} --refuse {number}")
    assert "Refused without a reason" in refused(call, f"{line} --refuse {number}=")
    assert "Not on the list" in refused(call, f"{line} --refuse NO-1=Why")
    assert Decision.objects.count() == 0

    assert "2 go on, 1 refused." in call(f'{line} --refuse "{number}=Its partner withdrew"')

    decision = Decision.objects.get(list__stage__key="recommended")
    assert decision.content["refused"] == [{"ref": number, "reason": "Its partner withdrew"}]
    assert decision.person_id == play.reviewers[0].pk
    assert "Deciding is not possible" in refused(call, line)


def test_a_list_is_decided_when_it_is_frozen(call):
    play = make_selection("reviewed")
    chair = play.reviewers[0].account.email

    told = refused(call, f"decide {play.call.key} recommended --by X --as {chair} --at {AFTER}")

    assert told.startswith(f"decide {play.call.key} recommended: ")
    assert "list of honours" in refused(call, f"honours {play.call.key} offer --at {AFTER}")
    assert "not frozen yet" in refused(call, f"book {play.call.key} prepare --at {AFTER}")


def test_an_honour_is_answered_by_its_applicant_and_revoked_with_a_reason(call):
    play = make_selection("decided")
    key, first, second = play.call.key, *play.submissions[:2]
    number = first.ref.number
    call(f"honours {key} offer --at {AFTER}")

    assert (
        refused(call, f"honours {key} accept")
        == f"honours {key} accept: accept needs the number of a submission"
    )
    assert "You may not do this" in refused(call, f"honours {key} accept {number} --at {AFTER}")
    assert (
        call(f"honours {key} accept {number} --as {first.person.account.email} --at {AFTER}")
        == f"{number}: accepted.\n"
    )
    call(f"honours {key} decline {second.ref.number} --as {second.person.account.email} --at {AFTER}")
    assert number in call(f"honours {key} confer --at {AFTER}")
    assert call(f"honours {key} confer --at {AFTER}") == "No honour is accepted and not yet conferred.\n"
    assert "with a reason" in refused(call, f"honours {key} revoke {number} --at {AFTER}")
    call(f"honours {key} revoke {number} --reason Plagiarism --at {AFTER}")

    states = dict(Honour.objects.values_list("submission", "state"))
    assert states == {first.pk: "revoked", second.pk: "declined"}
    assert "there is no honour for NO-1" in refused(call, f"honours {key} revoke NO-1 --reason X")


# -- The book and the bundle ------------------------------------------------------------------------------------


def test_a_book_holds_what_was_approved_or_lapsed_after_notice(call, tmp_path):
    play = make_selection("conferred")
    key, (first, second, third, *_) = play.call.key, play.submissions
    pdf = tmp_path / "book.pdf"

    assert "there is no book" in refused(call, f"book {key} lapse")
    assert "3 proofs" in call(f"book {key} prepare --until 2022-12-20 --at {AFTER}")
    call(f"book {key} approve {first.ref.number} --as {first.person.account.email} --at {AFTER}")
    call(f"book {key} refuse {second.ref.number} --as {second.person.account.email} --at {AFTER}")
    assert "there is no proof of NO-1" in refused(call, f"book {key} approve NO-1 --at {AFTER}")
    assert "1 proofs have not been answered" in refused(call, f"book {key} set --out {pdf} --at {AFTER}")
    assert "Proofs may be answered until" in refused(call, f"book {key} lapse --at {AFTER}")
    assert call(f"book {key} lapse --at 2022-12-21T10:00") == "Lapsed: 1.\n"
    assert refused(call, f"book {key} set").endswith("--out FILE.pdf is needed")
    assert call(f"book {key} set --out {pdf} --at 2022-12-21T10:00").startswith(f"{pdf}: ")

    states = dict(PublicationEntry.objects.values_list("item", "state"))
    assert states == {first.ref_id: "approved", second.ref_id: "refused", third.ref_id: "lapsed"}
    assert pdf.read_bytes().startswith(b"%PDF")
    assert [path.name for path in tmp_path.iterdir()] == ["book.pdf"]


def test_a_bundle_holds_against_the_receipt_and_the_head_of_the_log(call, tmp_path):
    play = make_selection("conferred")
    bundle, receipt, head = (tmp_path / name for name in ("bundle.zip", "receipt.txt", "head.txt"))

    call(f"receipt {play.submissions[0].ref.number} --out {receipt}")
    head.write_text(call("seal"), encoding="utf-8")
    call(f"export {play.call.key} --out {bundle}")

    assert cli.main(["selection", "verify", str(bundle), "--head", str(receipt)]) == 0
    assert call("seal").endswith("Nothing waits to be sealed.\n")


def test_there_is_no_bundle_before_the_first_list(call, tmp_path):
    play = make_selection("screened")

    told = refused(call, f"export {play.call.key} --out {tmp_path}/bundle.zip")

    assert told == f"export {play.call.key}: {play.call.key} has no frozen list in the sealed log yet"
    assert list(tmp_path.iterdir()) == []
