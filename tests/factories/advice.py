import io
from datetime import timedelta

from secretariat.foundation.files.actions import store_file
from secretariat.governance.advice.actions import (
    add_paper,
    adopt_opinion,
    ask_advice,
    contribute,
    hand_in_paper,
)
from tests.factories.accounts import INSTALLER, NOW, make_account, make_actor
from tests.factories.bodies import make_body, make_term
from tests.factories.people import make_person


def make_committee(size=2, key=None):
    """A committee that advises, its chair first; and its people, each with an account."""
    body = make_body(key, flags=["advises"])
    people = [make_person(account=make_account()) for _ in range(size)]
    for n, person in enumerate(people):
        make_term(body, person, role="member" if n else "chair")
    return body, people


def make_request(committee=None, *, actor=INSTALLER, now=NOW, **kw):
    said = {"question_en": "How should small members be heard?", "question_zh": "应如何听取小型会员的意见？"}
    return ask_advice(
        committee=committee or make_committee()[0], actor=actor, now=now,
        **{**said, "due_on": now.date() + timedelta(days=30), **kw},
    )  # fmt: skip


def as_adviser(person, committee, *rights):
    """The actor that a member of a committee is on her own page."""
    return make_actor(
        "body.advise", "body.sit", *rights, account=person.account, person=person, scope_id=committee.pk,
        body_id=committee.pk,
    )  # fmt: skip


def make_contribution(request, person, *, text="In smaller groups.", now=NOW):
    return contribute(advice=request, text=text, actor=as_adviser(person, request.committee), now=now)


def make_opinion(request=None, *, chair=None, now=NOW, **kw):
    request = request or make_request(now=now)
    chair = chair or request.committee.seats.get(terms__role="chair").terms.get().person
    return adopt_opinion(
        advice=request, actor=as_adviser(chair, request.committee, "body.chair"), now=now,
        **{"opinion_en": "By hearings of regions.", "opinion_zh": "通过区域听证会。", **kw},
    )  # fmt: skip


def make_advice_paper(request=None, *, paper=None, language="en", content=b"So.", actor=INSTALLER, now=NOW):
    """A paper of a request as it was handed in, in one language; a new one unless it is given."""
    paper = paper or add_paper(
        advice=request or make_request(now=now), title_en="Example paper", title_zh="示例文件", actor=actor, now=now
    )  # fmt: skip
    file = store_file(
        stream=io.BytesIO(content), name=f"{language}.txt", allowed_types=(), limit=1000, actor=actor, now=now
    )
    return hand_in_paper(paper=paper, language=language, file=file, actor=actor, now=now)
