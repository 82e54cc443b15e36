"""After the closing time: codes the desk gives, and those who come in by them until the call is closed."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from secretariat.engines.sealed.canonical import digest
from secretariat.foundation.accounts.actions import give_grant
from secretariat.foundation.accounts.actor import Actor, NotAllowed, WrongState
from secretariat.foundation.audit.models import Act, Change
from secretariat.summit.calls import actions, queries
from secretariat.summit.calls.models import Call, LateCode, LateEntry, Submission
from tests.factories.accounts import INSTALLER, NOW, TODAY, make_account, make_actor
from tests.factories.calls import (
    CLOSES,
    CONTENT,
    DURING,
    STAFF,
    as_representative,
    make_applicant,
    make_open_call,
    make_submission,
)
from tests.factories.organisations import make_organisation
from tests.factories.people import make_affiliation
from tests.factories.places import make_place
from tests.journeys.test_apply import open_now

pytestmark = pytest.mark.django_db
LATE, UNTIL = CLOSES + timedelta(hours=1), CLOSES + timedelta(days=2)


@pytest.fixture(autouse=True)
def own_language():
    translation.deactivate()
    yield
    translation.deactivate()


def give(call, *, uses=1, until=UNTIL, now=LATE, **named):
    return actions.give_late_code(
        call=call, reason="Her line was cut.", until=until, uses=uses, actor=STAFF, now=now, **named
    )


def begun(call):
    make_place("SE")
    person, actor = make_applicant()
    made = make_submission(call, applicant=(person, actor), hand_in=False)
    return made, actor


def enter(submission, actor, text, now=LATE):
    return actions.enter_late(submission=submission, text=text, actor=actor, now=now)


def hand_in(submission, actor, now=LATE):
    return actions.submit(submission=submission, actor=actor, now=now)


def test_by_a_code_a_draft_is_written_and_handed_in_late():
    call = make_open_call()
    draft, actor = begun(call)
    other, another = begun(call)
    _code, text = give(call)
    with pytest.raises(WrongState):
        hand_in(draft, actor)

    enter(draft, actor, f" {text.lower().replace('-', ' ')} ")
    actions.save_draft(submission=draft, content=CONTENT, actor=actor, now=LATE)
    receipt = hand_in(draft, actor)

    assert receipt.version.handed_in_at == LATE
    with pytest.raises(WrongState):
        hand_in(other, another)
    with pytest.raises(WrongState):
        actions.save_draft(submission=draft, content={}, actor=actor, now=UNTIL)


def test_by_a_code_an_answer_is_begun_late_and_as_often_as_it_says():
    call, (person, actor) = make_open_call(), make_applicant()
    code, text = give(call)
    begin = {"call": call, "organisation": None, "person": person, "text": text, "actor": actor, "now": LATE}

    made = actions.start_late(**begin)

    assert actions.start_late(**begin) == made  # a second click
    assert list(LateEntry.objects.values_list("code", "submission")) == [(code.pk, made.pk)]
    actions.save_draft(submission=made, content={"title": {"en": "Begun"}}, actor=actor, now=LATE)
    with pytest.raises(WrongState, match="used as often as it may be"):
        actions.start_late(**begin)
    assert list(Submission.objects.all()) == [made]


def test_the_code_itself_is_kept_nowhere():
    _code, text = give(make_open_call())
    kept = [str(row) for model in (LateCode, Change, Act) for row in model.objects.values()]
    assert len(text) == 23
    assert [row for row in kept if text in row or text.replace("-", "") in row] == []
    assert not any(
        "Her line was cut." in str(row) for row in [*Change.objects.values(), *Act.objects.values()]
    )


@pytest.mark.parametrize(
    ("spoil", "why"),
    [
        (lambda call, code: "WRONG-WRONG-WRONG-WRONG", "This is no code for this call"),
        (lambda call, code: give(make_open_call())[1], "This is no code for this call"),
        (lambda call, code: give(call, person=make_applicant()[0])[1], "given to another applicant"),
        (lambda call, code: give(call, organisation=make_organisation())[1], "given to another applicant"),
        (lambda call, code: give(call, until=CLOSES + timedelta(minutes=1), now=DURING)[1], "has run out"),
    ],
)
def test_a_code_lets_in_nobody_else(spoil, why):
    call = make_open_call()
    draft, actor = begun(call)
    text = spoil(call, None)

    with pytest.raises(WrongState, match=why):
        enter(draft, actor, text)


def test_a_code_of_an_organisation_lets_its_representative_in():
    call, organisation = make_open_call(), make_organisation()
    draft = make_submission(call, organisation=organisation, hand_in=False)
    _person, colleague = make_applicant()
    _code, text = give(call, organisation=organisation)

    enter(draft, as_representative(colleague, organisation), text)

    assert queries.is_let_in(draft, LATE)
    with pytest.raises(NotAllowed):
        enter(draft, colleague, text)


def test_who_was_let_in_writes_no_more_once_the_code_is_called_back():
    call = make_open_call()
    draft, actor = begun(call)
    code, text = give(call)
    enter(draft, actor, text)

    actions.end_late_code(code=code, actor=STAFF, now=LATE)

    with pytest.raises(WrongState):
        hand_in(draft, actor)
    with pytest.raises(WrongState, match="called back"):
        enter(draft, actor, text)


def test_the_digest_of_a_closed_call_stays_true():
    call = make_open_call()
    in_time = make_submission(call)
    draft, actor = begun(call)
    code, text = give(call, uses=2)
    enter(draft, actor, text)
    hand_in(draft, actor)
    with pytest.raises(ValueError, match="A late code is in force until"):
        actions.close_call(call=call, actor=STAFF, now=LATE)
    actions.end_late_code(code=code, actor=STAFF, now=LATE)

    closed = actions.close_call(call=call, actor=STAFF, now=LATE)

    told = closed.inputs.content
    assert {row["ref"] for row in told} == {in_time.ref.number, draft.ref.number}
    assert closed.inputs_digest == digest(told) == digest(queries.inputs_of(closed))
    with pytest.raises(WrongState, match="The call has been closed"):
        enter(draft, actor, text)
    with pytest.raises(WrongState, match="Giving a late code is not possible"):
        give(closed)


def test_a_code_whose_call_was_closed_lets_nobody_write():
    """Whatever the code says: the database holds one that outlived its call."""
    call = make_open_call()
    draft, actor = begun(call)
    code, text = give(call)
    enter(draft, actor, text)
    actions.end_late_code(code=code, actor=STAFF, now=LATE)
    actions.close_call(call=call, actor=STAFF, now=LATE)
    LateCode.objects.filter(pk=code.pk).update(ended_at=None)

    with pytest.raises(WrongState):
        hand_in(Submission.objects.select_related("call").get(pk=draft.pk), actor)


@pytest.mark.parametrize("who", [make_actor("desk.read"), Actor()])
def test_only_who_runs_the_desk_gives_codes(who):
    call = make_open_call()
    code, _text = give(call)
    with pytest.raises(NotAllowed):
        actions.give_late_code(call=call, reason="x", until=UNTIL, uses=1, actor=who, now=LATE)
    with pytest.raises(NotAllowed):
        actions.end_late_code(code=code, actor=who, now=LATE)


def test_a_code_lasts_beyond_the_closing_time():
    with pytest.raises(ValueError, match="beyond the closing time"):
        give(make_open_call(), until=CLOSES, now=DURING)


# -- Pages ----------------------------------------------------------------------------------------------------


@pytest.fixture
def past():
    """A call whose closing time has passed a minute ago."""
    call = open_now()
    make_place("SE")
    person, actor = make_applicant()
    call.draft = make_submission(call, applicant=(person, actor), now=timezone.now(), hand_in=False)
    call.person = person
    Call.objects.filter(pk=call.pk).update(closes_at=timezone.now() - timedelta(minutes=1))
    return call


def test_the_desk_gives_a_code_that_is_shown_once(client, past):
    account = make_account()
    give_grant(account=account, right="desk.run", starts_on=TODAY, reason="test", actor=INSTALLER, now=NOW)
    client.force_login(account)
    page = reverse("desk_calls:late", args=[past.key])
    until = (timezone.now() + timedelta(days=2)).strftime("%Y-%m-%dT%H:%M")
    sent = {"reason": "Her line was cut.", "until": until, "uses": "1"}
    assert set(client.post(page, {**sent, "applicant": past.ref.number}).context["form"].errors) == {
        "applicant"
    }

    answer = client.post(page, {**sent, "applicant": past.person.ref.number})

    text, code = answer.context["given"], LateCode.objects.get()
    assert text in answer.content.decode()
    assert code.person == past.person
    assert text not in client.get(page).content.decode()
    client.post(reverse("desk_calls:end_late", args=[past.key, code.pk]))
    code.refresh_from_db()
    assert code.ended_at is not None


def test_an_applicant_enters_her_code_and_writes_on(client, past):
    _code, text = give(past, until=timezone.now() + timedelta(days=1), now=timezone.now(), person=past.person)
    client.force_login(past.person.account)
    number = past.draft.ref.number
    page, write = (reverse(f"my_calls:{name}", args=[number]) for name in ("submission", "write"))
    assert client.get(write)["Location"] == page
    assert 'name="code"' in client.get(page).content.decode()
    wrong = client.post(reverse("my_calls:enter_late", args=[number]), {"code": "NO"}, follow=True)
    assert "This is no code for this call." in wrong.content.decode()

    answer = client.post(reverse("my_calls:enter_late", args=[number]), {"code": text})

    assert answer["Location"] == write
    assert client.get(write).status_code == 200
    assert 'name="code"' not in client.get(page).content.decode()
    assert "Hand it in until" in client.get(reverse("my_calls:submissions")).content.decode()


def test_an_answer_is_begun_late_from_the_page_of_the_call(client, past):
    organisation, (person, _actor) = make_organisation(), make_applicant()
    make_affiliation(person, organisation, role="representative")
    _code, text = give(
        past, until=timezone.now() + timedelta(days=1), now=timezone.now(), organisation=organisation
    )
    client.force_login(person.account)
    page, start = (reverse(f"my_calls:{name}", args=[past.key]) for name in ("call", "start"))
    assert 'name="code"' in client.get(page).content.decode()
    answers = {"begun-before": "2020-01-01", "organisation": str(organisation.pk)}
    assert client.post(start, answers)["Location"] == page
    assert client.post(start, {**answers, "organisation": "", "code": text})["Location"] == page

    answer = client.post(start, {**answers, "code": text})

    made = Submission.objects.exclude(pk=past.draft.pk).get()
    assert answer["Location"] == reverse("my_calls:write", args=[made.ref.number])
    assert made.organisation == organisation


@pytest.mark.parametrize("count", [1, 3])
def test_what_late_codes_cost_a_list(django_assert_num_queries, count):
    call = make_open_call()
    for _n in range(count):
        begun(call)
    rows = list(Submission.objects.select_related("call"))
    with django_assert_num_queries(1):
        queries.let_in_among(rows, LATE)
    with django_assert_num_queries(0):
        queries.let_in_among(rows, DURING)
