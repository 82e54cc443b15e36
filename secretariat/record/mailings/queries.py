from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, Concat, NullIf

from secretariat.engines.sealed.canonical import digest
from secretariat.foundation.accounts.actor import Actor
from secretariat.foundation.notices.models import Message
from secretariat.foundation.notices.states import MessageState
from secretariat.record.mailings import rules
from secretariat.record.mailings.models import Copy, Mailing
from secretariat.record.mailings.states import MailingState


@dataclass(frozen=True)
class Standing:
    """How far a mailing has come: how many copies there are, and what became of them."""

    total: int
    sent: int
    waiting: int
    returned: int
    skipped: int

    @property
    def going(self) -> int:
        return self.total - self.skipped

    @property
    def done(self) -> int:
        return self.sent + self.returned


def visible_mailings(actor: Actor) -> QuerySet[Mailing]:
    """Return the mailings the actor may see, the latest first."""
    rows = Mailing.objects.select_related("ref", "text", "drafter", "approver")
    return rows.order_by("-ref__number") if rules.can_see_mailings(actor) else rows.none()


def get_mailing_for(actor: Actor, number: str) -> Mailing | None:
    """Return a mailing by its number; None where there is none or the actor may not see it."""
    return visible_mailings(actor).filter(ref__number=number).first()


def to_approve(actor: Actor) -> QuerySet[Mailing]:
    """Return what waits for this person's approval."""
    return visible_mailings(actor).filter(state=MailingState.FOR_APPROVAL, approver=actor.person_id)


def copies_with_mail(mailing: Mailing) -> QuerySet[Copy]:
    """Return the copies with ``outcome``, why skipped or what became of the mail, and that mail's ``mail_…``."""
    mail = Message.objects.filter(origin_id=OuterRef("pk"))
    rows = mailing.copies.annotate(
        mail_state=Subquery(mail.values("state")[:1]), mail_reason=Subquery(mail.values("reason")[:1]),
        mail_at=Subquery(mail.values(at=Coalesce("ended_at", "sent_at"))[:1]),
    )  # fmt: skip
    skipped = NullIf(Concat(Value("skipped:"), F("skipped")), Value("skipped:"))
    return rows.annotate(outcome=Coalesce(skipped, F("mail_state"), Value("unsent"))).order_by("name", "pk")


def unsent(mailing: Mailing) -> QuerySet[Copy]:
    """Return the copies that go and have no mail yet, in a fixed order."""
    mail = Message.objects.filter(origin_id=OuterRef("pk"))
    return mailing.copies.filter(~Exists(mail), skipped="").order_by("pk")


def mail_ids(mailing: Mailing) -> QuerySet[Copy]:
    """Return the ids by which the mail of a mailing is known."""
    return mailing.copies.filter(skipped="").values("pk")


def queued(mailing: Mailing) -> QuerySet[Message]:
    """Return the mail of a mailing that waits to be sent."""
    return Message.objects.filter(state=MessageState.QUEUED, origin_id__in=mail_ids(mailing))


def standing_of(mailing: Mailing) -> Standing:
    """Return how far a mailing has come. Two statements."""
    counted = mailing.copies.aggregate(total=Count("pk"), skipped=Count("pk", filter=~Q(skipped="")))
    states = Counter(
        dict(
            Message.objects.filter(origin_id__in=mail_ids(mailing))
            .values_list("state")
            .annotate(n=Count("pk"))
        )
    )
    sent, returned = states[MessageState.SENT], states[MessageState.BOUNCED] + states[MessageState.FAILED]
    going = counted["total"] - counted["skipped"]
    return Standing(counted["total"], sent, going - sent - returned, returned, counted["skipped"])


def skipped_counts(mailing: Mailing) -> list[tuple[str, int]]:
    """Return how many get no copy for each reason. One statement."""
    rows = mailing.copies.exclude(skipped="").values_list("skipped").annotate(n=Count("pk"))
    return sorted(rows)


def content_of(mailing: Mailing) -> dict[str, object]:
    """Return what an approval stands under: the words, and to whom they go."""
    text = mailing.text
    copies = mailing.copies.order_by("address", "name", "pk").values_list(
        "address", "name", "language", "subject", "text", "skipped"
    )
    return {
        "number": mailing.ref.number, "kind": mailing.kind,
        "text": [text.subject_en, text.text_en, text.subject_zh, text.text_zh],
        "deadline": text.deadline.isoformat() if text.deadline else "",
        "copies": [list(copy) for copy in copies],
    }  # fmt: skip


def digest_of(mailing: Mailing) -> str:
    """Return the digest of what is approved."""
    return digest(content_of(mailing))


def copy_of(mailing: Mailing, pk: UUID) -> Copy | None:
    """Return one copy with what became of it."""
    return copies_with_mail(mailing).filter(pk=pk).select_related("mailing__ref").first()


def last_sent(mailing: Mailing) -> datetime | None:
    """Return when the last copy went out."""
    rows = Message.objects.filter(origin_id__in=mail_ids(mailing), sent_at__isnull=False)
    return rows.order_by("-sent_at").values_list("sent_at", flat=True).first()


def with_counts(mailings: Collection[Mailing]) -> list[Mailing]:
    """Return the mailings, each with ``going`` and ``returned``: how many copies go, and came back. Two statements."""
    found = list(mailings)
    going = Copy.objects.filter(mailing__in=found, skipped="").values_list("mailing").annotate(n=Count("pk"))
    wrong = Message.objects.filter(
        origin_id=OuterRef("pk"), state__in=[MessageState.BOUNCED, MessageState.FAILED]
    )
    returned = Copy.objects.filter(Exists(wrong), mailing__in=found).values_list("mailing")
    counts, bad = dict(going), dict(returned.annotate(n=Count("pk")))
    for mailing in found:
        mailing.going, mailing.returned = counts.get(mailing.pk, 0), bad.get(mailing.pk, 0)
    return found
