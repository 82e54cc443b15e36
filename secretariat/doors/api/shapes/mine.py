"""What an applicant reads and sends: her submissions."""

from datetime import datetime
from typing import Any, Self

from ninja import Field, Schema

from secretariat.doors.api.shapes.basic import Words
from secretariat.summit.calls.models import Receipt, Submission


class Beginning(Schema):
    """Which call is answered, and for whom."""

    call: str = Field(max_length=60, description="The key of an open call.")
    organisation: str | None = Field(
        None, max_length=60, description="The number of yours, if not for yourself."
    )


class Draft(Schema):
    """The answers by the keys of the call's questions. They take the place of the draft as it stands."""

    content: dict[str, Any]


class Reason(Schema):
    """Why, in your words."""

    reason: str = Field(max_length=1000)


class ReceiptShape(Schema):
    """What the applicant keeps of handing in."""

    number: str
    version: int
    issued_at: datetime
    commitment: str = Field(description="The salted commitment to what was handed in.")
    head: str = Field(
        description="The signed head of the log at that moment; empty before anything was sealed."
    )

    @classmethod
    def of(cls, receipt: Receipt) -> Self:
        version = receipt.version
        return cls(
            number=receipt.number, version=version.number, issued_at=receipt.issued_at, commitment=version.commitment,
            head=receipt.head,
        )  # fmt: skip


class SubmissionLine(Schema):
    """A submission. Its title is that of the last version handed in."""

    number: str
    call: str
    state: str
    title: Words
    organisation: Words | None
    version: int = Field(description="How often it was handed in.")
    revision: int = Field(description="How often the draft was saved.")
    saved_at: datetime | None
    submitted_at: datetime | None

    @classmethod
    def of(cls, row: Submission) -> Self:
        return cls(
            number=row.ref.number, call=row.call.key, state=row.state, title=Words.of(row, "title"),
            organisation=Words.of(row.organisation, "name") if row.organisation else None, version=row.version,
            revision=row.revision, saved_at=row.saved_at, submitted_at=row.submitted_at,
        )  # fmt: skip


class SubmissionWhole(SubmissionLine):
    """A submission with its draft and its receipts."""

    draft: dict[str, Any]
    receipts: list[ReceiptShape]

    @classmethod
    def of_one(cls, row: Submission) -> Self:
        receipts = Receipt.objects.filter(version__submission=row).select_related("version")
        told = [ReceiptShape.of(receipt) for receipt in receipts.order_by("version__number")]
        return cls(**SubmissionLine.of(row).dict(), draft=dict(row.draft), receipts=told)
