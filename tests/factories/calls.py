from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count

from secretariat.foundation.accounts.actor import Actor, Capacity
from secretariat.summit.calls.actions import (
    CallSpec,
    close_call,
    declare_call,
    give_late_code,
    open_call,
    save_draft,
    screen_submissions,
    start_submission,
    submit,
)
from secretariat.summit.calls.logic import FieldSpec
from tests.factories.accounts import make_account, make_actor
from tests.factories.bodies import make_body, make_term
from tests.factories.editions import make_edition
from tests.factories.people import make_person
from tests.factories.places import make_place

_numbers = count(1)
OPENS = datetime(2022, 5, 20, 1, tzinfo=UTC)
CLOSES = datetime(2022, 8, 31, 10, tzinfo=UTC)
DURING = datetime(2022, 6, 1, 9, tzinfo=UTC)
AFTER = CLOSES + timedelta(days=1)
STAFF = make_actor("desk.run", "desk.read")
CONTENT = {
    "title": {"en": "Example", "zh": "示例"},
    "summary": {"en": "An example.", "zh": "一个示例。"},
    "countries": ["SE"],
    "started_on": "2020-01-01",
}

FIELDS = [
    FieldSpec("title", "short_text", "Title", "名称", required=True, limits={"en": 20, "zh": 10}),
    FieldSpec("summary", "long_text", "Summary", "简介", required=True, limits={"en": 200, "zh": 100}),
    FieldSpec("countries", "country", "Countries", "国家", required=True, params={"maximum": 3}),
    FieldSpec("started_on", "date", "Begun on", "起始日期", confidentiality="committee"),
    FieldSpec("contact", "short_text", "Contact", "联系人", confidentiality="named"),
]
CRITERIA = [
    {"key": "depth", "label_en": "Depth", "label_zh": "深度", "weight": 2, "minimum": 1, "maximum": 10},
    {"key": "benefit", "label_en": "Benefit", "label_zh": "效益", "weight": 1, "minimum": 1, "maximum": 10},
]
ELIGIBILITY = [
    {
        "key": "begun-before", "kind": "date_before", "params": {"field": "started_on", "before": "2022-01-01"},
        "reason_en": "Begun too late.", "reason_zh": "起始过晚。",
    }
]  # fmt: skip


def stages(*, keep=2, awarded=1, readers=2, committee=None, authority=None):
    """Eligible, the best ``keep`` by their reviews, and the first ``awarded`` of them."""
    names = {"label_en": "Stage", "label_zh": "阶段", "ties": "item", "refused": "leave_open"}
    return [
        {"key": "eligible", "kind": "eligibility", "method": "rules", **names},
        {"key": "recommended", "kind": "calibrated", "keep": keep, "method": "additive", "readers": readers,
         "authority": committee, **names},
        {"key": "honours", "kind": "levels", "method": "additive", "authority": authority,
         "levels": [{"key": "awarded", "count": awarded, "en": "Awarded", "zh": "获奖"}], **names},
    ]  # fmt: skip


def make_call(*, edition=None, committee=None, actor=STAFF, now=OPENS, **changes):
    number = next(_numbers)
    spec = {
        "key": f"call-{number}", "series": f"C{number}", "title": {"en": "Call", "zh": "征集"},
        "word": {"en": "Entry", "zh": "项目"}, "languages": ["en", "zh"], "opens_at": OPENS, "closes_at": CLOSES,
        "zone": "Asia/Shanghai", "fields": FIELDS, "criteria": CRITERIA, "eligibility": ELIGIBILITY,
        "stages": stages(),
    }  # fmt: skip
    return declare_call(
        edition=edition or make_edition(simulated=True), spec=CallSpec(**{**spec, **changes}),
        committee=committee, actor=actor, now=now,
    )  # fmt: skip


def make_open_call(**kw):
    return open_call(call=make_call(**kw), actor=STAFF, now=OPENS)


def make_applicant():
    """A person with an account, and the actor she is."""
    account = make_account()
    person = make_person(account=account)
    return person, Actor(account.pk, person.pk)


def as_representative(actor, organisation):
    """The actor as if the record had her represent the organisation."""
    held = Capacity("organisation.represent", "test", scope_id=organisation.pk)
    return replace(actor, capacities=(*actor.capacities, held))


def make_submission(call, *, content=None, organisation=None, applicant=None, now=DURING, hand_in=True):
    make_place("SE")
    person, actor = applicant or make_applicant()
    if organisation is not None:
        actor = as_representative(actor, organisation)
    submission = start_submission(call=call, organisation=organisation, person=person, actor=actor, now=now)
    save_draft(submission=submission, content=CONTENT if content is None else content, actor=actor, now=now)
    if hand_in:
        submit(submission=submission, actor=actor, now=now)
    submission.refresh_from_db()
    return submission


def make_late_code(call, *, now):
    """A code in force, of a call whose closing time has passed."""
    until = now + timedelta(days=1)
    return give_late_code(call=call, reason="test", until=until, uses=1, actor=STAFF, now=now)[0]


def make_committee(size=3, **kw):
    """A reviewing body with ``size`` members, the first of them its chair; returns it and its members."""
    body = make_body(flags=("reviews",), **kw)
    members = []
    for number in range(size):
        account = make_account()
        person = make_person(account=account)
        make_term(body, person, role="member" if number else "chair")
        members.append(person)
    return body, members


def make_screened_call(submissions=3, **kw):
    """A closed and screened call with that many eligible submissions."""
    call = make_open_call(**kw)
    for _ in range(submissions):
        make_submission(call)
    call = close_call(call=call, actor=STAFF, now=CLOSES)
    screen_submissions(call=call, actor=STAFF, now=AFTER)
    return call
