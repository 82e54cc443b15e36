"""The letters of the desk: what came in is read; what goes out is written, signed by a second person, and sent."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Router, Status

from secretariat.doors.api.operations.public import After, Limit, found
from secretariat.doors.api.operations.registry import READS
from secretariat.doors.api.operations.work import LATEST, RUNS, State, at_the_desk, known
from secretariat.doors.api.paging import page_of
from secretariat.doors.api.problems import in_person, invalid, naming
from secretariat.doors.api.shapes.basic import Page, answers
from secretariat.doors.api.shapes.letters import AnswerBeginning, LetterAct, LetterBeginning, Remark
from secretariat.doors.api.shapes.work import IncomingShape, IncomingWhole, LetterLine, LetterWhole
from secretariat.foundation.accounts.actor import Actor
from secretariat.foundation.privacy.actions import disclose
from secretariat.record.correspondence import actions, queries
from secretariat.record.correspondence.models import Letter

router = Router(tags=["desk"])
LETTER = "/desk/letters/out/{number}"


def incoming_of(actor: Actor) -> Any:
    return queries.visible_incoming(actor).select_related("owner__ref", "person__ref", "organisation__ref")


@router.get("/desk/letters/in", auth=READS, response=answers(Page[IncomingShape], 403))
def list_incoming(request: HttpRequest, state: str = State, after: str = After, limit: int = Limit) -> Any:
    """What came in, the latest first."""
    rows = incoming_of(request.auth).defer("summary")
    rows = rows.filter(state=state) if state else rows
    return page_of(rows, LATEST, after=after, limit=limit, shape=IncomingShape.of, salt="incoming")


@router.get("/desk/letters/in/{number}", auth=READS, response=answers(IncomingWhole, 403, 404))
def read_incoming(request: HttpRequest, number: str) -> Any:
    """One letter that came in, with what it says."""
    rows = incoming_of(request.auth).select_related("file").filter(ref__number=number)
    return IncomingWhole.of_one(found(rows.first()))


def letters_of(actor: Actor) -> Any:
    return queries.visible_letters(actor).select_related("drafter__ref", "signer__ref")


@router.get("/desk/letters/out", auth=READS, response=answers(Page[LetterLine], 403))
def list_letters(request: HttpRequest, state: str = State, after: str = After, limit: int = Limit) -> Any:
    """What goes out, the latest first."""
    rows = letters_of(request.auth).defer("wording__text")
    rows = rows.filter(state=state) if state else rows
    return page_of(rows, LATEST, after=after, limit=limit, shape=LetterLine.of, salt="letters")


@router.get(LETTER, auth=READS, response=answers(LetterWhole, 403, 404))
def read_letter(request: HttpRequest, number: str) -> Any:
    """One letter with its text and everybody it goes to."""
    return told(request.auth, number)


def told(actor: Actor, number: str) -> LetterWhole:
    """A letter as it stands. Those it goes to see who read their addresses."""
    letter = _letter(actor, number)
    people = letter.recipients.filter(person__isnull=False).values_list("person", flat=True)
    disclose(
        owners=list(people), what="correspondence.recipients", about=number, actor=actor, now=timezone.now(),
    )  # fmt: skip
    return LetterWhole.of_one(letter)


def _letter(actor: Actor, number: str) -> Letter:
    return found(letters_of(actor).filter(ref__number=number).first())


@router.post("/desk/letters/out", auth=RUNS, response=answers(LetterWhole, 403, status=201))
def draft_letter(request: HttpRequest, beginning: AnswerBeginning) -> Any:
    """Begin a letter in my name; somebody else signs it. A program of nobody's own writes none."""
    in_person(request.auth)
    answered = None
    if beginning.answers is not None:
        answered = known(queries.get_incoming_for(request.auth, beginning.answers), "answers")
    letter = actions.draft_letter(
        **_said(request.auth, beginning), answers=answered, actor=request.auth, now=timezone.now()
    )
    return Status(201, told(request.auth, letter.ref.number))


@router.put(LETTER, auth=RUNS, response=answers(LetterWhole, 403, 404, 409))
def change_letter(request: HttpRequest, number: str, beginning: LetterBeginning) -> Any:
    """Write a draft anew: what is sent takes the place of what stands."""
    letter = _letter(request.auth, number)
    in_person(request.auth)
    said = _said(request.auth, beginning, letter)
    actions.change_letter(letter=letter, **said, actor=request.auth, now=timezone.now())
    return told(request.auth, number)


def _said(actor: Actor, beginning: LetterBeginning, letter: Letter | None = None) -> dict[str, Any]:
    drafter = letter.drafter_id if letter else actor.person_id
    signer = at_the_desk(beginning.signer, "signer")
    if signer is not None and signer.pk == drafter:
        raise invalid("signer", "another", _("Name somebody other than the drafter to sign it."))
    for place, to in enumerate(beginning.to):
        try:
            validate_email(to.email or "none@example.org")
        except ValidationError as wrong:
            raise invalid(f"to.{place}.email", "email", wrong.messages[0]) from None
    return {
        "subject": beginning.subject, "text": beginning.text, "cover": beginning.cover,
        "language": beginning.language, "signer": signer, "due_on": beginning.due_on,
        "recipients": [actions.To(to.name, to.email, to.address) for to in beginning.to],
    }  # fmt: skip


WITHOUT: dict[str, Callable[..., Letter]] = {
    "put-up": actions.put_up, "sign": actions.sign, "send": actions.send_letter,
}  # fmt: skip


@router.post(f"{LETTER}/{{act}}", auth=RUNS, response=answers(LetterWhole, 403, 404, 409))
def act_on_letter(request: HttpRequest, number: str, act: LetterAct, said: Remark) -> Any:
    """Put a draft up, sign it as the person named in it, send it back, send it out, or drop it: in person."""
    letter, who = _letter(request.auth, number), {"actor": request.auth, "now": timezone.now()}
    in_person(request.auth)
    with naming("reason" if act in ("send-back", "drop") else "act", "complete"):
        if act == "send-back":
            actions.send_back(letter=letter, remark=said.reason, **who)
        elif act == "drop":
            actions.drop_letter(letter=letter, reason=said.reason, **who)
        else:
            WITHOUT[act](letter=letter, **who)
    return told(request.auth, number)
