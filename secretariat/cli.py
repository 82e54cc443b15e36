"""The command ``secretariat``: engines run at once and on their own, everything else goes to Django.

An engine needs no database, no settings and no Django, so none of these is loaded for it.
"""

import importlib
import os
import sys
from collections.abc import Sequence
from contextlib import nullcontext

WITHOUT_DATABASE = frozenset({"help", "version", "--version", "makemigrations", "check", "diffsettings"})
VERBS = {
    "rank": "secretariat.engines.commands.rank",
    "assign": "secretariat.engines.commands.assign",
    "affinity": "secretariat.engines.commands.affinity",
    "selection": "secretariat.engines.commands.selection",
}
"""The engines that are commands, and the module of each."""

_HELP = """secretariat VERB …

Engines, on a file, without a database (secretariat VERB --help):
  rank       calibrated ranking of scored items, with the probability of each to belong above the line
  assign     who reviews what: best in total, or fair to the worst-served item
  affinity   how near each item is to what each reviewer writes, in Chinese and English
  selection  recounts a published selection: secretariat selection verify BUNDLE

Everything that needs the database (the demo, migrations, the server): secretariat help
"""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command, by default that of this process. Returns the exit code."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    verb = arguments[0] if arguments else "--help"
    if verb in ("--help", "-h"):
        print(_HELP, end="")  # noqa: T201
        return 0
    if verb not in VERBS:
        return _django(arguments)
    from secretariat.engines.commands.contract import execute

    try:
        return execute(verb, importlib.import_module(VERBS[verb]), arguments[1:])
    except BrokenPipeError:
        # The reader went away (head, less): nobody is left to tell. Python must not try again at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return 130


def _django(arguments: list[str]) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "secretariat.config.settings")
    from django.conf import settings
    from django.core.management import execute_from_command_line

    from secretariat.config.cluster import ClusterError

    embedded = not settings.DATABASE_URL and arguments[0] not in WITHOUT_DATABASE
    try:
        with settings.CLUSTER.in_use() if embedded else nullcontext():
            execute_from_command_line(["secretariat", *arguments])
    except ClusterError as error:
        print(error, file=sys.stderr)  # noqa: T201
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
