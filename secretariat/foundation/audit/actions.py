import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from django.db import connection, transaction

from secretariat.foundation.audit import models
from secretariat.foundation.audit.signals import acted


class ActingParty(Protocol):
    """Whoever acts, as far as the trail needs to know: see foundation.accounts.Actor."""

    account_id: UUID | None
    acting_for_id: UUID | None
    door: str
    brought_by_id: UUID | None
    token_id: UUID | None
    responsible_id: UUID | None


# The number of a new act, made current for the triggers, and the one that was current before.
BEGIN_ACT = """
WITH outside AS MATERIALIZED (SELECT current_setting('secretariat.act', true) AS act)
SELECT set_config('secretariat.act', nextval('audit_act_number')::text, true), act FROM outside
"""
# As text: every change there is ends with it.
END_ACT = """
INSERT INTO audit_act (id, at, verb, account_id, acting_for_id, door, subject_kind, subject_id, detail)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s)
"""


@dataclass
class OpenAct:
    """An act while its action runs. Its subject and detail may be told at any time before it ends."""

    id: int
    subject: Any = None
    detail: dict[str, Any] = field(default_factory=dict)

    def on(self, subject: Any, **detail: Any) -> None:
        self.subject = subject
        self.detail.update(detail)


@contextmanager
def act(
    verb: str, *, actor: ActingParty, now: datetime, subject: Any = None, **detail: Any
) -> Iterator[OpenAct]:
    """Run the block as one act: one transaction, every changed row tied to it, one row that says who did what.

    ``verb`` is in the past tense (``call_opened``). ``subject`` is the model instance it was done to. An act
    inside an act keeps its own rows and gives the outer one back when it ends.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(BEGIN_ACT)
            number, outer = cursor.fetchone()
            opened = OpenAct(int(number), subject, {**detail, **_way_in(actor)})
            yield opened
            # At the end of the transaction the setting is gone by itself.
            if outer or connection.savepoint_ids:
                cursor.execute("SELECT set_config('secretariat.act', %s, true)", [outer or ""])
            told = json.dumps(opened.detail, default=str)
            subject = opened.subject
            kind, key = (subject._meta.label_lower, subject.pk) if subject is not None else ("", None)
            cursor.execute(
                END_ACT,
                [opened.id, now, verb, actor.account_id, actor.acting_for_id, actor.door, kind, key, told],
            )
        acted.send(sender=models.Act, verb=verb, subject=opened.subject, act=opened.id)


def _way_in(actor: ActingParty) -> dict[str, str]:
    """Who stands behind what the account alone does not say: who brought it in, which token, who answers for that."""
    behind = {
        "brought_by": actor.brought_by_id, "token": actor.token_id, "responsible": actor.responsible_id,
    }  # fmt: skip
    return {name: str(key) for name, key in behind.items() if key}


def pledge(opened: OpenAct, *, subject: Any, payload: dict[str, Any]) -> models.Pledge:
    """Bind the organisation to ``payload`` (plain JSON with a ``kind``): an entry of its own in the sealed log."""
    return models.Pledge.objects.create(
        act_id=opened.id, kind=payload["kind"], subject_id=subject.pk, payload=payload
    )
