"""Which subcommand does what."""

from collections.abc import Callable, Iterator
from typing import Any

from django.utils import timezone

from secretariat.simulation.driving import deciding, handing_in, judging, opening, publishing
from secretariat.simulation.driving.acting import Visit, account_named, actor_of, moment
from secretariat.simulation.driving.receipt import receipt
from secretariat.simulation.driving.status import status
from secretariat.summit.calls.models import Stage
from secretariat.summit.calls.queries import call_by_key
from secretariat.summit.review.queries import stage_by_key

Lines = Iterator[str]
Options = dict[str, Any]


def run(subcommand: str, given: Options) -> Lines:
    """Yield the lines of what a subcommand does, while it does it. Raises whatever its actions refuse with."""
    if subcommand == "declare":
        return opening.declare(
            given["file"], edition=given["edition"], at=given["at"], acting=given["acting"]
        )
    if subcommand in ("receipt", "seal"):
        now = timezone.now()
        actor = actor_of(account_named(given["acting"], now), now)
        if subcommand == "seal":
            return publishing.seal_now(actor)
        return receipt(given["number"], out=given["out"], actor=actor)
    call = call_by_key(given["key"])
    now = moment(given.get("at"), edition=call.edition, zone=call.zone)
    visit = Visit(call, actor_of(account_named(given["acting"], now), now), now)
    if subcommand in _OF_A_STAGE:
        return _OF_A_STAGE[subcommand](visit, stage_by_key(call, given["stage"]), given)
    return _OF_A_CALL[subcommand](visit, given)


def _conflicts(visit: Visit, given: Options) -> Lines:
    if given["resolve"] is None:
        return judging.conflicts(visit)
    if not (given["bars"] or given["clears"]):
        raise ValueError("--bars or --clears is needed")
    return judging.resolve(visit, given["resolve"], bars=given["bars"], reason=given["reason"])


def _honours(visit: Visit, given: Options) -> Lines:
    match given["action"]:
        case "offer":
            return deciding.offer(visit)
        case "confer":
            return deciding.confer(visit)
        case "revoke":
            return deciding.revoke(visit, _number(given), given["reason"])
        case word:
            return deciding.answer(visit, _number(given), word)


def _book(visit: Visit, given: Options) -> Lines:
    match given["action"]:
        case "prepare":
            return publishing.prepare(visit, given["until"])
        case "lapse":
            return publishing.lapse(visit)
        case "set":
            if not given["out"]:
                raise ValueError("--out FILE.pdf is needed")
            return publishing.typeset(visit, given["out"])
        case word:
            return publishing.answer(visit, _number(given), approve=word == "approve")


def _number(given: Options) -> str:
    if not given["number"]:
        raise ValueError(f"{given['action']} needs the number of a submission")
    return given["number"]


def _match(visit: Visit, stage: Stage, given: Options) -> Lines:
    return judging.match(
        visit, stage, objective=given["objective"], max_load=given["max_load"], deploy=given["deploy"]
    )


_OF_A_CALL: dict[str, Callable[[Visit, Options], Lines]] = {
    "open": lambda visit, given: opening.open_(visit),
    "status": lambda visit, given: status(visit),
    "close": lambda visit, given: opening.close(visit),
    "screen": lambda visit, given: opening.screen(visit),
    "submit": lambda visit, given: handing_in.submit(visit, given["file"]),
    "import": lambda visit, given: handing_in.bring_in(visit, given["file"], dry_run=given["dry_run"]),
    "conflicts": _conflicts,
    "honours": _honours,
    "book": _book,
    "export": lambda visit, given: publishing.export(visit, given["out"]),
}
_OF_A_STAGE: dict[str, Callable[[Visit, Stage, Options], Lines]] = {
    "match": _match,
    "reviews": lambda visit, stage, given: judging.reviews(visit, stage, given["file"]),
    "freeze": lambda visit, stage, given: deciding.freeze(visit, stage),
    "decide": lambda visit, stage, given: deciding.decide(
        visit, stage, by=given["by"], refused=given["refuse"]
    ),
}
