import io
from datetime import timedelta

from secretariat.foundation.files.actions import store_file
from secretariat.governance.meetings import actions
from secretariat.governance.meetings.queries import places_of_person
from tests.factories.accounts import INSTALLER, NOW, make_actor
from tests.factories.ballots import make_council, make_procedure

BEGINS = NOW + timedelta(days=21)


def make_meeting(
    body=None,
    *,
    title_en="Example session",
    starts_at=BEGINS,
    ends_at=None,
    how="hybrid",
    actor=INSTALLER,
    now=NOW,
    **kw,
):
    return actions.plan_meeting(
        body=body or make_council(3)[0], title_en=title_en, title_zh="示例会议", starts_at=starts_at,
        ends_at=ends_at or starts_at + timedelta(hours=3), how=how, actor=actor, now=now, **kw,
    )  # fmt: skip


def make_convened_meeting(body=None, *, actor=INSTALLER, now=NOW, reason="", **kw):
    meeting = make_meeting(body, actor=actor, now=now, **kw)
    return actions.convene(meeting=meeting, reason=reason, actor=actor, now=now)


def make_open_meeting(body=None, *, present=(), actor=INSTALLER, now=NOW, **kw):
    """A meeting that is open at its hour, with these people in the room."""
    meeting = make_convened_meeting(body, actor=actor, now=now, **kw)
    for person in present:
        arrive(meeting, person)
    return actions.open_meeting(meeting=meeting, actor=actor, now=meeting.starts_at)


def make_item(meeting, *, actor=INSTALLER, now=NOW, **kw):
    return actions.add_item(
        meeting=meeting, actor=actor, now=now, **{"title_en": "Example item", "title_zh": "示例议程", **kw}
    )  # fmt: skip


def make_current_item(meeting, *, actor=INSTALLER, now=BEGINS, **kw):
    return actions.take_up(item=make_item(meeting, actor=INSTALLER, **kw), actor=actor, now=now)


def arrive(meeting, person, *, mode="room", actor=INSTALLER, now=BEGINS):
    return actions.record_arrival(meeting=meeting, person=person, mode=mode, actor=actor, now=now)


def give_proxy(meeting, giver, holder, *, accepted=True, now=NOW):
    """The vote of a person's own seat, put into the hands of another."""
    [place] = places_of_person(meeting, giver.pk)
    proxy = actions.offer_proxy(meeting=meeting, place=place, holder=holder, actor=as_member(giver), now=now)
    if accepted:
        actions.answer_proxy(proxy=proxy, accepts=True, actor=as_member(holder), now=now)
    return proxy


def as_member(person, *rights, body=None):
    """The actor that a person is on her own page; with a body, as one of its seats and with these rights in it."""
    if body is None:
        return make_actor(account=person.account, person=person)
    return make_actor(
        "body.sit", *rights, account=person.account, person=person, scope_id=body.pk, body_id=body.pk
    )


def make_assembly(size, *, proxies_each=0, **kw):
    """A council with rules of procedure in force since long before."""
    body, people = make_council(size)
    make_procedure(body, starts_on=NOW.date() - timedelta(days=400), proxies_each=proxies_each, **kw)
    return body, people


def make_paper(item, *, actor=INSTALLER, now=NOW):
    return actions.add_paper(item=item, title_en="Example paper", title_zh="示例文件", actor=actor, now=now)


def make_paper_version(item=None, *, paper=None, language="en", actor=INSTALLER, now=NOW):
    content = f"%PDF-1.7\n{language} {now}".encode()
    file = store_file(
        stream=io.BytesIO(content), name=f"{language}.pdf", allowed_types=(), limit=1000, actor=actor, now=now
    )
    paper = paper or make_paper(item)
    return actions.add_paper_version(paper=paper, language=language, file=file, actor=actor, now=now)
