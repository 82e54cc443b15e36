"""Whom a list of submissions leads to when it is written to: the person in charge of each."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from secretariat.foundation.accounts.actor import Actor
from secretariat.record.mailings.audiences import Addressee, Audience, to_person
from secretariat.summit.calls import rules
from secretariat.summit.calls.models import Call, Submission
from secretariat.summit.calls.tables import SubmissionsTable, topics_of


def _chosen(actor: Actor, posted: QueryDict) -> Any:
    rows = Submission.objects.exclude(state="draft").defer("draft")
    if not rules.reads_desk(actor):
        return rows.none()
    key = QueryDict(posted.get("query", "")).get("call", "")
    topics: Any = ()
    if posted.get("all"):
        call = Call.objects.filter(key=key).first()
        rows, topics = rows.filter(call=call), topics_of(call) if call else ()
    return SubmissionsTable(rows, topics).chosen(posted).select_related("ref", "person__account")


def _reached(submissions: Sequence[Submission], _on: date) -> list[Addressee]:
    return [to_person(row.person, row.ref.number, row.organisation_id) for row in submissions]


def _path(query: str) -> str:
    key = QueryDict(query).get("call", "")
    return f"{reverse('desk_calls:submissions', args=[key])}?{query}" if key else reverse("desk_calls:calls")


SUBMISSIONS = Audience("submissions", _("persons in charge of submissions"), _chosen, _reached, _path)
