"""The bundle of a played selection holds; what is changed in the database, by its owner himself, does not."""

from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.db import connection, transaction

from secretariat.engines.bundles import input_steps, log_steps, stage_steps, verify
from secretariat.engines.bundles.container import Bundle
from secretariat.engines.sealed.heads import read_head
from secretariat.foundation.audit.models import LogEntry, Pledge
from secretariat.foundation.audit.sealer import seal
from secretariat.summit.calls.models import Receipt
from secretariat.summit.honours.bundle import NothingToShow, selection_files
from secretariat.summit.review import actions, queries
from secretariat.summit.review.models import Assignment, Decision, ListEntry, Review, StageList
from tests.factories.calls import DURING, STAFF, make_open_call, make_submission
from tests.factories.review import chair_of, member_of
from tests.factories.selections import make_selection

pytestmark = pytest.mark.django_db


def failed(call, head=None):
    """The steps that do not hold when the call's bundle is recounted."""
    steps = verify.verify_selection(Bundle(selection_files(call), ()), head)
    return {step.step for step in steps if not step.ok}


@contextmanager
def as_owner(*tables):
    """Act as the owner of the database, who can switch its guards off."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET ROLE owner")
        for table in tables:
            cursor.execute(f'ALTER TABLE "{table}" DISABLE TRIGGER USER')
        try:
            yield cursor
        finally:
            for table in tables:
                cursor.execute(f'ALTER TABLE "{table}" ENABLE TRIGGER USER')
            cursor.execute("SET ROLE app")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def test_a_played_selection_holds_in_every_step():
    play = make_selection("conferred", refuse={1: "No longer in use."}, decline=[0])

    steps = verify.verify_selection(Bundle(selection_files(play.call), ()))

    assert [(step.step, step.found) for step in steps if not step.ok] == []
    assert {
        f"{key}: the recount gives the same list"
        for key in ("eligible", "recommended", "shortlist", "honours")
    } <= {step.step for step in steps}
    assert log_steps.TREE in {step.step for step in steps}


def test_the_bundle_tells_the_whole_funnel():
    play = make_selection("conferred", refuse={1: "No longer in use."}, decline=[0])
    files = selection_files(play.call)
    refs = [s.ref.number for s in play.submissions]

    assert (files["selection.json"]["collected"], files["selection.json"]["simulated"]) == (7, True)
    assert {row["ref"]: row["state"] for row in files["inputs.json"]} == {
        **dict.fromkeys([*refs, play.ineligible.ref.number], "submitted"), play.withdrawn.ref.number: "withdrawn",
    }  # fmt: skip
    assert [row for row in files["eligibility.json"] if not row["eligible"]] == [
        {"ref": play.ineligible.ref.number, "eligible": False, "failed": ["begun-before"]}
    ]
    assert files["stages/02-recommended.json"]["decision"]["refused"] == [
        {"ref": refs[1], "reason": "No longer in use."}
    ]
    assert files["honours.json"] == [
        {"ref": refs[0], "level": "leading", "state": "declined"},
        {"ref": refs[2], "level": "nominated", "state": "conferred"},
    ]


def test_nobody_is_named_in_a_bundle():
    play = make_selection("conferred")
    told = str(selection_files(play.call))
    people = [*play.reviewers, *(s.person for s in play.submissions)]

    assert not [p for p in people if p.family_name in told or str(p.pk) in told]
    assert "For the committee only." not in told
    assert "named-only-1@example.org" not in told


@pytest.mark.parametrize("until", ["open", "closed", "screened", "eligible", "frozen"])
def test_a_selection_on_its_way_holds_as_far_as_it_has_come(until):
    play = make_selection(until)
    if until in ("open", "closed", "screened"):
        with pytest.raises(NothingToShow):
            selection_files(play.call)
    else:
        assert failed(play.call) == set()


def test_what_is_not_sealed_yet_is_not_shown():
    play = make_selection("reviewed")
    actions.freeze_list(stage=play.stage("recommended"), actor=STAFF, now=play.now)

    with pytest.raises(NothingToShow, match="not sealed since"):
        selection_files(play.call)

    seal(now=play.now)
    assert failed(play.call) == set()


def test_a_conflict_that_comes_to_light_after_the_list_shows_in_its_bundle():
    play = make_selection("recommended")
    assignment = Assignment.objects.filter(submission=play.submissions[0]).first()
    reviewer = member_of(assignment.reviewer, play.committee)
    actions.declare_conflict(
        submission=assignment.submission, explanation="I had forgotten.", actor=reviewer, now=play.now
    )

    assert failed(play.call) == {input_steps.CONFLICTS}


MADE_FROM = stage_steps.basis_step
RECOUNT = stage_steps.recount_step
LOGGED = log_steps.list_step
ADDED = stage_steps.entrants_step
EVERY_STAGE = ("eligible", "recommended", "shortlist", "honours")

# What the owner changes -> the steps that catch it, with the log as it was.
TAMPERINGS = {
    "a score": (
        "UPDATE review_review SET scores = '{{\"depth\": 10, \"benefit\": 10}}' "
        "WHERE assignment_id IN (SELECT id FROM review_assignment WHERE submission_id = '{fourth}')",
        {input_steps.OVERALL, MADE_FROM("recommended"), RECOUNT("recommended")},
    ),
    "a score and its mean": (
        "UPDATE review_review SET scores = '{{\"depth\": 10, \"benefit\": 10}}', overall = 10 "
        "WHERE assignment_id IN (SELECT id FROM review_assignment WHERE submission_id = '{fourth}')",
        {MADE_FROM("recommended"), RECOUNT("recommended")},
    ),
    "a place on the list": (
        "UPDATE review_listentry SET outcome = CASE submission_id WHEN '{third}' THEN 'cut' ELSE 'kept' END "
        "WHERE list_id = '{list}' AND submission_id IN ('{third}', '{fourth}')",
        {LOGGED("recommended"), RECOUNT("recommended"), ADDED("shortlist"), RECOUNT("shortlist"),
         MADE_FROM("shortlist")},
    ),
    "what the list was made from": (
        "UPDATE review_stagelist SET content = jsonb_set(content, '{{basis}}', '\"{zeros}\"') WHERE id = '{list}'",
        {LOGGED("recommended"), MADE_FROM("recommended")},
    ),
    "a refusal": (
        "UPDATE review_decision SET content = jsonb_set(content, '{{refused}}', "
        "'[{{\"ref\": \"{third_ref}\", \"reason\": \"Changed our mind.\"}}]') WHERE list_id = '{list}'",
        {LOGGED("recommended"), ADDED("shortlist"), RECOUNT("shortlist"), MADE_FROM("shortlist")},
    ),
    "a weight": (
        "UPDATE calls_criterion SET weight = 9 WHERE key = 'depth'",
        {log_steps.RULES, *map(MADE_FROM, EVERY_STAGE)},
    ),
    "an input": (
        "UPDATE calls_closedinputs SET content = jsonb_set(content, '{{0,commitment}}', '\"{zeros}\"')",
        {log_steps.INPUTS, *map(MADE_FROM, EVERY_STAGE)},
    ),
    "a screening": (
        "UPDATE calls_screening SET failed = '{{}}' WHERE failed <> '{{}}'",
        {MADE_FROM("eligible"), RECOUNT("eligible")},
    ),
    "a level of honour": (
        "UPDATE honours_honour SET level = 'leading' WHERE level = 'nominated'",
        {stage_steps.HONOURS},
    ),
    "a pledge": (
        "UPDATE audit_pledge SET payload = jsonb_set(payload, '{{digest}}', '\"{zeros}\"') WHERE kind = 'rules'",
        {log_steps.ENTRIES, log_steps.RULES},
    ),
    "a leaf of the log": (
        "UPDATE audit_logentry SET leaf_hash = decode('{zeros}', 'hex') WHERE index = 0",
        {log_steps.TREE},
    ),
    "a head of the log": (
        "UPDATE audit_loghead SET note = replace(note, E'\\n\\n', E'0\\n\\n')",
        None,  # whatever is made of it, it does not pass
    ),
}  # fmt: skip


def test_what_the_owner_of_the_database_changes_is_caught():
    play = make_selection("conferred")
    third, fourth = play.submissions[2:4]
    values = {
        "third": third.pk, "fourth": fourth.pk, "third_ref": third.ref.number, "zeros": "0" * 64,
        "list": StageList.objects.get(stage__key="recommended").pk,
    }  # fmt: skip
    tables = [statement.split()[1] for statement, _ in TAMPERINGS.values()]
    assert failed(play.call) == set()

    caught = {}
    with as_owner(*dict.fromkeys(tables)) as cursor:
        for name, (statement, _) in TAMPERINGS.items():
            with transaction.atomic():
                cursor.execute(statement.format(**values))
                assert cursor.rowcount > 0, name
                caught[name] = failed(play.call)
                transaction.set_rollback(True)

    assert caught.pop("a head of the log")
    assert caught == {name: steps for name, (_, steps) in TAMPERINGS.items() if steps is not None}


HISTORY = ["audit_logentry", "audit_lognode", "audit_loghead", "audit_unsealed", "audit_pledge", "audit_act"]
SELECTION = ["review_review", "review_listentry", "review_decision", "review_stagelist"]


def rewrite(play, favoured):
    """Have somebody win who did not, and leave no trace: the reviews, the list, the decision, the pledges and acts
    about them, and the whole log, sealed anew with the same key."""
    stage = play.stage("recommended")
    with as_owner(*SELECTION, *HISTORY, "audit_change", "audit_personalvalue") as cursor:
        frozen = StageList.objects.get(stage=stage)
        Review.objects.filter(assignment__submission=favoured).update(
            scores={"depth": 10, "benefit": 10}, overall=10.0
        )
        Decision.objects.filter(list=frozen).delete()
        ListEntry.objects.filter(list=frozen).delete()
        frozen.delete()
        Pledge.objects.filter(payload__stage="recommended").delete()
        cursor.execute("DELETE FROM audit_act WHERE detail ->> 'stage' = 'recommended'")
        leaves = list(LogEntry.objects.order_by("index").values_list("kind", "source_id"))
        for table in HISTORY[:4]:
            cursor.execute(f"DELETE FROM {table}")
        cursor.execute(
            "INSERT INTO audit_unsealed (kind, source_id) SELECT kind, source_id FROM "
            "unnest(%s::text[], %s::bigint[]) WITH ORDINALITY AS l (kind, source_id, n) "
            "WHERE (kind = 'act' AND EXISTS (SELECT FROM audit_act a WHERE a.id = source_id)) "
            "OR (kind = 'pledge' AND EXISTS (SELECT FROM audit_pledge p WHERE p.id = source_id)) "
            "OR kind = 'change' ORDER BY n",
            [[kind for kind, _ in leaves], [source for _, source in leaves]],
        )
    actions.freeze_list(stage=stage, actor=STAFF, now=play.now)
    actions.decide_list(stage=stage, refused={}, by="Chair", actor=chair_of(play.committee), now=play.now)
    # Entries until the log is longer than it was: a log that is shorter than a receipt says would show at once.
    make_submission(make_open_call())
    return seal(now=play.now)


def test_a_database_rewritten_with_its_log_is_caught_by_an_old_receipt():
    play = make_selection("recommended")
    honest = queries.handed_on(play.stage("recommended"))
    # Somebody hands in elsewhere, some time later, and takes the receipt home.
    elsewhere = make_submission(make_open_call(), now=DURING + timedelta(hours=1))
    receipt = Receipt.objects.get(version__submission=elsewhere).head
    assert failed(play.call, receipt) == set()
    seal(now=play.now)
    assert failed(play.call, receipt) == set()  # the log has grown; the receipt still agrees
    favoured = play.submissions[4]
    assert favoured.ref.number not in honest

    head = rewrite(play, favoured)

    assert next(iter(queries.handed_on(play.stage("recommended")))) == favoured.ref.number
    assert head.size > read_head(receipt).size
    assert failed(play.call) == set()  # taken by itself the forgery is perfect
    assert failed(play.call, receipt) == {log_steps.HEAD}
