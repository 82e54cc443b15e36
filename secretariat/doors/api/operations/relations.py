"""Who is tied to whom: declared by each person of herself, named by applicants, entered by a chair."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router, Status

from secretariat.doors.api.entering import needing
from secretariat.doors.api.operations.judged import router as judged
from secretariat.doors.api.operations.public import found
from secretariat.doors.api.operations.work import RUNS
from secretariat.doors.api.problems import naming
from secretariat.doors.api.shapes.basic import Listed, answers
from secretariat.doors.api.shapes.judged import ConflictShape
from secretariat.doors.api.shapes.relations import Ending, Entering, MyRelation, Named, Naming, Relating
from secretariat.registry.people.models import Person
from secretariat.registry.relations import actions, queries
from secretariat.summit.calls import actions as calls
from secretariat.summit.calls.queries import get_own_submission
from secretariat.summit.review import actions as review
from secretariat.summit.review.queries import get_followed_call

my = Router(tags=["my"])
WRITES = needing("my.write")


@my.get("/my/relations", auth=needing("my.read"), response=answers(Listed[MyRelation], 403))
def list_my_relations(request: HttpRequest) -> Any:
    """The personal relations that I declared, and those recorded of me; what goes on first."""
    return {"items": [MyRelation.of(row) for row in queries.my_relations(request.auth)]}


@my.post("/my/relations", auth=WRITES, response=answers(MyRelation, 403, status=201))
def declare_my_relation(request: HttpRequest, said: Relating) -> Any:
    """Declare once to whom I am tied. Others learn that there is a relation, never to whom or which."""
    with naming("name", "possible"):
        row = actions.declare_relation(**said.dict(), actor=request.auth, now=timezone.now())
    return Status(201, MyRelation.of(row))


@my.post("/my/relations/{relation}/end", auth=WRITES, response=answers(MyRelation, 403, 404, 409))
def end_my_relation(request: HttpRequest, relation: UUID, said: Ending) -> Any:
    """Say until when a relation held. It goes on to count for as many years as each question looks back."""
    rows = {row.pk: row for row in queries.my_relations(request.auth)}
    with naming("on", "possible"):
        row = actions.end_relation(
            relation=found(rows.get(relation)), ends_on=said.on, actor=request.auth, now=timezone.now()
        )
    return MyRelation.of(row)


@my.post(
    "/my/submissions/{number}/committee", auth=WRITES, response=answers(Named, 403, 404, 409, status=201)
)
def name_my_conflict(request: HttpRequest, number: str, said: Naming) -> Any:
    """Name a member of the committee whom I am tied to. The chair reads how, and decides."""
    submission = get_own_submission(request.auth, number)
    with naming("person", "possible"):
        row = calls.name_conflict(
            submission=submission, person=found(_person(said.person)).pk, reason=said.reason, actor=request.auth,
            now=timezone.now(),
        )  # fmt: skip
    return Status(201, Named(person=said.person, reason=row.reason))


@judged.post(
    "/desk/calls/{key}/conflicts", auth=RUNS, response=answers(ConflictShape, 403, 404, 409, status=201)
)
def enter_conflict(request: HttpRequest, key: str, said: Entering) -> Any:
    """Keep a member of the committee from an item, with a reason. It is not hers to undo."""
    call, person = get_followed_call(request.auth, key), found(_person(said.person))
    with naming("number", "possible"):
        row = review.enter_conflict(
            call=call,
            person=person,
            number=said.number,
            reason=said.reason,
            actor=request.auth,
            now=timezone.now(),
        )
    return Status(201, ConflictShape.of(row))


def _person(number: str) -> Person | None:
    return Person.objects.filter(ref__number=number).select_related("ref").first()
