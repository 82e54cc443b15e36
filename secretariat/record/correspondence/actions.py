import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from secretariat.engines.sealed.canonical import digest
from secretariat.foundation.accounts.actor import Actor, require, require_state
from secretariat.foundation.audit import actions as audit
from secretariat.foundation.files.actions import store_file
from secretariat.foundation.notices.actions import Addressed, send_mail, tell
from secretariat.record.correspondence import queries, rules
from secretariat.record.correspondence.models import Incoming, Letter, Recipient, Wording
from secretariat.record.correspondence.setting import ORIGIN, PDF, pdf_of
from secretariat.registry.refs.actions import next_number, register_ref, update_ref
from secretariat.registry.refs.models import RefLink


@dataclass(frozen=True)
class To:
    """One to whom a letter goes: a name and an address of some kind, and who that is where the registry knows."""

    name: str
    email: str = ""
    address: str = ""
    person: Any = None
    organisation: Any = None


def register_incoming(*, actor: Actor, now: datetime, **said: Any) -> Incoming:
    """Number and keep a letter that came in; ``said`` are the fields of Incoming. Its owner is told."""
    require(rules.can_write(actor), _("register a letter"))
    with audit.act("incoming_registered", actor=actor, now=now) as act:
        ref = register_ref(
            kind="incoming_letter", number=next_number(f"IN-{now.year}"), title={"en": said["subject"]},
            state="registered",
        )  # fmt: skip
        letter = Incoming.objects.create(ref=ref, **said)
        _tell(letter.owner, "letter_to_answer", letter, actor, now)
        act.on(letter)
    return letter


def hand_over_incoming(
    *, letter: Incoming, owner: Any, answer_by: date | None, actor: Actor, now: datetime
) -> Incoming:
    """Give a letter that came in to somebody, with the day by which it wants an answer."""
    require(rules.can_write(actor), _("hand over a letter"))
    with audit.act("incoming_changed", actor=actor, now=now) as act:
        letter = _locked_incoming(letter, ["registered"], _("Handing over"))
        letter.owner, letter.answer_by = owner, answer_by
        letter.save(update_fields=["owner", "answer_by"])
        _tell(owner, "letter_to_answer", letter, actor, now)
        act.on(letter)
    return letter


def close_incoming(*, letter: Incoming, reason: str, actor: Actor, now: datetime) -> Incoming:
    """Close a letter that needs no answer."""
    require(rules.can_write(actor), _("close a letter"))
    if not reason.strip():
        raise ValueError(_("A letter is closed with a reason."))
    with audit.act("incoming_closed", actor=actor, now=now, reason=reason) as act:
        letter = _locked_incoming(letter, ["registered"], _("Closing the letter"))
        _settle(letter, "closed")
        act.on(letter)
    return letter


def draft_letter(
    *, subject: str, text: str, recipients: Iterable[To], actor: Actor, now: datetime, language: str = "en",
    signer: Any = None, answers: Incoming | None = None, due_on: date | None = None, cover: str = "",
) -> Letter:  # fmt: skip
    """Begin a letter in the actor's name; somebody else will sign it."""
    require(rules.can_write(actor), _("write a letter"))
    with audit.act("letter_drafted", actor=actor, now=now) as act:
        ref = register_ref(
            kind="letter", number=next_number(f"OUT-{now.year}"), title={language: subject}, state="draft"
        )
        letter = Letter.objects.create(
            ref=ref, drafter_id=actor.person_id, signer=signer, answers=answers, due_on=due_on
        )
        Wording.objects.create(letter=letter, subject=subject, text=text, language=language, cover=cover)
        _address(letter, recipients)
        if answers is not None:
            RefLink.objects.create(source=ref, target_id=answers.ref_id, kind="answers")
        act.on(letter)
    return letter


def change_letter(
    *, letter: Letter, subject: str, text: str, language: str, signer: Any, due_on: date | None,
    recipients: Iterable[To] | None, actor: Actor, now: datetime, cover: str = "",
) -> Letter:  # fmt: skip
    """Change a draft. ``recipients`` None leaves them as they are."""
    require(rules.can_write(actor), _("change a letter"))
    with audit.act("letter_changed", actor=actor, now=now) as act:
        letter = _locked(letter, ["draft"], _("Changing the letter"))
        letter.signer, letter.due_on = signer, due_on
        letter.save(update_fields=["signer", "due_on"])
        Wording.objects.filter(letter=letter).update(
            subject=subject, text=text, language=language, cover=cover
        )
        if recipients is not None:
            letter.recipients.all().delete()
            _address(letter, recipients)
        update_ref(ref_id=letter.ref_id, title={language: subject})
        act.on(letter)
    return letter


def put_up(*, letter: Letter, actor: Actor, now: datetime) -> Letter:
    """Put a draft up for the signature of the person named in it. From now on its wording stands."""
    require(rules.can_write(actor), _("put a letter up for signature"))
    with audit.act("letter_put_up", actor=actor, now=now) as act:
        letter = _locked(letter, ["draft"], _("Putting up for signature"))
        if letter.signer is None or letter.signer_id == letter.drafter_id:
            raise ValueError(_("Name somebody other than the drafter to sign it."))
        if not letter.wording.text.strip() or not letter.recipients.exists():
            raise ValueError(_("A letter needs a text and a recipient before it is signed."))
        _lead(letter, "for_signature", remark="")
        _tell(letter.signer, "letter_to_sign", letter, actor, now, subject=letter.wording.subject)
        act.on(letter)
    return letter


