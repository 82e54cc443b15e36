"""The API as the framework knows it: its operations, and how what they refuse is told."""

from typing import Any

from django.http import Http404
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.operation import Operation

from secretariat.doors.api.operations import (
    admissions,
    advice,
    answering,
    bodies,
    governance,
    handing_in,
    inbox,
    judged,
    letters,
    mailings,
    meetings,
    membership,
    mine,
    minutes,
    public,
    questions,
    registry,
    relations,
    reviewing,
    selections,
    work,
)
from secretariat.doors.api.problems import problem_for

VERSION = "1.0.0"


class Api(NinjaAPI):
    """Operations are called as their functions are."""

    def get_openapi_operation_id(self, operation: Operation) -> str:
        return operation.view_func.__name__


api = Api(title="Secretariat", version=VERSION, docs_url=None, openapi_url=None, urls_namespace="api")
for router in (
    public.router, selections.router, mine.router, answering.router, questions.router, handing_in.router,
    reviewing.router, inbox.router, judged.router, questions.desk, work.router, letters.router, mailings.router,
    registry.router, handing_in.desk, meetings.public, meetings.mine, governance.router, governance.my,
    governance.desk, bodies.router, membership.my, membership.desk, admissions.my, admissions.desk,
    minutes.public, minutes.my, minutes.desk, advice.router, advice.my, advice.desk, relations.my,
):  # fmt: skip
    api.add_router("", router)
for kind in (Exception, Http404, HttpError, AuthenticationError, ValidationError):
    api.add_exception_handler(kind, lambda request, problem, **_named: problem_for(request, problem))


def operations() -> list[tuple[str, Operation]]:
    """Return every operation with its path, in the order of declaration."""
    found: list[tuple[str, Any]] = []
    for router in api._get_bound_routers():
        for path, view in router.path_operations.items():
            found += [(path, operation) for operation in view.operations]
    return found
