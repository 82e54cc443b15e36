"""Makes the copies of a mailing: whom the list leads to today, what each would read, and who gets none and why."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from django.conf import settings
from django.http import QueryDict
from django.utils.translation import override

from secretariat.foundation.accounts.actor import Actor
from secretariat.foundation.notices.models import DeliveryChoice
from secretariat.foundation.notices.queries import dead_addresses
from secretariat.foundation.notices.states import Delivery
from secretariat.foundation.ui.templatetags.ui import day
from secretariat.record.mailings.audiences import Addressee, find_audience
from secretariat.record.mailings.logic import filled, is_chinese
from secretariat.record.mailings.models import Copy, Mailing, Refusal, Text
from secretariat.record.mailings.states import MailingKind, Skipped

GROUP = "mailings"  # of the preferences


def copies_of(mailing: Mailing, actor: Actor, now: datetime) -> list[Copy]:
    """Return the copies as they would be now, unsaved: one for each address, and one for each without."""
    audience = find_audience(mailing.audience)
    rows = list(audience.choose(actor, _posted(mailing)))
    addressed = _once(audience.reached(rows, now.date()))
    reasons = _reasons(mailing, addressed, now)
    return [_copy(mailing, one, reasons.get(one.address.lower(), "")) for one in addressed]


def _posted(mailing: Mailing) -> QueryDict:
    posted = QueryDict(mutable=True)
    if mailing.rows:
        posted.setlist("row", [str(row) for row in mailing.rows])
    else:
        posted.update({"all": "1", "query": mailing.query})
    return posted


def _once(addressed: Iterable[Addressee]) -> list[Addressee]:
    """Whoever stands on a list several times gets one copy, which names all it is about."""
    found: dict[object, Addressee] = {}
    for one in addressed:
        key = one.address.lower() or (one.person_id, one.organisation_id, one.reference)
        before = found.get(key)
        if before is None:
            found[key] = one
        elif one.reference and one.reference not in before.reference.split(", "):
            found[key] = replace(before, reference=f"{before.reference}, {one.reference}".strip(", "))
    return list(found.values())


def _reasons(mailing: Mailing, addressed: list[Addressee], now: datetime) -> dict[str, str]:
    """Return why an address gets no copy; the gravest reason wins."""
    asked = {one.address.lower() for one in addressed if one.address}
    reasons = {"": Skipped.NO_ADDRESS, **dict.fromkeys(dead_addresses(asked), Skipped.DEAD)}
    if mailing.kind == MailingKind.NEWS:
        unwanted = dict.fromkeys(_unwanting(asked, addressed), Skipped.REFUSED)
        reasons = {**dict.fromkeys(_recent(asked, now), Skipped.RECENT), **unwanted, **reasons}
    return reasons


def _unwanting(asked: set[str], addressed: list[Addressee]) -> set[str]:
    by_account = {one.account_id: one.address.lower() for one in addressed if one.account_id}
    chosen = DeliveryChoice.objects.filter(account__in=by_account, group=GROUP, delivery=Delivery.INBOX)
    refused = Refusal.objects.filter(address__in=asked).values_list("address", flat=True)
    return {*refused, *(by_account[account] for account in chosen.values_list("account", flat=True))}


def _recent(asked: set[str], now: datetime) -> set[str]:
    since = now - timedelta(days=settings.MAILING_GAP_DAYS)
    written = Copy.objects.filter(
        address__in=asked, skipped="", mailing__kind=MailingKind.NEWS, mailing__started_at__gt=since
    )
    return set(written.values_list("address", flat=True))


def _copy(mailing: Mailing, one: Addressee, skipped: str) -> Copy:
    chinese = reads_chinese(mailing.text, one.language)
    name = one.names.get("zh" if chinese else "en") or next(iter(one.names.values()), "")
    copy = Copy(
        mailing=mailing, name=name[:300], address=one.address.lower(), language="zh-hans" if chinese else "en",
        reference=one.reference[:300], skipped=skipped, account_id=one.account_id, person_id=one.person_id,
        organisation_id=one.organisation_id,
    )  # fmt: skip
    copy.subject, copy.text = words_of(mailing.text, chinese, name, one.reference)
    return copy


def reads_chinese(text: Text, language: str) -> bool:
    """Whether a reader of this language gets the Chinese text: hers where there is one, or else the other."""
    return bool(text.text_zh) if is_chinese(language) else not text.text_en


def words_of(text: Text, chinese: bool, name: str, reference: str) -> tuple[str, str]:
    """Return subject and text with their placeholders filled."""
    with override("zh-hans" if chinese else "en"):
        values = {
            "name": name,
            "reference": reference,
            "deadline": day(text.deadline) if text.deadline else "",
        }
    subject, words = (text.subject_zh, text.text_zh) if chinese else (text.subject_en, text.text_en)
    return " ".join(filled(subject, values).split())[:500], filled(words, values)
