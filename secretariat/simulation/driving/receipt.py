"""The receipt of a submission as a text: its commitment, what opens it, and the head of the log."""

from collections.abc import Iterator
from zoneinfo import ZoneInfo

from secretariat.engines.commands.output import deliver
from secretariat.engines.sealed.canonical import COMMITMENT_SCHEME
from secretariat.foundation.accounts.actor import Actor
from secretariat.summit.calls.models import Receipt, Submission
from secretariat.summit.calls.queries import NotFound, get_submission_for
from secretariat.summit.calls.rules import is_applicant


def receipt(number: str, *, out: str, actor: Actor) -> Iterator[str]:
    """Write the receipt of a submission, by its number or by that of one version (``…/2``)."""
    submission = get_submission_for(actor, number.partition("/")[0])
    receipts = Receipt.objects.filter(version__submission=submission).select_related("version")
    found = receipts.filter(number=number) if "/" in number else receipts.order_by("-version__number")
    kept = found.first()
    if kept is None:
        raise NotFound(f"there is no receipt {number}")
    deliver(receipt_text(kept, submission, whole=is_applicant(actor, submission)), out)
    if out != "-":
        yield f"{out}: receipt {kept.number}"


def receipt_text(kept: Receipt, submission: Submission, *, whole: bool) -> str:
    """Return the text; ``selection verify --head`` finds the head in it. The salt is for the applicant only."""
    call, version = submission.call, kept.version
    lines = [
        f"Receipt {kept.number}",
        f"Call: {call.title_en} ({call.key})",
        f"Title: {submission.title_en or submission.title_zh}",
        f"Handed in: {version.handed_in_at.astimezone(ZoneInfo(call.zone)).isoformat()} ({call.zone})",
        f"Commitment: {version.commitment} ({COMMITMENT_SCHEME})",
    ]
    if whole:
        lines.append(f"Salt, not to be shown to anybody: {bytes(version.salt).hex()}")
    lines += [
        "",
        "The head of the log when this was issued:",
        "",
        kept.head.rstrip() or "none: nothing was sealed yet",
    ]
    return "\n".join(lines) + "\n"
