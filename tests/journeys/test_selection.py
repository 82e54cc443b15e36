"""One selection by its actions: from the open call through every cut to honours, book and sealed log, and back."""

import json
from datetime import timedelta

import pytest
from django.core.files.storage import default_storage

from secretariat.cli import main
from secretariat.engines.bundles import input_steps, log_steps, stage_steps
from secretariat.engines.bundles.container import read_bundle, write_bundle
from secretariat.engines.sealed.heads import read_head, sign_head
from secretariat.engines.sealed.notes import SigningKey, generate_pem
from secretariat.foundation.accounts.actor import Actor
from secretariat.foundation.audit.models import LogEntry, Unsealed
from secretariat.foundation.audit.queries import latest_head
from secretariat.foundation.audit.sealer import seal
from secretariat.foundation.notices.models import Notice
from secretariat.record.publications.actions import (
    answer_proof,
    lapse_proofs,
    prepare_publication,
    set_publication,
)
from secretariat.record.publications.queries import proof_counts
from secretariat.summit.calls import actions as calls
from secretariat.summit.calls.models import Receipt
from secretariat.summit.calls.queries import country_counts, state_counts
from secretariat.summit.honours import actions as honours
from secretariat.summit.honours.book import book_of, proofs_of
from secretariat.summit.honours.bundle import selection_files
from secretariat.summit.honours.models import Honour
from secretariat.summit.honours.queries import visible_honours
from secretariat.summit.review import actions as review
from secretariat.summit.review import queries
from secretariat.summit.review.models import Conflict, StageList
from tests.factories.bodies import make_body, make_term
from tests.factories.calls import (
    CLOSES,
    CONTENT,
    DURING,
    OPENS,
    STAFF,
    as_representative,
    make_applicant,
    make_call,
    make_committee,
)
from tests.factories.organisations import make_organisation
from tests.factories.people import make_affiliation
from tests.factories.places import make_place
from tests.factories.review import actor_of, assignments_of, chair_of, member_of, sign_for, stage_of, stages

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
QUALITY = {"Leading": 9, "Nominated": 8, "Refused": 7, "Runner-up": 4}


class Journey:
    """Who takes part, and the clock."""

    def __init__(self):
        make_place("SE")
        self.now = OPENS
        self.committee, self.members = make_committee(4)
        self.council = make_body("council", flags=("executive", "decides"))
        self.submissions, self.applicants = {}, {}

    def next_day(self):
        self.now += DAY
        return {"actor": STAFF, "now": self.now}

    def open(self):
        declared = stages(self.committee, self.council, keep=3, readers=2, method="additive")
        self.call = make_call(
            committee=self.committee, stages=declared, publication={"stage": "recommended"}, now=OPENS - DAY
        )
        self.call = calls.open_call(call=self.call, actor=STAFF, now=OPENS)
        return seal(now=OPENS)

    def hand_in(self, title, **changes):
        """An organisation answers the call; returns its receipt."""
        person, actor = make_applicant()
        organisation = make_organisation(f"Example Institute of the {title}")
        actor = as_representative(actor, organisation)
        content = {**CONTENT, "title": {"en": title, "zh": title}, **changes}
        submission = calls.start_submission(
            call=self.call, organisation=organisation, person=person, actor=actor, now=DURING
        )
        calls.save_draft(submission=submission, content=content, actor=actor, now=DURING)
        receipt = calls.submit(submission=submission, actor=actor, now=DURING)
        self.submissions[title], self.applicants[title] = submission, actor
        return receipt

    def number(self, title):
        return self.submissions[title].ref.number

    def titles(self, stage):
        """What a stage hands on: title -> outcome, in list order."""
        names = {self.number(title): title for title in self.submissions}
        return {names[ref]: outcome for ref, outcome in queries.handed_on(stage_of(self.call, stage)).items()}

    def freeze(self, stage):
        return review.freeze_list(stage=stage_of(self.call, stage), **self.next_day())

    def decide(self, stage, body, refused=None):
        self.now += DAY
        review.decide_list(
            stage=stage_of(self.call, stage),
            refused=refused or {},
            by="The chair",
            actor=chair_of(body),
            now=self.now,
        )

    def answer(self, honour, title, accept):
        honours.answer_offer(honour=honour, accept=accept, actor=self.applicants[title], now=self.now)