def sign(*, letter: Letter, actor: Actor, now: datetime) -> Letter:
    """Sign a letter, in person. The digest of wording and recipients is kept with the signature."""
    require(rules.can_sign(actor, letter), _("sign this letter"))
    with audit.act("letter_signed", actor=actor, now=now) as act:
        letter = _locked(letter, ["for_signature"], _("Signing"))
        require(rules.can_sign(actor, letter), _("sign this letter"))
        signed = digest(queries.content_of(letter))
        _lead(letter, "signed", signed_at=now, digest=signed)
        act.on(letter, digest=signed)
    return letter


def send_back(*, letter: Letter, remark: str, actor: Actor, now: datetime) -> Letter:
    """Give a letter back to its drafter with what has to be changed."""
    require(rules.can_sign(actor, letter), _("send this letter back"))
    if not remark.strip():
        raise ValueError(_("Say what has to be changed."))
    with audit.act("letter_sent_back", actor=actor, now=now, reason=remark) as act:
        letter = _locked(letter, ["for_signature"], _("Sending back"))
        _lead(letter, "draft", remark=remark)
        _tell(letter.drafter, "letter_sent_back", letter, actor, now, subject=letter.wording.subject)
        act.on(letter)
    return letter


def send_letter(*, letter: Letter, actor: Actor, now: datetime) -> Letter:
    """Let a signed letter go out: by e-mail as PDF to whoever has an address, on paper to the others.

    The mail is queued in this transaction, and the letter it answers is answered by it.
    """
    require(rules.can_write(actor), _("send a letter"))
    pdf = _paper(letter)
    with audit.act("letter_sent", actor=actor, now=now) as act:
        letter = _locked(letter, ["signed"], _("Sending"))
        if not queries.still_as_signed(letter):
            raise ValueError(_("This is not what was signed."))
        kept = store_file(
            stream=io.BytesIO(pdf), name=f"{letter.ref.number}.pdf", allowed_types=[PDF], limit=len(pdf),
            actor=actor, now=now,
        )  # fmt: skip
        _lead(letter, "sent", sent_at=now, file=kept)
        if letter.answers_id:
            answered = Incoming.objects.select_for_update(of=("self",)).get(pk=letter.answers_id)
            if answered.state == "registered":
                _settle(answered, "answered")
        act.on(letter, mails=_post(letter, actor, now))
    return letter


def _paper(letter: Letter) -> bytes:
    """Set the letter outside the transaction, which is to be short; what is signed does not change any more."""
    found = Letter.objects.select_related("ref", "wording", "signer").get(pk=letter.pk)
    require_state(found.state, ["signed"], _("Sending"))
    return pdf_of(found, list(found.recipients.order_by("name", "pk")))


def _post(letter: Letter, actor: Actor, now: datetime) -> int:
    to = letter.recipients.exclude(email="").values_list(
        "pk", "email", "person__account", "person__account__email"
    )
    mails = [
        Addressed(pk, email, account if email.lower() == (own or "").lower() else None)
        for pk, email, account, own in to
    ]
    return send_mail(origin=ORIGIN, mails=mails, sent_by=actor.account_id, now=now)


def drop_letter(*, letter: Letter, reason: str, actor: Actor, now: datetime) -> Letter:
    """Give a draft up. Its number stays taken."""
    require(rules.can_write(actor), _("drop a letter"))
    if not reason.strip():
        raise ValueError(_("A draft is dropped with a reason."))
    with audit.act("letter_dropped", actor=actor, now=now, reason=reason) as act:
        letter = _locked(letter, ["draft"], _("Dropping"))
        _lead(letter, "dropped")
        act.on(letter)
    return letter


def _address(letter: Letter, recipients: Iterable[To]) -> None:
    Recipient.objects.bulk_create(
        Recipient(
            letter=letter, name=to.name, email=to.email, address=to.address, person=to.person,
            organisation=to.organisation,
        )
        for to in recipients
    )  # fmt: skip


def _locked(letter: Letter, states: list[str], what: str) -> Letter:
    found = Letter.objects.select_for_update(of=("self",)).select_related(
        "ref", "wording", "signer", "drafter"
    )
    locked = found.get(pk=letter.pk)
    require_state(locked.state, states, what)
    return locked


def _locked_incoming(letter: Incoming, states: list[str], what: str) -> Incoming:
    locked = Incoming.objects.select_for_update(of=("self",)).select_related("ref").get(pk=letter.pk)
    require_state(locked.state, states, what)
    return locked


def _lead(letter: Letter, state: str, **kept: Any) -> None:
    letter.state = state
    for field, value in kept.items():
        setattr(letter, field, value)
    letter.save(update_fields=["state", *kept])
    update_ref(ref_id=letter.ref_id, state=state)


def _settle(letter: Incoming, state: str) -> None:
    letter.state = state
    letter.save(update_fields=["state"])
    update_ref(ref_id=letter.ref_id, state=state)


def _tell(person: Any, kind: str, thing: Any, actor: Actor, now: datetime, **data: str) -> None:
    if person is not None and person.account_id and person.pk != actor.person_id:
        tell(
            accounts=[person.account_id], kind=kind, subject_id=thing.pk, now=now, number=thing.ref.number,
            **{"subject": next(iter(thing.ref.title.values()), ""), **data},
        )  # fmt: skip
