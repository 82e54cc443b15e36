"""Where letters stand, as tabs; and a draft as its form shows it again."""

from typing import Any

from django.utils.translation import gettext as _

from secretariat.record.correspondence.models import Letter

OUTGOING = ("draft", "for_signature", "signed", "sent", "dropped")


def of_letters(counts: dict[str, int], which: str) -> list[dict[str, Any]]:
    words = {
        "all": _("All"), "to_sign": _("For me to sign"), "draft": _("Drafts"), "for_signature": _("For signature"),
        "signed": _("Signed"), "sent": _("Sent"), "returned": _("Came back"),
    }  # fmt: skip
    return [
        {"label": label, "path": f"?which={key}", "is_current": key == which, "count": counts.get(key)}
        for key, label in words.items()
    ]


def as_written(letter: Letter) -> dict[str, Any]:
    """Return a draft as the values of its form."""
    lines = (
        f"{r.name} <{r.email}>" if r.email else r.name for r in letter.recipients.order_by("created_at", "pk")
    )
    return {
        "subject": letter.wording.subject, "text": letter.wording.text, "language": letter.wording.language,
        "cover": letter.wording.cover,
        "recipients": "\n".join(lines), "signer": letter.signer_id, "due_on": letter.due_on,
    }  # fmt: skip
