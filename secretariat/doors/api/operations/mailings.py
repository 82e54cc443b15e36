"""What the desk writes to many: which lists there are, whom one leads to, and a mailing from its draft to its end."""

from collections.abc import Callable, Sequence
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Query, Router, Status

from secretariat.doors.api.operations.public import After, Limit, found
from secretariat.doors.api.operations.registry import READS
from secretariat.doors.api.operations.work import LATEST, RUNS, State, at_the_desk
from secretariat.doors.api.paging import MOST, USUAL, page_of
from secretariat.doors.api.problems import in_person, invalid, naming
from secretariat.doors.api.shapes.basic import Listed, Page, answers
from secretariat.doors.api.shapes.letters import Remark
from secretariat.doors.api.shapes.mailings import (
    AudienceShape,
    CopyShape,
    MailingAct,
    MailingBeginning,
    MailingLine,
    MailingWhole,
    MailingWords,
)
from secretariat.foundation.accounts.actor import Actor
from secretariat.foundation.privacy.actions import disclose
from secretariat.record.mailings import actions, queries
from secretariat.record.mailings.audiences import audiences
from secretariat.record.mailings.copying import copies_of
from secretariat.record.mailings.models import Copy, Mailing
from secretariat.record.mailings.states import MailingState

router = Router(tags=["desk"])
MAILING = "/desk/mailings/{number}"


@router.get("/desk/audiences", auth=READS, response=answers(Listed[AudienceShape], 403))
def list_audiences(request: HttpRequest) -> Any:
    """The lists that can be written to."""
    return {"items": [AudienceShape.of(each) for each in audiences()]}


def mailings_of(actor: Actor) -> Any:
    return queries.visible_mailings(actor).select_related("drafter__ref", "approver__ref")


@router.get("/desk/mailings", auth=READS, response=answers(Page[MailingLine], 403))
def list_mailings(request: HttpRequest, state: str = State, after: str = After, limit: int = Limit) -> Any:
    """What was written to many, the latest first."""
    rows = mailings_of(request.auth)
    rows = rows.filter(state=state) if state else rows
    return page_of(rows, LATEST, after=after, limit=limit, shape=MailingLine.of, salt="mailings")


@router.get(MAILING, auth=READS, response=answers(MailingWhole, 403, 404))
def read_mailing(request: HttpRequest, number: str) -> Any:
    """One mailing with its words, and how far it has come; of a draft, to how many it would go now."""
    return told(request.auth, number)


def told(actor: Actor, number: str) -> MailingWhole:
    row = _mailing(actor, number)
    if row.state != MailingState.DRAFT:
        return MailingWhole.of_one(row, queries.standing_of(row))
    copies = copies_of(row, actor, timezone.now())
    skipped = sum(bool(copy.skipped) for copy in copies)
    return MailingWhole.of_one(row, queries.Standing(len(copies), 0, len(copies) - skipped, 0, skipped))


def _mailing(actor: Actor, number: str) -> Mailing:
    return found(mailings_of(actor).filter(ref__number=number).first())


@router.get(f"{MAILING}/copies", auth=READS, response=answers(Page[CopyShape], 403, 404))
def list_copies(
    request: HttpRequest, number: str, after: str = After, limit: int = Query(USUAL, ge=1, le=MOST)
) -> Any:
    """Whom it goes to, word for word, by name. Of a draft, the first of those whom it would go to now."""
    row = _mailing(request.auth, number)

    def shown(page: Sequence[Copy]) -> None:
        owners = [copy.person_id for copy in page if copy.person_id]
        disclose(owners=owners, what="mailings.copies", about=number, actor=request.auth, now=timezone.now())

    if row.state == MailingState.DRAFT:
        copies = sorted(copies_of(row, request.auth, timezone.now()), key=lambda copy: copy.name)[:limit]
        shown(copies)
        return {"items": [CopyShape.of(copy) for copy in copies]}
    rows, keys = queries.copies_with_mail(row), ["name", "pk"]
    return page_of(
        rows, keys, after=after, limit=limit, shape=CopyShape.of, salt="copies", prepare=shown,
    )  # fmt: skip


@router.post("/desk/mailings", auth=RUNS, response=answers(MailingWhole, 403, status=201))
def begin_mailing(request: HttpRequest, beginning: MailingBeginning) -> Any:
    """Begin a mailing in my name to all that the filter of a list leaves."""
    in_person(request.auth)
    if beginning.audience not in {each.key for each in audiences()}:
        raise invalid("audience", "known", _("There is no such thing, or it is not yours to see."))
    row = actions.begin_mailing(**beginning.dict(), actor=request.auth, now=timezone.now())
    return Status(201, told(request.auth, row.ref.number))


@router.put(MAILING, auth=RUNS, response=answers(MailingWhole, 403, 404, 409))
def change_mailing(request: HttpRequest, number: str, words: MailingWords) -> Any:
    """Write the words of a draft, and who is to approve it."""
    row = _mailing(request.auth, number)
    in_person(request.auth)
    approver = at_the_desk(words.approver, "approver")
    if approver is not None and approver.pk == row.drafter_id:
        raise invalid("approver", "another", _("Name somebody other than the drafter to approve it."))
    said = {**words.dict(), "approver": approver}
    with naming("text", "placeholder"):
        actions.change_mailing(mailing=row, **said, actor=request.auth, now=timezone.now())
    return told(request.auth, number)


VERBS: dict[str, Callable[..., Mailing]] = {
    "put-up": actions.put_up, "approve": actions.approve, "start": actions.start, "stop": actions.stop,
    "resume": actions.resume, "drop": actions.drop_mailing,
}  # fmt: skip


@router.post(f"{MAILING}/{{act}}", auth=RUNS, response=answers(MailingWhole, 403, 404, 409))
def act_on_mailing(request: HttpRequest, number: str, act: MailingAct, said: Remark) -> Any:
    """Put a draft up, approve it as the person named in it, send it back, start, stop or go on, or drop it."""
    row, who = _mailing(request.auth, number), {"actor": request.auth, "now": timezone.now()}
    in_person(request.auth)
    with naming("reason" if act == "send-back" else "act", "complete"):
        if act == "send-back":
            actions.send_back(mailing=row, remark=said.reason, **who)
        else:
            VERBS[act](mailing=row, **who)
    return told(request.auth, number)
