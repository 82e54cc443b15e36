"""docs/reference/ names every setting, command, state and right there is, and none that is not."""

import argparse
import ast
import importlib
import re

import pytest
from django.apps import apps
from django.core.management import BaseCommand, get_commands, load_command_class

from secretariat import cli
from secretariat.config.reference import choices, states_page
from tests.architecture.product import PRODUCT, ROOT, python_files, strings, tracked_files, tree

REFERENCE = ROOT / "docs" / "reference"
SETTINGS = PRODUCT / "config" / "settings.py"
APPS = {app.name for app in apps.get_app_configs() if app.name.startswith("secretariat.")}
RIGHT = re.compile(r"[a-z_]+\.[a-z_]+")
# Where rights are asked for or given; what looks alike there, labels of models and names of files, is taken out.
FILE_ENDINGS = (".csv", ".json", ".toml", ".typ", ".zip", ".pdf")
RIGHT_FILES = {"rules.py", "providers.py", "logic.py", "queries.py", "actions.py"}


def headings(page):
    """The code in the headings and first cells of a page: what it says it documents."""
    text = (REFERENCE / page).read_text(encoding="utf-8")
    found = re.findall(r"^(?:#+ |\| )`([^`]+)`", text, re.MULTILINE)
    assert len(found) == len(set(found)), f"{page} names something twice"
    return set(found)


def test_every_setting_is_documented():
    calls = (node for node in ast.walk(tree(SETTINGS)) if isinstance(node, ast.Call) and node.args)
    arguments = (
        call.args[0]
        for call in calls
        if isinstance(call.func, ast.Attribute) and ast.unparse(call.func.value) == "env"
    )
    read = {argument.value for argument in arguments if isinstance(argument, ast.Constant)}
    database = {"DATABASE_URL", "DATABASE_URL_APP", "DATABASE_URL_OWNER", "DATABASE_URL_SEALER"}

    assert headings("settings.md") == read | database


def test_every_variable_named_in_the_documentation_exists():
    named = set()
    for path in tracked_files():
        if path.suffix == ".md" and path.parent != ROOT / "docs" / "decisions":
            named |= set(re.findall(r"\bSECRETARIAT_[A-Z0-9_]+", path.read_text(encoding="utf-8")))

    assert named <= headings("settings.md")


def test_every_command_is_documented():
    verbs = set(cli.VERBS)
    ours = {command for command, app in get_commands().items() if app in APPS}
    tools = {f"bin/{path.name}" for path in (ROOT / "bin").iterdir() if path.is_file()}
    documented = headings("commands.md")

    assert {
        command.split()[1] for command in documented if command.startswith("secretariat ")
    } == verbs | ours
    assert {command for command in documented if command.startswith("bin/")} == tools


def section(command):
    """The part of the page of commands that is about one."""
    parts = re.split(r"^#+ ", (REFERENCE / "commands.md").read_text(encoding="utf-8"), flags=re.MULTILINE)
    return next(part for part in parts if part.startswith(f"`secretariat {command}`"))


@pytest.mark.parametrize("verb", cli.VERBS)
def test_every_option_of_an_engine_is_documented(verb):
    parser = argparse.ArgumentParser()
    importlib.import_module(cli.VERBS[verb]).add_arguments(parser)

    assert set(re.findall(r"--[a-z][a-z-]*", section(verb))) == set(options(parser))


@pytest.mark.parametrize("command", [name for name, app in get_commands().items() if app in APPS])
def test_every_option_of_a_command_is_documented(command):
    shared = set(options(BaseCommand().create_parser("secretariat", command)))
    own = set(
        options(load_command_class(get_commands()[command], command).create_parser("secretariat", command))
    )

    assert own - shared - set(re.findall(r"--[a-z][a-z-]*", section(command))) == set()


def test_every_subcommand_of_a_call_is_documented():
    parser = load_command_class(get_commands()["call"], "call").create_parser("secretariat", "call")
    below = next(action for action in parser._actions if isinstance(action, argparse._SubParsersAction))

    assert set(re.findall(r"^\| `(\w+)", section("call"), re.MULTILINE)) == set(below.choices)


def options(parser):
    """The long options of a parser and of the commands below it."""
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for below in action.choices.values():
                yield from options(below)
        yield from (
            option for option in action.option_strings if option.startswith("--") and option != "--help"
        )


def test_every_state_is_documented():
    page = (REFERENCE / "states.md").read_text(encoding="utf-8")

    assert page == states_page(), "run: .venv/bin/python -m secretariat.config.reference"


def test_every_choice_belongs_to_the_page_of_states():
    """Whatever is declared as choices is found, on a field of a model or not."""
    declared = set()
    for path in python_files():
        for node in ast.walk(tree(path)):
            bases = {ast.unparse(base).rpartition(".")[2] for base in getattr(node, "bases", [])}
            if bases & {"TextChoices", "IntegerChoices"}:
                declared.add((path.parent.name, node.name))

    assert {(app, chosen.__name__) for app, chosen in choices()} == declared


def test_every_right_is_documented():
    labels = {model._meta.label_lower for model in apps.get_models()}
    used = set()
    for path in python_files():
        if path.name in RIGHT_FILES or "actions" in path.parts:
            used |= rights_in(path) - labels

    assert headings("rights.md") == used


def rights_in(path):
    """The literal strings of a file that have the shape of a right."""
    return {text for text in strings(path) if RIGHT.fullmatch(text) and not text.endswith(FILE_ENDINGS)}


def test_the_glossary_is_a_table_of_four_filled_columns():
    lines = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8").splitlines()
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("|")]
    terms = [row[0] for row in rows[2:]]

    assert rows[0] == ["term", "meaning", "中文", "source"]
    assert all(len(row) == 4 and all(row) for row in rows)
    assert terms == sorted(terms, key=str.casefold)
    assert len(set(terms)) == len(terms)
