"""Timetables: in which order things are taken up, and when."""

from secretariat.engines.timetable.exits import Order, order_by_exits

__all__ = ["Order", "order_by_exits"]
