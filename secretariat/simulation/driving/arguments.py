"""The subcommands of ``secretariat call`` and their options."""

from argparse import ArgumentParser
from typing import Any

from secretariat.engines.commands.contract import whole_number

AS = "who acts: the address of an account; by default the only one that runs the desk"
AT = "the time it is, such as 2022-08-20T10:00; only for a simulated edition of a demo"


def add_subcommands(parser: ArgumentParser) -> None:
    """Give a parser every subcommand; the chosen one is ``subcommand``, and ``--as`` is ``acting``."""
    within = parser.add_subparsers(dest="subcommand", required=True, metavar="SUBCOMMAND")
    _add_opening(within)
    _add_submissions(within)
    _add_committee(within)
    _add_results(within)


def _add_opening(within: Any) -> None:
    declare = _subcommand(within, "declare", "declare the call of a file", key=False)
    declare.add_argument("file", metavar="FILE.toml")
    declare.add_argument("--edition", required=True, metavar="REF", help="the number of the edition")
    _subcommand(within, "open", "open it: its rules are fixed and go into the log")
    _subcommand(within, "status", "how far it has come")
    _subcommand(within, "close", "close it when its time has come: its inputs go into the log")
    _subcommand(within, "screen", "hold what was handed in against the eligibility rules")
    _subcommand(within, "seal", "seal the log and print its newest head", key=False, clock=False)


def _add_submissions(within: Any) -> None:
    submit = _subcommand(within, "submit", "hand in one submission")
    submit.add_argument("file", metavar="FILE.json")
    bring_in = _subcommand(within, "import", "hand in many submissions and report row by row")
    bring_in.add_argument("file", metavar="FILE.json|.csv")
    bring_in.add_argument("--dry-run", action="store_true", help="say what would happen and write nothing")
    receipt = _subcommand(
        within,
        "receipt",
        "write the receipt of a submission with the head of the log",
        key=False,
        clock=False,
    )
    receipt.add_argument("number", metavar="NUMBER")
    receipt.add_argument("--out", default="-", metavar="FILE")


def _add_committee(within: Any) -> None:
    conflicts = _subcommand(
        within, "conflicts", "look for conflicts and list those that wait, or resolve one"
    )
    conflicts.add_argument("--resolve", metavar="ID", help="a conflict, or SUBMISSION/PERSON")
    verdict = conflicts.add_mutually_exclusive_group()
    verdict.add_argument("--bars", action="store_true", help="she may not judge it")
    verdict.add_argument("--clears", action="store_true", help="she may")
    conflicts.add_argument("--reason", default="", metavar="TEXT")
    match = _subcommand(within, "match", "propose who reads what", stage=True)
    match.add_argument("--objective", choices=["fair", "total"], default="fair")
    match.add_argument(
        "--max-load", type=whole_number(1), metavar="N", help="by default an even share and a tenth"
    )
    match.add_argument("--deploy", action="store_true", help="and assign it")
    reviews = _subcommand(within, "reviews", "hand in the reviews of a CSV, each as its reviewer", stage=True)
    reviews.add_argument("file", metavar="FILE.csv")
    _subcommand(within, "freeze", "make the list of a stage and freeze it; it goes into the log", stage=True)
    decide = _subcommand(within, "decide", "approve a list, as the chair of its authority", stage=True)
    decide.add_argument(
        "--by", required=True, metavar="TEXT", help="the office that acts, as it is published"
    )
    decide.add_argument(
        "--refuse", action="append", default=[], metavar="NUMBER=REASON", help="may be repeated"
    )


def _add_results(within: Any) -> None:
    honours = _subcommand(within, "honours", "offer honours, answer an offer, confer, revoke")
    honours.add_argument("action", choices=["offer", "accept", "decline", "confer", "revoke"])
    honours.add_argument(
        "number", nargs="?", metavar="NUMBER", help="of a submission: to accept, decline or revoke"
    )
    honours.add_argument("--reason", default="", metavar="TEXT", help="of a revocation")
    book = _subcommand(within, "book", "proofs to the applicants, their answers, and the PDF")
    book.add_argument("action", choices=["prepare", "approve", "refuse", "lapse", "set"])
    book.add_argument(
        "number", nargs="?", metavar="NUMBER", help="of a submission: to approve or refuse its proof"
    )
    book.add_argument(
        "--until", metavar="TIME", help="when proofs are to be answered; by default in ten days"
    )
    book.add_argument("--out", metavar="FILE.pdf", help="where to write the book that is set")
    export = _subcommand(within, "export", "write the bundle that strangers recount", clock=False)
    export.add_argument("--out", required=True, metavar="BUNDLE.zip")


def _subcommand(
    within: Any, name: str, does: str, *, key: bool = True, stage: bool = False, clock: bool = True
) -> ArgumentParser:
    parser: ArgumentParser = within.add_parser(name, help=does, description=f"{does[0].upper()}{does[1:]}.")
    if key:
        parser.add_argument("key", metavar="KEY", help="the key of the call")
    if stage:
        parser.add_argument("stage", metavar="STAGE", help="the key of the stage")
    parser.add_argument("--as", dest="acting", metavar="EMAIL", help=AS)
    if clock:
        parser.add_argument("--at", metavar="TIME", help=AT)
    return parser
