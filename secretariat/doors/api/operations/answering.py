"""What waits for my word: a text to approve, an honour offered to me, the proof of my entry."""

from typing import Any

from django.http import Http404, HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Router

from secretariat.doors.api.entering import needing
from secretariat.doors.api.operations.public import After, Limit, found
from secretariat.doors.api.paging import page_of
from secretariat.doors.api.shapes.answering import (
    Accepting,
    ApprovalShape,
    Approving,
    OfferShape,
    ProofShape,
    ProofWhole,
    Represented,
    Wanted,
)
from secretariat.doors.api.shapes.basic import Listed, Page, answers
from secretariat.foundation.accounts.actor import Actor, WrongState
from secretariat.record.publications.actions import answer_proof
from secretariat.registry.organisations.models import Organisation
from secretariat.summit.calls import actions, queries
from secretariat.summit.honours import queries as honours
from secretariat.summit.honours.actions import answer_offer

router = Router(tags=["my"])
READS, WRITES = needing("my.read"), needing("my.write")
APPROVAL = "/my/submissions/{number}/approval"
PROOF = "/my/entries/{book}/{number}"


def approval_told(actor: Actor, number: str) -> ApprovalShape:
    row = queries.get_own_submission(actor, number)
    return ApprovalShape.of(row, queries.approval_of(actor, row))


@router.get("/my/organisations", auth=READS, response=answers(Listed[Represented], 403))
def list_my_organisations(request: HttpRequest) -> Any:
    """The organisations I represent, and whether each wants what is handed in for it approved."""
    rows = queries.organisations_represented(request.auth)
    return {"items": [Represented.of(row) for row in rows]}


@router.put("/my/organisations/{number}/approval", auth=WRITES, response=answers(Represented, 403, 404))
def want_my_approval(request: HttpRequest, number: str, said: Wanted) -> Any:
    """Say whether a second representative approves what is handed in for an organisation I represent."""
    actor = request.auth
    represented = {row.ref.number: row for row in queries.organisations_represented(actor)}
    organisation: Organisation = found(represented.get(number))
    actions.want_approval(organisation=organisation, wanted=said.wanted, actor=actor, now=timezone.now())
    organisation.wants_approval = said.wanted
    return Represented.of(organisation)


@router.get(APPROVAL, auth=READS, response=answers(ApprovalShape, 403, 404))
def read_my_approval(request: HttpRequest, number: str) -> Any:
    """How the draft as it stands is approved inside its organisation."""
    return approval_told(request.auth, number)


@router.post(f"{APPROVAL}/ask", auth=WRITES, response=answers(ApprovalShape, 403, 404, 409))
def ask_my_approval(request: HttpRequest, number: str) -> Any:
    """Lay the draft as it stands before the other representatives. They are told."""
    row = queries.get_own_submission(request.auth, number)
    actions.ask_approval(submission=row, actor=request.auth, now=timezone.now())
    return approval_told(request.auth, number)


@router.post(f"{APPROVAL}/give", auth=WRITES, response=answers(ApprovalShape, 403, 404, 409))
def give_my_approval(request: HttpRequest, number: str) -> Any:
    """Approve the draft as another representative laid it before me."""
    row = queries.get_own_submission(request.auth, number)
    approval = queries.approval_of(request.auth, row)["approval"]
    if approval is None:
        raise WrongState(_("Nobody has asked for an approval of the text as it stands."))
    actions.approve(approval=approval, actor=request.auth, now=timezone.now())
    return approval_told(request.auth, number)


@router.get("/my/honours", auth=READS, response=answers(Page[OfferShape], 403))
def list_my_honours(request: HttpRequest, after: str = After, limit: int = Limit) -> Any:
    """What was offered to me, or to an organisation I represent, the latest first."""
    keys = ["-offered_at", "ref__number"]
    rows = honours.my_honours(request.auth)
    return page_of(rows, keys, after=after, limit=limit, shape=OfferShape.of, salt="my-honours")


@router.get("/my/honours/{number}", auth=READS, response=answers(OfferShape, 403, 404))
def read_my_honour(request: HttpRequest, number: str) -> Any:
    """One offer, by its own number."""
    return OfferShape.of(_offer(request.auth, number))


@router.post("/my/honours/{number}/answer", auth=WRITES, response=answers(OfferShape, 403, 404, 409))
def answer_my_honour(request: HttpRequest, number: str, said: Accepting) -> Any:
    """Accept an honour or decline it. Either is for good: ask the applicant before a program answers for her."""
    honour = _offer(request.auth, number)
    answer_offer(honour=honour, accept=said.accept, actor=request.auth, now=timezone.now())
    return OfferShape.of(_offer(request.auth, number))


def _offer(actor: Actor, number: str) -> Any:
    try:
        return honours.get_my_honour(actor, number)
    except honours.NotFound:
        raise Http404 from None


@router.get("/my/entries", auth=READS, response=answers(Page[ProofShape], 403))
def list_my_entries(request: HttpRequest, after: str = After, limit: int = Limit) -> Any:
    """The entries of books that I answer for, book by book."""
    keys = ["publication__key", "position", "pk"]
    rows = honours.my_entries(request.auth)
    return page_of(rows, keys, after=after, limit=limit, shape=ProofShape.of, salt="my-entries")


@router.get(PROOF, auth=READS, response=answers(ProofWhole, 403, 404))
def read_my_entry(request: HttpRequest, book: str, number: str) -> Any:
    """The proof of one entry: the text as it would be printed, beside what was handed in."""
    return _proof(request.auth, book, number)


@router.post(f"{PROOF}/answer", auth=WRITES, response=answers(ProofWhole, 403, 404, 409))
def answer_my_entry(request: HttpRequest, book: str, number: str, said: Approving) -> Any:
    """Approve the entry as it stands, or refuse it: then it is not printed. Either is for good."""
    entry = _entry(request.auth, book, number)
    answer_proof(entry=entry, approve=said.approve, actor=request.auth, now=timezone.now())
    return _proof(request.auth, book, number)


def _entry(actor: Actor, book: str, number: str) -> Any:
    try:
        return honours.get_my_entry(actor, book, number)
    except honours.NotFound:
        raise Http404 from None


def _proof(actor: Actor, book: str, number: str) -> ProofWhole:
    entry = _entry(actor, book, number)
    named = Organisation.objects.filter(pk__in=entry.content.get("applicants", []))
    applicants = list(named.select_related("country").order_by("sort_key", "pk"))
    return ProofWhole.of_one(entry, honours.handed_in_for(entry), applicants)
