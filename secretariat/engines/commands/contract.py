"""What every command of an engine has in common: options, one JSON object, exit codes, errors of one line.

A verb is a module with

- ``INPUTS``: the names of its arguments that are files (their digests go into ``inputs``, not ``options``),
- ``READS_TABLES``: whether it reads CSV, and so takes ``--columns`` and ``--where``,
- ``add_arguments(parser)`` and ``run(args) -> Outcome``.

``run`` computes and never writes; it raises InputError for what it cannot use. Exit codes: 0 done, 1 done
and the answer is no, 2 the input cannot be used (one line on standard error, nothing written).
"""

import argparse
import csv
import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NoReturn, Protocol

from secretariat.engines.commands.output import deliver
from secretariat.engines.commands.release import version
from secretariat.engines.formats.source import InputError, Source

DONE, NO, UNUSABLE = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a verb found.

    ``payload``: the keys of the JSON object beside command, version, options and inputs; JSON values, lists
    in an order that does not depend on the order of the input lines. ``table``: the lines for human readers,
    the answer first. ``sources``: the files read. ``options``: what to add to the options given (rules
    that were applied by default), by name.
    """

    payload: Mapping[str, Any]
    table: Sequence[str]
    exit_code: int = DONE
    sources: Sequence[Source] = ()
    options: Mapping[str, Any] = field(default_factory=dict)


class Verb(Protocol):
    """A module that is a command; its docstring is the help text."""

    INPUTS: Sequence[str]
    READS_TABLES: bool
    __doc__: str | None

    def add_arguments(self, parser: argparse.ArgumentParser) -> None: ...

    def run(self, args: argparse.Namespace) -> Outcome: ...


def execute(name: str, verb: Verb, argv: Sequence[str]) -> int:
    """Run one verb with its arguments and deliver what it found. Returns the exit code.

    Raises SystemExit for ``--help`` (0) and for arguments that make no sense (2), as argparse does.
    """
    parser = _parser(name, verb)
    args = parser.parse_args(argv)
    try:
        outcome = verb.run(args)
        text = _json(name, verb, args, outcome) if args.json else _lines(outcome.table)
        deliver(text, args.out)
    except InputError as error:
        print(error, file=sys.stderr)  # noqa: T201
        return UNUSABLE
    return outcome.exit_code


def pairs(text: str) -> dict[str, str]:
    """The value of an option like ``a=b,c=d``; values with commas are quoted as in CSV. For argparse's type."""
    found: dict[str, str] = {}
    for part in next(csv.reader([text]), []):
        name, mark, value = part.partition("=")
        name, value = name.strip(), value.strip()
        if not (name and mark and value) or name in found:
            raise argparse.ArgumentTypeError(f"{text!r} is not of the form name=value,name=value")
        found[name] = value
    return found


def whole_number(least: int) -> Any:
    """A type for argparse: an integer that is at least ``least``."""

    def parse(text: str) -> int:
        try:
            number = int(text)
        except ValueError:
            raise argparse.ArgumentTypeError(f"{text!r} is not a whole number") from None
        if number < least:
            raise argparse.ArgumentTypeError(f"{number} is less than {least}")
        return number

    return parse


def aligned(rows: Iterable[Sequence[str]], right: Sequence[int] = ()) -> list[str]:
    """Rows of cells as lines with columns of equal width; the columns in ``right`` end flush."""
    cells = [list(row) for row in rows]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    return [
        "  ".join(
            cell.rjust(width) if place in right else cell.ljust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in cells
    ]


class _Parser(argparse.ArgumentParser):
    """Says what is wrong with the arguments in one line."""

    def error(self, message: str) -> NoReturn:
        self.exit(UNUSABLE, f"{self.prog}: {' '.join(message.split())}; see {self.prog} --help\n")


def _parser(name: str, verb: Verb) -> argparse.ArgumentParser:
    parser = _Parser(
        prog=f"secretariat {name}",
        description=verb.__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    verb.add_arguments(parser)
    shared = parser.add_argument_group("options of every command")
    if verb.READS_TABLES:
        shared.add_argument(
            "--columns", type=pairs, default={}, metavar="NAME=COLUMN,…", help="what columns are called here"
        )
        shared.add_argument(
            "--where", type=pairs, default={}, metavar="COLUMN=TEXT,…", help="keep only rows that say this"
        )
    shared.add_argument("--json", action="store_true", help="one JSON object instead of a table")
    shared.add_argument("--out", metavar="PATH", help="write to this file, whole or not at all, instead")
    return parser


def _json(name: str, verb: Verb, args: argparse.Namespace, outcome: Outcome) -> str:
    left_out = {"json", "out", *verb.INPUTS}
    options = {key: value for key, value in vars(args).items() if key not in left_out}
    whole = {
        **outcome.payload,
        "command": name,
        "version": version(),
        "options": options | dict(outcome.options),
        "inputs": [{"name": source.name, "sha256": source.sha256} for source in outcome.sources],
    }
    return json.dumps(whole, ensure_ascii=False, allow_nan=False, sort_keys=True) + "\n"


def _lines(table: Sequence[str]) -> str:
    return "".join(f"{line}\n" for line in table)
