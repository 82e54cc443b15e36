from dataclasses import replace

from secretariat.foundation.accounts.actor import Actor
from secretariat.governance.ballots.actions import cast_vote, declare_ballot, lay_down_procedure, open_ballot
from secretariat.governance.ballots.electorate import electorate_of
from secretariat.governance.ballots.models import RollLine
from tests.factories.accounts import INSTALLER, NOW, TODAY, make_account
from tests.factories.bodies import make_body, make_term
from tests.factories.people import make_person


def make_council(size=5, **kw):
    """A deciding body whose every seat is held by a person with an account, the first of them its chair."""
    body = make_body(flags=("executive", "decides"), **kw)
    people = [make_person(account=make_account()) for _ in range(size)]
    for number, person in enumerate(people):
        make_term(body, person, role="member" if number else "chair")
    return body, people


def make_procedure(body, *, starts_on=TODAY, actor=INSTALLER, now=NOW, **kw):
    return lay_down_procedure(body=body, starts_on=starts_on, actor=actor, now=now, **kw)


def make_ballot(body, *, method="roll_call", actor=INSTALLER, now=NOW, **kw):
    return declare_ballot(
        body=body, question_en="Example question", question_zh="示例问题", method=method, actor=actor, now=now, **kw
    )  # fmt: skip


def make_open_ballot(body, *, absent=(), recused=(), weights=None, actor=INSTALLER, now=NOW, **kw):
    """An open ballot over the body's seats; ``absent`` and ``recused`` are people, ``weights`` are by person."""
    ballot = make_ballot(body, actor=actor, now=now, **kw)
    places = [
        replace(
            place, is_present=place.voter not in {p.pk for p in absent},
            weight=(weights or {}).get(place.voter, place.weight),
            recusal={"en": "Related", "zh": "有关联"} if place.voter in {p.pk for p in recused} else None,
        )
        for place in electorate_of(body, now.date())
    ]  # fmt: skip
    return open_ballot(ballot=ballot, places=places, actor=actor, now=now)


def line_of(ballot, person):
    return RollLine.objects.get(ballot=ballot, voter=person)


def as_voter(person):
    return Actor(person.account_id, person.pk)


def vote(ballot, person, choice, *, now=NOW, reason=""):
    reason = reason or ("Example objection." if ballot.method == "silence" and choice == "no" else "")
    return cast_vote(
        line=line_of(ballot, person), choice=choice, reason=reason, actor=as_voter(person), now=now
    )
