"""A small selection played through the actions, as far as a test wants it: 6 handed in → 5 → 3 → 2 → 1 + 1."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from secretariat.foundation.accounts.actor import Actor, Capacity
from secretariat.foundation.audit.sealer import seal
from secretariat.governance.ballots.actions import cast_vote, close_ballot, open_ballot
from secretariat.governance.ballots.electorate import electorate_of
from secretariat.governance.ballots.models import RollLine
from secretariat.record.publications.actions import answer_proof, prepare_publication, set_publication
from secretariat.summit.calls.actions import close_call, screen_submissions, withdraw
from secretariat.summit.calls.logic import FieldSpec
from secretariat.summit.honours.actions import answer_offer, confer_honour, offer_honours
from secretariat.summit.honours.book import book_of, proofs_of
from secretariat.summit.review import actions as review
from secretariat.summit.review.models import Assignment, StageList
from tests.factories.bodies import make_body, make_term
from tests.factories.calls import (
    AFTER,
    CLOSES,
    ELIGIBILITY,
    STAFF,
    make_committee,
    make_open_call,
    make_submission,
)
from tests.factories.organisations import make_organisation
from tests.factories.people import make_person
from tests.factories.review import sign_for
from tests.factories.topics import make_topic

STEPS = (
    "open", "closed", "screened", "eligible", "assigned", "reviewed", "frozen", "recommended", "shortlisted",
    "decided", "offered", "accepted", "conferred", "published",
)  # fmt: skip
LEVELS = [
    {
        "key": "leading",
        "count": 1,
        "en": "Leading entry",
        "zh": "领先项目",
        "short_en": "Leading",
        "short_zh": "领先",
    },
    {"key": "nominated", "count": 1, "en": "Nominated entry", "zh": "提名项目"},
]
FORM = [
    FieldSpec("title", "short_text", "Title", "名称", required=True),
    FieldSpec("summary", "long_text", "Summary", "简介", required=True),
    FieldSpec("topic", "choice", "Field", "领域"),
    FieldSpec("countries", "country", "Countries", "国家", required=True),
    FieldSpec("contributors", "contributors", "Contributors", "完成人"),
    FieldSpec("website", "url", "Website", "网址"),
    FieldSpec("started_on", "date", "Begun on", "起始日期", confidentiality="committee"),
    FieldSpec("innovation", "long_text", "What is new", "创新点", confidentiality="committee"),
    FieldSpec("contact", "short_text", "Contact", "联系人", confidentiality="named"),
]


@dataclass
class Play:
    """What the play made. ``submissions`` stand in the order of their quality, the best first."""

    call: Any
    committee: Any
    council: Any
    reviewers: list[Any]
    submissions: list[Any]
    draft: Any
    withdrawn: Any
    ineligible: Any
    now: Any = AFTER
    honours: list[Any] = field(default_factory=list)
    publication: Any = None

    def title(self, index):
        return self.submissions[index].title_en

    def stage(self, key):
        return self.call.stages.get(key=key)

    def list(self, key):
        return StageList.objects.get(stage=self.stage(key))


def make_selection(
    until="conferred",
    *,
    refuse=(),
    decline=(),
    moves=(),
    sure=(),
    keep=3,
    when_refused="leave_open",
    levels=True,
    **kw,
):
    """Play a selection until a step of ``STEPS``, that one included.

    ``refuse`` maps an index of ``submissions`` to the reason with which the committee refuses it; ``decline`` holds
    the indexes of those who decline their honour; ``moves`` maps indexes to the side the committee votes them to,
    ``sure`` to how sure the readers say they are.
    """
    play = _opened(keep, when_refused, levels, bool(moves), **kw)
    play.moves, play.sure = dict(moves), {play.submissions[at].pk: how for at, how in dict(sure).items()}
    for step in STEPS[1 : STEPS.index(until) + 1]:
        play.now += timedelta(days=1)
        _STEPS[step](play, dict(refuse), decline)
    seal(now=play.now)
    play.call.refresh_from_db()
    return play


def content(number, **changes):
    return {
        "title": {"en": f"Title of entry {number}", "zh": f"第{number}号项目"},
        "summary": {"en": f"Summary of entry {number}.", "zh": f"第{number}号项目简介。"},
        "countries": ["SE"],
        "contributors": [{"name_en": f"Contributor {number}", "organisation_en": "Example Institute"}],
        "started_on": "2020-01-01",
        "innovation": {"en": f"for the committee {number}", "zh": "仅供评审"},
        "contact": {"en": f"named-only-{number}@example.org", "zh": "保密"},
        **changes,
    }


def _opened(keep, when_refused, levels, moves, **kw):
    committee, reviewers = make_committee(size=3)
    council = make_body(flags=("executive", "decides"))
    make_term(council, make_person(), role="chair")
    rule = {"ties": "earlier_receipt", "refused": when_refused}
    stages = [
        {"key": "eligible", "kind": "eligibility", "method": "rules",
         "label_en": "Eligible", "label_zh": "合格", **rule},
        {"key": "recommended", "kind": "calibrated", "keep": keep, "method": "mean", "readers": 2,
         "authority": committee, "label_en": "Recommended", "label_zh": "推荐", **rule,
         "moves": "vote" if moves else ""},
        {"key": "shortlist", "kind": "calibrated", "keep": 2, "method": "mean", "authority": committee,
         "label_en": "For release", "label_zh": "发布", **rule},
        {"key": "honours", "kind": "levels", "method": "mean", "authority": council, "levels": LEVELS,
         "label_en": "Honours", "label_zh": "荣誉", **rule},
    ]  # fmt: skip
    call = make_open_call(
        committee=committee, stages=stages if levels else stages[:-1], fields=FORM, eligibility=ELIGIBILITY,
        publication={"stage": "recommended", "title_en": "A book", "title_zh": "一本书"}, **kw,
    )  # fmt: skip
    seal(now=call.opens_at)
    topic = make_topic()
    submissions = [
        make_submission(call, content=content(n, topic=topic.key), organisation=make_organisation())
        for n in range(1, 6)
    ]
    ineligible = make_submission(call, content=content(6, started_on="2022-03-01"))
    withdrawn = make_submission(call, content=content(7))
    withdraw(submission=withdrawn, reason="Changed plans", actor=STAFF, now=withdrawn.submitted_at)
    draft = make_submission(call, content=content(8), hand_in=False)
    return Play(call, committee, council, reviewers, submissions, draft, withdrawn, ineligible)


def _close(play, *_):
    play.call = close_call(call=play.call, actor=STAFF, now=CLOSES)


def _screen(play, *_):
    screen_submissions(call=play.call, actor=STAFF, now=play.now)


def _assign(play, *_):
    matching = review.propose_matching(stage=play.stage("recommended"), actor=STAFF, now=play.now)
    review.deploy_matching(matching=matching, actor=STAFF, now=play.now)
    sign_for(play.call, now=play.now)


def _review(play, *_):
    best = {submission.pk: 9 - 2 * place for place, submission in enumerate(play.submissions)}
    waiting = Assignment.objects.filter(stage__call=play.call, state="assigned").select_related("reviewer")
    for row in waiting.order_by("pk"):
        score = max(1, best[row.submission_id])
        actor = Actor(row.reviewer.account_id, row.reviewer_id)
        review.hand_in_review(
            assignment=row, scores={"depth": score, "benefit": score}, comment="For the committee only.", actor=actor,
            confidence=play.sure.get(row.submission_id), now=play.now,
        )  # fmt: skip


def _move(play, *_):
    """The committee votes on each move outside a meeting, everybody yes."""
    for index, to in play.moves.items():
        move = review.propose_move(
            stage=play.stage("recommended"), submission=play.submissions[index], to=to,
            reason=f"Moved {to} for the example.", actor=STAFF, now=play.now,
        )  # fmt: skip
        places = electorate_of(play.committee, play.now.date())
        ballot = open_ballot(ballot=move.ballot, places=places, actor=STAFF, now=play.now)
        for line in RollLine.objects.filter(ballot=ballot).select_related("ballot__body"):
            cast_vote(line=line, choice="yes", actor=Actor(person_id=line.voter_id), now=play.now)
        close_ballot(ballot=ballot, actor=STAFF, now=play.now)
    _freeze("recommended")(play)


def _freeze(key):
    return lambda play, *_: review.freeze_list(stage=play.stage(key), actor=STAFF, now=play.now)


def _decide(play, key, body, refused=None):
    chair = Actor(capacities=(Capacity("body.chair", "test", body_id=body.pk),))
    review.decide_list(stage=play.stage(key), refused=refused or {}, by="Chair", actor=chair, now=play.now)


def _recommend(play, refuse, _):
    reasons = {play.submissions[index].ref.number: reason for index, reason in refuse.items()}
    _decide(play, "recommended", play.committee, reasons)


def _shortlist(play, *_):
    _freeze("shortlist")(play)
    _decide(play, "shortlist", play.committee)


def _honours(play, *_):
    _freeze("honours")(play)
    _decide(play, "honours", play.council)


def _offer(play, *_):
    play.honours = offer_honours(stage=play.stage("honours"), actor=STAFF, now=play.now)


def _accept(play, _, decline):
    declined = {play.submissions[index].pk for index in decline}
    for honour in play.honours:
        actor = Actor(person_id=honour.submission.person_id)
        answer_offer(honour=honour, accept=honour.submission_id not in declined, actor=actor, now=play.now)


def _confer(play, _, decline):
    declined = {play.submissions[index].pk for index in decline}
    for honour in play.honours:
        if honour.submission_id not in declined:
            confer_honour(honour=honour, actor=STAFF, now=play.now)


def _publish(play, *_):
    play.publication = prepare_publication(
        key=f"{play.call.key}-book", title={"en": "A book", "zh": "一本书"}, subtitle={},
        list_digest=play.list("recommended").digest, proofs=proofs_of(play.stage("recommended")),
        proof_until=play.now, simulated=True, actor=STAFF, now=play.now,
    )  # fmt: skip
    people = {s.ref_id: s.person_id for s in play.submissions}
    for entry in play.publication.entries.all():
        answer_proof(entry=entry, approve=True, actor=Actor(person_id=people[entry.item_id]), now=play.now)
    book = book_of(play.call, play.publication, published_on=play.now.date())
    play.publication = set_publication(publication=play.publication, book=book, actor=STAFF, now=play.now)


_STEPS = {
    "closed": _close, "screened": _screen, "eligible": _freeze("eligible"), "assigned": _assign, "reviewed": _review,
    "frozen": _move, "recommended": _recommend, "shortlisted": _shortlist, "decided": _honours,
    "offered": _offer, "accepted": _accept, "conferred": _confer, "published": _publish,
}  # fmt: skip
