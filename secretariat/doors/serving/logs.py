"""The log as lines of JSON, without what must not stand in it: query strings, tokens, bodies, values of rows."""

import json
import logging
import traceback
from datetime import UTC, datetime
from typing import Any

# What every record has; everything else was told with ``extra``.
_USUAL = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}
_KEPT = (str, int, float, bool, type(None))


class JsonFormatter(logging.Formatter):
    """One line for each record: ``at``, ``level``, ``logger``, ``message`` and what was told beside."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": message_of(record),
        }
        told = {name: value for name, value in vars(record).items() if name not in _USUAL}
        line |= {name: value for name, value in told.items() if isinstance(value, _KEPT)}
        if record.exc_info and record.exc_info[1]:
            line["error"] = describe(record.exc_info[1])
        return json.dumps(line, ensure_ascii=False)


class LineFormatter(logging.Formatter):
    """The same for a terminal: level, logger, message, and where an error came from."""

    def format(self, record: logging.LogRecord) -> str:
        line = f"{record.levelname} {record.name} {message_of(record)}"
        if record.exc_info and record.exc_info[1]:
            error = describe(record.exc_info[1])
            line += (
                "".join(f"\n    {frame}" for frame in error["frames"]) + f"\n{error['kind']}: {error['says']}"
            )
        return line


def message_of(record: logging.LogRecord) -> str:
    """Return the message; of a request its route instead of its path, which may hold a token."""
    request = getattr(record, "request", None)
    if request is None or not hasattr(request, "path"):
        return record.getMessage().partition("\n")[0]
    path, route = request.path, route_of(request)
    return record.getMessage().partition("\n")[0].replace(request.get_full_path(), route).replace(path, route)


def route_of(request: Any) -> str:
    """Return the pattern that a request's address matched, such as ``my/calls/<uuid:pk>/``; none: ``-``."""
    matched = getattr(request, "resolver_match", None)
    return f"/{matched.route}" if matched else "-"


def describe(error: BaseException) -> dict[str, Any]:
    """Return what may be told of an error: kind, first line, and where it came from; no value of a row, no locals."""
    frames = traceback.extract_tb(error.__traceback__)
    return {
        "kind": f"{type(error).__module__}.{type(error).__qualname__}",
        # The lines after the first are the database's: "DETAIL: Key (email)=(…)".
        "says": str(error).partition("\n")[0][:300],
        "frames": [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames],
    }
