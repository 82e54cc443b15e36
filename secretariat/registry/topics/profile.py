"""What a profile says about topics, as ``load_topics`` reads it: any plain values of this shape will do."""

from typing import Protocol

from secretariat.registry.places.profile import Text


class Topic(Protocol):
    """``schemes`` are keys of schemes; ``broader`` is a topic's key, or empty."""

    @property
    def name(self) -> Text: ...
    @property
    def schemes(self) -> tuple[str, ...]: ...
    @property
    def broader(self) -> str: ...
