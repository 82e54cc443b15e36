"""What a backup says of itself, the last member of its file."""

import json
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

FORMAT = 1
NAME = "manifest.json"
DATABASE = "database.dump"
KEYS_OPEN, KEYS_SEALED = "keys.json", "keys.sealed"


@dataclass(frozen=True)
class Manifest:
    """Versions, the state of the log, the rows of every table, and each member with its size and hash."""

    made_at: datetime
    version: str
    postgresql: str
    origin: str
    log_size: int
    log_head: str
    migrations: list[list[str]]
    rows: dict[str, int]
    files: int
    members: list[dict[str, Any]]
    damaged: list[str] = field(
        default_factory=list
    )  # files that were missing or wrong when the backup was made
    format: int = FORMAT

    @property
    def has_keys(self) -> bool:
        return any(member["name"] in (KEYS_OPEN, KEYS_SEALED) for member in self.members)

    def to_json(self) -> bytes:
        """Return the text that is written."""
        return json.dumps(asdict(self), default=str, ensure_ascii=False, indent=1).encode()

    @classmethod
    def from_json(cls, text: bytes) -> "Manifest":
        """Read it back.

        Raises:
            ValueError: it is none, or of a format that this version does not know.
        """
        told = json.loads(text)
        if not isinstance(told, dict) or told.get("format") != FORMAT:
            raise ValueError("The manifest is of a format that this version does not know.")
        try:
            return cls(**{**told, "made_at": datetime.fromisoformat(told["made_at"])})
        except (TypeError, KeyError) as error:
            raise ValueError(f"The manifest is not whole: {error}") from None