def collect(journey):
    """Six hand in; one withdraws, one began too late."""
    receipts = [journey.hand_in(title) for title in (*QUALITY, "Withdrawn")]
    receipts.append(journey.hand_in("Latecomer", started_on="2022-03-01"))
    calls.withdraw(
        submission=journey.submissions["Withdrawn"],
        reason="Sold.",
        actor=journey.applicants["Withdrawn"],
        now=DURING,
    )
    # A colleague of one applicant and a board fellow of another sit in the committee.
    make_affiliation(journey.members[0], journey.submissions["Leading"].organisation)
    elsewhere = make_body("elsewhere")
    make_term(elsewhere, journey.members[1])
    make_term(elsewhere, journey.submissions["Nominated"].person)
    journey.now = CLOSES
    journey.call = calls.close_call(call=journey.call, actor=STAFF, now=CLOSES)
    seal(now=CLOSES)
    return receipts


def judge(journey):
    """Conflicts are found, one is resolved, one declared; everything is read twice by who may."""
    assert review.find_conflicts(call=journey.call, **journey.next_day()) == {"barred": 1, "open": 1}
    review.resolve_conflict(
        conflict=Conflict.objects.get(state="open"), bars=False, reason="They met once.",
        actor=chair_of(journey.committee, journey.members[3]), now=journey.now,
    )  # fmt: skip
    review.declare_conflict(
        submission=journey.submissions["Runner-up"], explanation="My thesis.",
        actor=member_of(journey.members[2], journey.committee), now=journey.now,
    )  # fmt: skip
    matching = review.propose_matching(stage=stage_of(journey.call), **journey.next_day())
    assert review.deploy_matching(matching=matching, **journey.next_day()) == 8
    sign_for(journey.call, now=journey.now)
    assigned = {(a.reviewer_id, a.submission.ref.number) for a in assignments_of(journey.call)}
    assert not assigned & {
        (journey.members[0].pk, journey.number("Leading")), (journey.members[2].pk, journey.number("Runner-up")),
    }  # fmt: skip
    scores = {journey.number(title): score for title, score in QUALITY.items()}
    for assignment in assignments_of(journey.call):
        score = scores[assignment.submission.ref.number]
        review.hand_in_review(
            assignment=assignment, scores={"depth": score, "benefit": score - 1}, comment="Between us.",
            actor=actor_of(assignment.reviewer), now=journey.now,
        )  # fmt: skip


def honour(journey):
    """Offered in confidence, accepted, conferred in public."""
    offered = honours.offer_honours(stage=stage_of(journey.call, "honours"), **journey.next_day())
    assert [h.level for h in offered] == ["leading", "nominated"]
    assert not visible_honours(Actor(), journey.call).exists()
    for row, title in zip(offered, ("Leading", "Nominated"), strict=True):
        journey.answer(row, title, accept=True)
    for row in offered:
        honours.confer_honour(honour=row, **journey.next_day())
    assert visible_honours(Actor(), journey.call).count() == 2


def publish(journey):
    """One applicant approves her proof, the other's silence lapses; the book is set."""
    stage = stage_of(journey.call)
    until = journey.now + 10 * DAY
    publication = prepare_publication(
        key=f"{journey.call.key}-book", title={"en": "A book", "zh": "一本书"}, subtitle={}, proofs=proofs_of(stage),
        list_digest=StageList.objects.get(stage=stage).digest, proof_until=until, simulated=True, **journey.next_day(),
    )  # fmt: skip
    first = publication.entries.select_related("item").order_by("position").first()
    answer_proof(entry=first, approve=True, actor=journey.applicants["Leading"], now=journey.now)
    journey.now = until
    assert lapse_proofs(publication=publication, actor=STAFF, now=until) == 1
    assert proof_counts(publication) == {"approved": 1, "lapsed": 1}
    book = book_of(journey.call, publication, published_on=until.date())
    publication = set_publication(publication=publication, book=book, actor=STAFF, now=until)
    with default_storage.open(publication.file.storage_key) as pdf:
        assert pdf.read(5) == b"%PDF-"


