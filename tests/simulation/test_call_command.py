"""``secretariat call``: the tutorial as it stands on its page, and every command of the documentation."""

import argparse
import re
import shlex
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from secretariat import cli
from secretariat.record.publications.models import Publication
from secretariat.simulation.driving.arguments import add_subcommands

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
TUTORIAL = DOCS / "tutorial" / "your-first-selection.md"
BLOCK = re.compile(r"^```(sh|text)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
COMMAND = re.compile(r"cat > (\S+) <<'END'\n(.*?)^END$|^(\S[^\n]*)$", re.MULTILINE | re.DOTALL)
# What the shell does for itself; the tests have a folder and a database of their own.
OF_THE_SHELL = [
    "bin/setup",
    'export PATH="$PWD/.venv/bin:$PATH"',
    'export SECRETARIAT_VAR="$PWD/var/tutorial"',
    "mkdir -p var/tutorial",
    "cd var/tutorial",
]

pytestmark = pytest.mark.django_db


@pytest.fixture
def secretariat(tmp_path, monkeypatch, capsys):
    """Run a command line in an empty folder; returns its exit code and what it said."""
    monkeypatch.chdir(tmp_path)

    def run(line):
        verb, *arguments = shlex.split(line)
        if verb in cli.VERBS:
            code = cli.main([verb, *arguments])
            return code, capsys.readouterr().out
        try:
            call_command(verb, *arguments)
        except CommandError as error:
            return error.returncode, f"{capsys.readouterr().out}{type(error).__name__}: {error}\n"
        return 0, capsys.readouterr().out

    return run


def commands_of(block):
    """The commands of a block of shell: (file, text) for a file that is written, else the line."""
    for found in COMMAND.finditer(block):
        file, text, line = found.groups()
        yield (file, text) if file else line


def as_pattern(text):
    """What a page shows as a pattern: … stands for anything in a line, alone in a line for any lines."""
    lines = (
        "(?:.*\n)*?" if line == "…" else ".*".join(re.escape(part) for part in line.split("…")) + "\n"
        for line in text.splitlines()
    )
    return re.compile("".join(lines))


def pages_blocks():
    """Each block of shell with what the page says it prints."""
    blocks = BLOCK.findall(TUTORIAL.read_text(encoding="utf-8"))
    for place, (kind, text) in enumerate(blocks):
        if kind == "sh":
            following = blocks[place + 1] if place + 1 < len(blocks) else ("sh", "")
            yield text, following[1] if following[0] == "text" else ""


def test_the_tutorial_is_true(secretariat, tmp_path):
    shell, ran = [], 0
    for block, shown in pages_blocks():
        said, codes = "", []
        for command in commands_of(block):
            if isinstance(command, tuple):
                (tmp_path / command[0]).write_text(command[1], encoding="utf-8")
            elif command.startswith("secretariat migrate --database owner"):
                assert migrated()
            elif command.startswith("secretariat "):
                code, output = secretariat(command.removeprefix("secretariat "))
                said, ran = said + output, ran + 1
                codes.append(code)
            else:
                shell.append(command)

        assert as_pattern(shown).fullmatch(said), f"{block}\nsaid\n{said}"
        assert codes == [0] * (len(codes) - 1) + [expected_code(shown)] or not codes, block

    assert shell == OF_THE_SHELL
    assert (ROOT / "bin" / "setup").exists()
    assert ran > 20
    assert secretariat("call book first-2022 prepare --at 2022-10-01T10:00")[0] == 0
    book = Publication.objects.get()
    assert (book.title_en, book.subtitle_en) == ("Book of the first selection", "Three entries")


def migrated():
    """Whether every migration was made in the tests' database, asked as its owner."""
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
        targets = MigrationExecutor(connection).loader.graph.leaf_nodes()
        missing = MigrationExecutor(connection).migration_plan(targets)
        cursor.execute("SET ROLE app")
    return missing == []


def expected_code(shown):
    """A block that ends with a refusal ends with its exit code."""
    latest = (shown.splitlines() or [""])[-1]
    return {"Refused": 2, "No": 1}.get(latest.partition(":")[0], 0)


def parser():
    whole = argparse.ArgumentParser(prog="secretariat call")
    add_subcommands(whole)
    return whole


def subcommands():
    return next(a for a in parser()._actions if isinstance(a, argparse._SubParsersAction)).choices


@pytest.mark.parametrize("page", sorted(DOCS.glob("*/*.md")), ids=lambda page: page.name)
def test_every_command_of_the_documentation_would_be_understood(page):
    """Also where a page speaks of a call that no test has."""
    lines = re.findall(r"^ *secretariat call (.*)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    for line in lines:
        try:
            parser().parse_args(shlex.split(line))
        except SystemExit:
            pytest.fail(f"secretariat call {line}")


def test_every_subcommand_and_option_is_documented():
    page = (DOCS / "reference" / "commands.md").read_text(encoding="utf-8")
    section = page.partition("### `secretariat call`\n")[2].partition("\n### ")[0]
    options = {
        option
        for chosen in subcommands().values()
        for action in chosen._actions
        for option in action.option_strings
        if option.startswith("--") and option != "--help"
    }

    assert set(re.findall(r"^\| `([a-z]+)", section, re.MULTILINE)) == set(subcommands())
    assert set(re.findall(r"(?<!\w)--[a-z][a-z-]*", section)) == options | {"--head"}
