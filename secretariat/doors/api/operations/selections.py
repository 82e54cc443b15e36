"""The selections as the public may check them, and the sealed log that vouches for them."""

from typing import Any

from django.http import Http404, HttpRequest
from ninja import Field, Query, Router, Schema

from secretariat.doors.api.operations.public import found
from secretariat.doors.api.problems import invalid
from secretariat.doors.api.shapes.basic import Listed, answers
from secretariat.doors.api.shapes.selections import EntryShape, SelectionShape
from secretariat.doors.site.listing import named_items
from secretariat.doors.site.selections import Selection, public_call, public_calls, selections_of
from secretariat.foundation.audit.models import LogEntry
from secretariat.foundation.audit.queries import (
    consistency_proof,
    inclusion_proof,
    latest_head,
    log_size,
    sealed_pledges,
)

router = Router(tags=["public"])
MOST = 2**53  # the largest whole number every reader of JSON keeps
Place = Query(ge=0, le=MOST)


@router.get("/selections", response=answers(Listed[SelectionShape]))
def list_selections(request: HttpRequest) -> Any:
    """Every selection with its cuts, the latest call first."""
    return {"items": [SelectionShape.of(each) for each in selections_of(public_calls())]}


@router.get("/selections/{key}", response=answers(SelectionShape, 404))
def read_selection(request: HttpRequest, key: str) -> Any:
    """One selection by the key of its call."""
    return SelectionShape.of(_selection(key))


@router.get("/selections/{key}/entries", response=answers(Listed[EntryShape], 404))
def list_entries(request: HttpRequest, key: str) -> Any:
    """The items that may be named, in the order of their list; none before its authority has decided."""
    return {"items": [EntryShape.of(item) for item in named_items(_selection(key))]}


@router.get("/selections/{key}/entries/{number}", response=answers(EntryShape, 404))
def read_entry(request: HttpRequest, key: str, number: str) -> Any:
    """One item that may be named. One that was not recommended is not there."""
    items = named_items(_selection(key))
    return EntryShape.of(found(next((item for item in items if item.ref == number), None)))


def _selection(key: str) -> Selection:
    return selections_of([found(public_call(key))])[0]


class Head(Schema):
    """The newest signed head of the log."""

    size: int
    root: str = Field(description="The root of the Merkle tree, hexadecimal.")
    note: str = Field(description="The signed note: what others keep and compare.")


class Proof(Schema):
    """Hashes, hexadecimal, as in RFC 9162."""

    leaf: str = Field("", description="The hash of the leaf, for a proof of inclusion.")
    hashes: list[str]


class SealedPledgeShape(Schema):
    """What the organisation bound itself to, and where it stands in the log."""

    index: int
    leaf: str
    payload: dict[str, Any]


@router.get("/log/head", response=answers(Head, 404))
def read_head(request: HttpRequest) -> Any:
    """The newest signed head; not there before anything was sealed."""
    head = found(latest_head())
    return Head(size=head.size, root=bytes(head.root).hex(), note=head.note)


@router.get("/log/inclusion", response=answers(Proof, 404))
def prove_inclusion(request: HttpRequest, index: int = Place, size: int = Place) -> Any:
    """The proof that a leaf is in the log of `size` leaves."""
    if size > log_size():
        raise Http404
    if index >= size:
        raise invalid("index", "range", "index >= size")
    leaf = LogEntry.objects.get(index=index)
    hashes = [part.hex() for part in inclusion_proof(index, size)]
    return Proof(leaf=bytes(leaf.leaf_hash).hex(), hashes=hashes)


@router.get("/log/consistency", response=answers(Proof, 404))
def prove_consistency(request: HttpRequest, first: int = Place, second: int = Place) -> Any:
    """The proof that the log of `second` leaves only added to that of `first`."""
    if second > log_size():
        raise Http404
    if not 0 < first <= second:
        raise invalid("first", "range", "0 < first <= second")
    return Proof(hashes=[part.hex() for part in consistency_proof(first, second)])


@router.get("/selections/{key}/pledges", response=answers(Listed[SealedPledgeShape], 404))
def list_pledges(request: HttpRequest, key: str) -> Any:
    """What the organisation bound itself to in this selection, in the order of the log."""
    call = found(public_call(key))
    return {
        "items": [
            SealedPledgeShape(index=each.index, leaf=each.leaf_hash.hex(), payload=each.pledge.payload)
            for each in sealed_pledges([call.pk])
        ]
    }
