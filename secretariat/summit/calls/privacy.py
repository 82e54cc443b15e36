"""What is kept of applicants."""

import json
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from secretariat.foundation.audit.holdings import (
    CONTRACT,
    DUTY,
    RECORD,
    Declared,
    Holding,
    Running,
    Subject,
    own,
)
from secretariat.foundation.files.actions import erase_contents
from secretariat.summit.calls.models import FormField
from secretariat.summit.calls.states import NAMED_ANSWERS, Confidentiality, FieldKind

TEN_YEARS = timedelta(days=3653)


def _shared(columns: str) -> Any:
    """Of what an organisation handed in, that goes which names her: contacts, and contributors if she is one."""

    def keys(rows: Any, subject: Subject) -> dict[UUID, list[str]]:
        found = {}
        of = "" if columns == "draft" else "submission__"
        shared = rows.filter(**{f"{of}organisation__isnull": False})
        for pk, call, content in shared.values_list("pk", f"{of}call", columns):
            fields = FormField.objects.filter(call=call).values_list("key", "kind", "confidentiality")
            found[pk] = [
                key for key, kind, who in fields
                if who == Confidentiality.NAMED
                or (kind == FieldKind.CONTRIBUTORS and _names(content.get(key), subject))
            ]  # fmt: skip
        return found

    return keys


def _names(value: Any, subject: Subject) -> bool:
    said = json.dumps(value, ensure_ascii=False)
    return any(name in said for name in subject.names | subject.emails)


def _contents(rows: Any, now: datetime) -> None:
    erase_contents(files=list(rows.values_list("file", flat=True)), now=now)


DECLARED = Declared(
    (
        Holding(
            model="calls.Submission", hers=own("person"), fields=("draft",),
            shown=("ref", "call", "state", "title_en", "title_zh", "submitted_at", "their_key"),
            purpose=_("writing an application"), ground=CONTRACT,
            kept=_("a year after the call closed where it was never handed in; else ten years"), at_end="blank",
            pruned=_shared("draft"),
            why_kept=_("Number, title, state and countries stay: the call's counts stay true."),
            ended=lambda now: ~Q(draft={}) & (
                Q(state="draft", call__closes_at__lt=now - timedelta(days=365))
                | Q(call__closes_at__lt=now - TEN_YEARS)
            ),
        ),
        Holding(
            model="calls.Version",
            hers=lambda subject: Q(author__in=subject.people) | Q(submission__person__in=subject.people),
            fields=("content", "salt"), shown=("submission", "number", "handed_in_at", "commitment"),
            purpose=_("judging what was handed in, and showing later what it was"), ground=CONTRACT,
            kept=_("ten years after it was handed in"), at_end="commitment", pruned=_shared("content"),
            why_kept=_("What an organisation handed in stays its own, without the answers that name her."),
            ended=lambda now: ~Q(content={}) & Q(handed_in_at__lt=now - TEN_YEARS),
        ),
        Holding(
            model="calls.Attachment",
            hers=lambda subject: Q(submission__person__in=subject.people, submission__organisation=None),
            fields=("file",), shown=("submission", "key"),
            files=("file",), purpose=_("judging what was handed in"), ground=CONTRACT,
            kept=_("ten years after it was handed in"), at_end="commitment", also=_contents,
            ended=lambda now: Q(file__erased_at=None, created_at__lt=now - TEN_YEARS),
        ),
        Holding(
            model="calls.Answer", hers=own("author"), fields=("text",), shown=("question", "answered_at"),
            purpose=_("answering what was asked about an application"), ground=CONTRACT,
            kept=_("ten years after it was handed in"), at_end="blank",
            why_kept=_("That there was an answer, and when, stays."),
            ended=lambda now: ~Q(text="") & Q(answered_at__lt=now - TEN_YEARS),
        ),
        Holding(
            model="calls.AnswerFile", hers=own("answer__author"), fields=("file",), shown=("answer",), files=("file",),
            purpose=_("answering what was asked about an application"), ground=CONTRACT,
            kept=_("ten years after it was handed in"), at_end="commitment", also=_contents,
            ended=lambda now: Q(file__erased_at=None, answer__answered_at__lt=now - TEN_YEARS),
        ),
        Holding(
            model="calls.NamedConflict", hers=own("named_by"), fields=("named_by", "reason"),
            shown=("submission", "person", "named_at"),
            purpose=_("keeping somebody away from deciding on an applicant she is tied to"), ground=DUTY, kept=RECORD,
            at_end="keep", why_kept=_("Who was kept from a decision is explained by it."),
        ),
        Holding(
            model="calls.LateCode", hers=own("person"), fields=("reason",), shown=("call", "until", "uses"),
            purpose=_("why an application may come in late"), ground=CONTRACT,
            kept=_("ten years after it was handed in"), at_end="blank",
            why_kept=_("That a code was given, until when and for how many, stays."),
            ended=lambda now: ~Q(reason="") & Q(until__lt=now - TEN_YEARS),
        ),
        Holding(
            model="calls.Approval",
            hers=lambda subject: Q(asked_by__in=subject.people) | Q(approved_by__in=subject.people),
            fields=("asked_by", "approved_by"), shown=("submission", "asked_at", "approved_at"),
            purpose=_("who in an organisation agreed to what was handed in"), ground=DUTY, kept=RECORD, at_end="keep",
            why_kept=_("The row says no name once she is erased."),
        ),
    ),
    running=(
        Running(
            "calls.Submission", _("an application that is still being considered"),
            lambda subject, _now: Q(person__in=subject.people, call__state__in=["open", "closed"])
            & Q(state="submitted"),
        ),
    ),
    disclosures={NAMED_ANSWERS: _("Answers of your application that are for named persons only")},
)  # fmt: skip