@pytest.fixture
def verify(tmp_path, capsys):
    """Run ``secretariat selection verify`` on a bundle; returns its exit code and the steps that do not hold."""

    def run(name, files, head):
        (tmp_path / "head.txt").write_text(head)
        write_bundle(tmp_path / name, files)
        options = [
            "selection",
            "verify",
            str(tmp_path / name),
            "--head",
            str(tmp_path / "head.txt"),
            "--json",
        ]
        capsys.readouterr()
        code = main(options)
        steps = json.loads(capsys.readouterr().out)["steps"]
        return code, {step["step"] for step in steps if not step["ok"]}

    return run


def test_a_selection_from_the_open_call_to_the_log_and_back(tmp_path, verify):
    journey = Journey()
    opened = journey.open()

    receipts = collect(journey)
    assert {receipt.head for receipt in receipts} == {opened.note}
    assert calls.screen_submissions(call=journey.call, **journey.next_day()) == {
        "eligible": 4,
        "ineligible": 1,
    }
    assert state_counts(journey.call) == {"eligible": 4, "ineligible": 1, "withdrawn": 1}
    assert country_counts(journey.call) == {"applicant": 1}

    journey.freeze("eligible")
    judge(journey)
    journey.freeze("recommended")
    journey.decide("recommended", journey.committee, {journey.number("Refused"): "No longer in use."})
    assert journey.titles("eligible") == dict.fromkeys(QUALITY, "kept")
    assert journey.titles("recommended") == {"Leading": "kept", "Nominated": "kept"}
    journey.freeze("honours")
    journey.decide("honours", journey.council)
    assert journey.titles("honours") == {"Leading": "leading", "Nominated": "nominated"}

    honour(journey)
    publish(journey)
    last = seal(now=journey.now)
    assert not Unsealed.objects.exists()
    assert LogEntry.objects.count() == last.size
    assert set(Honour.objects.values_list("level", "state")) == {
        ("leading", "conferred"),
        ("nominated", "conferred"),
    }
    told = set(Notice.objects.values_list("kind", flat=True))
    assert {"honour_offered", "proof_to_approve", "readings_assigned", "list_to_decide"} <= told

    files = selection_files(journey.call)
    # Each of the old receipts agrees with the log as it is today.
    receipt = Receipt.objects.get(pk=receipts[0].pk)
    assert verify("selection.zip", files, receipt.head) == (0, set())
    assert read_bundle(tmp_path / "selection.zip").files == files

    files["reviews.json"][0]["scores"]["depth"] += 1
    code, failed = verify("changed.zip", files, receipt.head)
    assert (code, failed) == (1, {input_steps.OVERALL, stage_steps.basis_step("recommended"),
                                  stage_steps.recount_step("recommended")})  # fmt: skip


def test_a_head_signed_by_somebody_else_is_refused(verify):
    journey = Journey()
    journey.open()
    collect(journey)
    calls.screen_submissions(call=journey.call, **journey.next_day())
    journey.freeze("eligible")
    head = read_head(seal(now=journey.now).note)

    stranger = SigningKey.from_pem(head.origin, generate_pem())
    answers = {
        name: verify(f"{name}.zip", selection_files(journey.call), note)
        for name, note in {"own": latest_head().note, "forged": sign_head(head, stranger)}.items()
    }

    assert answers == {"own": (0, set()), "forged": (1, {log_steps.HEAD})}
