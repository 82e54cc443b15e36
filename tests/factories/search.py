from itertools import count
from uuid import UUID

from secretariat.record.search import sources
from secretariat.record.search.actions import reindex
from secretariat.record.search.sources import Entry, Source
from tests.factories.accounts import NOW

_numbers = count(1)


def make_entry(title_en="Digital economy", title_zh="", **kw):
    number = next(_numbers)
    usual = {"key": UUID(int=number), "public_path": f"/things/{number}/", "is_public": True}
    return Entry(title_en=title_en, title_zh=title_zh, **{**usual, **kw})


def index(monkeypatch, *entries, kind="thing", mine=None):
    """Make the index of these entries alone."""
    source = Source(kind, "Things", lambda on, only: entries, mine=mine)
    monkeypatch.setattr(sources, "_SOURCES", {kind: source})
    return reindex(now=NOW)
