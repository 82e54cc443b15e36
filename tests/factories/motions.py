from secretariat.governance.motions.actions import (
    admit_motion,
    propose_amendment,
    put_to_vote,
    save_motion,
    start_motion,
    submit_motion,
)
from secretariat.governance.motions.logic import Paragraph
from secretariat.governance.motions.models import Amendment, Motion
from tests.factories.accounts import INSTALLER, NOW
from tests.factories.ballots import as_voter, vote

TEXT = tuple(Paragraph(f"Example paragraph {n}.", f"示例第{n}段。") for n in (1, 2, 3))


def make_draft(
    body, person, *, text=TEXT, kind="ordinary", now=NOW, title=("Example motion", "示例动议"), reason=""
):
    motion = start_motion(body=body, actor=as_voter(person), now=now)
    return save_motion(
        motion=motion, title_en=title[0], title_zh=title[1], paragraphs=text, reason=reason, kind=kind, seen=0,
        actor=as_voter(person), now=now,
    )  # fmt: skip


def make_submitted(body, person, **kw):
    now = kw.get("now", NOW)
    motion = make_draft(body, person, **kw)
    submit_motion(motion=motion, actor=as_voter(person), now=now)
    return fresh(motion)


def make_motion(body, person, *, now=NOW, **kw):
    """An admitted motion of three paragraphs."""
    return admit_motion(motion=make_submitted(body, person, now=now, **kw), actor=INSTALLER, now=now)


def make_amendment(
    motion, person, *, doing="replace", paragraph=1, en="Other words.", zh="其他文字。", now=NOW, **kw
):
    if doing == "delete":
        en = zh = ""
    return propose_amendment(
        motion=motion, doing=doing, paragraph=paragraph, text_en=en, text_zh=zh, actor=as_voter(person), now=now, **kw
    )  # fmt: skip


def decide(thing, people, choice="yes", *, now=NOW):
    """Put a motion or an amendment to the vote, let these people say the same, and close."""
    from secretariat.governance.ballots.actions import close_ballot

    ballot = put_to_vote(subject=thing.ref, method="roll_call", actor=INSTALLER, now=now)
    for person in people:
        vote(ballot, person, choice, now=now)
    close_ballot(ballot=ballot, actor=INSTALLER, now=now)
    return fresh(thing)


def fresh(thing):
    """The same row as it stands now."""
    if isinstance(thing, Amendment):
        return Amendment.objects.select_related("ref", "motion__ref", "motion__body__ref").get(pk=thing.pk)
    return Motion.objects.select_related("ref", "body__ref").get(pk=thing.pk)
