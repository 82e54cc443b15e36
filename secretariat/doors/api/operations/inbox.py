"""What I was told: my notices, and that I have read one."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest
from django.utils import timezone
from ninja import Query, Router

from secretariat.doors.api.entering import needing
from secretariat.doors.api.operations.public import After, Limit
from secretariat.doors.api.paging import page_of
from secretariat.doors.api.shapes.basic import Page, answers
from secretariat.doors.api.shapes.inbox import NoticeShape
from secretariat.foundation.notices import actions, queries
from secretariat.foundation.notices.models import Notice

router = Router(tags=["my"])


@router.get("/my/notices", auth=needing("my.read"), response=answers(Page[NoticeShape], 403))
def list_my_notices(
    request: HttpRequest, unread: bool = Query(False, description="Only what I have not read."),
    after: str = After, limit: int = Limit,
) -> Any:  # fmt: skip
    """What I was told, latest first."""
    box = queries.postbox_of(request.auth)

    def shape(notice: Notice) -> NoticeShape:
        return NoticeShape.of(queries.in_words([notice], request.auth, box)[0])

    rows = queries.my_notices(request.auth, unread=unread)
    return page_of(rows, ["-told_at", "-pk"], after=after, limit=limit, shape=shape, salt="my-notices")


@router.post("/my/notices/{notice}/read", auth=needing("my.write"), response=answers(NoticeShape, 403, 404))
def mark_my_notice_read(request: HttpRequest, notice: UUID) -> Any:
    """Say that I have read it. The first time counts."""
    found = queries.get_notice_for(request.auth, notice)
    if found is None:
        raise Http404
    actions.mark_read(notice=found, actor=request.auth, now=timezone.now())
    return NoticeShape.of(queries.in_words([queries.get_notice_for(request.auth, notice)], request.auth)[0])
