from typing import Any

from django.db.models import Count, Exists, F, Min, OuterRef, Q, QuerySet

from secretariat.engines.sealed.canonical import digest
from secretariat.foundation.accounts.actor import Actor
from secretariat.foundation.notices.models import Message
from secretariat.record.correspondence import rules
from secretariat.record.correspondence.models import Incoming, Letter, Recipient


def visible_incoming(actor: Actor) -> QuerySet[Incoming]:
    """Return what came in, as far as the actor may see it: unanswered by day first, then the latest."""
    letters = Incoming.objects.select_related("ref", "owner", "organisation")
    if not rules.can_see_letters(actor):
        return letters.none()
    return letters.order_by(F("answer_by").asc(nulls_last=True), "-ref__number")


def visible_letters(actor: Actor) -> QuerySet[Letter]:
    """Return what goes out, as far as the actor may see it, the latest first, with its first recipient's name."""
    letters = Letter.objects.select_related("ref", "wording", "drafter", "signer", "answers__ref", "file")
    if not rules.can_see_letters(actor):
        return letters.none()
    named = letters.annotate(first_recipient=Min("recipients__name"), recipient_count=Count("recipients"))
    return named.order_by("-ref__number")


def letters_about(actor: Actor, condition: Q) -> QuerySet[Letter]:
    """Return the visible letters for which a condition holds, each once, the latest first."""
    found = Letter.objects.filter(condition).order_by().values("pk").distinct()
    return visible_letters(actor).filter(pk__in=found)


def get_incoming_for(actor: Actor, number: str) -> Incoming | None:
    """Return what came in by its number; None where there is none or the actor may not see it."""
    return visible_incoming(actor).filter(ref__number=number).first()


def get_letter_for(actor: Actor, number: str) -> Letter | None:
    """Return a letter by its number; None where there is none or the actor may not see it."""
    return visible_letters(actor).filter(ref__number=number).first()


def count_letters(actor: Actor) -> dict[str, int]:
    """Return how many letters stand where, for the tabs. Three statements."""
    if not rules.can_see_letters(actor):
        return {}
    counts = dict(Letter.objects.values_list("state").annotate(n=Count("pk")))
    return {**counts, "to_sign": to_sign(actor).count(), "returned": returned_letters(actor).count()}


def returned_letters(actor: Actor) -> QuerySet[Letter]:
    """Return the visible letters of which a mail came back or could not be sent."""
    wrong = Message.objects.filter(state__in=["bounced", "failed"], origin_id=OuterRef("pk"))
    to = Recipient.objects.filter(Exists(wrong))
    return visible_letters(actor).filter(pk__in=to.values("letter"))


def to_sign(actor: Actor) -> QuerySet[Letter]:
    """Return what waits for this person's signature, the first to go out first."""
    waiting = visible_letters(actor).filter(state="for_signature", signer=actor.person_id)
    return waiting.order_by(F("due_on").asc(nulls_last=True), "pk")


def to_send(actor: Actor) -> QuerySet[Letter]:
    """Return what this person drafted and another has signed, the first to go out first."""
    signed = visible_letters(actor).filter(state="signed", drafter=actor.person_id)
    return signed.order_by(F("due_on").asc(nulls_last=True), "pk")


def waiting_incoming(actor: Actor) -> QuerySet[Incoming]:
    """Return what came in and waits for this person, or for anybody."""
    return visible_incoming(actor).filter(state="registered").filter(Q(owner=actor.person_id) | Q(owner=None))


def content_of(letter: Letter) -> dict[str, Any]:
    """Return what a signature stands under: wording and recipients, in canonical order."""
    wording = letter.wording
    recipients = letter.recipients.order_by("name", "email", "pk")
    return {
        "number": letter.ref.number,
        "language": wording.language,
        "subject": wording.subject,
        "text": wording.text,
        "recipients": [[r.name, r.email, r.address] for r in recipients],
        **({"cover": wording.cover} if wording.cover else {}),
    }


def still_as_signed(letter: Letter) -> bool:
    """Whether what stands there is what was signed."""
    return letter.digest == digest(content_of(letter))
