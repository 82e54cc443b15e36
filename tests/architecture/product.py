"""The product as files and syntax trees, for the tests beside this file."""

import ast
import subprocess
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PRODUCT = ROOT / "secretariat"
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


@cache
def tracked_files() -> tuple[Path, ...]:
    """Everything of the repository that is there to be read: what git keeps, or would keep if it were added."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    paths = (ROOT / name for name in listed.split("\0") if name)
    return tuple(sorted(path for path in paths if path.is_file()))


@cache
def python_files(below: Path = PRODUCT) -> tuple[Path, ...]:
    """The Python files below a folder, without migrations."""
    return tuple(
        path
        for path in tracked_files()
        if path.suffix == ".py" and path.is_relative_to(below) and "migrations" not in path.parts
    )


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    return (node for node in ast.walk(tree(path)) if isinstance(node, FUNCTIONS))


def strings(path: Path) -> set[str]:
    """Every literal string of a file."""
    return {
        node.value
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@cache
def contracts() -> tuple[dict, ...]:
    """The import contracts of pyproject.toml, which say how the house is built."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return tuple(settings["tool"]["importlinter"]["contracts"])


@cache
def storeys(container: str) -> tuple[frozenset[str], ...]:
    """The layers inside a container from the ground up; one layer holds siblings that may not know each other."""
    for contract in contracts():
        if contract["type"] == "layers" and container in contract["containers"]:
            layers = reversed(contract["layers"])
            return tuple(frozenset(part.strip(" ()") for part in layer.split("|")) for layer in layers)
    return ()


def apps_on_disk() -> set[str]:
    """The dotted names of the product's Django apps."""
    return {
        ".".join(path.parent.relative_to(ROOT).parts) for path in python_files() if path.name == "apps.py"
    }
