"""The timeline of a thing, where wings look for it beside the people who acted."""

from secretariat.registry.refs.timeline import Event, events_of, timeline_of

__all__ = ["Event", "events_of", "timeline_of"]
