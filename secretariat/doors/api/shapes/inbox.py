"""Files and notices of mine: uploads on their way, and what I was told."""

from datetime import datetime
from typing import Self
from uuid import UUID

from ninja import Field, Schema

from secretariat.foundation.files.logic import PIECE
from secretariat.foundation.files.models import Upload
from secretariat.foundation.notices.queries import Told


class UploadBeginning(Schema):
    """What is about to be sent. The same name, size and time again go on with the upload that was begun."""

    name: str = Field(max_length=200)
    size: int = Field(ge=1, le=2**53, description="In bytes.")
    modified: int = Field(
        0, ge=0, le=2**53, description="When the file was last changed, as its sender counts."
    )


class UploadShape(Schema):
    """An upload: how far it is, and how much may be sent at once."""

    id: UUID
    name: str
    size: int
    received: int = Field(description="Bytes that have arrived: go on there.")
    piece: int = Field(description="The most bytes of one piece.")
    state: str
    expires_at: datetime
    file: UUID | None

    @classmethod
    def of(cls, upload: Upload, received: int) -> Self:
        return cls(
            id=upload.pk, name=upload.name, size=upload.size, received=received, piece=PIECE, state=upload.state,
            expires_at=upload.expires_at, file=upload.file_id,
        )  # fmt: skip


class Finishing(Schema):
    """What its sender counted of the whole file."""

    sha256: str = Field("", pattern="^([0-9a-fA-F]{64})?$", description="Hexadecimal; empty: not compared.")


class FileChosen(Schema):
    """A file I handed in."""

    file: UUID


class NoticeShape(Schema):
    """What I was told, in the language of `Accept-Language`."""

    id: UUID
    kind: str
    told_at: datetime
    read_at: datetime | None
    subject: str
    text: str = Field(description="Paragraphs, with an empty line between.")
    path: str = Field(description="Where something is done about it, on the pages; may be empty.")
    is_decision: bool = Field(description="It asks for a decision.")

    @classmethod
    def of(cls, told: Told) -> Self:
        notice, said = told.notice, told.said
        return cls(
            id=notice.pk, kind=notice.kind, told_at=notice.told_at, read_at=told.read_at, subject=said.subject,
            text="\n\n".join(said.paragraphs), path=said.path, is_decision=said.is_decision,
        )  # fmt: skip
