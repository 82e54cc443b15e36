"""A letter as it is written through this door."""

from datetime import date
from typing import Literal

from ninja import Field, Schema

Language = Literal["en", "zh-hans"]
LetterAct = Literal["put-up", "sign", "send-back", "send", "drop"]


class RecipientBeginning(Schema):
    """One to whom a letter is to go; without an e-mail address it goes on paper."""

    name: str = Field(min_length=1, max_length=300)
    email: str = Field("", max_length=254)
    address: str = Field("", max_length=1000, description="Where paper is sent to.")


class LetterBeginning(Schema):
    """A letter to be written, or what takes the place of a draft."""

    subject: str = Field(min_length=1, max_length=300)
    text: str = Field("", max_length=100_000)
    cover: str = Field("", max_length=10_000, description="What the e-mail says; empty: the usual words.")
    language: Language = "en"
    to: list[RecipientBeginning] = Field([], max_length=500)
    signer: str | None = Field(
        None, max_length=60, description="The number of somebody else who works at the desk."
    )
    due_on: date | None = None


class AnswerBeginning(LetterBeginning):
    """A letter to be written, maybe in answer to one that came in."""

    answers: str | None = Field(None, max_length=60, description="The number of the letter that came in.")


class Remark(Schema):
    """What has to be changed, or why; only for sending back and dropping."""

    reason: str = Field("", max_length=1000)
